//! SQLite: a file of this machine, the engine where none is named.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, ToSql, Transaction, TransactionBehavior};

use super::value::Stored;
use super::{Access, Failed, Row, Statements, Value, dialect};
use crate::store::{StoreError, migrations};

/// How long a transaction waits for one of another process.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long who wants a file alone waits for those who have it open: a command ends by itself, a
/// server does not.
const PATIENCE_ALONE: Duration = Duration::from_secs(3);

/// How many steps of a server run or wait for the connection at once: some that read and write
/// bodies beside the one that has it. More would only hold threads and their memory.
pub(in crate::store) const SEATS: usize = 8;

/// How many pages of the write-ahead log are taken over into the file at once (16 MiB). A batch
/// writes some three hundred, so SQLite's own thousand would mean two more waits for the disk with
/// every fourth batch. What is committed is in the log and on disk either way.
const LOG_PAGES: i64 = 4000;

/// A database file. One connection: SQLite has one writer at a time in any case.
pub(in crate::store) struct Sqlite {
    connection: Mutex<Connection>,
}

impl Sqlite {
    /// Opens a file, makes it where there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError`]; a database of a newer program is left untouched.
    pub(in crate::store) fn open(path: &Path) -> Result<Self, StoreError> {
        make_private_file(path).map_err(StoreError::Folder)?;
        let connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        write_ahead(&connection)?;
        Self::on(connection)
    }

    /// Opens a file as [`Self::open`] does, alone: no other connection has it open, and none gets
    /// it until this one is closed.
    ///
    /// # Errors
    /// [`StoreError::InUse`] where another connection has it open; otherwise as [`Self::open`].
    pub(in crate::store) fn open_alone(path: &Path) -> Result<Self, StoreError> {
        make_private_file(path).map_err(StoreError::Folder)?;
        let connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE_ALONE)?;
        let in_use = |error| if is_busy(&error) { StoreError::InUse } else { error.into() };
        // Said before the file is first looked at, it takes the whole file with that look: in
        // write-ahead mode each connection keeps a shared lock for as long as it is open.
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE").map_err(in_use)?;
        connection.pragma_update(None, "journal_mode", "WAL").map_err(in_use)?;
        connection.execute_batch("BEGIN EXCLUSIVE; COMMIT").map_err(in_use)?;
        Self::on(connection)
    }

    fn on(mut connection: Connection) -> Result<Self, StoreError> {
        // FULL: what was acknowledged survives a power cut.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.set_prepared_statement_cache_capacity(64);
        migrations::sqlite::run(&mut connection)?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// The connection. A panic elsewhere leaves no transaction open (it rolls back on drop), so a
    /// poisoned lock is still good.
    pub(in crate::store) fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs one transaction. It never meets a conflict: it waits for its turn.
    pub(in crate::store) fn transact<T, E: From<StoreError>>(
        &self,
        access: Access,
        action: impl FnOnce(&dyn Statements) -> Result<T, E>,
    ) -> Result<T, Failed<E>> {
        let behaviour = match access {
            Access::Read => TransactionBehavior::Deferred,
            Access::Write => TransactionBehavior::Immediate,
        };
        let mut connection = self.lock();
        let sql = connection.transaction_with_behavior(behaviour).map_err(StoreError::from)?;
        let running = Running { sql };
        let result = action(&running).map_err(Failed::With)?;
        running.sql.commit().map_err(StoreError::from)?;
        Ok(result)
    }
}

struct Running<'c> {
    sql: Transaction<'c>,
}

impl Running<'_> {
    fn prepare(&self, sql: &str) -> Result<CachedStatement<'_>, StoreError> {
        Ok(self.sql.prepare_cached(&dialect::sqlite(sql))?)
    }
}

impl Statements for Running<'_> {
    fn execute(&self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        let changed = self.prepare(sql)?.execute(rusqlite::params_from_iter(values))?;
        Ok(changed as u64)
    }

    fn query(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>, StoreError> {
        rows(&mut self.prepare(sql)?, values)
    }

    fn insert_each(
        &self,
        sql: &'static str,
        given: &[Vec<Value<'_>>],
    ) -> Result<Vec<Row>, StoreError> {
        let mut statement = self.prepare(sql)?;
        let mut answer = Vec::new();
        for values in given {
            if statement.column_count() > 0 {
                answer.extend(rows(&mut statement, values)?);
            } else {
                statement.execute(rusqlite::params_from_iter(values))?;
            }
        }
        Ok(answer)
    }
}

fn rows(statement: &mut CachedStatement<'_>, values: &[Value<'_>]) -> Result<Vec<Row>, StoreError> {
    let columns: Arc<[String]> = statement.column_names().into_iter().map(str::to_owned).collect();
    let mut answer = Vec::new();
    let mut rows = statement.query(rusqlite::params_from_iter(values))?;
    while let Some(row) = rows.next()? {
        let values = (0..columns.len()).map(|place| stored(row.get_ref(place)?));
        answer.push(Row::new(Arc::clone(&columns), values.collect::<Result<_, _>>()?));
    }
    Ok(answer)
}

fn stored(value: ValueRef<'_>) -> Result<Stored, StoreError> {
    Ok(match value {
        ValueRef::Null => Stored::Null,
        ValueRef::Integer(value) => Stored::Int(value),
        ValueRef::Real(_) => return Err(StoreError::Unreadable("小数")),
        ValueRef::Text(value) => {
            let text = std::str::from_utf8(value).map_err(|_| StoreError::Unreadable("文字"))?;
            Stored::Text(text.to_owned())
        }
        ValueRef::Blob(value) => Stored::Bytes(value.to_owned()),
    })
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let list = |json: serde_json::Result<String>| match json {
            Ok(json) => Ok(ToSqlOutput::from(json)),
            Err(error) => Err(rusqlite::Error::ToSqlConversionFailure(error.into())),
        };
        Ok(match self {
            Self::Null => ToSqlOutput::from(rusqlite::types::Null),
            Self::Bool(value) => ToSqlOutput::from(*value),
            Self::Int(value) => ToSqlOutput::from(*value),
            Self::Text(value) => ToSqlOutput::from(&**value),
            Self::Bytes(value) => ToSqlOutput::from(*value),
            Self::Texts(values) => list(serde_json::to_string(values))?,
            Self::Ints(values) => list(serde_json::to_string(values))?,
        })
    }
}

/// The file holds names and identity numbers: only its owner may look into it.
fn make_private_file(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(|_| ())
}

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
