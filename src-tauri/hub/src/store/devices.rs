//! The devices that joined.

use jiff::Timestamp;
use yichuang_domain::case::log::{is_log_of, window_of};
use yichuang_domain::numbering::NumberSource;

use super::engine::values;
use super::{Row, StoreError, Tx};

/// A device that joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The name of its first log, which is its own.
    pub origin: String,
    /// The log that it writes in: the first one, or another since it was put back to a backup.
    pub log: String,
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

impl Device {
    /// The device as it writes in another of its logs; none if that can't be its.
    pub fn writing(self, log: &str) -> Option<Self> {
        is_log_of(log, &self.origin).then(|| Self { log: log.to_owned(), ..self })
    }

    /// Where its numbers come from.
    pub fn number_source(&self, practice: bool) -> NumberSource {
        NumberSource {
            region: self.region.clone(),
            station: self.station.clone(),
            device: self.code.clone(),
            practice,
        }
    }
}

pub(super) fn device(mut row: Row) -> Result<Device, StoreError> {
    let origin: String = row.take("origin")?;
    Ok(Device {
        log: origin.clone(),
        origin,
        code: row.take("code")?,
        region: row.take("region")?,
        station: row.take("station")?,
        window: row.take("window")?,
        hall: row.take("hall")?,
        public_key: row.take("public_key")?,
    })
}

impl Tx<'_> {
    /// The device that writes the log `log`, whether it began that one yet or not.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn device(&self, log: &str) -> Result<Option<Device>, StoreError> {
        let query = r#"SELECT origin, code, region, station, "window", hall, public_key
                       FROM devices WHERE origin = ?1"#;
        let found = self.row(query, &values![window_of(log)])?.map(device).transpose()?;
        Ok(found.and_then(|device| device.writing(log)))
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
