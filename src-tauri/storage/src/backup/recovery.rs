//! The recovery key: what a backup is written for, and what reads it.

use age::secrecy::ExposeSecret as _;
use age::x25519::{Identity, Recipient};
use zeroize::Zeroizing;

use super::BackupError;
use crate::error::StorageError;
use crate::meta;
use crate::store::Store;

const RECIPIENT: &str = "backup.recipient";

/// The public half of a recovery key (恢复公钥): writes backups, reads none.
#[derive(Clone)]
pub struct RecoveryKey(pub(super) Recipient);

impl RecoveryKey {
    /// Reads it as it is written: `age1…`.
    ///
    /// # Errors
    /// [`BackupError::BadRecipient`].
    pub fn parse(text: &str) -> Result<Self, BackupError> {
        text.trim().parse().map(Self).map_err(|_| BackupError::BadRecipient)
    }

    /// As it is written.
    pub fn text(&self) -> String {
        self.0.to_string()
    }
}

/// The private half (恢复密钥): reads backups. It is shown once and never kept.
pub struct RecoveryReader(pub(super) Identity);

impl RecoveryReader {
    /// A new one.
    pub fn new() -> Self {
        Self(Identity::generate())
    }

    /// Reads it as it was copied from paper: blanks and small letters do no harm.
    ///
    /// # Errors
    /// [`BackupError::BadRecoveryKey`].
    pub fn parse(text: &str) -> Result<Self, BackupError> {
        let mut plain = Zeroizing::new(String::with_capacity(text.len()));
        plain.extend(text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()));
        plain.parse().map(Self).map_err(|_| BackupError::BadRecoveryKey)
    }

    /// As it is to be copied: `AGE-SECRET-KEY-1…`, which the program `age` reads too.
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_string().expose_secret().to_owned())
    }

    /// What writes for it.
    pub fn public(&self) -> RecoveryKey {
        RecoveryKey(self.0.to_public())
    }
}

impl Default for RecoveryReader {
    fn default() -> Self {
        Self::new()
    }
}

impl Store {
    /// What backups of this window are written for; none before the first.
    ///
    /// # Errors
    /// [`BackupError`].
    pub fn recovery_key(&self) -> Result<Option<RecoveryKey>, BackupError> {
        let kept = meta::get(&self.lock(), RECIPIENT)?;
        let unreadable = |_| StorageError::Unreadable { what: "恢复公钥" };
        Ok(kept.map(|text| RecoveryKey::parse(&text).map_err(unreadable)).transpose()?)
    }

    /// From now on backups are written for that one.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_recovery_key(&self, key: &RecoveryKey) -> Result<(), StorageError> {
        meta::set(&self.lock(), RECIPIENT, &key.text())
    }
}
