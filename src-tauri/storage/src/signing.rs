//! The key that this device signs papers with: that of its enrolment, or, in a profile that joined
//! no hub, one of the profile's own, so that papers of practice are made in the same way.

use rusqlite::{Connection, params};
use zeroize::Zeroizing;

use crate::error::StorageError;
use crate::key::KeyError;
use crate::store::{Store, Tx};
use crate::{meta, upstream};

const PRACTICE_KEY: &str = "practice.seed";

/// An Ed25519 seed, wiped when it is dropped.
pub type DeviceSeed = Zeroizing<[u8; 32]>;

/// Makes the practice key, once.
pub(crate) fn ensure_practice_key(sql: &Connection) -> Result<(), StorageError> {
    if meta::get(sql, PRACTICE_KEY)?.is_some() {
        return Ok(());
    }
    let mut seed = Zeroizing::new([0u8; 32]);
    getrandom::fill(&mut *seed).map_err(|_| KeyError::Random)?;
    let hex: String = seed.iter().map(|byte| format!("{byte:02x}")).collect();
    let hex = Zeroizing::new(hex);
    let query = "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING";
    sql.execute(query, params![PRACTICE_KEY, hex.as_str()])?;
    Ok(())
}

fn practice_key(sql: &Connection) -> Result<DeviceSeed, StorageError> {
    let unreadable = || StorageError::Unreadable { what: "演练签名密钥" };
    let hex = meta::get(sql, PRACTICE_KEY)?.map(Zeroizing::new).ok_or_else(unreadable)?;
    let mut seed = Zeroizing::new([0u8; 32]);
    if hex.len() != 64 || !hex.is_ascii() {
        return Err(unreadable());
    }
    for (byte, digits) in seed.iter_mut().zip(hex.as_bytes().chunks(2)) {
        let digits = std::str::from_utf8(digits).map_err(|_| unreadable())?;
        *byte = u8::from_str_radix(digits, 16).map_err(|_| unreadable())?;
    }
    Ok(seed)
}

impl Store {
    /// The key of this profile's practice.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn practice_key(&self) -> Result<DeviceSeed, StorageError> {
        practice_key(&self.lock())
    }
}

impl Tx<'_> {
    /// The key that papers of this transaction are signed with.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn signing_key(&self) -> Result<DeviceSeed, StorageError> {
        match upstream::enrolment(&self.sql)? {
            Some(enrolment) => Ok(Zeroizing::new(enrolment.device_seed)),
            None => practice_key(&self.sql),
        }
    }
}
