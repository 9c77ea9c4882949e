//! Numbers given out: of cases, and of formal papers (发文字号). A number is kept for ever, also where
//! what it was for was never finished.

use jiff::civil::Date;
use rusqlite::{Connection, ErrorCode, params};
use yichuang_domain::numbering::{CaseNumber, NumberSource};

use crate::error::StorageError;
use crate::key::KeyError;
use crate::meta;
use crate::store::Tx;

/// Behind which sequence numbers go on.
const BASE: &str = "numbers.base";
/// How far apart the sequences of two copies of a window are at least: more than it gives out in a
/// day, or in a year of one kind of paper.
const APART: u32 = 100_000;
/// How many such ranges there are: sequences stay within 32 bits.
const RANGES: u32 = u32::MAX / APART - 1;

/// Goes on behind a random range of sequence numbers. What the database of before gave out after
/// its backup is not known, and may be in applicants' hands: numbers must not meet it, nor those of
/// another copy of the same backup.
pub(crate) fn begin_range(sql: &Connection) -> Result<(), StorageError> {
    let mut random = [0; 4];
    getrandom::fill(&mut random).map_err(|_| KeyError::Random)?;
    // The first range is that of a window that was never put back.
    let range = 1 + u32::from_le_bytes(random) % RANGES;
    meta::set(sql, BASE, &(range * APART).to_string())
}

impl Tx<'_> {
    /// Gives out the next number of that day.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn next_number(&self, source: &NumberSource, on: Date) -> Result<CaseNumber, StorageError> {
        let prefix = format!("{}{on}", source.prefix());
        let sequence = self.next_sequence(&prefix)?;
        let number = CaseNumber::new(source, on, sequence);
        self.keep_number(&prefix, sequence, number.as_str())?;
        Ok(number)
    }

    /// Gives out the next 发文字号 of a prefix (authority, kind, year, window), as `write` puts it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn next_formal_number(
        &self,
        prefix: &str,
        write: impl FnOnce(u32) -> String,
    ) -> Result<String, StorageError> {
        // Another namespace than case numbers, which begin with a digit or a letter.
        let prefix = format!("字号 {prefix}");
        let sequence = self.next_sequence(&prefix)?;
        let number = write(sequence);
        self.keep_number(&prefix, sequence, &number)?;
        Ok(number)
    }

    pub(crate) fn next_sequence(&self, prefix: &str) -> Result<u32, StorageError> {
        let base = meta::number(&self.sql, BASE)?.unwrap_or(0);
        Ok(self.sql.query_row(
            "SELECT coalesce(max(sequence), ?2) + 1 FROM numbers
             WHERE prefix = ?1 AND sequence > ?2 AND sequence < ?2 + ?3",
            params![prefix, base, APART],
            |row| row.get(0),
        )?)
    }

    pub(crate) fn keep_number(
        &self,
        prefix: &str,
        sequence: u32,
        number: &str,
    ) -> Result<(), StorageError> {
        let kept = self.sql.execute(
            "INSERT INTO numbers (prefix, sequence, number) VALUES (?1, ?2, ?3)",
            params![prefix, sequence, number],
        );
        match kept {
            Ok(_) => Ok(()),
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                // A guard refuses by the same code as a number that is taken.
                Err(match StorageError::from(error) {
                    guard @ StorageError::Training => guard,
                    _ => StorageError::NumberTaken(number.to_string()),
                })
            }
            Err(error) => Err(error.into()),
        }
    }
}
