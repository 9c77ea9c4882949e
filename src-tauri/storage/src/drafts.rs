//! Cases being taken in: what was typed, saved with every change, on this machine only.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::error::StorageError;
use crate::store::{Store, Tx};

/// A draft as stored.
#[derive(Clone, Debug)]
pub struct StoredDraft {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub clerk: String,
    /// When it was last changed.
    pub updated_at: String,
    /// What was typed, JSON.
    pub body: String,
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredDraft> {
    Ok(StoredDraft {
        id: row.get("id")?,
        clerk: row.get("clerk")?,
        updated_at: row.get("updated_at")?,
        body: row.get("body")?,
    })
}

fn find(sql: &Connection, id: &str) -> Result<Option<StoredDraft>, StorageError> {
    let mut statement = sql.prepare_cached("SELECT * FROM drafts WHERE id = ?1")?;
    Ok(statement.query_row([id], read).optional()?)
}

impl Store {
    /// Every draft, the latest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn drafts(&self) -> Result<Vec<StoredDraft>, StorageError> {
        let sql = self.lock();
        let mut statement =
            sql.prepare_cached("SELECT * FROM drafts ORDER BY updated_at DESC, id")?;
        Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
    }

    /// The draft of that id.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn draft(&self, id: &str) -> Result<Option<StoredDraft>, StorageError> {
        find(&self.lock(), id)
    }
}

impl Tx<'_> {
    /// The draft of that id.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn draft(&self, id: &str) -> Result<Option<StoredDraft>, StorageError> {
        find(&self.sql, id)
    }

    /// Adds a draft.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn add_draft(
        &self,
        id: &str,
        clerk: &str,
        body: &str,
        at: Timestamp,
    ) -> Result<(), StorageError> {
        self.sql.execute(
            "INSERT INTO drafts (id, clerk, updated_at, body) VALUES (?1, ?2, ?3, ?4)",
            params![id, clerk, at.to_string(), body],
        )?;
        Ok(())
    }

    /// Saves a draft that exists; false if it is gone (filed or discarded meanwhile).
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn save_draft(&self, id: &str, body: &str, at: Timestamp) -> Result<bool, StorageError> {
        let changed = self.sql.execute(
            "UPDATE drafts SET body = ?2, updated_at = ?3 WHERE id = ?1",
            params![id, body, at.to_string()],
        )?;
        Ok(changed == 1)
    }

    /// Removes a draft; false if it was gone already.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn remove_draft(&self, id: &str) -> Result<bool, StorageError> {
        Ok(self.sql.execute("DELETE FROM drafts WHERE id = ?1", [id])? == 1)
    }
}
