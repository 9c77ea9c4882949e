use std::path::Path;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use yichuang_domain::calendar::WorkCalendar;
use yichuang_domain::case::Actor;
use yichuang_domain::ledger::{
    LedgerAct, LedgerChannel, LedgerFacts, LedgerKind, LedgerLimitSet, LedgerOutcome, LedgerRecord,
    LedgerReply, LedgerState, NoteKind,
};

use super::{LedgerCounted, LedgerQuery, LedgerStates, LedgerViewer, ListedHelp, UnlistedHelp};
use crate::key::Key;
use crate::upstream::Enrolment;
use crate::{StorageError, Store};

const DAY: Date = date(2026, 11, 24);

fn open(folder: &Path) -> Store {
    Store::open_with_key(folder, &Key::random().unwrap()).unwrap()
}

fn joined(store: &Store, code: &str) {
    let text = str::to_owned;
    let enrolment = Enrolment {
        hub_url: text("http://127.0.0.1:1"),
        origin: format!("win-{code}-a"),
        device_code: text(code),
        region: text("150785"),
        station: text("ZX"),
        window: text("03"),
        hall: text("根河市政务服务中心"),
        trial: true,
        device_seed: [1; 32],
        hub_key: [2; 32],
        authority_pem: None,
    };
    store.save_enrolment(&enrolment).unwrap();
}

fn record(name: &str, act: LedgerAct) -> LedgerRecord {
    let actor = Actor { id: format!("id of {name}"), name: name.to_owned() };
    LedgerRecord { at: Timestamp::UNIX_EPOCH, actor, act }
}

fn registered(kind: LedgerKind, number: &str, helper: &str) -> LedgerAct {
    let limits = LedgerLimitSet::default().of(kind);
    let facts = LedgerFacts {
        channel: LedgerChannel::Window,
        on: DAY,
        person: "乌云".to_owned(),
        contact: "13800000000".to_owned(),
        content: "代办高龄津贴".to_owned(),
        about: helper.to_owned(),
        matter: None,
        case: None,
    };
    let due = limits.due(DAY, &WorkCalendar::default());
    LedgerAct::Registered { number: number.to_owned(), kind, facts, limits, due, practice: true }
}

fn referred(to: &str) -> LedgerAct {
    LedgerAct::Referred { to: to.to_owned(), text: String::new() }
}

fn id(n: u128) -> String {
    uuid::Uuid::from_u128(n).to_string()
}

fn write(store: &Store, entry: &str, act: LedgerAct) {
    store
        .write(|tx| tx.add_ledger_record(entry, &record("王敏", act)).map(|_| ()))
        .unwrap_or_else(|e: StorageError| panic!("{e}"));
}

/// A hub's list, as far as the windows see one.
#[derive(Default)]
struct List(Vec<ListedHelp>);

impl List {
    /// Takes what a window has and the list lacks.
    fn send(&mut self, store: &Store) {
        for UnlistedHelp { sealed, .. } in store.unlisted_help().unwrap() {
            if self.0.iter().all(|listed| listed.sealed != sealed) {
                let place = self.0.len() as u64 + 1;
                let record = sealed.open().unwrap();
                let (head, signature) = (format!("{place}"), "word".to_owned());
                self.0.push(ListedHelp { record, sealed, place, head, signature });
            }
        }
    }

    fn fetch(&self, store: &Store) {
        let end = store.help_end().unwrap().map_or(0, |(place, _)| place as usize);
        store.take_help(false, &self.0[end..]).unwrap();
    }

    fn exchange(&mut self, store: &Store) {
        self.send(store);
        self.fetch(store);
    }
}

fn query(states: LedgerStates) -> LedgerQuery {
    LedgerQuery {
        kind: LedgerKind::Assistance,
        text: String::new(),
        states,
        from: None,
        to: None,
        viewer: LedgerViewer::Lead,
        offset: 0,
        limit: 50,
    }
}

fn ids(store: &Store, states: LedgerStates) -> Vec<String> {
    store.list_ledger(&query(states)).unwrap().into_iter().map(|row| row.id).collect()
}

fn two() -> (tempfile::TempDir, tempfile::TempDir, Store, Store) {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let stores = (open(one.path()), open(other.path()));
    joined(&stores.0, "AAAA");
    joined(&stores.1, "BBBB");
    (one, other, stores.0, stores.1)
}

const HELP: LedgerKind = LedgerKind::Assistance;

