use std::path::Path;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use yichuang_domain::calendar::WorkCalendar;
use yichuang_domain::case::Actor;
use yichuang_domain::ledger::{
    LedgerAct, LedgerChannel, LedgerEntry, LedgerFacts, LedgerKind, LedgerLimitSet, LedgerOutcome,
    LedgerRecord, LedgerReply, LedgerState,
};
use yichuang_domain::numbering::NumberSource;

use super::{LedgerCounted, LedgerQuery, LedgerStates, LedgerViewer};
use crate::key::Key;
use crate::{StorageError, Store};

const AT: Timestamp = Timestamp::UNIX_EPOCH;
const DAY: Date = date(2026, 11, 24);

fn source(practice: bool) -> NumberSource {
    let text = str::to_owned;
    NumberSource { region: text("150785"), station: text("S1"), device: text("A1"), practice }
}

fn actor(id: &str) -> Actor {
    Actor { id: id.to_owned(), name: id.to_owned() }
}

fn facts(person: &str, content: &str) -> LedgerFacts {
    LedgerFacts {
        channel: LedgerChannel::Phone,
        on: DAY,
        person: person.to_owned(),
        contact: "19900000012".to_owned(),
        content: content.to_owned(),
        about: "2号窗口".to_owned(),
        matter: None,
        case: None,
    }
}

fn register(store: &Store, id: &str, kind: LedgerKind, facts: LedgerFacts) -> LedgerEntry {
    let limits = LedgerLimitSet::default().of(kind);
    let due = limits.due(facts.on, &WorkCalendar::default());
    store
        .write(|tx| {
            let number = tx.next_ledger_number(kind, &source(true), DAY)?;
            let act = LedgerAct::Registered { number, kind, facts, limits, due, practice: true };
            tx.add_ledger_record(id, &LedgerRecord { at: AT, actor: actor("c1"), act })
        })
        .unwrap_or_else(|e: StorageError| panic!("{e}"))
}

fn act(store: &Store, id: &str, act: LedgerAct) -> LedgerEntry {
    store
        .write(|tx| tx.add_ledger_record(id, &LedgerRecord { at: AT, actor: actor("c1"), act }))
        .unwrap_or_else(|e: StorageError| panic!("{e}"))
}

fn closed() -> LedgerAct {
    LedgerAct::Closed {
        outcome: LedgerOutcome::Upheld,
        text: "已整改".to_owned(),
        reply: LedgerReply::Phone,
    }
}

fn query(kind: LedgerKind, text: &str) -> LedgerQuery {
    LedgerQuery {
        kind,
        text: text.to_owned(),
        states: LedgerStates::All,
        from: None,
        to: None,
        viewer: LedgerViewer::Lead,
        offset: 0,
        limit: 50,
    }
}

fn ids(store: &Store, query: &LedgerQuery) -> Vec<String> {
    let rows = store.list_ledger(query).unwrap();
    assert_eq!(store.count_ledger(query).unwrap() as usize, rows.len());
    rows.into_iter().map(|row| row.id).collect()
}

fn open(folder: &Path) -> Store {
    Store::open_with_key(folder, &Key::random().unwrap()).unwrap()
}

#[test]
fn an_entry_is_kept_with_every_record_and_nothing_of_it_can_be_changed() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let first = register(&store, "a", LedgerKind::Complaint, facts("李四", "跑了三趟"));
    assert_eq!(first.number, "YS-TS-S1-A1-20261124-001");
    let then = act(&store, "a", closed());
    assert_eq!((then.state, then.revision), (LedgerState::Closed, 2));
    assert_eq!(store.ledger_entry("a").unwrap(), Some(then));
    assert_eq!(store.ledger_records("a").unwrap().len(), 2);
    let sql = store.lock();
    for statement in [
        "DELETE FROM ledger_records",
        "UPDATE ledger_records SET record = '{}'",
        "DELETE FROM ledger_limits",
        "DELETE FROM ledger_exports",
    ] {
        let done = sql.execute(statement, []);
        // A trigger of a row does not run where there is none.
        assert!(matches!(done, Err(_) | Ok(0)), "{statement}");
    }
}

