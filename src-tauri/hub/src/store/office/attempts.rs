//! Attempts to sign in that have not succeeded. In the database, so that several processes of a hub
//! count together.

use jiff::Timestamp;

use super::time;
use crate::store::engine::values;
use crate::store::{StoreError, Tx};

/// Attempts of an account or an address since the last success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    /// How many.
    pub failures: u32,
    /// When the last one was.
    pub last_at: Timestamp,
}

impl Tx<'_> {
    /// The attempts of one; none if there are none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn attempts(&self, who: &str) -> Result<Option<Attempts>, StoreError> {
        let query = "SELECT failures, last_at FROM office_attempts WHERE who = ?1";
        let row = self.row(query, &values![who])?;
        row.map(|mut row| {
            Ok(Attempts { failures: row.take("failures")?, last_at: time(row.take("last_at")?)? })
        })
        .transpose()
    }

    /// Keeps the attempts of one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_attempts(&self, who: &str, attempts: Attempts) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO office_attempts (who, failures, last_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (who) DO UPDATE
               SET failures = excluded.failures, last_at = excluded.last_at",
            &values![who, attempts.failures, attempts.last_at.as_millisecond()],
        )?;
        Ok(())
    }

    /// Forgets the attempts of one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget_attempts(&self, who: &str) -> Result<(), StoreError> {
        self.execute("DELETE FROM office_attempts WHERE who = ?1", &values![who])?;
        Ok(())
    }
}
