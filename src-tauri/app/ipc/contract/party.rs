//! Who stands at the window: from an earlier filing, or from a card.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Looks for somebody of an earlier filing.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct FindParties {
    /// The beginning of a name or a number.
    pub text: String,
}

/// The reader of identity cards.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CardReaderView {
    /// The helper program that reads one card; none where none is set.
    pub program: Option<String>,
}

/// Sets the helper program.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SetCardReader {
    /// Its path; empty takes the setting away.
    pub program: String,
}

/// What a reader typed.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CardText {
    /// All of it.
    pub text: String,
}
