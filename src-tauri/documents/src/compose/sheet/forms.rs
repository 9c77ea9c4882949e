//! The forms of the guide: named at their material, and bound behind the sheet where they can be.

use yichuang_domain::matter::MaterialReference;

use super::{Field, Section};
use crate::facts::{SheetFacts, SheetForm};
use crate::paper::{Block, Text};

/// The form of that id, and as which annex it lies behind the sheet.
fn find<'a>(id: &str, facts: &SheetFacts<'a>) -> Option<(&'a SheetForm<'a>, Option<usize>)> {
    let form = facts.forms.iter().find(|form| form.id == id)?;
    let annex = annexes(facts).position(|(bound, _)| bound.id == id).map(|place| place + 1);
    Some((form, annex))
}

fn annexes<'a>(facts: &SheetFacts<'a>) -> impl Iterator<Item = (&'a SheetForm<'a>, u32)> {
    facts.forms.iter().filter_map(|form| Some((form, form.bound?)))
}

/// The blank forms, which cost nothing (行政许可法 第29条、第58条), and the filled samples; each once.
pub(super) fn of_material(
    references: &[&MaterialReference],
    facts: &SheetFacts<'_>,
) -> Option<Text> {
    type Words = fn(&SheetForm<'_>, Option<usize>) -> Text;
    let blank: Words = |form, _| {
        let text = Text::of("空白表：").strong().say("《").put("表格名称", form.name);
        text.say("》，窗口免费提供")
    };
    let sample: Words = |form, annex| said("示例样表：", form, annex);
    let fields: [(Field, Words); 2] = [(|r| &r.blank_form, blank), (|r| &r.sample_form, sample)];
    let mut text = Text::default();
    for (field, words) in fields {
        let mut named: Vec<&str> = Vec::new();
        let found = references.iter().filter_map(|reference| find(field(reference), facts));
        for (form, annex) in found {
            if !named.contains(&form.id) {
                named.push(form.id);
                let gap = if text.is_empty() { "" } else { "　" };
                text = text.say(gap).then(words(form, annex));
            }
        }
    }
    (!text.is_empty()).then_some(text)
}

/// A sample of what comes of it (结果样本).
pub(super) fn of_result(id: &str, facts: &SheetFacts<'_>) -> Option<Text> {
    find(id, facts).map(|(form, annex)| said("", form, annex))
}

fn said(label: &str, form: &SheetForm<'_>, annex: Option<usize>) -> Text {
    let text = Text::of(label).strong().say("《").put("表格名称", form.name);
    match annex {
        Some(number) => text.say(format!("》（附件{number}）")),
        None => text.say("》，可向窗口索取"),
    }
}

/// What lies behind the sheet.
pub(super) fn bound(facts: &SheetFacts<'_>) -> Section {
    let mut content: Vec<Block> = annexes(facts)
        .enumerate()
        .map(|(i, (form, pages))| {
            let text = Text::of(format!("附件{}：《", i + 1)).put("表格名称", form.name);
            Block::Paragraph(text.say(format!("》，{pages}页。")))
        })
        .collect();
    if !content.is_empty() {
        let note = "样表附在本告知单之后，供填写时参照；内容请按实际情况填写。";
        content.push(Block::Paragraph(Text::of(note)));
    }
    Section::new("附件", content)
}
