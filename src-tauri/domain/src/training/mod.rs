//! Training (训练): role cards, what is right about them, and the score of an attempt.
//!
//! A card says what is true: who stands at the window, what they answer, what they bring and what
//! is wrong with it. What the right result is, nobody types: it follows from the same rules that
//! a real case follows ([`truth`]). So a card can't disagree with the guide, and a guide that
//! changes changes the right result with it.

mod card;
mod check;
mod course;
mod make;
mod score;
mod shipped;
#[cfg(test)]
mod tests;
mod truth;
mod words;

pub use card::{
    Brought, CardDocument, CardLevel, CardReply, Defect, DefectKind, Facts, PictureKind, RoleCard,
};
pub use check::{CardFinding, check_card};
pub use course::{Course, StepTime, TimedMark, TrainingMark, TrainingStep};
pub use make::{AUTO, cards_of};
pub use score::{FindingKind, Performance, Score, ScoreFinding, score};
pub use shipped::shipped;
pub use truth::{TrueCheck, Truth, truth};
pub use words::CourtesyWord;
