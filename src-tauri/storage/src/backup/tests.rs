use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use jiff::civil::date;
use tempfile::TempDir;
use yichuang_domain::attachment::Announced;
use yichuang_domain::case::EventBody;

use super::archive::{Entry, Manifest, SCANS, Writing};
use super::restore::{EXCHANGED, MARK_FILE};
use super::*;
use crate::key::Key;
use crate::tests::{actor, enrolment, file, filed_with_material, source};
use crate::{DATABASE_FILE, Store, key};

const AT: Timestamp = Timestamp::UNIX_EPOCH;

/// A window with two cases, a scan and a draft, and a backup of it.
struct Backed {
    folder: TempDir,
    own: Key,
    store: Store,
    reader: RecoveryReader,
    file: PathBuf,
    scan: Announced,
}

fn scan_bytes() -> Vec<u8> {
    b"%PDF-1.7\n".iter().copied().chain((0..200_000u32).map(|n| (n % 251) as u8)).collect()
}

fn backed() -> Backed {
    let folder = tempfile::tempdir().unwrap();
    let own = key::open(folder.path(), None).unwrap();
    let store = Store::open_with_key(folder.path(), &own).unwrap();
    store.save_enrolment(&enrolment("win-A1-0")).unwrap();
    file(&store, "阿依古丽·买买提");
    let bytes = scan_bytes();
    let scan = Announced::of("扫描.pdf", &bytes).unwrap();
    let fresh = store.add_attachment(&scan, &bytes).unwrap();
    store
        .write(|tx| {
            tx.hold(&fresh)?;
            let (material, announced) = ("m1".to_owned(), scan.clone());
            let filed = filed_with_material(tx, "m1")?;
            let added = EventBody::AttachmentAdded { material, announced };
            tx.append(&actor(), uuid::Uuid::now_v7(), vec![filed, added], AT)?;
            tx.add_draft("d1", "c1", "{\"typed\":1}", AT)
        })
        .unwrap();
    drop(fresh);
    let (reader, file) = (RecoveryReader::new(), folder.path().join("a.backup"));
    let this = Backed { folder, own, store, reader, file, scan };
    this.back_up(&this.file);
    this
}

impl Backed {
    fn back_up(&self, file: &Path) -> BackedUp {
        let (folder, recovery) = (self.folder.path(), self.reader.public());
        back_up(folder, &self.own, &recovery, file, AT, &mut |done, of| assert!(done <= of))
            .unwrap()
    }

    fn restore_to(&self, folder: &Path) -> Result<Restored, BackupError> {
        let reader = RecoveryReader::parse(&self.reader.text()).unwrap();
        restore(folder, &self.file, &reader, None, AT, &mut |_, _| {})
    }

    /// Restored on another PC.
    fn elsewhere(&self) -> (TempDir, Store, Restored) {
        let folder = tempfile::tempdir().unwrap();
        let restored = self.restore_to(folder.path()).unwrap();
        let store = Store::open(folder.path(), None).unwrap();
        (folder, store, restored)
    }
}

fn numbers(store: &Store) -> Vec<String> {
    let cases = store.list_cases(&crate::CaseQuery { limit: 1000, ..Default::default() }).unwrap();
    cases.into_iter().map(|case| case.number).collect()
}

fn code<T: std::fmt::Debug>(result: Result<T, BackupError>) -> &'static str {
    result.unwrap_err().code()
}

fn names(folder: &Path) -> HashSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn everything_comes_back_on_another_pc() {
    let backed = backed();
    let (_folder, store, restored) = backed.elsewhere();
    assert_eq!((restored.cases, restored.events, restored.scans), (2, 4, 1));
    assert_eq!((&restored.aside, &restored.findings), (&None, &Vec::new()));
    assert_eq!(numbers(&store), numbers(&backed.store));
    assert_eq!(store.attachment(&backed.scan.hash).unwrap(), scan_bytes());
    assert_eq!(store.draft("d1").unwrap().unwrap().body, "{\"typed\":1}");
    assert_eq!(store.enrolment().unwrap().unwrap().device_seed, [7; 32]);
    let audit = store.audit().unwrap();
    assert_eq!((audit.findings, audit.events), (Vec::new(), 4));
    // Nothing of it was acknowledged when it was backed up, and nothing is now.
    assert_eq!(store.unsent_events().unwrap(), 4);
    assert_eq!(store.waiting_attachments().unwrap().len(), 1);
}

