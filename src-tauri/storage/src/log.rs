//! The log: appending, reading, and proving that it is whole.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::Serialize;
use yichuang_domain::case::event::{GENESIS, sha256_hex};
use yichuang_domain::case::fold::in_order;
use yichuang_domain::case::log::is_log_of;
use yichuang_domain::case::{Actor, Case, CaseId, Event, EventBody, SealedEvent};

use crate::error::StorageError;
use crate::meta;
use crate::store::{Store, Tx};
use crate::upstream;

/// The end of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last position; 0 for an empty log.
    pub seq: u64,
    /// The hash there.
    pub hash: String,
}

/// Something wrong with the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditFinding {
    /// Stable: `gap`, `broken-link`, `altered`, `unreadable`, `paper-missing`, `paper-altered`,
    /// `case-differs`, `attachment-missing`, `attachment-damaged`.
    pub code: &'static str,
    /// Where: `origin#seq`, a document number or a case number.
    pub place: String,
    /// In words.
    pub message: String,
}

/// What an audit of the whole log found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditReport {
    /// How many events were read.
    pub events: u64,
    /// How many cases they make.
    pub cases: u64,
    /// How many papers were compared with their hashes.
    pub documents: u64,
    /// How many attachments of its own cases were compared with their hashes.
    pub attachments: u64,
    /// The end of this device's own log.
    pub head: String,
    /// What is wrong; empty when all is well.
    pub findings: Vec<AuditFinding>,
}

pub(crate) fn head(sql: &Connection, origin: &str) -> Result<Head, StorageError> {
    let mut statement = sql.prepare_cached(
        "SELECT seq, hash FROM events WHERE origin = ?1 ORDER BY seq DESC LIMIT 1",
    )?;
    let found = statement
        .query_row([origin], |row| Ok(Head { seq: row.get("seq")?, hash: row.get("hash")? }))
        .optional()?;
    Ok(found.unwrap_or_else(|| Head { seq: 0, hash: GENESIS.to_owned() }))
}

/// Adds a sealed event, with the hub's signature where it is the hub's. `Ok(false)` if that very
/// event is there already.
pub(crate) fn insert(
    sql: &Connection,
    event: &Event,
    sealed: &SealedEvent,
    signature: Option<&str>,
) -> Result<bool, StorageError> {
    let mut statement = sql.prepare_cached(
        "INSERT INTO events (origin, seq, case_id, text, hash, signature)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (origin, seq) DO NOTHING",
    )?;
    let added = statement.execute(params![
        event.origin,
        event.seq,
        event.case.to_string(),
        sealed.text,
        sealed.hash,
        signature
    ])?;
    Ok(added == 1)
}

