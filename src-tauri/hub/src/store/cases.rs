//! What the logs fold to.

use rusqlite::{OptionalExtension as _, Row, params};
use yichuang_domain::case::Case;
use yichuang_domain::case::event::{CaseId, Event};

use super::{StoreError, Tx};

/// A case, with what surrounds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCase {
    /// The case.
    pub case: Case,
    /// The window that filed it.
    pub window: String,
    /// Its station.
    pub station: String,
    /// The code of the device.
    pub device: String,
    /// How many events it is made of.
    pub events: u64,
    /// How many events of it are stored but not applied.
    pub rejected: u64,
}

const SELECT: &str = "SELECT c.body, d.window, d.station, d.code,
   (SELECT count(*) FROM events e WHERE e.case_id = c.id AND e.code IS NULL) AS events,
   (SELECT count(*) FROM events e WHERE e.case_id = c.id AND e.code IS NOT NULL) AS rejected
 FROM cases c JOIN devices d ON d.origin = c.origin";

fn stored(row: &Row<'_>) -> rusqlite::Result<(String, StoredCaseRow)> {
    Ok((
        row.get("body")?,
        StoredCaseRow {
            window: row.get("window")?,
            station: row.get("station")?,
            device: row.get("code")?,
            events: row.get("events")?,
            rejected: row.get("rejected")?,
        },
    ))
}

struct StoredCaseRow {
    window: String,
    station: String,
    device: String,
    events: u64,
    rejected: u64,
}

fn with_body((body, row): (String, StoredCaseRow)) -> Result<StoredCase, StoreError> {
    Ok(StoredCase {
        case: serde_json::from_str(&body).map_err(|_| StoreError::Unreadable("办件"))?,
        window: row.window,
        station: row.station,
        device: row.device,
        events: row.events,
        rejected: row.rejected,
    })
}

impl Tx<'_> {
    /// The log a case was filed in.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn case_origin(&self, case: CaseId) -> Result<Option<String>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT origin FROM cases WHERE id = ?1")?;
        Ok(statement.query_row([case.to_string()], |row| row.get("origin")).optional()?)
    }

    /// The case that has a number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn case_with_number(&self, number: &str) -> Result<Option<CaseId>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT id FROM cases WHERE number = ?1")?;
        let id: Option<String> = statement.query_row([number], |row| row.get("id")).optional()?;
        id.map(|id| id.parse().map_err(|_| StoreError::Unreadable("办件标识"))).transpose()
    }

    /// Takes in the filing of a case: from here on its number is taken. The body follows with
    /// [`Self::refold`].
    ///
    /// # Errors
    /// [`StoreError`], also if the case or the number is there.
    pub fn add_case(&self, case: CaseId, number: &str, origin: &str) -> Result<(), StoreError> {
        let mut statement = self.sql.prepare_cached(
            "INSERT INTO cases (id, number, origin, body) VALUES (?1, ?2, ?3, '')",
        )?;
        statement.execute(params![case.to_string(), number, origin])?;
        Ok(())
    }

    /// Folds a case from its events again.
    ///
    /// # Errors
    /// [`StoreError`]; `Unreadable` if its filing is not among them.
    pub fn refold(&self, case: CaseId) -> Result<Case, StoreError> {
        let mut statement = self
            .sql
            .prepare_cached("SELECT text FROM events WHERE case_id = ?1 AND code IS NULL")?;
        let rows = statement
            .query_map([case.to_string()], |row| row.get::<_, String>("text"))?
            .collect::<Result<Vec<_>, _>>()?;
        let events = rows
            .iter()
            .map(|text| serde_json::from_str(text))
            .collect::<Result<Vec<Event>, _>>()
            .map_err(|_| StoreError::Unreadable("办件日志"))?;
        self.fold(case, events)
    }

    /// Folds a case from its events, all of them, as given.
    ///
    /// # Errors
    /// [`StoreError`]; `Unreadable` if its filing is not among them.
    pub fn fold(&self, case: CaseId, events: Vec<Event>) -> Result<Case, StoreError> {
        let folded = Case::fold(events).ok_or(StoreError::Unreadable("收件记录"))?;
        let body = serde_json::to_string(&folded).map_err(|_| StoreError::Unreadable("办件"))?;
        let mut statement = self.sql.prepare_cached("UPDATE cases SET body = ?2 WHERE id = ?1")?;
        statement.execute(params![case.to_string(), body])?;
        Ok(folded)
    }

    /// The case that has a number, whole.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn find_case(&self, number: &str) -> Result<Option<StoredCase>, StoreError> {
        let query = format!("{SELECT} WHERE c.number = ?1");
        self.sql.query_row(&query, [number], stored).optional()?.map(with_body).transpose()
    }

    /// Every case, by number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn every_case(&self) -> Result<Vec<StoredCase>, StoreError> {
        let mut statement = self.sql.prepare(&format!("{SELECT} ORDER BY c.number"))?;
        let rows = statement.query_map([], stored)?;
        rows.map(|row| with_body(row?)).collect()
    }
}
