//! Open challenges and sessions, by hash. Times are milliseconds since 1970.

use jiff::Timestamp;
use yichuang_domain::case::log::window_of;

use super::devices::device;
use super::engine::values;
use super::{Device, StoreError, Tx};

impl Tx<'_> {
    /// Keeps a challenge.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add_challenge(
        &self,
        challenge_hash: &str,
        origin: &str,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO challenges (challenge_hash, origin, expires_at) VALUES (?1, ?2, ?3)",
            &values![challenge_hash, origin, expires_at.as_millisecond()],
        )?;
        Ok(())
    }

    /// Uses a challenge up; whether it was open for that device.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn take_challenge(
        &self,
        challenge_hash: &str,
        origin: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let taken = self.execute(
            "DELETE FROM challenges WHERE challenge_hash = ?1 AND origin = ?2 AND expires_at >= ?3",
            &values![challenge_hash, origin, now.as_millisecond()],
        )?;
        Ok(taken == 1)
    }

    /// Keeps a session of the device that writes in that log.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add_session(
        &self,
        token_hash: &str,
        log: &str,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO sessions (token_hash, origin, expires_at, log) VALUES (?1, ?2, ?3, ?4)",
            &values![token_hash, window_of(log), expires_at.as_millisecond(), log],
        )?;
        Ok(())
    }

    /// Whose session it is, if it is still good.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn session_device(
        &self,
        token_hash: &str,
        now: Timestamp,
    ) -> Result<Option<Device>, StoreError> {
        let query = r#"SELECT d.origin, d.code, d.region, d.station, d."window" AS "window",
                         d.hall, d.public_key, s.log AS log
                       FROM sessions s JOIN devices d ON d.origin = s.origin
                       WHERE s.token_hash = ?1 AND s.expires_at > ?2"#;
        let row = self.row(query, &values![token_hash, now.as_millisecond()])?;
        let Some(mut row) = row else { return Ok(None) };
        // A session of before there were further logs names none.
        let log: Option<String> = row.take("log")?;
        let device = device(row)?;
        Ok(match log {
            Some(log) => device.writing(&log),
            None => Some(device),
        })
    }

    /// Forgets challenges and sessions that ended. A transaction of its own: it reads the whole of
    /// both tables, and whoever did that while adding to them would be in everybody's way.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget_ended(&self, now: Timestamp) -> Result<u64, StoreError> {
        let now = now.as_millisecond();
        let challenges = "DELETE FROM challenges WHERE expires_at < ?1";
        let sessions = "DELETE FROM sessions WHERE expires_at < ?1";
        Ok(self.execute(challenges, &values![now])? + self.execute(sessions, &values![now])?)
    }
}