fn events_after(
    sql: &Connection,
    log: &str,
    after: u64,
    limit: usize,
) -> Result<Vec<SealedEvent>, StorageError> {
    let mut statement = sql.prepare_cached(
        "SELECT text, hash FROM events WHERE origin = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
    )?;
    let rows = statement.query_map(params![log, after, limit as i64], |row| {
        Ok(SealedEvent { text: row.get("text")?, hash: row.get("hash")? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The events of a case that this window wrote once, lost, and had back from the hub: of those the
/// papers and scans are lost for good. Of its own only these bear the hub's signature.
pub(crate) fn had_back(sql: &Connection, case: CaseId) -> Result<Vec<Event>, StorageError> {
    let own = upstream::own_origin(sql)?;
    let mut statement = sql.prepare_cached(
        "SELECT text, hash FROM events WHERE case_id = ?1 AND signature IS NOT NULL",
    )?;
    let rows = statement.query_map([case.to_string()], |row| {
        Ok(SealedEvent { text: row.get("text")?, hash: row.get("hash")? })
    })?;
    let unreadable = |_| StorageError::Unreadable { what: "办件日志" };
    let events = rows.map(|sealed| sealed?.open().map_err(unreadable));
    let mut events: Vec<Event> = events.collect::<Result<_, _>>()?;
    events.retain(|event| is_log_of(&event.origin, &own));
    Ok(events)
}

/// Every event of a case, in no particular order.
pub(crate) fn of_case(sql: &Connection, case: CaseId) -> Result<Vec<Event>, StorageError> {
    let mut statement = sql.prepare_cached("SELECT text, hash FROM events WHERE case_id = ?1")?;
    let rows = statement.query_map([case.to_string()], |row| {
        Ok(SealedEvent { text: row.get("text")?, hash: row.get("hash")? })
    })?;
    let unreadable = |_| StorageError::Unreadable { what: "办件日志" };
    rows.map(|sealed| sealed?.open().map_err(unreadable)).collect()
}

impl Store {
    /// The end of the log that this device writes in.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn head(&self) -> Result<Head, StorageError> {
        let sql = self.lock();
        head(&sql, &upstream::own_log(&sql)?)
    }

    /// The end of any log as this window holds it, for instance the hub's.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn head_of(&self, origin: &str) -> Result<Head, StorageError> {
        head(&self.lock(), origin)
    }

    /// Up to `limit` events of the log that this device writes in, after position `after`, in
    /// order.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn unsent(&self, after: u64, limit: usize) -> Result<Vec<SealedEvent>, StorageError> {
        let sql = self.lock();
        events_after(&sql, &upstream::own_log(&sql)?, after, limit)
    }

    /// Up to `limit` events of any log after position `after`, in order.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn events_after(
        &self,
        log: &str,
        after: u64,
        limit: usize,
    ) -> Result<Vec<SealedEvent>, StorageError> {
        events_after(&self.lock(), log, after, limit)
    }

    /// Every event of a case, in the order it is folded.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn case_events(&self, case: CaseId) -> Result<Vec<Event>, StorageError> {
        Ok(in_order(of_case(&self.lock(), case)?))
    }

    /// Reads the whole log and proves it: no gap, every link and hash right, every paper that the
    /// log calls issued archived byte for byte, every case what its events make.
    ///
    /// # Errors
    /// [`StorageError`] if it can't be read at all.
    pub fn audit(&self) -> Result<AuditReport, StorageError> {
        let sql = self.lock();
        let mut report = AuditReport {
            events: 0,
            cases: 0,
            documents: 0,
            attachments: 0,
            head: head(&sql, &upstream::own_log(&sql)?)?.hash,
            findings: Vec::new(),
        };
        audit_chain(&sql, &mut report)?;
        audit_cases(&sql, &mut report)?;
        drop(sql);
        report.attachments = self.audit_attachments(&mut report.findings)?;
        Ok(report)
    }
}

fn audit_chain(sql: &Connection, report: &mut AuditReport) -> Result<(), StorageError> {
    let mut statement =
        sql.prepare("SELECT origin, seq, text, hash FROM events ORDER BY origin, seq")?;
    let mut rows = statement.query([])?;
    let mut before = (String::new(), 0u64, GENESIS.to_owned());
    while let Some(row) = rows.next()? {
        let (origin, seq): (String, u64) = (row.get("origin")?, row.get("seq")?);
        let sealed = SealedEvent { text: row.get("text")?, hash: row.get("hash")? };
        if origin != before.0 {
            before = (origin.clone(), 0, GENESIS.to_owned());
        }
        let place = format!("{origin}#{seq}");
        let mut found = |code, message: &str| {
            report.findings.push(AuditFinding {
                code,
                place: place.clone(),
                message: message.to_owned(),
            });
        };
        if seq != before.1 + 1 {
            found("gap", "日志序号不连续，中间有记录缺失");
        }
        match sealed.open() {
            Err(yichuang_domain::case::event::BrokenEvent::HashMismatch) => {
                found("altered", "记录内容与其摘要不符，可能被改动");
            }
            Err(_) => found("unreadable", "记录无法解读"),
            Ok(event) => {
                if event.prev_hash != before.2 {
                    found("broken-link", "与上一条记录的链接不符");
                }
                if event.origin != origin || event.seq != seq {
                    found("altered", "记录的来源或序号被改动");
                }
            }
        }
        report.events += 1;
        before = (origin, seq, sealed.hash);
    }
    Ok(())
}

/// Whether the filing of a case is among its events.
fn is_filed(sql: &Connection, id: &str) -> Result<bool, StorageError> {
    let Ok(id) = id.parse() else { return Ok(true) };
    Ok(of_case(sql, id).map_or(true, |events| Case::fold(events).is_some()))
}

