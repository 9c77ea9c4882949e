//! Several windows write, send and fetch in any order, lose answers and repeat themselves; an oracle
//! that knows only the hub's order says what must be seen everywhere.

use std::collections::BTreeSet;

use jiff::Timestamp;
use proptest::prelude::*;

use super::shared::{HelpRecord, SealedHelp, SharedEntry, fold_shared, hands_key};
use super::*;
use crate::case::Actor;
use crate::fixture::{date, example};

const WINDOWS: usize = 3;
const ENTRIES: usize = 2;

fn entry_id(n: usize) -> String {
    uuid::Uuid::from_u128(n as u128 + 1).to_string()
}

fn record(window: usize, act: LedgerAct) -> LedgerRecord {
    let actor = Actor { id: format!("c{window}"), name: "王敏".to_owned() };
    LedgerRecord { at: Timestamp::UNIX_EPOCH, actor, act }
}

fn registered(number: &str) -> LedgerAct {
    let kind = LedgerKind::Assistance;
    let limits = LedgerLimitSet::default().of(kind);
    let on = date("2026-11-24");
    let facts = LedgerFacts {
        channel: LedgerChannel::Window,
        on,
        person: "乌云".to_owned(),
        contact: "13800000000".to_owned(),
        content: "代办高龄津贴".to_owned(),
        about: "额尔敦".to_owned(),
        matter: None,
        case: None,
    };
    let due = limits.due(on, &example().calendar);
    LedgerAct::Registered { number: number.to_owned(), kind, facts, limits, due, practice: false }
}

fn referred(to: &str) -> LedgerAct {
    LedgerAct::Referred { to: to.to_owned(), text: String::new() }
}

fn missed(text: &str) -> LedgerAct {
    LedgerAct::Noted { note: NoteKind::Missed, text: text.to_owned() }
}

/// One window: how much of the hub's list it has, and what it wrote and does not find there.
#[derive(Default)]
struct Window {
    fetched: usize,
    own: Vec<SealedHelp>,
}

#[derive(Default)]
struct World {
    list: Vec<SealedHelp>,
    windows: [Window; WINDOWS],
    written: BTreeSet<String>,
    next: usize,
}

fn opened<'a>(
    records: impl Iterator<Item = &'a SealedHelp>,
    entry: &str,
) -> Vec<(String, HelpRecord)> {
    let all = records.map(|sealed| (sealed.hash.clone(), sealed.open().unwrap()));
    all.filter(|(_, record)| record.entry == entry).collect()
}

impl World {
    fn sees(&self, window: usize, entry: &str) -> Option<SharedEntry> {
        let Window { fetched, own } = &self.windows[window];
        fold_shared(&opened(self.list[..*fetched].iter().chain(own), entry))
    }

    fn write(&mut self, window: usize, entry: usize, noted: bool) {
        let id = entry_id(entry);
        self.next += 1;
        let mark = format!("{window}-{}", self.next);
        let (upon, act) = match self.sees(window, &id) {
            None => (None, registered(&mark)),
            Some(seen) if noted => (Some(seen.head), missed(&mark)),
            Some(seen) => (Some(seen.head), referred(&mark)),
        };
        let origin = format!("win-{window}");
        let sealed =
            SealedHelp::seal(&HelpRecord { origin, entry: id, upon, record: record(window, act) })
                .unwrap();
        self.written.insert(sealed.hash.clone());
        self.windows[window].own.push(sealed);
    }

    fn send(&mut self, window: usize) {
        for sealed in &self.windows[window].own {
            if !self.list.contains(sealed) {
                self.list.push(sealed.clone());
            }
        }
    }

    fn fetch(&mut self, window: usize) {
        let Window { fetched, own } = &mut self.windows[window];
        *fetched = self.list.len();
        own.retain(|sealed| !self.list.contains(sealed));
    }
}

