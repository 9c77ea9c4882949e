//! What follows from the situation and the checks (受理结论): the exits of 行政许可法 第32条 and of
//! the matters that other rules govern.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::calendar::{DueDate, WorkCalendar};
use crate::checklist::{Check, CheckedMaterial, Stopped};
use crate::document::DocumentKind;
use crate::matter::{MaterialId, Matter, StopOutcome};

/// The outcomes a case can have at the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// 予以受理
    Accept,
    /// 容缺受理
    AcceptDeferred,
    /// 一次性告知补正
    OneTimeNotice,
    /// 不需要办理
    NotRequired,
    /// 不属于本机关职权
    OutOfScope,
    /// 不予受理
    Refused,
    /// 视为受理
    DeemedAccepted,
}

impl Outcome {
    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::AcceptDeferred => "accept-deferred",
            Self::OneTimeNotice => "one-time-notice",
            Self::NotRequired => "not-required",
            Self::OutOfScope => "out-of-scope",
            Self::Refused => "refused",
            Self::DeemedAccepted => "deemed-accepted",
        }
    }
}

impl From<StopOutcome> for Outcome {
    fn from(outcome: StopOutcome) -> Self {
        match outcome {
            StopOutcome::NotRequired => Self::NotRequired,
            StopOutcome::OutOfScope => Self::OutOfScope,
            StopOutcome::Refused => Self::Refused,
        }
    }
}

impl StopOutcome {
    /// The paper that says so.
    pub fn document(self) -> DocumentKind {
        match self {
            Self::NotRequired => DocumentKind::NotRequiredNotice,
            Self::OutOfScope | Self::Refused => DocumentKind::Refusal,
        }
    }
}

/// What was decided on the day of filing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Determination {
    /// The outcome.
    pub outcome: Outcome,
    /// The choice that ended the walk, if one did.
    pub stopped: Option<Stopped>,
    /// What the notice lists, in guide order.
    pub listed: Vec<MaterialId>,
    /// What was deferred (容缺).
    pub deferred: Vec<MaterialId>,
    /// What was committed to (告知承诺).
    pub committed: Vec<MaterialId>,
    /// The day of acceptance.
    #[ts(type = "string | null")]
    pub accepted_on: Option<Date>,
    /// The promised limit from there; none where the matter promises none.
    pub due: Option<DueDate>,
    /// The last day for the notice; only with [`Outcome::OneTimeNotice`].
    pub notify_by: Option<DueDate>,
    /// The papers that go with it.
    pub documents: Vec<DocumentKind>,
}

/// A walk that a choice ended.
pub fn stopped(stopped: Stopped) -> Determination {
    Determination {
        outcome: stopped.stop.outcome.into(),
        documents: vec![stopped.stop.outcome.document()],
        stopped: Some(stopped),
        listed: Vec::new(),
        deferred: Vec::new(),
        committed: Vec::new(),
        accepted_on: None,
        due: None,
        notify_by: None,
    }
}

/// The promised limit of `matter`, counted from the day of acceptance.
pub fn due(matter: &Matter, calendar: &WorkCalendar, accepted_on: Date) -> Option<DueDate> {
    matter.promised_limit.map(|limit| calendar.due(accepted_on, limit))
}

/// The last day for the notice.
pub fn notify_by(matter: &Matter, calendar: &WorkCalendar, filed_on: Date) -> DueDate {
    calendar.due(filed_on, matter.supplement.limit())
}

/// Whether a notice given (or still not given) on `on` comes too late, so that the case counts
/// as accepted from the day of receipt (行政许可法 第32条第四项).
pub fn is_deemed_accepted(
    matter: &Matter,
    calendar: &WorkCalendar,
    filed_on: Date,
    on: Date,
) -> bool {
    matter.supplement.deemed_accepted && on > notify_by(matter, calendar, filed_on).on
}

/// What follows on the day of filing from materials that were all checked.
pub fn determine(
    matter: &Matter,
    calendar: &WorkCalendar,
    filed_on: Date,
    materials: &[CheckedMaterial],
) -> Determination {
    let with = |check: Check| -> Vec<MaterialId> {
        let found = materials.iter().filter(|m| m.check == Some(check));
        found.map(|m| m.material.id.clone()).collect()
    };
    let listed: Vec<MaterialId> =
        materials.iter().filter(|m| m.must_be_listed()).map(|m| m.material.id.clone()).collect();
    let deferred = with(Check::Deferred);
    let committed = with(Check::Committed);
    let outcome = match (listed.is_empty(), deferred.is_empty()) {
        (false, _) => Outcome::OneTimeNotice,
        (true, false) => Outcome::AcceptDeferred,
        (true, true) => Outcome::Accept,
    };
    let accepted_on = (outcome != Outcome::OneTimeNotice).then_some(filed_on);
    let mut documents = vec![DocumentKind::MaterialReceipt];
    match accepted_on {
        Some(_) => documents.extend(acceptance_documents(&deferred, &committed)),
        None => documents.push(DocumentKind::OneTimeNotice),
    }
    Determination {
        outcome,
        stopped: None,
        accepted_on,
        due: accepted_on.and_then(|on| due(matter, calendar, on)),
        notify_by: accepted_on.is_none().then(|| notify_by(matter, calendar, filed_on)),
        listed,
        deferred,
        committed,
        documents,
    }
}

/// The papers of an acceptance, in the order they are handed over.
pub fn acceptance_documents(
    deferred: &[MaterialId],
    committed: &[MaterialId],
) -> Vec<DocumentKind> {
    let mut documents = vec![DocumentKind::Acceptance];
    if !committed.is_empty() {
        documents.push(DocumentKind::Commitment);
    }
    if !deferred.is_empty() {
        documents.push(DocumentKind::DeferralCommitment);
    }
    documents
}

#[cfg(test)]
mod tests;