fn audit_cases(sql: &Connection, report: &mut AuditReport) -> Result<(), StorageError> {
    let own = upstream::own_origin(sql)?;
    let mut statement = sql.prepare(
        "SELECT ids.id, cases.number, cases.body
         FROM (SELECT id FROM cases UNION SELECT case_id FROM events) AS ids
         LEFT JOIN cases ON cases.id = ids.id ORDER BY cases.number",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get("id")?;
        let listed: Option<String> = row.get("number")?;
        let body: Option<String> = row.get("body")?;
        // Events of a case whose filing is not here yet fold to nothing, and are no fault.
        let filed = listed.is_some() || is_filed(sql, &id)?;
        if !filed {
            continue;
        }
        let number = listed.unwrap_or_else(|| id.clone());
        report.cases += 1;
        let folded = id.parse().ok().and_then(|id| of_case(sql, id).ok()).and_then(Case::fold);
        let Some(case) = folded else {
            report.findings.push(AuditFinding {
                code: "case-differs",
                place: number,
                message: "办件与日志不符，日志无法还原这件办件".to_owned(),
            });
            continue;
        };
        if serde_json::to_string(&case).ok() != body {
            report.findings.push(AuditFinding {
                code: "case-differs",
                place: number,
                message: "办件列表与日志不符，可由日志重建".to_owned(),
            });
        }
        for document in &case.documents {
            // Papers that another window issued are archived there.
            let issued_in = document.issued_in.as_ref().unwrap_or(&case.origin);
            if *issued_in != own && !upstream::is_practice_origin(issued_in) {
                continue;
            }
            report.documents += 1;
            let pdf: Option<Vec<u8>> = sql
                .query_row(
                    "SELECT pdf FROM documents WHERE number = ?1",
                    [document.number.as_str()],
                    |row| row.get(0),
                )
                .optional()?;
            let issued = |event: &Event| {
                let body = &event.body;
                matches!(body, EventBody::DocumentIssued { number, .. } if *number == document.number)
            };
            let problem = match pdf {
                None if had_back(sql, case.id)?.iter().any(issued) => None,
                None => Some(("paper-missing", "日志记载已出具，但没有存档")),
                Some(pdf) if sha256_hex(&pdf) != document.sha256 => {
                    Some(("paper-altered", "存档的文书与日志中的摘要不符"))
                }
                Some(_) => None,
            };
            if let Some((code, message)) = problem {
                let place = document.number.to_string();
                report.findings.push(AuditFinding { code, place, message: message.to_owned() });
            }
        }
    }
    Ok(())
}

impl Tx<'_> {
    /// Every event of a case, in no particular order.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn case_events(&self, case: CaseId) -> Result<Vec<Event>, StorageError> {
        of_case(&self.sql, case)
    }

    /// Appends events to this device's own log, in order, and brings their case up to date.
    ///
    /// # Errors
    /// [`StorageError`]; `Unreadable` if the case has no filing.
    pub fn append(
        &self,
        actor: &Actor,
        case: CaseId,
        bodies: Vec<EventBody>,
        at: Timestamp,
    ) -> Result<Case, StorageError> {
        let origin = upstream::own_log(&self.sql)?;
        let mut head = head(&self.sql, &origin)?;
        let mut events = of_case(&self.sql, case)?;
        let first = events.iter().map(|e| e.lamport).max().unwrap_or(0) + 1;
        let skew = meta::get(&self.sql, upstream::CLOCK_SKEW)?.and_then(|text| text.parse().ok());
        for (lamport, body) in (first..).zip(bodies) {
            let event = Event {
                origin: origin.clone(),
                seq: head.seq + 1,
                at,
                clock_skew: skew,
                lamport,
                actor: actor.clone(),
                case,
                body,
                prev_hash: head.hash,
            };
            let sealed = SealedEvent::seal(&event)
                .map_err(|_| StorageError::Unreadable { what: "办件日志" })?;
            insert(&self.sql, &event, &sealed, None)?;
            head = Head { seq: event.seq, hash: sealed.hash };
            events.push(event);
        }
        crate::cases::keep(&self.sql, upstream::own_origin(&self.sql)?, events)?
            .ok_or(StorageError::Unreadable { what: "办件日志" })
    }
}