#[test]
fn who_comes_back_uses_no_place_and_no_number_that_another_copy_uses() {
    let backed = backed();
    let copies: Vec<_> = (0..3).map(|_| backed.elsewhere()).collect();
    let stores: Vec<&Store> =
        copies.iter().map(|(_, store, _)| store).chain([&backed.store]).collect();
    let before: HashSet<String> = numbers(&backed.store).into_iter().collect();
    let mut given = HashSet::new();
    let mut places = HashSet::new();
    for store in &stores {
        for n in 0..5 {
            let id = file(store, &format!("申请人{n}"));
            let case = store.case(&id.to_string()).unwrap().unwrap();
            assert_eq!(case.origin, "win-A1-0", "it is the same window");
            assert!(given.insert(case.number.to_string()), "{} twice", case.number);
            let formal = store.write(|tx| tx.next_formal_number("x", |n| format!("x{n}"))).unwrap();
            assert!(given.insert(formal.clone()), "{formal} twice");
        }
        let head = store.head().unwrap();
        assert!(places.insert(store.own_log().unwrap()), "two write one log");
        assert_eq!(head.seq, if store.own_log().unwrap() == "win-A1-0" { 14 } else { 10 });
        assert!(store.audit().unwrap().findings.is_empty());
    }
    assert!(before.is_disjoint(&given));
    // A case of before goes on in the log of now.
    let (_, store, restored) = &copies[0];
    let old = store.open_cases().unwrap().remove(0);
    store.write(|tx| tx.append(&actor(), old.id, vec![EventBody::ReviewStarted {}], AT)).unwrap();
    let events = store.case_events(old.id).unwrap();
    assert_eq!(events.last().map(|event| event.origin.as_str()), Some(restored.log.as_str()));
    let waiting = crate::CaseQuery { unsent: true, limit: 100, ..Default::default() };
    assert_eq!(store.list_cases(&waiting).unwrap().len(), 7);
    // And it can be backed up and brought back again.
    let reader = RecoveryReader::new();
    let again = tempfile::tempdir().unwrap();
    let file = again.path().join("b");
    let own = key::open(copies[0].0.path(), None).unwrap();
    back_up(copies[0].0.path(), &own, &reader.public(), &file, AT, &mut |_, _| {}).unwrap();
    let third = again.path().join("data");
    let restored = restore(&third, &file, &reader, None, AT, &mut |_, _| {}).unwrap();
    let store = Store::open(&third, None).unwrap();
    assert!(places.insert(restored.log));
    assert_eq!(store.own_logs().unwrap().len(), 3);
    assert_eq!(store.unsent_events().unwrap(), 4 + 11);
}

#[test]
fn nobody_reads_it_without_the_recovery_key() {
    let backed = backed();
    let bytes = fs::read(&backed.file).unwrap();
    for told in ["阿依古丽", "150785190101010019", "yichuang.db", "%PDF", "SQLite format"] {
        let found = bytes.windows(told.len()).any(|window| window == told.as_bytes());
        assert!(!found, "{told}");
    }
    let folder = tempfile::tempdir().unwrap();
    let other = RecoveryReader::new();
    let restored = restore(folder.path(), &backed.file, &other, None, AT, &mut |_, _| {});
    assert_eq!(code(restored), "backup-other-key");
    assert_eq!(names(folder.path()), HashSet::new());
    assert_eq!(code(RecoveryReader::parse("AGE-SECRET-KEY-1XX").map(drop)), "bad-recovery-key");
    let copied = backed.reader.text().to_ascii_lowercase();
    let copied = format!(" {} {}\n", &copied[..20], &copied[20..]);
    let copied = RecoveryReader::parse(&copied).unwrap();
    assert_eq!(copied.public().text(), backed.reader.public().text());
}

