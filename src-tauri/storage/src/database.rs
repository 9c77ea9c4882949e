//! Opening the file: key, pragmas, migrations, in this order and nowhere else.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use crate::error::StorageError;
use crate::key::Key;
use crate::{cases, migrations, signing, upstream};

/// The name of the database file.
pub const DATABASE_FILE: &str = "yichuang.db";

/// Opens (or makes) the database of a folder.
///
/// # Errors
/// [`StorageError`]; a database of a newer program or under another key is left untouched.
pub(crate) fn open(folder: &Path, key: &Key) -> Result<Connection, StorageError> {
    fs::create_dir_all(folder).map_err(StorageError::Folder)?;
    let connection = keyed(folder, key)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    // The first read proves the key.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    write_ahead(&connection)?;
    set_up(connection)
}

/// Opens the database of a folder alone: nothing else has it open, nor gets it until this one is
/// closed. None where something else has it open.
///
/// # Errors
/// As [`open`].
pub(crate) fn open_alone(folder: &Path, key: &Key) -> Result<Option<Connection>, StorageError> {
    let connection = keyed(folder, key)?;
    connection.busy_timeout(Duration::from_secs(2))?;
    // Said before the file is first looked at, it takes the whole file with that look: in
    // write-ahead mode each connection keeps a shared lock for as long as it is open.
    let alone = || {
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.execute_batch("BEGIN EXCLUSIVE; COMMIT")
    };
    match alone() {
        Ok(()) => set_up(connection).map(Some),
        Err(error) if is_busy(&error) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn keyed(folder: &Path, key: &Key) -> Result<Connection, StorageError> {
    let connection = Connection::open(folder.join(DATABASE_FILE))?;
    connection.pragma_update(None, "key", key.pragma().as_str())?;
    Ok(connection)
}

fn set_up(mut connection: Connection) -> Result<Connection, StorageError> {
    // FULL: an action that was acknowledged survives a power cut.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    migrations::run(&mut connection)?;
    upstream::ensure_practice_device(&connection)?;
    signing::ensure_practice_key(&connection)?;
    cases::bring_up_to_date(&mut connection)?;
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
