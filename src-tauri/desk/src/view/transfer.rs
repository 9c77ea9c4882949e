//! Cases between windows, and what two of them wrote of one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::case::CaseState;

/// A case that was asked for and is not here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WantedView {
    /// 办件编号.
    pub number: String,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub actor: String,
    /// RFC 3339.
    pub asked_at: String,
    /// Why the hub refused; none while it has not answered.
    pub refused: Option<String>,
}

/// Another window of this station.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StationWindow {
    /// The code of its device.
    pub device: String,
    /// 窗口.
    pub window: String,
}

/// One side of a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConflictSide {
    /// What, in two to six characters.
    pub title: String,
    /// More of it; may be empty.
    pub detail: String,
    /// Who.
    pub actor: String,
    /// RFC 3339.
    pub at: String,
    /// 窗口; none for the hub's back office, and where it is this window's only one.
    pub window: Option<String>,
    /// Whether it came from the hub.
    pub from_hub: bool,
}

/// What became of a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SettledView {
    /// Whether the event counts after all.
    pub adopted: bool,
    /// Who said so.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// An event that did not apply, and what it met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConflictView {
    /// The log it stands in.
    pub origin: String,
    /// Where in it.
    #[ts(type = "number")]
    pub seq: u64,
    /// What did not apply.
    pub aside: ConflictSide,
    /// What it met and what the other side did then, which stands.
    pub stands: Vec<ConflictSide>,
    /// Where the case stood.
    pub state: Option<CaseState>,
    /// Where the case would stand if it were made to count; none where it can't be any more.
    pub if_adopted: Option<CaseState>,
    /// What became of it; none while nobody said.
    pub settled: Option<SettledView>,
}