#[test]
fn what_was_cut_or_altered_brings_nothing() {
    let backed = backed();
    let whole = fs::read(&backed.file).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let attempt = |bytes: &[u8], what: &str| {
        let file = folder.path().join("bad.backup");
        fs::write(&file, bytes).unwrap();
        let data = folder.path().join("data");
        let restored = restore(&data, &file, &backed.reader, None, AT, &mut |_, _| {});
        let code = code(restored);
        let refused = ["backup-damaged", "backup-foreign", "backup-other-key"].contains(&code);
        assert!(refused, "{what}: {code}");
        assert_eq!(names(&data), HashSet::new(), "{what}");
    };
    for place in (0..whole.len()).step_by(whole.len() / 23) {
        let mut altered = whole.clone();
        altered[place] ^= 1;
        attempt(&altered, &format!("a bit at {place}"));
        attempt(&whole[..place], &format!("cut at {place}"));
    }
    attempt(&whole[..whole.len() - 1], "its last byte is gone");
    attempt(&[whole.as_slice(), b"x"].concat(), "a byte more");
    attempt(b"PK\x03\x04", "another file");
}

#[test]
fn work_that_nobody_else_has_is_not_replaced() {
    let backed = backed();
    let Backed { folder, store, file: backup, own, reader, .. } = &backed;
    let attempt = || restore(folder.path(), backup, reader, None, AT, &mut |_, _| {});
    assert_eq!(code(attempt()), "data-in-use");
    file(store, "后来的人");
    store.write(|tx| tx.add_draft("d2", "c1", "{}", AT)).unwrap();
    store.write(|tx| tx.save_draft("d1", "{\"typed\":2}", AT)).unwrap();
    let unsent = numbers(store);
    let (folder, own) = (folder.path().to_owned(), own.clone());
    let Backed { folder: _keep, store, reader, file: backup, .. } = backed;
    drop(store);
    let attempt = || restore(&folder, &backup, &reader, None, AT, &mut |_, _| {});
    match attempt().unwrap_err() {
        BackupError::UnsentWork { events: 2, drafts: 2, scans: 0, ledger: 0 } => {}
        other => panic!("{other}"),
    }
    let store = Store::open_with_key(&folder, &own).unwrap();
    assert_eq!(numbers(&store), unsent);
    // The hub has the events, the drafts were finished.
    store.acknowledge(6, "{}").unwrap();
    store.write(|tx| tx.remove_draft("d1").and_then(|_| tx.remove_draft("d2"))).unwrap();
    drop(store);
    let restored = attempt().unwrap();
    let aside = restored.aside.unwrap();
    let replaced = Store::open(&aside, None).unwrap();
    assert_eq!(numbers(&replaced), unsent, "it is put aside, whole");
    assert!(replaced.audit().unwrap().findings.is_empty());
    let store = Store::open(&folder, None).unwrap();
    assert_eq!(numbers(&store).len(), 2);
    assert!(!folder.join(MARK_FILE).exists());
    assert!(names(&folder).iter().all(|name| !name.starts_with(".restore")));
}

#[test]
fn ledgers_that_the_backup_lacks_are_not_replaced() {
    let Backed { folder, store, reader, file: backup, .. } = backed();
    let write = "INSERT INTO ledger_records (entry, position, record) VALUES ('l1', 1, '{}')";
    store.lock().execute(write, []).unwrap();
    drop(store);
    match restore(folder.path(), &backup, &reader, None, AT, &mut |_, _| {}).unwrap_err() {
        BackupError::UnsentWork { events: 0, drafts: 0, scans: 0, ledger: 1 } => {}
        other => panic!("{other}"),
    }
}

#[test]
fn what_can_not_be_read_any_more_is_put_aside() {
    let backed = backed();
    let (folder, backup) = (backed.folder.path().to_owned(), backed.file.clone());
    let Backed { folder: _keep, store, reader, .. } = backed;
    drop(store);
    let noise: Vec<u8> = (0..9000u32).map(|n| (n % 251) as u8).collect();
    fs::write(folder.join(DATABASE_FILE), &noise).unwrap();
    let restored = restore(&folder, &backup, &reader, None, AT, &mut |_, _| {}).unwrap();
    assert_eq!(fs::read(restored.aside.unwrap().join(DATABASE_FILE)).unwrap(), noise);
    assert_eq!(numbers(&Store::open(&folder, None).unwrap()).len(), 2);
}

