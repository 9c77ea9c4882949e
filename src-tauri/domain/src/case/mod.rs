//! A case (办件): what it is, and what can be asked of it. The events it is made of, the states it
//! passes, and the fold that makes one from the other have files of their own; only the fold writes
//! into a case.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use self::event::{AskedItem, Decision, GuideRef, Hash, MatterRef};
use self::state::{Deferral, Standing};
use crate::applicant::{Applicant, Party};
use crate::attachment::Attachment;
use crate::bundle::BundleRef;
use crate::calendar::DueDate;
use crate::checklist::{Check, CheckedMaterial, Stopped};
use crate::condition::Answers;
use crate::determination::Outcome;
use crate::document::{DocumentKind, DocumentNumber};
use crate::evaluation::{Answered, Evaluated, Visit};
use crate::handover::HandoverFacts;
use crate::matter::MaterialId;
use crate::numbering::CaseNumber;
use crate::signature::SignedByHand;

pub mod conflict;
pub mod event;
pub mod fold;
pub mod log;
pub mod relay;
pub mod state;
pub mod words;

pub use conflict::{Conflict, Settled};
pub use event::{
    Actor, CaseId, Event, EventBody, EventPlace, Holder, OriginId, Parties, SealedEvent,
    SignedEvent,
};
pub use state::CaseState;

/// A material of the notice that arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Arrival {
    /// Which.
    pub id: MaterialId,
    /// When.
    #[ts(type = "string")]
    pub on: Date,
}

/// What the department asked for in its review (审查补正).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The day.
    pub on: Date,
    /// What has to be mended.
    pub items: Vec<AskedItem>,
    /// Why.
    pub reason: String,
    /// What of it arrived.
    pub arrived: Vec<Arrival>,
}

impl Asked {
    /// What of it has not arrived, in the order asked.
    pub fn open_items(&self) -> Vec<&MaterialId> {
        let open = |id: &MaterialId| !self.arrived.iter().any(|a| a.id == *id);
        self.items.iter().map(|item| &item.id).filter(|id| open(id)).collect()
    }
}

/// Why materials are waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwaitedFor {
    /// 一次性告知
    Notice,
    /// 容缺后补: the case was accepted without them.
    Deferral,
    /// 审查补正
    Review,
}

/// What is waited for, and since when: of the notice before acceptance, after it what was deferred
/// and what the review asked for, the review's first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// Why.
    pub of: AwaitedFor,
    /// The day it was asked for; none where nobody was asked yet.
    pub since: Option<Date>,
    /// Everything that was asked for.
    pub asked: Vec<MaterialId>,
    /// What of it has not arrived.
    pub open: Vec<MaterialId>,
}

/// A paper of the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct IssuedDocument {
    /// Its kind.
    pub kind: DocumentKind,
    /// 文号.
    pub number: DocumentNumber,
    /// SHA-256 of the PDF.
    pub sha256: Hash,
    /// 发文字号, where the hall gave one.
    #[serde(default)]
    pub formal: Option<String>,
    /// When it was issued.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// How often it came out of a printer (in old entries: was handed to one).
    pub printed: u32,
    /// Whether who applies was corrected after it was issued (更正).
    #[serde(default)]
    pub outdated: bool,
    /// The log of the window that issued it, and archives it; none where that is the one that filed
    /// the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub issued_in: Option<OriginId>,
}

/// How the case was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DecisionTaken {
    /// How.
    pub decision: Decision,
    /// When.
    #[ts(type = "string")]
    pub on: Date,
    /// Why.
    pub reason: String,
    /// 结果证号.
    pub result_number: Option<String>,
    /// 法律依据 of a denial.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub basis: String,
    /// 救济途径 of a denial.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub remedies: String,
}

/// How its result reached the applicant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ResultDelivered {
    /// Who received it.
    pub receiver: String,
    /// When.
    #[ts(type = "string")]
    pub on: Date,
    /// How; none in entries of before it was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub facts: Option<HandoverFacts>,
    /// That the receiver signed on a screen. How it looks is in the log and on the papers, and
    /// nowhere that a list or an export could take it from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub signed: Option<SignedByHand>,
}

