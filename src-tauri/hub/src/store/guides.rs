//! Published guide releases, and the parts in which they travel.

use jiff::Timestamp;
use serde::Serialize;
use yichuang_protocol::SignedText;
use yichuang_protocol::limits::PART_BYTES;

use super::engine::values;
use super::{Row, StoreError, Tx};

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

fn guide(mut row: Row) -> Result<PublishedGuide, StoreError> {
    let at: String = row.take("published_at")?;
    Ok(PublishedGuide {
        release: row.take("release")?,
        digest: row.take("digest")?,
        region: row.take("region")?,
        issued_on: row.take("issued_on")?,
        matters: row.take("matters")?,
        sample: row.take("sample")?,
        length: row.take("length")?,
        published_at: at.parse().map_err(|_| StoreError::Unreadable("发布时间"))?,
        statement: SignedText { text: row.take("statement")?, signature: row.take("signature")? },
    })
}

impl Tx<'_> {
    /// The newest releases, the newest first, `limit` at most.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn newest_guides(&self, limit: usize) -> Result<Vec<PublishedGuide>, StoreError> {
        let query = "SELECT release, digest, region, issued_on, matters, sample, length,
                       published_at, statement, signature
                     FROM guides ORDER BY release DESC LIMIT ?1";
        self.rows(query, &values![limit])?.into_iter().map(guide).collect()
    }

    /// The release that has a digest.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn guide_with(&self, digest: &str) -> Result<Option<PublishedGuide>, StoreError> {
        let query = "SELECT release, digest, region, issued_on, matters, sample, length,
                       published_at, statement, signature
                     FROM guides WHERE digest = ?1";
        self.row(query, &values![digest])?.map(guide).transpose()
    }

    /// Keeps a release.
    ///
    /// # Errors
    /// [`StoreError`], also if its number or digest is taken.
    pub fn add_guide(&self, guide: &PublishedGuide) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO guides (release, digest, region, issued_on, matters, sample, length,
               published_at, statement, signature)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            &values![
                guide.release,
                &guide.digest,
                &guide.region,
                &guide.issued_on,
                guide.matters,
                guide.sample,
                guide.length,
                guide.published_at.to_string(),
                &guide.statement.text,
                &guide.statement.signature,
            ],
        )?;
        Ok(())
    }

    /// Keeps a packed form, cut into parts.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add_packed(&self, way: Way<'_>, packed: &[u8]) -> Result<(), StoreError> {
        let query = "INSERT INTO guide_parts (digest, base, part, bytes) VALUES (?1, ?2, ?3, ?4)";
        for (part, bytes) in packed.chunks(PART_BYTES).enumerate() {
            self.execute(query, &values![way.digest, way.base.unwrap_or_default(), part, bytes])?;
        }
        Ok(())
    }

    /// Forgets every delta: only those to the newest release are of use.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget_deltas(&self) -> Result<(), StoreError> {
        self.execute("DELETE FROM guide_parts WHERE base <> ''", &values![])?;
        Ok(())
    }

    /// The bytes of a packed form; none where there is no such form.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn packed_len(&self, way: Way<'_>) -> Result<Option<u64>, StoreError> {
        let query = "SELECT sum(length(bytes)) AS bytes FROM guide_parts
                     WHERE digest = ?1 AND base = ?2";
        let row = self.row(query, &values![way.digest, way.base.unwrap_or_default()])?;
        row.map_or(Ok(None), |mut row| row.take("bytes"))
    }

    /// A part of a packed form; none where there is no such part.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn packed_part(&self, way: Way<'_>, part: u32) -> Result<Option<Vec<u8>>, StoreError> {
        let query = "SELECT bytes FROM guide_parts WHERE digest = ?1 AND base = ?2 AND part = ?3";
        let row = self.row(query, &values![way.digest, way.base.unwrap_or_default(), part])?;
        row.map(|mut row| row.take("bytes")).transpose()
    }

    /// The whole packed release.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn packed(&self, digest: &str) -> Result<Vec<u8>, StoreError> {
        let query = "SELECT bytes FROM guide_parts WHERE digest = ?1 AND base = '' ORDER BY part";
        let mut whole = Vec::new();
        for mut row in self.rows(query, &values![digest])? {
            whole.extend(row.take::<Vec<u8>>("bytes")?);
        }
        Ok(whole)
    }
}
