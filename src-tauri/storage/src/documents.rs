//! The archive: every issued paper, byte for byte.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, params};
use yichuang_domain::case::CaseId;
use yichuang_domain::document::{DocumentKind, DocumentNumber};

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
    /// The PDF.
    pub pdf: Vec<u8>,
}

impl Store {
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
        case: CaseId,
        kind: DocumentKind,
        number: &DocumentNumber,
        sha256: &str,
        pdf: &[u8],
        at: Timestamp,
    ) -> Result<(), StorageError> {
        self.sql.execute(
            "INSERT INTO documents (number, case_id, kind, sha256, issued_at, pdf)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![number.as_str(), case.to_string(), kind.as_str(), sha256, at.to_string(), pdf],
        )?;
        Ok(())
    }
}
