//! What the window remembers of the ferry: only where its last file went.

use crate::error::StorageError;
use crate::meta;
use crate::store::Store;

const FOLDER: &str = "ferry.folder";

impl Store {
    /// The folder that the last ferry file was written to; none before the first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn ferry_folder(&self) -> Result<Option<String>, StorageError> {
        meta::get(&self.lock(), FOLDER)
    }

    /// Remembers the folder of a ferry file.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn remember_ferry_folder(&self, folder: &str) -> Result<(), StorageError> {
        meta::set(&self.lock(), FOLDER, folder)
    }
}
