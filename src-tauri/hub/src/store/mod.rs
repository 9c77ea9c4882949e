//! The hub's database: the only SQL of the hub.
//!
//! Owns what is stored: one file per table, written once for both engines ([`engine`]). It knows no
//! rule. Everything goes through [`HubStore`] and the [`Tx`] it hands out.
//!
//! To add a table: a step in `schema/` for each engine, and a file with methods of [`Tx`].

mod attachments;
mod cases;
mod device_logs;
mod devices;
#[cfg(test)]
pub(crate) mod dump;
mod engine;
mod enrol_codes;
mod error;
mod follow_ups;
mod guides;
mod help;
mod hub_logs;
mod log;
mod meta;
mod migrations;
mod moving;
mod office;
mod parties;
mod policies;
mod region;
mod roster;
mod sessions;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use yichuang_protocol::PrivateKey;

use self::engine::postgres::Postgres;
use self::engine::sqlite::Sqlite;
use self::engine::{Access, Failed, Retry, Row, Statements, Value};

pub use cases::{KeptCase, StoredCase};
pub use devices::Device;
pub use engine::postgres::PostgresAddress;
pub use enrol_codes::{CodeHolder, EnrolCode};
pub use error::StoreError;
pub use follow_ups::{CasePlace, StoredFollowUp, TakenStep};
pub use guides::{PublishedGuide, Way};
pub use help::NewHelp;
pub use log::{HeldEvent, NewEvent};
pub use moving::{Move, MoveState};
pub(crate) use moving::{Reached, Tally};
pub use office::{
    Account, Attempts, AuditEntry, AuditQuery, COUNTED, FiledCase, FiledPlace, FiledQuery,
    QueueQuery, QueuedCase,
};
pub use region::{ArrivedEvent, DeadRecord, DeadState, DeviceLogs};

/// The name of the database file.
pub const DATABASE_FILE: &str = "hub.db";

/// Where the hub's records are.
#[derive(Clone, Debug)]
pub enum Database {
    /// In a file of a folder of this machine.
    Folder(PathBuf),
    /// In a database that other hub processes may share.
    Postgres(Box<PostgresAddress>),
}

/// The hub's database. Cheap to clone; every clone is the same.
#[derive(Clone)]
pub struct HubStore {
    open: Arc<Open>,
}

struct Open {
    engine: Engine,
    known: Known,
}

enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// What is read once, because it never changes again.
#[derive(Default)]
struct Known {
    key: OnceLock<PrivateKey>,
    trial: OnceLock<bool>,
}

impl Database {
    /// Where it is, as people are told: without user and password.
    pub fn shown(&self) -> String {
        match self {
            Self::Folder(folder) => folder.join(DATABASE_FILE).display().to_string(),
            Self::Postgres(address) => address.shown(),
        }
    }
}

impl std::fmt::Debug for HubStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HubStore")
    }
}

/// One transaction: everything written through it is kept together, or nothing is. Transactions of
/// every process on the database have the outcome of running one after another.
pub struct Tx<'c> {
    sql: &'c dyn Statements,
    known: &'c Known,
}

impl HubStore {
    /// Opens the database of a folder; makes both where there are none.
    ///
    /// # Errors
    /// As [`Self::open_at`].
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::open_at(&Database::Folder(folder.to_owned()))
    }

    /// Opens the database of a folder that has one.
    ///
    /// # Errors
    /// As [`Self::open_existing_at`].
    pub fn open_existing(folder: &Path) -> Result<Self, StoreError> {
        Self::open_existing_at(&Database::Folder(folder.to_owned()))
    }

    /// Opens a database; makes folder, file or tables where there are none.
    ///
    /// # Errors
    /// [`StoreError`]; a database of a newer program is left untouched.
    pub fn open_at(database: &Database) -> Result<Self, StoreError> {
        Self::on(match database {
            Database::Folder(folder) => {
                make_private_folder(folder).map_err(StoreError::Folder)?;
                Engine::Sqlite(Sqlite::open(&folder.join(DATABASE_FILE))?)
            }
            Database::Postgres(address) => Engine::Postgres(Postgres::open(address)?),
        })
    }

    /// A hub that is at home there: one that moved away, or is still arriving, is left alone.
    fn on(engine: Engine) -> Result<Self, StoreError> {
        let store = Self::bare(engine);
        store.write(|tx| match tx.moving()? {
            Some(moving) => Err(moving.refusal()),
            None => tx.ensure_identity(),
        })?;
        Ok(store)
    }

    fn bare(engine: Engine) -> Self {
        Self { open: Arc::new(Open { engine, known: Known::default() }) }
    }

    /// Opens a database where a hub was started before.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is none; otherwise as [`Self::open_at`].
    pub fn open_existing_at(database: &Database) -> Result<Self, StoreError> {
        Self::on(match database {
            Database::Folder(folder) => {
                let file = folder.join(DATABASE_FILE);
                if !file.is_file() {
                    return Err(StoreError::Missing);
                }
                Engine::Sqlite(Sqlite::open(&file)?)
            }
            Database::Postgres(address) => Engine::Postgres(Postgres::open_existing(address)?),
        })
    }

    /// How many transactions make sense at once: more only wait.
    pub fn seats(&self) -> usize {
        match self.open.engine {
            Engine::Sqlite(_) => engine::sqlite::SEATS,
            Engine::Postgres(_) => engine::postgres::CONNECTIONS,
        }
    }

    /// Runs one writing transaction: kept whole if `action` succeeds, undone if it fails. Where
    /// another one was in its way, `action` is run again, so it must change nothing but through
    /// its [`Tx`].
    ///
    /// # Errors
    /// What `action` fails with, or [`StoreError`] if the transaction can't begin or end.
    pub fn write<T, E: From<StoreError>>(
        &self,
        action: impl Fn(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.transact(Access::Write, action)
    }

    /// Runs one reading transaction, which sees one state of the database throughout.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub fn read<T, E: From<StoreError>>(
        &self,
        action: impl Fn(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.transact(Access::Read, action)
    }

    fn transact<T, E: From<StoreError>>(
        &self,
        access: Access,
        action: impl Fn(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let known = &self.open.known;
        let run = |sql: &dyn Statements| action(&Tx { sql, known });
        let mut retry = Retry::default();
        loop {
            let done = match &self.open.engine {
                Engine::Sqlite(sqlite) => sqlite.transact(access, run),
                Engine::Postgres(postgres) => postgres.transact(access, run),
            };
            match done {
                Ok(done) => return Ok(done),
                Err(Failed::With(error)) => return Err(error),
                Err(Failed::Conflict) => {
                    retry.pause()?;
                    crate::gauges::repeated();
                }
            }
        }
    }
}

impl Tx<'_> {
    fn execute(&self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        self.sql.execute(sql, values)
    }

    fn rows(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>, StoreError> {
        self.sql.query(sql, values)
    }

    /// The one row of an answer that has one at most.
    fn row(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(sql, values)?.into_iter().next())
    }

    fn insert_each(
        &self,
        sql: &'static str,
        rows: &[Vec<Value<'_>>],
    ) -> Result<Vec<Row>, StoreError> {
        if rows.is_empty() { Ok(Vec::new()) } else { self.sql.insert_each(sql, rows) }
    }
}

/// The folder holds names and identity numbers: only its owner may look into it.
pub(crate) fn make_private_folder(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests;
