//! Where and how a matter is taken.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::named::named;

/// 办理形式 (GB/T 39046-2020 A.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum HandleForm {
    /// 窗口办理
    Window,
    /// 电脑端
    Computer,
    /// 移动端
    Mobile,
    /// 快递申请
    Post,
    /// 其他
    Other,
}

named!(HandleForm {
    Window "window" "窗口",
    Computer "computer" "电脑端",
    Mobile "mobile" "移动端",
    Post "post" "快递",
    Other "other" "其他",
});

/// 通办范围 (GB/T 39046-2020).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceArea {
    /// 全国
    National,
    /// 跨省
    CrossProvince,
    /// 跨市
    CrossCity,
    /// 跨县
    CrossCounty,
}

named!(ServiceArea {
    National "national" "全国",
    CrossProvince "cross-province" "跨省",
    CrossCity "cross-city" "跨市",
    CrossCounty "cross-county" "跨县",
});

/// 网办深度.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum OnlineDepth {
    /// Ⅰ级: 信息发布
    Information,
    /// Ⅱ级: 单向互动
    OneWay,
    /// Ⅲ级: 双向互动
    TwoWay,
    /// Ⅳ级: 全程网办
    WholeProcess,
}

named!(OnlineDepth {
    Information "information" "Ⅰ级（信息发布）",
    OneWay "one-way" "Ⅱ级（单向互动）",
    TwoWay "two-way" "Ⅲ级（双向互动）",
    WholeProcess "whole-process" "Ⅳ级（全程网办）",
});

/// A place where a matter is taken, and when (办理地点, 办理时间).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Place {
    /// Where.
    pub address: String,
    /// When.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hours: String,
}

/// Where and how a matter is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Service {
    /// 办理形式.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub handle_forms: Vec<HandleForm>,
    /// 办理地点和时间.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
    /// 咨询方式.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub contact: String,
    /// 监督投诉方式.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub complaint: String,
    /// 必须现场办理的原因.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub visit_reason: String,
    /// 法定办结时限说明.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub statutory_explanation: String,
    /// 承诺办结时限说明.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub promised_explanation: String,
    /// 数量限制.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quantity_limit: String,
    /// 通办范围.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub area: Option<ServiceArea>,
    /// 是否进驻大厅.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub in_hall: Option<bool>,
    /// 是否支持预约.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub appointment: Option<bool>,
    /// 是否支持快递.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub express: Option<bool>,
    /// 是否支持自助终端.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub self_service: Option<bool>,
}

/// Online (网上办理).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Online {
    /// 是否网办.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub available: Option<bool>,
    /// 网办深度.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub depth: Option<OnlineDepth>,
    /// 网办地址.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// 移动端办理地址.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mobile_url: String,
}
