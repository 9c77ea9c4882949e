//! Cases of other windows that this one asked for (接办), until they are here or were refused.

use jiff::Timestamp;
use rusqlite::{Row, params};
use yichuang_domain::case::Actor;
use yichuang_domain::numbering::CaseNumber;

use crate::error::StorageError;
use crate::store::{Store, Tx};

/// A case that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedCase {
    /// 办件编号.
    pub number: String,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub actor: Actor,
    /// When.
    pub asked_at: String,
    /// Why the hub refused: code and words; none while it has not answered.
    pub refused: Option<(String, String)>,
}

fn read(row: &Row<'_>) -> rusqlite::Result<WantedCase> {
    let refused = row.get::<_, Option<String>>("code")?.zip(row.get("message")?);
    Ok(WantedCase {
        number: row.get("number")?,
        reason: row.get("reason")?,
        actor: Actor { id: row.get("clerk")?, name: row.get("clerk_name")? },
        asked_at: row.get("asked_at")?,
        refused,
    })
}

impl Store {
    /// Every case that was asked for and is not here, the newest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn wanted_cases(&self) -> Result<Vec<WantedCase>, StorageError> {
        let sql = self.lock();
        let query = "SELECT * FROM wanted_cases ORDER BY asked_at DESC, number";
        let mut statement = sql.prepare_cached(query)?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The hub refused a case that was asked for.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn refuse_wanted(
        &self,
        number: &str,
        code: &str,
        message: &str,
    ) -> Result<(), StorageError> {
        let query = "UPDATE wanted_cases SET code = ?2, message = ?3 WHERE number = ?1";
        self.lock().prepare_cached(query)?.execute(params![number, code, message])?;
        Ok(())
    }

    /// Asks no longer for a case; whether it was asked for.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget_wanted(&self, number: &str) -> Result<bool, StorageError> {
        let query = "DELETE FROM wanted_cases WHERE number = ?1";
        Ok(self.lock().prepare_cached(query)?.execute([number])? > 0)
    }
}

impl Tx<'_> {
    /// Asks for a case, or asks again.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn want_case(
        &self,
        number: &CaseNumber,
        (actor, reason): (&Actor, &str),
        at: Timestamp,
    ) -> Result<(), StorageError> {
        let mut statement = self.sql.prepare_cached(
            "INSERT OR REPLACE INTO wanted_cases (number, reason, clerk, clerk_name, asked_at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        statement.execute(params![
            number.as_str(),
            reason,
            actor.id,
            actor.name,
            at.to_string()
        ])?;
        Ok(())
    }
}
