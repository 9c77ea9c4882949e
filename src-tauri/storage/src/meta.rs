//! Small facts, one row each.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::StorageError;

pub(crate) fn get(sql: &Connection, name: &str) -> Result<Option<String>, StorageError> {
    let mut statement = sql.prepare_cached("SELECT value FROM meta WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get("value")).optional()?)
}

pub(crate) fn set(sql: &Connection, name: &str, value: &str) -> Result<(), StorageError> {
    let mut statement = sql.prepare_cached(
        "INSERT INTO meta (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )?;
    statement.execute(params![name, value])?;
    Ok(())
}

pub(crate) fn number(sql: &Connection, name: &str) -> Result<Option<u64>, StorageError> {
    let unreadable = |_| StorageError::Unreadable { what: "计数" };
    get(sql, name)?.map(|text| text.parse().map_err(unreadable)).transpose()
}
