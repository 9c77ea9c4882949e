//! The logs of the hub that this window reads, and what it gives back of them.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use yichuang_domain::case::{Actor, EventBody, SealedEvent, SignedEvent};

use crate::error::StorageError;
use crate::store::{Store, Tx};
use crate::{log, meta, upstream};

const UNREADABLE: StorageError = StorageError::Unreadable { what: "中心发来的记录" };

/// Notes that the hub writes in this log now.
pub(crate) fn enter(sql: &Connection, log: &str) -> Result<(), StorageError> {
    let mut statement = sql.prepare_cached(
        "INSERT INTO hub_logs (log, nth) VALUES (?1, (SELECT coalesce(max(nth), 0) + 1 FROM hub_logs))
         ON CONFLICT (log) DO UPDATE SET nth = excluded.nth
         WHERE hub_logs.nth < excluded.nth - 1",
    )?;
    statement.execute([log])?;
    Ok(())
}

/// Events of a log of the hub after a place that were not given back yet. The hub names the place
/// with every session, so that what was given is not read again for ever.
fn to_give(
    sql: &Connection,
    log: &str,
    after: u64,
) -> Result<Vec<(SealedEvent, Option<String>)>, StorageError> {
    let mut statement = sql.prepare_cached(
        "SELECT text, hash, signature FROM events WHERE origin = ?1 AND seq > ?2
           AND hash NOT IN (SELECT hash FROM given_back) ORDER BY seq",
    )?;
    let rows = statement.query_map(params![log, after], |row| {
        let sealed = SealedEvent { text: row.get("text")?, hash: row.get("hash")? };
        Ok((sealed, row.get("signature")?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Store {
    /// The logs of the hub that this window read from, the newest last; empty before the first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn hub_logs(&self) -> Result<Vec<String>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached("SELECT log FROM hub_logs ORDER BY nth")?;
        let rows = statement.query_map([], |row| row.get("log"))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The hash of the event at a place of any log; none where there is no such event.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn hash_at(&self, log: &str, seq: u64) -> Result<Option<String>, StorageError> {
        let sql = self.lock();
        let mut statement =
            sql.prepare_cached("SELECT hash FROM events WHERE origin = ?1 AND seq = ?2")?;
        Ok(statement.query_row(params![log, seq], |row| row.get("hash")).optional()?)
    }

    /// Goes on in another log of the hub, or the same, and gives back what the hub lost: each event
    /// after those places, once, in relays of this window's own log. All of it or nothing.
    /// Gives how many relays were written.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn follow_hub_log(
        &self,
        log: &str,
        give_back: &[(&str, u64)],
        at: Timestamp,
    ) -> Result<u64, StorageError> {
        self.write(|tx| {
            let mut given = 0;
            for (lost, after) in give_back {
                for (sealed, signature) in to_give(&tx.sql, lost, *after)? {
                    given += u64::from(tx.give_back(sealed, signature, at)?);
                }
            }
            enter(&tx.sql, log)?;
            let held = log::head(&tx.sql, log)?.seq;
            meta::set(&tx.sql, upstream::CURSOR, &held.to_string())?;
            Ok(given)
        })
    }
}

impl Tx<'_> {
    /// Gives one event back; whether that was still to be done. One that the hub never signed
    /// could not be proven, and stays.
    fn give_back(
        &self,
        sealed: SealedEvent,
        signature: Option<String>,
        at: Timestamp,
    ) -> Result<bool, StorageError> {
        let opened = sealed.open().map_err(|_| UNREADABLE)?;
        let event = match (opened.body, signature) {
            (EventBody::Relayed { event }, _) => event,
            (_, Some(signature)) => SignedEvent { text: sealed.text, hash: sealed.hash, signature },
            (_, None) => {
                tracing::warn!(origin = %opened.origin, seq = opened.seq, "lost, and not signed");
                return Ok(false);
            }
        };
        let mut statement = self.sql.prepare_cached(
            "INSERT INTO given_back (hash) VALUES (?1) ON CONFLICT (hash) DO NOTHING",
        )?;
        if statement.execute([&event.hash])? == 0 {
            return Ok(false);
        }
        self.append(&Actor::program(), opened.case, vec![EventBody::Relayed { event }], at)?;
        Ok(true)
    }
}
