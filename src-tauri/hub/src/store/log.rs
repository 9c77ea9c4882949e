//! The logs: appending, reading, counting. Nothing is ever changed or taken away.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};
use yichuang_domain::case::SealedEvent;
use yichuang_domain::case::event::{CaseId, Hash};
use yichuang_protocol::Position;
use yichuang_protocol::push::{Rejected, Rejection};

use super::{StoreError, Tx};

/// An event to be stored at the end of its log.
#[derive(Debug)]
pub struct NewEvent<'a> {
    /// The log.
    pub origin: &'a str,
    /// Its position: one after the last.
    pub seq: u64,
    /// Its case, where it could be read.
    pub case: Option<CaseId>,
    /// The event.
    pub sealed: &'a SealedEvent,
    /// Why it is not applied, if it is not.
    pub rejection: Option<&'a Rejection>,
}

fn rejection(row: &Row<'_>) -> rusqlite::Result<Option<Rejection>> {
    let Some(code) = row.get("code")? else { return Ok(None) };
    Ok(Some(Rejection { code, field: row.get("field")?, message: row.get("message")? }))
}

impl Tx<'_> {
    /// The end of a log.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn head(&self, origin: &str) -> Result<Position, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT seq, hash FROM heads WHERE origin = ?1")?;
        let found = statement
            .query_row([origin], |row| {
                Ok(Position { seq: row.get("seq")?, head: row.get("hash")? })
            })
            .optional()?;
        Ok(found.unwrap_or_else(Position::start))
    }

    /// Moves the end of a log. Called once after a batch of [`Self::append`].
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_head(&self, origin: &str, head: &Position) -> Result<(), StoreError> {
        let mut statement = self.sql.prepare_cached(
            "INSERT INTO heads (origin, seq, hash) VALUES (?1, ?2, ?3)
             ON CONFLICT (origin) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
        )?;
        statement.execute(params![origin, head.seq, head.head])?;
        Ok(())
    }

    /// Stores an event.
    ///
    /// # Errors
    /// [`StoreError`], also if its place is taken.
    pub fn append(&self, event: &NewEvent<'_>, at: Timestamp) -> Result<(), StoreError> {
        let mut statement = self.sql.prepare_cached(
            "INSERT INTO events
               (origin, seq, hash, case_id, text, received_at, code, field, message)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        statement.execute(params![
            event.origin,
            event.seq,
            event.sealed.hash,
            event.case.map(|case| case.to_string()),
            event.sealed.text,
            at.to_string(),
            event.rejection.map(|r| &r.code),
            event.rejection.map(|r| &r.field),
            event.rejection.map(|r| &r.message),
        ])?;
        Ok(())
    }

    /// The hash at a place of a log, and why the event there is not applied, if it is not.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn event_at(
        &self,
        origin: &str,
        seq: u64,
    ) -> Result<Option<(Hash, Option<Rejection>)>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT hash, code, field, message FROM events WHERE origin = ?1 AND seq = ?2",
        )?;
        let read = |row: &Row<'_>| Ok((row.get("hash")?, rejection(row)?));
        Ok(statement.query_row(params![origin, seq], read).optional()?)
    }

    /// Up to `limit` events of a log after a place, in order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn events_after(
        &self,
        origin: &str,
        after: u64,
        limit: usize,
    ) -> Result<Vec<SealedEvent>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT text, hash FROM events WHERE origin = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
        )?;
        let rows = statement.query_map(params![origin, after, limit as i64], |row| {
            Ok(SealedEvent { text: row.get("text")?, hash: row.get("hash")? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many events a log has, counted, and how many of them are not applied.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn count(&self, origin: &str) -> Result<(u64, u64), StoreError> {
        let all = "SELECT count(*) FROM events WHERE origin = ?1";
        let rejected = "SELECT count(*) FROM events WHERE origin = ?1 AND code IS NOT NULL";
        Ok((
            self.sql.query_row(all, [origin], |row| row.get(0))?,
            self.sql.query_row(rejected, [origin], |row| row.get(0))?,
        ))
    }

    /// The first `limit` events of a log that are not applied.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn rejected(&self, origin: &str, limit: usize) -> Result<Vec<Rejected>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT seq, case_id, code, field, message FROM events
             WHERE origin = ?1 AND code IS NOT NULL ORDER BY seq LIMIT ?2",
        )?;
        let rows = statement.query_map(params![origin, limit as i64], |row| {
            let case: Option<String> = row.get("case_id")?;
            Ok((row.get("seq")?, case, rejection(row)?))
        })?;
        let mut found = Vec::new();
        for row in rows {
            let (seq, case, rejection) = row?;
            let case = case
                .map(|case| case.parse().map_err(|_| StoreError::Unreadable("办件标识")))
                .transpose()?;
            let rejection = rejection.ok_or(StoreError::Unreadable("退回原因"))?;
            found.push(Rejected { seq, case, rejection });
        }
        Ok(found)
    }

    /// Whether an event of that case in that log was rejected.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn is_parked(&self, origin: &str, case: CaseId) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM events
             WHERE origin = ?1 AND case_id = ?2 AND code IS NOT NULL)",
        )?;
        Ok(statement.query_row(params![origin, case.to_string()], |row| row.get(0))?)
    }

    /// Lets a log go on behind a place that a device holds and this database does not.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn jump(&self, origin: &str, to: &Position, at: Timestamp) -> Result<(), StoreError> {
        let from = self.head(origin)?;
        self.sql.execute(
            "INSERT INTO jumps (origin, from_seq, to_seq, to_hash, at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![origin, from.seq, to.seq, to.head, at.to_string()],
        )?;
        self.set_head(origin, to)
    }

    /// The hash at the place a log jumped to.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn jumped_to(&self, origin: &str, seq: u64) -> Result<Option<Hash>, StoreError> {
        let query = "SELECT to_hash FROM jumps WHERE origin = ?1 AND to_seq = ?2";
        Ok(self.sql.query_row(query, params![origin, seq], |row| row.get(0)).optional()?)
    }
}
