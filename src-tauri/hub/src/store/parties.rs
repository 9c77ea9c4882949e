//! The windows that have or had a case in hand besides the one that filed it, and their events of it.

use std::collections::HashMap;

use yichuang_domain::case::SealedEvent;
use yichuang_domain::case::event::CaseId;

use super::engine::values;
use super::log::{case_id, case_list};
use super::{Row, StoreError, Tx};

impl Tx<'_> {
    /// The windows of some cases besides those that filed them, by case.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn parties(&self, cases: &[CaseId]) -> Result<HashMap<CaseId, Vec<String>>, StoreError> {
        let query = "SELECT case_id, origin FROM parties WHERE case_id IN LIST ?1 ORDER BY origin";
        let mut found: HashMap<CaseId, Vec<String>> = HashMap::new();
        for mut row in self.rows(query, &values![case_list(cases)])? {
            let case = case_id(&row.take::<String>("case_id")?)?;
            found.entry(case).or_default().push(row.take("origin")?);
        }
        Ok(found)
    }

    /// Those of some cases that a window has or had in hand without having filed them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn cases_of_party(
        &self,
        origin: &str,
        cases: &[CaseId],
    ) -> Result<Vec<CaseId>, StoreError> {
        let query = "SELECT case_id FROM parties WHERE origin = ?1 AND case_id IN LIST ?2";
        let read = |mut row: Row| case_id(&row.take::<String>("case_id")?);
        self.rows(query, &values![origin, case_list(cases)])?.into_iter().map(read).collect()
    }

    /// Notes that a window has or had a case in hand.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add_party(&self, case: CaseId, origin: &str) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO parties (case_id, origin) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            &values![case.to_string(), origin],
        )?;
        Ok(())
    }

    /// Every applied event of a case in some logs, as it stands there, in the order of the logs.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn sealed_of_case(
        &self,
        logs: &[String],
        case: CaseId,
    ) -> Result<Vec<SealedEvent>, StoreError> {
        let query = "SELECT text, hash FROM events
                     WHERE origin IN LIST ?1 AND case_id = ?2 AND code IS NULL
                     ORDER BY origin, seq";
        let read =
            |mut row: Row| Ok(SealedEvent { text: row.take("text")?, hash: row.take("hash")? });
        self.rows(query, &values![logs.to_vec(), case.to_string()])?.into_iter().map(read).collect()
    }

    /// Which other logs hold events of some cases that are not applied.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn refused_elsewhere(
        &self,
        origin: &str,
        cases: &[CaseId],
    ) -> Result<Vec<(CaseId, String)>, StoreError> {
        if cases.is_empty() {
            return Ok(Vec::new());
        }
        let query = "SELECT DISTINCT case_id, origin FROM events
                     WHERE case_id IN LIST ?1 AND origin <> ?2 AND code IS NOT NULL";
        let read = |mut row: Row| {
            Ok((case_id(&row.take::<String>("case_id")?)?, row.take::<String>("origin")?))
        };
        let rows = self.rows(query, &values![case_list(cases), origin])?;
        let mut found = rows.into_iter().map(read).collect::<Result<Vec<_>, StoreError>>()?;
        found.sort();
        Ok(found)
    }

    /// The events of a case in a log that are not applied, in order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn rejected_of_case(
        &self,
        origin: &str,
        case: CaseId,
    ) -> Result<Vec<SealedEvent>, StoreError> {
        let query = "SELECT text, hash FROM events
                     WHERE origin = ?1 AND case_id = ?2 AND code IS NOT NULL ORDER BY seq";
        let read =
            |mut row: Row| Ok(SealedEvent { text: row.take("text")?, hash: row.take("hash")? });
        self.rows(query, &values![origin, case.to_string()])?.into_iter().map(read).collect()
    }

    /// Applies an event after all: what stood in its way has come to be known.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn apply_after_all(&self, origin: &str, seq: u64) -> Result<(), StoreError> {
        self.execute(
            "UPDATE events SET code = NULL, field = NULL, message = NULL
             WHERE origin = ?1 AND seq = ?2",
            &values![origin, seq],
        )?;
        Ok(())
    }
}

#[cfg(test)]
impl Tx<'_> {
    /// As after a backup from before a log was begun.
    pub(crate) fn forget_log(&self, origin: &str) -> Result<(), StoreError> {
        // A backup knows nothing of the guard that keeps the log as it is.
        self.execute("DROP TRIGGER IF EXISTS events_stay ON events", &values![])
            .or_else(|_| self.execute("DROP TRIGGER IF EXISTS events_stay", &values![]))?;
        self.execute("DELETE FROM parties WHERE origin = ?1", &values![origin])?;
        self.execute("DELETE FROM events WHERE origin = ?1", &values![origin])?;
        self.execute("DELETE FROM heads WHERE origin = ?1", &values![origin])?;
        Ok(())
    }
}
