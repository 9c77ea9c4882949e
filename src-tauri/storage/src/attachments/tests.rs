//! Tests that try to break what is promised of attachments.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use proptest::prelude::*;
use tempfile::TempDir;
use uuid::Uuid;
use yichuang_domain::attachment::Announced;
use yichuang_domain::case::{Actor, CaseId, EventBody};

use crate::key::Key;
use crate::tests::filed_with_material;
use crate::{StorageError, Store};

const AT: Timestamp = Timestamp::UNIX_EPOCH;

struct Window {
    folder: TempDir,
    key: Key,
    store: Store,
}

fn window() -> Window {
    let folder = tempfile::tempdir().unwrap();
    let key = Key::random().unwrap();
    let store = Store::open_with_key(folder.path(), &key).unwrap();
    Window { folder, key, store }
}

/// A PDF of `len` bytes that are not the same twice.
fn scan(len: usize, seed: u8) -> Vec<u8> {
    let mut state = u64::from(seed) + 1;
    let body = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    });
    b"%PDF-1.7\n".iter().copied().chain(body).take(len.max(9)).collect()
}

fn actor() -> Actor {
    Actor { id: "c1".into(), name: "王敏".into() }
}

fn file(store: &Store) -> CaseId {
    let id = Uuid::now_v7();
    store.write(|tx| tx.append(&actor(), id, vec![filed_with_material(tx, "m1")?], AT)).unwrap();
    id
}

fn attach(store: &Store, case: CaseId, bytes: &[u8]) -> Announced {
    let announced = Announced::of("扫描.pdf", bytes).unwrap();
    let fresh = store.add_attachment(&announced, bytes).unwrap();
    let material = "m1".to_owned();
    let body = EventBody::AttachmentAdded { material, announced: announced.clone() };
    let write = store.write(|tx| {
        tx.hold(&fresh)?;
        tx.append(&actor(), case, vec![body], AT)
    });
    write.unwrap();
    announced
}

fn remove(store: &Store, case: CaseId, hash: &str) {
    let body = EventBody::AttachmentRemoved {
        material: "m1".into(),
        hash: hash.into(),
        reason: "扫错了".into(),
    };
    store.write(|tx| tx.append(&actor(), case, vec![body], AT)).unwrap();
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder.join("attachments")) else { return Vec::new() };
    let mut files: Vec<_> = entries.map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.file_name().unwrap() != ".lock");
    files.sort();
    files
}

#[test]
fn what_was_added_is_there_after_reopening_and_only_once() {
    let Window { folder, key, store } = window();
    let bytes = scan(200_000, 1);
    let (one, two) = (file(&store), file(&store));
    let announced = attach(&store, one, &bytes);
    attach(&store, two, &bytes);
    assert_eq!(files(folder.path()).len(), 1, "the same bytes are kept once");
    drop(store);
    let store = Store::open_with_key(folder.path(), &key).unwrap();
    assert_eq!(store.attachment(&announced.hash).unwrap(), bytes);
    let standing = store.attachment_standing(&announced.hash).unwrap().unwrap();
    assert_eq!((standing.size, standing.held, standing.trouble), (200_000, 0, None));
    assert_eq!(store.audit().unwrap().findings, []);
    assert_eq!(store.audit().unwrap().attachments, 2);
}

#[test]
fn nothing_of_a_scan_is_readable_on_disk() {
    let Window { folder, store, .. } = window();
    let case = file(&store);
    let bytes = [b"%PDF-1.7\n".as_slice(), &b"152127199001010019".repeat(20_000)].concat();
    let announced = attach(&store, case, &bytes);
    drop(store);
    let mut looked_at = 0;
    let mut folders = vec![folder.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(!name.contains(&announced.hash[..16]), "a name tells what is in it");
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let found = fs::read(&path).unwrap();
            looked_at += found.len();
            for secret in [&b"152127199001010019"[..], b"%PDF", announced.hash.as_bytes()] {
                assert!(!found.windows(secret.len()).any(|w| w == secret), "{name}");
            }
        }
    }
    assert!(looked_at > bytes.len());
}

#[test]
fn bytes_stay_while_somebody_counts_on_them_and_go_then() {
    let Window { folder, store, .. } = window();
    let bytes = scan(70_000, 2);
    let (one, two) = (file(&store), file(&store));
    let announced = attach(&store, one, &bytes);
    attach(&store, two, &bytes);
    remove(&store, one, &announced.hash);
    assert!(store.clear_attachments().unwrap());
    assert_eq!(store.attachment(&announced.hash).unwrap(), bytes);
    remove(&store, two, &announced.hash);
    assert!(store.clear_attachments().unwrap());
    assert_eq!(files(folder.path()), Vec::<PathBuf>::new());
    let gone = store.attachment(&announced.hash);
    assert!(matches!(gone, Err(StorageError::AttachmentMissing)));
    assert_eq!(store.audit().unwrap().findings, []);
}

