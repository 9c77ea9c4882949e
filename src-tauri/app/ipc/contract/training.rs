//! Training: role cards, attempts, and the way in and out.

use serde::Deserialize;
use ts_rs::TS;
use yichuang_domain::training::CourtesyWord;

/// Looks for role cards.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RoleCardsOf {
    /// What was typed; empty for those that are offered.
    pub text: String,
}

/// Names a role card.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RoleCardOnly {
    /// Its id.
    pub id: String,
}

/// Names an attempt.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct AttemptOnly {
    /// Its id.
    pub attempt: String,
}

/// Notes that something was said.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SayWord {
    /// In which attempt.
    pub attempt: String,
    /// What.
    pub word: CourtesyWord,
    /// Whether; false takes it back.
    pub said: bool,
}
