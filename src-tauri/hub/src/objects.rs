//! Where attachments are kept: a folder, or a store that speaks S3.
//!
//! What is here is the truth about what has arrived; the database only knows what was announced.
//! So several hub processes on one store need not tell each other anything, and a store or a
//! database that was restored from a backup is found out by asking.
//!
//! `objects/ab/HASH` is an attachment: it is put there whole, once its bytes were proven.
//! `incoming/DEVICE/HASH/OFFSET` is a chunk that waits for the rest: each device has its own, so
//! that none can spoil what another sends.

mod place;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use futures_util::{StreamExt as _, TryStreamExt as _};
use jiff::Timestamp;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt as _};
use tokio::sync::Semaphore;
use yichuang_domain::case::event::sha256_hex;
use yichuang_protocol::attachment::chunk_len;

pub use self::place::{Place, S3Address};

const OBJECTS: &str = "objects";
const INCOMING: &str = "incoming";
/// How many attachments are put together at once; each takes its size in memory.
const FINISHING: usize = 4;

/// The store failed; nothing was acknowledged.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// The folder or the service refused, or can't be reached.
    #[error("扫描件存储读写失败：{0}")]
    Store(#[from] object_store::Error),
    /// What is kept is not what was proven when it came.
    #[error("存储的扫描件已损坏：{0}")]
    Damaged(String),
}

/// What became of the last chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finished {
    /// The whole is proven and kept.
    Kept,
    /// The chunks did not make what was announced, and are gone.
    Mismatch,
}

/// The attachments of a hub. Cheap to clone; every clone is the same store.
#[derive(Clone)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    finishing: Arc<Semaphore>,
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Objects({})", self.store)
    }
}

/// What a device sends: its code, and what it announced.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// The code of the device.
    pub device: &'a str,
    /// SHA-256 of the whole.
    pub hash: &'a str,
    /// How many bytes the whole has.
    pub size: u64,
}

/// Hashes come from announcements, whose form was checked.
fn object(hash: &str) -> Path {
    Path::from_iter([OBJECTS, hash.get(..2).unwrap_or("--"), hash])
}

impl Incoming<'_> {
    fn folder(self) -> Path {
        Path::from_iter([INCOMING, self.device, self.hash])
    }

    fn chunk(self, offset: u64) -> Path {
        self.folder().join(format!("{offset:010}"))
    }
}

impl Objects {
    pub(crate) fn over(store: Arc<dyn ObjectStore>) -> Self {
        Self { store, finishing: Arc::new(Semaphore::new(FINISHING)) }
    }

    /// Whether the whole of an attachment is here.
    ///
    /// # Errors
    /// [`ObjectError::Store`].
    pub async fn holds(&self, hash: &str, size: u64) -> Result<bool, ObjectError> {
        match self.store.head(&object(hash)).await {
            Ok(meta) => Ok(meta.size == size),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// The bytes of an attachment, proven; none where it is not here.
    ///
    /// # Errors
    /// [`ObjectError`].
    pub async fn read(&self, hash: &str) -> Result<Option<Vec<u8>>, ObjectError> {
        let found = match self.store.get(&object(hash)).await {
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            found => found?,
        };
        let bytes = Vec::from(found.bytes().await?);
        if sha256_hex(&bytes) != hash {
            return Err(ObjectError::Damaged(hash.to_owned()));
        }
        Ok(Some(bytes))
    }

    /// How many bytes from the first wait here, without a gap. Never all: the last chunk is not
    /// kept by itself.
    ///
    /// # Errors
    /// [`ObjectError::Store`].
    pub async fn received(&self, incoming: Incoming<'_>) -> Result<u64, ObjectError> {
        let chunks = self.chunks(incoming).await?;
        let mut end = 0;
        while let Some(len) = chunk_len(incoming.size, end) {
            if end + len >= incoming.size || chunks.get(&incoming.chunk(end)) != Some(&len) {
                break;
            }
            end += len;
        }
        Ok(end)
    }

    /// The chunks that wait, with their sizes.
    async fn chunks(&self, incoming: Incoming<'_>) -> Result<BTreeMap<Path, u64>, ObjectError> {
        let listed = self.store.list(Some(&incoming.folder()));
        Ok(listed.map_ok(|meta| (meta.location, meta.size)).try_collect().await?)
    }

    /// Keeps a chunk that is not the last. It is durable when this returns.
    ///
    /// # Errors
    /// [`ObjectError::Store`].
    pub async fn stage(
        &self,
        incoming: Incoming<'_>,
        offset: u64,
        bytes: Vec<u8>,
    ) -> Result<(), ObjectError> {
        self.store.put(&incoming.chunk(offset), bytes.into()).await?;
        Ok(())
    }

    /// Puts the chunks that wait and the last one together, proves the whole, and keeps it. It is
    /// durable when this returns.
    ///
    /// # Errors
    /// [`ObjectError::Store`].
    pub async fn finish(
        &self,
        incoming: Incoming<'_>,
        last: &[u8],
    ) -> Result<Finished, ObjectError> {
        // Never closed: an error can't happen, and would only mean no limit.
        let _turn = self.finishing.acquire().await;
        let mut whole = Vec::with_capacity(usize::try_from(incoming.size).unwrap_or_default());
        while (whole.len() + last.len()) as u64 != incoming.size {
            let chunk = self.store.get(&incoming.chunk(whole.len() as u64)).await?.bytes().await?;
            whole.extend_from_slice(&chunk);
            if whole.len() as u64 > incoming.size {
                break;
            }
        }
        whole.extend_from_slice(last);
        let (whole, hash) = match tokio::task::spawn_blocking(move || {
            let hash = sha256_hex(&whole);
            (whole, hash)
        })
        .await
        {
            Ok(done) => done,
            Err(source) => return Err(object_store::Error::JoinError { source }.into()),
        };
        let proven = whole.len() as u64 == incoming.size && hash == incoming.hash;
        if proven {
            self.store.put(&object(incoming.hash), whole.into()).await?;
        }
        if let Err(error) = self.forget(incoming).await {
            // They are in nobody's way, and are swept later.
            tracing::warn!(%error, "chunks that are no longer needed stay for now");
        }
        Ok(if proven { Finished::Kept } else { Finished::Mismatch })
    }

    /// Forgets what a device sent of an attachment.
    async fn forget(&self, incoming: Incoming<'_>) -> Result<(), ObjectError> {
        let chunks = self.chunks(incoming).await?;
        self.delete(chunks.into_keys().collect()).await
    }

    async fn delete(&self, paths: Vec<Path>) -> Result<(), ObjectError> {
        let paths = futures_util::stream::iter(paths.into_iter().map(Ok)).boxed();
        let mut deleted = self.store.delete_stream(paths);
        while let Some(done) = deleted.next().await {
            match done {
                // Another process was first.
                Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Forgets chunks of before a time: nobody came back with the rest. How many there were.
    ///
    /// # Errors
    /// [`ObjectError::Store`].
    pub async fn forget_abandoned(&self, before: Timestamp) -> Result<usize, ObjectError> {
        let old = |meta: &ObjectMeta| meta.last_modified.timestamp() < before.as_second();
        let listed = self.store.list(Some(&Path::from(INCOMING)));
        let found: Vec<Path> = listed
            .try_filter_map(async |meta| Ok(old(&meta).then_some(meta.location)))
            .try_collect()
            .await?;
        let count = found.len();
        self.delete(found).await?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
