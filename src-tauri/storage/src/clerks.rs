//! Accounts. The PIN is kept as an Argon2id hash made elsewhere; this table only keeps it.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};

use crate::error::StorageError;
use crate::store::{Store, Tx};

/// The id of the account that plays scripted cases; its PIN is public.
pub const PRACTICE_CLERK_ID: &str = "practice";

/// An account as stored.
#[derive(Clone, Debug)]
pub struct StoredClerk {
    /// Its id.
    pub id: String,
    /// 姓名.
    pub name: String,
    /// PHC string.
    pub pin_hash: String,
    /// Wrong PINs in a row.
    pub failures: u32,
    /// No PIN is looked at before then.
    pub locked_until: Option<Timestamp>,
    /// 组长.
    pub lead: bool,
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredClerk> {
    let locked: Option<String> = row.get("locked_until")?;
    Ok(StoredClerk {
        id: row.get("id")?,
        name: row.get("name")?,
        pin_hash: row.get("pin_hash")?,
        failures: row.get("failures")?,
        locked_until: locked.and_then(|text| text.parse().ok()),
        lead: row.get("lead")?,
    })
}

impl Store {
    /// Every account, oldest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn clerks(&self) -> Result<Vec<StoredClerk>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached("SELECT * FROM clerks ORDER BY created_at, id")?;
        Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
    }

    /// The account of that id.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn clerk(&self, id: &str) -> Result<Option<StoredClerk>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached("SELECT * FROM clerks WHERE id = ?1")?;
        Ok(statement.query_row([id], read).optional()?)
    }
}

impl Tx<'_> {
    /// How many accounts there are.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn clerk_count(&self) -> Result<u32, StorageError> {
        Ok(self.sql.query_row("SELECT count(*) FROM clerks", [], |row| row.get(0))?)
    }

    /// Adds an account; false if the name is taken.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn add_clerk(
        &self,
        id: &str,
        name: &str,
        pin_hash: &str,
        at: Timestamp,
    ) -> Result<bool, StorageError> {
        let added = self.sql.execute(
            "INSERT INTO clerks (id, name, pin_hash, created_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (name) DO NOTHING",
            params![id, name, pin_hash, at.to_string()],
        )?;
        Ok(added == 1)
    }

    /// Remembers how a sign-in went.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_clerk_failures(
        &self,
        id: &str,
        failures: u32,
        locked_until: Option<Timestamp>,
    ) -> Result<(), StorageError> {
        self.sql.execute(
            "UPDATE clerks SET failures = ?2, locked_until = ?3 WHERE id = ?1",
            params![id, failures, locked_until.map(|t| t.to_string())],
        )?;
        Ok(())
    }
}
