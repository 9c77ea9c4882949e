//! Step 4, pull: a window fetches what the hub adds to its cases.
//!
//! The hub keeps one log for each device, sealed and chained like the device's own: the window
//! sees every event of it, so it can check that none is missing. Each comes with the hub's
//! signature, so that the window can give it back to a hub that lost it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yichuang_domain::case::SignedEvent;
use yichuang_domain::case::event::OriginId;

use crate::hub_log::SignedEventSchema;

/// Where it is sent: `POST`, with a token.
pub const PATH: &str = "/v1/pull";

/// A window asks for what follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PullRequest {
    /// The hub's log for this device, as the session named it.
    pub log: OriginId,
    /// The position up to which the window has it.
    pub after: u64,
}

/// What follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PullReply {
    /// At most [`BATCH_EVENTS`](crate::limits::BATCH_EVENTS), in order, without a gap.
    #[schema(value_type = Vec<SignedEventSchema>)]
    pub events: Vec<SignedEvent>,
    /// Whether there is more.
    pub more: bool,
}
