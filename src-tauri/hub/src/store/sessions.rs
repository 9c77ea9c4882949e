//! Open challenges and sessions, by hash. Times are milliseconds since 1970.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, params};

use super::{StoreError, Tx};

impl Tx<'_> {
    /// Keeps a challenge, and forgets those that ended.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add_challenge(
        &self,
        challenge_hash: &str,
        origin: &str,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        self.sql.execute("DELETE FROM challenges WHERE expires_at < ?1", [now.as_millisecond()])?;
        self.sql.execute(
            "INSERT INTO challenges (challenge_hash, origin, expires_at) VALUES (?1, ?2, ?3)",
            params![challenge_hash, origin, expires_at.as_millisecond()],
        )?;
        Ok(())
    }

    /// Uses a challenge up; whether it was open for that device.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn take_challenge(
        &self,
        challenge_hash: &str,
        origin: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let taken = self.sql.execute(
            "DELETE FROM challenges WHERE challenge_hash = ?1 AND origin = ?2 AND expires_at >= ?3",
            params![challenge_hash, origin, now.as_millisecond()],
        )?;
        Ok(taken == 1)
    }

    /// Keeps a session, and forgets those that ended.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add_session(
        &self,
        token_hash: &str,
        origin: &str,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        self.sql.execute("DELETE FROM sessions WHERE expires_at < ?1", [now.as_millisecond()])?;
        self.sql.execute(
            "INSERT INTO sessions (token_hash, origin, expires_at) VALUES (?1, ?2, ?3)",
            params![token_hash, origin, expires_at.as_millisecond()],
        )?;
        Ok(())
    }

    /// Whose session it is, if it is still good.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn session_origin(
        &self,
        token_hash: &str,
        now: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT origin FROM sessions WHERE token_hash = ?1 AND expires_at > ?2",
        )?;
        let row = params![token_hash, now.as_millisecond()];
        Ok(statement.query_row(row, |row| row.get("origin")).optional()?)
    }
}
