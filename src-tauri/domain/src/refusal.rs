//! Refused input: a code for machines, the field it is about, and words for the clerk.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why an input was refused. The names are part of the command line's contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RefusalCode {
    /// No matter of that code in the guide.
    UnknownMatter,
    /// The matter is not yet in force, suspended or cancelled on the day of filing.
    NotInForce,
    /// Not a calendar date written `YYYY-MM-DD`.
    BadDate,
    /// The matter is not open to this kind of applicant.
    AudienceMismatch,
    /// A name is empty or only blanks.
    EmptyName,
    /// No identity document of that type is known.
    UnknownIdType,
    /// The number is not a valid number of its type.
    BadIdNumber,
    /// Neither a mobile nor a landline number.
    BadPhone,
    /// The applicant must come in person (行政许可法 第29条).
    AgentNotAllowed,
    /// The matter asks no such question.
    UnknownQuestion,
    /// The question has no such choice.
    UnknownChoice,
    /// A visible question has no answer.
    Unanswered,
    /// The matter has no such material.
    UnknownMaterial,
    /// The material does not apply in this situation.
    NotApplicable,
    /// The same material was given twice.
    DuplicateMaterial,
    /// No such result of a check.
    UnknownCheck,
    /// The guide does not allow this result for this material.
    NotAllowed,
    /// A material that must be settled was not checked.
    UncheckedMaterial,
    /// The notice is dated before the filing.
    DateBeforeFiling,
    /// A supplement is dated before the notice.
    DateBeforeNotice,
    /// A supplement names a material that the notice does not list.
    NotInNotice,
    /// A character that no paper could show as itself.
    Unprintable,
    /// A text is longer than anything that could be meant.
    TooLong,
    /// A file that can't be an attachment: empty, too large, or of another kind.
    BadAttachment,
    /// What was written on a screen is no signature: nothing, a dot, or too much.
    BadSignature,
    /// A text that is no case number.
    BadCaseNumber,
    /// No window of this station.
    UnknownWindow,
    /// The step does not follow from where the case stands.
    NotNow,
    /// Words that must be there are missing.
    EmptyText,
    /// Who is complained about can't settle it.
    Recused,
    /// A limit that is none, or out of order with the others.
    BadLimit,
    /// No case of that number is on this machine.
    UnknownCase,
}

impl RefusalCode {
    /// The code as written in JSON, for instance `bad-date`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnknownMatter => "unknown-matter",
            Self::NotInForce => "not-in-force",
            Self::BadDate => "bad-date",
            Self::AudienceMismatch => "audience-mismatch",
            Self::EmptyName => "empty-name",
            Self::UnknownIdType => "unknown-id-type",
            Self::BadIdNumber => "bad-id-number",
            Self::BadPhone => "bad-phone",
            Self::AgentNotAllowed => "agent-not-allowed",
            Self::UnknownQuestion => "unknown-question",
            Self::UnknownChoice => "unknown-choice",
            Self::Unanswered => "unanswered",
            Self::UnknownMaterial => "unknown-material",
            Self::NotApplicable => "not-applicable",
            Self::DuplicateMaterial => "duplicate-material",
            Self::UnknownCheck => "unknown-check",
            Self::NotAllowed => "not-allowed",
            Self::UncheckedMaterial => "unchecked-material",
            Self::DateBeforeFiling => "date-before-filing",
            Self::DateBeforeNotice => "date-before-notice",
            Self::NotInNotice => "not-in-notice",
            Self::Unprintable => "unprintable",
            Self::TooLong => "too-long",
            Self::BadAttachment => "bad-attachment",
            Self::BadSignature => "bad-signature",
            Self::BadCaseNumber => "bad-case-number",
            Self::UnknownWindow => "unknown-window",
            Self::NotNow => "not-now",
            Self::EmptyText => "empty-text",
            Self::Recused => "recused",
            Self::BadLimit => "bad-limit",
            Self::UnknownCase => "unknown-case",
        }
    }
}

/// Input that was refused, and nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error, TS)]
#[error("{message}")]
pub struct Refusal {
    /// What kind of fault it is.
    pub code: RefusalCode,
    /// Where: a path such as `materials[2].check`.
    pub field: String,
    /// What happened and what to do, for the clerk.
    pub message: String,
}

impl Refusal {
    /// A refusal of `field`.
    pub fn new(code: RefusalCode, field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, field: field.into(), message: message.into() }
    }
}
