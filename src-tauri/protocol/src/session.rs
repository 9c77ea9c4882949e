//! Step 2, session: the device proves that it holds its key and gets a short-lived token.
//!
//! The hub sends a challenge, which is used once; the device signs it. The token goes into the
//! `Authorization: Bearer` header of every later step.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yichuang_domain::case::event::OriginId;

use crate::hub_log::{GiveBack, HeldLog};
use crate::keys::SignedText;
use crate::position::Position;

/// Where a challenge is asked for: `POST`.
pub const CHALLENGE_PATH: &str = "/v1/challenge";
/// Where it is answered: `POST`.
pub const PATH: &str = "/v1/session";

/// How long a token is good, in seconds.
pub const TOKEN_SECONDS: i64 = 15 * 60;
/// How long a challenge is open, in seconds.
pub const CHALLENGE_SECONDS: i64 = 60;

/// The most logs that a device may begin after its first.
pub const FURTHER_LOGS: usize = 64;

/// A device asks for a challenge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChallengeRequest {
    /// Who asks: the log that the device writes in.
    pub origin: OriginId,
}

/// The challenge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChallengeReply {
    /// What to sign, in the form of [`challenge`].
    pub challenge: String,
}

/// The challenge answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SessionRequest {
    /// The version agreed on in hello.
    pub version: u32,
    /// Who answers.
    pub origin: OriginId,
    /// The challenge, as it came.
    pub challenge: String,
    /// The device's signature of it, base64.
    pub signature: String,
    /// What the device holds of the logs that the hub keeps for it, the newest last. A hub that
    /// holds another (it was put back to a backup) begins a new one.
    pub hub_logs: Vec<HeldLog>,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SessionReply {
    /// The token.
    pub token: String,
    /// Until when it is good, by the hub's clock.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
    /// Where the device's log stands at the hub: a signed
    /// [`Acknowledgement`](crate::Acknowledgement).
    pub holds: SignedText,
    /// The name of the log in which the hub now writes for this device.
    pub hub_origin: OriginId,
    /// Where that log stands.
    pub hub_log: Position,
    /// What the hub lost of earlier ones; empty as long as nothing goes wrong.
    pub give_back: Vec<GiveBack>,
    /// Where the device's own other logs stand at the hub; empty unless it was put back to a
    /// backup. What it lacks of them it pulls, what the hub lacks it sends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_logs: Vec<OwnLog>,
}

/// Where one of a device's own logs stands at the hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnLog {
    /// The log.
    pub log: OriginId,
    /// Its end.
    pub at: Position,
}

/// The text of a challenge. In a session a device signs nothing else: see [`is_challenge`].
pub fn challenge(hub: &str, origin: &str, nonce: &str) -> String {
    format!("yichuang-session/1 {hub} {origin} {nonce}")
}

/// Whether `text` is a challenge of this hub for this device, and so safe to sign.
pub fn is_challenge(text: &str, hub: &str, origin: &str) -> bool {
    text.strip_prefix(&challenge(hub, origin, "")).is_some_and(|nonce| {
        (16..=128).contains(&nonce.len()) && nonce.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_challenge_for_this_device_is_signed() {
        let nonce = "0123456789abcdef0123456789abcdef";
        assert!(is_challenge(&challenge("hub-1", "win-1", nonce), "hub-1", "win-1"));
        assert!(!is_challenge(&challenge("hub-2", "win-1", nonce), "hub-1", "win-1"));
        assert!(!is_challenge(&challenge("hub-1", "win-2", nonce), "hub-1", "win-1"));
        assert!(!is_challenge(&challenge("hub-1", "win-1", "short"), "hub-1", "win-1"));
        assert!(!is_challenge("yichuang-enrol/1 A B", "hub-1", "win-1"));
        assert!(!is_challenge(
            &challenge("hub-1", "win-1", "a b c d e f g h i j"),
            "hub-1",
            "win-1"
        ));
    }
}
