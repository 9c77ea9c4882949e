//! The handle: one connection, one writer at a time, one transaction per action.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::backup::finish_restore;
use crate::database;
use crate::error::StorageError;
use crate::key::{self, Key};
use crate::vault::Vault;

/// The window's database. Cheap to clone; every clone is the same connection.
#[derive(Clone)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
    vault: Arc<Vault>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

/// One action: everything written through it is kept together, or nothing is.
pub struct Tx<'c> {
    pub(crate) sql: Transaction<'c>,
}

impl Store {
    /// Opens the database of a folder with its key; makes both where there are none.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn open(folder: &Path, passphrase: Option<&str>) -> Result<Self, StorageError> {
        std::fs::create_dir_all(folder).map_err(StorageError::Folder)?;
        finish_restore(folder)?;
        Self::open_with_key(folder, &key::open(folder, passphrase)?)
    }

    /// Opens the database of a folder with a key that is kept elsewhere.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn open_with_key(folder: &Path, key: &Key) -> Result<Self, StorageError> {
        finish_restore(folder)?;
        Self::open_beside(folder, key, folder)
    }

    /// Opens the database of a folder whose attachments lie in another.
    ///
    /// # Errors
    /// [`StorageError`].
    pub(crate) fn open_beside(
        folder: &Path,
        key: &Key,
        attachments: &Path,
    ) -> Result<Self, StorageError> {
        let connection = database::open(folder, key)?;
        let vault = Arc::new(Vault::of(attachments));
        Ok(Self { connection: Arc::new(Mutex::new(connection)), vault })
    }

    #[cfg(test)]
    pub(crate) fn over(connection: Connection, folder: &Path) -> Self {
        let vault = Arc::new(Vault::of(folder));
        Self { connection: Arc::new(Mutex::new(connection)), vault }
    }

    /// Where attachments lie.
    pub(crate) fn vault(&self) -> &Vault {
        &self.vault
    }

    /// The connection. A panic elsewhere leaves no transaction open (it rolls back on drop), so a
    /// poisoned lock is still good.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs one action in one transaction: kept whole if `action` succeeds, undone if it fails.
    ///
    /// The connection is taken until the end: inside, only the [`Tx`] may be asked. A call of the
    /// store itself would wait for ever.
    ///
    /// # Errors
    /// What `action` fails with, or [`StorageError`] if the transaction can't begin or end.
    pub fn write<T, E: From<StorageError>>(
        &self,
        action: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.lock();
        // Immediate: a transaction that reads first and writes later would fail at once, without
        // waiting, when another process writes in between.
        let sql = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StorageError::from)?;
        let tx = Tx { sql };
        let result = action(&tx)?;
        tx.sql.commit().map_err(StorageError::from)?;
        Ok(result)
    }

    /// Checks the file page by page.
    ///
    /// # Errors
    /// [`StorageError::Damaged`] if a page was altered or lost.
    pub fn check_file(&self) -> Result<(), StorageError> {
        let connection = self.lock();
        let mut cipher = connection.prepare("PRAGMA cipher_integrity_check")?;
        if cipher.query([])?.next()?.is_some() {
            return Err(StorageError::Damaged);
        }
        let verdict: String =
            connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if verdict == "ok" { Ok(()) } else { Err(StorageError::Damaged) }
    }
}
