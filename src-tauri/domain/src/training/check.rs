//! The check of a card by the editor (角色卡体检): can it be played, and does its picture show what it
//! says?

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::card::{Brought, CardDocument, DefectKind, RoleCard};
use super::truth::truth;
use crate::applicant::name_key;
use crate::calendar::WorkCalendar;
use crate::checklist;
use crate::intake::require_in_force;
use crate::matter::{MaterialHandling, Matter, Necessity};
use crate::named::Named as _;

/// The longest title, and the longest of the other texts.
const LONGEST_TITLE: usize = 40;
const LONGEST_TEXT: usize = 500;
/// The farthest day, from the day of play.
const FARTHEST: u32 = 36_500;
/// The most papers on a counter: the digit keys choose them.
const MOST_DOCUMENTS: usize = 30;

/// Something about a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CardFinding {
    /// Whether the card can't be played so; else it is advice.
    pub blocks: bool,
    /// Where: a path such as `documents[2].defect`.
    pub path: String,
    /// What, and what to do.
    pub message: String,
}

struct Findings(Vec<CardFinding>);

impl Findings {
    fn blocks(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.0.push(CardFinding { blocks: true, path: path.into(), message: message.into() });
    }

    fn advises(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.0.push(CardFinding { blocks: false, path: path.into(), message: message.into() });
    }
}

/// Everything that is to be said about a card. It can be played where nothing of it blocks.
pub fn check_card(
    card: &RoleCard,
    matter: Option<&Matter>,
    calendar: &WorkCalendar,
    on: Date,
) -> Vec<CardFinding> {
    let mut found = Findings(Vec::new());
    texts(&mut found, card);
    match matter {
        None => found.blocks("matter", "指南里没有这个事项，请重新选择"),
        Some(matter) => against(&mut found, card, matter, calendar, on),
    }
    found.0
}

fn texts(found: &mut Findings, card: &RoleCard) {
    for (path, text, longest, what) in [
        ("title", &card.title, LONGEST_TITLE, "标题"),
        ("story", &card.story, LONGEST_TEXT, "来意"),
        ("persona", &card.persona, LONGEST_TEXT, "人物"),
    ] {
        let long = text.chars().count();
        if text.trim().is_empty() && path != "persona" {
            found.blocks(path, format!("请填写{what}"));
        } else if long > longest {
            found.blocks(path, format!("{what}最多{longest}个字，现有{long}个，请改短"));
        }
    }
    if !(1..=120).contains(&card.minutes) {
        found.blocks("minutes", "建议用时请填1至120分钟");
    }
    if card.documents.len() > MOST_DOCUMENTS {
        found.blocks("documents", format!("带来的材料最多{MOST_DOCUMENTS}份"));
    }
}

fn against(
    found: &mut Findings,
    card: &RoleCard,
    matter: &Matter,
    calendar: &WorkCalendar,
    on: Date,
) {
    if let Err(fault) = require_in_force(matter, on) {
        return found.blocks("matter", fault.message);
    }
    let walk = checklist::walk(matter, &card.answers(), card.agent.is_some());
    for fault in &walk.faults {
        found.blocks(fault.field.replace("answers.", "replies."), fault.message.clone());
    }
    for reply in card.replies.iter().filter(|reply| reply.says.trim().is_empty()) {
        found.advises(
            format!("replies.{}", reply.question),
            "没有写申请人怎么说，画面上会直接显示选项",
        );
    }
    for fault in crate::intake::party_faults(matter, &card.applicant, card.agent.as_ref(), None) {
        found.blocks(fault.field, fault.message);
    }
    if !walk.is_complete() {
        return;
    }
    let applicable = if walk.stopped.is_some() {
        Vec::new()
    } else {
        checklist::applicable(matter, &walk.answers)
    };
    let mut seen = BTreeSet::new();
    for (at, document) in card.documents.iter().enumerate() {
        let path = format!("documents[{at}]");
        if let Some(id) = &document.material {
            if matter.material(id).is_none() {
                found.blocks(
                    &path,
                    format!("事项的材料清单里没有“{id}”，清单外的请写成“没有要求的材料”"),
                );
                continue;
            }
            if !seen.insert(id) {
                found.blocks(&path, "同一份材料写了两次，请删去一份");
            }
            if walk.stopped.is_none() && !applicable.iter().any(|m| m.id == *id) {
                found.blocks(
                    &path,
                    "按申请人的情形不需要这份材料，请删去，或者写成“没有要求的材料”",
                );
                continue;
            }
        }
        plausible(found, card, matter, document, &path);
    }
    for material in &applicable {
        let absent = card.absent.contains(&material.id);
        let brought = card.document_of(&material.id).is_some();
        if absent && brought {
            found.blocks("absent", format!("“{}”写了带来，又写了没带，请留一样", material.name));
        } else if !absent && !brought && material.necessity != Necessity::Optional {
            found.blocks("absent", format!("“{}”没有交代：带来了，还是没带？", material.name));
        }
    }
    if found.0.iter().all(|one| !one.blocks)
        && let Err(fault) = truth(card, matter, calendar, on)
    {
        found.blocks(fault.field, fault.message);
    }
}

