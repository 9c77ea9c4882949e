//! What came back from the departments and nobody has looked at yet.

use rusqlite::{Connection, params};
use yichuang_domain::case::words::title;
use yichuang_domain::case::{CaseId, Event};
use yichuang_domain::review::is_for_the_window;

use crate::error::StorageError;
use crate::store::{Store, Tx};

/// Notes an event that the hub sent, if it is for a clerk to know of.
pub(crate) fn note(sql: &Connection, event: &Event) -> Result<(), StorageError> {
    if !is_for_the_window(&event.body) {
        return Ok(());
    }
    // The numbering is of the arrivals here: clocks of others don't order them.
    let query = "INSERT INTO news (case_id, what, seq)
         VALUES (?1, ?2, (SELECT coalesce(max(seq), 0) + 1 FROM news))
         ON CONFLICT (case_id) DO UPDATE SET what = excluded.what, seq = excluded.seq";
    sql.prepare_cached(query)?.execute(params![event.case.to_string(), title(&event.body)])?;
    Ok(())
}

impl Store {
    /// Every case with news, and what, the newest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn news(&self) -> Result<Vec<(String, String)>, StorageError> {
        let sql = self.lock();
        let mut statement =
            sql.prepare_cached("SELECT case_id, what FROM news ORDER BY seq DESC")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// A clerk has looked at a case.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget_news(&self, case: CaseId) -> Result<(), StorageError> {
        let query = "DELETE FROM news WHERE case_id = ?1";
        self.sql.prepare_cached(query)?.execute([case.to_string()])?;
        Ok(())
    }
}
