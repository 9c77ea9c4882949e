//! What a paper says that the case does not hold when it is made (文书要素), and what is allowed to
//! stand there.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::calendar::DueDate;
use crate::handover::HandoverFacts;
use crate::matter::{Limit, SpecialProcedure};
use crate::signature::HandSignature;

/// What the paper of a later step is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Particulars {
    /// The case says it all.
    #[default]
    None,
    /// 特别程序 (行政许可法 第45条).
    SpecialProcedure {
        /// Which, as the guide has it.
        procedure: SpecialProcedure,
        /// From when.
        #[ts(type = "string")]
        on: Date,
        /// Why in this case.
        reason: String,
    },
    /// 延期 (行政许可法 第42条).
    Extension {
        /// The last day until now.
        was: DueDate,
        /// What was added.
        added: Limit,
        /// The last day from now on.
        until: DueDate,
        /// Who approved it: 本行政机关负责人, by name.
        approver: String,
        /// Why; the applicant is told.
        reason: String,
    },
    /// 退件.
    Return {
        /// Why.
        reason: String,
    },
    /// 撤回; the applicant may also write the reason by hand.
    Withdrawal {
        /// Why, if told.
        reason: String,
    },
    /// 材料流转: whom the materials go to.
    Transfer {
        /// The department, and where in it.
        to: String,
    },
    /// 出件: who is given the result, and how.
    Handover {
        /// The day.
        #[ts(type = "string")]
        on: Date,
        /// Who and how.
        facts: HandoverFacts,
        /// 手写签名, where they signed on a screen; the papers have a line to sign on otherwise.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        signature: Option<HandSignature>,
    },
}
