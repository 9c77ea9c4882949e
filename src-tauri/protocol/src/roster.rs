//! Step 7, roster: which devices the hub knows, so that a window can tell whose paper it is shown
//! without asking anybody.
//!
//! The hub signs a short statement: whose roster, as of when, and the digest of the list. The list
//! itself travels only when it changed. Orders of rosters go by `as_of`: a window takes none that
//! is older than the one it has.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yichuang_domain::case::event::{Hash, sha256_hex};
use yichuang_domain::numbering::is_valid_code;

use crate::keys::{PublicKey, SignedText};
use crate::limits::ROSTER_BYTES;
use crate::progress::ProgressAddress;

/// Where it is asked for: `POST`, with a token.
pub const PATH: &str = "/v1/roster";

/// The kind that begins every statement on a roster, so that no other signed text can pass for
/// one.
pub const ROSTER: &str = "yichuang-device-roster/1";

/// What the hub signs; it travels as [`SignedText`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RosterStatement {
    /// [`ROSTER`].
    pub kind: String,
    /// The hub whose devices they are.
    pub hub: String,
    /// SHA-256 of the list's text.
    pub digest: Hash,
    /// When it was so, by the hub's clock.
    #[schema(value_type = String, format = DateTime)]
    pub as_of: Timestamp,
    /// Where applicants can ask for their cases, in the form of [`ProgressAddress`]; none where the
    /// hub has no such page. Text, so that a window that can't read it still has its roster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<String>,
}

impl RosterStatement {
    /// Where applicants can ask for their cases, if that can be read.
    pub fn progress_address(&self) -> Option<ProgressAddress> {
        ProgressAddress::parse(self.progress.as_deref()?).ok()
    }
}

/// A window asks for the roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RosterRequest {
    /// The digest of the list it has; none where it has none.
    pub have: Option<Hash>,
}

/// The roster as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RosterReply {
    /// A signed [`RosterStatement`].
    pub statement: SignedText,
    /// The list: JSON of [`RosterDevice`]s inside a JSON string, never encoded again. None where
    /// the window has it already.
    pub list: Option<String>,
}

/// A device of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RosterDevice {
    /// The code in its case numbers; no two devices ever share one.
    pub device: String,
    /// The name of its log, which a case is handed on to; none in lists of before there were
    /// transfers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// 行政区划代码.
    pub region: String,
    /// 站点代码.
    pub station: String,
    /// 窗口.
    pub window: String,
    /// 大厅名称.
    pub hall: String,
    /// Its public key, base64.
    pub key: String,
    /// When it joined, by the hub's clock.
    #[schema(value_type = String, format = DateTime)]
    pub enrolled_at: Timestamp,
    /// Whether it was revoked, which is final.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Revocation>,
}

/// A device that must no longer sign (停用).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Revocation {
    /// When it was revoked, by the hub's clock.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Papers of this day and later are not its own: a stolen computer is noticed after the theft.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
}

/// A roster that was proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    /// When it was so, by the hub's clock.
    pub as_of: Timestamp,
    /// The digest of its list.
    pub digest: Hash,
    devices: BTreeMap<String, (RosterDevice, PublicKey)>,
}

/// A roster that is not to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRoster {
    /// The hub did not sign it, or signed it for something else.
    #[error("设备名册的签名不是本机入网的大厅中心所签")]
    Untrusted,
    /// The list is not the one that was signed.
    #[error("设备名册的内容与签名不符")]
    OtherList,
    /// The list is none.
    #[error("设备名册不是约定的格式")]
    Malformed,
}

/// The statement in a signed text.
///
/// # Errors
/// [`BadRoster::Untrusted`] unless the hub with that key signed it.
pub fn statement(hub: &PublicKey, signed: &SignedText) -> Result<RosterStatement, BadRoster> {
    let text = hub.open(signed).map_err(|_| BadRoster::Untrusted)?;
    let said: RosterStatement = serde_json::from_str(text).map_err(|_| BadRoster::Untrusted)?;
    let ours = said.kind == ROSTER && said.hub == hub.hub_id();
    if ours { Ok(said) } else { Err(BadRoster::Untrusted) }
}

