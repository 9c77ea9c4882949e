//! How the window stands with the limits of being away.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::away::{AwayConfirmation, AwayLevel, AwayPolicy};

/// How the window stands with its station's policy on being away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AwayView {
    /// What follows.
    pub level: AwayLevel,
    /// What the clerk is told; empty where all is well.
    pub words: String,
    /// Why the machine's clock is doubted; empty where nothing speaks against it.
    pub clock: String,
    /// Whole days since the last exchange; none where nobody knows.
    pub days: Option<u32>,
    /// Until when a lead has confirmed, RFC 3339; none where no word holds.
    pub confirmed_until: Option<String>,
    /// The policy; none where the hub set no limits.
    pub policy: Option<AwayPolicy>,
    /// The last words of leads, the newest first.
    pub confirmations: Vec<AwayConfirmation>,
}
