//! Step 5, check: at the end of every sync both sides say what they hold, and compare.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yichuang_domain::case::event::{Hash, OriginId};

use crate::keys::SignedText;
use crate::position::Position;
use crate::push::Rejected;

/// Where it is sent: `POST`, with a token.
pub const PATH: &str = "/v1/check";

/// The kind that begins every statement.
pub const STATEMENT: &str = "yichuang-statement/1";

/// The most rejected events that one answer names.
pub const REJECTED_NAMED: usize = 1000;

/// A window says what it believes the hub to hold, and what it holds of the hub's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckRequest {
    /// The window's own log, up to where it was sent.
    pub sent: Position,
    /// The hub's log for this device, as the session named it.
    pub hub_log: OriginId,
    /// Up to where that was pulled.
    pub pulled: u64,
}

/// What the hub holds; it travels as [`SignedText`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Statement {
    /// [`STATEMENT`].
    pub kind: String,
    /// The hub that says so.
    pub hub: String,
    /// Whose log.
    pub origin: OriginId,
    /// How many events of it: counted, not remembered.
    pub count: u64,
    /// The hash of the last.
    pub head: Hash,
    /// How many events of the window's logs, this one and those before it, are stored but not
    /// applied.
    pub rejected: u64,
    /// Where the hub's log for the device stands.
    pub hub_log: Position,
    /// Whether window and hub agree.
    pub agrees: bool,
    /// The hub's clock.
    #[schema(value_type = String, format = DateTime)]
    pub hub_time: Timestamp,
}

/// The hub's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckReply {
    /// A signed [`Statement`].
    pub statement: SignedText,
    /// What is stored but not applied: the first [`REJECTED_NAMED`].
    pub rejected: Vec<Rejected>,
}
