//! Tests that try to break what the window's records promise.

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;
use yichuang_domain::applicant::{Applicant, ApplicantKind, Party};
use yichuang_domain::case::event::{GuideRef, MatterRef};
use yichuang_domain::case::{Actor, CaseId, CaseState, EventBody, SealedEvent, SignedEvent};
use yichuang_domain::checklist::{Check, CheckedMaterial};
use yichuang_domain::clerk::{AccountChange, AccountRecord, ClerkRole, ClerkRoles};
use yichuang_domain::condition::Answers;
use yichuang_domain::document::{DocumentKind, DocumentNumber};
use yichuang_domain::identity::IdType;
use yichuang_domain::named::Named as _;
use yichuang_domain::numbering::{CaseNumber, NumberSource};

use crate::key::Key;
use crate::{
    ArchivedDocument, CaseQuery, DATABASE_FILE, Enrolment, Parked, StorageError, Store, Tx,
};

const AT: Timestamp = Timestamp::UNIX_EPOCH;

pub(crate) fn source() -> NumberSource {
    NumberSource {
        region: "150785".into(),
        station: "S1".into(),
        device: "A1".into(),
        practice: true,
    }
}

pub(crate) fn actor() -> Actor {
    Actor { id: "c1".into(), name: "王敏".into() }
}

fn filed(number: CaseNumber, name: &str) -> EventBody {
    EventBody::Filed {
        number,
        matter: MatterRef {
            code: "M".into(),
            name: "参保登记".into(),
            department: "人社局".into(),
        },
        guide: GuideRef { release: 1, digest: "d".into() },
        filed_on: date(2026, 3, 2),
        applicant: Applicant {
            kind: ApplicantKind::Person,
            party: Party {
                name: name.into(),
                id_type: IdType::ResidentId,
                id_number: "150785190101010019".into(),
                phone: Some("19900000012".into()),
                address: None,
            },
        },
        agent: None,
        answers: Answers::new(),
        materials: Vec::new(),
        listed: Vec::new(),
        notify_by: None,
        practice: true,
        bundle: None,
    }
}

/// The body of a filing with one material.
pub(crate) fn filed_with_material(tx: &Tx<'_>, id: &str) -> Result<EventBody, StorageError> {
    let number = tx.next_number(&source(), date(2026, 3, 2))?;
    let mut body = filed(number, "王敏");
    if let EventBody::Filed { materials, .. } = &mut body {
        let material = serde_json::json!({ "id": id, "name": "身份证" });
        materials.push(CheckedMaterial {
            material: serde_json::from_value(material).unwrap(),
            check: Some(Check::Present),
            reason: String::new(),
        });
    }
    Ok(body)
}

fn accepted() -> EventBody {
    EventBody::Accepted { on: date(2026, 3, 2), due: None, deferred: Vec::new() }
}

pub(crate) fn file(store: &Store, name: &str) -> CaseId {
    let id = Uuid::now_v7();
    store
        .write(|tx| {
            let number = tx.next_number(&source(), date(2026, 3, 2))?;
            tx.append(&actor(), id, vec![filed(number, name), accepted()], AT)
        })
        .unwrap();
    id
}

fn open(folder: &Path, key: &Key) -> Store {
    Store::open_with_key(folder, key).unwrap()
}

fn fresh() -> (tempfile::TempDir, Key, Store) {
    let folder = tempfile::tempdir().unwrap();
    let key = Key::random().unwrap();
    let store = open(folder.path(), &key);
    (folder, key, store)
}

pub(crate) fn enrolment(origin: &str) -> Enrolment {
    Enrolment {
        hub_url: "http://127.0.0.1:1".into(),
        origin: origin.into(),
        device_code: "A1".into(),
        region: "150785".into(),
        station: "S1".into(),
        window: "3".into(),
        hall: "大厅".into(),
        trial: true,
        device_seed: [7; 32],
        hub_key: [8; 32],
        authority_pem: None,
    }
}

