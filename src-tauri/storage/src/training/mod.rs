//! A database for training only, and the folder it lies in.
//!
//! What makes it one is a mark that the schema guards (`schema/15.sql`): triggers of SQLite refuse
//! whatever would lead from there to a hub or to a real record. They hold also where everything
//! above them is wrong.

mod attempts;
mod cards;
#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::path::Path;

use rusqlite::Connection;

pub use attempts::{NewAttempt, StoredAttempt, StoredResult};
pub use cards::StoredCard;

use crate::database::DATABASE_FILE;
use crate::error::StorageError;
use crate::key::Key;
use crate::meta;
use crate::store::Store;

const MARK: &str = "training.mark";
/// The name of the folder, below the data folder.
pub const TRAINING_FOLDER: &str = "training";
/// What belongs to the database, beside its key.
const FILES: [&str; 4] = ["", "-wal", "-shm", "-journal"];
const ATTACHMENTS: &str = "attachments";

pub(crate) fn is_training(sql: &Connection) -> Result<bool, StorageError> {
    Ok(meta::get(sql, MARK)?.is_some())
}

impl Store {
    /// Opens the database of a folder for training, making it where there is none. Made-up data
    /// needs no passphrase; its key is its own, so that no other opens it, and it opens no other.
    ///
    /// # Errors
    /// [`StorageError::NotTraining`] where the folder holds records; what [`Store::open`] says.
    pub fn open_training(folder: &Path) -> Result<Self, StorageError> {
        Self::open(folder, None)?.for_training()
    }

    /// As [`Self::open_training`], with a key that is kept elsewhere.
    ///
    /// # Errors
    /// As [`Self::open_training`].
    pub fn open_training_with_key(folder: &Path, key: &Key) -> Result<Self, StorageError> {
        Self::open_with_key(folder, key)?.for_training()
    }

    fn for_training(self) -> Result<Self, StorageError> {
        if !self.is_training()? {
            self.write(|tx| meta::set(&tx.sql, MARK, "1"))?;
        }
        Ok(self)
    }

    /// Whether this database is for training only.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn is_training(&self) -> Result<bool, StorageError> {
        is_training(&self.lock())
    }
}

/// Removes everything of a folder for training but its key. Nothing may have it open.
///
/// # Errors
/// [`StorageError::NotTraining`] where the folder holds anything else; then nothing is removed.
pub fn erase_training(folder: &Path) -> Result<(), StorageError> {
    if folder.join(DATABASE_FILE).exists() {
        // Proves what it is before the first file goes.
        drop(Store::open_training(folder)?);
    }
    for end in FILES {
        gone(fs::remove_file(folder.join(format!("{DATABASE_FILE}{end}"))))?;
    }
    gone(fs::remove_dir_all(folder.join(ATTACHMENTS)))
}

fn gone(removed: io::Result<()>) -> Result<(), StorageError> {
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StorageError::Folder(error)),
        _ => Ok(()),
    }
}
