//! The back office (后台审批): the one call it has so far, deciding a case.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yichuang_domain::case::event::Decision;

/// Where it is sent: `POST`, with the office token.
pub const DECIDE_PATH: &str = "/v1/office/decide";

/// Decides a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DecideRequest {
    /// 办件编号.
    pub case: String,
    /// How.
    #[schema(value_type = String, example = "granted")]
    pub decision: Decision,
    /// Why; must not be empty for a denial (行政许可法 第38条).
    #[serde(default)]
    pub reason: String,
    /// 结果证号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result_number: Option<String>,
}

/// The case as decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DecideReply {
    /// 办件编号.
    pub case_number: String,
    /// Where it now stands.
    pub state: String,
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub decided_on: Date,
}
