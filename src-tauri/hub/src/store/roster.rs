//! The devices as the roster lists them, and taking them out of use.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};
use yichuang_protocol::roster::{Revocation, RosterDevice};

use super::{StoreError, Tx};

/// A device of the roster as it is stored: times are still text.
struct Stored {
    device: RosterDevice,
    enrolled_at: String,
    revoked: Option<(String, String)>,
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let at: Option<String> = row.get("revoked_at")?;
    let from: Option<String> = row.get("revoked_from")?;
    Ok(Stored {
        device: RosterDevice {
            device: row.get("code")?,
            region: row.get("region")?,
            station: row.get("station")?,
            window: row.get("window")?,
            hall: row.get("hall")?,
            key: row.get("public_key")?,
            enrolled_at: Timestamp::UNIX_EPOCH,
            revoked: None,
        },
        enrolled_at: row.get("enrolled_at")?,
        revoked: at.zip(from),
    })
}

impl Stored {
    fn read(self) -> Result<RosterDevice, StoreError> {
        let unreadable = |_| StoreError::Unreadable("设备登记");
        let revoked = match self.revoked {
            None => None,
            Some((at, from)) => Some(Revocation {
                at: at.parse().map_err(unreadable)?,
                from: from.parse().map_err(unreadable)?,
            }),
        };
        let enrolled_at = self.enrolled_at.parse().map_err(unreadable)?;
        Ok(RosterDevice { enrolled_at, revoked, ..self.device })
    }
}

impl Tx<'_> {
    /// Every device that ever joined, by code.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn roster(&self) -> Result<Vec<RosterDevice>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT * FROM devices ORDER BY code")?;
        let rows = statement.query_map([], stored)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(Stored::read).collect()
    }

    /// The device of that code.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn roster_device(&self, code: &str) -> Result<Option<RosterDevice>, StoreError> {
        let query = "SELECT * FROM devices WHERE code = ?1";
        let row = self.sql.query_row(query, [code], stored).optional()?;
        row.map(Stored::read).transpose()
    }

    /// Whether the device that writes the log `origin` was revoked.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn is_revoked(&self, origin: &str) -> Result<bool, StoreError> {
        let query = "SELECT EXISTS (SELECT 1 FROM devices
                       WHERE origin = ?1 AND revoked_at IS NOT NULL)";
        Ok(self.sql.query_row(query, [origin], |row| row.get(0))?)
    }

    /// Takes a device out of use and ends its sessions.
    ///
    /// # Errors
    /// [`StoreError`], also if it was revoked before.
    pub fn revoke(&self, code: &str, revocation: &Revocation) -> Result<(), StoreError> {
        let Revocation { at, from } = revocation;
        self.sql.execute(
            "UPDATE devices SET revoked_at = ?2, revoked_from = ?3 WHERE code = ?1",
            params![code, at.to_string(), from.to_string()],
        )?;
        self.sql.execute(
            "DELETE FROM sessions WHERE origin = (SELECT origin FROM devices WHERE code = ?1)",
            [code],
        )?;
        Ok(())
    }
}
