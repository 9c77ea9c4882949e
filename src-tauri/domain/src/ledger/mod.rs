//! The ledgers (台账) of what comes to a window and is no case: questions asked by telephone or at
//! the counter, what somebody could not get done (办不成事), complaints, and whom the hall helps
//! (帮您办).
//!
//! An entry is a fold of its records, as a case is of its events: nothing that was written is ever
//! overwritten, and a mistake is corrected by one more record that says why. This module owns what
//! must be noted, by when, and which step may follow; it knows no screen, and no other ledger than
//! these four. Entries stay at the window (decision 41), but for those of 帮您办, which all windows of
//! a station share ([`shared`], decision 54).

mod facts;
mod fold;
mod limits;
mod record;
pub mod shared;
#[cfg(test)]
mod shared_tests;
mod step;
#[cfg(test)]
mod tests;
mod words;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use facts::{LedgerCase, LedgerFacts, LedgerMatter};
pub use fold::{LedgerEntry, Resolution};
pub use limits::{LedgerDue, LedgerLimitSet, LedgerLimits};
pub use record::{LedgerAct, LedgerRecord};
pub use step::{By, LedgerStep, StepKind, correct, obstacle, prepare, shows_person};
pub use words::{detail, title};

use crate::named::named;

/// Which ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LedgerKind {
    /// 咨询: somebody asked, and has no case.
    Consultation,
    /// 办不成事反映窗口: somebody could not get done what they came for (国发〔2022〕5号).
    Obstruction,
    /// 投诉
    Complaint,
    /// 帮您办、代办: a helper of the hall does it with or for somebody, who asked for it and pays
    /// nothing (国发〔2022〕5号, 帮办代办).
    Assistance,
}

named!(LedgerKind {
    Consultation "consultation" "咨询",
    Obstruction "obstruction" "办不成事",
    Complaint "complaint" "投诉",
    Assistance "assistance" "帮您办",
});

impl LedgerKind {
    /// What its numbers begin with, after the mark of practice.
    pub fn letters(self) -> &'static str {
        match self {
            Self::Consultation => "ZX",
            Self::Obstruction => "BB",
            Self::Complaint => "TS",
            Self::Assistance => "BN",
        }
    }
}

/// How it came to the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LedgerChannel {
    /// 现场
    Window,
    /// 电话
    Phone,
    /// 12345 政务服务便民热线 passed it on.
    Hotline,
    /// 意见箱, or another letter.
    Letter,
}

named!(LedgerChannel {
    Window "window" "现场",
    Phone "phone" "电话",
    Hotline "hotline" "12345转办",
    Letter "letter" "意见箱",
});

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LedgerState {
    /// 待办结: this window has to settle it.
    Open,
    /// 已转办: somebody else looks at it; this window still owes the reply.
    Referred,
    /// 已办结
    Closed,
    /// 已作废: it should not have been written. Its number stays used.
    Void,
}

named!(LedgerState {
    Open "open" "待办结",
    Referred "referred" "已转办",
    Closed "closed" "已办结",
    Void "void" "已作废",
});

impl LedgerState {
    /// Whether something is still owed.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Referred)
    }
}

/// What came of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LedgerOutcome {
    /// A question was answered.
    Answered,
    /// It got done.
    Solved,
    /// It can't be done, and the person was told why.
    Explained,
    /// It is for somebody else, and the person was led there.
    Redirected,
    /// The complaint is right.
    Upheld,
    /// Part of it is.
    PartlyUpheld,
    /// It is not.
    NotUpheld,
    /// Nobody can say.
    Unverifiable,
    /// The person took it back.
    TakenBack,
}

named!(LedgerOutcome {
    Answered "answered" "已答复",
    Solved "solved" "已办成",
    Explained "explained" "依法不能办，已说明理由",
    Redirected "redirected" "已引导到主管部门",
    Upheld "upheld" "属实，已整改",
    PartlyUpheld "partly-upheld" "部分属实，已整改",
    NotUpheld "not-upheld" "不属实",
    Unverifiable "unverifiable" "无法核实",
    TakenBack "taken-back" "本人撤回",
});

impl LedgerOutcome {
    /// What can come of an entry of that ledger, the usual first.
    pub fn of(kind: LedgerKind) -> &'static [Self] {
        match kind {
            LedgerKind::Consultation => &[Self::Answered, Self::Redirected],
            LedgerKind::Obstruction => {
                &[Self::Solved, Self::Explained, Self::Redirected, Self::TakenBack]
            }
            LedgerKind::Assistance => {
                &[Self::Solved, Self::Explained, Self::Redirected, Self::TakenBack]
            }
            LedgerKind::Complaint => &[
                Self::Upheld,
                Self::PartlyUpheld,
                Self::NotUpheld,
                Self::Unverifiable,
                Self::TakenBack,
            ],
        }
    }
}

/// How the person learned what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LedgerReply {
    /// 当面
    InPerson,
    /// 电话
    Phone,
    /// 书面
    Writing,
    /// Nobody could be reached, though it was tried.
    NotReached,
    /// The person left neither name nor contact.
    Anonymous,
}

named!(LedgerReply {
    InPerson "in-person" "当面答复",
    Phone "phone" "电话答复",
    Writing "writing" "书面答复",
    NotReached "not-reached" "联系不上",
    Anonymous "anonymous" "匿名，无从答复",
});

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// 进展
    Progress,
    /// The person was spoken to.
    Reached,
    /// It was tried, and nobody answered.
    Missed,
}

named!(NoteKind {
    Progress "progress" "办理进展",
    Reached "reached" "已联系上",
    Missed "missed" "没有联系上",
});
