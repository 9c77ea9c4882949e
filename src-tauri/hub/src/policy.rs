//! Step 9: how long a station may be away; and setting it.

use jiff::Timestamp;
use serde::Serialize;
use yichuang_domain::away::{AwayPolicy, BadPolicy};
use yichuang_domain::numbering::is_valid_code;
use yichuang_protocol::policy::{POLICY, PolicyReply, PolicyStatement};

use crate::error::{HubError, Refused};
use crate::store::{Device, HubStore, StoreError};

/// The policy of a station.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StationPolicy {
    /// 行政区划代码.
    pub region: String,
    /// 站点代码.
    pub station: String,
    /// From where it reminds, and from where it asks a lead.
    #[serde(flatten)]
    pub policy: AwayPolicy,
    /// Since when; none where none was set.
    pub set_at: Option<Timestamp>,
}

/// The policy of a device's station, signed.
///
/// # Errors
/// The store's.
pub fn policy(
    store: &HubStore,
    device: &Device,
    now: Timestamp,
) -> Result<PolicyReply, StoreError> {
    store.read(|tx| {
        let (region, station) = (device.region.clone(), device.station.clone());
        let policy = tx.station_policy(&region, &station)?.map(|(policy, _)| policy);
        let policy = policy.unwrap_or_default();
        let kind = POLICY.to_owned();
        let said = PolicyStatement { kind, hub: tx.hub_id()?, region, station, policy, as_of: now };
        let text =
            serde_json::to_string(&said).map_err(|_| StoreError::Unreadable("离网管理办法"))?;
        Ok(PolicyReply { statement: tx.hub_key()?.sign(text) })
    })
}

/// The policy of a station as it stands.
///
/// # Errors
/// The store's.
pub fn station_policy(
    store: &HubStore,
    region: &str,
    station: &str,
) -> Result<StationPolicy, StoreError> {
    let found = store.read(|tx| tx.station_policy(region, station))?;
    let set_at = found.map(|(_, at)| at);
    let policy = found.map(|(policy, _)| policy).unwrap_or_default();
    Ok(StationPolicy { region: region.to_owned(), station: station.to_owned(), policy, set_at })
}

/// Sets the policy of a station; its windows learn of it with their next exchange.
///
/// # Errors
/// `bad-code`, `bad-policy`; or the store's.
pub fn set_station_policy(
    store: &HubStore,
    (region, station): (&str, &str),
    policy: &AwayPolicy,
    now: Timestamp,
) -> Result<StationPolicy, HubError> {
    for (field, code) in [("region", region), ("station", station)] {
        if !is_valid_code(code) {
            let message = format!("“{code}”不是代码：须为1至8位大写字母或数字");
            return Err(Refused::new("bad-code", field, message).into());
        }
    }
    policy.check().map_err(|bad| {
        let field = match bad {
            BadPolicy::Days => "days",
            BadPolicy::Cases => "cases",
            BadPolicy::ConfirmBeforeWarn => "lead",
        };
        Refused::new("bad-policy", field, bad.to_string())
    })?;
    store.write(|tx| tx.set_station_policy(region, station, policy, now))?;
    Ok(station_policy(store, region, station)?)
}

#[cfg(test)]
mod tests;