/// A case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Case {
    /// The same everywhere.
    #[ts(type = "string")]
    pub id: CaseId,
    /// 办件编号.
    pub number: CaseNumber,
    /// Where it stands.
    pub state: CaseState,
    /// The matter.
    pub matter: MatterRef,
    /// The guide it follows.
    pub guide: GuideRef,
    /// The device that filed it.
    pub origin: OriginId,
    /// The window that has it in hand since the last transfer; none where the one that filed it
    /// still has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub holder: Option<Holder>,
    /// The clerk who filed it.
    pub filed_by: Actor,
    /// The day of filing.
    #[ts(type = "string")]
    pub filed_on: Date,
    /// 申请人.
    pub applicant: Applicant,
    /// 代理人.
    pub agent: Option<Party>,
    /// 情形.
    #[ts(type = "Record<string, string>")]
    pub answers: Answers,
    /// Every applicable material as checked at filing.
    pub materials: Vec<CheckedMaterial>,
    /// What the notice lists, or must list.
    pub listed: Vec<MaterialId>,
    /// What of it arrived.
    pub arrived: Vec<Arrival>,
    /// What the department asked for in its review, in the order it did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(skip)]
    pub asked: Vec<Asked>,
    /// Why a choice ended the walk.
    pub stopped: Option<Stopped>,
    /// The last day for the notice.
    pub notify_by: Option<DueDate>,
    /// The day of the notice.
    #[ts(type = "string | null")]
    pub notice_on: Option<Date>,
    /// The day of acceptance.
    #[ts(type = "string | null")]
    pub accepted_on: Option<Date>,
    /// 视为受理 (行政许可法 第32条第四项).
    pub deemed: bool,
    /// 应办结日.
    pub due: Option<DueDate>,
    /// Whether the limit was extended (行政许可法 第42条), which happens once.
    #[serde(default)]
    pub extended: bool,
    /// Since when the clock stands still (第45条), while it does.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub clock_stopped_on: Option<Date>,
    /// The papers, in the order issued.
    pub documents: Vec<IssuedDocument>,
    /// The scans of its materials, in the order added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(skip)]
    pub attachments: Vec<Attachment>,
    /// How it was decided.
    pub decision: Option<DecisionTaken>,
    /// How its result reached the applicant, once it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub delivered: Option<ResultDelivered>,
    /// The services at a window, in the order they are counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(skip)]
    pub visits: Vec<Visit>,
    /// What was said of them. Not for any window to see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(skip)]
    pub evaluations: Vec<Evaluated>,
    /// Made in practice.
    pub practice: bool,
    /// 一件事: what it was filed together with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub bundle: Option<BundleRef>,
    /// The highest Lamport number seen.
    #[ts(type = "number")]
    pub lamport: u64,
    /// What did not apply.
    pub conflicts: Vec<Conflict>,
}

impl Case {
    /// The log of the window that has the case in hand: it alone may continue it.
    pub fn held_by(&self) -> &str {
        self.holder.as_ref().map_or(&self.origin, |holder| &holder.origin)
    }

    /// Which paper of its kind the next one is that a device issues, from 1, and its number: one
    /// that no paper has, none either whose issue did not apply.
    pub fn next_paper(&self, device: &str, kind: DocumentKind) -> (u32, DocumentNumber) {
        let unapplied = self.conflicts.iter().filter_map(|conflict| match &conflict.event {
            EventBody::DocumentIssued { number, .. } => Some(number),
            _ => None,
        });
        let taken: HashSet<_> = self.documents.iter().map(|d| &d.number).chain(unapplied).collect();
        let mut nth = 1;
        loop {
            let number = DocumentNumber::new(&self.number, device, kind, nth);
            if !taken.contains(&number) {
                return (nth, number);
            }
            nth += 1;
        }
    }

    /// What of the notice has not arrived, in guide order.
    pub fn open_items(&self) -> Vec<&MaterialId> {
        self.listed.iter().filter(|id| !self.arrived.iter().any(|a| a.id == **id)).collect()
    }

    /// What is waited for now.
    pub fn awaited(&self) -> Awaited {
        let own = |ids: Vec<&MaterialId>| ids.into_iter().cloned().collect();
        let deferred = self.open_deferred();
        match self.asked.last() {
            Some(asked) if deferred.is_empty() || !asked.open_items().is_empty() => Awaited {
                of: AwaitedFor::Review,
                since: Some(asked.on),
                asked: asked.items.iter().map(|item| item.id.clone()).collect(),
                open: own(asked.open_items()),
            },
            _ if !deferred.is_empty() => Awaited {
                of: AwaitedFor::Deferral,
                since: self.accepted_on,
                asked: self.with_check(Check::Deferred),
                open: deferred,
            },
            _ => Awaited {
                of: AwaitedFor::Notice,
                since: self.notice_on,
                asked: self.listed.clone(),
                open: own(self.open_items()),
            },
        }
    }

