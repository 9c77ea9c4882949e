//! What the logs fold to, and which log each case was filed in.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use yichuang_domain::case::Case;
use yichuang_domain::case::event::CaseId;

use super::engine::values;
use super::log::{case_id, case_list};
use super::{Row, StoreError, Tx};

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

/// A case to be kept as folded.
#[derive(Debug)]
pub struct KeptCase<'a> {
    /// The log it was filed in.
    pub origin: &'a str,
    /// The number that is taken for it.
    pub number: &'a str,
    /// What its events fold to.
    pub case: &'a Case,
}

/// Cases with their counts. An event of a case stands in one of the logs of the device that filed
/// it, or in one of the hub's logs for that device, which also hold what other windows wrote of it;
/// what is not applied stands in those windows' own. `?1` is the hub's id, which the name of the
/// first of the hub's logs begins with.
macro_rules! stored_cases {
    ($rest:literal) => {
        concat!(
            r#"SELECT c.body, d."window" AS "window", d.station, d.code,
                 (SELECT count(*) FROM events e WHERE e.case_id = c.id AND e.code IS NULL
                    AND (e.origin IN (c.origin, ?1 || '-' || d.code) OR e.origin IN
                      (SELECT h.name FROM hub_logs h WHERE h.origin = c.origin) OR e.origin IN
                      (SELECT o.log FROM device_logs o WHERE o.origin = c.origin))) AS events,
                 (SELECT count(*) FROM events e WHERE e.case_id = c.id AND e.code IS NOT NULL
                    AND (e.origin = c.origin OR e.origin IN
                      (SELECT o.log FROM device_logs o WHERE o.origin = c.origin) OR e.origin IN
                      (SELECT p.origin FROM parties p WHERE p.case_id = c.id) OR e.origin IN
                      (SELECT o.log FROM device_logs o JOIN parties p ON p.origin = o.origin
                        WHERE p.case_id = c.id))) AS rejected
               FROM cases c JOIN devices d ON d.origin = c.origin "#,
            $rest
        )
    };
}

fn stored(mut row: Row) -> Result<StoredCase, StoreError> {
    let body: String = row.take("body")?;
    Ok(StoredCase {
        case: serde_json::from_str(&body).map_err(|_| StoreError::Unreadable("办件"))?,
        window: row.take("window")?,
        station: row.take("station")?,
        device: row.take("code")?,
        events: row.take("events")?,
        rejected: row.take("rejected")?,
    })
}

impl Tx<'_> {
    /// The numbers of those of some cases that were filed in a log.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn numbers_of(
        &self,
        origin: &str,
        cases: &[CaseId],
    ) -> Result<HashMap<CaseId, String>, StoreError> {
        let query = "SELECT id, number FROM cases WHERE origin = ?1 AND id IN LIST ?2";
        let read = |mut row: Row| Ok((case_id(&row.take::<String>("id")?)?, row.take("number")?));
        self.rows(query, &values![origin, case_list(cases)])?.into_iter().map(read).collect()
    }

    /// The cases of a log that have some numbers. A number names the device that gave it out, so
    /// those of other logs can't be among them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn cases_with(
        &self,
        origin: &str,
        numbers: Vec<String>,
    ) -> Result<HashMap<String, CaseId>, StoreError> {
        let query = "SELECT id, number FROM cases WHERE origin = ?1 AND number IN LIST ?2";
        let read = |mut row: Row| Ok((row.take("number")?, case_id(&row.take::<String>("id")?)?));
        self.rows(query, &values![origin, numbers])?.into_iter().map(read).collect()
    }

    /// Takes cases for a log, each unless another log has it; those that are taken now. It asks
    /// nothing before it takes: new cases of every window stand side by side in this table, and
    /// who reads there would be in everybody's way.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn claim(&self, origin: &str, cases: &[CaseId]) -> Result<HashSet<CaseId>, StoreError> {
        let row = |case: &CaseId| values![case.to_string(), origin.to_owned()].to_vec();
        let taken = self.insert_each(
            "INSERT INTO filings (id, origin) VALUES EACH (text, text)
             ON CONFLICT (id) DO NOTHING RETURNING id",
            &cases.iter().map(row).collect::<Vec<_>>(),
        )?;
        taken.into_iter().map(|mut row| case_id(&row.take::<String>("id")?)).collect()
    }

    /// Lets claims go that nothing came of in the same transaction.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn unclaim(&self, cases: &[CaseId]) -> Result<(), StoreError> {
        self.execute("DELETE FROM filings WHERE id IN LIST ?1", &values![case_list(cases)])?;
        Ok(())
    }

    /// The logs that some cases were filed in, whichever they are.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn filed_in(&self, cases: &[CaseId]) -> Result<HashMap<CaseId, String>, StoreError> {
        let query = "SELECT id, origin FROM filings WHERE id IN LIST ?1";
        let read = |mut row: Row| Ok((case_id(&row.take::<String>("id")?)?, row.take("origin")?));
        self.rows(query, &values![case_list(cases)])?.into_iter().map(read).collect()
    }

    /// Keeps cases as folded, new ones and known ones, and enters them in the office's lists, and
    /// their poor ratings among those that are followed up.
    ///
    /// # Errors
    /// [`StoreError`], also if another case of the log has a number.
    pub fn keep_cases(&self, cases: &[KeptCase<'_>], at: Timestamp) -> Result<(), StoreError> {
        let row = |kept: &KeptCase<'_>| {
            let body =
                serde_json::to_string(kept.case).map_err(|_| StoreError::Unreadable("办件"))?;
            let (origin, number) = (kept.origin.to_owned(), kept.number.to_owned());
            Ok(values![origin, kept.case.id.to_string(), number, body].to_vec())
        };
        self.insert_each(
            "INSERT INTO cases (origin, id, number, body) VALUES EACH (text, text, text, text)
             ON CONFLICT (origin, id) DO UPDATE SET body = excluded.body",
            &cases.iter().map(row).collect::<Result<Vec<_>, StoreError>>()?,
        )?;
        self.queue_cases(cases)?;
        self.enter_ratings(cases, at)
    }

    /// A case by its id, whole.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn case_by_id(&self, id: CaseId) -> Result<Option<StoredCase>, StoreError> {
        let Some(origin) = self.filed_in(&[id])?.remove(&id) else { return Ok(None) };
        let query = stored_cases!("WHERE c.origin = ?2 AND c.id = ?3");
        let row = self.row(query, &values![self.hub_id()?, origin, id.to_string()])?;
        row.map(stored).transpose()
    }

    /// The case that has a number, whole.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn find_case(&self, number: &str) -> Result<Option<StoredCase>, StoreError> {
        let query = stored_cases!("WHERE c.number = ?2");
        self.row(query, &values![self.hub_id()?, number])?.map(stored).transpose()
    }

    /// Every case, by number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn every_case(&self) -> Result<Vec<StoredCase>, StoreError> {
        let rows = self.rows(stored_cases!(""), &values![self.hub_id()?])?;
        let mut all = rows.into_iter().map(stored).collect::<Result<Vec<_>, _>>()?;
        // Here, not there: what comes first would depend on the language of the database.
        all.sort_by(|one, other| one.case.number.as_str().cmp(other.case.number.as_str()));
        Ok(all)
    }
}
