use rusqlite::Connection;

use super::*;
use crate::sample::{On, case, enrolled, now, on_both_engines};
use yichuang_domain::case::SealedEvent;
use yichuang_protocol::limits::PART_BYTES;

#[test]
fn a_database_of_a_newer_program_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    HubStore::open(folder.path()).unwrap();
    let path = folder.path().join(DATABASE_FILE);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let error = HubStore::open(folder.path()).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error}");
    let version: i64 = Connection::open(&path)
        .unwrap()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 99);
}

/// What a program that is older than a shared database finds there.
#[test]
#[ignore = "needs PostgreSQL"]
fn a_postgres_database_of_a_newer_program_is_refused_and_left_alone() {
    let cluster = throwaway_postgres::Cluster::shared();
    let address = cluster.database();
    let database = Database::Postgres(Box::new(PostgresAddress::parse(&address, None).unwrap()));
    assert_eq!(HubStore::open_existing_at(&database).unwrap_err().code(), "no-hub");
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(cluster.ask(&address, tables), "0", "looking makes nothing");
    HubStore::open_at(&database).unwrap();
    // A program that died while it made the tables: the next one goes on, and is not held up.
    cluster.ask(&address, "UPDATE schema_version SET version = 0; DROP TABLE guide_parts");
    HubStore::open_existing_at(&database).unwrap();
    assert_eq!(cluster.ask(&address, "SELECT count(*) FROM guide_parts"), "0");
    cluster.ask(&address, "UPDATE schema_version SET version = 99");
    let error = HubStore::open_at(&database).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error}");
    assert_eq!(cluster.ask(&address, "SELECT version FROM schema_version"), "99");
}

#[test]
fn a_file_that_is_no_database_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(DATABASE_FILE), [7u8; 8192]).unwrap();
    assert_eq!(HubStore::open(folder.path()).unwrap_err().code(), "storage-damaged");
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(HubStore::open_existing(empty.path()).unwrap_err().code(), "no-hub");
    assert_eq!(std::fs::read_dir(empty.path()).unwrap().count(), 0);
}

/// A database of before cases were claimed: the cases it has are claimed by their logs.
#[test]
fn the_cases_of_an_older_database_stay_those_of_their_logs() {
    let folder = tempfile::tempdir().unwrap();
    let sql = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    for step in [
        include_str!("schema/sqlite/1.sql"),
        include_str!("schema/sqlite/2.sql"),
        include_str!("schema/sqlite/3.sql"),
    ] {
        sql.execute_batch(step).unwrap();
    }
    let old = "INSERT INTO cases (id, number, origin, body) VALUES (?1, 'N', 'win-1', '')";
    sql.execute(old, [case(1).to_string()]).unwrap();
    sql.pragma_update(None, "user_version", 3).unwrap();
    drop(sql);
    let store = HubStore::open_existing(folder.path()).unwrap();
    assert!(store.write(|tx| tx.claim("win-2", &[case(1)])).unwrap().is_empty());
    let home = store.read(|tx| tx.filed_in(&[case(1)])).unwrap();
    assert_eq!(home[&case(1)], "win-1");
    let numbers = store.read(|tx| tx.cases_with("win-1", vec!["N".to_owned()])).unwrap();
    assert_eq!(numbers["N"], case(1));
}

#[test]
fn no_sqlite_program_rewrites_the_log() {
    let (_place, store) = On::Sqlite.hub();
    store.write(|tx| tx.append("win-1", &[event(1, &sealed("{}"))], now())).unwrap();
    let Engine::Sqlite(sqlite) = &store.open.engine else { panic!("not SQLite") };
    let sql = sqlite.lock();
    assert!(sql.execute("DELETE FROM events", []).is_err());
    assert!(sql.execute("UPDATE events SET text = ''", []).is_err());
}

fn sealed(text: &str) -> SealedEvent {
    SealedEvent { text: text.to_owned(), hash: "h".to_owned() }
}

fn event(seq: u64, sealed: &SealedEvent) -> NewEvent<'_> {
    NewEvent { seq, case: Some(case(1)), sealed, rejection: None }
}

