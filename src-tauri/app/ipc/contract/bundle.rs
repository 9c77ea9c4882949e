//! 一件事一次办: several matters taken in as one.

use serde::Deserialize;
use ts_rs::TS;
use yichuang_domain::determination::Determination;

/// Begins the cases of a bundle.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct StartBundle {
    /// The bundle's id in the guide.
    pub id: String,
}

/// Turns a draft of a bundle into a case for each of its matters.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct FileBundle {
    /// The draft.
    pub id: String,
    /// What the clerk saw and agreed to, in the order of the matters that are taken.
    pub confirmed: Vec<Determination>,
    /// Take the materials in now and give the one-time notice later (within its days).
    pub notice_later: bool,
}
