//! PostgreSQL, or a database that speaks like it: several hub processes on one of them are one hub.
//!
//! The steps of the hub are plain code that runs on threads which may wait; the connections are
//! driven by a small runtime of the engine's own, so that the store serves inside and outside of
//! the server's runtime alike.

mod address;
mod types;

use std::cell::Cell;
use std::future::Future;
use std::time::Duration;

use deadpool_postgres::{
    Hook, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime as PoolRuntime,
};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;

pub use address::PostgresAddress;

use self::types::Column;
use super::{Access, Failed, Row, Statements, Value, dialect};
use crate::store::{StoreError, migrations};

/// How many connections one process keeps at most: as many steps run at once.
pub(in crate::store) const CONNECTIONS: usize = 16;
/// How long one statement may take before the connection is given up.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long to wait for a connection.
const QUEUE: Duration = Duration::from_secs(15);

/// What every connection is set to. The first ends what a hub that vanished left open. The second
/// keeps serialisable transactions off each other: a scan of a whole small table reads what
/// everybody writes. The third follows from it: scans that can't be avoided count as so costly that
/// the server would compile them, at a hundred times the price of running them.
const SETTINGS: [&str; 3] = [
    "SET idle_in_transaction_session_timeout = '60s'",
    "SET enable_seqscan = off",
    "SET jit = off",
];

/// A pool of connections to one database.
pub(in crate::store) struct Postgres {
    pool: Pool,
    /// Taken out only when the value is dropped.
    runtime: Option<Runtime>,
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // A plain drop would wait, which is not allowed inside another runtime.
            runtime.shutdown_background();
        }
    }
}

impl Postgres {
    /// Connects, and brings the tables up to date.
    ///
    /// # Errors
    /// [`StoreError`]; a database of a newer program is left untouched.
    pub(in crate::store) fn open(address: &PostgresAddress) -> Result<Self, StoreError> {
        let this = Self::connect(address)?;
        migrations::postgres::run(&this)?;
        Ok(this)
    }

    /// Connects where there are tables already, and brings them up to date.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there are none; otherwise as [`Self::open`].
    pub(in crate::store) fn open_existing(address: &PostgresAddress) -> Result<Self, StoreError> {
        let this = Self::connect(address)?;
        if !migrations::postgres::has_begun(&this)? {
            return Err(StoreError::Missing);
        }
        migrations::postgres::run(&this)?;
        Ok(this)
    }

    fn connect(address: &PostgresAddress) -> Result<Self, StoreError> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("database")
            .enable_all()
            .build()
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let method = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_config(address.config(), address.tls(), method);
        let settle = Hook::async_fn(|client: &mut deadpool_postgres::ClientWrapper, _| {
            Box::pin(async move {
                for setting in SETTINGS {
                    // A relative of PostgreSQL may not know it, and needs it less.
                    if client.batch_execute(setting).await.is_err() {
                        tracing::debug!(setting, "the database does not know a setting");
                    }
                }
                Ok(())
            })
        });
        let pool = Pool::builder(manager)
            .max_size(CONNECTIONS)
            .runtime(PoolRuntime::Tokio1)
            .wait_timeout(Some(QUEUE))
            .create_timeout(Some(QUEUE))
            .recycle_timeout(Some(QUEUE))
            .post_create(settle)
            .build()
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self { pool, runtime: Some(runtime) })
    }

    /// Waits for an answer of the database, but not for ever.
    fn wait<T>(
        &self,
        answer: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, Trouble> {
        let gone = || Trouble::Lost("数据库没有回答".to_owned());
        let runtime = self.runtime.as_ref().ok_or_else(gone)?;
        match runtime.block_on(async { tokio::time::timeout(PATIENCE, answer).await }) {
            Ok(answer) => answer.map_err(|error| Trouble::of(&error)),
            Err(_) => Err(gone()),
        }
    }

    fn client(&self) -> Result<Object, StoreError> {
        let gone = || StoreError::Unavailable("连接已关闭".to_owned());
        let runtime = self.runtime.as_ref().ok_or_else(gone)?;
        runtime.block_on(self.pool.get()).map_err(|error| match error {
            PoolError::Backend(error) => Trouble::of(&error).into(),
            PoolError::Timeout(_) => StoreError::Unavailable("连接超时".to_owned()),
            error => StoreError::Unavailable(error.to_string()),
        })
    }

    /// Runs one transaction.
    pub(in crate::store) fn transact<T, E: From<StoreError>>(
        &self,
        access: Access,
        action: impl FnOnce(&dyn Statements) -> Result<T, E>,
    ) -> Result<T, Failed<E>> {
        // What only reads needs one state of the database and no place in the order of writers.
        let begin = match access {
            Access::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Access::Write => "BEGIN ISOLATION LEVEL SERIALIZABLE",
        };
        let running = Running { of: self, client: Some(self.client()?), trouble: Cell::default() };
        let told = running.wait(|client| async move { client.batch_execute(begin).await });
        let result = match told {
            Ok(()) => action(&running),
            Err(error) => Err(error.into()),
        };
        running.end(result)
    }

    /// Runs one statement by itself.
    ///
    /// # Errors
    /// [`Failed::Conflict`], or [`StoreError`].
    pub(in crate::store) fn alone(&self, sql: &str) -> Result<(), Failed<StoreError>> {
        let client = self.client()?;
        match self.wait(async { client.batch_execute(sql).await }) {
            Ok(()) => Ok(()),
            Err(trouble) => {
                drop(Object::take(client));
                Err(trouble.failed())
            }
        }
    }
}

