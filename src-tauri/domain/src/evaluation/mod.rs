//! 好差评: what applicants say of a service at the window (国办发〔2019〕51号: 现场服务“一次一评”).
//!
//! A service is one day's visit for a case. This module owns the five grades, the reasons that go
//! with the lower two, and that a service is judged once, by whoever was served, or not at all: a
//! service that nobody judged has no grade, least of all a good one. Grades are names, never
//! numbers: systems upstream count them in opposite directions.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::case::event::Actor;
use crate::intake::too_long;
use crate::named::named;
use crate::refusal::{Refusal, RefusalCode};

/// 满意度: the five grades, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Satisfaction {
    /// 非常满意
    VerySatisfied,
    /// 满意
    Satisfied,
    /// 基本满意
    Fair,
    /// 不满意
    Dissatisfied,
    /// 非常不满意
    VeryDissatisfied,
}

named!(Satisfaction {
    VerySatisfied "very-satisfied" "非常满意",
    Satisfied "satisfied" "满意",
    Fair "fair" "基本满意",
    Dissatisfied "dissatisfied" "不满意",
    VeryDissatisfied "very-dissatisfied" "非常不满意",
});

impl Satisfaction {
    /// 差评: one of the lower two, which somebody has to look into.
    pub fn is_bad(self) -> bool {
        matches!(self, Self::Dissatisfied | Self::VeryDissatisfied)
    }
}

/// Why somebody is not satisfied; the same as on the 评价表.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Dissatisfaction {
    /// 服务态度生硬
    Manner,
    /// 没有一次性告知
    NotToldAtOnce,
    /// 要求提供清单以外的材料
    BeyondChecklist,
    /// 无正当理由超过承诺时限
    Overdue,
    /// 让我反复跑动
    SentToAndFro,
    /// 其他
    Other,
}

named!(Dissatisfaction {
    Manner "manner" "服务态度生硬",
    NotToldAtOnce "not-told-at-once" "没有一次性告知",
    BeyondChecklist "beyond-checklist" "要求提供清单以外的材料",
    Overdue "overdue" "无正当理由超过承诺时限",
    SentToAndFro "sent-to-and-fro" "让我反复跑动",
    Other "other" "其他",
});

/// How it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum EvaluationChannel {
    /// 评价屏: by the applicant's own hand
    Screen,
    /// 书面评价表: as they wrote it, entered by a clerk
    Paper,
}

named!(EvaluationChannel {
    Screen "screen" "评价屏",
    Paper "paper" "书面评价表",
});

/// What somebody says of a service.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Evaluation {
    /// The grade; there is none by default.
    pub satisfaction: Satisfaction,
    /// Why, with the lower two; nobody has to say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Dissatisfaction>>", optional)]
    pub reasons: Vec<Dissatisfaction>,
    /// 意见和建议; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub words: String,
}

impl std::fmt::Debug for Evaluation {
    /// Shows nothing of what was said: it is confidential, and this may end up in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Evaluation").finish_non_exhaustive()
    }
}

/// The longest words, in characters.
pub const LONGEST_WORDS: usize = 500;

impl Evaluation {
    /// Examines what was entered: the reasons once each and in order, the words without blanks
    /// around them.
    ///
    /// # Errors
    /// `not-allowed` for reasons with a grade that asks for none; `too-long`.
    pub fn check(mut self) -> Result<Self, Refusal> {
        if !self.satisfaction.is_bad() && !self.reasons.is_empty() {
            let message = "只有不满意和非常不满意才填写原因";
            return Err(Refusal::new(RefusalCode::NotAllowed, "reasons", message));
        }
        self.reasons.sort_unstable();
        self.reasons.dedup();
        self.words = self.words.trim().to_owned();
        too_long("words", &self.words, LONGEST_WORDS)?;
        if self.words.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            let message = "里面有不能显示的控制符，请删去后重写";
            return Err(Refusal::new(RefusalCode::NotAllowed, "words", message));
        }
        Ok(self)
    }
}

/// What somebody came to the window for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// 收件
    Filing,
    /// 补正
    Supplement,
    /// 撤回
    Withdrawal,
    /// 出件
    Handover,
}

named!(Occasion {
    Filing "filing" "收件",
    Supplement "supplement" "补正",
    Withdrawal "withdrawal" "撤回",
    Handover "handover" "出件",
});

/// A service: one day's visit to the window for a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The day; there is one service a day.
    pub on: Date,
    /// What it began with.
    pub occasion: Occasion,
    /// Who served.
    pub served_by: Actor,
}

/// What became of a service's evaluation. Only whether, never which grade: that is not for the
/// window that served to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Answered {
    /// 未评价: nobody has said anything.
    Not,
    /// 不评价: they were asked and did not want to.
    Declined,
    /// 已评价
    Given,
}

named!(Answered {
    Not "not" "未评价",
    Declined "declined" "不评价",
    Given "given" "已评价",
});

/// What was said of a service, as the case keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluated {
    /// Of which day's service.
    pub service: Date,
    /// How it was said.
    pub channel: EvaluationChannel,
    /// What; none where they did not want to say.
    pub evaluation: Option<Evaluation>,
}

#[cfg(test)]
mod tests;
