//! Wording that an applicant can't act on: catch-alls and texts still to be written.

use std::collections::BTreeSet;

use yichuang_domain::matter::Matter;

use super::Findings;
use super::rule::{CATCH_ALL, PLACEHOLDER, UNPRINTABLE};

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

pub(super) fn review(matter: &Matter, unprintable: &BTreeSet<char>, findings: &mut Findings) {
    let mut look = |place: &str, text: &str| {
        open(place, text, findings);
        placeholder(place, text, findings);
        if let Some(c) = text.chars().find(|c| unprintable.contains(c)) {
            let message = format!(
                "“{c}”（U+{:04X}）没有字形，用到它的文书出不了，请换字或补充字库",
                u32::from(c)
            );
            findings.add(&UNPRINTABLE, place, message);
        }
    };
    look("name", &matter.name);
    look("result.name", &matter.result.name);
    for (field, list) in [("conditions", &matter.conditions), ("basis", &matter.basis)] {
        for (at, text) in list.iter().enumerate() {
            look(&format!("{field}[{at}]"), text);
        }
    }
    for (at, material) in matter.materials.iter().enumerate() {
        for (field, text) in [
            ("name", &material.name),
            ("standard", &material.standard),
            ("how_to_get", &material.how_to_get),
            ("issuer", &material.issuer),
        ] {
            look(&format!("materials[{at}].{field}"), text);
        }
    }
    for (at, question) in matter.questions.iter().enumerate() {
        look(&format!("questions[{at}].text"), &question.text);
        for (n, choice) in question.choices.iter().enumerate() {
            if let Some(stop) = &choice.stop {
                look(&format!("questions[{at}].choices[{n}].stop.reason"), &stop.reason);
            }
        }
    }
}

fn open(place: &str, text: &str, findings: &mut Findings) {
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
}

fn placeholder(place: &str, text: &str, findings: &mut Findings) {
    let trimmed = text.trim();
    let bare = trimmed.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let crossed = !bare.is_empty() && bare.chars().all(|c| matches!(c, 'x' | '×' | '某'));
    if PLACEHOLDERS.contains(&bare.as_str()) || (crossed && bare.chars().count() > 1) {
        let message = format!("这里还是占位文字“{trimmed}”，请写上真正的内容，或留空");
        findings.add(&PLACEHOLDER, place, message);
    }
}
