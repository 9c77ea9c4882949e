//! Guide releases, kept byte for byte, and what is known of the hub's.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

use crate::error::StorageError;
use crate::meta;
use crate::store::{Store, Tx};

const CURRENT: &str = "guide.current";
const TROUBLE: &str = "guide.trouble";

/// How hard a release is packed: quick, because a window does it while somebody waits.
const LEVEL: i32 = 3;

const UNREADABLE: StorageError = StorageError::Unreadable { what: "办事指南" };

/// Where a release came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuideSource {
    /// With the program.
    Bundled,
    /// From a file that somebody imported.
    File,
    /// From the hub.
    Hub,
}

impl GuideSource {
    const ALL: [Self; 3] = [Self::Bundled, Self::File, Self::Hub];

    fn as_str(self) -> &'static str {
        match self {
            Self::Bundled => "bundled",
            Self::File => "file",
            Self::Hub => "hub",
        }
    }

    fn parse(text: &str) -> Result<Self, StorageError> {
        Self::ALL.into_iter().find(|source| source.as_str() == text).ok_or(UNREADABLE)
    }
}

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

/// The release in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideInUse {
    /// SHA-256 of its text.
    pub digest: String,
    /// Release number.
    pub release: u32,
    /// Where it came from.
    pub source: GuideSource,
    /// Since when it is in use.
    pub since: Timestamp,
}

/// A release that is to be taken into use, packed before anybody has to wait for it.
#[derive(Clone, Debug)]
pub struct NewGuide {
    digest: String,
    release: u32,
    source: GuideSource,
    length: usize,
    packed: Vec<u8>,
}

impl NewGuide {
    /// Packs a release.
    ///
    /// # Errors
    /// [`StorageError::Unreadable`] if it can't be packed.
    pub fn pack(
        digest: &str,
        release: u32,
        text: &str,
        source: GuideSource,
    ) -> Result<Self, StorageError> {
        let packed = zstd::bulk::compress(text.as_bytes(), LEVEL).map_err(|_| UNREADABLE)?;
        Ok(Self { digest: digest.to_owned(), release, source, length: text.len(), packed })
    }

    /// SHA-256 of its text.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Release number.
    pub fn release(&self) -> u32 {
        self.release
    }

    /// Where it comes from.
    pub fn source(&self) -> GuideSource {
        self.source
    }
}

fn unpack(packed: &[u8], length: usize) -> Result<String, StorageError> {
    let bytes = zstd::bulk::decompress(packed, length).map_err(|_| UNREADABLE)?;
    String::from_utf8(bytes).map_err(|_| UNREADABLE)
}

/// Why the hub's newest release is not in use here. Kept, so that it is said until it is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideTrouble {
    /// The number of the release; none where that could not be learnt.
    pub release: Option<u32>,
    /// Its digest; none where that could not be learnt.
    pub digest: Option<String>,
    /// For machines.
    pub code: String,
    /// In the clerk's words.
    pub message: String,
    /// Whether it may pass by itself.
    pub passing: bool,
    /// When it happened.
    pub at: Timestamp,
}

fn in_use(sql: &Connection) -> Result<Option<GuideInUse>, StorageError> {
    let Some(digest) = meta::get(sql, CURRENT)? else { return Ok(None) };
    let query = "SELECT release, source, imported_at FROM guides WHERE digest = ?1";
    let mut statement = sql.prepare_cached(query)?;
    let row = statement.query_row([&digest], |row| {
        let (source, since): (String, String) = (row.get("source")?, row.get("imported_at")?);
        Ok((row.get("release")?, source, since))
    });
    let Some((release, source, since)) = row.optional()? else { return Ok(None) };
    let source = GuideSource::parse(&source)?;
    let since = since.parse().map_err(|_| UNREADABLE)?;
    Ok(Some(GuideInUse { digest, release, source, since }))
}

impl Store {
    /// The release in use, with its text.
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

