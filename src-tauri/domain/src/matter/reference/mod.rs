//! What a guide says about a matter that the walk of a case does not need: for notices, for the
//! page about a matter, and for the exchange with a platform. One rule reads it, whether a matter
//! is in force (`Matter::in_force`). All of it may be missing; a text that is empty, a list
//! without an element and a `None` all mean *not said*.

mod authority;
mod catalogue;
mod service;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use self::authority::{
    Authority, DepartmentKind, LegalBasis, LegalBasisKind, PowerSource, UseLevel,
};
pub use self::catalogue::{Catalogue, MatterState};
pub use self::service::{HandleForm, Online, OnlineDepth, Place, Service, ServiceArea};
use super::Limit;

/// The reference data of a matter, in groups.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct MatterReference {
    /// Codes, version, state.
    #[serde(skip_serializing_if = "is_default")]
    pub catalogue: Catalogue,
    /// By whose power, on what ground, with whom.
    #[serde(skip_serializing_if = "is_default")]
    pub authority: Authority,
    /// Where and how it is taken.
    #[serde(skip_serializing_if = "is_default")]
    pub service: Service,
    /// Online.
    #[serde(skip_serializing_if = "is_default")]
    pub online: Online,
    /// 办理流程, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<FlowStep>,
    /// 收费项目, one by one. What papers print stays the matter's own `fee`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<FeeItem>,
    /// More about the result.
    #[serde(skip_serializing_if = "is_default")]
    pub result: ResultReference,
    /// 主题 of the platform.
    #[serde(skip_serializing_if = "is_default")]
    pub topics: Topics,
    /// 常见问题.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub faq: Vec<Faq>,
}

/// Whether a group says nothing, so that it need not be written.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A step of the office's work (办理流程环节).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FlowStep {
    /// 环节名称, for instance 受理.
    pub name: String,
    /// 环节时限.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub limit: Option<Limit>,
    /// What is done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub action: String,
}

/// A fee by the item (收费项目).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FeeItem {
    /// 收费项目名称.
    pub name: String,
    /// 收费标准, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub standard: String,
    /// 收费依据.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// 是否支持网上支付.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub online_payment: Option<bool>,
}

/// More about the result (审批结果).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ResultReference {
    /// 结果样本: the id of a form of the release.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sample_form: String,
    /// 有效期, in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub validity: String,
}

/// 主题分类 of a platform, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Topics {
    /// 面向自然人.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub person: Vec<String>,
    /// 面向法人.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub legal_person: Vec<String>,
}

/// A question that people often ask (常见问题).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Faq {
    /// What they ask.
    pub question: String,
    /// What they are told.
    pub answer: String,
}
