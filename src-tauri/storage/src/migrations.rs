//! The schema, step by step. A step that was released is never edited; a new one is added.

use rusqlite::{Connection, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use crate::error::StorageError;

const STEPS: &[M<'_>] = &[M::up(include_str!("schema/1.sql"))];

/// The newest version this program knows.
pub(crate) const KNOWN: i64 = STEPS.len() as i64;

fn version(connection: &Connection) -> Result<i64, rusqlite::Error> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings the schema up to date, all steps in one transaction.
///
/// # Errors
/// [`StorageError::Newer`] for a database of a newer program, which is left untouched.
pub(crate) fn run(connection: &mut Connection) -> Result<(), StorageError> {
    let found = version(connection)?;
    if found > KNOWN {
        return Err(StorageError::Newer { found, known: KNOWN });
    }
    if found == KNOWN {
        return Ok(());
    }
    connection.set_transaction_behavior(TransactionBehavior::Immediate);
    Migrations::from_slice(STEPS).to_latest(connection).map_err(StorageError::Migration)
}
