//! The list of 帮您办 that all windows of a station share (decision 54): how its records travel, and
//! what they make.
//!
//! A record is serialised once, by the window that writes it, and is known by the hash of those
//! bytes; each names the record that it was written upon. The windows get all of them in the hub's
//! order, and what a window has not yet sent comes last. Of two that were written upon the same,
//! neither knowing of the other, the first in that order counts. The other is set aside: it is kept
//! and shown for a person to act on, and never applied later, so that what somebody saw settled
//! stays so. A note (记事) tells what happened and decides nothing: it counts whatever it was written
//! upon.
//!
//! No other ledger is shared, and nothing here asks who may act: everybody at the station may.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{LedgerAct, LedgerEntry, LedgerKind, LedgerRecord};
use crate::applicant::name_key;
use crate::case::event::{Hash, OriginId, is_hash, sha256_hex};

/// The most bytes of a record's text. The longest that a window writes is half of it.
pub const HELP_BYTES: usize = 16 * 1024;

/// A record of the shared list, with its place among the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpRecord {
    /// The log of the window that wrote it.
    pub origin: OriginId,
    /// The entry: a UUID in its usual form, the same at every window.
    pub entry: String,
    /// The last record that its writer saw decide something; none for a registration.
    pub upon: Option<Hash>,
    /// What was written.
    pub record: LedgerRecord,
}

/// A record serialised, for the first and only time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedHelp {
    /// The record.
    pub text: String,
    /// SHA-256 of `text`: its name everywhere.
    pub hash: Hash,
}

/// A sealed record that can't be taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BrokenHelp {
    /// The text is longer than [`HELP_BYTES`].
    #[error("the text is too long")]
    TooLong,
    /// The text does not have the hash it came with.
    #[error("the text does not match its hash")]
    HashMismatch,
    /// The text is no record of this list, or one of a newer program.
    #[error("the text is no record")]
    Unreadable,
}

impl SealedHelp {
    /// Serialises and hashes a record.
    ///
    /// # Errors
    /// [`BrokenHelp`] for one that no window could read again.
    pub fn seal(record: &HelpRecord) -> Result<Self, BrokenHelp> {
        let text = serde_json::to_string(record).map_err(|_| BrokenHelp::Unreadable)?;
        let sealed = Self { hash: sha256_hex(text.as_bytes()), text };
        sealed.open()?;
        Ok(sealed)
    }

    /// The record, if the text is one and has its hash.
    ///
    /// # Errors
    /// [`BrokenHelp`].
    pub fn open(&self) -> Result<HelpRecord, BrokenHelp> {
        if self.text.len() > HELP_BYTES {
            return Err(BrokenHelp::TooLong);
        }
        if sha256_hex(self.text.as_bytes()) != self.hash {
            return Err(BrokenHelp::HashMismatch);
        }
        let record: HelpRecord =
            serde_json::from_str(&self.text).map_err(|_| BrokenHelp::Unreadable)?;
        if record.is_well_formed() { Ok(record) } else { Err(BrokenHelp::Unreadable) }
    }
}

impl HelpRecord {
    fn is_well_formed(&self) -> bool {
        let id = Uuid::try_parse(&self.entry).is_ok_and(|id| id.to_string() == self.entry);
        let registers = matches!(self.record.act, LedgerAct::Registered { .. });
        id && self.upon.as_deref().is_none_or(is_hash) && registers == self.upon.is_none()
    }

    /// Whether it decides something, so that what follows is written upon it.
    pub fn decides(&self) -> bool {
        !matches!(self.record.act, LedgerAct::Noted { .. })
    }

    /// The ledger that it registers an entry of; none for any other record.
    pub fn registers(&self) -> Option<LedgerKind> {
        match self.record.act {
            LedgerAct::Registered { kind, .. } => Some(kind),
            _ => None,
        }
    }
}

/// An entry of the shared list, as all its records make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedEntry {
    /// What counts. Its revision is the number of all records, those set aside among them, so that
    /// whatever arrives is something that who acts has not seen.
    pub entry: LedgerEntry,
    /// What the next deciding record is written upon.
    pub head: Hash,
    /// Which of the records were set aside, in their order.
    pub aside: Vec<usize>,
}

/// The entry that records make, each with its hash, in the order of the list; none while no
/// registration is among them.
pub fn fold_shared(records: &[(Hash, HelpRecord)]) -> Option<SharedEntry> {
    // Of several upon the same, the first.
    let mut next: HashMap<Option<&str>, usize> = HashMap::new();
    for (at, (_, record)) in records.iter().enumerate().rev() {
        if record.decides() {
            next.insert(record.upon.as_deref(), at);
        }
    }
    let mut counts: HashSet<usize> = HashSet::new();
    let mut chain: Vec<LedgerRecord> = Vec::new();
    let mut head: Option<&str> = None;
    while let Some(at) = next.get(&head).copied() {
        let Some((hash, record)) = records.get(at) else { break };
        // No chain of true hashes comes back to itself; made-up ones may.
        if !counts.insert(at) {
            break;
        }
        chain.push(record.record.clone());
        head = Some(hash);
    }
    let mut entry = LedgerEntry::fold(&chain)?;
    let mut aside = Vec::new();
    for (at, (_, record)) in records.iter().enumerate() {
        match record.decides() {
            false => entry.take(&record.record),
            true if !counts.contains(&at) => aside.push(at),
            true => {}
        }
    }
    entry.revision = u32::try_from(records.len()).unwrap_or(u32::MAX);
    Some(SharedEntry { entry, head: head?.to_owned(), aside })
}

/// In whose hands an entry is, in the form in which people are compared: a helper may have accounts
/// at several windows, which have nothing in common but the name.
pub fn hands_key(name: &str) -> String {
    name_key(name).chars().filter(|c| !c.is_whitespace()).collect()
}

impl LedgerEntry {
    /// Who has it in hand: whom it was passed on to, or whom it is about from the beginning.
    pub fn hands(&self) -> &str {
        self.referred_to.as_deref().unwrap_or(&self.facts.about)
    }
}
