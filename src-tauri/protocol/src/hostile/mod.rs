//! What comes over the line is written by anybody. Every wire type is read here from damaged
//! samples of every message: never a panic, and what is read says the same when it is written again.

pub(crate) mod damage;
mod signed;

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::PathBuf;

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use yichuang_domain::case::event::{EventBody, SignedEvent};
use yichuang_domain::case::{Event, SealedEvent};
use yichuang_domain::ledger::shared::HelpRecord;

use self::damage::Damage;
use crate::attachment::{AttachmentRef, ChunkReply, ChunkRequest, OfferReply, OfferRequest};
use crate::check::{CheckReply, CheckRequest, Statement};
use crate::enrol::{EnrolReply, EnrolRequest};
use crate::ferry::{Answer, Cargo, Closing, Load};
use crate::guide::{NewsReply, NewsRequest, PartReply, PartRequest};
use crate::hello::{HelloReply, HelloRequest};
use crate::help::{HelpReply, HelpRequest};
use crate::hub_log::{GiveBack, HeldLog};
use crate::office::{DecideReply, DecideRequest};
use crate::policy::{PolicyReply, PolicyRequest, PolicyStatement};
use crate::pull::{PullReply, PullRequest};
use crate::push::{PushReply, PushRequest};
use crate::roster::{RosterDevice, RosterReply, RosterRequest};
use crate::session::{ChallengeReply, ChallengeRequest, OwnLog, SessionReply, SessionRequest};
use crate::transfer::{TransferReply, TransferRequest};
use crate::{
    Acknowledgement, Fault, Position, ProgressAddress, ReleaseStatement, RosterStatement,
    SignedText,
};

/// A type that is read from what somebody sent.
struct Wire {
    /// The golden samples of it; none where it only travels within others.
    samples: &'static [&'static str],
    /// Reads it. Whether it could be read; what is wrong if it does not survive being written.
    read: fn(&[u8]) -> Result<bool, String>,
}

fn read<T: Serialize + DeserializeOwned + PartialEq + Debug>(bytes: &[u8]) -> Result<bool, String> {
    let Ok(value) = serde_json::from_slice::<T>(bytes) else { return Ok(false) };
    let written = serde_json::to_vec(&value).map_err(|error| format!("{value:?}: {error}"))?;
    match serde_json::from_slice::<T>(&written) {
        Ok(again) if again == value => Ok(true),
        Ok(again) => Err(format!("{value:?} became {again:?}")),
        Err(error) => Err(format!("{value:?} is not read again: {error}")),
    }
}

macro_rules! wires {
    ($($of:ty => [$($sample:literal),*]),* $(,)?) => {
        &[$(Wire { samples: &[$($sample),*], read: read::<$of> }),*]
    };
}

