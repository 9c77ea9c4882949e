//! The hub's database: the only SQL of the hub.
//!
//! Owns the file, its migrations, and one file per table. It knows no rule. Everything goes
//! through [`HubStore`] and the [`Tx`] it hands out: that pair is all a second database would have
//! to offer.

mod cases;
mod devices;
mod enrol_codes;
mod guides;
mod log;
mod meta;
mod migrations;
mod roster;
mod sessions;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use cases::StoredCase;
pub use devices::Device;
pub use enrol_codes::{CodeHolder, EnrolCode};
pub use guides::{PublishedGuide, Way};
pub use log::NewEvent;

/// The name of the database file.
pub const DATABASE_FILE: &str = "hub.db";

/// A failure of the database: nothing of the transaction was written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite or the disk refused.
    #[error("数据库读写失败：{0}")]
    Database(#[source] rusqlite::Error),
    /// The file is no database, or is damaged.
    #[error("数据库无法读取：文件已损坏，请用备份恢复")]
    Damaged,
    /// The database was made by a newer program.
    #[error("数据库版本为{found}，本程序只认识到{known}：请安装新版本，数据未作任何改动")]
    Newer {
        /// Its version.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// The folder or file can't be used.
    #[error("数据目录无法使用：{0}")]
    Folder(#[source] std::io::Error),
    /// There is no hub in the folder.
    #[error("目录里没有大厅中心数据：请核对 --data，或先运行 yichuang-hub serve")]
    Missing,
    /// A stored value is not what this program stores.
    #[error("数据库中的{0}无法解读")]
    Unreadable(&'static str),
    /// The system gave no random numbers.
    #[error("系统未能提供随机数：{0}")]
    Random(#[source] getrandom::Error),
}

impl StoreError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Database(_) => "storage-failed",
            Self::Damaged => "storage-damaged",
            Self::Newer { .. } => "storage-newer",
            Self::Folder(_) => "storage-folder",
            Self::Missing => "no-hub",
            Self::Unreadable(_) => "storage-unreadable",
            Self::Random(_) => "no-randomness",
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged,
            _ => Self::Database(error),
        }
    }
}

/// The hub's database. Cheap to clone; every clone is the same connection.
#[derive(Clone)]
pub struct HubStore {
    connection: Arc<Mutex<Connection>>,
}

impl std::fmt::Debug for HubStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HubStore")
    }
}

/// One transaction: everything written through it is kept together, or nothing is.
pub struct Tx<'c> {
    sql: Transaction<'c>,
}

impl HubStore {
    /// Opens the database of a folder; makes both where there are none.
    ///
    /// # Errors
    /// [`StoreError`]; a database of a newer program is left untouched.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        make_private_folder(folder).map_err(StoreError::Folder)?;
        Self::connect(&folder.join(DATABASE_FILE))
    }

    /// Opens the database of a folder that has one.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is none; otherwise as [`Self::open`].
    pub fn open_existing(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(DATABASE_FILE);
        if path.is_file() { Self::connect(&path) } else { Err(StoreError::Missing) }
    }

    fn connect(path: &Path) -> Result<Self, StoreError> {
        make_private_file(path).map_err(StoreError::Folder)?;
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(15))?;
        write_ahead(&connection)?;
        // FULL: what was acknowledged survives a power cut.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.set_prepared_statement_cache_capacity(64);
        migrations::run(&mut connection)?;
        let store = Self { connection: Arc::new(Mutex::new(connection)) };
        store.write(|tx| tx.ensure_identity())?;
        Ok(store)
    }

    /// The connection. A panic elsewhere leaves no transaction open (it rolls back on drop), so a
    /// poisoned lock is still good.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs one writing transaction: kept whole if `action` succeeds, undone if it fails.
    ///
    /// # Errors
    /// What `action` fails with, or [`StoreError`] if the transaction can't begin or end.
    pub fn write<T, E: From<StoreError>>(
        &self,
        action: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.transact(TransactionBehavior::Immediate, action)
    }

    /// Runs one reading transaction, which sees one state of the database throughout.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub fn read<T, E: From<StoreError>>(
        &self,
        action: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.transact(TransactionBehavior::Deferred, action)
    }

    fn transact<T, E: From<StoreError>>(
        &self,
        behaviour: TransactionBehavior,
        action: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.lock();
        let sql = connection.transaction_with_behavior(behaviour).map_err(StoreError::from)?;
        let tx = Tx { sql };
        let result = action(&tx)?;
        tx.sql.commit().map_err(StoreError::from)?;
        Ok(result)
    }
}

/// The folder holds names and identity numbers: only its owner may look into it.
fn make_private_folder(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn make_private_file(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(|_| ())
}

#[cfg(test)]
mod tests;

/// Switches the file to write-ahead logging. SQLite refuses at once, whatever the time-out, where
/// another process that opens the same new file is just switching it.
fn write_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let mut tries = 0;
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL") {
            Err(error) if tries < 1000 && is_busy(&error) => {
                tries += 1;
                std::thread::sleep(Duration::from_millis(10));
            }
            done => return done,
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
    matches!(error.sqlite_error_code(), Some(DatabaseBusy | DatabaseLocked))
}