/// Whether the picture shows what the card says of it, no more and no less.
fn plausible(
    found: &mut Findings,
    card: &RoleCard,
    matter: &Matter,
    document: &CardDocument,
    path: &str,
) {
    let facts = &document.facts;
    if document.title.trim().is_empty() {
        found.blocks(path, "请填写材料上方的名称");
    }
    // No longer than its picture has room for.
    let texts =
        [(&document.title, 40), (&facts.holder, 40), (&facts.number, 40), (&facts.issuer, 40)];
    let lines = facts.lines.iter().map(|line| (line, 20));
    if texts.into_iter().chain(lines).any(|(text, longest)| text.chars().count() > longest)
        || facts.lines.len() > 5
    {
        found.blocks(
            path,
            "材料上写不下：名称、姓名、号码、单位最多40个字，其他内容最多5条，每条20个字",
        );
    }
    let far = |days: Option<i32>| days.is_some_and(|days| days.unsigned_abs() > FARTHEST);
    if far(facts.issued) || far(facts.valid) {
        found.blocks(path, format!("日期离办理日最多{FARTHEST}天"));
    }
    let material = document.material.as_deref().and_then(|id| matter.material(id));
    if let Some(material) = material {
        let obstacle = match document.how {
            Brought::Paper => None,
            Brought::Electronic => checklist::Check::Licence.obstacle(material),
            Brought::Pledge => checklist::Check::Committed.obstacle(material),
            Brought::Later => checklist::Check::Deferred.obstacle(material),
        };
        if let Some(obstacle) = obstacle {
            found.blocks(path, obstacle);
        }
    }
    let others = |right: &str, shown: &str| !shown.is_empty() && name_key(right) != name_key(shown);
    let right_holder = |shown: &str| {
        let agent = card.agent.as_ref().is_some_and(|agent| !others(&agent.name, shown));
        agent || !others(&card.applicant.party.name, shown)
    };
    let right_number = |shown: &str| {
        let agent = card.agent.as_ref().is_some_and(|agent| agent.id_number == shown);
        agent || card.applicant.party.id_number == shown
    };
    let keeps_original = material.is_some_and(|m| m.handling != MaterialHandling::KeepCopy);
    let shows = |kind: DefectKind| match kind {
        DefectKind::Expired => facts.valid.is_some_and(|days| days < 0),
        DefectKind::OtherName => !facts.holder.is_empty() && !right_holder(&facts.holder),
        DefectKind::OtherNumber => !facts.number.is_empty() && !right_number(&facts.number),
        DefectKind::NoSeal => !facts.sealed,
        DefectKind::Unsigned => !facts.signed,
        DefectKind::Illegible => !facts.legible,
        DefectKind::CopyOnly => facts.copy && keeps_original,
        DefectKind::PagesMissing => facts.pages < facts.of_pages,
        DefectKind::Unfilled | DefectKind::Content => !facts.lines.is_empty(),
    };
    let at = format!("{path}.defect");
    match &document.defect {
        Some(_) if document.how != Brought::Paper => {
            found.blocks(&at, "没有纸质材料的，不能再有缺陷");
        }
        Some(_) if document.material.is_none() => {
            found.blocks(&at, "没有要求的材料不核对，不必写缺陷");
        }
        Some(defect) => {
            if defect.words.trim().is_empty() {
                found.blocks(&at, "请写明哪里不对，评分时要说给学员听");
            }
            if !shows(defect.kind) {
                let message =
                    format!("写的是“{}”，材料上却看不出来，请改材料上的内容", defect.kind.word());
                found.blocks(&at, message);
            }
            if material.is_some_and(|m| m.standard.is_empty()) {
                found.advises(&at, "指南没有写这份材料的受理标准，学员看不到依据");
            }
        }
        None if document.how == Brought::Paper && document.material.is_some() => {
            let seen = [
                DefectKind::Expired,
                DefectKind::Illegible,
                DefectKind::PagesMissing,
                DefectKind::CopyOnly,
            ];
            for kind in seen.into_iter().filter(|kind| shows(*kind)) {
                let message = format!("材料上看得出“{}”，却没有写成缺陷", kind.word());
                found.blocks(&at, message);
            }
            if shows(DefectKind::OtherName) {
                found.advises(&at, "材料上的姓名不是申请人或代理人的，请确认是有意的");
            }
        }
        None => {}
    }
}
