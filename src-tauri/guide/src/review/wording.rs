//! Wording that an applicant can't act on: catch-alls and texts still to be written.

use yichuang_domain::matter::Matter;

use super::Findings;
use super::rule::{CATCH_ALL, PLACEHOLDER};

/// Phrases that leave open what is asked for.
const CATCH_ALLS: [&str; 12] = [
    "其他材料",
    "其它材料",
    "有关材料",
    "相关材料",
    "规定的其他",
    "规定的其它",
    "要求的其他",
    "要求的其它",
    "需要的其他",
    "其他有关",
    "其他相关",
    "其他条件",
];

/// What a text holds while somebody still has to write it. Compared as a whole.
const PLACEHOLDERS: [&str; 10] =
    ["待补充", "待定", "待填", "待完善", "暂无", "无", "略", "同上", "tbd", "todo"];

pub(super) fn review(matter: &Matter, findings: &mut Findings) {
    text("name", &matter.name, findings);
    texts("conditions", &matter.conditions, findings);
    texts("basis", &matter.basis, findings);
    for (at, material) in matter.materials.iter().enumerate() {
        let place = |field| format!("materials[{at}].{field}");
        text(&place("name"), &material.name, findings);
        text(&place("standard"), &material.standard, findings);
        text(&place("how_to_get"), &material.how_to_get, findings);
    }
    for (at, question) in matter.questions.iter().enumerate() {
        text(&format!("questions[{at}].text"), &question.text, findings);
    }
}

fn texts(field: &str, list: &[String], findings: &mut Findings) {
    for (at, one) in list.iter().enumerate() {
        text(&format!("{field}[{at}]"), one, findings);
    }
}

fn text(place: &str, text: &str, findings: &mut Findings) {
    let trimmed = text.trim();
    let is_material = place.starts_with("materials") && place.ends_with(".name");
    let open = CATCH_ALLS.iter().find(|phrase| trimmed.contains(**phrase));
    let open = open.copied().or_else(|| {
        (is_material && (trimmed.ends_with('等') || trimmed.ends_with("等材料"))).then_some("等")
    });
    if let Some(phrase) = open {
        let message = format!("“{trimmed}”有兜底表述“{phrase}”，申请人无法照着准备，请逐项写明");
        findings.add(&CATCH_ALL, place, message);
    }
    let bare = trimmed.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let crossed = !bare.is_empty() && bare.chars().all(|c| matches!(c, 'x' | '×' | '某'));
    if PLACEHOLDERS.contains(&bare.as_str()) || (crossed && bare.chars().count() > 1) {
        let message = format!("这里还是占位文字“{trimmed}”，请写上真正的内容，或留空");
        findings.add(&PLACEHOLDER, place, message);
    }
}
