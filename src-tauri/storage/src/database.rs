//! Opening the file: key, pragmas, migrations, in this order and nowhere else.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use crate::error::StorageError;
use crate::key::Key;
use crate::{migrations, signing, upstream};

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
    connection.busy_timeout(Duration::from_secs(10))?;
    // The first read proves the key.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    write_ahead(&connection)?;
    // FULL: an action that was acknowledged survives a power cut.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    migrations::run(&mut connection)?;
    upstream::ensure_practice_device(&connection)?;
    signing::ensure_practice_key(&connection)?;
    Ok(connection)
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