#[test]
fn nothing_readable_is_in_any_file_of_the_folder() {
    let (folder, _, store) = fresh();
    store.save_enrolment(&enrolment("dev-1")).unwrap();
    let id = file(&store, "阿依古丽·买买提");
    store
        .write(|tx| {
            let number = tx.case(&id.to_string())?.unwrap().number;
            let number = DocumentNumber::new(&number, number.device(), DocumentKind::Acceptance, 1);
            tx.archive_document(&paper(id, &number, b"%PDF-secret"), AT)
        })
        .unwrap();
    let mut looked_at = 0;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        looked_at += bytes.len();
        for secret in ["阿依古丽", "150785190101010019", "19900000012", "%PDF", "SQLite", "CREATE"]
        {
            assert!(memchr_find(&bytes, secret.as_bytes()).is_none(), "{secret}");
        }
    }
    assert!(looked_at > 4096, "the write-ahead log was looked at too");
}

fn memchr_find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

#[test]
fn another_key_opens_nothing_and_harms_nothing() {
    let (folder, key, store) = fresh();
    let id = file(&store, "王䶮");
    drop(store);
    let wrong = Store::open_with_key(folder.path(), &Key::random().unwrap());
    assert!(matches!(wrong, Err(StorageError::Damaged)));
    assert!(open(folder.path(), &key).case(&id.to_string()).unwrap().is_some());
}

#[test]
fn a_damaged_file_is_a_clear_error_wherever_the_damage_is() {
    let (folder, key, store) = fresh();
    for n in 0..40 {
        file(&store, &format!("申请人{n}"));
    }
    drop(store);
    let path = folder.path().join(DATABASE_FILE);
    let good = fs::read(&path).unwrap();
    for at in (0..good.len()).step_by(good.len() / 23) {
        let mut bad = good.clone();
        bad[at] ^= 0xff;
        fs::write(&path, &bad).unwrap();
        let found = Store::open_with_key(folder.path(), &key).and_then(|s| s.check_file());
        assert!(found.is_err(), "byte {at} was changed and nobody noticed");
        fs::remove_file(folder.path().join(format!("{DATABASE_FILE}-wal"))).ok();
        fs::remove_file(folder.path().join(format!("{DATABASE_FILE}-shm"))).ok();
    }
    fs::write(&path, &good[..good.len() / 2]).unwrap();
    let cut = Store::open_with_key(folder.path(), &key).and_then(|s| s.check_file());
    assert!(cut.is_err(), "half a file is no database");
}

#[test]
fn a_database_of_a_newer_program_is_refused_and_left_alone() {
    let (folder, key, store) = fresh();
    let id = file(&store, "王䶮");
    store.lock().pragma_update(None, "user_version", 99).unwrap();
    drop(store);
    let newer = Store::open_with_key(folder.path(), &key);
    assert!(matches!(newer, Err(StorageError::Newer { found: 99, .. })));
    let raw = crate::database::open(folder.path(), &key);
    assert!(raw.is_err());
    // The older program comes back when the version is what it knows.
    let sql = rusqlite::Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    sql.pragma_update(None, "key", key.pragma().as_str()).unwrap();
    sql.pragma_update(None, "user_version", crate::migrations::KNOWN).unwrap();
    drop(sql);
    assert!(open(folder.path(), &key).case(&id.to_string()).unwrap().is_some());
}

#[test]
fn a_new_folder_opened_by_many_at_once_is_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let key = Key::random().unwrap();
    let devices: Vec<String> = std::thread::scope(|scope| {
        let open = || open(folder.path(), &key).practice_device().unwrap();
        let hands: Vec<_> = (0..6).map(|_| scope.spawn(open)).collect();
        hands.into_iter().map(|hand| hand.join().unwrap()).collect()
    });
    assert!(devices.iter().all(|device| *device == devices[0]), "{devices:?}");
}

#[test]
fn a_hub_is_joined_once_and_never_by_practice() {
    let (_folder, _, store) = fresh();
    file(&store, "演练");
    let real = Enrolment { trial: false, ..enrolment("w-1") };
    assert!(matches!(store.save_enrolment(&real), Err(StorageError::Practised)));
    store.save_enrolment(&enrolment("w-1")).unwrap();
    assert!(matches!(store.save_enrolment(&enrolment("w-2")), Err(StorageError::Enrolled)));
    assert_eq!(store.enrolment().unwrap().unwrap().origin, "w-1");
}

#[test]
fn an_audit_misses_a_case_that_the_list_lost() {
    let (_folder, _, store) = fresh();
    let id = file(&store, "王䶮");
    store.lock().execute("DELETE FROM cases WHERE id = ?1", [id.to_string()]).unwrap();
    let codes: Vec<_> = store.audit().unwrap().findings.into_iter().map(|f| f.code).collect();
    assert_eq!(codes, ["case-differs"]);
}

