//! The two engines under the store: SQLite in a file, and PostgreSQL (or what speaks like it).
//!
//! Both run the same statements ([`dialect`]) with the same kinds of values ([`value`]). An engine
//! knows no table and no rule. What it gives: a transaction is kept whole or leaves nothing, and
//! transactions of however many processes have the outcome of running one after another.

mod dialect;
pub(super) mod postgres;
mod retry;
pub(super) mod sqlite;
mod value;

use super::StoreError;
pub(super) use retry::Retry;
pub(super) use value::{Row, Stored, Value, values};

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// To read one state of the database.
    Read,
    /// To write.
    Write,
}

/// The statements of one transaction.
pub(super) trait Statements {
    /// Runs a statement that gives no rows; how many rows it changed.
    ///
    /// # Errors
    /// [`StoreError`]. The transaction is then over, whatever the caller makes of it.
    fn execute(&self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError>;

    /// Runs a statement that gives rows.
    ///
    /// # Errors
    /// As [`Self::execute`].
    fn query(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>, StoreError>;

    /// Runs an `INSERT … VALUES EACH (…)` for many rows of values, in one go where that takes a
    /// round trip; the rows that its `RETURNING` gives.
    ///
    /// # Errors
    /// As [`Self::execute`].
    fn insert_each(
        &self,
        sql: &'static str,
        rows: &[Vec<Value<'_>>],
    ) -> Result<Vec<Row>, StoreError>;
}

/// How a transaction failed. Nothing of it was written.
pub(super) enum Failed<E> {
    /// Another transaction was in its way: it may be run again.
    Conflict,
    /// For good.
    With(E),
}

impl<E: From<StoreError>> From<StoreError> for Failed<E> {
    fn from(error: StoreError) -> Self {
        Self::With(error.into())
    }
}
