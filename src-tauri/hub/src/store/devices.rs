//! The devices that joined.

use jiff::Timestamp;

use super::engine::values;
use super::{Row, StoreError, Tx};

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

pub(super) fn device(mut row: Row) -> Result<Device, StoreError> {
    Ok(Device {
        origin: row.take("origin")?,
        code: row.take("code")?,
        region: row.take("region")?,
        station: row.take("station")?,
        window: row.take("window")?,
        hall: row.take("hall")?,
        public_key: row.take("public_key")?,
    })
}

impl Tx<'_> {
    /// The device that writes the log `origin`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn device(&self, origin: &str) -> Result<Option<Device>, StoreError> {
        let query = r#"SELECT origin, code, region, station, "window", hall, public_key
                       FROM devices WHERE origin = ?1"#;
        self.row(query, &values![origin])?.map(device).transpose()
    }

    /// The device that was given a code.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn device_with_code(&self, code: &str) -> Result<Option<Device>, StoreError> {
        let query = r#"SELECT origin, code, region, station, "window", hall, public_key
                       FROM devices WHERE code = ?1"#;
        self.row(query, &values![code])?.map(device).transpose()
    }

    /// The device with that public key.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn device_with_key(&self, public_key: &str) -> Result<Option<Device>, StoreError> {
        let query = r#"SELECT origin, code, region, station, "window", hall, public_key
                       FROM devices WHERE public_key = ?1"#;
        self.row(query, &values![public_key])?.map(device).transpose()
    }

    /// Whether a device code was ever given out.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn device_code_taken(&self, code: &str) -> Result<bool, StoreError> {
        Ok(self.row("SELECT code FROM devices WHERE code = ?1", &values![code])?.is_some())
    }

    /// Takes in a device.
    ///
    /// # Errors
    /// [`StoreError`], also if its code, log or key is taken.
    pub fn add_device(&self, device: &Device, at: Timestamp) -> Result<(), StoreError> {
        self.execute(
            r#"INSERT INTO devices
                 (origin, code, region, station, "window", hall, public_key, enrolled_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"#,
            &values![
                &device.origin,
                &device.code,
                &device.region,
                &device.station,
                &device.window,
                &device.hall,
                &device.public_key,
                at.to_string(),
            ],
        )?;
        Ok(())
    }
}
