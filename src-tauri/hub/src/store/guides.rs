//! Published guide releases, and the parts in which they travel.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};
use serde::Serialize;
use yichuang_protocol::SignedText;
use yichuang_protocol::limits::PART_BYTES;

use super::{StoreError, Tx};

/// A release as published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublishedGuide {
    /// Its number.
    pub release: u32,
    /// SHA-256 of its text.
    pub digest: String,
    /// 行政区划代码.
    pub region: String,
    /// The day it was issued, `YYYY-MM-DD`.
    pub issued_on: String,
    /// How many matters it has.
    pub matters: u32,
    /// Whether it is example data (示例).
    pub sample: bool,
    /// The bytes of its text.
    pub length: u64,
    /// When it was published.
    pub published_at: Timestamp,
    /// The hub's signed word for it.
    #[serde(skip)]
    pub statement: SignedText,
}

/// A packed form of a release.
#[derive(Clone, Copy, Debug)]
pub struct Way<'a> {
    /// The digest of the release it leads to.
    pub digest: &'a str,
    /// The digest of the release it starts from; none for the whole release.
    pub base: Option<&'a str>,
}

fn guide(row: &Row<'_>) -> rusqlite::Result<(PublishedGuide, String)> {
    let guide = PublishedGuide {
        release: row.get("release")?,
        digest: row.get("digest")?,
        region: row.get("region")?,
        issued_on: row.get("issued_on")?,
        matters: row.get("matters")?,
        sample: row.get("sample")?,
        length: row.get("length")?,
        published_at: Timestamp::UNIX_EPOCH,
        statement: SignedText { text: row.get("statement")?, signature: row.get("signature")? },
    };
    Ok((guide, row.get("published_at")?))
}

impl Tx<'_> {
    /// The newest releases, the newest first, `limit` at most.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn newest_guides(&self, limit: usize) -> Result<Vec<PublishedGuide>, StoreError> {
        let query = "SELECT * FROM guides ORDER BY release DESC LIMIT ?1";
        let mut statement = self.sql.prepare_cached(query)?;
        let rows = statement.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], guide)?;
        rows.map(|row| {
            let (guide, at) = row?;
            let published_at = at.parse().map_err(|_| StoreError::Unreadable("发布时间"))?;
            Ok(PublishedGuide { published_at, ..guide })
        })
        .collect()
    }

    /// Keeps a release.
    ///
    /// # Errors
    /// [`StoreError`], also if its number or digest is taken.
    pub fn add_guide(&self, guide: &PublishedGuide) -> Result<(), StoreError> {
        self.sql.execute(
            "INSERT INTO guides (release, digest, region, issued_on, matters, sample, length,
               published_at, statement, signature)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                guide.release,
                guide.digest,
                guide.region,
                guide.issued_on,
                guide.matters,
                guide.sample,
                guide.length,
                guide.published_at.to_string(),
                guide.statement.text,
                guide.statement.signature,
            ],
        )?;
        Ok(())
    }

    /// Keeps a packed form, cut into parts.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add_packed(&self, way: Way<'_>, packed: &[u8]) -> Result<(), StoreError> {
        let mut statement = self.sql.prepare_cached(
            "INSERT INTO guide_parts (digest, base, part, bytes) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for (part, bytes) in packed.chunks(PART_BYTES).enumerate() {
            statement.execute(params![way.digest, way.base.unwrap_or_default(), part, bytes])?;
        }
        Ok(())
    }

    /// Forgets every delta: only those to the newest release are of use.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget_deltas(&self) -> Result<(), StoreError> {
        self.sql.execute("DELETE FROM guide_parts WHERE base <> ''", [])?;
        Ok(())
    }

    /// The bytes of a packed form; none where there is no such form.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn packed_len(&self, way: Way<'_>) -> Result<Option<u64>, StoreError> {
        let query = "SELECT sum(length(bytes)) FROM guide_parts WHERE digest = ?1 AND base = ?2";
        let mut statement = self.sql.prepare_cached(query)?;
        let of = params![way.digest, way.base.unwrap_or_default()];
        Ok(statement.query_row(of, |row| row.get(0))?)
    }

    /// A part of a packed form; none where there is no such part.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn packed_part(&self, way: Way<'_>, part: u32) -> Result<Option<Vec<u8>>, StoreError> {
        let query = "SELECT bytes FROM guide_parts WHERE digest = ?1 AND base = ?2 AND part = ?3";
        let mut statement = self.sql.prepare_cached(query)?;
        let of = params![way.digest, way.base.unwrap_or_default(), part];
        Ok(statement.query_row(of, |row| row.get(0)).optional()?)
    }

    /// The whole packed release.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn packed(&self, digest: &str) -> Result<Vec<u8>, StoreError> {
        let query = "SELECT bytes FROM guide_parts WHERE digest = ?1 AND base = '' ORDER BY part";
        let mut statement = self.sql.prepare_cached(query)?;
        let parts = statement.query_map([digest], |row| row.get::<_, Vec<u8>>(0))?;
        Ok(parts.collect::<Result<Vec<_>, _>>()?.concat())
    }
}
