//! What this window takes most, counted from its cases, and what its clerks starred.

use rusqlite::params;

use crate::error::StorageError;
use crate::store::{Store, Tx};

impl Store {
    /// Changes with every new case, and is cheap to ask: whether [`Self::matters_taken`] must be
    /// counted again.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn newest_case(&self) -> Result<Option<i64>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached("SELECT max(rowid) FROM cases")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// The matters of the `last` cases by day of filing and how often each was taken, the most
    /// often first, at most `most`.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn matters_taken(&self, last: u32, most: u32) -> Result<Vec<(String, u32)>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached(
            "SELECT matter_code, count(*) AS times
             FROM (SELECT matter_code FROM cases ORDER BY filed_on DESC, matter_code LIMIT ?1)
             GROUP BY matter_code ORDER BY times DESC, matter_code LIMIT ?2",
        )?;
        let rows = statement.query_map([last, most], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The codes of the matters that a clerk starred. Some may be in no guide any more.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn starred_matters(&self, clerk: &str) -> Result<Vec<String>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached(
            "SELECT matter FROM starred_matters WHERE clerk = ?1 ORDER BY matter",
        )?;
        let rows = statement.query_map([clerk], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Stars a matter for a clerk, or takes the star away; either may be so already.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn star_matter(&self, clerk: &str, code: &str, starred: bool) -> Result<(), StorageError> {
        let text = if starred {
            "INSERT OR IGNORE INTO starred_matters (clerk, matter) VALUES (?1, ?2)"
        } else {
            "DELETE FROM starred_matters WHERE clerk = ?1 AND matter = ?2"
        };
        self.sql.prepare_cached(text)?.execute(params![clerk, code])?;
        Ok(())
    }
}
