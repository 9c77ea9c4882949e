//! The file: `age( manifest line, each file's bytes, SHA-256 of all of it )`. Everything in it is
//! encrypted a second time: the database under its own key, scans under theirs.

use std::io::{self, BufRead as _, BufReader, Read, Write};

use age::stream::StreamWriter;
use age::{DecryptError, Decryptor, Encryptor};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize as _, Zeroizing};

use super::recovery::{RecoveryKey, RecoveryReader};
use super::{BackupError, Told};
use crate::database::DATABASE_FILE;
use crate::key::Key;

/// What every manifest begins with.
const KIND: &str = "yichuang-backup/1";
/// What those of newer programs begin with too.
const FAMILY: &str = "yichuang-backup/";
/// The longest manifest: a line for each of a million scans.
const MANIFEST: u64 = 128 << 20;
/// The folder of scans, in the file and beside the database.
pub(super) const SCANS: &str = "attachments";

/// What a backup holds.
#[derive(Serialize, Deserialize)]
pub(super) struct Manifest {
    kind: String,
    /// When it was made.
    pub(super) made_at: Timestamp,
    /// The database's key, base64.
    key: String,
    /// What follows, in order.
    pub(super) files: Vec<Entry>,
}

/// A file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Where it belongs: the database, or a scan in its folder.
    pub(super) name: String,
    /// How many bytes.
    pub(super) size: u64,
}

impl Entry {
    /// Whether it may be written where it says: nothing else ever is.
    fn is_sound(&self) -> bool {
        let is_scan = self.name.strip_prefix(SCANS).and_then(|rest| rest.strip_prefix('/'));
        let is_scan = is_scan.is_some_and(|name| {
            name.len() == 32
                && name.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        });
        is_scan || self.name == DATABASE_FILE
    }
}

impl Drop for Manifest {
    fn drop(&mut self) {
        self.key.zeroize();
    }
}

impl Manifest {
    pub(super) fn new(made_at: Timestamp, key: &Key, files: Vec<Entry>) -> Self {
        let key = BASE64.encode(key.bytes());
        Self { kind: KIND.to_owned(), made_at, key, files }
    }

    /// The database's key.
    pub(super) fn key(&self) -> Result<Key, BackupError> {
        let bytes = Zeroizing::new(BASE64.decode(&self.key).map_err(|_| BackupError::Damaged)?);
        let bytes: [u8; 32] = bytes.as_slice().try_into().map_err(|_| BackupError::Damaged)?;
        Ok(Key::from_bytes(bytes))
    }

    /// How many bytes all files have.
    ///
    /// # Errors
    /// [`BackupError::Damaged`] for more than can be: a file from elsewhere may say anything.
    pub(super) fn size(&self) -> Result<u64, BackupError> {
        let mut sizes = self.files.iter().map(|file| file.size);
        sizes.try_fold(0u64, u64::checked_add).ok_or(BackupError::Damaged)
    }
}

/// A backup that is being written.
pub(super) struct Writing<W: Write> {
    out: StreamWriter<W>,
    digest: Sha256,
}

impl<W: Write> Writing<W> {
    /// Begins one that each of those keys reads.
    pub(super) fn begin(
        out: W,
        keys: &[&RecoveryKey],
        manifest: &Manifest,
    ) -> Result<Self, BackupError> {
        let recipients = keys.iter().map(|key| &key.0 as &dyn age::Recipient);
        let encryptor =
            Encryptor::with_recipients(recipients).map_err(|_| BackupError::BadRecipient)?;
        let out = encryptor.wrap_output(out).map_err(BackupError::File)?;
        let mut this = Self { out, digest: Sha256::new() };
        let line = serde_json::to_vec(manifest).map(Zeroizing::new);
        let line = line.map_err(|error| BackupError::File(error.into()))?;
        this.write_all(&line).and_then(|()| this.write_all(b"\n")).map_err(BackupError::File)?;
        Ok(this)
    }

