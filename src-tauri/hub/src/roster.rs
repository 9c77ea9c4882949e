//! Step 7: which devices there are, for windows to tell whose paper they are shown; and taking a
//! device out of use.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use yichuang_domain::case::event::sha256_hex;
use yichuang_protocol::roster::{
    ROSTER, Revocation, RosterDevice, RosterReply, RosterRequest, RosterStatement,
};

use crate::error::{HubError, Refused};
use crate::store::{HubStore, StoreError};

/// The roster as it stands; the list only where the window has another.
///
/// # Errors
/// The store's.
pub fn roster(
    store: &HubStore,
    request: &RosterRequest,
    now: Timestamp,
) -> Result<RosterReply, StoreError> {
    let unreadable = |_| StoreError::Unreadable("设备名册");
    store.read(|tx| {
        let list = serde_json::to_string(&tx.roster()?).map_err(unreadable)?;
        let digest = sha256_hex(list.as_bytes());
        let known = request.have.as_deref() == Some(digest.as_str());
        let kind = ROSTER.to_owned();
        let (hub, progress) = (tx.hub_id()?, tx.progress_address()?);
        let said = RosterStatement { kind, hub, digest, as_of: now, progress };
        let text = serde_json::to_string(&said).map_err(unreadable)?;
        let statement = tx.hub_key()?.sign(text);
        Ok(RosterReply { statement, list: (!known).then_some(list) })
    })
}

/// A device that was revoked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Revoked {
    /// The code in its case numbers.
    pub device: String,
    /// Its station.
    pub station: String,
    /// Its window.
    pub window: String,
    /// When it was revoked, and from which day its papers are not its own.
    #[serde(flatten)]
    pub revocation: Revocation,
}

/// Takes a device out of use: its sessions end, and its papers of the day `from` and later are no
/// longer its own. Doing it again changes nothing and tells what holds.
///
/// # Errors
/// `unknown-device`; or the store's.
pub fn revoke(
    store: &HubStore,
    device: &str,
    from: Date,
    now: Timestamp,
) -> Result<Revoked, HubError> {
    let known = store.write(|tx| {
        let Some(known) = tx.roster_device(device)? else { return Ok::<_, StoreError>(None) };
        if known.revoked.is_none() {
            tx.revoke(device, &Revocation { at: now, from })?;
        }
        tx.roster_device(device)
    })?;
    match known {
        Some(RosterDevice { device, station, window, revoked: Some(revocation), .. }) => {
            Ok(Revoked { device, station, window, revocation })
        }
        _ => {
            let message = format!("没有设备代码为“{device}”的设备：代码是办件编号的第三段");
            Err(Refused::new("unknown-device", "device", message).into())
        }
    }
}

#[cfg(test)]
mod tests;