/// Whatever was exchanged when the program was killed, the next that opens the folder ends it.
#[test]
fn an_exchange_that_was_interrupted_is_ended_by_who_comes_next() {
    for done in 0..=2 * EXCHANGED.len() {
        let backed = backed();
        let (came, _store, restored) = backed.elsewhere();
        drop(_store);
        let Backed { folder, store, .. } = backed;
        drop(store);
        let (room, aside) = (folder.path().join(".restore-x"), folder.path().join("replaced-x"));
        for new in [&room, &aside] {
            fs::create_dir(new).unwrap();
        }
        for name in EXCHANGED {
            fs::rename(came.path().join(name), room.join(name)).unwrap();
        }
        let mark = serde_json::json!({ "room": room, "aside": aside });
        fs::write(folder.path().join(MARK_FILE), mark.to_string()).unwrap();
        for step in 0..done {
            let name = EXCHANGED[step / 2];
            match step % 2 {
                0 => fs::rename(folder.path().join(name), aside.join(name)).unwrap(),
                _ => fs::rename(room.join(name), folder.path().join(name)).unwrap(),
            }
        }
        let store = Store::open(folder.path(), None).unwrap();
        assert_eq!(store.own_log().unwrap(), restored.log, "after {done}");
        assert!(store.audit().unwrap().findings.is_empty(), "after {done}");
        let replaced = Store::open(&aside, None).unwrap();
        assert_eq!(replaced.own_log().unwrap(), "win-A1-0", "after {done}");
        assert!(replaced.audit().unwrap().findings.is_empty(), "after {done}");
        assert!(!folder.path().join(MARK_FILE).exists() && !room.exists());
    }
}

#[test]
fn sizes_that_no_disk_holds_are_damage() {
    let mut backed = backed();
    let scan = format!("{SCANS}/{}", "a".repeat(32));
    let of = |name: &str, size| Entry { name: name.to_owned(), size };
    let files = vec![of(DATABASE_FILE, u64::MAX), of(&scan, 10)];
    let manifest = Manifest::new(AT, &backed.own, files);
    backed.file = backed.folder.path().join("said.backup");
    let out = fs::File::create(&backed.file).unwrap();
    Writing::begin(out, &[&backed.reader.public()], &manifest).unwrap().finish().unwrap();
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(backed.restore_to(folder.path()), Err(BackupError::Damaged)));
    assert!(names(folder.path()).iter().all(|name| name != DATABASE_FILE));
}

#[test]
fn it_is_one_state_while_work_goes_on() {
    let backed = backed();
    let end = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut filed = 0;
            while !end.load(Ordering::Relaxed) && filed < 200 {
                file(&backed.store, "同时办理的人");
                filed += 1;
            }
            filed
        });
        for round in 0..3 {
            let file = backed.folder.path().join(format!("{round}.backup"));
            let done = backed.back_up(&file);
            assert!(done.findings.is_empty(), "{:?}", done.findings);
            let folder = tempfile::tempdir().unwrap();
            restore(folder.path(), &file, &backed.reader, None, AT, &mut |_, _| {}).unwrap();
            let store = Store::open(folder.path(), None).unwrap();
            assert!(store.audit().unwrap().findings.is_empty());
            assert_eq!(numbers(&store).len() as u64, done.cases);
        }
        end.store(true, Ordering::Relaxed);
        assert!(writer.join().unwrap() > 0);
    });
    let left = names(backed.folder.path());
    assert!(left.iter().all(|name| !name.starts_with('.')), "{left:?}");
    let next = backed.store.write(|tx| tx.next_number(&source(), date(2026, 3, 3))).unwrap();
    assert!(next.as_str().contains("-0001-"), "who was never put back counts from one: {next}");
}
