//! What must be brought, and what only in some situations.

use yichuang_domain::enquiry::Prospect;
use yichuang_domain::matter::{Material, MaterialMedia, MaterialReference, Necessity};

use super::{Field, Section, forms, sentence};
use crate::compose::head::say;
use crate::compose::materials;
use crate::facts::SheetFacts;
use crate::paper::{Block, Row, Text};

/// The materials, one by one.
pub(super) fn asked_for(facts: &SheetFacts<'_>) -> Section {
    let prospects = &facts.enquiry.materials;
    if prospects.is_empty() {
        return Section::new("申请材料", vec![say("按所选情形，本事项无须提交申请材料。")]);
    }
    let depending = prospects.iter().filter(|p| p.when.is_some()).count();
    let count = match depending {
        0 => format!("申请材料（共{}项）", prospects.len()),
        n => format!("申请材料（共{}项，其中{n}项按情形提交）", prospects.len()),
    };
    let row = |(i, prospect): (usize, &Prospect<'_>)| {
        let when = prospect.when.as_ref().map(|when| when.explain(facts.matter));
        let references: Vec<_> = prospect.material.reference.as_deref().into_iter().collect();
        let notes = when.map(|when| only(&when)).into_iter().collect();
        material(i + 1, prospect.material, notes, &references, facts)
    };
    let rows = prospects.iter().enumerate().map(row).collect();
    table(count, rows)
}

/// The materials of a sheet under their head.
pub(super) fn table(head: String, rows: Vec<Row>) -> Section {
    Section::new(head, vec![Block::Table(materials::table(rows, "必要性"))])
}

/// In which situation a material must be brought, in the words of a condition.
pub(super) fn only(when: &str) -> Text {
    Text::of("适用情形：").strong().put("适用情形", format!("{when}提交"))
}

/// A material with everything the guide says of it; `notes` go before, and `references` are those
/// of every matter that asks for it.
pub(super) fn material(
    number: usize,
    material: &Material,
    mut notes: Vec<Text>,
    references: &[&MaterialReference],
    facts: &SheetFacts<'_>,
) -> Row {
    notes.extend(materials::guidance(material));
    let form = match material.media {
        MaterialMedia::Paper => "纸质",
        MaterialMedia::Electronic => "电子文件",
        MaterialMedia::Either => "纸质或者电子文件",
    };
    if let Some(last) = notes.pop() {
        notes.push(last.say("　").say("形式：").strong().say(form));
    }
    notes.extend(more(references));
    notes.extend(forms::of_material(references, facts));
    notes.extend(instead(material));
    let necessity = match material.necessity {
        Necessity::Required => "必要",
        Necessity::Optional => "非必要",
        Necessity::Deferrable => "可容缺",
    };
    materials::row(number, material, Text::of(necessity), notes)
}

/// What the guide says beyond what every material has, on one line where one holds it. What
/// several matters say of one material in other words is said one after another.
fn more(references: &[&MaterialReference]) -> Option<Text> {
    let said: [(&'static str, Field); 6] = [
        ("规格", |r| &r.page_format),
        ("来源说明", |r| &r.source_explanation),
        ("填写须知", |r| &r.filling_notes),
        ("出具时间要求", |r| &r.issued_within),
        ("使用说明", |r| &r.usage_note),
        ("要求依据", |r| &r.legal_basis),
    ];
    let mut text = Text::default();
    for (label, field) in said {
        let mut sentences: Vec<String> = Vec::new();
        for said in references.iter().map(|reference| sentence(field(reference))) {
            if !said.is_empty() && !sentences.contains(&said) {
                sentences.push(said);
            }
        }
        if !sentences.is_empty() {
            let gap = if text.is_empty() { "" } else { "　" };
            text =
                text.say(gap).say(format!("{label}：")).strong().put(label, sentences.join("；"));
        }
    }
    (!text.is_empty()).then_some(text)
}

fn instead(material: &Material) -> Option<Text> {
    let mut ways = Vec::new();
    if material.necessity == Necessity::Deferrable {
        ways.push("暂时没有的，可以申请容缺受理，在承诺的期限内补交");
    }
    if material.commitment_allowed {
        ways.push("可以书面承诺代替（告知承诺）");
    }
    (!ways.is_empty()).then(|| Text::of("替代办法：").strong().say(ways.join("；")))
}
