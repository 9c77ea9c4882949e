//! By whose power a matter is handled, and on what ground.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::named::named;

/// 权力来源 (国家平台).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PowerSource {
    /// 法定本级行使
    Statutory,
    /// 上级下放
    HandedDown,
    /// 上级授权
    AuthorisedFromAbove,
    /// 同级授权
    AuthorisedByPeer,
    /// 上级委托
    EntrustedFromAbove,
    /// 同级委托
    EntrustedByPeer,
}

named!(PowerSource {
    Statutory "statutory" "法定本级行使",
    HandedDown "handed-down" "上级下放",
    AuthorisedFromAbove "authorised-from-above" "上级授权",
    AuthorisedByPeer "authorised-by-peer" "同级授权",
    EntrustedFromAbove "entrusted-from-above" "上级委托",
    EntrustedByPeer "entrusted-by-peer" "同级委托",
});

/// 行使层级 (GB/T 39046-2020 A.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum UseLevel {
    /// 国家级
    National,
    /// 省级
    Province,
    /// 市级
    City,
    /// 县级
    County,
    /// 乡镇、街道级
    Township,
    /// 村、社区级
    Village,
    /// 分级管理
    ByGrade,
}

named!(UseLevel {
    National "national" "国家级",
    Province "province" "省级",
    City "city" "市级",
    County "county" "县级",
    Township "township" "乡镇街道级",
    Village "village" "村社区级",
    ByGrade "by-grade" "分级管理",
});

/// 实施主体性质 (GB/T 39046-2020 A.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DepartmentKind {
    /// 法定机关
    Statutory,
    /// 授权组织
    Authorised,
    /// 受委托组织
    Entrusted,
    /// 其他
    Other,
}

named!(DepartmentKind {
    Statutory "statutory" "法定机关",
    Authorised "authorised" "授权组织",
    Entrusted "entrusted" "受委托组织",
    Other "other" "其他",
});

/// What sort of rule a ground is (设定依据类别).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LegalBasisKind {
    /// 法律
    Law,
    /// 行政法规
    AdministrativeRegulation,
    /// 国务院决定
    StateCouncilDecision,
    /// 地方性法规
    LocalRegulation,
    /// 部门规章
    DepartmentalRule,
    /// 地方政府规章
    LocalRule,
    /// 规范性文件
    Document,
    /// 其他
    Other,
}

named!(LegalBasisKind {
    Law "law" "法律",
    AdministrativeRegulation "administrative-regulation" "行政法规",
    StateCouncilDecision "state-council-decision" "国务院决定",
    LocalRegulation "local-regulation" "地方性法规",
    DepartmentalRule "departmental-rule" "部门规章",
    LocalRule "local-rule" "地方政府规章",
    Document "document" "规范性文件",
    Other "other" "其他",
});

/// A ground, taken apart (设定依据). The matter's own `basis` is what papers print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LegalBasis {
    /// What sort of rule it is.
    pub kind: LegalBasisKind,
    /// 法规名称.
    pub name: String,
    /// 文号.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// 条款号.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub article: String,
    /// 条款内容.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub content: String,
}

/// By whose power, on what ground, with whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Authority {
    /// 设定依据, taken apart.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub legal_basis: Vec<LegalBasis>,
    /// 权力来源.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub power_source: Option<PowerSource>,
    /// 行使层级.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub use_level: Option<UseLevel>,
    /// 实施主体性质.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub department_kind: Option<DepartmentKind>,
    /// 委托部门.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub entrusted_by: String,
    /// 联办机构.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub joint_departments: Vec<String>,
    /// 中介服务.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub intermediaries: Vec<String>,
}
