//! How long stations may be away.

use jiff::Timestamp;
use yichuang_domain::away::AwayPolicy;

use super::engine::values;
use super::{StoreError, Tx};

impl Tx<'_> {
    /// The policy of a station, and since when; none where none was set.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn station_policy(
        &self,
        region: &str,
        station: &str,
    ) -> Result<Option<(AwayPolicy, Timestamp)>, StoreError> {
        let unreadable = || StoreError::Unreadable("离网管理办法");
        let query = "SELECT policy, set_at FROM station_policies
                     WHERE region = ?1 AND station = ?2";
        let Some(mut row) = self.row(query, &values![region, station])? else { return Ok(None) };
        let policy = serde_json::from_str(&row.take::<String>("policy")?);
        let set_at = row.take::<String>("set_at")?.parse();
        Ok(Some((policy.map_err(|_| unreadable())?, set_at.map_err(|_| unreadable())?)))
    }

    /// Sets the policy of a station.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_station_policy(
        &self,
        region: &str,
        station: &str,
        policy: &AwayPolicy,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let text =
            serde_json::to_string(policy).map_err(|_| StoreError::Unreadable("离网管理办法"))?;
        self.execute(
            "INSERT INTO station_policies (region, station, policy, set_at)
             VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (region, station) DO UPDATE
               SET policy = excluded.policy, set_at = excluded.set_at",
            &values![region, station, text, at.to_string()],
        )?;
        Ok(())
    }
}