/// What must be seen of an entry: read once through the list, with nothing but the last that counted
/// in mind. Whom it was passed on to, how often it was tried, and the marks of what was set aside.
fn oracle(list: &[SealedHelp], entry: &str) -> Option<(String, u32, Vec<String>)> {
    let mut last: Option<String> = None;
    let (mut to, mut tries, mut aside) = (String::new(), 0, Vec::new());
    for (hash, record) in opened(list.iter(), entry) {
        let mark = match &record.record.act {
            LedgerAct::Registered { number, .. } => number.clone(),
            LedgerAct::Referred { to, .. } => to.clone(),
            _ => {
                tries += 1;
                continue;
            }
        };
        if record.upon != last {
            aside.push(mark);
            continue;
        }
        if record.upon.is_some() {
            to = mark;
        }
        last = Some(hash);
    }
    last.map(|_| (to, tries, aside))
}

fn told(seen: &SharedEntry, records: &[(String, HelpRecord)]) -> (String, u32, Vec<String>) {
    let mark = |at: &usize| match &records[*at].1.record.act {
        LedgerAct::Registered { number, .. } => number.clone(),
        LedgerAct::Referred { to, .. } => to.clone(),
        act => panic!("a note was set aside: {act:?}"),
    };
    let aside = seen.aside.iter().map(mark).collect();
    (seen.entry.referred_to.clone().unwrap_or_default(), seen.entry.missed, aside)
}

#[derive(Clone, Copy, Debug)]
enum Move {
    Write(usize, usize, bool),
    /// The hub takes it in, and its answer is lost.
    Send(usize),
    Exchange(usize),
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        4 => (0..WINDOWS, 0..ENTRIES, any::<bool>()).prop_map(|(w, e, n)| Move::Write(w, e, n)),
        1 => (0..WINDOWS).prop_map(Move::Send),
        2 => (0..WINDOWS).prop_map(Move::Exchange),
    ];
    prop::collection::vec(one, 1..60)
}

proptest! {
    #[test]
    fn every_window_shows_the_same_and_nothing_is_lost_or_twice(moves in moves()) {
        let mut world = World::default();
        for step in moves {
            match step {
                Move::Write(window, entry, noted) => world.write(window, entry, noted),
                Move::Send(window) => world.send(window),
                Move::Exchange(window) => {
                    world.send(window);
                    world.fetch(window);
                }
            }
        }
        (0..WINDOWS).for_each(|window| world.send(window));
        (0..WINDOWS).for_each(|window| world.fetch(window));
        let listed: BTreeSet<String> = world.list.iter().map(|s| s.hash.clone()).collect();
        prop_assert_eq!(&listed, &world.written);
        prop_assert_eq!(listed.len(), world.list.len());
        for entry in (0..ENTRIES).map(entry_id) {
            let records = opened(world.list.iter(), &entry);
            let expected = oracle(&world.list, &entry);
            for window in 0..WINDOWS {
                let seen = world.sees(window, &entry);
                prop_assert_eq!(seen.as_ref().map(|seen| told(seen, &records)), expected.clone());
                if let Some(seen) = seen {
                    prop_assert_eq!(seen.entry.revision as usize, records.len());
                }
            }
        }
    }

    /// What once counted at the hub counts for good, whatever arrives later.
    #[test]
    fn nothing_that_counted_is_set_aside_later(moves in moves()) {
        let mut world = World::default();
        for step in moves {
            match step {
                Move::Write(window, entry, noted) => world.write(window, entry, noted),
                Move::Send(window) | Move::Exchange(window) => {
                    world.send(window);
                    world.fetch(window);
                }
            }
        }
        for entry in (0..ENTRIES).map(entry_id) {
            let mut before: Vec<usize> = Vec::new();
            for n in 0..=world.list.len() {
                let records = opened(world.list[..n].iter(), &entry);
                let Some(seen) = fold_shared(&records) else { continue };
                prop_assert!(seen.aside.starts_with(&before), "{before:?} {:?}", seen.aside);
                before = seen.aside;
            }
        }
    }

    #[test]
    fn no_order_and_no_made_up_hash_breaks_the_fold(
        picks in prop::collection::vec((0..6usize, 0..6usize, 0..3u8), 0..12),
    ) {
        let name = |n: usize| format!("{n:064x}");
        let records: Vec<(String, HelpRecord)> = picks
            .into_iter()
            .map(|(hash, upon, what)| {
                let act = match what {
                    0 => registered("BN-1"),
                    1 => referred("甲"),
                    _ => missed("乙"),
                };
                let upon = (what > 0).then(|| name(upon));
                let (origin, entry) = ("win-1".to_owned(), entry_id(0));
                (name(hash), HelpRecord { origin, entry, upon, record: record(1, act) })
            })
            .collect();
        let registers = records.iter().any(|(_, record)| record.registers().is_some());
        prop_assert_eq!(fold_shared(&records).is_some(), registers);
    }
}