/// What a statement failed with.
#[derive(Clone, Debug)]
enum Trouble {
    /// Another transaction was in the way.
    Conflict,
    /// The connection or the server is gone, or has no room.
    Lost(String),
    /// The statement is at fault.
    Refused(String),
}

impl Trouble {
    fn of(error: &tokio_postgres::Error) -> Self {
        let Some(state) = error.code() else {
            // Not an answer of the server: the line. Its words name addresses, not what was stored.
            return Self::Lost("与数据库的连接断开".to_owned());
        };
        if [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED].contains(state) {
            return Self::Conflict;
        }
        let code = state.code();
        // Connection exceptions, insufficient resources, the server going down or coming up, and
        // a standby that took no writes yet.
        let passing = ["08", "53", "57P", "57014", "25006"];
        if passing.iter().any(|class| code.starts_with(class)) {
            return Self::Lost(format!("SQLSTATE {code}"));
        }
        Self::Refused(code.to_owned())
    }

    fn failed<E: From<StoreError>>(self) -> Failed<E> {
        match self {
            Self::Conflict => Failed::Conflict,
            trouble => Failed::With(StoreError::from(trouble).into()),
        }
    }
}

impl From<Trouble> for StoreError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Conflict => Self::Contended,
            Trouble::Lost(how) => Self::Unavailable(how),
            Trouble::Refused(sqlstate) => Self::Postgres { sqlstate },
        }
    }
}

/// A transaction under way. Dropped without its end, it takes the connection along: nobody gets one
/// that is in the middle of something.
struct Running<'p> {
    of: &'p Postgres,
    client: Option<Object>,
    /// The first failure: after it the transaction is lost, whatever is made of it above.
    trouble: Cell<Option<Trouble>>,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            drop(Object::take(client));
        }
    }
}

impl Running<'_> {
    fn wait<'s, T, F: Future<Output = Result<T, tokio_postgres::Error>>>(
        &'s self,
        ask: impl FnOnce(&'s Object) -> F,
    ) -> Result<T, StoreError> {
        let client = self.client.as_ref();
        let client = client.ok_or_else(|| StoreError::Unavailable("连接已关闭".to_owned()))?;
        self.of.wait(ask(client)).map_err(|trouble| {
            let first = self.trouble.take().unwrap_or_else(|| trouble.clone());
            self.trouble.set(Some(first));
            trouble.into()
        })
    }

    /// Keeps or undoes what was done, and gives the connection back where it is clean.
    fn end<T, E: From<StoreError>>(mut self, result: Result<T, E>) -> Result<T, Failed<E>> {
        let outcome = match (result, self.trouble.take()) {
            (_, Some(Trouble::Conflict)) => Err(Failed::Conflict),
            (Err(error), _) => Err(Failed::With(error)),
            (Ok(_), Some(trouble)) => Err(trouble.failed()),
            (Ok(value), None) => Ok(value),
        };
        let word = if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" };
        let Some(client) = self.client.take() else { return outcome };
        match self.of.wait(async { client.batch_execute(word).await }) {
            Ok(()) => outcome,
            Err(trouble) => {
                drop(Object::take(client));
                // What could not be rolled back goes with its connection.
                outcome.and_then(|_| Err(trouble.failed()))
            }
        }
    }
}

impl Statements for Running<'_> {
    fn execute(&self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        self.wait(|client| async move {
            let statement = client.prepare_cached(&dialect::postgres(sql)).await?;
            client.execute(&statement, &values).await
        })
    }

    fn query(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>, StoreError> {
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        let answer = self.wait(|client| async move {
            let statement = client.prepare_cached(&dialect::postgres(sql)).await?;
            client.query(&statement, &values).await
        })?;
        types::rows(&answer)
    }

    fn insert_each(
        &self,
        sql: &'static str,
        rows: &[Vec<Value<'_>>],
    ) -> Result<Vec<Row>, StoreError> {
        let Some(first) = rows.first() else { return Ok(Vec::new()) };
        let columns: Vec<Column<'_, '_>> =
            (0..first.len()).map(|place| Column { rows, place }).collect();
        let columns: Vec<&(dyn ToSql + Sync)> = columns.iter().map(|column| column as _).collect();
        let answer = self.wait(|client| async move {
            let statement = client.prepare_cached(&dialect::postgres(sql)).await?;
            client.query(&statement, &columns).await
        })?;
        types::rows(&answer)
    }
}