/// A crash between the file and its row leaves what nobody can read; it goes when it is safe.
#[test]
fn a_file_without_a_row_is_cleared_away_but_not_under_the_hands_of_who_writes_it() {
    let Window { folder, store, .. } = window();
    let bytes = scan(1000, 3);
    let announced = Announced::of("a.pdf", &bytes).unwrap();
    let fresh = store.add_attachment(&announced, &bytes).unwrap();
    let other = Store::open_with_key(folder.path(), &Key::random().unwrap());
    assert!(other.is_err(), "only the key opens it");
    assert!(!store.clear_attachments().unwrap(), "somebody is writing");
    assert_eq!(files(folder.path()).len(), 1);
    drop(fresh);
    assert!(store.clear_attachments().unwrap());
    assert_eq!(files(folder.path()).len(), 0);
}

/// What an action leaves needless goes at once; what a crash left, wherever it came, at the start.
#[test]
fn an_action_takes_away_what_it_made_needless_and_looks_at_nothing_else() {
    let Window { folder, store, .. } = window();
    let (one, two) = (file(&store), file(&store));
    let (kept, gone) = (scan(1000, 6), scan(1000, 7));
    let kept_as = attach(&store, one, &kept);
    let before = files(folder.path());
    let gone_as = attach(&store, two, &gone);
    // As after a crash between a row and its file, whichever was first.
    let left = folder.path().join("attachments/left");
    fs::write(&left, b"").unwrap();
    remove(&store, two, &gone_as.hash);
    let again = store.add_attachment(&gone_as, &gone).unwrap();
    assert!(!store.drop_attachments().unwrap(), "somebody is about to count on the same bytes");
    assert_eq!(store.attachment(&gone_as.hash).unwrap(), gone);
    drop(again);
    assert!(store.drop_attachments().unwrap());
    let missing = store.attachment(&gone_as.hash);
    assert!(matches!(missing, Err(StorageError::AttachmentMissing)));
    assert_eq!(files(folder.path()), [before.clone(), vec![left]].concat());
    assert_eq!(store.attachment(&kept_as.hash).unwrap(), kept);
    assert!(store.clear_attachments().unwrap());
    assert_eq!(files(folder.path()), before);
    assert_eq!(store.audit().unwrap().findings, []);
}

#[test]
fn a_file_that_is_gone_already_keeps_no_other_from_going() {
    let Window { folder, store, .. } = window();
    let case = file(&store);
    let scans = [8, 9, 10].map(|seed| attach(&store, case, &scan(1000, seed)));
    fs::remove_file(&files(folder.path())[1]).unwrap();
    for scan in &scans {
        remove(&store, case, &scan.hash);
    }
    assert!(store.drop_attachments().unwrap());
    assert_eq!(files(folder.path()), Vec::<PathBuf>::new());
}

#[test]
fn scans_of_a_draft_go_with_it() {
    let Window { folder, store, .. } = window();
    let bytes = scan(1000, 4);
    let announced = Announced::of("a.pdf", &bytes).unwrap();
    let fresh = store.add_attachment(&announced, &bytes).unwrap();
    let added = store.write(|tx| {
        tx.add_draft("d1", "c1", "{}", AT)?;
        tx.hold(&fresh)?;
        tx.attach_to_draft("d1", "m1", &announced)
    });
    assert!(added.unwrap());
    drop(fresh);
    let found = store.draft_attachments("d1").unwrap();
    assert_eq!((found.len(), &found[0].announced), (1, &announced));
    store.clear_attachments().unwrap();
    assert_eq!(store.attachment(&announced.hash).unwrap(), bytes);
    assert_eq!(store.waiting_attachments().unwrap(), [], "a draft is on this machine only");
    store.write(|tx| tx.remove_draft("d1")).unwrap();
    store.clear_attachments().unwrap();
    assert_eq!(files(folder.path()).len(), 0);
}

