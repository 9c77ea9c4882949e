//! Devices of this window that no other knows of: the program that reads identity cards.

use crate::error::StorageError;
use crate::meta;
use crate::store::Store;

const CARD_READER: &str = "card-reader.program";

impl Store {
    /// The helper program that reads identity cards; none where none is set.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn card_reader(&self) -> Result<Option<String>, StorageError> {
        Ok(meta::get(&self.lock(), CARD_READER)?.filter(|program| !program.is_empty()))
    }

    /// Sets that program; an empty path takes it away.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_card_reader(&self, program: &str) -> Result<(), StorageError> {
        meta::set(&self.lock(), CARD_READER, program)
    }
}