#[test]
fn what_an_earlier_program_left_out_of_a_case_is_there_after_the_next_start() {
    let (folder, key, store) = fresh();
    let ids = [file(&store, "王敏"), file(&store, "李强")];
    let whole = ids.map(|id| store.case(&id.to_string()).unwrap().unwrap());
    assert_eq!(whole[0].visits.len(), 1);
    // As a program wrote them that knew no services.
    store
        .write(|tx| {
            tx.sql.execute("UPDATE cases SET body = json_remove(body, '$.visits')", [])?;
            tx.sql.execute("DELETE FROM meta WHERE name = 'fold'", [])?;
            Ok::<(), StorageError>(())
        })
        .unwrap();
    let case = |store: &Store, n: usize| store.case(&ids[n].to_string()).unwrap().unwrap();
    assert_eq!(case(&store, 0).visits, []);
    drop(store);
    let store = open(folder.path(), &key);
    assert_eq!([0, 1].map(|n| case(&store, n)), whole);
    assert_eq!(store.audit().unwrap().findings, []);
}

#[test]
fn the_schema_is_made_whole_or_not_at_all() {
    let (folder, key, store) = fresh();
    drop(store);
    let sql = rusqlite::Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    sql.pragma_update(None, "key", key.pragma().as_str()).unwrap();
    // A step that can't be taken, because its table is there already.
    sql.execute_batch("DROP TABLE parked; PRAGMA user_version = 0;").unwrap();
    drop(sql);
    let failed = Store::open_with_key(folder.path(), &key);
    assert!(matches!(failed, Err(StorageError::Migration(_))));
    let sql = rusqlite::Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    sql.pragma_update(None, "key", key.pragma().as_str()).unwrap();
    let version: i64 = sql.pragma_query_value(None, "user_version", |r| r.get(0)).unwrap();
    assert_eq!(version, 0);
}

#[test]
fn the_log_and_the_archive_can_be_neither_edited_nor_shortened() {
    let (_folder, _, store) = fresh();
    let id = file(&store, "王䶮");
    store
        .write(|tx| {
            let number = tx.case(&id.to_string())?.unwrap().number;
            let number = DocumentNumber::new(&number, number.device(), DocumentKind::Acceptance, 1);
            tx.archive_document(&paper(id, &number, b"pdf"), AT)
        })
        .unwrap();
    for attack in [
        "DELETE FROM events",
        "UPDATE events SET text = ''",
        "DELETE FROM documents",
        "UPDATE documents SET pdf = x''",
    ] {
        assert!(store.lock().execute_batch(attack).is_err(), "{attack}");
    }
}

#[test]
fn what_was_done_to_accounts_can_be_neither_edited_nor_forgotten() {
    let (_folder, _, store) = fresh();
    let clerk = Actor { id: "c".to_owned(), name: "王敏".to_owned() };
    let change = AccountChange::PinReset;
    let record = AccountRecord { at: AT, clerk, by: None, change };
    store
        .write(|tx| {
            tx.add_clerk("c", "王敏", "hash", AT)?;
            tx.set_roles("c", &ClerkRoles::from([ClerkRole::Trainer]))?;
            tx.record_account(&record)
        })
        .unwrap();
    for attack in [
        "DELETE FROM account_records",
        "UPDATE account_records SET record = ''",
        "DELETE FROM clerks",
        "INSERT INTO clerk_roles (clerk, role) VALUES ('c', 'owner')",
        "INSERT INTO clerk_roles (clerk, role) VALUES ('nobody', 'lead')",
    ] {
        assert!(store.lock().execute_batch(attack).is_err(), "{attack}");
    }
    assert_eq!(store.account_records(9).unwrap(), [record]);
}

#[test]
fn who_was_a_lead_keeps_every_power_they_had() {
    let folder = tempfile::tempdir().unwrap();
    let key = Key::random().unwrap();
    let mut sql = rusqlite::Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    sql.pragma_update(None, "key", key.pragma().as_str()).unwrap();
    // As it was when a lead was a column.
    crate::migrations::up_to(&mut sql, 16).unwrap();
    sql.execute_batch(
        "INSERT INTO clerks (id, name, pin_hash, created_at, lead)
         VALUES ('组长', '组长', '', '', 1), ('窗口人员', '窗口人员', '', '', 0)",
    )
    .unwrap();
    drop(sql);
    let store = open(folder.path(), &key);
    let roles = |id: &str| store.clerk(id).unwrap().unwrap().roles;
    assert_eq!(roles("组长").len(), ClerkRole::ALL.len());
    assert!(roles("窗口人员").is_empty());
}

