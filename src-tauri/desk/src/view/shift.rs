//! 交班.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is open when a clerk leaves: nothing of it ends with that.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct LeftOpen {
    /// Drafts not finished.
    pub drafts: u32,
    /// 待告知.
    pub notices: u32,
    /// 可受理.
    pub acceptable: u32,
    /// 待出件.
    pub results: u32,
    /// Conflicts and refused uploads.
    pub attention: u32,
    /// What is owed in the ledgers.
    pub ledger: u32,
    /// Papers that are not in order, of today.
    pub papers: u32,
    /// Those of the days before.
    pub earlier_papers: u32,
}

/// A shift that waits for somebody to take over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShiftView {
    /// Its id.
    pub id: String,
    /// Who left.
    pub clerk: String,
    /// When, RFC 3339.
    pub at: String,
    /// What they wrote for the next; may be empty.
    pub note: String,
    /// What was open then.
    pub left_open: LeftOpen,
    /// Whether who is signed in is who left: they came back, and take over from themselves.
    pub own: bool,
}
