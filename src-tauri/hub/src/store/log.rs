//! The logs: appending, reading, counting. Nothing is ever changed or taken away.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use yichuang_domain::case::SealedEvent;
use yichuang_domain::case::event::{CaseId, Event, Hash};
use yichuang_protocol::Position;
use yichuang_protocol::push::{Rejected, Rejection};

use super::engine::values;
use super::{Row, StoreError, Tx};

/// An event to be stored at the end of its log.
#[derive(Debug)]
pub struct NewEvent<'a> {
    /// Its position: one after the last.
    pub seq: u64,
    /// Its case, where it could be read.
    pub case: Option<CaseId>,
    /// The event.
    pub sealed: &'a SealedEvent,
    /// Why it is not applied, if it is not.
    pub rejection: Option<&'a Rejection>,
}

/// What is said of an event that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldEvent {
    /// Its hash.
    pub hash: Hash,
    /// Why it is not applied, if it is not.
    pub rejection: Option<Rejection>,
}

fn rejection(row: &mut Row) -> Result<Option<Rejection>, StoreError> {
    let Some(code) = row.take("code")? else { return Ok(None) };
    Ok(Some(Rejection { code, field: row.take("field")?, message: row.take("message")? }))
}

pub(super) fn case_id(text: &str) -> Result<CaseId, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable("办件标识"))
}

/// Cases as a statement takes them, each once.
pub(super) fn case_list(cases: &[CaseId]) -> Vec<String> {
    cases.iter().map(CaseId::to_string).collect()
}

impl Tx<'_> {
    /// The end of a log.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn head(&self, origin: &str) -> Result<Position, StoreError> {
        let query = "SELECT seq, hash FROM heads WHERE origin = ?1";
        let Some(mut row) = self.row(query, &values![origin])? else {
            return Ok(Position::start());
        };
        Ok(Position { seq: row.take("seq")?, head: row.take("hash")? })
    }

    /// Stores events at the end of a log.
    ///
    /// The end is moved first: whoever does that has the log until the transaction ends, and
    /// another one that saw the old end has to look again.
    ///
    /// # Errors
    /// [`StoreError`], also if the place of one is taken.
    pub fn append(
        &self,
        origin: &str,
        events: &[NewEvent<'_>],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(last) = events.last() else { return Ok(()) };
        self.set_head(origin, last.seq, &last.sealed.hash)?;
        let at = at.to_string();
        let row = |event: &NewEvent<'_>| {
            let because = event.rejection;
            values![
                origin.to_owned(),
                event.seq,
                event.sealed.hash.clone(),
                event.case.map(|case| case.to_string()),
                event.sealed.text.clone(),
                at.clone(),
                because.map(|r| r.code.clone()),
                because.map(|r| r.field.clone()),
                because.map(|r| r.message.clone()),
            ]
            .to_vec()
        };
        self.insert_each(
            "INSERT INTO events
               (origin, seq, hash, case_id, text, received_at, code, field, message)
             VALUES EACH (text, bigint, text, text, text, text, text, text, text)",
            &events.iter().map(row).collect::<Vec<_>>(),
        )?;
        Ok(())
    }

    fn set_head(&self, origin: &str, seq: u64, hash: &str) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO heads (origin, seq, hash) VALUES (?1, ?2, ?3)
             ON CONFLICT (origin) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
            &values![origin, seq, hash],
        )?;
        Ok(())
    }

    /// What is said of the events at some places of a log; of those that are not there nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn events_at(
        &self,
        origin: &str,
        places: &[u64],
    ) -> Result<HashMap<u64, HeldEvent>, StoreError> {
        let places: Vec<i64> = places.iter().filter_map(|seq| (*seq).try_into().ok()).collect();
        let query = "SELECT seq, hash, code, field, message FROM events
                     WHERE origin = ?1 AND seq IN LIST ?2";
        let read = |mut row: Row| {
            let held = HeldEvent { hash: row.take("hash")?, rejection: rejection(&mut row)? };
            Ok((row.take("seq")?, held))
        };
        self.rows(query, &values![origin, places])?.into_iter().map(read).collect()
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
        let query =
            "SELECT text, hash FROM events WHERE origin = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3";
        let read =
            |mut row: Row| Ok(SealedEvent { text: row.take("text")?, hash: row.take("hash")? });
        self.rows(query, &values![origin, after, limit])?.into_iter().map(read).collect()
    }

    /// Every applied event of some cases in some logs, by case.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn case_events(
        &self,
        logs: &[String],
        cases: &[CaseId],
    ) -> Result<HashMap<CaseId, Vec<Event>>, StoreError> {
        let query = "SELECT case_id, text FROM events
                     WHERE origin IN LIST ?1 AND case_id IN LIST ?2 AND code IS NULL";
        let mut found: HashMap<CaseId, Vec<Event>> = HashMap::new();
        for mut row in self.rows(query, &values![logs.to_vec(), case_list(cases)])? {
            let (case, text): (String, String) = (row.take("case_id")?, row.take("text")?);
            let event =
                serde_json::from_str(&text).map_err(|_| StoreError::Unreadable("办件日志"))?;
            found.entry(case_id(&case)?).or_default().push(event);
        }
        Ok(found)
    }

    /// How many events a log has, counted, and how many of them are not applied.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn count(&self, origin: &str) -> Result<(u64, u64), StoreError> {
        let query =
            "SELECT count(*) AS total, count(code) AS rejected FROM events WHERE origin = ?1";
        let row = self.row(query, &values![origin])?;
        let mut row = row.ok_or(StoreError::Unreadable("记录数"))?;
        Ok((row.take("total")?, row.take("rejected")?))
    }

    /// The first `limit` events of a log that are not applied.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn rejected(&self, origin: &str, limit: usize) -> Result<Vec<Rejected>, StoreError> {
        let query = "SELECT seq, case_id, code, field, message FROM events
                     WHERE origin = ?1 AND code IS NOT NULL ORDER BY seq LIMIT ?2";
        let read = |mut row: Row| {
            let case: Option<String> = row.take("case_id")?;
            let case = case.as_deref().map(case_id).transpose()?;
            let because = rejection(&mut row)?.ok_or(StoreError::Unreadable("退回原因"))?;
            Ok(Rejected { log: None, seq: row.take("seq")?, case, rejection: because })
        };
        self.rows(query, &values![origin, limit])?.into_iter().map(read).collect()
    }

    /// Those of some cases of which an event in that log was rejected.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn parked(&self, origin: &str, cases: &[CaseId]) -> Result<HashSet<CaseId>, StoreError> {
        let query = "SELECT DISTINCT case_id FROM events
                     WHERE origin = ?1 AND case_id IN LIST ?2 AND code IS NOT NULL";
        let read = |mut row: Row| case_id(&row.take::<String>("case_id")?);
        self.rows(query, &values![origin, case_list(cases)])?.into_iter().map(read).collect()
    }
}
