//! Making a backup, while the program runs.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Seek as _, Write as _};
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;
use tempfile::NamedTempFile;

use super::archive::{self, Entry, Manifest, SCANS, Writing};
use super::recovery::{RecoveryKey, RecoveryReader};
use super::{BackupError, Told};
use crate::database::{self, DATABASE_FILE};
use crate::error::StorageError;
use crate::key::Key;
use crate::log::AuditFinding;
use crate::store::Store;
use crate::vault::Vault;

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BackedUp {
    /// When it was made.
    pub made_at: Timestamp,
    /// How many bytes the file has.
    pub bytes: u64,
    /// How many events of all logs.
    pub events: u64,
    /// How many cases they make.
    pub cases: u64,
    /// How many scans.
    pub scans: u64,
    /// What is wrong with what was backed up; empty when all is well. It is in the backup as it is.
    pub findings: Vec<AuditFinding>,
}

/// Writes a backup of a data folder: the database as of now, and every scan that is here. Whoever
/// works on it meanwhile is not held up. The file is there whole and was read back to its end when
/// this returns, or it is not there.
///
/// # Errors
/// [`BackupError`].
pub fn back_up(
    folder: &Path,
    key: &Key,
    recovery: &RecoveryKey,
    file: &Path,
    at: Timestamp,
    told: Told<'_>,
) -> Result<BackedUp, BackupError> {
    let vault = Vault::of(folder);
    // No scan that the copy names is cleared away before it is in the file.
    let _stay = vault.shared()?;
    let room = tempfile::Builder::new().prefix(".backup-").tempdir_in(folder);
    let room = room.map_err(BackupError::File)?;
    let copy = room.path().join(DATABASE_FILE);
    {
        let connection = database::open(folder, key)?;
        // One state of the database, under the same key: nothing of it lies open on the disk.
        connection.execute("VACUUM INTO ?1", [copy.to_string_lossy().as_ref()])?;
    }
    let store = Store::open_beside(room.path(), key, folder)?;
    store.check_file()?;
    let audit = store.audit()?;
    let scans = store.attachment_files()?;
    drop(store);
    let manifest = manifest(&copy, &vault, &scans, key, at)?;

    let beside = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let beside = beside.unwrap_or(Path::new("."));
    let mut out = NamedTempFile::new_in(beside).map_err(BackupError::File)?;
    // A second reader that lives as long as this: it alone can tell whether the file can be read.
    let prover = RecoveryReader::new();
    let mut writing =
        Writing::begin(BufWriter::new(&mut out), &[recovery, &prover.public()], &manifest)?;
    let (mut done, all) = (0, manifest.size()?.saturating_mul(2));
    for entry in &manifest.files {
        let from =
            if entry.name == DATABASE_FILE { copy.clone() } else { folder.join(&entry.name) };
        let from = File::open(from).map_err(BackupError::File)?;
        let mut from = from.take(entry.size);
        let mut buffer = vec![0; 256 << 10];
        loop {
            let read = from.read(&mut buffer).map_err(BackupError::File)?;
            if read == 0 {
                break;
            }
            writing.write_all(&buffer[..read]).map_err(BackupError::File)?;
            done += read as u64;
            told(done, all);
        }
    }
    let inner = writing.finish()?;
    inner.into_inner().map_err(|error| BackupError::File(error.into_error()))?;
    out.as_file().sync_all().map_err(BackupError::File)?;

    out.as_file_mut().rewind().map_err(BackupError::File)?;
    let written = done;
    let mut proving = |read: u64, _: u64| told(written + read, all);
    let begin = |_: &Entry| Ok(io::sink());
    archive::read(out.as_file(), &prover, &mut proving, begin, |_| Ok(()))?;
    let bytes = out.as_file().metadata().map_err(BackupError::File)?.len();
    out.persist(file).map_err(|error| BackupError::File(error.error))?;
    #[cfg(unix)]
    File::open(beside).and_then(|folder| folder.sync_all()).map_err(BackupError::File)?;
    let scans = manifest.files.len() as u64 - 1;
    let (events, cases, findings) = (audit.events, audit.cases, audit.findings);
    Ok(BackedUp { made_at: at, bytes, events, cases, scans, findings })
}

/// What will be in the file. A scan that is gone from the disk is told by the audit.
fn manifest(
    copy: &Path,
    vault: &Vault,
    scans: &[String],
    key: &Key,
    at: Timestamp,
) -> Result<Manifest, BackupError> {
    let size = std::fs::metadata(copy).map_err(BackupError::File)?.len();
    let mut files = vec![Entry { name: DATABASE_FILE.to_owned(), size }];
    for scan in scans {
        match vault.len(scan) {
            Ok(size) => files.push(Entry { name: format!("{SCANS}/{scan}"), size }),
            Err(StorageError::AttachmentMissing) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Manifest::new(at, key, files))
}
