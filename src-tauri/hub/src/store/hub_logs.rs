//! The logs that the hub began for a device after the first, which has no row: its name follows
//! from the device.

use jiff::Timestamp;
use yichuang_protocol::hub_log::first_log;

use super::engine::values;
use super::{Device, StoreError, Tx};

impl Tx<'_> {
    /// The names of the logs that the hub keeps for a device, the one it writes in last.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn hub_logs(&self, origin: &str, code: &str) -> Result<Vec<String>, StoreError> {
        let query = "SELECT name FROM hub_logs WHERE origin = ?1 ORDER BY nth";
        let mut logs = vec![first_log(&self.hub_id()?, code)];
        for mut row in self.rows(query, &values![origin])? {
            logs.push(row.take("name")?);
        }
        Ok(logs)
    }

    /// The log in which the hub writes for a device.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn hub_log(&self, device: &Device) -> Result<String, StoreError> {
        let query = "SELECT name FROM hub_logs WHERE origin = ?1 ORDER BY nth DESC LIMIT 1";
        match self.row(query, &values![&device.origin])? {
            Some(mut row) => row.take("name"),
            None => Ok(first_log(&self.hub_id()?, &device.code)),
        }
    }

    /// Begins another log for a device; `nth` is how many it has. Of two who do so at once one
    /// fails, and has to look again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn begin_hub_log(
        &self,
        device: &Device,
        (nth, name): (usize, &str),
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO hub_logs (origin, nth, name, begun_at) VALUES (?1, ?2, ?3, ?4)",
            &values![&device.origin, nth, name, at.to_string()],
        )?;
        Ok(())
    }

    /// Every log in which events of the cases of a device can stand.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn logs_of_cases(&self, device: &Device) -> Result<Vec<String>, StoreError> {
        let mut logs = self.hub_logs(&device.origin, &device.code)?;
        logs.extend(self.logs_of_device(&device.origin)?);
        Ok(logs)
    }
}