    /// Ends it. What it was written to still has to be made durable.
    pub(super) fn finish(mut self) -> Result<W, BackupError> {
        let digest = self.digest.clone().finalize();
        self.out.write_all(&digest).map_err(BackupError::File)?;
        self.out.finish().map_err(BackupError::File)
    }
}

impl<W: Write> Write for Writing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.digest.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Reads a backup: `begin` is told the manifest and gives what takes the bytes of each file. What
/// was taken counts for nothing unless this ends well.
pub(super) fn read<T: Write>(
    file: impl Read,
    key: &RecoveryReader,
    told: Told<'_>,
    mut begin: impl FnMut(&Entry) -> io::Result<T>,
    mut end: impl FnMut(T) -> io::Result<()>,
) -> Result<Manifest, BackupError> {
    let decryptor = Decryptor::new(BufReader::new(file)).map_err(|error| match error {
        DecryptError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            BackupError::File(error)
        }
        _ => BackupError::Foreign,
    })?;
    let opened = decryptor.decrypt(std::iter::once(&key.0 as _)).map_err(|error| match error {
        DecryptError::NoMatchingKeys => BackupError::OtherKey,
        _ => BackupError::Damaged,
    })?;
    let mut input = Digested { from: BufReader::new(opened), digest: Sha256::new() };
    let manifest = input.manifest()?;
    let (mut done, all) = (0, manifest.size()?);
    for entry in &manifest.files {
        let mut out = begin(entry).map_err(BackupError::File)?;
        let mut left = entry.size;
        let mut buffer = vec![0; 256 << 10];
        while left > 0 {
            let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
            input.exactly(&mut buffer[..wanted])?;
            out.write_all(&buffer[..wanted]).map_err(BackupError::File)?;
            left -= wanted as u64;
            done += wanted as u64;
            told(done, all);
        }
        end(out).map_err(BackupError::File)?;
    }
    let digest = input.digest.clone().finalize();
    let mut said = [0; 32];
    input.exactly(&mut said)?;
    let mut beyond = [0; 1];
    let nothing_beyond = input.from.read(&mut beyond).is_ok_and(|read| read == 0);
    if digest.as_slice() == said && nothing_beyond {
        Ok(manifest)
    } else {
        Err(BackupError::Damaged)
    }
}

struct Digested<R> {
    from: BufReader<R>,
    digest: Sha256,
}

impl<R: Read> Digested<R> {
    fn exactly(&mut self, bytes: &mut [u8]) -> Result<(), BackupError> {
        // Encryption tells of damage as of bad data, and of a cut as of an end.
        self.from.read_exact(bytes).map_err(|_| BackupError::Damaged)?;
        self.digest.update(bytes);
        Ok(())
    }

    fn manifest(&mut self) -> Result<Manifest, BackupError> {
        let mut line = Zeroizing::new(Vec::new());
        let read = (&mut self.from).take(MANIFEST).read_until(b'\n', &mut line);
        read.map_err(|_| BackupError::Damaged)?;
        self.digest.update(&line);
        let kind: Kind = serde_json::from_slice(&line).map_err(|_| BackupError::Foreign)?;
        match kind.kind.strip_prefix(FAMILY) {
            None => return Err(BackupError::Foreign),
            Some(_) if kind.kind != KIND => return Err(BackupError::Newer),
            Some(_) => {}
        }
        let manifest: Manifest = serde_json::from_slice(&line).map_err(|_| BackupError::Damaged)?;
        let databases = manifest.files.iter().filter(|file| file.name == DATABASE_FILE).count();
        let sound = databases == 1 && manifest.files.iter().all(Entry::is_sound);
        if sound { Ok(manifest) } else { Err(BackupError::Damaged) }
    }
}

/// What a manifest of any version says.
#[derive(Deserialize)]
struct Kind {
    kind: String,
}