#[test]
fn only_help_of_a_window_that_joined_is_shared() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    write(&store, &id(1), registered(HELP, "YS-BN-1", "额尔敦"));
    joined(&store, "AAAA");
    for (n, kind) in [
        (2, LedgerKind::Complaint),
        (3, LedgerKind::Obstruction),
        (4, LedgerKind::Consultation),
        (5, HELP),
    ] {
        write(&store, &id(n), registered(kind, &format!("YS-{n}"), "额尔敦"));
    }
    // What was begun here stays here, also what is written of it later.
    write(&store, &id(1), referred("白哈斯"));
    write(&store, &id(2), referred("医保局"));
    assert_eq!(store.unsent_help().unwrap(), 1);
    let unlisted = store.unlisted_help().unwrap();
    assert_eq!(unlisted[0].sealed.open().unwrap().entry, id(5));
    assert!(unlisted.iter().all(|help| !help.sealed.text.contains(&id(2))));
    assert_eq!(store.help_records(&id(1)).unwrap(), None);
    assert_eq!(store.ledger_records(&id(1)).unwrap().len(), 2);
    assert_eq!(store.ledger_records(&id(5)).unwrap().len(), 0);
}

#[test]
fn two_windows_see_the_same_and_what_was_written_beside_is_kept() {
    let (_one, _other, a, b) = two();
    let mut list = List::default();
    write(&a, &id(1), registered(HELP, "YS-BN-A-1", "额尔敦"));
    list.exchange(&a);
    list.exchange(&b);
    assert_eq!(a.ledger_entry(&id(1)).unwrap(), b.ledger_entry(&id(1)).unwrap());
    // Neither knows of the other.
    write(&a, &id(1), referred("白哈斯"));
    write(&b, &id(1), referred("乌兰"));
    let note = LedgerAct::Noted { note: NoteKind::Missed, text: "没人接".to_owned() };
    write(&b, &id(1), note.clone());
    write(&a, &id(1), note);
    assert_eq!(a.ledger_entry(&id(1)).unwrap().unwrap().hands(), "白哈斯");
    assert_eq!(b.ledger_entry(&id(1)).unwrap().unwrap().hands(), "乌兰");
    list.send(&b);
    list.exchange(&a);
    list.exchange(&b);
    list.exchange(&b);
    for store in [&a, &b] {
        let entry = store.ledger_entry(&id(1)).unwrap().unwrap();
        assert_eq!((entry.hands(), entry.missed, entry.revision), ("乌兰", 2, 5));
        assert_eq!(store.list_ledger(&query(LedgerStates::All)).unwrap()[0].aside, 1);
        let records = store.help_records(&id(1)).unwrap().unwrap();
        let aside: Vec<_> = records.iter().filter(|kept| kept.aside).collect();
        assert_eq!((records.len(), aside.len()), (5, 1));
        assert_eq!((&aside[0].record.act, aside[0].listed), (&referred("白哈斯"), true));
        assert_eq!(aside[0].origin, "win-AAAA-a");
        assert_eq!(store.unsent_help().unwrap(), 0);
    }
    // Who acts next writes upon what counts.
    write(&a, &id(1), referred("额尔敦"));
    list.exchange(&a);
    list.exchange(&b);
    assert_eq!(b.ledger_entry(&id(1)).unwrap().unwrap().hands(), "额尔敦");
    assert_eq!(b.list_ledger(&query(LedgerStates::All)).unwrap()[0].aside, 1);
}

