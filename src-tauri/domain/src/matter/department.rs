//! Departments (实施主体).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A department (实施主体) with what its papers must say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Department {
    /// 统一社会信用代码.
    pub code: String,
    /// Full name, the issuer of the papers.
    pub name: String,
    /// 咨询电话.
    #[serde(default)]
    pub phone: String,
    /// 监督投诉电话.
    #[serde(default)]
    pub complaint_phone: String,
    /// Where it can be visited.
    #[serde(default)]
    pub address: String,
    /// 复议机关.
    #[serde(default)]
    pub review_body: String,
    /// The court for an administrative suit.
    #[serde(default)]
    pub court: String,
}