fn what_was_opened_together_migrates_once(on: On) {
    let place = on.place();
    let ids: Vec<String> = std::thread::scope(|scope| {
        let open = || {
            let store = HubStore::open_at(&place.database).unwrap();
            store.read(|tx| tx.hub_id()).unwrap()
        };
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert!(ids.iter().all(|id| *id == ids[0] && id.starts_with("hub-")), "{ids:?}");
}

fn the_log_can_only_grow(on: On) {
    let (_place, store) = on.hub();
    let (one, other) = (sealed("{}"), sealed("{\"a\":\"𠮷\\u0000'\"}"));
    let both = [event(1, &one), event(2, &other)];
    store.write(|tx| tx.append("win-1", &both, now())).unwrap();
    let taken = store.write(|tx| tx.append("win-1", &both[1..], now())).unwrap_err();
    assert_eq!((taken.code(), taken.is_passing()), ("storage-failed", false));
    // One place that is taken undoes the whole of it.
    let again = [event(3, &one), event(2, &one)];
    assert!(store.write(|tx| tx.append("win-1", &again, now())).is_err());
    let held = store.read(|tx| tx.events_after("win-1", 0, 9)).unwrap();
    assert_eq!(held, [one.clone(), other]);
    assert_eq!(store.read(|tx| tx.events_after("win-1", 1, 9)).unwrap().len(), 1);
    assert_eq!(store.read(|tx| tx.events_after("win-1", u64::MAX, 9)).unwrap(), []);
    let at = store.read(|tx| tx.events_at("win-1", &[2, 3, 0, u64::MAX])).unwrap();
    assert_eq!(at.keys().collect::<Vec<_>>(), [&2]);
    assert_eq!(store.read(|tx| tx.count("win-1")).unwrap(), (2, 0));
}

fn a_transaction_that_fails_leaves_nothing(on: On) {
    let (_place, store) = on.hub();
    let failed: Result<(), StoreError> = store.write(|tx| {
        tx.claim("win-1", &[case(1)])?;
        Err(StoreError::Missing)
    });
    assert_eq!(failed.unwrap_err().code(), "no-hub");
    assert!(store.read(|tx| tx.filed_in(&[case(1)])).unwrap().is_empty());
}

/// A failure that is overlooked must not let the rest pass for kept.
fn a_statement_that_failed_and_was_overlooked_fails_the_transaction(on: On) {
    let (_place, store) = on.hub();
    let one = sealed("{}");
    store.write(|tx| tx.append("win-1", &[event(1, &one)], now())).unwrap();
    let told: Result<(), StoreError> = store.write(|tx| {
        tx.claim("win-1", &[case(1), case(2)])?;
        let _ = tx.append("win-1", &[event(1, &one)], now());
        Ok(())
    });
    let claimed = store.read(|tx| tx.filed_in(&[case(1), case(2)])).unwrap().len();
    assert_eq!(claimed, if told.is_ok() { 2 } else { 0 });
}

fn a_claim_is_the_firsts(on: On) {
    let (_place, store) = on.hub();
    let both = [case(1), case(2)];
    assert_eq!(store.write(|tx| tx.claim("win-1", &both[..1])).unwrap().len(), 1);
    let taken = store.write(|tx| tx.claim("win-2", &both)).unwrap();
    assert_eq!(taken.into_iter().collect::<Vec<_>>(), [case(2)]);
    let homes = store.read(|tx| tx.filed_in(&both)).unwrap();
    assert_eq!((homes[&case(1)].as_str(), homes[&case(2)].as_str()), ("win-1", "win-2"));
    store.write(|tx| tx.unclaim(&both)).unwrap();
    assert!(store.read(|tx| tx.filed_in(&both)).unwrap().is_empty());
    assert!(store.read(|tx| tx.filed_in(&[])).unwrap().is_empty());
    assert!(store.write(|tx| tx.claim("win-1", &[])).unwrap().is_empty());
}

fn releases_are_kept_in_parts(on: On) {
    let (_place, store) = on.hub();
    let guide = |release: u32| PublishedGuide {
        release,
        digest: format!("d{release}"),
        region: "150785".to_owned(),
        issued_on: "2026-03-02".to_owned(),
        matters: 3,
        sample: release == 1,
        length: 1 << 40,
        published_at: now(),
        statement: yichuang_protocol::SignedText { text: "t".into(), signature: "s".into() },
    };
    let packed: Vec<u8> = (0..PART_BYTES * 2 + 5).map(|n| (n % 251) as u8).collect();
    let whole = Way { digest: "d1", base: None };
    let delta = Way { digest: "d1", base: Some("d0") };
    store
        .write(|tx| {
            tx.add_guide(&guide(1))?;
            tx.add_packed(whole, &packed)?;
            tx.add_packed(delta, b"delta")?;
            tx.add_guide(&guide(2))
        })
        .unwrap();
    assert!(store.write(|tx| tx.add_guide(&guide(2))).is_err(), "a number is given once");
    store
        .read(|tx| {
            assert_eq!(tx.newest_guides(1)?, [guide(2)]);
            assert_eq!(tx.newest_guides(usize::MAX)?, [guide(2), guide(1)]);
            assert_eq!(tx.packed_len(whole)?, Some(packed.len() as u64));
            assert_eq!(tx.packed_len(delta)?, Some(5));
            assert_eq!(tx.packed_part(whole, 2)?.as_deref(), Some(&packed[PART_BYTES * 2..]));
            assert_eq!(tx.packed_part(whole, 3)?, None);
            assert_eq!(tx.packed("d1")?, packed);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    store.write(|tx| tx.forget_deltas()).unwrap();
    assert_eq!(store.read(|tx| tx.packed_len(delta)).unwrap(), None);
}

/// What no text of PostgreSQL can hold, and what would be SQL if it were not a value.
fn what_can_not_be_there_is_not_found(on: On) {
    let (_place, store) = on.hub();
    for odd in ["win\0", "\0", "'; DROP TABLE devices; --", "$1", "?1", "%", "\u{fffd}"] {
        store
            .read(|tx| {
                assert_eq!(tx.device(odd)?, None);
                assert_eq!(tx.session_device(odd, now())?, None);
                assert_eq!(tx.find_case(odd)?, None);
                assert_eq!(tx.packed_part(Way { digest: odd, base: Some(odd) }, 0)?, None);
                Ok::<_, StoreError>(())
            })
            .unwrap();
        assert!(!store.write(|tx| tx.take_challenge(odd, odd, now())).unwrap());
    }
}

/// What ended is forgotten, what is open stays.
fn ended_sessions_are_swept(on: On) {
    let (_place, store) = on.hub();
    let (device, _) = enrolled(&store, "03", &yichuang_protocol::PrivateKey::from_seed(&[1; 32]));
    let soon = crate::session::later(now(), 60);
    store
        .write(|tx| {
            tx.add_session("old", &device.origin, now())?;
            tx.add_challenge("old", &device.origin, now())?;
            tx.add_session("open", &device.origin, soon)
        })
        .unwrap();
    let later = crate::session::later(now(), 1);
    assert_eq!(store.write(|tx| tx.forget_ended(later)).unwrap(), 2);
    assert_eq!(store.write(|tx| tx.forget_ended(later)).unwrap(), 0);
    let open = store.read(|tx| tx.session_device("open", later)).unwrap();
    assert_eq!(open.map(|device| device.window), Some("03".to_owned()));
}

/// Many add to the same thing at once, each having looked at it first: as if one after another.
fn transactions_have_the_outcome_of_running_one_after_another(on: On) {
    let (_place, store) = on.hub();
    let one = sealed("{}");
    let (threads, rounds) = (4u64, 12u64);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                for _ in 0..rounds {
                    store
                        .write(|tx| {
                            let held = tx.head("win-1")?;
                            tx.append("win-1", &[event(held.seq + 1, &one)], now())
                        })
                        .unwrap();
                }
            });
        }
    });
    assert_eq!(store.read(|tx| tx.head("win-1")).unwrap().seq, threads * rounds);
    assert_eq!(store.read(|tx| tx.count("win-1")).unwrap().0, threads * rounds);
}

