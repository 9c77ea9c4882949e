//! The guide in use.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a guide release came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum GuideOrigin {
    /// With the program.
    Bundled,
    /// From a file.
    File,
    /// From the hub.
    Hub,
}

/// Why the guide in use should not be relied on without asking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StaleGuide {
    /// Machine-readable: `newer-not-taken`, `old`.
    pub code: String,
    /// In the clerk's words, with what to do.
    pub message: String,
}

/// The guide in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GuideView {
    /// Release number.
    pub release: u32,
    /// `YYYY-MM-DD`.
    pub issued_on: String,
    /// 区划名称.
    pub region: String,
    /// How many matters.
    pub matters: u32,
    /// Example data (示例): no official list.
    pub sample: bool,
    /// SHA-256 of the package.
    pub digest: String,
    /// Where it came from.
    pub origin: GuideOrigin,
    /// Since when this window uses it, RFC 3339.
    pub since: String,
    /// How many days ago it was issued.
    pub age_days: u32,
    /// Why it should not be relied on; none if it can be.
    pub stale: Option<StaleGuide>,
}
