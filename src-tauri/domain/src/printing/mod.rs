//! Printing: where a print job stands, why a paper is printed again, and the account of a day
//! (日清).
//!
//! A printing system takes jobs and tells of them later, or never; so what is known of a job is a
//! state of its own, and "handed over" is never called "printed". This module owns which state
//! may follow which and what a day leaves open. It refuses to know printers and their words.

mod day_end;

pub use day_end::{Discrepancy, JobAccount, PaperAccount, Remedy, Side, Trouble, reconcile};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::intake::LONGEST_REASON;

/// Where a print job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PrintState {
    /// 待送出: written down, not yet taken by the printing system.
    Queued,
    /// 已送打印机: taken; nothing is known of paper yet.
    Sent,
    /// 已打印: the printing system says that it came out, or the clerk saw it.
    Printed,
    /// 没有打印: surely nothing to hand out came of it.
    Failed,
    /// 不明: it may have come out or not, and only the clerk can tell (出纸了吗).
    Unknown,
}

/// What becomes known of a print job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PrintNews {
    /// The printing system took it.
    Taken,
    /// It came out.
    CameOut,
    /// It was refused, cancelled or broken off.
    CameToNothing,
    /// Nobody can say: the program ended in between, or the printing system forgot it.
    Lost,
}

impl PrintState {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Queued, Self::Sent, Self::Printed, Self::Failed, Self::Unknown];

    /// The name used in JSON and in the journal.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Printed => "printed",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    /// On screens.
    pub fn label(self) -> &'static str {
        match self {
            Self::Queued => "待送出",
            Self::Sent => "已送打印机",
            Self::Printed => "已打印",
            Self::Failed => "没有打印",
            Self::Unknown => "不明",
        }
    }

    /// The state of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// The state that follows; none where the news can't be of this job.
    ///
    /// What has ended stays so. A job is never called printed on the strength of having been
    /// written down: it was taken first, or somebody was asked.
    pub fn next(self, news: PrintNews) -> Option<Self> {
        match (self, news) {
            (Self::Printed | Self::Failed, _) => None,
            (Self::Queued | Self::Unknown, PrintNews::Taken) => Some(Self::Sent),
            (Self::Sent | Self::Unknown, PrintNews::CameOut) => Some(Self::Printed),
            (_, PrintNews::CameToNothing) => Some(Self::Failed),
            (Self::Queued | Self::Sent, PrintNews::Lost) => Some(Self::Unknown),
            (Self::Queued, PrintNews::CameOut)
            | (Self::Sent, PrintNews::Taken)
            | (Self::Unknown, PrintNews::Lost) => None,
        }
    }

    /// Whether nothing more will become known.
    pub fn has_ended(self) -> bool {
        matches!(self, Self::Printed | Self::Failed)
    }
}

/// Who says that a paper came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PrintProof {
    /// The printing system: every sheet was passed to the printer and accepted.
    System,
    /// A clerk, who saw the paper.
    Clerk,
}

/// Why a paper that came out is printed again (补打).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ReprintReason {
    /// 卡纸
    Jam,
    /// 字迹不清
    Unclear,
    /// 申请人遗失
    Lost,
    /// 其他, in words.
    Other {
        /// The words; not empty.
        text: String,
    },
}

/// A reason for a reprint that says nothing, or too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadReason {
    /// 其他 without words.
    #[error("请写明补打原因")]
    Empty,
    /// Longer than [`LONGEST_REASON`].
    #[error("补打原因太长，请写短一些")]
    TooLong,
}

impl ReprintReason {
    /// Whether it says why.
    ///
    /// # Errors
    /// [`BadReason`].
    pub fn check(&self) -> Result<(), BadReason> {
        match self {
            Self::Other { text } if text.trim().is_empty() => Err(BadReason::Empty),
            Self::Other { text } if text.chars().count() > LONGEST_REASON => {
                Err(BadReason::TooLong)
            }
            _ => Ok(()),
        }
    }

    /// In words.
    pub fn words(&self) -> &str {
        match self {
            Self::Jam => "卡纸",
            Self::Unclear => "字迹不清",
            Self::Lost => "申请人遗失",
            Self::Other { text } => text.trim(),
        }
    }
}

/// How a paper reached the applicant otherwise than by a printer of this window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum OtherWay {
    /// 存为PDF: saved as a file.
    Pdf,
    /// 电子送达: sent or shown electronically.
    Electronic,
    /// 另行交付: printed or copied elsewhere, handed over by hand.
    ByHand,
}

impl OtherWay {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Electronic, Self::ByHand];

    /// The name used in JSON and in the journal.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Electronic => "electronic",
            Self::ByHand => "by-hand",
        }
    }

    /// The way of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == name)
    }

    /// On screens.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pdf => "已存为PDF",
            Self::Electronic => "已电子送达",
            Self::ByHand => "已另行交付",
        }
    }
}

/// Whether a paper of `pages` pages in `parts` equal parts (联) may be printed on both sides. The
/// parts go to different people and must never share a sheet.
pub fn may_use_both_sides(pages: u32, parts: u32) -> bool {
    match parts {
        0 => false,
        1 => true,
        parts => pages.is_multiple_of(parts) && (pages / parts).is_multiple_of(2) && pages > 0,
    }
}

#[cfg(test)]
mod tests;