#[test]
fn numbers_run_by_ledger_and_day_and_practice_is_another_row() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let next = |kind, practice, on| {
        store
            .write(|tx| tx.next_ledger_number(kind, &source(practice), on))
            .unwrap_or_else(|e: StorageError| panic!("{e}"))
    };
    assert_eq!(next(LedgerKind::Consultation, false, DAY), "ZX-S1-A1-20261124-001");
    assert_eq!(next(LedgerKind::Consultation, false, DAY), "ZX-S1-A1-20261124-002");
    assert_eq!(next(LedgerKind::Consultation, true, DAY), "YS-ZX-S1-A1-20261124-001");
    assert_eq!(next(LedgerKind::Obstruction, false, DAY), "BB-S1-A1-20261124-001");
    let tomorrow = DAY.tomorrow().unwrap();
    assert_eq!(next(LedgerKind::Consultation, false, tomorrow), "ZX-S1-A1-20261125-001");
}

#[test]
fn what_is_owed_comes_first_and_every_filter_holds() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let complaint = LedgerKind::Complaint;
    register(&store, "late", complaint, LedgerFacts { on: date(2026, 11, 2), ..facts("甲", "一") });
    register(&store, "soon", complaint, facts("乙", "100%_二"));
    register(&store, "done", complaint, facts("丙", "三"));
    register(&store, "other", LedgerKind::Consultation, facts("丁", "四"));
    act(&store, "done", closed());

    let all = query(complaint, "");
    assert_eq!(ids(&store, &all), ["late", "soon", "done"]);
    let with = |states| LedgerQuery { states, ..all.clone() };
    assert_eq!(ids(&store, &with(LedgerStates::Open)), ["late", "soon"]);
    assert_eq!(ids(&store, &with(LedgerStates::Overdue(DAY))), ["late"]);
    assert_eq!(ids(&store, &with(LedgerStates::Only(LedgerState::Closed))), ["done"]);
    let day = LedgerQuery { from: Some(DAY), to: Some(DAY), ..all.clone() };
    assert_eq!(ids(&store, &day), ["soon", "done"]);
    assert_eq!(ids(&store, &query(complaint, "%_")), ["soon"], "taken as it is written");
    assert_eq!(ids(&store, &query(complaint, "整改")), ["done"], "the answer is searched too");
    assert_eq!(ids(&store, &query(complaint, "0012")), ["late", "soon", "done"]);
    let page = LedgerQuery { offset: 1, limit: 1, ..all };
    assert_eq!(store.list_ledger(&page).unwrap()[0].id, "soon");

    let count = store
        .ledger_count(complaint, DAY, LedgerCounted { window: "win-1", name: "王敏" })
        .unwrap();
    assert_eq!((count.open, count.pressing), (2, 1));
    assert_eq!(count.nearest, Some(date(2026, 11, 3)), "the contact, not the settling");
}

#[test]
fn nobody_but_a_lead_and_the_writer_finds_a_complaint_by_its_person() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    register(&store, "complaint", LedgerKind::Complaint, facts("李四", "一"));
    register(&store, "question", LedgerKind::Consultation, facts("李四", "二"));
    let found = |kind, who: LedgerViewer, text: &str| {
        !ids(&store, &LedgerQuery { viewer: who, ..query(kind, text) }).is_empty()
    };
    let clerk = |id: &str| LedgerViewer::Clerk(id.to_owned());
    for text in ["李四", "1990000"] {
        assert!(found(LedgerKind::Complaint, LedgerViewer::Lead, text));
        assert!(found(LedgerKind::Complaint, clerk("c1"), text));
        assert!(!found(LedgerKind::Complaint, clerk("c2"), text), "{text}");
        assert!(found(LedgerKind::Consultation, clerk("c2"), text));
    }
    assert!(found(LedgerKind::Complaint, clerk("c2"), "2号窗口"));
}

#[test]
fn limits_that_were_set_hold_and_those_before_stay_on_record() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    assert_eq!(store.ledger_limits().unwrap(), LedgerLimitSet::default());
    for settle in [7, 9] {
        let mut limits = LedgerLimitSet::default();
        limits.complaint.settle = settle;
        let set = store.write(|tx| tx.set_ledger_limits(&limits, "c1", AT));
        set.unwrap_or_else(|e: StorageError| panic!("{e}"));
    }
    assert_eq!(store.ledger_limits().unwrap().complaint.settle, 9);
    let sql = store.lock();
    let kept: u32 =
        sql.query_row("SELECT count(*) FROM ledger_limits", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 2);
}

#[test]
fn a_profile_with_a_ledger_was_practised_in() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    assert!(!store.is_practised().unwrap());
    register(&store, "a", LedgerKind::Consultation, facts("李四", "一"));
    assert!(store.is_practised().unwrap(), "it must not join a real hub");
}