    /// The release in use, without its text.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn guide_in_use(&self) -> Result<Option<GuideInUse>, StorageError> {
        in_use(&self.lock())
    }

    /// The release of that digest.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn guide(&self, digest: &str) -> Result<Option<StoredGuide>, StorageError> {
        let row = {
            let sql = self.lock();
            let mut statement = sql.prepare_cached("SELECT * FROM guides WHERE digest = ?1")?;
            let row = statement.query_row([digest], |row| {
                let packed: Option<Vec<u8>> = row.get("packed")?;
                let (text, length): (String, usize) = (row.get("text")?, row.get("length")?);
                Ok((row.get("release")?, packed, text, length))
            });
            row.optional()?
        };
        let Some((release, packed, text, length)) = row else { return Ok(None) };
        // Unpacked without the lock: others need not wait for it.
        let text = packed.map_or(Ok(text), |packed| unpack(&packed, length))?;
        Ok(Some(StoredGuide { digest: digest.to_owned(), release, text }))
    }

    /// Why the hub's newest release is not in use here; none if all is well.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn guide_trouble(&self) -> Result<Option<GuideTrouble>, StorageError> {
        let text = meta::get(&self.lock(), TROUBLE)?.filter(|text| !text.is_empty());
        text.map(|text| serde_json::from_str(&text).map_err(|_| UNREADABLE)).transpose()
    }

    /// Remembers why the hub's newest release is not in use here, or that all is well.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_guide_trouble(&self, trouble: Option<&GuideTrouble>) -> Result<(), StorageError> {
        let text = trouble.map(serde_json::to_string).transpose().map_err(|_| UNREADABLE)?;
        meta::set(&self.lock(), TROUBLE, &text.unwrap_or_default())
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
    /// The release in use, as this transaction sees it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn guide_in_use(&self) -> Result<Option<GuideInUse>, StorageError> {
        in_use(&self.sql)
    }

    /// Keeps a release and makes it the one in use, from now on.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn switch_guide(&self, guide: &NewGuide, at: Timestamp) -> Result<(), StorageError> {
        let NewGuide { digest, release, source, length, packed } = guide;
        self.sql.execute(
            "INSERT INTO guides (digest, release, text, packed, length, source, imported_at)
             VALUES (?1, ?2, '', ?3, ?4, ?5, ?6)
             ON CONFLICT (digest) DO UPDATE
               SET source = excluded.source, imported_at = excluded.imported_at",
            params![digest, release, packed, length, source.as_str(), at.to_string()],
        )?;
        meta::set(&self.sql, CURRENT, digest)
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::key::Key;

    const AT: Timestamp = Timestamp::UNIX_EPOCH;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_with_key(folder.path(), &Key::random().unwrap()).unwrap();
        (folder, store)
    }

    fn take(store: &Store, digest: &str, release: u32, text: &str, source: GuideSource) {
        let guide = NewGuide::pack(digest, release, text, source).unwrap();
        store.write(|tx| tx.switch_guide(&guide, AT)).unwrap();
    }

    #[test]
    fn every_release_comes_out_byte_for_byte_also_after_the_switch() {
        let (_folder, store) = store();
        let texts = ["{\"事项\":\"𠮷\\r\\n\"}\n".repeat(5000), " ".to_owned()];
        take(&store, "a", 1, &texts[0], GuideSource::Bundled);
        take(&store, "b", 2, &texts[1], GuideSource::Hub);
        assert_eq!(store.guide("a").unwrap().unwrap().text, texts[0]);
        assert_eq!(store.current_guide().unwrap().unwrap().text, texts[1]);
        assert!(store.guide("c").unwrap().is_none());
        let in_use = store.guide_in_use().unwrap().unwrap();
        assert_eq!((in_use.release, in_use.source, in_use.since), (2, GuideSource::Hub, AT));
        // Back in use, from another hand: said so.
        take(&store, "a", 1, &texts[0], GuideSource::File);
        assert_eq!(store.guide_in_use().unwrap().unwrap().source, GuideSource::File);
        assert_eq!(store.current_guide().unwrap().unwrap().text, texts[0]);
    }

    #[test]
    fn a_release_of_before_is_still_read() {
        let sql = Connection::open_in_memory().unwrap();
        sql.execute_batch(include_str!("schema/1.sql")).unwrap();
        sql.execute("INSERT INTO guides VALUES ('d', 7, '{}', ?1)", [AT.to_string()]).unwrap();
        sql.execute("INSERT INTO meta VALUES (?1, 'd')", [CURRENT]).unwrap();
        sql.execute_batch(include_str!("schema/2.sql")).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let store = Store::over(sql, folder.path());
        let in_use = store.guide_in_use().unwrap().unwrap();
        assert_eq!((in_use.release, in_use.source, in_use.since), (7, GuideSource::File, AT));
        assert_eq!(store.current_guide().unwrap().unwrap().text, "{}");
    }

    #[test]
    fn trouble_is_kept_until_it_is_over() {
        let (_folder, store) = store();
        assert_eq!(store.guide_trouble().unwrap(), None);
        let trouble = GuideTrouble {
            release: Some(2),
            digest: Some("b".to_owned()),
            code: "guide-damaged".to_owned(),
            message: "…".to_owned(),
            passing: false,
            at: AT,
        };
        store.set_guide_trouble(Some(&trouble)).unwrap();
        assert_eq!(store.guide_trouble().unwrap(), Some(trouble));
        store.set_guide_trouble(None).unwrap();
        assert_eq!(store.guide_trouble().unwrap(), None);
    }
}
