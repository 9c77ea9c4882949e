//! Case numbers given out. A number is kept for ever, also where its case was never finished.

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
        let sequence: u32 = self.sql.query_row(
            "SELECT coalesce(max(sequence), 0) + 1 FROM numbers WHERE prefix = ?1",
            [&prefix],
            |row| row.get(0),
        )?;
        let number = CaseNumber::new(source, on, sequence);
        let kept = self.sql.execute(
            "INSERT INTO numbers (prefix, sequence, number) VALUES (?1, ?2, ?3)",
            params![prefix, sequence, number.as_str()],
        );
        match kept {
            Ok(_) => Ok(number),
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                Err(StorageError::NumberTaken(number.to_string()))
            }
            Err(error) => Err(error.into()),
        }
    }
}