#[test]
fn what_comes_into_somebodys_hands_is_news_to_them_until_they_look() {
    let (_one, _other, a, b) = two();
    let mut list = List::default();
    write(&a, &id(1), registered(HELP, "YS-BN-A-1", "王 敏"));
    write(&a, &id(2), registered(HELP, "YS-BN-A-2", "额尔敦"));
    assert_eq!(a.help_news("王敏").unwrap(), [""; 0], "one's own is no news");
    list.exchange(&a);
    list.exchange(&b);
    assert_eq!(b.help_news("王敏").unwrap(), [id(1)]);
    assert_eq!(b.help_news("白哈斯").unwrap(), [""; 0]);
    assert_eq!(ids(&b, LedgerStates::With("王敏".to_owned())), [id(1)]);
    b.write(|tx| tx.forget_help_news(&id(1), "白哈斯"))
        .unwrap_or_else(|e: StorageError| panic!("{e}"));
    assert_eq!(b.help_news("王敏").unwrap().len(), 1, "another's look is not theirs");
    b.write(|tx| tx.forget_help_news(&id(1), "王敏"))
        .unwrap_or_else(|e: StorageError| panic!("{e}"));
    assert_eq!(b.help_news("王敏").unwrap(), [""; 0]);
    // Passed on at the other window: it is news to another.
    write(&a, &id(1), referred("白哈斯"));
    list.exchange(&a);
    list.exchange(&b);
    assert_eq!(b.help_news("白哈斯").unwrap(), [id(1)]);
    // What is settled is none any more.
    let closed = LedgerAct::Closed {
        outcome: LedgerOutcome::Solved,
        text: "办好了".to_owned(),
        reply: LedgerReply::InPerson,
    };
    write(&a, &id(1), closed);
    list.exchange(&a);
    list.exchange(&b);
    assert_eq!(b.help_news("白哈斯").unwrap(), [""; 0]);
    assert_eq!(b.ledger_entry(&id(1)).unwrap().unwrap().state, LedgerState::Closed);
    assert_eq!(ids(&b, LedgerStates::Of("win-BBBB-a".to_owned())), [""; 0]);
    assert_eq!(ids(&a, LedgerStates::Of("win-AAAA-a".to_owned())), [id(2), id(1)]);
    let count = |store: &Store, window: &str, name: &str| {
        store.ledger_count(HELP, DAY, LedgerCounted { window, name }).unwrap().open
    };
    assert_eq!((count(&a, "win-AAAA-a", "x"), count(&b, "win-BBBB-a", "x")), (1, 0));
    assert_eq!(count(&b, "win-BBBB-a", "额尔敦"), 1);
    assert_eq!(b.helper_names(10).unwrap(), ["白哈斯", "额尔敦"]);
}

#[test]
fn another_list_at_the_hub_changes_nothing_that_counted_and_loses_nothing() {
    let (_one, _other, a, b) = two();
    let mut list = List::default();
    write(&a, &id(1), registered(HELP, "YS-BN-A-1", "额尔敦"));
    list.exchange(&a);
    list.exchange(&b);
    write(&a, &id(1), referred("白哈斯"));
    write(&b, &id(1), referred("乌兰"));
    list.exchange(&b);
    list.exchange(&a);
    list.exchange(&b);
    let before = a.ledger_entry(&id(1)).unwrap();
    assert_eq!(before.as_ref().unwrap().hands(), "乌兰");
    // The hub was put back to when there was the registration alone.
    let mut lost = List(list.0[..1].to_vec());
    a.take_help(true, &lost.0).unwrap();
    assert_eq!(a.ledger_entry(&id(1)).unwrap(), before);
    assert_eq!(a.unsent_help().unwrap(), 2);
    // It gives back another's too, in the old order, with the hub's word.
    let back = a.unlisted_help().unwrap();
    assert_eq!(back[0].sealed, list.0[1].sealed);
    assert_eq!(back[0].signature.as_deref(), Some("word"));
    lost.send(&a);
    lost.fetch(&a);
    b.take_help(true, &lost.0).unwrap();
    for store in [&a, &b] {
        assert_eq!(store.ledger_entry(&id(1)).unwrap(), before);
        assert_eq!(store.unsent_help().unwrap(), 0);
    }
}

#[test]
fn what_the_hub_refuses_stays_unsent_goes_last_and_says_why() {
    let (_one, _other, a, _b) = two();
    write(&a, &id(1), registered(HELP, "YS-BN-A-1", "额尔敦"));
    write(&a, &id(2), registered(HELP, "YS-BN-A-2", "额尔敦"));
    let first = a.unlisted_help().unwrap().remove(0).sealed.hash;
    a.refuse_help(&first, "entry-full", "记录太多").unwrap();
    let waiting = a.unlisted_help().unwrap();
    assert_eq!((waiting.len(), waiting[1].sealed.hash.as_str()), (2, first.as_str()));
    let kept = a.help_records(&id(1)).unwrap().unwrap().remove(0);
    assert_eq!((kept.refused.as_deref(), kept.listed), (Some("记录太多"), false));
    let mut list = List::default();
    list.exchange(&a);
    assert_eq!(a.help_records(&id(1)).unwrap().unwrap().remove(0).refused, None);
}

#[test]
fn nothing_that_was_written_can_be_changed() {
    let (_one, _other, a, _b) = two();
    write(&a, &id(1), registered(HELP, "YS-BN-A-1", "额尔敦"));
    let sql = a.lock();
    for statement in [
        "DELETE FROM help_records",
        "UPDATE help_records SET text = '{}'",
        "UPDATE help_records SET hash = ''",
        "UPDATE help_records SET entry = ''",
    ] {
        assert!(sql.execute(statement, []).is_err(), "{statement}");
    }
}
