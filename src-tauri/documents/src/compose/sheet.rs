//! 一次性告知单: the whole guide of one matter for the situation told, given to whoever asks. It
//! belongs to no case, is not archived, and says so.

mod contents;
mod steps;

use yichuang_domain::enquiry::Prospect;
use yichuang_domain::matter::{MaterialMedia, Necessity};

use super::head::{release, say, warnings};
use super::{law, materials};
use crate::facts::SheetFacts;
use crate::paper::{Block, Format, Paper, Part, Row, Text};

/// Nothing of it stays at the window.
const PART: (&str, &str) = ("咨询用", "交咨询人");

/// Writes the sheet.
pub fn guide_sheet(facts: &SheetFacts<'_>) -> Paper {
    let matter = facts.matter;
    let mut blocks = contents::about(facts);
    let sections = match &facts.enquiry.stopped {
        Some(stopped) => {
            blocks.extend(contents::stopped(stopped));
            vec![contents::places("到哪里问", facts), basis(facts)]
        }
        None => vec![
            list("受理条件", &matter.conditions),
            asked_for(facts),
            contents::terms(matter),
            contents::places("到哪里办", facts),
            steps::steps(facts),
            list("容易被退回的原因", &matter.common_returns),
            basis(facts),
        ],
    };
    let sections = sections.into_iter().filter(|section| !section.content.is_empty());
    for (section, numeral) in sections.zip(["一", "二", "三", "四", "五", "六", "七"]) {
        blocks.push(Block::Heading(Text::of(format!("{numeral}、{}", section.head))));
        blocks.extend(section.content);
    }
    Paper {
        format: Format::A4,
        issuer: Text::value("机关名称", &facts.department.name),
        title: Text::of("一次性告知单"),
        number: Text::value("事项名称", &matter.name),
        running: Text::default(),
        warnings: warnings(facts.practice, facts.sample),
        practice: facts.practice,
        blocks,
        qr_text: facts.qr_text.to_owned(),
        qr_caption: "扫码核对指南版本".to_owned(),
        guide: release(facts.guide_release, facts.guide_issued_on),
        parts: vec![Part { name: PART.0.to_owned(), to: PART.1.to_owned() }],
    }
}

/// A numbered section; one without content is left out.
struct Section {
    head: String,
    content: Vec<Block>,
}

impl Section {
    fn new(head: impl Into<String>, content: Vec<Block>) -> Self {
        Self { head: head.into(), content }
    }
}

/// Sentences of the guide, numbered where there are several.
fn list(head: &'static str, sentences: &[String]) -> Section {
    let several = sentences.len() > 1;
    let sentence = |(i, text): (usize, &String)| {
        let number = if several { format!("{}. ", i + 1) } else { String::new() };
        let text = text.trim_end_matches(['。', '；']);
        Block::Paragraph(Text::of(number).put(head, text).say("。"))
    };
    Section::new(head, sentences.iter().enumerate().map(sentence).collect())
}

fn basis(facts: &SheetFacts<'_>) -> Section {
    let basis = law::basis(facts.matter, "");
    let content =
        if basis.is_empty() { Vec::new() } else { vec![Block::Paragraph(basis.say("。"))] };
    Section::new("设定依据", content)
}

/// What must be brought, and what only in some situations.
fn asked_for(facts: &SheetFacts<'_>) -> Section {
    let prospects = &facts.enquiry.materials;
    if prospects.is_empty() {
        return Section::new("申请材料", vec![say("按所选情形，本事项无须提交申请材料。")]);
    }
    let depending = prospects.iter().filter(|p| p.when.is_some()).count();
    let count = match depending {
        0 => format!("申请材料（共{}项）", prospects.len()),
        n => format!("申请材料（共{}项，其中{n}项按情形提交）", prospects.len()),
    };
    let rows = prospects.iter().enumerate().map(|(i, p)| material(i + 1, p, facts)).collect();
    Section::new(count, vec![Block::Table(materials::table(rows, "必要性"))])
}

fn material(number: usize, prospect: &Prospect<'_>, facts: &SheetFacts<'_>) -> Row {
    let material = prospect.material;
    let mut notes = Vec::new();
    if let Some(when) = &prospect.when {
        let words = format!("{}提交", when.explain(facts.matter));
        notes.push(Text::of("适用情形：").strong().put("适用情形", words));
    }
    notes.extend(materials::guidance(material));
    let form = match material.media {
        MaterialMedia::Paper => "纸质",
        MaterialMedia::Electronic => "电子文件",
        MaterialMedia::Either => "纸质或者电子文件",
    };
    if let Some(last) = notes.pop() {
        notes.push(last.say("　").say("形式：").strong().say(form));
    }
    let mut instead = Vec::new();
    if material.necessity == Necessity::Deferrable {
        instead.push("暂时没有的，可以申请容缺受理，在承诺的期限内补交");
    }
    if material.commitment_allowed {
        instead.push("可以书面承诺代替（告知承诺）");
    }
    if !instead.is_empty() {
        notes.push(Text::of("替代办法：").strong().say(instead.join("；")));
    }
    let necessity = match material.necessity {
        Necessity::Required => "必要",
        Necessity::Optional => "非必要",
        Necessity::Deferrable => "可容缺",
    };
    materials::row(number, material, Text::of(necessity), notes)
}
