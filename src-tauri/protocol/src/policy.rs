//! Step 9, policy: how long a station may be away from its hub.
//!
//! The hub signs it for one station, so that it can be carried by anybody, and a window keeps the
//! newest: orders of policies go by `as_of`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yichuang_domain::away::AwayPolicy;

use crate::keys::{PublicKey, SignedText};

/// Where it is asked for: `POST`, with a token.
pub const PATH: &str = "/v1/policy";

/// The kind that begins every statement on a policy, so that no other signed text can pass for one.
pub const POLICY: &str = "yichuang-away-policy/1";

/// What the hub signs; it travels as [`SignedText`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PolicyStatement {
    /// [`POLICY`].
    pub kind: String,
    /// The hub that says so.
    pub hub: String,
    /// 行政区划代码 of the station.
    pub region: String,
    /// 站点代码.
    pub station: String,
    /// From where the clerk is reminded, and from where a lead must confirm: each
    /// `{"days": 7, "cases": 100}`, a part that never counts being null.
    #[schema(value_type = Object)]
    pub policy: AwayPolicy,
    /// When it was so, by the hub's clock.
    #[schema(value_type = String, format = DateTime)]
    pub as_of: Timestamp,
}

/// A window asks for the policy of its station.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PolicyRequest {}

/// The policy as it stands; without limits where none was set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PolicyReply {
    /// A signed [`PolicyStatement`].
    pub statement: SignedText,
}

/// A policy that is not to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UntrustedPolicy {
    /// The hub did not sign it, or signed it for something else.
    #[error("离网管理办法的签名不是本机入网的大厅中心所签")]
    Untrusted,
    /// Its numbers make no sense.
    #[error("离网管理办法的内容有误")]
    Malformed,
}

/// The statement in a signed text.
///
/// # Errors
/// [`UntrustedPolicy`] unless the hub with that key signed it, for that station of that region.
pub fn statement(
    hub: &PublicKey,
    (region, station): (&str, &str),
    signed: &SignedText,
) -> Result<PolicyStatement, UntrustedPolicy> {
    let text = hub.open(signed).map_err(|_| UntrustedPolicy::Untrusted)?;
    let said: PolicyStatement =
        serde_json::from_str(text).map_err(|_| UntrustedPolicy::Untrusted)?;
    let ours = said.kind == POLICY
        && said.hub == hub.hub_id()
        && said.region == region
        && said.station == station;
    if !ours {
        return Err(UntrustedPolicy::Untrusted);
    }
    said.policy.check().map_err(|_| UntrustedPolicy::Malformed)?;
    Ok(said)
}

#[cfg(test)]
mod tests {
    use yichuang_domain::away::AwayLimit;

    use super::*;
    use crate::keys::PrivateKey;

    fn hub() -> PrivateKey {
        PrivateKey::from_seed(&[1; 32])
    }

    fn said() -> PolicyStatement {
        PolicyStatement {
            kind: POLICY.to_owned(),
            hub: hub().public().hub_id(),
            region: "150785".to_owned(),
            station: "ZX".to_owned(),
            policy: AwayPolicy {
                warn: AwayLimit { days: Some(7), cases: None },
                confirm: AwayLimit { days: Some(15), cases: None },
            },
            as_of: Timestamp::UNIX_EPOCH,
        }
    }

    fn opened(by: u8, said: &PolicyStatement) -> Result<PolicyStatement, UntrustedPolicy> {
        let text = serde_json::to_string(said).unwrap();
        let signed = PrivateKey::from_seed(&[by; 32]).sign(text);
        statement(&hub().public(), ("150785", "ZX"), &signed)
    }

    #[test]
    fn only_the_hubs_own_word_for_this_station_counts() {
        assert_eq!(opened(1, &said()), Ok(said()));
        let untrusted = Err(UntrustedPolicy::Untrusted);
        assert_eq!(opened(2, &said()), untrusted);
        let other = |change: fn(&mut PolicyStatement)| {
            let mut said = said();
            change(&mut said);
            opened(1, &said)
        };
        assert_eq!(other(|said| said.station = "ZY".to_owned()), untrusted);
        assert_eq!(other(|said| said.region = "150786".to_owned()), untrusted);
        assert_eq!(other(|said| said.hub = "hub-other".to_owned()), untrusted);
        assert_eq!(other(|said| said.kind = "yichuang-x/1".to_owned()), untrusted);
        let nonsense = other(|said| said.policy.warn.days = Some(0));
        assert_eq!(nonsense, Err(UntrustedPolicy::Malformed));
    }
}