/// The database's own account of how it would answer.
fn plan(store: &Store, query: &str) -> String {
    let sql = store.lock();
    let mut statement = sql.prepare(&format!("EXPLAIN QUERY PLAN {query}")).unwrap();
    let lines = statement.query_map(["%王%"], |row| row.get::<_, String>("detail")).unwrap();
    lines.collect::<Result<Vec<_>, _>>().unwrap().join("; ")
}

#[test]
fn looking_for_a_case_and_the_lists_of_the_day_read_an_index_and_no_case() {
    let (_folder, _, store) = fresh();
    let named = "applicant_key LIKE ?1 OR matter_name LIKE ?1 OR number LIKE ?1";
    let press = "coalesce(decided_on, due, notify_by)";
    for (query, index) in [
        (format!("SELECT count(*) FROM cases WHERE ({named})"), "COVERING INDEX cases_by_day"),
        (
            format!(
                "SELECT rowid FROM cases WHERE ({named})
                  ORDER BY filed_on DESC, number DESC LIMIT 25"
            ),
            "COVERING INDEX cases_by_day",
        ),
        (
            format!(
                "SELECT rowid FROM cases WHERE state IN ('accepted', 'in-review') AND holder = ?1
                  ORDER BY {press} IS NULL, {press}, number LIMIT 25"
            ),
            "COVERING INDEX cases_by_state",
        ),
        (
            "SELECT rowid FROM cases WHERE id IN
               (SELECT id FROM cases WHERE conflicts > 0 UNION SELECT case_id FROM parked)
               AND holder <> ?1"
                .to_owned(),
            "cases_in_conflict",
        ),
    ] {
        let plan = plan(&store, &query);
        assert!(plan.contains(index), "{query}: {plan}");
        assert!(!plan.contains("SCAN cases;"), "{query}: {plan}");
    }
}

#[test]
fn an_audit_finds_an_edited_log_a_lost_paper_and_a_wrong_list() {
    let (_folder, _, store) = fresh();
    let id = file(&store, "王䶮");
    file(&store, "李四");
    let number = store.case(&id.to_string()).unwrap().unwrap().number;
    let number = DocumentNumber::new(&number, number.device(), DocumentKind::Acceptance, 1);
    let issued = EventBody::DocumentIssued {
        kind: DocumentKind::Acceptance,
        number,
        sha256: "0".repeat(64),
        formal: None,
    };
    store.write(|tx| tx.append(&actor(), id, vec![issued], AT)).unwrap();
    let codes =
        || -> Vec<&str> { store.audit().unwrap().findings.into_iter().map(|f| f.code).collect() };
    assert_eq!(codes(), ["paper-missing"]);
    let sql = store.lock();
    sql.execute_batch(
        "DROP TRIGGER events_are_final; DROP TRIGGER events_stay;
         UPDATE cases SET state = 'decided', body = replace(body, '李四', '赵六');",
    )
    .unwrap();
    drop(sql);
    assert!(codes().contains(&"case-differs"));
    store
        .lock()
        .execute_batch("UPDATE events SET text = replace(text, '王敏', '王明') WHERE seq = 1")
        .unwrap();
    assert!(codes().contains(&"altered"));
    store.lock().execute_batch("DELETE FROM events WHERE seq = 2").unwrap();
    assert!(codes().contains(&"gap"));
}

#[test]
fn a_failed_action_leaves_nothing_of_itself() {
    let (_folder, _, store) = fresh();
    file(&store, "王䶮");
    let before = (store.head().unwrap(), store.count_cases(&CaseQuery::default()).unwrap());
    let failed: Result<(), StorageError> = store.write(|tx| {
        let number = tx.next_number(&source(), date(2026, 3, 2))?;
        tx.append(&actor(), Uuid::now_v7(), vec![filed(number, "半途")], AT)?;
        Err(StorageError::Damaged)
    });
    assert!(failed.is_err());
    assert_eq!(before, (store.head().unwrap(), store.count_cases(&CaseQuery::default()).unwrap()));
    assert_eq!(store.audit().unwrap().findings, []);
}

