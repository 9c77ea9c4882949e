//! The trainer's board: who trained how much and came how far. A trainee sees their own line.

use std::collections::BTreeMap;

use yichuang_domain::beijing;
use yichuang_domain::clerk::ClerkRole;
use yichuang_domain::named::Named as _;
use yichuang_domain::training::{FindingKind, Score};
use yichuang_exchange::training::{AttemptLine, TraineeLine, TrainingBook};
use yichuang_storage::StoredAttempt;

use super::read_card;
use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::{AttemptRow, AttemptState, TraineeRow, TrainingBoard};

/// How many scores of a course are shown.
const COURSE: usize = 10;
/// How many attempts are listed. The workbook has them all.
const LISTED: usize = 500;

/// A workbook of the board.
#[derive(Clone, Debug)]
pub struct TrainingFile {
    /// A file name that says what it is.
    pub name: String,
    /// The workbook.
    pub bytes: Vec<u8>,
}

/// The score of an attempt, where it has one that this program reads.
pub(super) fn score_of(attempt: &StoredAttempt) -> Option<Score> {
    serde_json::from_str(&attempt.result.as_ref()?.body).ok()
}

fn state(attempt: &StoredAttempt) -> AttemptState {
    match (&attempt.result, &attempt.case, attempt.draft_there) {
        (Some(_), _, _) => AttemptState::Finished,
        _ if attempt.over => AttemptState::Dropped,
        (None, None, false) => AttemptState::Dropped,
        _ => AttemptState::Open,
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// What one came to, as their attempts are looked at, the latest first.
#[derive(Default)]
struct Trainee {
    name: String,
    begun: u32,
    points: Vec<u32>,
    lost: BTreeMap<FindingKind, u32>,
}

impl Trainee {
    fn row(mut self, id: String) -> TraineeRow {
        self.points.reverse();
        let finished = count(self.points.len());
        let weakest = self.lost.iter().max_by_key(|(_, points)| **points).map(|(kind, _)| *kind);
        TraineeRow {
            id,
            name: self.name,
            begun: self.begun,
            finished,
            best: self.points.iter().copied().max(),
            average: self.points.iter().sum::<u32>().checked_div(finished),
            course: self.points.split_off(self.points.len().saturating_sub(COURSE)),
            weakest,
        }
    }
}

impl Desk {
    /// The board: everybody's for a trainer, else one's own.
    ///
    /// # Errors
    /// [`DeskError::NotTraining`], [`DeskError::NotSignedIn`].
    pub fn training_board(&self) -> Result<TrainingBoard, DeskError> {
        self.training_board_with(LISTED)
    }

    /// The board with so many attempts at most.
    pub(crate) fn training_board_with(&self, most: usize) -> Result<TrainingBoard, DeskError> {
        let clerk = self.trainee()?;
        let everybody = self.store.has_role(&clerk.id, ClerkRole::Trainer)?;
        let guide = self.guide()?;
        let of = (!everybody).then_some(clerk.id.as_str());
        let mut trainees: BTreeMap<String, Trainee> = BTreeMap::new();
        let mut attempts = Vec::new();
        let mut attempts_total = 0u32;
        for one in self.store.training_attempts(of)? {
            let score = score_of(&one);
            let trainee = trainees.entry(one.clerk.clone()).or_default();
            if trainee.name.is_empty() {
                trainee.name.clone_from(&one.clerk_name);
            }
            trainee.begun += 1;
            if let Some(score) = &score {
                trainee.points.push(score.points);
                for finding in &score.findings {
                    *trainee.lost.entry(finding.kind).or_default() += finding.cost;
                }
            }
            attempts_total = attempts_total.saturating_add(1);
            if attempts.len() < most {
                let card = read_card(&one.card)?;
                let matter = guide.matter(&card.matter).ok();
                attempts.push(AttemptRow {
                    state: state(&one),
                    id: one.id,
                    trainee: one.clerk_name,
                    title: card.title,
                    level: card.level,
                    matter_name: matter.map(|m| m.name.clone()).unwrap_or_default(),
                    started_at: one.started_at,
                    points: score.as_ref().map(|s| s.points),
                    seconds: score.as_ref().map(|s| s.seconds),
                    findings: score.as_ref().map(|s| count(s.findings.len())),
                });
            }
        }
        let mut rows: Vec<_> = trainees.into_iter().map(|(id, one)| one.row(id)).collect();
        rows.sort_by_key(|row| std::cmp::Reverse((row.finished, row.average)));
        Ok(TrainingBoard { everybody, trainees: rows, attempts, attempts_total })
    }

    /// The board as a workbook.
    ///
    /// # Errors
    /// As [`Self::training_board`]; [`DeskError::Workbook`].
    pub fn export_training(&self) -> Result<TrainingFile, DeskError> {
        let by = self.trainee()?.name;
        let board = self.training_board_with(usize::MAX)?;
        let today = self.clock.today();
        let trainees: Vec<_> = board
            .trainees
            .iter()
            .map(|one| TraineeLine {
                name: one.name.clone(),
                begun: one.begun,
                finished: one.finished,
                best: one.best,
                average: one.average,
                weakest: one.weakest.map(|kind| kind.word()).unwrap_or_default(),
            })
            .collect();
        let attempts: Vec<_> = board
            .attempts
            .iter()
            .map(|one| AttemptLine {
                trainee: one.trainee.clone(),
                title: one.title.clone(),
                level: one.level.word(),
                matter: one.matter_name.clone(),
                at: one
                    .started_at
                    .parse()
                    .map_or_else(|_| one.started_at.clone(), beijing::written),
                state: one.state.word(),
                points: one.points,
                seconds: one.seconds,
                findings: one.findings,
            })
            .collect();
        let bytes = TrainingBook { on: today, by: &by }.write(&trainees, &attempts)?;
        let day = today.to_string().replace('-', "");
        Ok(TrainingFile { name: format!("训练成绩_{day}_演练.xlsx"), bytes })
    }
}
