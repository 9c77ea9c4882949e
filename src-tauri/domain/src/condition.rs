//! Conditions (`when`): which answers make a question visible or a material applicable.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::matter::{ChoiceId, QuestionId};

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

/// Whether an optional condition holds; none always does.
pub fn holds(condition: Option<&Condition>, answers: &Answers) -> bool {
    condition.is_none_or(|c| c.holds(answers))
}

#[cfg(test)]
pub(crate) mod tests;