#[test]
fn numbers_of_one_day_run_on_across_processes_and_never_repeat() {
    let (folder, key, first) = fresh();
    let second = open(folder.path(), &key);
    let mut numbers = Vec::new();
    std::thread::scope(|scope| {
        let hands: Vec<_> = [&first, &second]
            .map(|store| {
                scope.spawn(move || -> Vec<String> {
                    (0..25)
                        .map(|_| {
                            let id = file(store, "甲");
                            store.case(&id.to_string()).unwrap().unwrap().number.to_string()
                        })
                        .collect()
                })
            })
            .into_iter()
            .collect();
        for hand in hands {
            numbers.extend(hand.join().unwrap());
        }
    });
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 50);
    assert_eq!(first.head().unwrap().seq, 100);
    assert_eq!(first.audit().unwrap().findings, []);
}

#[test]
fn what_was_not_acknowledged_stays_unsent_whatever_happens() {
    let (folder, key, store) = fresh();
    store.save_enrolment(&enrolment("dev-1")).unwrap();
    file(&store, "甲");
    let id = file(&store, "乙");
    store.acknowledge(2, "receipt").unwrap();
    store.acknowledge(1, "late").unwrap();
    assert_eq!(store.sync_state().unwrap().acknowledged_seq, 2, "a late answer lowers nothing");
    let unsent = CaseQuery { unsent: true, limit: 10, ..CaseQuery::default() };
    let names = |store: &Store| -> Vec<String> {
        store.list_cases(&unsent).unwrap().into_iter().map(|r| r.applicant).collect()
    };
    assert_eq!(names(&store), ["乙"]);
    drop(store);
    let store = open(folder.path(), &key);
    assert_eq!(names(&store), ["乙"]);
    assert_eq!(store.unsent(2, 10).unwrap().len(), 2);
    store
        .park(&[Parked {
            log: store.own_log().unwrap(),
            seq: 3,
            case: id.to_string(),
            code: "bad-number".into(),
            field: "number".into(),
            message: "重复".into(),
        }])
        .unwrap();
    let attention = CaseQuery { attention: true, limit: 10, ..CaseQuery::default() };
    assert_eq!(store.list_cases(&attention).unwrap().len(), 1);
    store.forget_acknowledgement(0).unwrap();
    assert_eq!(names(&store), ["乙", "甲"]);
}

fn signed(event: &yichuang_domain::case::Event, signature: &str) -> SignedEvent {
    let SealedEvent { text, hash } = SealedEvent::seal(event).unwrap();
    SignedEvent { text, hash, signature: signature.into() }
}

#[test]
fn what_the_hub_lost_is_given_back_once_and_whole() {
    let (_folder, _, store) = fresh();
    store.save_enrolment(&enrolment("dev-1")).unwrap();
    let id = file(&store, "甲");
    let event = |log: &str, seq, body| yichuang_domain::case::Event {
        origin: log.into(),
        seq,
        at: AT,
        clock_skew: None,
        lamport: 9,
        actor: actor(),
        case: id,
        body,
        prev_hash: yichuang_domain::case::event::GENESIS.into(),
    };
    let decided = EventBody::Decided {
        decision: yichuang_domain::case::event::Decision::Granted,
        on: date(2026, 3, 5),
        reason: String::new(),
        result_number: None,
        basis: String::new(),
        remedies: String::new(),
    };
    let first = signed(&event("hub-1", 1, decided), "s1");
    let second = yichuang_domain::case::Event {
        prev_hash: first.hash.clone(),
        ..event("hub-1", 2, EventBody::ReadyForHandover {})
    };
    let second = signed(&second, "s2");
    store.take_pulled(&[first.clone(), second.clone()], 2).unwrap();
    let own = store.head().unwrap().seq;
    assert_eq!(store.follow_hub_log("hub-1.a", &[("hub-1", 1)], AT).unwrap(), 1);
    assert_eq!(store.hub_logs().unwrap(), ["hub-1", "hub-1.a"]);
    assert_eq!(store.sync_state().unwrap().pull_cursor, 0);
    let before = store.case(&id.to_string()).unwrap();
    // The same again, more of it, and what comes back in a relay of the new log.
    assert_eq!(store.follow_hub_log("hub-1.a", &[("hub-1", 0)], AT).unwrap(), 1);
    let back = signed(&event("hub-1.a", 1, EventBody::Relayed { event: first.clone() }), "s3");
    store.take_pulled(&[back], 1).unwrap();
    let all = [("hub-1", 0), ("hub-1.a", 0), ("hub-unknown", 0)];
    assert_eq!(store.follow_hub_log("hub-1.b", &all, AT).unwrap(), 0);
    assert_eq!(store.hub_logs().unwrap(), ["hub-1", "hub-1.a", "hub-1.b"]);
    let given = store.unsent(own, 9).unwrap().into_iter().map(|sealed| sealed.open().unwrap().body);
    let relayed = |event| EventBody::Relayed { event };
    assert_eq!(given.collect::<Vec<_>>(), [relayed(second), relayed(first)]);
    let after = store.case(&id.to_string()).unwrap();
    assert_eq!(after, before, "the case is what it was");
    assert_eq!(store.audit().unwrap().findings, []);
    // An old log becomes the newest again, with what is held of it.
    store.follow_hub_log("hub-1.a", &[], AT).unwrap();
    assert_eq!(store.hub_logs().unwrap(), ["hub-1", "hub-1.b", "hub-1.a"]);
    assert_eq!(store.sync_state().unwrap().pull_cursor, 1);
}

