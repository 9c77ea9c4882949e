//! Limits (时限) and the rule of the one-time notice.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::named::named;

/// The unit of a limit (时限单位).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LimitUnit {
    /// 工作日 (行政许可法 第82条)
    Workdays,
    /// 自然日
    Days,
}

named!(LimitUnit {
    Workdays "workdays" "工作日",
    Days "days" "自然日",
});

impl LimitUnit {
    /// The unit as written on papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Workdays => "个工作日",
            Self::Days => "日（自然日）",
        }
    }
}

/// A limit in days, counted from the day after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct Limit {
    /// How many.
    pub value: u16,
    /// Of what.
    pub unit: LimitUnit,
}

/// Which law rules the one-time notice of a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SupplementLaw {
    /// 行政许可法 第32条: on the spot or within five workdays, else deemed accepted.
    #[serde(rename = "licence-art-32")]
    LicenceArt32,
    /// 不动产登记暂行条例 第17条: in writing, on the spot.
    WrittenOnTheSpot,
    /// A local rule.
    Local,
}

named!(SupplementLaw {
    LicenceArt32 "licence-art-32" "行政许可法第三十二条",
    WrittenOnTheSpot "written-on-the-spot" "当场书面告知",
    Local "local" "地方规定",
});

/// The notice rule of a matter (补正规则).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SupplementRule {
    /// Which law.
    pub rule: SupplementLaw,
    /// Within how many days of receipt the notice must be given; 0 is the same day.
    pub days: u16,
    /// The unit of `days`.
    pub unit: LimitUnit,
    /// Whether a late notice means that the case counts as accepted from the day of receipt.
    pub deemed_accepted: bool,
}

impl SupplementRule {
    /// 行政许可法 第32条, as it stands in the law: on the spot or within five workdays, else
    /// accepted from the day of receipt. What format 2 takes for a licence that says nothing.
    pub const LICENCE: Self = Self {
        rule: SupplementLaw::LicenceArt32,
        days: 5,
        unit: LimitUnit::Workdays,
        deemed_accepted: true,
    };

    /// The rule's time as a limit.
    pub fn limit(self) -> Limit {
        Limit { value: self.days, unit: self.unit }
    }
}