    /// 容缺后补: what the case was accepted without and has not arrived, in guide order.
    fn open_deferred(&self) -> Vec<MaterialId> {
        // A case that counts as accepted was accepted by the law, with nothing put off.
        if self.accepted_on.is_none() || self.deemed {
            return Vec::new();
        }
        let mut deferred = self.with_check(Check::Deferred);
        deferred.retain(|id| !self.arrived.iter().any(|arrival| arrival.id == *id));
        deferred
    }

    /// The materials with a given result of the check.
    pub fn with_check(&self, check: Check) -> Vec<MaterialId> {
        let found = self.materials.iter().filter(|m| m.check == Some(check));
        found.map(|m| m.material.id.clone()).collect()
    }

    /// What came of it at the window.
    pub fn outcome(&self) -> Outcome {
        match (&self.stopped, self.accepted_on) {
            (Some(stopped), _) => stopped.stop.outcome.into(),
            (None, Some(_)) if self.deemed => Outcome::DeemedAccepted,
            (None, Some(_)) if !self.with_check(Check::Deferred).is_empty() => {
                Outcome::AcceptDeferred
            }
            (None, Some(_)) => Outcome::Accept,
            (None, None) => Outcome::OneTimeNotice,
        }
    }

    /// The name of a material of this case; its id where it has none.
    pub fn material_name<'a>(&'a self, id: &'a str) -> &'a str {
        let found = self.materials.iter().find(|m| m.material.id == id);
        found.map_or(id, |m| m.material.name.as_str())
    }

    /// Whether a list of materials can be asked for: some, each a material of this case, none twice.
    fn may_be_asked(&self, items: &[AskedItem]) -> bool {
        let mut seen = HashSet::new();
        let known = |item: &AskedItem| self.materials.iter().any(|m| m.material.id == item.id);
        !items.is_empty() && items.iter().all(|item| known(item) && seen.insert(&item.id))
    }

    /// Who applies, and who came for them.
    pub fn parties(&self) -> Parties {
        Parties { applicant: self.applicant.clone(), agent: self.agent.clone() }
    }

    /// The state that `event` would lead to, or none if it does not apply now.
    pub fn next_state(&self, event: &EventBody) -> Option<CaseState> {
        let awaited = self.awaited();
        let (arriving, of_this_notice): (&[MaterialId], bool) = match event {
            EventBody::Supplemented { ids, .. } => {
                // While the clock stands still, only what the review asked for is waited for.
                let waits = self.state != CaseState::ClockStopped || !awaited.open.is_empty();
                (ids, waits && ids.iter().all(|id| awaited.asked.contains(id)))
            }
            EventBody::SupplementAsked { items, .. } => (&[], self.may_be_asked(items)),
            // The notice says what the determination listed, whoever gave it.
            EventBody::NoticeGiven { listed, .. } => (&[], *listed == self.listed),
            EventBody::PartiesCorrected { was, .. } => (&[], *was == self.parties()),
            EventBody::Transferred { from, to, .. } => {
                (&[], from.origin == self.held_by() && to.origin != from.origin)
            }
            EventBody::ConflictSettled { of, adopted, .. } => {
                let of = self.open_conflict_at(of).and_then(|at| self.conflicts.get(at));
                (&[], of.is_some_and(|conflict| !adopted || self.may_adopt(conflict)))
            }
            _ => (&[], true),
        };
        let nothing_open = self.open_items().iter().all(|id| arriving.contains(id));
        let deferred = !self.with_check(Check::Deferred).is_empty();
        let asked_open =
            !self.asked.is_empty() && awaited.open.iter().any(|id| !arriving.contains(id));
        let puts_off = awaited.of == AwaitedFor::Deferral;
        let standing = Standing {
            state: Some(self.state),
            nothing_open,
            deferred,
            extended: self.extended,
            asked_open,
            deferral: match awaited.open.iter().all(|id| arriving.contains(id)) {
                _ if !puts_off => Deferral::None,
                true => Deferral::Arrived,
                false => Deferral::Open,
            },
        };
        let fits = of_this_notice && self.fits_attachments(event);
        fits.then(|| state::next(standing, event)).flatten()
    }

    /// What became of the evaluation of a day's service.
    pub fn answered(&self, service: Date) -> Answered {
        match self.evaluations.iter().find(|e| e.service == service) {
            None => Answered::Not,
            Some(Evaluated { evaluation: None, .. }) => Answered::Declined,
            Some(Evaluated { evaluation: Some(_), .. }) => Answered::Given,
        }
    }

    /// The case without what was said of its services, which is how a window may see it.
    #[must_use]
    pub fn without_evaluations(mut self) -> Self {
        self.evaluations.clear();
        self
    }
}
