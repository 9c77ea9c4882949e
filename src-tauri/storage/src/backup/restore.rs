//! Coming back from a backup.
//!
//! What is in a data folder is replaced only where nothing is lost by it, and is put aside whole,
//! never deleted. The window that comes back writes in a log of its own and gives numbers of a range
//! of its own from then on: what was written after the backup, here or by a copy of it that lives
//! on, is known to nobody, and no place and no number may ever be used twice.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

use super::archive::{self, Entry, SCANS};
use super::recovery::RecoveryReader;
use super::{BackupError, Told};
use crate::database::{self, DATABASE_FILE};
use crate::error::StorageError;
use crate::key::{self, KEY_FILE, KeyError};
use crate::log::AuditFinding;
use crate::store::Store;
use crate::{meta, numbers, upstream};

/// Says that files are being exchanged, and which; taken up by whoever opens the folder next.
pub(super) const MARK_FILE: &str = "restoring.json";
/// When the window came back, and from a backup of when.
const RESTORED: &str = "backup.restored";
/// The letters in the name of the log that goes on.
const MARK: usize = 12;

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// When the backup was made.
    pub made_at: Timestamp,
    /// How many events of all logs.
    pub events: u64,
    /// How many cases they make.
    pub cases: u64,
    /// How many scans.
    pub scans: u64,
    /// The log that the window writes from now on.
    pub log: String,
    /// Where the files are that were here before; none where there were none.
    pub aside: Option<PathBuf>,
    /// What is wrong with what came back, as it was when it was backed up.
    pub findings: Vec<AuditFinding>,
}

/// Brings a backup into a data folder. `passphrase` opens what is there, and protects what comes.
///
/// # Errors
/// [`BackupError`]; what was there stays as it was.
pub fn restore(
    folder: &Path,
    file: &Path,
    recovery: &RecoveryReader,
    passphrase: Option<&str>,
    at: Timestamp,
    told: Told<'_>,
) -> Result<Restored, BackupError> {
    fs::create_dir_all(folder).map_err(BackupError::File)?;
    // The note of what is exchanged names whole paths: who ends it may run elsewhere.
    let folder = &fs::canonicalize(folder).map_err(BackupError::File)?;
    finish(folder)?;
    let given = File::open(file).map_err(BackupError::File)?;
    let room = tempfile::Builder::new().prefix(".restore-").tempdir_in(folder);
    let room = room.map_err(BackupError::File)?;
    let manifest = archive::read(given, recovery, told, |entry| begin(room.path(), entry), end)?;
    // There even where no scans come, so that those which are here go aside with their database.
    make_private(&room.path().join(SCANS)).map_err(BackupError::File)?;
    let key = manifest.key()?;
    let store = Store::open_with_key(room.path(), &key)?;
    store.check_file()?;
    store.set_recovery_key(&recovery.public())?;
    // As it was when it was backed up: what is done to it below is no fault.
    let audit = store.audit()?;

    let here = Here::open(folder, passphrase)?;
    if let Here::Readable(current) = &here {
        refuse_loss(current, &store)?;
    }
    let mark: String = uuid::Uuid::new_v4().simple().to_string().chars().take(MARK).collect();
    let log = store.write(|tx| {
        numbers::begin_range(&tx.sql)?;
        meta::set(&tx.sql, RESTORED, &format!("{at} {}", manifest.made_at))?;
        upstream::begin_log(&tx.sql, &mark)
    })?;
    drop(store);
    key::keep(room.path(), &key, passphrase.unwrap_or_default()).map_err(StorageError::from)?;
    // Only until the exchange: some systems exchange no file that is open.
    let something_here = !matches!(here, Here::Nothing);
    drop(here);
    let aside = something_here.then(|| folder.join(format!("replaced-{}", stamp(at))));
    exchange(folder, room.keep(), aside.clone())?;
    let scans = manifest.files.len() as u64 - 1;
    let (events, cases, findings) = (audit.events, audit.cases, audit.findings);
    Ok(Restored { made_at: manifest.made_at, events, cases, scans, log, aside, findings })
}

