//! The course of an attempt: what happened when, and how long each step took.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::words::CourtesyWord;
use crate::named::{Named as _, named};

/// A step of the work that is timed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum TrainingStep {
    /// 情形
    Questions,
    /// 申请人
    Applicant,
    /// 材料
    Materials,
    /// 结论
    Determination,
    /// 文书
    Papers,
}

named!(TrainingStep {
    Questions "questions" "情形",
    Applicant "applicant" "申请人",
    Materials "materials" "材料",
    Determination "determination" "结论",
    Papers "papers" "文书和送别",
});

impl TrainingStep {
    /// Which part of the whole time it should take, in a hundred.
    fn share(self) -> u32 {
        match self {
            Self::Questions | Self::Applicant => 20,
            Self::Materials => 40,
            Self::Determination | Self::Papers => 10,
        }
    }
}

/// Something that happened in an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mark", rename_all = "kebab-case")]
pub enum TrainingMark {
    /// The trainee stands at a step.
    Step {
        /// Which.
        step: TrainingStep,
    },
    /// Something was said, or taken back.
    Said {
        /// What.
        word: CourtesyWord,
        /// Whether.
        said: bool,
    },
    /// The attempt is over.
    Finished,
}

/// A mark and its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimedMark {
    /// When.
    pub at: Timestamp,
    /// What.
    pub mark: TrainingMark,
}

/// How long a step took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StepTime {
    /// Which.
    pub step: TrainingStep,
    /// How long it took.
    pub seconds: u32,
    /// How long it should take.
    pub hint: u32,
}

/// Who walks away leaves the clock running; beyond this a step is not counted on.
const LONGEST_STEP: i64 = 30 * 60;

/// What the marks of an attempt come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// Seconds by step, in the order of [`TrainingStep::ALL`].
    seconds: [u32; 5],
    /// What was said.
    pub said: Vec<CourtesyWord>,
}

impl Course {
    /// The course that these marks tell, in their order.
    pub fn of(marks: &[TimedMark]) -> Self {
        let mut course = Self::default();
        let mut at_step: Option<(TrainingStep, Timestamp)> = None;
        for TimedMark { at, mark } in marks {
            let next = match mark {
                TrainingMark::Step { step } => Some((*step, *at)),
                TrainingMark::Finished => None,
                TrainingMark::Said { word, said } => {
                    course.said.retain(|one| one != word);
                    if *said {
                        course.said.push(*word);
                    }
                    continue;
                }
            };
            if let Some((step, since)) = at_step {
                course.add(step, at.duration_since(since).as_secs());
            }
            at_step = next;
        }
        course.said.sort_unstable();
        course
    }

    fn add(&mut self, step: TrainingStep, seconds: i64) {
        let seconds = u32::try_from(seconds.clamp(0, LONGEST_STEP)).unwrap_or(0);
        let slot = TrainingStep::ALL.iter().position(|one| *one == step);
        if let Some(all) = slot.and_then(|at| self.seconds.get_mut(at)) {
            *all = all.saturating_add(seconds);
        }
    }

    /// How long all of it took.
    pub fn total(&self) -> u32 {
        self.seconds.iter().fold(0, |sum, one| sum.saturating_add(*one))
    }

    /// Each step beside what a card of so many minutes gives it.
    pub fn steps(&self, minutes: u16) -> Vec<StepTime> {
        let whole = u32::from(minutes) * 60;
        TrainingStep::ALL
            .iter()
            .zip(self.seconds)
            .map(|(step, seconds)| StepTime {
                step: *step,
                seconds,
                hint: whole * step.share() / 100,
            })
            .collect()
    }
}