/// Each of two looks at what the other changes: one of them must see the other's.
fn nobody_decides_on_what_another_just_changes(on: On) {
    let (_place, store) = on.hub();
    for round in 0..12 {
        let (here, there) = (format!("win-{round}-a"), format!("win-{round}-b"));
        let step = |own: &str, others: &str| {
            let one = sealed("{}");
            store
                .write(|tx| {
                    let free = tx.count(others)?.0 == 0;
                    if free {
                        tx.append(own, &[event(1, &one)], now())?;
                    }
                    Ok::<_, StoreError>(free)
                })
                .unwrap()
        };
        let wrote = std::thread::scope(|scope| {
            let one = scope.spawn(|| step(&here, &there));
            let other = scope.spawn(|| step(&there, &here));
            (one.join().unwrap(), other.join().unwrap())
        });
        assert!(wrote.0 != wrote.1, "both or neither wrote: {wrote:?}");
    }
}

on_both_engines!(
    what_was_opened_together_migrates_once,
    the_log_can_only_grow,
    a_transaction_that_fails_leaves_nothing,
    a_statement_that_failed_and_was_overlooked_fails_the_transaction,
    a_claim_is_the_firsts,
    ended_sessions_are_swept,
    releases_are_kept_in_parts,
    what_can_not_be_there_is_not_found,
    transactions_have_the_outcome_of_running_one_after_another,
    nobody_decides_on_what_another_just_changes,
);

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("hub");
    let store = HubStore::open(&folder).unwrap();
    crate::office_token::ensure(&store, &folder).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for file in std::fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    drop(store);
}
