//! The devices as the roster lists them, and taking them out of use.

use yichuang_protocol::roster::{Revocation, RosterDevice};

use super::engine::values;
use super::{Row, StoreError, Tx};

fn listed(mut row: Row) -> Result<RosterDevice, StoreError> {
    fn read<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
        text.parse().map_err(|_| StoreError::Unreadable("设备登记"))
    }
    let at: Option<String> = row.take("revoked_at")?;
    let from: Option<String> = row.take("revoked_from")?;
    let revoked = match at.zip(from) {
        None => None,
        Some((at, from)) => Some(Revocation { at: read(&at)?, from: read(&from)? }),
    };
    Ok(RosterDevice {
        device: row.take("code")?,
        origin: Some(row.take("origin")?),
        region: row.take("region")?,
        station: row.take("station")?,
        window: row.take("window")?,
        hall: row.take("hall")?,
        key: row.take("public_key")?,
        enrolled_at: read(&row.take::<String>("enrolled_at")?)?,
        revoked,
    })
}

impl Tx<'_> {
    /// Every device that ever joined, by code.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn roster(&self) -> Result<Vec<RosterDevice>, StoreError> {
        let query = r#"SELECT code, origin, region, station, "window", hall, public_key, enrolled_at,
                         revoked_at, revoked_from FROM devices"#;
        let rows = self.rows(query, &values![])?;
        let mut all = rows.into_iter().map(listed).collect::<Result<Vec<_>, _>>()?;
        // Here, not there: what comes first would depend on the language of the database, and the
        // digest of the list on what comes first.
        all.sort_by(|one, other| one.device.cmp(&other.device));
        Ok(all)
    }

    /// The device of that code.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn roster_device(&self, code: &str) -> Result<Option<RosterDevice>, StoreError> {
        let query = r#"SELECT code, origin, region, station, "window", hall, public_key, enrolled_at,
                         revoked_at, revoked_from FROM devices WHERE code = ?1"#;
        self.row(query, &values![code])?.map(listed).transpose()
    }

    /// Whether the device that writes the log `origin` was revoked.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn is_revoked(&self, origin: &str) -> Result<bool, StoreError> {
        let query = "SELECT code FROM devices WHERE origin = ?1 AND revoked_at IS NOT NULL";
        Ok(self.row(query, &values![origin])?.is_some())
    }

    /// Takes a device out of use and ends its sessions. One that was revoked stays as it is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn revoke(&self, code: &str, revocation: &Revocation) -> Result<(), StoreError> {
        let Revocation { at, from } = revocation;
        self.execute(
            "UPDATE devices SET revoked_at = ?2, revoked_from = ?3
             WHERE code = ?1 AND revoked_at IS NULL",
            &values![code, at.to_string(), from.to_string()],
        )?;
        self.execute(
            "DELETE FROM sessions WHERE origin = (SELECT origin FROM devices WHERE code = ?1)",
            &values![code],
        )?;
        Ok(())
    }
}
