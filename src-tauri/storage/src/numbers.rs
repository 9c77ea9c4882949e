//! Numbers given out: of cases, and of formal papers (发文字号). A number is kept for ever, also where
//! what it was for was never finished.

use jiff::civil::Date;
use rusqlite::{ErrorCode, params};
use yichuang_domain::numbering::{CaseNumber, NumberSource};

use crate::error::StorageError;
use crate::store::Tx;

impl Tx<'_> {
    /// Gives out the next number of that day.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn next_number(&self, source: &NumberSource, on: Date) -> Result<CaseNumber, StorageError> {
        let mark = if source.practice { "YS-" } else { "" };
        let NumberSource { region, station, device, .. } = source;
        let prefix = format!("{mark}{region}-{station}-{device}-{on}");
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
        Ok(self.sql.query_row(
            "SELECT coalesce(max(sequence), 0) + 1 FROM numbers WHERE prefix = ?1",
            [prefix],
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
                Err(StorageError::NumberTaken(number.to_string()))
            }
            Err(error) => Err(error.into()),
        }
    }
}
