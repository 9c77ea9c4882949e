//! The walk through the questions, and the materials that apply (核对清单).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::condition::{self, Answers};
use crate::matter::{
    AGENT_QUESTION, ChoiceId, Material, Matter, Necessity, Question, QuestionId, Stop,
};
use crate::refusal::{Refusal, RefusalCode};

/// The choice that ended the walk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Stopped {
    /// The question.
    pub question: QuestionId,
    /// Its text.
    pub question_text: String,
    /// The choice.
    pub choice: ChoiceId,
    /// Its text.
    pub choice_text: String,
    /// What it says to the applicant.
    pub stop: Stop,
}

/// Where the walk through the questions stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk<'m> {
    /// The questions visible so far, in order.
    pub visible: Vec<&'m Question>,
    /// The answers that count.
    pub answers: Answers,
    /// The choice that ended it, if one did.
    pub stopped: Option<Stopped>,
    /// The faults met, in the order of the questions.
    pub faults: Vec<Refusal>,
}

impl Walk<'_> {
    /// Whether every visible question is answered, or a choice ended the walk.
    pub fn is_complete(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Walks the questions of `matter` with the answers given. Answers to questions that are not
/// visible are ignored; a `stop` ends the walk and nothing behind it is looked at.
pub fn walk<'m>(matter: &'m Matter, given: &Answers, agent: bool) -> Walk<'m> {
    let mut walk =
        Walk { visible: Vec::new(), answers: Answers::new(), stopped: None, faults: Vec::new() };
    walk.answers.insert(AGENT_QUESTION.to_owned(), if agent { "yes" } else { "no" }.to_owned());
    for id in given.keys() {
        if id != AGENT_QUESTION && matter.question(id).is_none() {
            walk.faults.push(Refusal::new(
                RefusalCode::UnknownQuestion,
                format!("answers.{id}"),
                "本事项没有这个问题，请重新选择情形",
            ));
        }
    }
    for question in &matter.questions {
        if !condition::holds(question.when.as_ref(), &walk.answers) {
            continue;
        }
        walk.visible.push(question);
        let field = format!("answers.{}", question.id);
        let Some(answer) = given.get(&question.id) else {
            let message = format!("请先回答：{}", question.text);
            walk.faults.push(Refusal::new(RefusalCode::Unanswered, field, message));
            continue;
        };
        let Some(choice) = question.choices.iter().find(|c| c.id == *answer) else {
            let message = format!("“{}”没有这个选项，请重新选择", question.text);
            walk.faults.push(Refusal::new(RefusalCode::UnknownChoice, field, message));
            continue;
        };
        walk.answers.insert(question.id.clone(), choice.id.clone());
        if let Some(stop) = &choice.stop {
            walk.stopped = Some(Stopped {
                question: question.id.clone(),
                question_text: question.text.clone(),
                choice: choice.id.clone(),
                choice_text: choice.text.clone(),
                stop: stop.clone(),
            });
            break;
        }
    }
    walk
}

/// The materials of `matter` that apply to these (effective) answers, in guide order.
pub fn applicable<'m>(matter: &'m Matter, answers: &Answers) -> Vec<&'m Material> {
    matter.materials.iter().filter(|m| condition::holds(m.when.as_ref(), answers)).collect()
}

/// What the clerk found (核对结果).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// 齐全
    Present,
    /// 缺少
    Missing,
    /// 不符
    Defective,
    /// 当场更正 (行政许可法 第32条第三项)
    Corrected,
    /// 容缺
    Deferred,
    /// 告知承诺
    Committed,
    /// 电子证照免提交
    Licence,
}

impl Check {
    /// Every result, in the order of its key on the screen.
    pub const ALL: [Self; 7] = [
        Self::Present,
        Self::Missing,
        Self::Defective,
        Self::Corrected,
        Self::Deferred,
        Self::Committed,
        Self::Licence,
    ];

    /// Reads the name used in JSON.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.as_str() == text)
    }

    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Missing => "missing",
            Self::Defective => "defective",
            Self::Corrected => "corrected",
            Self::Deferred => "deferred",
            Self::Committed => "committed",
            Self::Licence => "licence",
        }
    }

    /// As written on papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Present => "齐全",
            Self::Missing => "缺少",
            Self::Defective => "不符",
            Self::Corrected => "当场更正",
            Self::Deferred => "容缺后补",
            Self::Committed => "告知承诺",
            Self::Licence => "电子证照",
        }
    }

    /// Whether the material still has to be brought.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Missing | Self::Defective)
    }

    /// Why the guide does not allow this result for `material`; none if it does.
    pub fn obstacle(self, material: &Material) -> Option<&'static str> {
        match self {
            Self::Deferred if material.necessity != Necessity::Deferrable => {
                Some("指南没有把这份材料列入可容缺材料，不能容缺")
            }
            Self::Committed if !material.commitment_allowed => {
                Some("这份材料不适用告知承诺，需要提交")
            }
            Self::Licence if !material.licence_reuse => {
                Some("这份材料没有可调取的电子证照，需要提交")
            }
            _ => None,
        }
    }
}

/// A material that was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CheckedMaterial {
    /// The material as the guide had it.
    pub material: Material,
    /// What was found; none where an optional material was not looked at.
    pub check: Option<Check>,
    /// Why, for the applicant.
    pub reason: String,
}

impl CheckedMaterial {
    /// Whether the notice must list it: a required or deferrable material that is missing or
    /// defective. Optional materials never block.
    pub fn must_be_listed(&self) -> bool {
        self.material.necessity != Necessity::Optional && self.check.is_some_and(Check::is_open)
    }
}

#[cfg(test)]
pub(crate) mod tests;
