//! Questions about the situation (情形) and what ends the walk.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ChoiceId, QuestionId, null_as_empty};
use crate::condition::Condition;
use crate::named::named;

/// How a choice that ends the walk ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum StopOutcome {
    /// 不需要办理 (行政许可法 第32条第一项)
    NotRequired,
    /// 不属于本机关职权 (第32条第二项)
    OutOfScope,
    /// 不予受理
    Refused,
}

named!(StopOutcome {
    NotRequired "not-required" "不需要办理",
    OutOfScope "out-of-scope" "不属于本机关职权",
    Refused "refused" "不予受理",
});

/// What a choice that ends the walk says to the applicant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Stop {
    /// How it ends.
    pub outcome: StopOutcome,
    /// Why.
    pub reason: String,
    /// Where to apply instead; may be empty.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub refer_to: String,
}

/// One choice of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Choice {
    /// Unique inside the question.
    pub id: ChoiceId,
    /// What the clerk reads out.
    pub text: String,
    /// Ends the walk when chosen.
    #[serde(default)]
    pub stop: Option<Stop>,
}

/// A question about the applicant's situation (情形).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Question {
    /// Unique inside the matter.
    pub id: QuestionId,
    /// What the clerk asks.
    pub text: String,
    /// Asked only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub when: Option<Condition>,
    /// In the order shown.
    pub choices: Vec<Choice>,
}
