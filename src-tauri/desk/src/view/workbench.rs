//! The desk at a glance.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::case::CaseRow;
use super::draft::DraftRow;
use super::ledger::LedgerCountView;

/// The desk at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Workbench {
    /// Cases taken in and not finished being typed.
    pub drafts: Vec<DraftRow>,
    /// 后台新进展: what the departments did with cases of this window and nobody has looked at.
    pub news: Vec<CaseRow>,
    /// 待告知: received, the notice still to be given; the most urgent first.
    pub notice_due: Vec<CaseRow>,
    /// 待补正: the notice given, something still to come.
    pub supplement_waiting: Vec<CaseRow>,
    /// 可受理: everything arrived.
    pub ready_to_accept: Vec<CaseRow>,
    /// 在办: accepted, the nearest due date first.
    pub under_way: Vec<CaseRow>,
    /// 已办结: the hub decided, not handed over yet.
    pub decided: Vec<CaseRow>,
    /// Conflicts and refused uploads: someone must look.
    pub attention: Vec<CaseRow>,
    /// How much of each ledger (台账) is owed.
    pub ledgers: Vec<LedgerCountView>,
    /// How many were filed today.
    pub filed_today: u32,
}
