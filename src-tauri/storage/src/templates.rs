//! The editions of the paper templates that were installed here. They are never changed or removed:
//! an issued paper names the edition it was written by.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::error::StorageError;
use crate::store::{Store, Tx};

/// An edition of the templates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateEdition {
    /// From 1, without gaps.
    pub edition: u32,
    /// The set as it was given; none for the program's own.
    pub text: Option<String>,
    /// When it was installed.
    pub installed_at: String,
    /// The name of who installed it.
    pub installed_by: String,
    /// What they said about it; may be empty.
    pub note: String,
}

fn edition(row: &Row<'_>) -> rusqlite::Result<TemplateEdition> {
    Ok(TemplateEdition {
        edition: row.get("edition")?,
        text: row.get("text")?,
        installed_at: row.get("installed_at")?,
        installed_by: row.get("installed_by")?,
        note: row.get("note")?,
    })
}

fn newest(sql: &Connection) -> Result<Option<TemplateEdition>, StorageError> {
    let mut statement =
        sql.prepare_cached("SELECT * FROM paper_templates ORDER BY edition DESC LIMIT 1")?;
    Ok(statement.query_row([], edition).optional()?)
}

impl Store {
    /// The edition in use; none where the program's own was never replaced.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn templates(&self) -> Result<Option<TemplateEdition>, StorageError> {
        newest(&self.lock())
    }

    /// Every edition, the newest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn template_editions(&self) -> Result<Vec<TemplateEdition>, StorageError> {
        let sql = self.lock();
        let mut statement =
            sql.prepare_cached("SELECT * FROM paper_templates ORDER BY edition DESC")?;
        let found = statement.query_map([], edition)?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// The edition in use; none where the program's own was never replaced.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn templates(&self) -> Result<Option<TemplateEdition>, StorageError> {
        newest(&self.sql)
    }

    /// Takes a set into use as the next edition; none goes back to the program's own. Returns its
    /// number.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn install_templates(
        &self,
        text: Option<&str>,
        by: &str,
        note: &str,
        at: Timestamp,
    ) -> Result<u32, StorageError> {
        let edition = newest(&self.sql)?.map_or(0, |newest| newest.edition).saturating_add(1);
        self.sql.execute(
            "INSERT INTO paper_templates (edition, text, installed_at, installed_by, note)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![edition, text, at.to_string(), by, note],
        )?;
        Ok(edition)
    }
}
