//! 差评回访: what a hall does about a poor rating. It is looked into (核实), put right (整改) and told
//! to the applicant (回访), by somebody who did not serve; each step is on record and none is taken
//! back (国办发〔2019〕51号: 差评核实、整改、反馈；误评和恶意差评不采纳).
//!
//! A task is a fold of its steps. This module owns which step may follow which and what each must
//! say; until when each is due is [`limits`], what the steps come to is [`counts`]. Ratings are
//! the hall's to see and no window's: see [`crate::evaluation`].

pub mod counts;
pub mod limits;
mod prepare;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::evaluation::{Evaluated, Evaluation};
use crate::named::named;

pub use limits::FollowUpLimits;
pub use prepare::{StepInput, prepare};

/// After how many tries in all somebody counts as out of reach (按本地办法).
pub const TRIES_BEFORE_GIVING_UP: u32 = 3;

/// The services of a case that were rated poorly, by what counts. None of a practice case: nobody
/// was served.
pub fn poor_ratings(case: &Case) -> impl Iterator<Item = (&Evaluated, &Evaluation)> {
    let real = case.evaluations.iter().filter(|_| !case.practice);
    let said = real.filter_map(|rated| rated.evaluation.as_ref().map(|said| (rated, said)));
    said.filter(|(_, said)| said.satisfaction.is_bad())
}

/// Where following up a rating stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FollowUpState {
    /// 待核实
    Arrived,
    /// 属实，待整改
    Upheld,
    /// 已整改，待回访
    Mended,
    /// 已回访: over
    Visited,
    /// 联系不上: over, after as many tries as it takes
    Unreached,
    /// 不采纳: over; the rating stays what it is
    NotAdopted,
}

named!(FollowUpState {
    Arrived "arrived" "待核实",
    Upheld "upheld" "待整改",
    Mended "mended" "待回访",
    Visited "visited" "已回访",
    Unreached "unreached" "联系不上",
    NotAdopted "not-adopted" "不采纳",
});

impl FollowUpState {
    /// Whether somebody has to do something.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Arrived | Self::Upheld | Self::Mended)
    }

    /// What can be done next, in the order shown.
    pub fn offered(self) -> &'static [StepKind] {
        match self {
            Self::Arrived => &[StepKind::Verify],
            Self::Upheld => &[StepKind::Mend],
            Self::Mended => &[StepKind::Visit, StepKind::Miss],
            Self::Unreached => &[StepKind::Visit, StepKind::Reopen],
            Self::Visited | Self::NotAdopted => &[StepKind::Reopen],
        }
    }
}

/// What looking into it found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// 属实
    Upheld,
    /// 误评: meant otherwise, or for somebody else
    Mistaken,
    /// 恶意差评
    Malicious,
}

named!(Finding {
    Upheld "upheld" "属实",
    Mistaken "mistaken" "误评",
    Malicious "malicious" "恶意差评",
});

/// How somebody was spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContactWay {
    /// 电话
    Phone,
    /// 当面
    InPerson,
    /// 短信或即时消息
    Message,
    /// 信函
    Letter,
}

named!(ContactWay {
    Phone "phone" "电话",
    InPerson "in-person" "当面",
    Message "message" "短信",
    Letter "letter" "信函",
});

/// A kind of step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// 核实
    Verify,
    /// 整改
    Mend,
    /// 回访
    Visit,
    /// 联系不上
    Miss,
    /// 复核
    Reopen,
}

named!(StepKind {
    Verify "verify" "核实",
    Mend "mend" "整改",
    Visit "visit" "回访",
    Miss "miss" "没有联系上",
    Reopen "reopen" "复核",
});

/// A step as it is on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum FollowUpStep {
    /// 核实: it was looked into.
    Verify {
        /// What was found.
        finding: Finding,
        /// Whether it takes longer to put right (情况复杂).
        complex: bool,
        /// What the facts are, and why it is or isn't adopted.
        words: String,
    },
    /// 整改: it was put right.
    Mend {
        /// The day.
        on: Date,
        /// What was done.
        words: String,
    },
    /// 回访: the applicant was told.
    Visit {
        /// The day.
        on: Date,
        /// How.
        way: ContactWay,
        /// What they said.
        words: String,
    },
    /// 联系不上: it was tried in vain.
    Miss {
        /// The day of the last try.
        on: Date,
        /// How.
        way: ContactWay,
        /// How often since the last entry.
        tries: u32,
        /// What there is to say; may be empty.
        words: String,
    },
    /// 复核: it is looked into anew, for instance because the applicant or the clerk objects.
    Reopen {
        /// The day, from which the limits count again.
        on: Date,
        /// Why.
        words: String,
    },
}

/// A task as its steps leave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// The day of the service.
    pub service: Date,
    /// The day from which limits count: when the rating came, or when it was taken up again.
    pub since: Date,
    /// Where it stands.
    pub state: FollowUpState,
    /// 情况复杂.
    pub complex: bool,
    /// How often the applicant was tried in vain.
    pub tries: u32,
    /// How many steps there were.
    pub steps: u32,
}

impl FollowUp {
    /// A rating that came.
    pub fn arrived(service: Date, on: Date) -> Self {
        let state = FollowUpState::Arrived;
        Self { service, since: on, state, complex: false, tries: 0, steps: 0 }
    }

    /// How it stands after a step; none where the step does not follow.
    #[must_use]
    pub fn after(self, step: &FollowUpStep) -> Option<Self> {
        if !self.state.offered().contains(&step.kind()) {
            return None;
        }
        let mut next = Self { steps: self.steps + 1, ..self };
        match step {
            FollowUpStep::Verify { finding: Finding::Upheld, complex, .. } => {
                next.state = FollowUpState::Upheld;
                next.complex = *complex;
            }
            FollowUpStep::Verify { .. } => next.state = FollowUpState::NotAdopted,
            FollowUpStep::Mend { .. } => next.state = FollowUpState::Mended,
            FollowUpStep::Visit { .. } => next.state = FollowUpState::Visited,
            FollowUpStep::Miss { tries, .. } => {
                next.tries = self.tries.saturating_add(*tries);
                if next.tries >= TRIES_BEFORE_GIVING_UP {
                    next.state = FollowUpState::Unreached;
                }
            }
            FollowUpStep::Reopen { on, .. } => {
                next = Self { steps: next.steps, ..Self::arrived(self.service, *on) };
            }
        }
        Some(next)
    }

    /// As its steps leave it. A step that does not follow changes nothing: none is ever stored.
    pub fn fold<'s>(self, steps: impl IntoIterator<Item = &'s FollowUpStep>) -> Self {
        steps.into_iter().fold(self, |task, step| task.after(step).unwrap_or(task))
    }
}

impl FollowUpStep {
    /// What kind it is.
    pub fn kind(&self) -> StepKind {
        match self {
            Self::Verify { .. } => StepKind::Verify,
            Self::Mend { .. } => StepKind::Mend,
            Self::Visit { .. } => StepKind::Visit,
            Self::Miss { .. } => StepKind::Miss,
            Self::Reopen { .. } => StepKind::Reopen,
        }
    }
}

#[cfg(test)]
mod tests;
