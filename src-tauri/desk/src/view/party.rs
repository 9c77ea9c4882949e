//! People and bodies that were here before.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::applicant::PartyInput;

/// Somebody an earlier filing names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KnownPartyView {
    /// The kind of applicant they were; none where they only came for another.
    pub kind: Option<String>,
    /// As written then, to be taken over.
    pub party: PartyInput,
    /// The day, `YYYY-MM-DD`.
    pub seen_on: String,
    /// What it was about.
    pub matter_name: String,
}
