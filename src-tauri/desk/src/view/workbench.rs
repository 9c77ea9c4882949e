//! The desk at a glance.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::case::CaseRow;
use super::draft::DraftRow;
use super::ledger::LedgerCountView;

/// What a case waits for, as the workbench sorts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Queue {
    /// 后台新进展: what the departments did with cases of this window and nobody has looked at.
    News,
    /// 待告知: received, the notice still to be given.
    NoticeDue,
    /// 待补正: the notice given, something still to come.
    SupplementWaiting,
    /// 可受理: everything arrived.
    ReadyToAccept,
    /// 在办: accepted, not decided.
    UnderWay,
    /// 已办结: the hub decided, not handed over yet.
    Decided,
    /// Conflicts and refused uploads: someone must look.
    Attention,
}

/// The cases of a queue, as far as a glance goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QueueView {
    /// How many there are.
    pub total: u32,
    /// The first ones: the most urgent, of the news the newest.
    pub rows: Vec<CaseRow>,
}

/// The desk at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Workbench {
    /// Cases taken in and not finished being typed.
    pub drafts: Vec<DraftRow>,
    /// [`Queue::News`].
    pub news: QueueView,
    /// [`Queue::NoticeDue`].
    pub notice_due: QueueView,
    /// [`Queue::SupplementWaiting`].
    pub supplement_waiting: QueueView,
    /// [`Queue::ReadyToAccept`].
    pub ready_to_accept: QueueView,
    /// [`Queue::UnderWay`].
    pub under_way: QueueView,
    /// [`Queue::Decided`].
    pub decided: QueueView,
    /// [`Queue::Attention`].
    pub attention: QueueView,
    /// How much of each ledger (台账) is owed.
    pub ledgers: Vec<LedgerCountView>,
    /// How many were filed today.
    pub filed_today: u32,
}