#[test]
fn what_arrives_before_what_it_was_written_upon_counts_once_that_is_there() {
    let mut world = World::default();
    world.write(0, 0, false);
    world.write(0, 0, false);
    let records = opened(world.windows[0].own.iter().rev(), &entry_id(0));
    let seen = fold_shared(&records).unwrap();
    assert_eq!((seen.aside, seen.entry.state), (Vec::new(), LedgerState::Referred));
    assert!(fold_shared(&records[..1]).is_none());
}

#[test]
fn a_record_that_is_none_is_not_opened() {
    let good = HelpRecord {
        origin: "win-1".to_owned(),
        entry: entry_id(0),
        upon: None,
        record: record(0, registered("BN-1")),
    };
    let sealed = SealedHelp::seal(&good).unwrap();
    assert_eq!(sealed.open(), Ok(good.clone()));
    let other = SealedHelp { hash: "0".repeat(64), ..sealed };
    assert_eq!(other.open(), Err(shared::BrokenHelp::HashMismatch));
    let upper = HelpRecord { entry: entry_id(0xab).to_uppercase(), ..good.clone() };
    let upon = HelpRecord { upon: Some("g".repeat(64)), ..good.clone() };
    let registers_upon = HelpRecord { upon: Some("a".repeat(64)), ..good.clone() };
    let upon_nothing = HelpRecord { record: record(0, referred("甲")), ..good.clone() };
    for wrong in [upper, upon, registers_upon, upon_nothing] {
        assert_eq!(SealedHelp::seal(&wrong), Err(shared::BrokenHelp::Unreadable), "{wrong:?}");
    }
    let long = HelpRecord { record: record(0, registered(&"长".repeat(6000))), ..good };
    assert_eq!(SealedHelp::seal(&long), Err(shared::BrokenHelp::TooLong));
}

#[test]
fn the_longest_that_a_window_writes_is_half_of_what_travels() {
    let LedgerAct::Registered { number, kind, mut facts, limits, due, practice } =
        registered("BN-1")
    else {
        unreachable!()
    };
    // Four bytes each, and what JSON escapes.
    facts.content = "\u{20BB7}".repeat(1000);
    facts.person = "\"".repeat(50);
    facts.contact = "\u{20BB7}".repeat(50);
    facts.about = "\u{20BB7}".repeat(50);
    facts.matter = Some(LedgerMatter { code: "1".repeat(32), name: "名".repeat(200) });
    let act = LedgerAct::Registered { number, kind, facts, limits, due, practice };
    let help = HelpRecord {
        origin: "win-1".to_owned(),
        entry: entry_id(0),
        upon: None,
        record: record(0, act),
    };
    assert!(SealedHelp::seal(&help).unwrap().text.len() < shared::HELP_BYTES / 2);
}

#[test]
fn a_person_is_one_at_every_window_however_the_name_was_spaced() {
    assert_eq!(hands_key(" 王 敏\u{3000}"), hands_key("王敏"));
    assert_eq!(hands_key("阿•古拉"), hands_key("阿·古拉"));
    assert_ne!(hands_key("王敏"), hands_key("王敏（社区）"));
}
