//! The codes of a matter, its version and whether it is in force.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::named::named;

/// 事项状态.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MatterState {
    /// 在用
    InForce,
    /// 暂停
    Suspended,
    /// 取消
    Cancelled,
}

named!(MatterState {
    InForce "in-force" "在用",
    Suspended "suspended" "暂停",
    Cancelled "cancelled" "取消",
});

/// What a platform files a matter under. Codes have no fixed length: the standards disagree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Catalogue {
    /// 基本编码 (`catalog_code`).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub catalog_code: String,
    /// 地方基本编码 (`local_catalog_code`).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub local_catalog_code: String,
    /// 地方实施编码 (`local_task_code`).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub local_code: String,
    /// 业务办理项编码 (`task_handle_item`).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub handle_item: String,
    /// 事项版本 (`task_version`).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// 事项状态 (`task_state`).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub state: Option<MatterState>,
    /// 计划生效日期 (`plan_effective_date`): the first day in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(type = "string", optional)]
    pub effective_from: Option<Date>,
    /// 计划取消日期 (`plan_cancel_date`): the first day out of force.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(type = "string", optional)]
    pub effective_until: Option<Date>,
}