#[test]
fn damage_and_loss_are_found_by_the_audit_and_mended_by_the_same_scan() {
    let Window { folder, store, .. } = window();
    let case = file(&store);
    let bytes = scan(100_000, 5);
    let announced = attach(&store, case, &bytes);
    let path = files(folder.path()).pop().unwrap();
    let sound = fs::read(&path).unwrap();
    fs::write(&path, &sound[..sound.len() - 1]).unwrap();
    assert_eq!(store.audit().unwrap().findings[0].code, "attachment-damaged");
    fs::remove_file(&path).unwrap();
    assert_eq!(store.audit().unwrap().findings[0].code, "attachment-missing");
    let fresh = store.add_attachment(&announced, &bytes).unwrap();
    store.write(|tx| tx.hold(&fresh)).unwrap();
    assert_eq!(store.audit().unwrap().findings, []);
}

/// A part is proven by itself, without the hash of the whole: not even blocks that were sealed
/// here pass in another place.
#[test]
fn no_block_passes_in_the_place_of_another() {
    const SEALED: usize = 65_552;
    let Window { folder, store, .. } = window();
    let case = file(&store);
    let announced = attach(&store, case, &scan(3 * 65_536, 10));
    let path = files(folder.path()).pop().unwrap();
    let sound = fs::read(&path).unwrap();
    let read = |block: u64| store.attachment_part(&announced.hash, block * 65_536, 10);
    for (one, other) in [(0, 1), (1, 2), (0, 2)] {
        let mut moved = sound.clone();
        moved[one * SEALED..(one + 1) * SEALED]
            .copy_from_slice(&sound[other * SEALED..(other + 1) * SEALED]);
        fs::write(&path, &moved).unwrap();
        assert!(matches!(read(one as u64), Err(StorageError::AttachmentDamaged)), "{one} {other}");
        assert!(read(other as u64).is_ok());
    }
    fs::write(&path, &sound).unwrap();
    assert!((0..3).all(|block| read(block).is_ok()));
}

#[test]
fn what_waits_is_what_the_hub_does_not_hold_whole() {
    let Window { store, .. } = window();
    let case = file(&store);
    let (one, two) = (attach(&store, case, &scan(1000, 6)), attach(&store, case, &scan(500, 7)));
    let waiting = || store.attachments_waiting().map(|w| (w.count, w.bytes)).unwrap();
    assert_eq!(waiting(), (2, 1500));
    store.attachment_held(&one.hash, 400).unwrap();
    assert_eq!(waiting(), (2, 1100));
    store.attachment_held(&one.hash, 5000).unwrap();
    assert_eq!(waiting(), (1, 500));
    assert_eq!(store.waiting_attachments().unwrap()[0].hash, two.hash);
    store.acknowledge(2, "").unwrap();
    store.forget_acknowledgement(1).unwrap();
    assert_eq!(waiting(), (2, 1500));
    remove(&store, case, &two.hash);
    assert_eq!(waiting(), (1, 1000));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Any part read is the part, wherever blocks begin and end.
    #[test]
    fn any_part_is_that_part(
        len in prop_oneof![9usize..300, 65_530usize..65_545, 131_060usize..131_085, 9usize..400_000],
        parts in prop::collection::vec((any::<prop::sample::Index>(), 0u64..200_000), 1..12),
    ) {
        let Window { store, .. } = window();
        let case = file(&store);
        let bytes = scan(len, 8);
        let announced = attach(&store, case, &bytes);
        for (at, count) in parts {
            let from = at.index(len + 1);
            let to = len.min(from + usize::try_from(count).unwrap());
            let part = store.attachment_part(&announced.hash, from as u64, count).unwrap();
            prop_assert_eq!(&part[..], &bytes[from..to]);
        }
    }

    /// Whatever byte of the file is changed, taken away or added, nothing else than the scan
    /// ever comes out.
    #[test]
    fn any_damage_is_noticed(
        len in prop_oneof![9usize..300, 65_000usize..140_000],
        at in any::<prop::sample::Index>(),
        change in 0u8..5,
        bit in 0u8..8,
    ) {
        let Window { folder, store, .. } = window();
        let case = file(&store);
        let bytes = scan(len, 9);
        let announced = attach(&store, case, &bytes);
        let path = files(folder.path()).pop().unwrap();
        let mut sealed = fs::read(&path).unwrap();
        let at = at.index(sealed.len());
        match change {
            0 => sealed[at] ^= 1 << bit,
            1 => { sealed.remove(at); }
            2 => sealed.insert(at, bit),
            3 => sealed.truncate(at),
            _ => sealed[at] ^= 0xff,
        }
        fs::write(&path, &sealed).unwrap();
        prop_assert!(matches!(
            store.attachment(&announced.hash),
            Err(StorageError::AttachmentDamaged)
        ));
    }
}
