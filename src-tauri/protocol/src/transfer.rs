//! Step 10, transfer: a window of a station takes over cases that another window of it has in hand.
//!
//! The hub decides, since it alone hears of both. It writes the transfer into the logs that it keeps
//! for the windows of the case, and hands on in the one of the window that asks everything that there
//! is of the case; the window pulls it (step 4). Asked again, it answers the same.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yichuang_domain::case::Actor;

/// Where it is asked for: `POST`, with a token.
pub const PATH: &str = "/v1/transfer";

/// The most cases of one request.
pub const WANTED: usize = 50;

/// The most characters of a reason.
pub const LONGEST_REASON: usize = 500;

/// A case that a window wants to continue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Wanted {
    /// 办件编号.
    pub number: String,
    /// Why, for the record.
    pub reason: String,
    /// Who asks.
    #[schema(value_type = Object)]
    pub actor: Actor,
}

/// A window asks for cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TransferRequest {
    /// At most [`WANTED`] of them.
    pub wanted: Vec<Wanted>,
}

/// What the hub says to one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum TransferOutcome {
    /// The window that asks has it in hand, now or already.
    Given,
    /// It stays where it is.
    Refused {
        /// For machines, kebab-case: see [`TransferRefusal`].
        code: String,
        /// In the clerk's words.
        message: String,
    },
}

/// The codes of refusals that this version of the hub gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TransferRefusal {
    /// The text is no case number, or its reason or clerk can't be.
    Malformed,
    /// The hub has no such case.
    UnknownCase,
    /// Another station's.
    OtherStation,
    /// Where the case stands nothing is left for a window to do.
    NotNow,
    /// Something of the case was rejected, and has to be put in order first.
    CaseParked,
}

impl TransferRefusal {
    /// As written in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::UnknownCase => "unknown-case",
            Self::OtherStation => "other-station",
            Self::NotNow => "not-now",
            Self::CaseParked => "case-parked",
        }
    }
}

/// What became of one case that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Transferred {
    /// 办件编号, as asked.
    pub number: String,
    /// What.
    #[serde(flatten)]
    pub outcome: TransferOutcome,
}

/// The hub's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TransferReply {
    /// One for each case, in the same order.
    pub answers: Vec<Transferred>,
}
