//! What the hub is: its id, its key, and whether it is for practice. Made once, never changed.

use rusqlite::{OptionalExtension as _, params};
use yichuang_protocol::PrivateKey;

use super::{StoreError, Tx};

const SEED: &str = "hub.seed";
const TRIAL: &str = "hub.trial";

impl Tx<'_> {
    fn meta(&self, name: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT value FROM meta WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get("value")).optional()?)
    }

    fn set_once(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let query = "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.sql.execute(query, params![name, value])?;
        Ok(())
    }

    /// Makes the hub's key, once.
    pub(super) fn ensure_identity(&self) -> Result<(), StoreError> {
        if self.meta(SEED)?.is_some() {
            return Ok(());
        }
        let mut seed = [0u8; 32];
        getrandom::fill(&mut seed).map_err(StoreError::Random)?;
        let hex: String = seed.iter().map(|byte| format!("{byte:02x}")).collect();
        self.set_once(SEED, &hex)
    }

    /// The hub's key, which signs every acknowledgement.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn hub_key(&self) -> Result<PrivateKey, StoreError> {
        let unreadable = || StoreError::Unreadable("大厅中心密钥");
        let hex = self.meta(SEED)?.ok_or_else(unreadable)?;
        let mut seed = [0u8; 32];
        if hex.len() != 64 || !hex.is_ascii() {
            return Err(unreadable());
        }
        for (i, byte) in seed.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).map_err(|_| unreadable())?;
        }
        Ok(PrivateKey::from_seed(&seed))
    }

    /// The hub's id.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn hub_id(&self) -> Result<String, StoreError> {
        Ok(self.hub_key()?.public().hub_id())
    }

    /// Whether the hub is for practice; none before it was first started.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn trial(&self) -> Result<Option<bool>, StoreError> {
        Ok(self.meta(TRIAL)?.map(|value| value == "true"))
    }

    /// Settles whether the hub is for practice, if that is still open, and says what holds.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn settle_trial(&self, trial: bool) -> Result<bool, StoreError> {
        self.set_once(TRIAL, if trial { "true" } else { "false" })?;
        Ok(self.trial()?.unwrap_or(trial))
    }
}
