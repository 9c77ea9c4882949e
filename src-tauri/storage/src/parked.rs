//! What the hub refused of this window's logs, and why. Written down as the hub tells it; what
//! becomes of the case is decided by people.

use rusqlite::params;

use crate::error::StorageError;
use crate::store::Store;
use crate::upstream::own_log;

/// An event that the hub refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parked {
    /// Which of this window's logs it stands in.
    pub log: String,
    /// Its position in that log.
    pub seq: u64,
    /// Its case.
    pub case: String,
    /// Machine-readable.
    pub code: String,
    /// Which field.
    pub field: String,
    /// In words.
    pub message: String,
}

impl Store {
    /// Remembers what the hub refused.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn park(&self, refused: &[Parked]) -> Result<(), StorageError> {
        self.write(|tx| {
            let mut statement = tx.sql.prepare_cached(
                "INSERT OR REPLACE INTO parked (log, seq, case_id, code, field, message)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?;
            for p in refused {
                statement.execute(params![p.log, p.seq, p.case, p.code, p.field, p.message])?;
            }
            Ok(())
        })
    }

    /// Forgets refusals that no longer stand.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn unpark(&self, over: &[Parked]) -> Result<(), StorageError> {
        self.write(|tx| {
            let mut statement =
                tx.sql.prepare_cached("DELETE FROM parked WHERE log = ?1 AND seq = ?2")?;
            for p in over {
                statement.execute(params![p.log, p.seq])?;
            }
            Ok(())
        })
    }

    /// What the hub refused, in the order of the logs; that which is written in is the last one.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn parked(&self) -> Result<Vec<Parked>, StorageError> {
        let sql = self.lock();
        let mut statement =
            sql.prepare_cached("SELECT * FROM parked ORDER BY log = ?1, log, seq")?;
        let rows = statement.query_map([own_log(&sql)?], |row| {
            Ok(Parked {
                log: row.get("log")?,
                seq: row.get("seq")?,
                case: row.get("case_id")?,
                code: row.get("code")?,
                field: row.get("field")?,
                message: row.get("message")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
