//! Step 11, help: the list of 帮您办 that the windows of a station share (decision 54).
//!
//! One request sends what the list lacks and asks for what this window lacks. A record is known by
//! the hash of its text; the hub takes each once, puts it behind what the list of that station has,
//! and hands on every record of it with its word that it took it in. A window knows that its own has
//! arrived when it finds it in the list. The ends of lists are chained, so that a hub that was put
//! back to a backup is seen by the first window that has more: it then gives the whole list again,
//! and is given what it lacks of it, which its own word proves.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yichuang_domain::case::event::{Hash, sha256_hex};
use yichuang_domain::ledger::shared::SealedHelp;

use crate::keys::{PrivateKey, PublicKey, Unsigned};
use crate::limits::{BATCH_BYTES, batch_len};
use crate::position::Position;

/// Where it is asked for: `POST`, with a token.
pub const PATH: &str = "/v1/help";

/// The most records of one request or one answer; their text has [`BATCH_BYTES`] at most.
pub const HELP_RECORDS: usize = 200;

/// The most records that the hub takes of one entry.
pub const ENTRY_RECORDS: u64 = 500;

/// A record that a window sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SentHelp {
    /// The record, serialised once: JSON with `origin`, `entry`, `upon` and `record`.
    pub text: String,
    /// SHA-256 of `text`.
    pub hash: Hash,
    /// The hub's own word, for one that the list once had and lacks now: it may then be another
    /// window's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// A window sends what the list lacks, and asks for what follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HelpRequest {
    /// Up to where the window holds the list.
    pub after: Position,
    /// What the list lacks, in the order in which it is to come.
    pub records: Vec<SentHelp>,
}

/// A record of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignedHelp {
    /// The record, serialised once.
    pub text: String,
    /// SHA-256 of `text`.
    pub hash: Hash,
    /// The hub's signature that it took it into the list of that station, base64.
    pub signature: String,
}

/// A record that the hub did not take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RefusedHelp {
    /// Which.
    pub hash: Hash,
    /// For machines, kebab-case: see [`HelpRefusal`].
    pub code: String,
    /// In the clerk's words.
    pub message: String,
}

/// The hub's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HelpReply {
    /// Up to where the window said that it holds the list.
    pub asked: Position,
    /// Where its records begin: behind what the window holds; or at the start, where the hub's list
    /// has no such place.
    pub from: Position,
    /// What follows there, what was just taken among it.
    pub records: Vec<SignedHelp>,
    /// Whether there is more.
    pub more: bool,
    /// What was not taken of what was sent.
    pub refused: Vec<RefusedHelp>,
}

/// The codes of refusals that this version of the hub gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HelpRefusal {
    /// The text is no record, or one of a newer program; or a name or number in it can't be.
    Malformed,
    /// The text does not have its hash.
    HashMismatch,
    /// Another window's, and the hub never gave its word for it.
    OtherDevice,
    /// Of another ledger: those stay at their window.
    OtherLedger,
    /// Practice at a real hub, or the other way round.
    PracticeMismatch,
    /// The list has no such entry.
    UnknownEntry,
    /// The entry has [`ENTRY_RECORDS`].
    EntryFull,
}

impl HelpRefusal {
    /// Every code.
    pub const ALL: [Self; 7] = [
        Self::Malformed,
        Self::HashMismatch,
        Self::OtherDevice,
        Self::OtherLedger,
        Self::PracticeMismatch,
        Self::UnknownEntry,
        Self::EntryFull,
    ];

    /// As written in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::HashMismatch => "hash-mismatch",
            Self::OtherDevice => "other-device",
            Self::OtherLedger => "other-ledger",
            Self::PracticeMismatch => "practice-mismatch",
            Self::UnknownEntry => "unknown-entry",
            Self::EntryFull => "entry-full",
        }
    }
}

/// How many of `sizes` (bytes of text, in their order) make one message: never more than the
/// limits, but always one where there is one.
pub fn help_len(sizes: impl IntoIterator<Item = usize>) -> usize {
    const { assert!(yichuang_domain::ledger::shared::HELP_BYTES < BATCH_BYTES) };
    batch_len(sizes.into_iter().take(HELP_RECORDS))
}

/// The end of a list behind one more record.
pub fn chained(end: &Position, record: &str) -> Position {
    let head = sha256_hex(format!("yichuang-help-list/1 {} {record}", end.head).as_bytes());
    Position { seq: end.seq + 1, head }
}

/// What is signed for a record of a station's list.
fn mark((region, station): (&str, &str), hash: &str) -> String {
    format!("yichuang-help/1 {region} {station} {hash}")
}

/// The record with the hub's word that it took it into the list of that station.
pub fn vouch(key: &PrivateKey, station: (&str, &str), record: SealedHelp) -> SignedHelp {
    let signature = key.signature(&mark(station, &record.hash));
    SignedHelp { text: record.text, hash: record.hash, signature }
}

/// Whether the hub with that key gave its word for a record of that station's list. That the text
/// has this hash is for who reads it to check.
///
/// # Errors
/// [`Unsigned::BadSignature`].
pub fn check_voucher(
    key: &PublicKey,
    station: (&str, &str),
    (hash, signature): (&str, &str),
) -> Result<(), Unsigned> {
    key.verify(&mark(station, hash), signature)
}

impl HelpReply {
    /// The end of the list behind its records.
    pub fn end(&self) -> Position {
        self.records.iter().fold(self.from.clone(), |end, record| chained(&end, &record.hash))
    }
}

impl SignedHelp {
    /// Without the hub's word.
    pub fn sealed(&self) -> SealedHelp {
        SealedHelp { text: self.text.clone(), hash: self.hash.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hubs_word_is_for_one_station_and_one_record() {
        let hub = PrivateKey::from_seed(&[1; 32]);
        let sealed = SealedHelp { text: "{}".to_owned(), hash: sha256_hex(b"{}") };
        let at = ("150785", "ZX");
        let signed = vouch(&hub, at, sealed);
        let good = |key: &PublicKey, at, hash: &str| {
            check_voucher(key, at, (hash, &signed.signature)).is_ok()
        };
        assert!(good(&hub.public(), at, &signed.hash));
        assert!(!good(&hub.public(), ("150785", "ZY"), &signed.hash));
        assert!(!good(&hub.public(), ("150786", "ZX"), &signed.hash));
        assert!(!good(&hub.public(), at, &"0".repeat(64)));
        assert!(!good(&PrivateKey::from_seed(&[2; 32]).public(), at, &signed.hash));
    }

    #[test]
    fn the_end_of_a_list_tells_all_that_is_in_it_and_in_which_order() {
        let end = |records: &[&str]| {
            records.iter().fold(Position::start(), |end, record| chained(&end, record))
        };
        assert_eq!(end(&["a", "b"]).seq, 2);
        assert_ne!(end(&["a", "b"]).head, end(&["b", "a"]).head);
        assert_ne!(end(&["a", "b"]).head, end(&["c", "b"]).head);
        assert_eq!(help_len(vec![1; 1000]), HELP_RECORDS);
        assert_eq!(help_len(vec![16 * 1024; 1000]), BATCH_BYTES / (16 * 1024));
    }

    #[test]
    fn codes_are_told_apart() {
        let codes: std::collections::BTreeSet<_> =
            HelpRefusal::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), HelpRefusal::ALL.len());
    }
}