/// A time as part of a file's name.
fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn begin(room: &Path, entry: &Entry) -> io::Result<BufWriter<File>> {
    let path = room.join(&entry.name);
    if let Some(folder) = path.parent() {
        make_private(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(BufWriter::new(options.open(path)?))
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn end(out: BufWriter<File>) -> io::Result<()> {
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

/// What is in a folder before something comes back into it.
enum Here {
    Nothing,
    /// It can't be read by anybody: it is put aside as it is.
    Unreadable,
    /// Open, alone.
    Readable(Connection),
}

impl Here {
    fn open(folder: &Path, passphrase: Option<&str>) -> Result<Self, BackupError> {
        if !folder.join(DATABASE_FILE).exists() {
            let key = folder.join(KEY_FILE).exists();
            return Ok(if key { Self::Unreadable } else { Self::Nothing });
        }
        let key = match key::open(folder, passphrase) {
            Ok(key) => key,
            Err(KeyError::Missing | KeyError::Damaged) => return Ok(Self::Unreadable),
            Err(error) => return Err(StorageError::from(error).into()),
        };
        match database::open_alone(folder, &key) {
            Ok(Some(connection)) => Ok(Self::Readable(connection)),
            Ok(None) => Err(BackupError::InUse),
            Err(StorageError::Damaged) => Ok(Self::Unreadable),
            Err(error) => Err(error.into()),
        }
    }
}

/// Refuses where something is here that neither the hub nor the backup has.
fn refuse_loss(current: &Connection, store: &Store) -> Result<(), BackupError> {
    let coming = store.lock();
    let mut events = 0;
    for own in upstream::acknowledged_logs(current)? {
        let mut statement = current
            .prepare("SELECT seq, hash FROM events WHERE origin = ?1 AND seq > ?2 ORDER BY seq")?;
        let mut rows = statement.query(params![own.log, own.acknowledged])?;
        while let Some(row) = rows.next()? {
            let (seq, hash): (u64, String) = (row.get("seq")?, row.get("hash")?);
            let there: Option<String> = coming
                .query_row(
                    "SELECT hash FROM events WHERE origin = ?1 AND seq = ?2",
                    params![own.log, seq],
                    |row| row.get(0),
                )
                .optional()?;
            events += u64::from(there.as_ref() != Some(&hash));
        }
    }
    let drafts = |sql: &Connection| -> Result<HashMap<String, String>, BackupError> {
        let mut statement = sql.prepare("SELECT id, body FROM drafts")?;
        let rows = statement.query_map([], |row| Ok((row.get("id")?, row.get("body")?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let coming_drafts = drafts(&coming)?;
    let drafts = drafts(current)?.into_iter();
    let drafts = drafts.filter(|(id, body)| coming_drafts.get(id) != Some(body)).count() as u64;
    let hashes = |sql: &Connection, query: &str| -> Result<HashSet<String>, BackupError> {
        let mut statement = sql.prepare(query)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let coming_scans = hashes(&coming, "SELECT hash FROM attachments")?;
    // Of a draft the hub has nothing.
    let waiting = "SELECT hash FROM attachments WHERE held < size
                     OR hash IN (SELECT hash FROM draft_attachments)";
    let scans = hashes(current, waiting)?.difference(&coming_scans).count() as u64;
    let records = |sql: &Connection| -> Result<HashSet<(String, u64, String)>, BackupError> {
        let mut statement = sql.prepare("SELECT entry, position, record FROM ledger_records")?;
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
    };
    let ledger = records(current)?.difference(&records(&coming)?).count() as u64;
    // What stands in the hub's list comes back from there.
    let coming_help = hashes(&coming, "SELECT hash FROM help_records")?;
    let help = hashes(current, "SELECT hash FROM help_records WHERE place IS NULL")?;
    let ledger = ledger + help.difference(&coming_help).count() as u64;
    if events + drafts + scans + ledger == 0 {
        return Ok(());
    }
    Err(BackupError::UnsentWork { events, drafts, scans, ledger })
}

/// Which files are exchanged.
#[derive(Serialize, Deserialize)]
struct Exchange {
    /// Where those are that come.
    room: PathBuf,
    /// Where those go that are here.
    aside: Option<PathBuf>,
}

/// What is exchanged, in this order. The key last: until it is there, the database that came is not
/// opened.
pub(super) const EXCHANGED: [&str; 3] = [SCANS, DATABASE_FILE, KEY_FILE];
/// What belongs to a database besides itself. It goes with it, and never comes.
const BESIDE: [&str; 2] = ["yichuang.db-wal", "yichuang.db-shm"];

/// Exchanges the files, so that whoever is interrupted can go on with it: the mark is on the disk
/// before the first is touched.
fn exchange(folder: &Path, room: PathBuf, aside: Option<PathBuf>) -> Result<(), BackupError> {
    let draft = folder.join(format!("{MARK_FILE}.new"));
    let written = || -> io::Result<()> {
        let mut file = File::create(&draft)?;
        file.write_all(&serde_json::to_vec(&Exchange { room, aside })?)?;
        file.sync_all()?;
        fs::rename(&draft, folder.join(MARK_FILE))?;
        sync(folder)
    };
    written().map_err(BackupError::File)?;
    Ok(finish(folder)?)
}

/// Ends an exchange of files that was interrupted, where there is one.
///
/// # Errors
/// [`StorageError::Folder`].
pub(crate) fn finish(folder: &Path) -> Result<(), StorageError> {
    let mark = folder.join(MARK_FILE);
    let held = match File::open(&mark) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(StorageError::Folder(error)),
    };
    // Another program may be at it; when it is through, the mark is gone.
    held.lock().map_err(StorageError::Folder)?;
    let text = match fs::read(&mark) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(StorageError::Folder(error)),
    };
    let exchange: Exchange =
        serde_json::from_slice(&text).map_err(|error| StorageError::Folder(error.into()))?;
    let done = || -> io::Result<()> {
        if let Some(aside) = &exchange.aside {
            make_private(aside)?;
        }
        if exchange.room.join(DATABASE_FILE).exists() {
            for name in BESIDE {
                put_aside(folder, &exchange, name)?;
            }
        }
        for name in EXCHANGED {
            let came = exchange.room.join(name);
            if came.exists() {
                put_aside(folder, &exchange, name)?;
                fs::rename(came, folder.join(name))?;
            }
        }
        sync(folder)?;
        fs::remove_file(&mark)?;
        sync(folder)
    };
    done().map_err(StorageError::Folder)?;
    // Nothing of worth is left in it: what came was moved out of it.
    if let Err(error) = fs::remove_dir_all(&exchange.room) {
        tracing::warn!(%error, "an empty folder stays");
    }
    Ok(())
}

fn put_aside(folder: &Path, exchange: &Exchange, name: &str) -> io::Result<()> {
    let here = folder.join(name);
    match &exchange.aside {
        Some(aside) if here.exists() => fs::rename(here, aside.join(name)),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}
