//! The folder of attachments: one encrypted file for each, under a name that tells nothing.
//!
//! A file is cut into blocks that are sealed one by one (STREAM over XChaCha20-Poly1305: the place
//! of a block and whether it is the last are part of its nonce), so that any part can be read and
//! proven without the rest, and no block can be changed, moved, repeated or left away unseen. Each
//! file has a random key of its own, which is in the encrypted database only: a file whose row is
//! gone can't be read by anybody. It knows no SQL.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use aead_stream::{NewStream as _, StreamBE32, StreamPrimitive as _};
use chacha20poly1305::XChaCha20Poly1305;
use zeroize::Zeroizing;

use crate::error::StorageError;

/// The folder below the data folder.
const FOLDER: &str = "attachments";
/// Who holds this file shared is writing; who holds it alone may clear away.
const LOCK: &str = ".lock";
/// The plain bytes of a block; the last may be shorter.
const BLOCK: usize = 64 * 1024;
/// What sealing adds to a block.
const TAG: usize = 16;

/// The key of one file.
pub(crate) type FileKey = Zeroizing<[u8; 32]>;

/// Where attachments lie.
#[derive(Debug)]
pub(crate) struct Vault {
    folder: PathBuf,
}

/// A file that was written and synced to disk. While it is held nothing is cleared away.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) name: String,
    pub(crate) key: FileKey,
}

/// Keeps others from clearing away.
#[derive(Debug)]
pub(crate) struct Shared {
    /// Unlocked when closed.
    _file: File,
}

fn failed(error: io::Error) -> StorageError {
    StorageError::AttachmentFile(error)
}

fn gone_or_failed(error: io::Error) -> StorageError {
    match error.kind() {
        io::ErrorKind::NotFound => StorageError::AttachmentMissing,
        _ => failed(error),
    }
}

/// How many blocks a file of `size` plain bytes has.
fn blocks(size: u64) -> u64 {
    size.div_ceil(BLOCK as u64)
}

fn stream(key: &FileKey) -> StreamBE32<XChaCha20Poly1305> {
    // The nonce may be constant: a key seals one file, once.
    StreamBE32::new((&**key).into(), &Default::default())
}

fn number(block: u64) -> Result<u32, StorageError> {
    u32::try_from(block).map_err(|_| StorageError::AttachmentDamaged)
}

impl Vault {
    /// The vault of a data folder.
    pub(crate) fn of(data: &Path) -> Self {
        Self { folder: data.join(FOLDER) }
    }

