//! Open sessions of the back office, by hash: every process of a hub knows them.

use std::ops::RangeInclusive;

use jiff::Timestamp;

use super::accounts::account;
use super::{Account, time};
use crate::store::engine::values;
use crate::store::{StoreError, Tx};

impl Tx<'_> {
    /// Keeps a session that ends at a time whatever happens.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add_office_session(
        &self,
        token_hash: &str,
        login: &str,
        now: Timestamp,
        ends_at: Timestamp,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO office_sessions (token_hash, login, seen_at, ends_at)
             VALUES (?1, ?2, ?3, ?4)",
            &values![token_hash, login, now.as_millisecond(), ends_at.as_millisecond()],
        )?;
        Ok(())
    }

    /// Whose session it is, and when it was last used; none if it ended, was not used since
    /// `idle_since`, or its account is disabled.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn office_session(
        &self,
        token_hash: &str,
        now: Timestamp,
        idle_since: Timestamp,
    ) -> Result<Option<(Account, Timestamp)>, StoreError> {
        let query = "SELECT a.login, a.name, a.department, a.role, a.must_change, a.disabled_at,
                       s.seen_at
                     FROM office_sessions s JOIN office_accounts a ON a.login = s.login
                     WHERE s.token_hash = ?1 AND s.ends_at > ?2 AND s.seen_at > ?3
                       AND a.disabled_at IS NULL";
        let given = [now, idle_since].map(|at| at.as_millisecond());
        let row = self.row(query, &values![token_hash, given[0], given[1]])?;
        row.map(|mut row| Ok((account(&mut row)?, time(row.take("seen_at")?)?))).transpose()
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn touch_office_session(&self, token_hash: &str, now: Timestamp) -> Result<(), StoreError> {
        self.execute(
            "UPDATE office_sessions SET seen_at = ?2 WHERE token_hash = ?1",
            &values![token_hash, now.as_millisecond()],
        )?;
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn end_office_session(&self, token_hash: &str) -> Result<(), StoreError> {
        let query = "DELETE FROM office_sessions WHERE token_hash = ?1";
        self.execute(query, &values![token_hash])?;
        Ok(())
    }

    /// Ends every session of an account.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn end_office_sessions(&self, login: &str) -> Result<(), StoreError> {
        self.execute("DELETE FROM office_sessions WHERE login = ?1", &values![login])?;
        Ok(())
    }

    /// Forgets sessions that ended, and all attempts but those of a span.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget_office(
        &self,
        now: Timestamp,
        idle_since: Timestamp,
        attempts: &RangeInclusive<Timestamp>,
    ) -> Result<(), StoreError> {
        self.execute(
            "DELETE FROM office_sessions WHERE ends_at <= ?1 OR seen_at <= ?2",
            &values![now.as_millisecond(), idle_since.as_millisecond()],
        )?;
        self.execute(
            "DELETE FROM office_attempts WHERE last_at < ?1 OR last_at > ?2",
            &values![attempts.start().as_millisecond(), attempts.end().as_millisecond()],
        )?;
        Ok(())
    }
}
