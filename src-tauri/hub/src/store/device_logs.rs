//! The logs of a device: the first, which bears its name and has no row, and those that it began
//! after it was put back to a backup.

use jiff::Timestamp;

use super::engine::values;
use super::{Device, StoreError, Tx};

impl Tx<'_> {
    /// Notes that a device writes in its log; whether it is among those known, with `most` of them
    /// at most beside the first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn enter_device_log(
        &self,
        device: &Device,
        most: usize,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let known = self.logs_of_device(&device.origin)?;
        if known.contains(&device.log) {
            return Ok(true);
        }
        if known.len() > most {
            return Ok(false);
        }
        self.execute(
            "INSERT INTO device_logs (origin, log, begun_at) VALUES (?1, ?2, ?3)",
            &values![&device.origin, &device.log, at.to_string()],
        )?;
        Ok(true)
    }

    /// Every log of a device, the first one first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn logs_of_device(&self, origin: &str) -> Result<Vec<String>, StoreError> {
        let query = "SELECT log FROM device_logs WHERE origin = ?1 ORDER BY begun_at, log";
        let mut logs = vec![origin.to_owned()];
        for mut row in self.rows(query, &values![origin])? {
            logs.push(row.take("log")?);
        }
        Ok(logs)
    }
}
