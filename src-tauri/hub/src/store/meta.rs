//! What the hub is: its id, its key, whether it is for practice, and the back office's token. Made
//! once, never changed, so that the first two are kept once read. And where its page for applicants
//! is, which may change, as other settings of the whole hub.

use yichuang_protocol::PrivateKey;

use super::engine::values;
use super::{StoreError, Tx};

const SEED: &str = "hub.seed";
const TRIAL: &str = "hub.trial";
const OFFICE_TOKEN: &str = "office.token";
const PROGRESS_ADDRESS: &str = "progress.address";

impl Tx<'_> {
    pub(super) fn meta(&self, name: &str) -> Result<Option<String>, StoreError> {
        let row = self.row("SELECT value FROM meta WHERE name = ?1", &values![name])?;
        row.map(|mut row| row.take("value")).transpose()
    }

    pub(super) fn set_meta(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO meta (name, value) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            &values![name, value],
        )?;
        Ok(())
    }

    pub(super) fn set_once(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let query = "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING";
        self.execute(query, &values![name, value])?;
        Ok(())
    }

    /// Where applicants reach the page for their cases, as it was settled; none where it is closed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn progress_address(&self) -> Result<Option<String>, StoreError> {
        Ok(self.meta(PROGRESS_ADDRESS)?.filter(|address| !address.is_empty()))
    }

    /// Settles it anew.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_progress_address(&self, address: Option<&str>) -> Result<(), StoreError> {
        self.set_meta(PROGRESS_ADDRESS, address.unwrap_or_default())
    }

    /// Asks the database for anything at all.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn ping(&self) -> Result<(), StoreError> {
        self.meta(SEED).map(drop)
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
        if let Some(key) = self.known.key.get() {
            return Ok(key.clone());
        }
        let unreadable = || StoreError::Unreadable("大厅中心密钥");
        let hex = self.meta(SEED)?.ok_or_else(unreadable)?;
        let mut seed = [0u8; 32];
        if hex.len() != 64 || !hex.is_ascii() {
            return Err(unreadable());
        }
        for (i, byte) in seed.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).map_err(|_| unreadable())?;
        }
        Ok(self.known.key.get_or_init(|| PrivateKey::from_seed(&seed)).clone())
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
        if let Some(trial) = self.known.trial.get() {
            return Ok(Some(*trial));
        }
        let found = self.meta(TRIAL)?.map(|value| value == "true");
        Ok(found.map(|trial| *self.known.trial.get_or_init(|| trial)))
    }

    /// Settles whether the hub is for practice, if that is still open, and says what holds.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn settle_trial(&self, trial: bool) -> Result<bool, StoreError> {
        self.set_once(TRIAL, if trial { "true" } else { "false" })?;
        // Not by `trial`, which remembers: this is not committed yet.
        Ok(self.meta(TRIAL)?.map_or(trial, |value| value == "true"))
    }

    /// Settles the back office's token, if there is none yet, and says which holds.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn settle_office_token(&self, token: &str) -> Result<String, StoreError> {
        self.set_once(OFFICE_TOKEN, token)?;
        self.meta(OFFICE_TOKEN)?.ok_or(StoreError::Unreadable("后台令牌"))
    }
}
