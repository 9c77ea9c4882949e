//! The archive: every issued paper, byte for byte.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, params};

use crate::error::StorageError;
use crate::store::{Store, Tx};

/// An archived paper.
#[derive(Clone, Debug)]
pub struct ArchivedDocument {
    /// 文号.
    pub number: String,
    /// Whose it is.
    pub case: String,
    /// The name of its kind.
    pub kind: String,
    /// SHA-256 of the PDF.
    pub sha256: String,
    /// How many copies (联) the PDF holds.
    pub parts: u32,
    /// What it says, as JSON, to be set on a slip; none for papers of an earlier version.
    pub words: Option<String>,
    /// The PDF.
    pub pdf: Vec<u8>,
}

impl Store {
    /// Whether the paper of that number is archived here.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn has_document(&self, number: &str) -> Result<bool, StorageError> {
        let sql = self.lock();
        let query = "SELECT EXISTS (SELECT 1 FROM documents WHERE number = ?1)";
        Ok(sql.prepare_cached(query)?.query_row([number], |row| row.get(0))?)
    }

    /// The paper of that number.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn document(&self, number: &str) -> Result<Option<ArchivedDocument>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached("SELECT * FROM documents WHERE number = ?1")?;
        let found = statement.query_row([number], |row| {
            Ok(ArchivedDocument {
                number: row.get("number")?,
                case: row.get("case_id")?,
                kind: row.get("kind")?,
                sha256: row.get("sha256")?,
                parts: row.get("parts")?,
                words: row.get("words")?,
                pdf: row.get("pdf")?,
            })
        });
        Ok(found.optional()?)
    }
}

impl Tx<'_> {
    /// Archives a paper.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn archive_document(
        &self,
        document: &ArchivedDocument,
        at: Timestamp,
    ) -> Result<(), StorageError> {
        let ArchivedDocument { number, case, kind, sha256, parts, words, pdf } = document;
        self.sql.execute(
            "INSERT INTO documents (number, case_id, kind, sha256, issued_at, parts, words, pdf)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![number, case, kind, sha256, at.to_string(), parts, words, pdf],
        )?;
        Ok(())
    }
}
