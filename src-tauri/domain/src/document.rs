//! The papers (文书) a window issues, and their numbers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::numbering::CaseNumber;

/// A kind of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// 收件凭证
    MaterialReceipt,
    /// 受理通知书
    Acceptance,
    /// 一次性告知（补正）书
    OneTimeNotice,
    /// 不予受理通知书
    Refusal,
    /// 即时告知书
    NotRequiredNotice,
    /// 告知承诺书
    Commitment,
    /// 容缺受理承诺书
    DeferralCommitment,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::MaterialReceipt,
        Self::Acceptance,
        Self::OneTimeNotice,
        Self::Refusal,
        Self::NotRequiredNotice,
        Self::Commitment,
        Self::DeferralCommitment,
    ];

    /// The name used in JSON and in file names.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MaterialReceipt => "material-receipt",
            Self::Acceptance => "acceptance",
            Self::OneTimeNotice => "one-time-notice",
            Self::Refusal => "refusal",
            Self::NotRequiredNotice => "not-required-notice",
            Self::Commitment => "commitment",
            Self::DeferralCommitment => "deferral-commitment",
        }
    }

    /// 文书名称.
    pub fn title(self) -> &'static str {
        match self {
            Self::MaterialReceipt => "申请材料收件凭证",
            Self::Acceptance => "受理通知书",
            Self::OneTimeNotice => "一次性告知（补正）书",
            Self::Refusal => "不予受理通知书",
            Self::NotRequiredNotice => "即时告知书",
            Self::Commitment => "告知承诺书",
            Self::DeferralCommitment => "容缺受理承诺书",
        }
    }

    /// 文种 in the document number.
    pub fn letters(self) -> &'static str {
        match self {
            Self::MaterialReceipt => "SJ",
            Self::Acceptance => "SL",
            Self::OneTimeNotice => "BZ",
            Self::Refusal => "BY",
            Self::NotRequiredNotice => "JG",
            Self::Commitment => "CN",
            Self::DeferralCommitment => "RQ",
        }
    }
}

/// A document's number (文号): the case number, the letters of its kind, and which of that kind
/// in the case. Safe offline because the case number is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct DocumentNumber(String);

impl DocumentNumber {
    /// The number of the `nth` (from 1) paper of that kind in the case.
    pub fn new(case: &CaseNumber, kind: DocumentKind, nth: u32) -> Self {
        Self(format!("{case}-{}{nth:02}", kind.letters()))
    }

    /// As printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
