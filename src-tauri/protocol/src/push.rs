//! Step 3, push: a window sends the next events of its log.
//!
//! A batch goes on where the hub's copy ends, or overlaps it: what the hub has already is said to
//! be there. The whole batch is stored, or nothing of it. An event that the hub can't accept is
//! stored all the same, so that the chain goes on, but not applied: its item says why, and later
//! events of the same case wait with it. Other cases are not held up.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yichuang_domain::case::SealedEvent;
use yichuang_domain::case::event::{CaseId, Hash, OriginId};

use crate::keys::SignedText;

/// Where it is sent: `POST`, with a token.
pub const PATH: &str = "/v1/push";

/// How a sealed event looks in the description of the interface.
#[derive(ToSchema)]
#[schema(as = SealedEvent)]
pub struct SealedEventSchema {
    /// The event, serialised once by the one who wrote it. It is JSON inside a JSON string, and
    /// is never encoded again.
    pub text: String,
    /// SHA-256 of `text`, lower-case hexadecimal.
    pub hash: Hash,
}

/// The next events of the log, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PushRequest {
    /// At most [`BATCH_EVENTS`](crate::limits::BATCH_EVENTS) of them.
    #[schema(value_type = Vec<SealedEventSchema>)]
    pub events: Vec<SealedEvent>,
}

/// Why an event is stored but not applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Rejection {
    /// For machines, kebab-case: see [`RejectionCode`].
    pub code: String,
    /// Which field of the event.
    pub field: String,
    /// In the clerk's words.
    pub message: String,
}

/// The codes of rejections that this version of the hub gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RejectionCode {
    /// The event is of no kind the hub knows.
    Unreadable,
    /// The event says it belongs to another log.
    OriginMismatch,
    /// Practice at a real hub, or a real case at a trial hub.
    PracticeMismatch,
    /// The number is not this device's, or another case has it.
    BadNumber,
    /// The case of windows to which this one does not belong.
    ForeignCase,
    /// The case was never filed.
    UnknownCase,
    /// The cause number is beyond all counting.
    BadLamport,
    /// What is announced can't be an attachment.
    BadAttachment,
    /// What is handed on is no event of this case that the hub ever signed.
    BadRelay,
    /// A case is handed on by who does not have it, or to who can't have it.
    BadTransfer,
    /// An earlier event of the case was rejected.
    CaseParked,
}

impl RejectionCode {
    /// As written in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::OriginMismatch => "origin-mismatch",
            Self::PracticeMismatch => "practice-mismatch",
            Self::BadNumber => "bad-number",
            Self::ForeignCase => "foreign-case",
            Self::UnknownCase => "unknown-case",
            Self::BadLamport => "bad-lamport",
            Self::BadAttachment => "bad-attachment",
            Self::BadRelay => "bad-relay",
            Self::BadTransfer => "bad-transfer",
            Self::CaseParked => "case-parked",
        }
    }
}

impl Rejection {
    /// A rejection of `field`.
    pub fn new(code: RejectionCode, field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.as_str().to_owned(), field: field.into(), message: message.into() }
    }
}

/// What became of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum ItemOutcome {
    /// Stored and applied.
    Accepted,
    /// It was there before.
    AlreadyHave,
    /// Stored, now or before, but not applied.
    Rejected {
        /// Why.
        rejection: Rejection,
    },
}

/// What became of one event of the batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Item {
    /// Its position in the log.
    pub seq: u64,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: ItemOutcome,
}

/// An event that is stored but not applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Rejected {
    /// The log it stands in, where that is another of the window's logs than the one it writes in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub log: Option<OriginId>,
    /// Its position in the log.
    pub seq: u64,
    /// Its case, where it could be read.
    #[schema(value_type = Option<String>)]
    pub case: Option<CaseId>,
    /// Why.
    pub rejection: Rejection,
}

/// The hub's answer to a batch: everything in it is on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PushReply {
    /// One for each event, in the same order.
    pub items: Vec<Item>,
    /// A signed [`Acknowledgement`](crate::Acknowledgement) of the log as it now stands.
    pub acknowledgement: SignedText,
}
