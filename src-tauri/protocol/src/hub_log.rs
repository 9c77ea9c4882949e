//! The logs that a hub keeps for a device: their names, and how both sides find out what the other
//! holds of them.
//!
//! There is one for each device, as long as nothing goes wrong. A hub that is put back to a backup
//! has lost the end of it, and must not write into places that the window holds otherwise: it
//! begins another log, which holds what the window lacks of the old ones, and asks the window for
//! what it lacks itself. Which is the newest, and where two copies of one part, both sides see from
//! [`HeldLog`].

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yichuang_domain::case::event::{GENESIS, Hash, OriginId, SealedEvent, SignedEvent, is_hash};

use crate::keys::{PrivateKey, PublicKey, Unsigned};
use crate::limits::HIGHEST;
use crate::position::Position;

/// The most logs that are told of; a window names the newest.
pub const HELD_LOGS: usize = 32;
/// The most places of one log that are told of.
pub const PLACES: usize = 64;

/// The name of the first log that a hub keeps for a device.
pub fn first_log(hub: &str, device: &str) -> OriginId {
    format!("{hub}-{device}")
}

/// The name of another one. `mark` is any letters and digits that no earlier one has, so that logs
/// begun after two backups never have the same name.
pub fn further_log(hub: &str, device: &str, mark: &str) -> OriginId {
    format!("{hub}-{device}.{mark}")
}

/// Whether a log can be one that this hub keeps for this device.
pub fn is_log_of(name: &str, hub: &str, device: &str) -> bool {
    let Some(rest) = name.strip_prefix(&first_log(hub, device)) else { return false };
    let further = rest.strip_prefix('.').is_some_and(|mark| {
        (1..=32).contains(&mark.len()) && mark.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    rest.is_empty() || further
}

/// What a window holds of one of the hub's logs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HeldLog {
    /// The log.
    pub log: OriginId,
    /// Up to where.
    pub held: Position,
    /// Places before that, each twice as far back as the last ([`earlier_places`]): where the
    /// copies differ at the end, they show where they parted.
    pub earlier: Vec<Position>,
}

impl HeldLog {
    /// A log of which nothing is held.
    pub fn nothing_of(log: OriginId) -> Self {
        Self { log, held: Position::start(), earlier: Vec::new() }
    }

    /// Whether it can be what a window holds of a log of this hub for this device.
    pub fn is_well_formed(&self, hub: &str, device: &str) -> bool {
        let sound = |at: &Position| {
            is_hash(&at.head) && at.seq <= HIGHEST && (at.seq > 0 || at.head == GENESIS)
        };
        is_log_of(&self.log, hub, device)
            && self.earlier.len() <= PLACES
            && sound(&self.held)
            && self.earlier.iter().all(|at| sound(at) && at.seq < self.held.seq)
    }
}

/// The places that are told of beside the end `seq` of a log, from the end to the beginning.
pub fn earlier_places(seq: u64) -> Vec<u64> {
    let back = (0..u64::BITS).map(|power| 1u64 << power);
    back.map_while(|back| seq.checked_sub(back)).take_while(|place| *place > 0).collect()
}

/// What a window must give back of a log: the hub lost it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GiveBack {
    /// The log.
    pub log: OriginId,
    /// Everything after this place.
    pub after: u64,
}

/// What is signed for an event.
fn mark(hash: &Hash) -> String {
    format!("yichuang-event/1 {hash}")
}

/// The event with the hub's word that it wrote it, or took it in.
pub fn vouch(key: &PrivateKey, event: SealedEvent) -> SignedEvent {
    let signature = key.signature(&mark(&event.hash));
    SignedEvent { text: event.text, hash: event.hash, signature }
}

/// Whether the hub with that key gave its word for the event. That the text has this hash is for
/// who reads it to check.
///
/// # Errors
/// [`Unsigned::BadSignature`].
pub fn check_voucher(key: &PublicKey, event: &SignedEvent) -> Result<(), Unsigned> {
    key.verify(&mark(&event.hash), &event.signature)
}

/// How a signed event looks in the description of the interface.
#[derive(ToSchema)]
#[schema(as = SignedEvent)]
pub struct SignedEventSchema {
    /// The event, serialised once by the one who wrote it. It is JSON inside a JSON string, and
    /// is never encoded again.
    pub text: String,
    /// SHA-256 of `text`, lower-case hexadecimal.
    pub hash: Hash,
    /// The hub's Ed25519 signature over `yichuang-event/1 HASH`, base64.
    pub signature: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_logs_of_this_hub_for_this_device_are() {
        let further = further_log("hub-1", "7K2M", "q9");
        for name in [first_log("hub-1", "7K2M"), further] {
            assert!(is_log_of(&name, "hub-1", "7K2M"), "{name}");
        }
        for name in
            ["hub-1-7K2", "hub-1-7K2MX", "hub-2-7K2M", "hub-1-7K2M.", "hub-1-7K2M.a-b", "win-7K2M"]
        {
            assert!(!is_log_of(name, "hub-1", "7K2M"), "{name}");
        }
    }

    #[test]
    fn places_go_back_ever_faster_and_fit() {
        assert_eq!(earlier_places(0), Vec::<u64>::new());
        assert_eq!(earlier_places(1), Vec::<u64>::new());
        assert_eq!(earlier_places(9), [8, 7, 5, 1]);
        assert!(earlier_places(HIGHEST).len() <= PLACES);
    }

    #[test]
    fn what_is_no_log_held_is_told() {
        let log = first_log("hub-1", "7K2M");
        let at = |seq, head: &str| Position { seq, head: head.to_owned() };
        let good = "ab".repeat(32);
        let held =
            |held: Position, earlier: Vec<Position>| HeldLog { log: log.clone(), held, earlier };
        assert!(held(Position::start(), Vec::new()).is_well_formed("hub-1", "7K2M"));
        assert!(held(at(3, &good), vec![at(2, &good)]).is_well_formed("hub-1", "7K2M"));
        let bad = [
            held(at(3, "ab"), Vec::new()),
            held(at(3, &"AB".repeat(32)), Vec::new()),
            held(at(0, &good), Vec::new()),
            held(at(u64::MAX, &good), Vec::new()),
            held(at(3, &good), vec![at(3, &good)]),
            held(at(99, &good), vec![at(2, &good); PLACES + 1]),
            HeldLog::nothing_of("hub-2-7K2M".to_owned()),
        ];
        for bad in bad {
            assert!(!bad.is_well_formed("hub-1", "7K2M"), "{bad:?}");
        }
    }

    #[test]
    fn a_voucher_serves_one_event_and_one_hub() {
        let key = PrivateKey::from_seed(&[1; 32]);
        let event = SealedEvent { text: "{}".to_owned(), hash: "ab".repeat(32) };
        let signed = vouch(&key, event);
        assert_eq!(check_voucher(&key.public(), &signed), Ok(()));
        let other = SignedEvent { hash: "cd".repeat(32), ..signed.clone() };
        assert!(check_voucher(&key.public(), &other).is_err());
        assert!(check_voucher(&PrivateKey::from_seed(&[2; 32]).public(), &signed).is_err());
    }
}
