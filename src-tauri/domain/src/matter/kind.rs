//! What sort of act a matter is, and where and how it is taken.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::named::named;

/// What sort of act a matter is (事项类型, GB/T 39046-2020 A.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MatterKind {
    /// 行政许可
    Licence,
    /// 行政处罚 (from format 2)
    Penalty,
    /// 行政强制 (from format 2)
    Compulsion,
    /// 行政征收 (from format 2)
    Levy,
    /// 行政给付
    Payment,
    /// 行政检查 (from format 2)
    Inspection,
    /// 行政确认
    Confirmation,
    /// 行政奖励 (from format 2)
    Reward,
    /// 行政裁决 (from format 2)
    Ruling,
    /// 公共服务
    PublicService,
    /// 其他
    Other,
}

named!(MatterKind {
    Licence "licence" "行政许可",
    Penalty "penalty" "行政处罚",
    Compulsion "compulsion" "行政强制",
    Levy "levy" "行政征收",
    Payment "payment" "行政给付",
    Inspection "inspection" "行政检查",
    Confirmation "confirmation" "行政确认",
    Reward "reward" "行政奖励",
    Ruling "ruling" "行政裁决",
    PublicService "public-service" "公共服务",
    Other "other" "其他",
});

/// 办件类型.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Handling {
    /// 即办件
    Immediate,
    /// 承诺件
    Committed,
}

named!(Handling {
    Immediate "immediate" "即办件",
    Committed "committed" "承诺件",
});

/// Where a matter may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// 市(县)政务服务中心
    City,
    /// 乡镇便民服务中心
    Township,
    /// 社区(村)便民服务站
    Community,
}

named!(Level {
    City "city" "市级",
    Township "township" "苏木乡镇",
    Community "community" "社区",
});

/// Whether receipt already is acceptance (国发〔2022〕5号).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum AcceptanceMode {
    /// 收件即受理
    OnReceipt,
    /// 先收件后受理
    #[default]
    AfterReview,
}

named!(AcceptanceMode {
    OnReceipt "on-receipt" "收件即受理",
    AfterReview "after-review" "先收件后受理",
});
