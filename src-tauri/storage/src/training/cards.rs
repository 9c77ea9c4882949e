//! Role cards that somebody of the hall wrote.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};

use crate::error::StorageError;
use crate::store::{Store, Tx};

/// A card as stored.
#[derive(Clone, Debug)]
pub struct StoredCard {
    /// Its id.
    pub id: String,
    /// JSON.
    pub body: String,
    /// Who wrote it last.
    pub clerk_name: String,
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredCard> {
    Ok(StoredCard {
        id: row.get("id")?,
        body: row.get("body")?,
        clerk_name: row.get("clerk_name")?,
    })
}

impl Store {
    /// Every card, the latest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn training_cards(&self) -> Result<Vec<StoredCard>, StorageError> {
        let sql = self.lock();
        let mut statement =
            sql.prepare_cached("SELECT * FROM training_cards ORDER BY changed_at DESC, id")?;
        Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
    }

    /// The card of that id.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn training_card(&self, id: &str) -> Result<Option<StoredCard>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached("SELECT * FROM training_cards WHERE id = ?1")?;
        Ok(statement.query_row([id], read).optional()?)
    }
}

impl Tx<'_> {
    /// Writes a card, or writes it anew.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn save_training_card(
        &self,
        (id, body): (&str, &str),
        clerk_name: &str,
        at: Timestamp,
    ) -> Result<(), StorageError> {
        self.sql.execute(
            "INSERT INTO training_cards (id, body, clerk_name, changed_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE SET body = excluded.body,
               clerk_name = excluded.clerk_name, changed_at = excluded.changed_at",
            params![id, body, clerk_name, at.to_string()],
        )?;
        Ok(())
    }

    /// Removes a card; false if it was gone already. Attempts keep the card they were made with.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn remove_training_card(&self, id: &str) -> Result<bool, StorageError> {
        Ok(self.sql.execute("DELETE FROM training_cards WHERE id = ?1", [id])? == 1)
    }
}
