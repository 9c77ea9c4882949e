//! The list of 帮您办 in a history: what clerks write into it at every window, offline too, and what
//! must be true of it at the end, by an oracle that only reads the hub's list from its first to its
//! last record.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use jiff::Timestamp;
use yichuang_domain::calendar::WorkCalendar;
use yichuang_domain::case::Actor;
use yichuang_domain::ledger::shared::HelpRecord;
use yichuang_domain::ledger::{
    LedgerAct, LedgerChannel, LedgerFacts, LedgerKind, LedgerLimitSet, LedgerRecord, NoteKind,
};
use yichuang_hub::StoreError;
use yichuang_hub::enrolment::DEFAULT_REGION;
use yichuang_storage::{LedgerQuery, LedgerStates, LedgerViewer, StorageError, StoredLedgerEntry};
use yichuang_tests::sync_window::day;

use crate::window::Window;
use crate::world::World;

fn all() -> LedgerQuery {
    LedgerQuery {
        kind: LedgerKind::Assistance,
        text: String::new(),
        states: LedgerStates::All,
        from: None,
        to: None,
        viewer: LedgerViewer::Lead,
        offset: 0,
        limit: u32::MAX,
    }
}

fn registered(number: String) -> LedgerAct {
    let kind = LedgerKind::Assistance;
    let limits = LedgerLimitSet::default().of(kind);
    let facts = LedgerFacts {
        channel: LedgerChannel::Window,
        on: day(),
        person: "乌云".to_owned(),
        contact: "13800000000".to_owned(),
        content: "代办高龄津贴".to_owned(),
        about: "额尔敦".to_owned(),
        matter: None,
        case: None,
    };
    let due = limits.due(day(), &WorkCalendar::default());
    LedgerAct::Registered { number, kind, facts, limits, due, practice: false }
}

impl Window {
    fn entries(&self) -> Result<Vec<StoredLedgerEntry>, String> {
        self.store().list_ledger(&all()).map_err(|error| error.to_string())
    }

    /// A clerk writes into the list: a new entry, a note, or to whom one is passed on. Returns what.
    pub fn help(&mut self, now: Timestamp, rng: &mut Rng) -> Result<&'static str, String> {
        let entries = self.entries()?;
        let actor = Actor { id: "1001".to_owned(), name: "白哈斯".to_owned() };
        let code = self.enrolment().device_code;
        let mark = format!("{code}-{}", self.helped.len() + 1);
        let (what, id, act) = if entries.is_empty() || rng.u32(..4) == 0 {
            let id = uuid::Uuid::from_u128(u128::from(rng.u64(..)) + 1).to_string();
            (
                "asks for help",
                id,
                registered(format!("BN-ZX-{code}-20260302-{}", self.helped.len() + 1)),
            )
        } else {
            let id = entries[rng.usize(..entries.len())].id.clone();
            match rng.bool() {
                true => {
                    let act = LedgerAct::Noted { note: NoteKind::Missed, text: mark.clone() };
                    ("notes on help", id, act)
                }
                false => {
                    let act = LedgerAct::Referred { to: mark.clone(), text: String::new() };
                    ("passes help on", id, act)
                }
            }
        };
        let record = LedgerRecord { at: now, actor, act };
        let written = self.store().write(|tx| tx.add_ledger_record(&id, &record).map(|_| ()));
        written.map_err(|error: StorageError| error.to_string())?;
        self.helped.insert(mark_of(&record.act).to_owned());
        Ok(what)
    }
}

/// By what a record is known in a history.
fn mark_of(act: &LedgerAct) -> &str {
    match act {
        LedgerAct::Registered { number, .. } => number,
        LedgerAct::Noted { text, .. } => text,
        LedgerAct::Referred { to, .. } => to,
        _ => "",
    }
}

/// What must be seen of an entry: in whose hands it is, how often it was tried, what was set aside.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    last: Option<String>,
    hands: String,
    missed: u32,
    aside: u32,
    records: u32,
}

impl Seen {
    fn read(&mut self, hash: &str, record: &HelpRecord) {
        self.records += 1;
        let hands = match &record.record.act {
            LedgerAct::Noted { .. } => {
                self.missed += 1;
                return;
            }
            LedgerAct::Registered { facts, .. } => &facts.about,
            act => mark_of(act),
        };
        if record.upon == self.last {
            self.hands = hands.to_owned();
            self.last = Some(hash.to_owned());
        } else {
            self.aside += 1;
        }
    }
}

/// 3 and 6: the hub's list has everything that was written, each once; every window has all of it,
/// and sees the same.
///
/// # Errors
/// What is not so.
pub fn is_the_same_everywhere(world: &World) -> Result<(), String> {
    let station = (DEFAULT_REGION, "ZX");
    let net = world.net.borrow();
    let list = net
        .hub
        .store()
        .read::<_, StoreError>(|tx| tx.help_after(station, 0, usize::MAX))
        .map_err(|error| error.to_string())?;
    let mut marks = BTreeSet::new();
    let mut expected: BTreeMap<String, Seen> = BTreeMap::new();
    for sealed in &list {
        let record = sealed.open().map_err(|error| format!("help: {error}"))?;
        if !marks.insert(mark_of(&record.record.act).to_owned()) {
            return Err("help: a record stands in the list twice".to_owned());
        }
        expected.entry(record.entry.clone()).or_default().read(&sealed.hash, &record);
    }
    let written: BTreeSet<String> =
        world.windows.iter().flat_map(|window| window.helped.iter().cloned()).collect();
    if marks != written {
        let (lost, extra) =
            (written.difference(&marks).count(), marks.difference(&written).count());
        return Err(format!("help: {lost} records are lost, {extra} were never written"));
    }
    for (nth, window) in world.windows.iter().enumerate() {
        let store = window.store();
        let unsent = store.unsent_help().map_err(|error| error.to_string())?;
        let end = store.help_end().map_err(|error| error.to_string())?;
        let end = end.map_or(0, |(place, _)| place);
        if unsent > 0 || end != list.len() as u64 {
            return Err(format!(
                "help: window {nth} has {end} of {} records, and {unsent} unsent",
                list.len()
            ));
        }
        let entries = window.entries()?;
        if entries.len() != expected.len() {
            return Err(format!("help: window {nth} has {} entries", entries.len()));
        }
        for StoredLedgerEntry { id, entry, aside, .. } in entries {
            let Some(seen) = expected.get(&id) else {
                return Err(format!("help: window {nth} has an entry of nobody"));
            };
            let here = (entry.hands(), entry.missed, aside, entry.revision);
            if here != (seen.hands.as_str(), seen.missed, seen.aside, seen.records) {
                return Err(format!("help: window {nth} sees another entry: {here:?}, {seen:?}"));
            }
        }
    }
    Ok(())
}
