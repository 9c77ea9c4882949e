//! Where a log stands, and the hub's signed word for it (同步凭证).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yichuang_domain::case::event::{GENESIS, Hash, OriginId};

/// The end of a log: how many events, and the hash of the last.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Position {
    /// The number of events, which is the position of the last; 0 for an empty log.
    pub seq: u64,
    /// The hash of the last; 64 zeros for an empty log.
    pub head: Hash,
}

impl Position {
    /// Before the first event.
    pub fn start() -> Self {
        Self { seq: 0, head: GENESIS.to_owned() }
    }
}

/// The kind that begins every acknowledgement, so that no other signed text can pass for one.
pub const ACKNOWLEDGEMENT: &str = "yichuang-acknowledgement/1";

/// What the hub signs after it has stored events: that it holds `seq` events of `origin`, without
/// a gap, the last of which hashes to `head`. It travels as [`SignedText`](crate::SignedText).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Acknowledgement {
    /// [`ACKNOWLEDGEMENT`].
    pub kind: String,
    /// The hub that says so.
    pub hub: String,
    /// Whose log.
    pub origin: OriginId,
    /// Up to where.
    pub seq: u64,
    /// The hash there.
    pub head: Hash,
    /// The hub's clock.
    #[schema(value_type = String, format = DateTime)]
    pub hub_time: Timestamp,
}

impl Acknowledgement {
    /// The position it speaks of.
    pub fn position(&self) -> Position {
        Position { seq: self.seq, head: self.head.clone() }
    }
}
