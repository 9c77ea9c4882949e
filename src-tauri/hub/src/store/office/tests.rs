use jiff::SignedDuration;
use yichuang_domain::case::CaseState;
use yichuang_domain::review::Role;

use super::*;
use crate::sample::{Log, On, accepted, case, enrolled, filed, now, number, on_both_engines};
use crate::store::HubStore;

fn account(login: &str) -> Account {
    Account {
        login: login.to_owned(),
        name: "李娜".to_owned(),
        department: Some("某局".to_owned()),
        role: Role::Reviewer,
        must_change: true,
        disabled: false,
    }
}

fn after(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

fn a_login_is_taken_for_ever(on: On) {
    let (_place, store) = on.hub();
    let add =
        |login: &str| store.write(|tx| tx.add_account(&account(login), "hash", now())).unwrap();
    assert!(add("lina") && add("bai") && !add("lina"));
    let all = store.read(|tx| tx.accounts()).unwrap();
    assert_eq!(all, [account("bai"), account("lina")]);
    assert!(store.write(|tx| tx.set_account_disabled("lina", Some(now()))).unwrap());
    assert!(!add("lina"));
    let (found, hash) = store.read(|tx| tx.account("lina")).unwrap().unwrap();
    assert_eq!((found.disabled, hash.as_str()), (true, "hash"));
    assert!(!store.write(|tx| tx.set_account_password("nobody", "x", false)).unwrap());
}

fn a_session_ends_in_every_way_it_should(on: On) {
    let (_place, store) = on.hub();
    store.write(|tx| tx.add_account(&account("lina"), "hash", now())).unwrap();
    let begin = |token: &str| {
        store.write(|tx| tx.add_office_session(token, "lina", now(), after(100))).unwrap();
    };
    let open = |token: &str, at: i64, idle: i64| {
        store.read(|tx| tx.office_session(token, after(at), after(idle))).unwrap().is_some()
    };
    begin("one");
    assert!(open("one", 99, -1) && !open("one", 100, -1) && !open("other", 0, -1));
    assert!(!open("one", 50, 0), "not used since");
    store.write(|tx| tx.touch_office_session("one", after(40))).unwrap();
    assert!(open("one", 50, 0));
    store.write(|tx| tx.end_office_session("one")).unwrap();
    assert!(!open("one", 50, 0));
    begin("two");
    store.write(|tx| tx.set_account_password("lina", "new", false)).unwrap();
    assert!(!open("two", 1, -1), "another password ends them");
    begin("three");
    store.write(|tx| tx.set_account_disabled("lina", Some(now()))).unwrap();
    store.write(|tx| tx.set_account_disabled("lina", None)).unwrap();
    assert!(!open("three", 1, -1), "disabling ends them for good");
    begin("four");
    store.write(|tx| tx.forget_office(after(10), after(-5), &(after(0)..=after(200)))).unwrap();
    assert!(open("four", 11, -1));
    store.write(|tx| tx.forget_office(after(100), after(-5), &(after(0)..=after(200)))).unwrap();
    assert!(!open("four", 11, -1));
}

fn attempts_are_counted_by_every_process(on: On) {
    let place = on.place();
    let open = || HubStore::open_at(&place.database).unwrap();
    let (one, other) = (open(), open());
    let rounds = 20u32;
    let count = |store: &HubStore| {
        for _ in 0..rounds {
            store
                .write(|tx| {
                    let before = tx.attempts("account x")?.map_or(0, |a| a.failures);
                    let attempts = Attempts { failures: before + 1, last_at: now() };
                    tx.set_attempts("account x", attempts)
                })
                .unwrap();
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| count(&one));
        scope.spawn(|| count(&other));
    });
    let found = one.read(|tx| tx.attempts("account x")).unwrap().unwrap();
    assert_eq!((found.failures, found.last_at), (2 * rounds, now()));
    one.write(|tx| tx.forget_attempts("account x")).unwrap();
    assert_eq!(other.read(|tx| tx.attempts("account x")).unwrap(), None);
}

