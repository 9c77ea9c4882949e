//! 一件事一次办 (国办发〔2022〕32号, 国发〔2024〕3号): several matters that people live through as one.
//!
//! Owns how the matters of a bundle are looked at as one ([`Joint`]): which questions and which
//! materials are the same, what follows for each matter from what was typed once, by when the
//! bundle is to be done, what the applicant was spared ([`Savings`]), and what somebody who only asks
//! is told ([`JointEnquiry`]). Each matter stays a case
//! of its own, decided by its own department under its own law; what is joint is the intake, the
//! papers, the supplement and the promise. Refused: guessing that two differently named materials
//! are the same one. That only the guide can say (`common_name` of a material).

mod enquiry;
mod joint;
mod material;
mod paper;
mod savings;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use enquiry::{JointEnquiry, JointProspect, Want};
pub use joint::{Joint, JointExamined, JointWalk};
pub use material::JointMaterial;
pub use savings::{Cost, Savings, Spared};

use crate::calendar::{DueDate, WorkCalendar};
use crate::matter::{Limit, Matter};
use crate::numbering::CaseNumber;
use jiff::civil::Date;

/// What a case knows of the bundle it was filed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BundleRef {
    /// The bundle's id in the guide that the case is pinned to.
    pub id: String,
    /// 一件事名称.
    pub name: String,
    /// The case of the leading matter (主办), or the first one taken where that matter was not.
    pub lead: CaseNumber,
    /// Every case filed with it, this one too, in the order of the bundle.
    pub cases: Vec<CaseNumber>,
    /// The limit that the bundle promises: the leading matter's. None where it promises none, or
    /// was not taken.
    pub limit: Option<Limit>,
}

/// The limit that a bundle promises: the promised limit of its leading matter.
pub fn promise(lead: &Matter) -> Option<Limit> {
    lead.promised_limit
}

/// 应办结日 of a case, counted from its acceptance. A case of a bundle is promised by the bundle,
/// but a promise between departments moves no limit that the law sets for one of them.
pub fn due(
    bundle: Option<&BundleRef>,
    matter: &Matter,
    calendar: &WorkCalendar,
    accepted_on: Date,
) -> Option<DueDate> {
    due_within(bundle.and_then(|bundle| bundle.limit), matter, calendar, accepted_on)
}

/// 应办结日 within the limit of a bundle, which there need not be.
pub fn due_within(
    promise: Option<Limit>,
    matter: &Matter,
    calendar: &WorkCalendar,
    accepted_on: Date,
) -> Option<DueDate> {
    let count = |limit: Limit| calendar.due(accepted_on, limit);
    let Some(promised) = promise else { return matter.promised_limit.map(count) };
    let promised = count(promised);
    match matter.statutory_limit.map(count) {
        Some(lawful) if lawful.on < promised.on => Some(lawful),
        _ => Some(promised),
    }
}

#[cfg(test)]
mod tests;
