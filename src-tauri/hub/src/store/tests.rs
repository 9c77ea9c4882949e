use rusqlite::Connection;

use super::*;
use crate::sample::{case, hub, now};
use yichuang_domain::case::SealedEvent;

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

#[test]
fn a_file_that_is_no_database_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(DATABASE_FILE), [7u8; 8192]).unwrap();
    assert_eq!(HubStore::open(folder.path()).unwrap_err().code(), "storage-damaged");
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(HubStore::open_existing(empty.path()).unwrap_err().code(), "no-hub");
    assert_eq!(std::fs::read_dir(empty.path()).unwrap().count(), 0);
}

#[test]
fn what_was_opened_together_migrates_once() {
    let folder = tempfile::tempdir().unwrap();
    let ids: Vec<String> = std::thread::scope(|scope| {
        let open = || HubStore::open(folder.path()).unwrap().read(|tx| tx.hub_id()).unwrap();
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert!(ids.iter().all(|id| *id == ids[0] && id.starts_with("hub-")), "{ids:?}");
}

#[test]
fn the_log_can_only_grow() {
    let (_folder, store) = hub();
    let sealed = SealedEvent { text: "{}".to_owned(), hash: "h".to_owned() };
    let event =
        NewEvent { origin: "win-1", seq: 1, case: Some(case(1)), sealed: &sealed, rejection: None };
    store.write(|tx| tx.append(&event, now())).unwrap();
    assert!(store.write(|tx| tx.append(&event, now())).is_err());
    let sql = store.lock();
    assert!(sql.execute("DELETE FROM events", []).is_err());
    assert!(sql.execute("UPDATE events SET text = ''", []).is_err());
    drop(sql);
    assert_eq!(store.read(|tx| tx.events_after("win-1", 0, 9)).unwrap(), [sealed]);
}

#[test]
fn a_transaction_that_fails_leaves_nothing() {
    let (_folder, store) = hub();
    let failed: Result<(), StoreError> = store.write(|tx| {
        tx.add_case(case(1), "N", "win-1")?;
        Err(StoreError::Missing)
    });
    assert!(failed.is_err());
    assert_eq!(store.read(|tx| tx.case_with_number("N")).unwrap(), None);
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("hub");
    let store = HubStore::open(&folder).unwrap();
    crate::office_token::ensure(&folder).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for file in std::fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    drop(store);
}
