//! Opening the file: key, pragmas, migrations, in this order and nowhere else.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use crate::error::StorageError;
use crate::key::Key;
use crate::{migrations, upstream};

/// The name of the database file.
pub const DATABASE_FILE: &str = "yichuang.db";

/// Opens (or makes) the database of a folder.
///
/// # Errors
/// [`StorageError`]; a database of a newer program or under another key is left untouched.
pub(crate) fn open(folder: &Path, key: &Key) -> Result<Connection, StorageError> {
    fs::create_dir_all(folder).map_err(StorageError::Folder)?;
    let path = folder.join(DATABASE_FILE);
    let mut connection = Connection::open(&path)?;
    connection.pragma_update(None, "key", key.pragma().as_str())?;
    // The first read proves the key.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // FULL: an action that was acknowledged survives a power cut.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    migrations::run(&mut connection)?;
    upstream::ensure_practice_device(&connection)?;
    Ok(connection)
}
