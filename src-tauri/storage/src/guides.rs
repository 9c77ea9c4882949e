//! Guide releases, kept as the exact text that was imported.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, params};

use crate::error::StorageError;
use crate::meta;
use crate::store::{Store, Tx};

const CURRENT: &str = "guide.current";

/// A release as stored.
#[derive(Clone, Debug)]
pub struct StoredGuide {
    /// SHA-256 of the text.
    pub digest: String,
    /// Release number.
    pub release: u32,
    /// The package.
    pub text: String,
}

impl Store {
    /// The release in use.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn current_guide(&self) -> Result<Option<StoredGuide>, StorageError> {
        let digest = meta::get(&self.lock(), CURRENT)?;
        digest.map_or(Ok(None), |digest| self.guide(&digest))
    }

    /// The digest of the release in use: cheap, to see whether it changed.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn current_guide_digest(&self) -> Result<Option<String>, StorageError> {
        meta::get(&self.lock(), CURRENT)
    }

    /// The release of that digest.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn guide(&self, digest: &str) -> Result<Option<StoredGuide>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached("SELECT * FROM guides WHERE digest = ?1")?;
        let found = statement.query_row([digest], |row| {
            Ok(StoredGuide {
                digest: row.get("digest")?,
                release: row.get("release")?,
                text: row.get("text")?,
            })
        });
        Ok(found.optional()?)
    }
}

impl Store {
    /// The release that was taken in last before the one in use.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn earlier_guide(&self) -> Result<Option<StoredGuide>, StorageError> {
        let digest = {
            let sql = self.lock();
            let current = meta::get(&sql, CURRENT)?;
            let mut statement = sql.prepare_cached(
                "SELECT digest FROM guides WHERE digest IS NOT ?1 ORDER BY rowid DESC LIMIT 1",
            )?;
            statement.query_row([current], |row| row.get::<_, String>("digest")).optional()?
        };
        digest.map_or(Ok(None), |digest| self.guide(&digest))
    }
}

impl Tx<'_> {
    /// The number of the release in use.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn current_release(&self) -> Result<Option<(u32, String)>, StorageError> {
        let Some(digest) = meta::get(&self.sql, CURRENT)? else { return Ok(None) };
        let query = "SELECT release FROM guides WHERE digest = ?1";
        let release = self.sql.query_row(query, [&digest], |row| row.get(0)).optional()?;
        Ok(release.map(|release| (release, digest)))
    }

    /// Keeps a release and makes it the one in use.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn switch_guide(&self, guide: &StoredGuide, at: Timestamp) -> Result<(), StorageError> {
        self.sql.execute(
            "INSERT INTO guides (digest, release, text, imported_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (digest) DO NOTHING",
            params![guide.digest, guide.release, guide.text, at.to_string()],
        )?;
        meta::set(&self.sql, CURRENT, &guide.digest)
    }
}
