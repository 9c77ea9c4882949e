//! Whether the work has gone upstream.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::AwayView;

/// What keeps a case from the hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ParkedCase {
    /// The case.
    pub case: String,
    /// 办件编号.
    pub number: String,
    /// Machine-readable.
    pub code: String,
    /// Which field.
    pub field: String,
    /// In the clerk's words.
    pub message: String,
}

/// A failure of the last sync.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncFailure {
    /// Machine-readable.
    pub code: String,
    /// In the clerk's words, with what to do.
    pub message: String,
    /// Whether it will pass by itself (no network, hub restarting).
    pub passing: bool,
}

/// Whether the work has gone upstream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncStatus {
    /// Whether the window has joined a hub.
    pub enrolled: bool,
    /// The hub's address.
    pub hub: Option<String>,
    /// Events that the hub has not acknowledged.
    pub unsent_events: u32,
    /// Cases that they belong to.
    pub unsent_cases: u32,
    /// Records of 帮您办 that are nowhere but here.
    pub unsent_help: u32,
    /// Scans that the hub does not have whole.
    pub scans_waiting: u32,
    /// How many bytes of them it lacks.
    #[ts(type = "number")]
    pub scan_bytes_waiting: u64,
    /// When the last complete sync ended, RFC 3339.
    pub last_sync: Option<String>,
    /// Whether one is under way.
    pub running: bool,
    /// Why the last one failed; none if it did not.
    pub failure: Option<SyncFailure>,
    /// Why the hub's newest guide release is not in use here; none if all is well. Holds up
    /// nothing else.
    pub guide_failure: Option<SyncFailure>,
    /// Why the station's list of 帮您办 was not exchanged to its end, machine-readable; none if all
    /// is well. Holds up nothing else.
    pub help_trouble: Option<String>,
    /// Cases the hub refused something of.
    pub parked: Vec<ParkedCase>,
    /// The hub's signed acknowledgement: its log position.
    pub acknowledged_seq: u32,
    /// How the window stands with the limits of being away.
    pub away: AwayView,
}
