//! The check of a card by the editor (角色卡体检): can it be played, and does its picture show what it
//! says?

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::card::{Brought, CardDocument, DefectKind, PictureKind, RoleCard};
use super::truth::truth;
use crate::applicant::{PartyInput, name_key};
use crate::calendar::WorkCalendar;
use crate::checklist;
use crate::identity::{IdType, check_id_number};
use crate::intake::require_in_force;
use crate::matter::{Material, MaterialHandling, Matter, Necessity};
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
    if facts.pages > facts.of_pages {
        found.blocks(path, "现有的页数比应有的多，请改页数");
    }
    let sight = Sight { card, document, keeps_original: material.is_some_and(keeps_original) };
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
            if !sight.shows(defect.kind) {
                let message =
                    format!("写的是“{}”，材料上却看不出来，请改材料上的内容", defect.kind.word());
                found.blocks(&at, message);
            }
            for kind in sight.seen().into_iter().filter(|kind| *kind != defect.kind) {
                let message = format!("材料上还看得出“{}”，缺陷里没有写", kind.word());
                // Who sees it as well can't let it be put right here and now.
                if defect.on_the_spot {
                    found.blocks(&at, message);
                } else {
                    found.advises(&at, message);
                }
            }
            if material.is_some_and(|m| m.standard.is_empty()) {
                found.advises(&at, "指南没有写这份材料的受理标准，学员看不到依据");
            }
        }
        None if document.how == Brought::Paper && document.material.is_some() => {
            for kind in sight.seen() {
                let message = format!("材料上看得出“{}”，却没有写成缺陷", kind.word());
                found.blocks(&at, message);
            }
            if sight.is_of_the_future() {
                found.blocks(&at, "签发日期在办理日以后，请改日期，或者写成缺陷");
            }
            if sight.shows(DefectKind::OtherName) && !sight.seen().contains(&DefectKind::OtherName)
            {
                found.advises(&at, "材料上的姓名不是申请人或代理人的，请确认是有意的");
            }
        }
        None => {}
    }
}

fn keeps_original(material: &Material) -> bool {
    material.handling != MaterialHandling::KeepCopy
}

/// What can be seen on a paper by who knows what is true about the card.
struct Sight<'a> {
    card: &'a RoleCard,
    document: &'a CardDocument,
    /// Whether an original must be there.
    keeps_original: bool,
}

impl Sight<'_> {
    /// Whether the paper shows a defect of that kind.
    fn shows(&self, kind: DefectKind) -> bool {
        let (facts, picture) = (&self.document.facts, self.document.picture);
        match kind {
            DefectKind::Expired => facts.valid.is_some_and(|days| days < 0),
            DefectKind::OtherName => !facts.holder.is_empty() && self.named().next().is_none(),
            DefectKind::OtherNumber => !facts.number.is_empty() && !self.has_right_number(),
            // A picture has no place for what a good one of it does not have.
            DefectKind::NoSeal => picture.is_sealed() && !facts.sealed,
            DefectKind::Unsigned => picture.is_signed() && !facts.signed,
            DefectKind::Illegible => !facts.legible,
            DefectKind::CopyOnly => facts.copy && self.keeps_original,
            DefectKind::PagesMissing => facts.pages < facts.of_pages,
            DefectKind::Unfilled => !facts.lines.is_empty(),
            DefectKind::Content => !facts.lines.is_empty() || self.is_of_the_future(),
        }
    }

    /// What a trainee sees to be wrong whatever the card says. A paper of somebody else may be meant so,
    /// and what its other lines mean only its author knows.
    fn seen(&self) -> Vec<DefectKind> {
        let certain = |kind: &DefectKind| match kind {
            DefectKind::OtherName => {
                self.document.picture == PictureKind::IdCard
                    && self.people().any(|one| self.numbers(one))
            }
            DefectKind::OtherNumber => self.named().any(|one| self.is_numbered_as(one)),
            DefectKind::Unfilled | DefectKind::Content => false,
            _ => true,
        };
        DefectKind::ALL.iter().copied().filter(|kind| self.shows(*kind) && certain(kind)).collect()
    }

    fn is_of_the_future(&self) -> bool {
        self.document.facts.issued.is_some_and(|days| days > 0)
    }

    /// Who stands at the window, for themselves or for somebody.
    fn people(&self) -> impl Iterator<Item = &PartyInput> {
        std::iter::once(&self.card.applicant.party).chain(&self.card.agent)
    }

    /// Whose name is on the paper.
    fn named(&self) -> impl Iterator<Item = &PartyInput> {
        let key = name_key(&self.document.facts.holder);
        self.people().filter(move |one| name_key(&one.name) == key)
    }

    /// Whether the number on the paper is this person's.
    fn numbers(&self, one: &PartyInput) -> bool {
        let shown = self.document.facts.number.trim();
        !shown.is_empty() && one.id_number.trim().eq_ignore_ascii_case(shown)
    }

    /// Whether the number is that of whom the paper names: of either where it names neither.
    fn has_right_number(&self) -> bool {
        let nobody = self.named().next().is_none();
        self.people().any(|one| self.numbers(one) && (nobody || self.named().any(|two| two == one)))
    }

    /// Whether the number is meant for a person's, and not for one that the paper has of its own.
    fn is_numbered_as(&self, one: &PartyInput) -> bool {
        let shown = self.document.facts.number.trim();
        match self.document.picture {
            // Where nothing is written yet of the person, nothing differs.
            PictureKind::IdCard => !one.id_number.trim().is_empty(),
            PictureKind::Register | PictureKind::Form => shown.len() == one.id_number.trim().len(),
            PictureKind::Licence | PictureKind::Proof | PictureKind::Photo => {
                let id_type = IdType::parse(&one.id_type);
                id_type.is_some_and(|kind| check_id_number(kind, shown).is_ok())
            }
        }
    }
}
