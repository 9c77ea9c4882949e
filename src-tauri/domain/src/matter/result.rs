//! What a matter ends in (审批结果).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a result reaches the applicant. The format leaves the list open, so a way that is not
/// known keeps its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// 窗口领取
    Window,
    /// 邮寄
    Post,
    /// 电子送达
    Electronic,
    /// Any other, by the name the guide gives it.
    #[serde(untagged)]
    Other(String),
}

impl Delivery {
    /// As written on papers.
    pub fn label(&self) -> &str {
        match self {
            Self::Window => "窗口领取",
            Self::Post => "邮寄送达",
            Self::Electronic => "电子送达",
            Self::Other(name) => name,
        }
    }
}

/// What a matter ends in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MatterResult {
    /// 结果名称.
    pub name: String,
    /// 结果类型: `certificate`, `document` or `decision`.
    #[serde(default = "document")]
    pub kind: String,
    /// Ways of delivery.
    #[serde(default = "at_the_window")]
    pub delivery: Vec<Delivery>,
}

fn document() -> String {
    "document".to_owned()
}

fn at_the_window() -> Vec<Delivery> {
    vec![Delivery::Window]
}