fn the_audit_only_grows_and_is_found_by_what_it_says(on: On) {
    let (_place, store) = on.hub();
    let entry = |n: i64, detail: &str| AuditEntry {
        at: after(n),
        login: "lina".to_owned(),
        name: "李娜".to_owned(),
        act: "acted".to_owned(),
        case_number: format!("150785-{n}"),
        detail: detail.to_owned(),
        address: "10.0.0.9".to_owned(),
    };
    let entries = [entry(0, "100%"), entry(0, "a_b"), entry(5, "c\\d")];
    for (n, entry) in entries.iter().enumerate() {
        store.write(|tx| tx.add_audit(&format!("id{n}"), entry)).unwrap();
    }
    let found = |text: &str| {
        let query = AuditQuery { text: text.to_owned(), ..AuditQuery::default() };
        let found = store.read(|tx| tx.audit(&query, 10, 0)).unwrap();
        assert_eq!(store.read(|tx| tx.count_audit(&query)).unwrap(), found.len() as u64);
        found.into_iter().map(|entry| entry.detail).collect::<Vec<_>>()
    };
    assert_eq!(found(""), ["c\\d", "a_b", "100%"]);
    assert_eq!(
        (found("0%"), found("a_"), found("\\")),
        (vec!["100%".into()], vec!["a_b".into()], vec!["c\\d".into()])
    );
    assert_eq!(found("150785-5"), ["c\\d"]);
    assert_eq!(found("'; DROP TABLE office_audit; --"), [""; 0]);
    let all = AuditQuery::default();
    assert_eq!(store.read(|tx| tx.audit(&all, 1, 1)).unwrap(), [entries[1].clone()]);
    let span = AuditQuery { from: Some(after(1)), until: Some(after(6)), ..AuditQuery::default() };
    assert_eq!(store.read(|tx| tx.count_audit(&span)).unwrap(), 1);
}

/// Cases that were there before there were lists come into them when the hub is started.
fn lists_follow_the_cases(on: On) {
    let (_place, store) = on.hub();
    let key = yichuang_protocol::PrivateKey::from_seed(&[1; 32]);
    let (_, device) = enrolled(&store, "03", &key);
    let mut log = Log::of(&device);
    let events = vec![
        log.write(case(1), filed(number(&device, false, 1), false)),
        log.write(case(2), filed(number(&device, false, 2), false)),
        log.write(case(1), accepted()),
    ];
    let request = yichuang_protocol::push::PushRequest { events };
    crate::receive::push(&store, &device, &request, now()).unwrap();
    let query = |states: &[CaseState]| QueueQuery {
        department: Some("根河市市场监督管理局".to_owned()),
        states: states.to_vec(),
        ..QueueQuery::default()
    };
    let count = |query: &QueueQuery| {
        let lines = store.read(|tx| tx.queue(query, 10, 0)).unwrap();
        assert_eq!(store.read(|tx| tx.count_queue(query)).unwrap(), lines.len() as u64);
        lines.len()
    };
    assert_eq!(count(&query(&CaseState::ALL)), 2);
    assert_eq!(count(&query(&[CaseState::Accepted])), 1);
    assert_eq!(count(&QueueQuery { department: None, ..query(&[CaseState::Received]) }), 1);
    assert_eq!(
        count(&QueueQuery { department: Some("别的局".into()), ..query(&CaseState::ALL) }),
        0
    );
    assert_eq!(store.write(|tx| tx.queue_missing()).unwrap(), 0);
    store.write(|tx| tx.execute("DELETE FROM office_cases", &[])).unwrap();
    assert_eq!(count(&query(&CaseState::ALL)), 0);
    assert_eq!(store.write(|tx| tx.queue_missing()).unwrap(), 2);
    assert_eq!(store.write(|tx| tx.queue_missing()).unwrap(), 0);
    assert_eq!(count(&query(&[CaseState::Accepted])), 1);
    let found = store.read(|tx| tx.case_by_id(case(1))).unwrap().unwrap();
    assert_eq!((found.events, found.case.state), (2, CaseState::Accepted));
    assert_eq!(store.read(|tx| tx.case_by_id(case(9))).unwrap(), None);
}

#[test]
fn no_sqlite_program_rewrites_the_audit() {
    let (_place, store) = On::Sqlite.hub();
    for sql in [
        "INSERT INTO office_audit VALUES (1, 'a', '', '', '', '', '', '')",
        "INSERT INTO office_accounts VALUES ('l', 'n', NULL, 'lead', 'h', 0, '', NULL)",
    ] {
        store.write(|tx| tx.execute(sql, &[])).unwrap();
    }
    for sql in [
        "DELETE FROM office_audit",
        "UPDATE office_audit SET act = ''",
        "DELETE FROM office_accounts",
    ] {
        assert!(store.write(|tx| tx.execute(sql, &[])).is_err(), "{sql}");
    }
}

on_both_engines!(
    a_login_is_taken_for_ever,
    a_session_ends_in_every_way_it_should,
    attempts_are_counted_by_every_process,
    the_audit_only_grows_and_is_found_by_what_it_says,
    lists_follow_the_cases,
);
