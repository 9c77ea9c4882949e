//! 交班.

use serde::Deserialize;
use ts_rs::TS;

/// Hands the desk over and signs out.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct HandOverShift {
    /// A word for the next clerk; may be empty.
    pub note: String,
}

/// Names a shift.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ShiftOnly {
    /// Its id.
    pub id: String,
}
