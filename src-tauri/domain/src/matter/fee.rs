//! Fees (收费).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A fee of a matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Fee {
    /// 收费项目.
    pub item: String,
    /// In fen (分).
    pub amount_fen: u32,
    /// 收费依据.
    pub basis: String,
}
