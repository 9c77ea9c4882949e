//! Special procedures (特别程序).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// 特别程序. The format leaves the list open, so a kind that is not known keeps its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SpecialProcedureKind {
    /// 听证
    Hearing,
    /// 招标
    Tender,
    /// 拍卖
    Auction,
    /// 检验
    Inspection,
    /// 检测
    Testing,
    /// 检疫
    Quarantine,
    /// 鉴定
    Appraisal,
    /// 专家评审
    ExpertReview,
    /// Any other, by the name the guide gives it.
    #[serde(untagged)]
    Other(String),
}

impl SpecialProcedureKind {
    /// As written on papers.
    pub fn label(&self) -> &str {
        match self {
            Self::Hearing => "听证",
            Self::Tender => "招标",
            Self::Auction => "拍卖",
            Self::Inspection => "检验",
            Self::Testing => "检测",
            Self::Quarantine => "检疫",
            Self::Appraisal => "鉴定",
            Self::ExpertReview => "专家评审",
            Self::Other(name) if name == "other" => "其他程序",
            Self::Other(name) => name,
        }
    }
}

/// A special procedure of a matter and whether its time is left out of the limit
/// (行政许可法 第45条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SpecialProcedure {
    /// Which.
    pub kind: SpecialProcedureKind,
    /// How many days it takes.
    pub days: u16,
    /// Whether the clock stops.
    pub stops_clock: bool,
    /// What is done and on what ground (from format 2).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub explanation: String,
}

impl SpecialProcedure {
    /// On what ground the clock stands still for it: what the guide says, else the law's own words.
    pub fn ground(&self) -> &str {
        match self.explanation.trim() {
            "" => "《中华人民共和国行政许可法》第四十五条",
            said => said,
        }
    }
}
