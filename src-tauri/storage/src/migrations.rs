//! The schema, step by step. A step that was released is never edited; a new one is added.
//!
//! The version is read inside the transaction that the steps run in: two processes that open a
//! new folder together would otherwise both find it empty, and the second would fail.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::StorageError;

const STEPS: &[&str] = &[
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
    include_str!("schema/6.sql"),
    include_str!("schema/7.sql"),
    include_str!("schema/8.sql"),
    include_str!("schema/9.sql"),
    include_str!("schema/10.sql"),
    include_str!("schema/11.sql"),
    include_str!("schema/12.sql"),
    include_str!("schema/13.sql"),
    include_str!("schema/14.sql"),
    include_str!("schema/15.sql"),
    include_str!("schema/16.sql"),
    include_str!("schema/17.sql"),
    include_str!("schema/18.sql"),
    include_str!("schema/19.sql"),
    include_str!("schema/20.sql"),
    include_str!("schema/21.sql"),
];

/// The newest version this program knows.
pub(crate) const KNOWN: i64 = STEPS.len() as i64;

fn version(sql: &Connection) -> Result<i64, rusqlite::Error> {
    sql.pragma_query_value(None, "user_version", |row| row.get(0))
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
    up_to(connection, KNOWN)
}

/// Takes the steps that are missing up to a version.
pub(crate) fn up_to(connection: &mut Connection, wanted: i64) -> Result<(), StorageError> {
    if version(connection)? >= wanted {
        return Ok(());
    }
    let tx = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(StorageError::Migration)?;
    let [found, end] = [version(&tx)?, wanted].map(|step| usize::try_from(step).unwrap_or(0));
    for step in STEPS.iter().take(end).skip(found) {
        tx.execute_batch(step).map_err(StorageError::Migration)?;
    }
    tx.pragma_update(None, "user_version", wanted.max(version(&tx)?))
        .map_err(StorageError::Migration)?;
    tx.commit().map_err(StorageError::Migration)
}
