//! The codes of the systems that a hall exchanges with, kept for each of them apart: they
//! conflict. The same `5` is an agency here and a firm there, the same `1` is immediate or
//! committed, the best mark or the worst. Inside the program there are names only.
//!
//! A table that is not known is `None`, and a code that a table does not have is reported;
//! neither is ever guessed. Sources: docs/guide-sources.md.

mod tables;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use yichuang_domain::applicant::ApplicantKind;
use yichuang_domain::named;
use yichuang_domain::named::Named;

/// A system whose codes are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Upstream {
    /// GB/T 39046-2020 as printed.
    #[serde(rename = "gbt-39046")]
    Gbt39046,
    /// 国家政务服务平台 as it runs (`up_task_general_basic` and its sisters).
    #[serde(rename = "national-platform")]
    NationalPlatform,
    /// An older approval system, known for its own order of 办件类型 and its own results.
    #[serde(rename = "legacy")]
    Legacy,
}

named!(Upstream {
    Gbt39046 "gbt-39046" "GB/T 39046",
    NationalPlatform "national-platform" "国家平台",
    Legacy "legacy" "旧审批系统",
});

/// The codes of one field in one system.
#[derive(Clone, Copy, Debug)]
pub struct CodeTable<T: 'static>(&'static [(&'static str, T)]);

impl<T: Copy + PartialEq> CodeTable<T> {
    /// What a code means; none where the table does not have it.
    pub fn read(&self, code: &str) -> Option<T> {
        self.0.iter().find(|(known, _)| *known == code).map(|(_, value)| *value)
    }

    /// The code of a value; none where the system has no word for it.
    pub fn write(&self, value: T) -> Option<&'static str> {
        self.0.iter().find(|(_, known)| *known == value).map(|(code, _)| *code)
    }
}

impl<T: Named> CodeTable<T> {
    /// The codes with the names that JSON has for them.
    pub fn names(&self) -> Vec<(&'static str, &'static str)> {
        self.0.iter().map(|(code, value)| (*code, value.name())).collect()
    }
}

/// Whom a matter serves, in all the ways that systems tell apart (服务对象).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Served {
    /// 自然人
    Person,
    /// 企业法人
    Enterprise,
    /// 事业法人
    Institution,
    /// 社会组织法人
    Organisation,
    /// 非法人企业
    UnincorporatedEnterprise,
    /// 行政机关
    Agency,
    /// 其他组织
    Other,
}

named!(Served {
    Person "person" "自然人",
    Enterprise "enterprise" "企业法人",
    Institution "institution" "事业法人",
    Organisation "organisation" "社会组织法人",
    UnincorporatedEnterprise "unincorporated-enterprise" "非法人企业",
    Agency "agency" "行政机关",
    Other "other" "其他组织",
});

impl Served {
    /// The kind of applicant that a window takes in for it; none where no window does.
    pub fn applicant(self) -> Option<ApplicantKind> {
        match self {
            Self::Person => Some(ApplicantKind::Person),
            Self::Enterprise | Self::UnincorporatedEnterprise => Some(ApplicantKind::Enterprise),
            Self::Institution => Some(ApplicantKind::Institution),
            Self::Organisation => Some(ApplicantKind::Organisation),
            Self::Agency | Self::Other => None,
        }
    }
}

/// How a case was closed (办结结果).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Closing {
    /// 出证办结
    Granted,
    /// 不予许可
    Denied,
    /// 作废
    Voided,
    /// 删除（录入错误）
    Deleted,
    /// 转报
    Forwarded,
    /// 退件
    Returned,
    /// 不予受理
    Refused,
}
