//! SQLite's steps: all that are missing in one transaction.

use rusqlite::{Connection, TransactionBehavior};

use crate::store::StoreError;

const STEPS: &[&str] = &[
    include_str!("../schema/sqlite/1.sql"),
    include_str!("../schema/sqlite/2.sql"),
    include_str!("../schema/sqlite/3.sql"),
    include_str!("../schema/sqlite/4.sql"),
    include_str!("../schema/sqlite/5.sql"),
    include_str!("../schema/sqlite/6.sql"),
    include_str!("../schema/sqlite/7.sql"),
    include_str!("../schema/sqlite/8.sql"),
    include_str!("../schema/sqlite/9.sql"),
    include_str!("../schema/sqlite/10.sql"),
    include_str!("../schema/sqlite/11.sql"),
    include_str!("../schema/sqlite/12.sql"),
    include_str!("../schema/sqlite/13.sql"),
];

/// The newest version this program knows.
const KNOWN: i64 = STEPS.len() as i64;

/// Brings the schema up to date. The version is read inside the one transaction that also raises
/// it, so that a server and a command that start together do not both do it.
///
/// # Errors
/// [`StoreError::Newer`] for a database of a newer program, which is left untouched.
pub(in crate::store) fn run(connection: &mut Connection) -> Result<(), StoreError> {
    let version = |sql: &Connection| sql.pragma_query_value(None, "user_version", |row| row.get(0));
    let found: i64 = version(connection)?;
    if found == KNOWN {
        return Ok(());
    }
    let sql = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = version(&sql)?;
    if found > KNOWN {
        return Err(StoreError::Newer { found, known: KNOWN });
    }
    let done = usize::try_from(found).unwrap_or(0);
    for step in STEPS.iter().skip(done) {
        sql.execute_batch(step)?;
    }
    sql.pragma_update(None, "user_version", KNOWN)?;
    sql.commit()?;
    Ok(())
}