/// Every type of the exchange, with its golden samples.
const WIRES: &[Wire] = wires![
    Acknowledgement => ["acknowledgement"],
    AttachmentRef => [],
    ChallengeReply => ["challenge-reply"],
    ChallengeRequest => ["challenge-request"],
    CheckReply => ["check-reply"],
    CheckRequest => ["check-request"],
    ChunkReply => ["attachment-chunk-reply"],
    ChunkRequest => ["attachment-chunk-request"],
    DecideReply => ["decide-reply"],
    DecideRequest => ["decide-request"],
    EnrolReply => ["enrol-reply"],
    EnrolRequest => ["enrol-request"],
    Event => ["event"],
    EventBody => ["attachment-added", "attachment-removed", "relayed", "transferred", "parties-corrected", "conflict-settled", "handed-over", "handed-over-signed", "evaluated", "evaluation-declined"],
    Fault => ["fault"],
    Cargo => ["ferry-cargo", "ferry-cargo-help"],
    Answer => ["ferry-answer"],
    Closing => ["ferry-closing"],
    GiveBack => [],
    HeldLog => [],
    HelloReply => ["hello-reply"],
    HelloRequest => ["hello-request"],
    HelpReply => ["help-reply"],
    HelpRequest => ["help-request"],
    HelpRecord => ["help-record"],
    Vec<Load> => ["ferry-loads", "ferry-loads-help"],
    NewsReply => ["guide-news-reply"],
    NewsRequest => ["guide-news-request"],
    OfferReply => ["attachment-offer-reply"],
    OfferRequest => ["attachment-offer-request"],
    PartReply => ["guide-part-reply"],
    PartRequest => ["guide-part-request"],
    PolicyReply => ["policy-reply"],
    PolicyRequest => ["policy-request"],
    PolicyStatement => ["policy-statement"],
    Position => [],
    ProgressAddress => [],
    PullReply => ["pull-reply"],
    PullRequest => ["pull-request"],
    PushReply => ["push-reply"],
    PushRequest => ["push-request"],
    ReleaseStatement => ["release-statement"],
    Vec<RosterDevice> => ["roster-list"],
    RosterReply => ["roster-reply"],
    RosterRequest => ["roster-request"],
    RosterStatement => ["roster-statement", "roster-statement-progress"],
    SealedEvent => [],
    // A sealed PDF is no JSON; `sealed_pdf` damages it byte by byte. Its sample is a string.
    String => ["sealed-pdf"],
    SessionReply => ["session-reply", "session-reply-own-logs"],
    OwnLog => [],
    SessionRequest => ["session-request"],
    SignedEvent => [],
    SignedText => [],
    Statement => ["statement"],
    TransferReply => ["transfer-reply"],
    TransferRequest => ["transfer-request"],
];

fn golden() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden")
}

/// The text of every golden sample, by its name.
pub(crate) fn samples() -> Vec<(String, String)> {
    let mut samples: Vec<_> = std::fs::read_dir(golden())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    samples.sort();
    samples
}

#[test]
fn every_golden_sample_is_in_the_table_and_is_read_by_its_type() {
    let listed: BTreeSet<&str> =
        WIRES.iter().flat_map(|wire| wire.samples.iter().copied()).collect();
    let samples = samples();
    let there: BTreeSet<&str> = samples.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(listed, there, "a new message belongs into `WIRES`");
    for wire in WIRES {
        for name in wire.samples {
            let text = std::fs::read(golden().join(format!("{name}.json"))).unwrap();
            assert_eq!((wire.read)(&text), Ok(true), "{name}");
        }
    }
}

proptest! {
    // Each of them is some 2,500 readings.
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Every sample with the same kind of damage, read as every type.
    #[test]
    fn no_damage_breaks_the_reading_of_any_type(damages in prop::collection::vec(any::<Damage>(), 1..4)) {
        for (name, text) in samples() {
            let damaged = damages.iter().fold(text.into_bytes(), |bytes, damage| damage.done_to(&bytes));
            for (nth, wire) in WIRES.iter().enumerate() {
                let read = (wire.read)(&damaged);
                prop_assert!(read.is_ok(), "{name} as {nth} {:?}: {read:?}", wire.samples);
            }
        }
    }

    /// What is no JSON at all.
    #[test]
    fn no_bytes_break_the_reading_of_any_type(bytes: Vec<u8>) {
        for wire in WIRES {
            prop_assert!((wire.read)(&bytes).is_ok());
        }
    }
}

/// The stack is the same whatever is sent: what is nested deeper than any message is refused, and
/// passed over where it stands in a field that nobody knows.
#[test]
fn endless_nesting_ends() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"body\":[", "]}")] {
        for depth in [1_000, 100_000] {
            let whole = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            for wire in WIRES {
                assert_eq!((wire.read)(open.repeat(depth).as_bytes()), Ok(false));
            }
            for (name, text) in samples() {
                let Some(fields) = text.trim_start().strip_prefix('{') else { continue };
                let deep = format!("{{\"未知\":{whole},{fields}");
                for wire in WIRES.iter().filter(|wire| wire.samples.contains(&name.as_str())) {
                    assert!((wire.read)(deep.as_bytes()).is_ok(), "{name}");
                }
            }
        }
    }
}