    fn lock_file(&self) -> io::Result<File> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.folder)?;
        private(OpenOptions::new().write(true).create(true).truncate(false))
            .open(self.folder.join(LOCK))
    }

    /// Keeps others, in this process or another, from clearing away until it is dropped.
    pub(crate) fn shared(&self) -> Result<Shared, StorageError> {
        let file = self.lock_file().map_err(failed)?;
        file.lock_shared().map_err(failed)?;
        Ok(Shared { _file: file })
    }

    /// Does something where nobody is writing; false where somebody is.
    fn alone(&self, work: impl FnOnce() -> Result<(), StorageError>) -> Result<bool, StorageError> {
        if !self.folder.is_dir() {
            return Ok(true);
        }
        let lock = self.lock_file().map_err(failed)?;
        if lock.try_lock().is_err() {
            return Ok(false);
        }
        work().map(|()| true)
    }

    /// Clears the whole folder where nobody is writing: `keep` says which files stay. False where
    /// somebody is.
    pub(crate) fn clear(
        &self,
        keep: impl FnOnce() -> Result<HashSet<String>, StorageError>,
    ) -> Result<bool, StorageError> {
        self.alone(|| {
            let keep = keep()?;
            for entry in fs::read_dir(&self.folder).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                let name = entry.file_name();
                let stays = name.to_str().is_none_or(|name| name == LOCK || keep.contains(name));
                if !stays {
                    fs::remove_file(entry.path()).map_err(failed)?;
                }
            }
            Ok(())
        })
    }

    /// Removes files where nobody is writing: `gone` says which, whose rows are gone for good by
    /// then. False where somebody is, and `gone` was not asked.
    pub(crate) fn remove(
        &self,
        gone: impl FnOnce() -> Result<Vec<String>, StorageError>,
    ) -> Result<bool, StorageError> {
        self.alone(|| {
            for name in gone()? {
                match fs::remove_file(self.folder.join(name)) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        return Err(failed(error));
                    }
                    _ => {}
                }
            }
            Ok(())
        })
    }

    /// Writes a file under a new name and a new key. It is on disk, with its name, when this
    /// returns. `_shared` keeps it until its row is committed.
    pub(crate) fn write(&self, _shared: &Shared, plain: &[u8]) -> Result<Written, StorageError> {
        let mut key = FileKey::default();
        getrandom::fill(&mut *key).map_err(|_| crate::key::KeyError::Random)?;
        let name = uuid::Uuid::new_v4().simple().to_string();
        let path = self.folder.join(&name);
        let written = self.fill(&path, &key, plain);
        if written.is_err() {
            // What is left of it is unreadable, and cleared away later if this fails.
            let _ = fs::remove_file(&path);
        }
        written?;
        Ok(Written { name, key })
    }

    fn fill(&self, path: &Path, key: &FileKey, plain: &[u8]) -> Result<(), StorageError> {
        let mut file =
            private(OpenOptions::new().write(true).create_new(true)).open(path).map_err(failed)?;
        let stream = stream(key);
        let last = blocks(plain.len() as u64).saturating_sub(1);
        for (position, block) in (0..).zip(plain.chunks(BLOCK)) {
            let sealed = stream
                .encrypt(number(position)?, position == last, block)
                .map_err(|_| StorageError::AttachmentDamaged)?;
            file.write_all(&sealed).map_err(failed)?;
        }
        file.sync_all().map_err(failed)?;
        #[cfg(unix)]
        File::open(&self.folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
        Ok(())
    }

    /// How many bytes a file has on the disk.
    ///
    /// # Errors
    /// [`StorageError::AttachmentMissing`].
    pub(crate) fn len(&self, name: &str) -> Result<u64, StorageError> {
        fs::metadata(self.folder.join(name)).map(|found| found.len()).map_err(gone_or_failed)
    }

    /// Reads `len` plain bytes from `offset` of a file of `size` plain bytes; fewer at its end.
    ///
    /// # Errors
    /// [`StorageError::AttachmentMissing`]; [`StorageError::AttachmentDamaged`] if what is read
    /// was altered, or the file has another length than it must have.
    pub(crate) fn read(
        &self,
        name: &str,
        key: &FileKey,
        size: u64,
        offset: u64,
        len: u64,
    ) -> Result<Vec<u8>, StorageError> {
        let mut file = File::open(self.folder.join(name)).map_err(gone_or_failed)?;
        let count = blocks(size);
        if file.metadata().map_err(failed)?.len() != size + count * TAG as u64 {
            return Err(StorageError::AttachmentDamaged);
        }
        let end = size.min(offset.saturating_add(len));
        if offset >= end {
            return Ok(Vec::new());
        }
        let stream = stream(key);
        let first = offset / BLOCK as u64;
        file.seek(SeekFrom::Start(first * (BLOCK + TAG) as u64)).map_err(failed)?;
        let mut plain =
            Vec::with_capacity(usize::try_from(end - offset).unwrap_or_default() + 2 * BLOCK);
        let mut sealed = vec![0; BLOCK + TAG];
        for position in first..blocks(end) {
            let block = (size - position * BLOCK as u64).min(BLOCK as u64);
            let sealed = &mut sealed[..usize::try_from(block).unwrap_or(BLOCK) + TAG];
            file.read_exact(sealed).map_err(failed)?;
            let opened = stream
                .decrypt(number(position)?, position + 1 == count, &*sealed)
                .map_err(|_| StorageError::AttachmentDamaged)?;
            plain.extend_from_slice(&opened);
        }
        let before = usize::try_from(offset - first * BLOCK as u64).unwrap_or_default();
        plain.drain(..before.min(plain.len()));
        plain.truncate(usize::try_from(end - offset).unwrap_or(plain.len()));
        Ok(plain)
    }
}

/// Readable by its owner only.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}