#[test]
fn what_the_hub_adds_is_taken_once_and_folded_in() {
    let (_folder, _, store) = fresh();
    store.save_enrolment(&enrolment("dev-1")).unwrap();
    let id = file(&store, "甲");
    let decided = yichuang_domain::case::Event {
        origin: "hub-1".into(),
        seq: 1,
        at: AT,
        clock_skew: None,
        lamport: 9,
        actor: actor(),
        case: id,
        body: EventBody::Decided {
            decision: yichuang_domain::case::event::Decision::Granted,
            on: date(2026, 3, 5),
            reason: String::new(),
            result_number: None,
            basis: String::new(),
            remedies: String::new(),
        },
        prev_hash: yichuang_domain::case::event::GENESIS.into(),
    };
    let signed = signed(&decided, "s");
    for _ in 0..3 {
        store.take_pulled(std::slice::from_ref(&signed), 1).unwrap();
    }
    let case = store.case(&id.to_string()).unwrap().unwrap();
    assert_eq!((case.state, case.conflicts.len()), (CaseState::Decided, 0));
    assert_eq!(store.sync_state().unwrap().pull_cursor, 1);
    assert_eq!(store.hub_logs().unwrap(), ["hub-1"]);
    let mut forged = signed;
    forged.text = forged.text.replace("granted", "denied");
    assert!(store.take_pulled(&[forged], 2).is_err());
    assert_eq!(store.sync_state().unwrap().pull_cursor, 1, "a forged batch moves no cursor");
}

#[test]
fn a_search_takes_its_text_literally() {
    let (_folder, _, store) = fresh();
    for name in ["100%", "a_b", "aXb", "阿•依", "\\", "'; DROP TABLE cases; --"] {
        file(&store, name);
    }
    let find = |text: &str| -> Vec<String> {
        let query = CaseQuery { text: text.into(), limit: 50, ..CaseQuery::default() };
        assert_eq!(
            store.count_cases(&query).unwrap() as usize,
            store.list_cases(&query).unwrap().len()
        );
        store.list_cases(&query).unwrap().into_iter().map(|r| r.applicant).collect()
    };
    assert_eq!(find("%"), ["100%"]);
    assert_eq!(find("_"), ["a_b"]);
    assert_eq!(find("\\"), ["\\"]);
    assert_eq!(find("阿·依"), ["阿•依"], "look-alikes of the interpunct are found");
    assert_eq!(find("'; DROP"), ["'; DROP TABLE cases; --"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_name_comes_back_as_typed(name in "\\PC{1,40}") {
        let (_folder, _, store) = fresh();
        let id = file(&store, &name);
        let case = store.case(&id.to_string()).unwrap().unwrap();
        prop_assert_eq!(case.applicant.party.name, name);
        prop_assert_eq!(store.audit().unwrap().findings, vec![]);
    }
}

/// An archived acceptance.
fn paper(case: uuid::Uuid, number: &DocumentNumber, pdf: &[u8]) -> ArchivedDocument {
    ArchivedDocument {
        number: number.to_string(),
        case: case.to_string(),
        kind: DocumentKind::Acceptance.as_str().to_owned(),
        sha256: "x".to_owned(),
        parts: 2,
        words: None,
        pdf: pdf.to_vec(),
    }
}
