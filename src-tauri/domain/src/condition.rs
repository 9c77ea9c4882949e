//! Conditions (`when`): which answers make a question visible or a material applicable.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::matter::{AGENT_QUESTION, ChoiceId, Matter, Question, QuestionId};

/// Question ids with the choice taken. Only *effective* answers belong here: an answer to a
/// question that is not visible counts as none.
pub type Answers = IndexMap<QuestionId, ChoiceId>;

/// One choice, or any of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Wanted {
    /// This choice.
    One(ChoiceId),
    /// Any of these.
    Any(Vec<ChoiceId>),
}

impl Wanted {
    fn accepts(&self, choice: &str) -> bool {
        match self {
            Self::One(wanted) => wanted == choice,
            Self::Any(wanted) => wanted.iter().any(|w| w == choice),
        }
    }

    /// The choices named.
    pub fn choices(&self) -> &[ChoiceId] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Any(many) => many,
        }
    }
}

/// All of these questions answered as wanted (AND).
pub type Clause = IndexMap<QuestionId, Wanted>;

/// A clause, or a list of clauses of which one suffices (OR).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Condition {
    /// One clause.
    All(Clause),
    /// Any clause.
    Any(Vec<Clause>),
}

impl Condition {
    /// Whether the effective answers meet the condition.
    pub fn holds(&self, answers: &Answers) -> bool {
        self.clauses().iter().any(|clause| {
            clause.iter().all(|(question, wanted)| {
                answers.get(question).is_some_and(|choice| wanted.accepts(choice))
            })
        })
    }

    /// The clauses, of which one suffices.
    pub fn clauses(&self) -> &[Clause] {
        match self {
            Self::All(clause) => std::slice::from_ref(clause),
            Self::Any(clauses) => clauses,
        }
    }
}

/// What is known of a question while its matter is only being asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// Answered, with this choice.
    Answered(&'a str),
    /// It will not be asked: a condition on it is false.
    Never,
    /// It may still be answered, one way or another.
    Open,
}

/// What a condition comes to while some questions are open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds, whatever the open answers will be.
    Holds,
    /// It can't hold any more.
    Fails,
    /// It depends on the open answers: what of it is still to be met.
    Depends(Condition),
}

impl Condition {
    /// Judges the condition by what is known, and keeps of it what is not settled yet. Each
    /// question is judged by itself, so a condition that only all its open answers together would
    /// decide counts as depending on them.
    pub fn narrow<'a>(&self, standing: impl Fn(&str) -> Standing<'a>) -> Verdict {
        let mut open = Vec::new();
        for clause in self.clauses() {
            let mut rest = Clause::new();
            let mut fails = false;
            for (question, wanted) in clause {
                match standing(question) {
                    Standing::Answered(choice) => fails |= !wanted.accepts(choice),
                    Standing::Never => fails = true,
                    Standing::Open => {
                        rest.insert(question.clone(), wanted.clone());
                    }
                }
            }
            match (fails, rest.is_empty()) {
                (true, _) => {}
                (false, true) => return Verdict::Holds,
                (false, false) => open.push(rest),
            }
        }
        match open.len() {
            0 => Verdict::Fails,
            1 => Verdict::Depends(Condition::All(open.remove(0))),
            _ => Verdict::Depends(Condition::Any(open)),
        }
    }

    /// When the condition holds, in words that a sentence goes on from: `由他人代办时`,
    /// `“主体业态”为“餐饮服务”，且由他人代办时`. A question or a choice that `matter` does not have is
    /// called by its id.
    pub fn explain(&self, matter: &Matter) -> String {
        self.explain_by(&|id| matter.question(id))
    }

    /// [`Self::explain`] in the words of the questions that `question` finds.
    pub fn explain_by<'q>(&self, question: &dyn Fn(&str) -> Option<&'q Question>) -> String {
        let clauses: Vec<String> =
            self.clauses().iter().map(|c| clause_words(c, question)).collect();
        match clauses.as_slice() {
            [] => "没有适用的情形".to_owned(),
            clauses => clauses.join("，或者"),
        }
    }
}

fn clause_words<'q>(clause: &Clause, find: &dyn Fn(&str) -> Option<&'q Question>) -> String {
    if clause.is_empty() {
        return "任何情形下".to_owned();
    }
    let parts: Vec<String> =
        clause.iter().map(|(q, wanted)| wanted_words(q, wanted, find(q))).collect();
    format!("{}时", parts.join("，且"))
}

fn wanted_words(question: &str, wanted: &Wanted, found: Option<&Question>) -> String {
    if question == AGENT_QUESTION {
        let who =
            |choice: &ChoiceId| if choice == "yes" { "由他人代办" } else { "由本人办理" };
        return wanted.choices().iter().map(who).collect::<Vec<_>>().join("或者");
    }
    let text = found.map_or(question, |q| q.text.trim_end_matches(['？', '?']));
    let choices: Vec<String> = wanted
        .choices()
        .iter()
        .map(|id| {
            let choice = found.and_then(|q| q.choices.iter().find(|c| c.id == *id));
            format!("“{}”", choice.map_or(id.as_str(), |c| c.text.as_str()))
        })
        .collect();
    format!("“{text}”为{}", choices.join("或者"))
}

/// Whether an optional condition holds; none always does.
pub fn holds(condition: Option<&Condition>, answers: &Answers) -> bool {
    condition.is_none_or(|c| c.holds(answers))
}

#[cfg(test)]
pub(crate) mod tests;