impl Roster {
    /// Proves a statement and its list.
    ///
    /// # Errors
    /// [`BadRoster`].
    pub fn open(hub: &PublicKey, signed: &SignedText, list: &str) -> Result<Self, BadRoster> {
        let said = statement(hub, signed)?;
        if list.len() > ROSTER_BYTES {
            return Err(BadRoster::Malformed);
        }
        if sha256_hex(list.as_bytes()) != said.digest {
            return Err(BadRoster::OtherList);
        }
        let list: Vec<RosterDevice> =
            serde_json::from_str(list).map_err(|_| BadRoster::Malformed)?;
        let mut devices = BTreeMap::new();
        for device in list {
            let codes = [&device.device, &device.region, &device.station, &device.window];
            let sound = codes.into_iter().all(|code| is_valid_code(code))
                && device.hall.chars().count() <= 60
                && !device.hall.chars().any(char::is_control);
            let key = PublicKey::from_base64(&device.key).map_err(|_| BadRoster::Malformed)?;
            let code = device.device.clone();
            if !sound || devices.insert(code, (device, key)).is_some() {
                return Err(BadRoster::Malformed);
            }
        }
        Ok(Self { as_of: said.as_of, digest: said.digest, devices })
    }

    /// Every device, by code.
    pub fn devices(&self) -> impl Iterator<Item = &RosterDevice> {
        self.devices.values().map(|(device, _)| device)
    }

    /// The device of that code, with its key.
    pub fn device(&self, code: &str) -> Option<&(RosterDevice, PublicKey)> {
        self.devices.get(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::PrivateKey;

    fn key(seed: u8) -> PrivateKey {
        PrivateKey::from_seed(&[seed; 32])
    }

    fn device(code: &str) -> RosterDevice {
        RosterDevice {
            device: code.to_owned(),
            origin: None,
            region: "150785".to_owned(),
            station: "ZX".to_owned(),
            window: "03".to_owned(),
            hall: "根河市政务服务中心".to_owned(),
            key: key(11).public().to_base64(),
            enrolled_at: Timestamp::UNIX_EPOCH,
            revoked: None,
        }
    }

    fn said(list: &str) -> RosterStatement {
        RosterStatement {
            kind: ROSTER.to_owned(),
            hub: key(1).public().hub_id(),
            digest: sha256_hex(list.as_bytes()),
            as_of: Timestamp::UNIX_EPOCH,
            progress: None,
        }
    }

    fn sign(by: &PrivateKey, said: &RosterStatement) -> SignedText {
        by.sign(serde_json::to_string(said).unwrap())
    }

    fn open(signed: &SignedText, list: &str) -> Result<Roster, BadRoster> {
        Roster::open(&key(1).public(), signed, list)
    }

    #[test]
    fn only_the_hubs_own_word_and_list_count() {
        let list = serde_json::to_string(&[device("7K2M"), device("9QAB")]).unwrap();
        let good = said(&list);
        let roster = open(&sign(&key(1), &good), &list).unwrap();
        assert_eq!(roster.device("7K2M").unwrap().0, device("7K2M"));
        assert!(roster.device("XXXX").is_none());

        assert_eq!(open(&sign(&key(2), &good), &list), Err(BadRoster::Untrusted));
        let other_hub = RosterStatement { hub: "hub-other".to_owned(), ..good.clone() };
        assert_eq!(open(&sign(&key(1), &other_hub), &list), Err(BadRoster::Untrusted));
        let other_kind = RosterStatement { kind: "yichuang-x/1".to_owned(), ..good.clone() };
        assert_eq!(open(&sign(&key(1), &other_kind), &list), Err(BadRoster::Untrusted));
        let mut changed = sign(&key(1), &good);
        changed.text = changed.text.replace("1970", "2030");
        assert_eq!(open(&changed, &list), Err(BadRoster::Untrusted));
        let forged = list.replace("ZX", "ZY");
        assert_eq!(open(&sign(&key(1), &good), &forged), Err(BadRoster::OtherList));
    }

    #[test]
    fn a_list_that_is_none_is_refused_even_when_signed() {
        let twice = serde_json::to_string(&[device("7K2M"), device("7K2M")]).unwrap();
        let weak = RosterDevice {
            key: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".to_owned(),
            ..device("7K2M")
        };
        let weak = serde_json::to_string(&[weak]).unwrap();
        let code = serde_json::to_string(&[device("7k2m")]).unwrap();
        for list in [twice.as_str(), &weak, &code, "", "{}", "[1]"] {
            let signed = sign(&key(1), &said(list));
            assert_eq!(open(&signed, list), Err(BadRoster::Malformed), "{list}");
        }
    }
}
