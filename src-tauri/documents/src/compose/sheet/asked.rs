//! What must be brought, and what only in some situations.

use yichuang_domain::enquiry::Prospect;
use yichuang_domain::matter::{Material, MaterialMedia, MaterialReference, Necessity};

use super::{Section, forms, sentence};
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
    if let Some(reference) = material.reference.as_deref() {
        notes.extend(more(reference));
        notes.extend(forms::of_material(reference, facts));
    }
    notes.extend(instead(material));
    let necessity = match material.necessity {
        Necessity::Required => "必要",
        Necessity::Optional => "非必要",
        Necessity::Deferrable => "可容缺",
    };
    materials::row(number, material, Text::of(necessity), notes)
}

/// What the guide says beyond what every material has, on one line where one holds it.
fn more(reference: &MaterialReference) -> Option<Text> {
    let said = [
        ("规格", &reference.page_format),
        ("来源说明", &reference.source_explanation),
        ("填写须知", &reference.filling_notes),
        ("出具时间要求", &reference.issued_within),
        ("使用说明", &reference.usage_note),
        ("要求依据", &reference.legal_basis),
    ];
    let add = |text: Text, (label, said): (&'static str, &String)| match sentence(said) {
        said if said.is_empty() => text,
        said => {
            let gap = if text.is_empty() { "" } else { "　" };
            text.say(gap).say(format!("{label}：")).strong().put(label, said)
        }
    };
    let text = said.into_iter().fold(Text::default(), add);
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
