//! The newest roster of devices, as the hub signed it. What it says is proven again whenever it is
//! read: see `yichuang_protocol::roster`.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::error::StorageError;
use crate::meta;
use crate::store::{Store, Tx};

const ROSTER: &str = "upstream.roster";

/// A roster as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredRoster {
    /// The hub's statement.
    pub statement: String,
    /// The hub's signature of it, base64.
    pub signature: String,
    /// The list of devices.
    pub list: String,
}

fn roster(sql: &Connection) -> Result<Option<StoredRoster>, StorageError> {
    let unreadable = |_| StorageError::Unreadable { what: "设备名册" };
    let text = meta::get(sql, ROSTER)?;
    text.map(|text| serde_json::from_str(&text).map_err(unreadable)).transpose()
}

impl Tx<'_> {
    /// The newest roster, as this transaction sees it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn roster(&self) -> Result<Option<StoredRoster>, StorageError> {
        roster(&self.sql)
    }
}

impl Store {
    /// The newest roster; none before the first sync with a hub that has one.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn roster(&self) -> Result<Option<StoredRoster>, StorageError> {
        roster(&self.lock())
    }

    /// Keeps a roster in place of the one before. Whether it is newer was asked before.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn keep_roster(&self, roster: &StoredRoster) -> Result<(), StorageError> {
        let text = serde_json::to_string(roster)
            .map_err(|_| StorageError::Unreadable { what: "设备名册" })?;
        meta::set(&self.lock(), ROSTER, &text)
    }
}
