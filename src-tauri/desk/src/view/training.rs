//! Training: what a trainee sees of a card, of their attempt and its result, and the board.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::determination::Outcome;
use yichuang_domain::matter::{Necessity, Question};
use yichuang_domain::training::{
    Brought, CardFinding, CardLevel, CourtesyWord, Facts, FindingKind, PictureKind, Score,
};

/// Where a card comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CardOrigin {
    /// Somebody of the hall wrote it.
    Written,
    /// It comes with the program.
    Shipped,
    /// The program made it from the matter.
    Made,
}

/// A line of the list of cards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CardRow {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How hard it is.
    pub level: CardLevel,
    /// 事项名称.
    pub matter_name: String,
    /// How long it should take, in minutes.
    pub minutes: u16,
    /// Where it comes from.
    pub origin: CardOrigin,
    /// How often whoever is signed in has finished it.
    pub finished: u32,
    /// Their best score of it.
    pub best: Option<u32>,
}

/// The cards to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CardsView {
    /// In the order shown.
    pub rows: Vec<CardRow>,
    /// What is under way.
    pub open: Option<AttemptView>,
}

/// A paper on the counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RoleDocument {
    /// What stands above it.
    pub title: String,
    /// How it is drawn.
    pub picture: PictureKind,
    /// In which way it is there.
    pub how: Brought,
    /// What it shows.
    pub facts: Facts,
    /// The day it was issued, `YYYY-MM-DD`.
    pub issued_on: Option<String>,
    /// Its last day, `YYYY-MM-DD`.
    pub valid_until: Option<String>,
}

/// What the applicant answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RoleReply {
    /// What they are asked.
    pub asked: String,
    /// What they say.
    pub says: String,
}

/// A card as the trainee sees it: nothing of what is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RoleView {
    /// What it is called.
    pub title: String,
    /// How hard it is.
    pub level: CardLevel,
    /// 事项名称.
    pub matter_name: String,
    /// How long it should take, in minutes.
    pub minutes: u16,
    /// How they are.
    pub persona: String,
    /// What they say first.
    pub story: String,
    /// What they answer.
    pub replies: Vec<RoleReply>,
    /// What they put on the counter.
    pub documents: Vec<RoleDocument>,
}

/// Something to be said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WordView {
    /// Which.
    pub word: CourtesyWord,
    /// What it is called.
    pub title: String,
    /// How it may sound.
    pub sample: String,
    /// What it rests on.
    pub source: String,
    /// Whether it was said.
    pub said: bool,
}

/// An attempt under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AttemptView {
    /// Its id.
    pub id: String,
    /// When it began, RFC 3339.
    pub started_at: String,
    /// The draft it works on, while that is one.
    pub draft: Option<String>,
    /// The case that came of it.
    pub case: Option<String>,
    /// The card.
    pub role: RoleView,
    /// What may have to be said; not all of it is owed in every case.
    pub words: Vec<WordView>,
}

/// The result of an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AttemptResult {
    /// The attempt.
    pub id: String,
    /// What the card is called.
    pub title: String,
    /// The card, to play it again.
    pub card: String,
    /// How hard it is.
    pub level: CardLevel,
    /// 事项名称.
    pub matter_name: String,
    /// Whose.
    pub trainee: String,
    /// When it was finished, RFC 3339.
    pub at: String,
    /// The case.
    pub case: Option<String>,
    /// The score.
    pub score: Score,
    /// What was owed in words.
    pub words: Vec<WordView>,
}

/// How an attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum AttemptState {
    /// 进行中
    Open,
    /// 已评分
    Finished,
    /// 已放弃
    Dropped,
}

impl AttemptState {
    /// As written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "进行中",
            Self::Finished => "已评分",
            Self::Dropped => "已放弃",
        }
    }
}

/// A line of the list of attempts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AttemptRow {
    /// Its id.
    pub id: String,
    /// Whose.
    pub trainee: String,
    /// What the card is called.
    pub title: String,
    /// How hard it is.
    pub level: CardLevel,
    /// 事项名称.
    pub matter_name: String,
    /// When it began, RFC 3339.
    pub started_at: String,
    /// How it stands.
    pub state: AttemptState,
    /// The score.
    pub points: Option<u32>,
    /// How many seconds it took.
    pub seconds: Option<u32>,
    /// How many differences there were.
    pub findings: Option<u32>,
}

/// What one trainee came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TraineeRow {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// How many attempts they began, and how many they finished.
    pub begun: u32,
    /// How many they finished.
    pub finished: u32,
    /// Their best score.
    pub best: Option<u32>,
    /// Their average, rounded down.
    pub average: Option<u32>,
    /// Their scores in the order of time, the last ten.
    pub course: Vec<u32>,
    /// What cost them most points.
    pub weakest: Option<FindingKind>,
}

/// The board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TrainingBoard {
    /// Whether everybody is on it; else only whoever is signed in.
    pub everybody: bool,
    /// The trainees, the most diligent first.
    pub trainees: Vec<TraineeRow>,
    /// Their attempts, the latest first.
    pub attempts: Vec<AttemptRow>,
    /// How many of these there are, the first of which are listed.
    pub attempts_total: u32,
}

/// A material, for the editor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CardMaterial {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub necessity: Necessity,
    /// What the clerk checks.
    pub standard: String,
    /// What it should be found to be; none where it does not apply.
    pub right: Option<String>,
}

/// What the editor says of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CardReport {
    /// 事项名称; empty where there is no such matter.
    pub matter_name: String,
    /// What is to be said about it.
    pub findings: Vec<CardFinding>,
    /// The questions that are asked with its answers.
    pub questions: Vec<Question>,
    /// The materials of the matter.
    pub materials: Vec<CardMaterial>,
    /// What comes of it, by the rules; none while it can't be played.
    pub outcome: Option<Outcome>,
}
