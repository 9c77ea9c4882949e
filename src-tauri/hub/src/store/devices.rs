//! The devices that joined.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};

use super::{StoreError, Tx};

/// A device that joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The name of its log.
    pub origin: String,
    /// The code in its case numbers.
    pub code: String,
    /// 行政区划代码.
    pub region: String,
    /// 站点代码.
    pub station: String,
    /// 窗口.
    pub window: String,
    /// 大厅名称.
    pub hall: String,
    /// Its public key, base64.
    pub public_key: String,
}

fn device(row: &Row<'_>) -> rusqlite::Result<Device> {
    Ok(Device {
        origin: row.get("origin")?,
        code: row.get("code")?,
        region: row.get("region")?,
        station: row.get("station")?,
        window: row.get("window")?,
        hall: row.get("hall")?,
        public_key: row.get("public_key")?,
    })
}

impl Tx<'_> {
    /// The device that writes the log `origin`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn device(&self, origin: &str) -> Result<Option<Device>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT * FROM devices WHERE origin = ?1")?;
        Ok(statement.query_row([origin], device).optional()?)
    }

    /// The device with that public key.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn device_with_key(&self, public_key: &str) -> Result<Option<Device>, StoreError> {
        let query = "SELECT * FROM devices WHERE public_key = ?1";
        Ok(self.sql.query_row(query, [public_key], device).optional()?)
    }

    /// Whether a device code was ever given out.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn device_code_taken(&self, code: &str) -> Result<bool, StoreError> {
        let query = "SELECT EXISTS (SELECT 1 FROM devices WHERE code = ?1)";
        Ok(self.sql.query_row(query, [code], |row| row.get(0))?)
    }

    /// Takes in a device.
    ///
    /// # Errors
    /// [`StoreError`], also if its code, log or key is taken.
    pub fn add_device(&self, device: &Device, at: Timestamp) -> Result<(), StoreError> {
        self.sql.execute(
            "INSERT INTO devices
               (origin, code, region, station, window, hall, public_key, enrolled_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                device.origin,
                device.code,
                device.region,
                device.station,
                device.window,
                device.hall,
                device.public_key,
                at.to_string()
            ],
        )?;
        Ok(())
    }
}
