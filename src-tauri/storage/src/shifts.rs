//! 交班: who left the desk to whom, with what was still open.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};
use yichuang_domain::case::Actor;

use crate::error::StorageError;
use crate::store::{Store, Tx};

/// A shift that was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredShift {
    /// Its id.
    pub id: String,
    /// Who left.
    pub clerk: Actor,
    /// When.
    pub at: String,
    /// What they wrote for the next; may be empty.
    pub note: String,
    /// What was open, as JSON.
    pub left_open: String,
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredShift> {
    Ok(StoredShift {
        id: row.get("id")?,
        clerk: Actor { id: row.get("clerk")?, name: row.get("clerk_name")? },
        at: row.get("at")?,
        note: row.get("note")?,
        left_open: row.get("left_open")?,
    })
}

impl Store {
    /// The latest shift that nobody has taken over; none where none waits.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn waiting_shift(&self) -> Result<Option<StoredShift>, StorageError> {
        let sql = self.lock();
        let query = "SELECT * FROM shifts WHERE taken_by IS NULL ORDER BY at DESC, id DESC LIMIT 1";
        Ok(sql.prepare_cached(query)?.query_row([], read).optional()?)
    }
}

impl Tx<'_> {
    /// Keeps that somebody handed the desk over.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn hand_over_shift(
        &self,
        clerk: &Actor,
        at: Timestamp,
        note: &str,
        left_open: &str,
    ) -> Result<(), StorageError> {
        let query = "INSERT INTO shifts (id, clerk, clerk_name, at, note, left_open)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let id = uuid::Uuid::now_v7().to_string();
        self.sql.prepare_cached(query)?.execute(params![
            id,
            clerk.id,
            clerk.name,
            at.to_string(),
            note,
            left_open
        ])?;
        Ok(())
    }

    /// Keeps who took over, once; every earlier shift that waits goes with it. Whether it waited.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn take_shift(&self, id: &str, by: &Actor, at: Timestamp) -> Result<bool, StorageError> {
        let query = "UPDATE shifts SET taken_by = ?2, taken_name = ?3, taken_at = ?4
                     WHERE taken_by IS NULL AND at <= (SELECT at FROM shifts WHERE id = ?1)";
        let changed =
            self.sql.prepare_cached(query)?.execute(params![id, by.id, by.name, at.to_string()])?;
        Ok(changed > 0)
    }
}
