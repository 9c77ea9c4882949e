//! The papers (文书) a window issues, and their numbers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::named::{Named, named};
use crate::numbering::CaseNumber;

/// A kind of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// 申请材料收件凭证
    MaterialReceipt,
    /// 受理通知书; of an acceptance with deferred materials, 容缺受理通知书
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
    /// 特别程序告知书
    SpecialProcedureNotice,
    /// 延期告知书
    ExtensionNotice,
    /// 退件通知书
    ReturnNotice,
    /// 授权委托书
    PowerOfAttorney,
    /// 送达回证
    DeliveryReceipt,
    /// 领取凭条
    ResultSlip,
    /// 撤回申请书
    WithdrawalRequest,
    /// 材料流转交接单
    TransferSheet,
    /// 评价表
    EvaluationForm,
}

named!(DocumentKind {
    MaterialReceipt "material-receipt" "申请材料收件凭证",
    Acceptance "acceptance" "受理通知书",
    OneTimeNotice "one-time-notice" "一次性告知（补正）书",
    Refusal "refusal" "不予受理通知书",
    NotRequiredNotice "not-required-notice" "即时告知书",
    Commitment "commitment" "告知承诺书",
    DeferralCommitment "deferral-commitment" "容缺受理承诺书",
    SpecialProcedureNotice "special-procedure-notice" "特别程序告知书",
    ExtensionNotice "extension-notice" "延期告知书",
    ReturnNotice "return-notice" "退件通知书",
    PowerOfAttorney "power-of-attorney" "授权委托书",
    DeliveryReceipt "delivery-receipt" "送达回证",
    ResultSlip "result-slip" "领取凭条",
    WithdrawalRequest "withdrawal-request" "撤回申请书",
    TransferSheet "transfer-sheet" "材料流转交接单",
    EvaluationForm "evaluation-form" "政务服务评价表",
});

impl DocumentKind {
    /// Every kind.
    pub const ALL: &'static [Self] = <Self as Named>::ALL;

    /// The name used in JSON and in file names.
    pub fn as_str(self) -> &'static str {
        self.name()
    }

    /// 文书名称.
    pub fn title(self) -> &'static str {
        self.word()
    }

    /// The kind that has these letters; none where this program knows no such kind.
    pub fn with_letters(letters: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.letters() == letters)
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
            Self::SpecialProcedureNotice => "TX",
            Self::ExtensionNotice => "YQ",
            Self::ReturnNotice => "TJ",
            Self::PowerOfAttorney => "WT",
            Self::DeliveryReceipt => "SD",
            Self::ResultSlip => "LQ",
            Self::WithdrawalRequest => "CH",
            Self::TransferSheet => "JJ",
            Self::EvaluationForm => "PJ",
        }
    }

    /// Whether an authority issues it under its seal (行政许可法 第32条第二款: 加盖本行政机关专用印章和
    /// 注明日期的书面凭证). The others are filled in by the applicant, or pass between desks.
    pub fn is_sealed(self) -> bool {
        match self {
            Self::MaterialReceipt
            | Self::Acceptance
            | Self::OneTimeNotice
            | Self::Refusal
            | Self::NotRequiredNotice
            | Self::Commitment
            | Self::DeferralCommitment
            | Self::SpecialProcedureNotice
            | Self::ExtensionNotice
            | Self::ReturnNotice
            | Self::DeliveryReceipt => true,
            Self::PowerOfAttorney
            | Self::ResultSlip
            | Self::WithdrawalRequest
            | Self::TransferSheet
            | Self::EvaluationForm => false,
        }
    }

    /// Whether the applicant keeps it to ask for the progress of the case by it (查询方式).
    pub fn leads_to_progress(self) -> bool {
        matches!(self, Self::MaterialReceipt | Self::Acceptance)
    }

    /// Whether it turns the applicant away, and so must say how to object (行政许可法 第38条).
    pub fn has_remedies(self) -> bool {
        matches!(self, Self::Refusal | Self::NotRequiredNotice | Self::ReturnNotice)
    }
}

/// A document's number (文号): the case number, the letters of its kind, and which of that kind
/// in the case. Safe offline because the case number is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct DocumentNumber(String);

impl DocumentNumber {
    /// The number of the `nth` (from 1) paper of that kind that a device issues in the case. One
    /// that did not give out the case's number puts its code in front, so that two windows that
    /// had the case in hand never give a paper the same number, whatever they knew of each other.
    pub fn new(case: &CaseNumber, device: &str, kind: DocumentKind, nth: u32) -> Self {
        let letters = kind.letters();
        Self(if device == case.device() {
            format!("{case}-{letters}{nth:02}")
        } else {
            format!("{case}-{device}-{letters}{nth:02}")
        })
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
