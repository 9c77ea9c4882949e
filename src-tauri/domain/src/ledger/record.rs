//! What is written in a ledger, one record after another.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    LedgerDue, LedgerFacts, LedgerKind, LedgerLimits, LedgerOutcome, LedgerReply, NoteKind,
};
use crate::calendar::DueDate;
use crate::case::Actor;

/// One record of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerRecord {
    /// When.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    pub act: LedgerAct,
}

/// What somebody did to an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum LedgerAct {
    /// 登记: always the first.
    Registered {
        /// 台账编号.
        number: String,
        /// Which ledger.
        kind: LedgerKind,
        /// What it says.
        facts: LedgerFacts,
        /// The limits of that day.
        limits: LedgerLimits,
        /// What they come to.
        due: LedgerDue,
        /// 演练.
        practice: bool,
    },
    /// 更正: what it says from now on. What it said before stays in the records before.
    Corrected {
        /// What it says.
        facts: LedgerFacts,
        /// The last days, counted again: the day it was brought may have been wrong.
        due: LedgerDue,
        /// Why.
        reason: String,
    },
    /// 记事
    Noted {
        /// What about.
        note: NoteKind,
        /// The words.
        text: String,
    },
    /// 转办
    Referred {
        /// To whom.
        to: String,
        /// What was asked of them.
        text: String,
    },
    /// 延长期限
    Extended {
        /// The new last day for settling it.
        due: DueDate,
        /// Why.
        reason: String,
    },
    /// 办结
    Closed {
        /// What came of it.
        outcome: LedgerOutcome,
        /// In words: the answer, or what was found and done.
        text: String,
        /// How the person learned it.
        reply: LedgerReply,
    },
    /// 重新办理
    Reopened {
        /// Why.
        reason: String,
    },
    /// 作废
    Voided {
        /// Why.
        reason: String,
    },
}
