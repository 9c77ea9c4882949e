//! Scans of materials on their way to the hub: whatever breaks, every announced one arrives byte
//! for byte, and none holds up a case or another scan.

use proptest::prelude::*;
use yichuang_domain::case::event::EventBody;
use yichuang_protocol::attachment::{CHUNK_PATH, OFFER_PATH};
use yichuang_protocol::limits::CHUNK_BYTES;
use yichuang_protocol::push;
use yichuang_tests::faults::{Fault, FaultyLine};
use yichuang_tests::hub::TestHub;
use yichuang_tests::s3::S3Server;
use yichuang_tests::sync_window::{SyncWindow, acceptance, compare_sides};

const CHUNK: usize = CHUNK_BYTES;

/// A PDF of `len` bytes, another one for each seed.
pub(crate) fn scan(len: usize, seed: u64) -> Vec<u8> {
    let mut bytes = vec![0; len];
    fastrand::Rng::with_seed(seed).fill(&mut bytes);
    bytes[..8].copy_from_slice(b"%PDF-1.7");
    bytes
}

struct Hall {
    _folder: tempfile::TempDir,
    hub: TestHub,
    line: FaultyLine,
    window: SyncWindow,
}

fn hall() -> Hall {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let line = FaultyLine::to(hub.address());
    let window = SyncWindow::joined(&hub, &line.url(), "03");
    Hall { _folder: folder, hub, line, window }
}

fn sent_chunks(line: &FaultyLine) -> usize {
    line.seen().iter().filter(|path| *path == CHUNK_PATH).count()
}

fn held(window: &SyncWindow, hash: &str) -> u64 {
    window.store().attachment_standing(hash).unwrap().unwrap().held
}

#[test]
fn a_scan_arrives_after_its_case_byte_for_byte_and_is_sent_once() {
    let Hall { hub, line, mut window, _folder } = hall();
    let case = window.file_with_material();
    let bytes = scan(2 * CHUNK + 5, 1);
    let announced = window.attach(case.id, "身份证.pdf", &bytes);
    let report = window.sync().unwrap();
    assert_eq!(report.attachments.bytes, bytes.len() as u64);
    assert_eq!((report.attachments.arrived, report.attachments.trouble), (1, None));
    assert_eq!(hub.attachment(&announced.hash).unwrap(), bytes);
    assert_eq!(held(&window, &announced.hash), bytes.len() as u64);
    let seen = line.seen();
    let first = |path: &str| seen.iter().position(|p| p == path).unwrap();
    assert!(first(push::PATH) < first(OFFER_PATH), "the case goes first");
    assert_eq!(sent_chunks(&line), 3);
    window.sync().unwrap();
    assert_eq!(sent_chunks(&line), 3, "what arrived is neither sent nor offered again");
    compare_sides(&hub, &window);
}

#[test]
fn every_fault_in_the_middle_costs_one_chunk_at_most() {
    let Hall { hub, line, mut window, _folder } = hall();
    let faults: [Fault; 7] = [
        Fault::Refuse,
        Fault::CutRequest(40),
        Fault::CutRequest(CHUNK / 2),
        Fault::DropAnswer,
        Fault::CutAnswer(30),
        Fault::CutAnswer(120),
        Fault::Replace(502, b"<html>".to_vec()),
    ];
    let chunks = 3;
    for (n, fault) in faults.iter().enumerate() {
        for broken in 0..chunks {
            let case = window.file_with_material();
            let bytes = scan(chunks * CHUNK - 7, (n * 10 + broken) as u64);
            let announced = window.attach(case.id, "a.pdf", &bytes);
            let before = sent_chunks(&line);
            for _ in 0..broken {
                line.next_of(CHUNK_PATH, Fault::Pass);
            }
            line.next_of(CHUNK_PATH, fault.clone());
            let report = window.sync().unwrap();
            assert!(report.attachments.trouble.is_some(), "{n} {broken}");
            assert_eq!(window.unsent(), 0, "the case is there, whatever becomes of the scan");
            assert_eq!(window.sync().unwrap().attachments.trouble, None);
            assert_eq!(hub.attachment(&announced.hash).unwrap(), bytes, "{n} {broken}");
            let sent = sent_chunks(&line) - before;
            assert!(sent <= chunks + 1, "{n} {broken}: {sent} chunks for {chunks}");
        }
    }
    compare_sides(&hub, &window);
}

#[test]
fn a_chunk_twice_or_late_changes_nothing() {
    let Hall { hub, line, mut window, _folder } = hall();
    for (n, fault) in [Fault::Repeat, Fault::Late].into_iter().enumerate() {
        for nth in 0..3 {
            let case = window.file_with_material();
            let bytes = scan(3 * CHUNK, (n * 10 + nth) as u64);
            let announced = window.attach(case.id, "a.pdf", &bytes);
            for _ in 0..nth {
                line.next_of(CHUNK_PATH, Fault::Pass);
            }
            line.next_of(CHUNK_PATH, fault.clone());
            window.sync().unwrap();
            window.sync().unwrap();
            assert_eq!(hub.attachment(&announced.hash).unwrap(), bytes, "{n} {nth}");
        }
    }
}

#[test]
fn a_case_that_is_filed_while_a_scan_travels_goes_before_the_next_chunk() {
    let Hall { hub, line, mut window, _folder } = hall();
    let case = window.file_with_material();
    window.attach(case.id, "a.pdf", &scan(4 * CHUNK, 1));
    // The first chunk arrives; then the line breaks, and a case is filed meanwhile.
    line.next_of(CHUNK_PATH, Fault::Pass);
    line.next_of(CHUNK_PATH, Fault::Refuse);
    window.sync().unwrap();
    window.write(case.id, vec![acceptance()]);
    window.sync().unwrap();
    let seen = line.seen();
    let last_push = seen.iter().rposition(|p| p == push::PATH).unwrap();
    let last_chunk = seen.iter().rposition(|p| p == CHUNK_PATH).unwrap();
    assert!(last_push < last_chunk);
    compare_sides(&hub, &window);
}

#[test]
fn one_bad_scan_holds_up_no_other_and_says_why() {
    let Hall { hub, mut window, line, _folder } = hall();
    let case = window.file_with_material();
    let bad = window.attach(case.id, "bad.pdf", &scan(CHUNK + 1, 1));
    let good: Vec<_> = (2..5)
        .map(|n| {
            let bytes = scan(CHUNK / 2, n);
            (window.attach(case.id, "good.pdf", &bytes), bytes)
        })
        .collect();
    // Its file is damaged on this machine: nothing of it can be sent.
    let folder = window.folder().join("attachments");
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let mut bytes = std::fs::read(&path).unwrap();
        if bytes.len() > CHUNK {
            bytes[CHUNK / 2] ^= 1;
            std::fs::write(&path, bytes).unwrap();
        }
    }
    let report = window.sync().unwrap();
    assert_eq!((report.attachments.arrived, report.attachments.trouble), (3, None));
    for (announced, bytes) in &good {
        assert_eq!(hub.attachment(&announced.hash).as_ref(), Some(bytes));
    }
    let standing = window.store().attachment_standing(&bad.hash).unwrap().unwrap();
    assert_eq!(standing.trouble.unwrap().code, "attachment-damaged");
    assert_eq!(hub.attachment(&bad.hash), None);

    // A hub that refuses one, for whatever reason, is asked for the others all the same.
    let refused = window.attach(case.id, "refused.pdf", &scan(CHUNK / 3, 6));
    line.next_of(
        CHUNK_PATH,
        Fault::Replace(
            422,
            br#"{"code":"attachment-mismatch","message":"no","retry":false}"#.to_vec(),
        ),
    );
    assert_eq!(window.sync().unwrap().attachments.trouble, None);
    let standing = window.store().attachment_standing(&refused.hash).unwrap().unwrap();
    assert_eq!(standing.trouble.unwrap().code, "attachment-mismatch");
}

#[test]
fn the_same_scan_of_two_windows_is_sent_once() {
    let Hall { hub, line, window: mut one, _folder } = hall();
    let mut two = SyncWindow::joined(&hub, &line.url(), "04");
    let bytes = scan(3 * CHUNK, 1);
    let case = one.file_with_material();
    let announced = one.attach(case.id, "a.pdf", &bytes);
    one.sync().unwrap();
    let before = sent_chunks(&line);
    let case = two.file_with_material();
    two.attach(case.id, "b.pdf", &bytes);
    assert_eq!(two.sync().unwrap().attachments.arrived, 1);
    assert_eq!(sent_chunks(&line), before);
    assert_eq!(held(&two, &announced.hash), bytes.len() as u64);
}

#[test]
fn a_scan_that_was_removed_goes_no_further() {
    let Hall { hub, line, mut window, _folder } = hall();
    let case = window.file_with_material();
    let announced = window.attach(case.id, "a.pdf", &scan(3 * CHUNK, 1));
    line.next_of(CHUNK_PATH, Fault::Pass);
    line.next_of(CHUNK_PATH, Fault::Refuse);
    window.sync().unwrap();
    let (material, hash) = ("m1".to_owned(), announced.hash.clone());
    let reason = "扫成了别人的证件".to_owned();
    window.write(case.id, vec![EventBody::AttachmentRemoved { material, hash, reason }]);
    let before = sent_chunks(&line);
    window.sync().unwrap();
    assert_eq!(sent_chunks(&line), before);
    assert_eq!(hub.attachment(&announced.hash), None);
    compare_sides(&hub, &window);
}

#[test]
fn one_sync_sends_a_share_and_the_next_goes_on() {
    let Hall { hub, mut window, _folder, line: _line } = hall();
    let case = window.file_with_material();
    let large = scan(17 * 1024 * 1024, 1);
    let announced = window.attach(case.id, "a.pdf", &large);
    let report = window.sync().unwrap();
    assert!(report.attachments.more);
    assert_eq!((report.attachments.arrived, report.attachments.bytes), (0, 16 * 1024 * 1024));
    let report = window.sync().unwrap();
    assert!(!report.attachments.more);
    assert_eq!(report.attachments.bytes, 1024 * 1024);
    assert!(hub.attachment(&announced.hash).unwrap() == large);
}

#[test]
fn a_hub_that_lost_its_records_and_scans_gets_both_again() {
    let Hall { hub, line, mut window, _folder } = hall();
    window.sync().unwrap();
    let backup = tempfile::tempdir().unwrap();
    let copy = |from: &std::path::Path| {
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            if entry.path().is_file() {
                std::fs::copy(entry.path(), backup.path().join(entry.file_name())).unwrap();
            }
        }
    };
    copy(hub.folder());
    let case = window.file_with_material();
    let bytes = scan(CHUNK + 9, 1);
    let announced = window.attach(case.id, "a.pdf", &bytes);
    window.sync().unwrap();
    drop(hub);
    let hub = TestHub::start(backup.path(), false);
    line.lead_to(hub.address());
    assert_eq!(hub.attachment(&announced.hash), None);
    let report = window.sync().unwrap();
    assert!(report.hub_was_behind);
    assert_eq!((report.attachments.trouble, report.attachments.arrived), (None, 1), "{report:?}");
    assert_eq!(hub.attachment(&announced.hash).unwrap(), bytes);
    compare_sides(&hub, &window);
}

#[test]
fn a_store_that_speaks_s3_keeps_them_as_a_folder_does() {
    let (folder, files) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = S3Server::start(files.path());
    let hub = TestHub::start_with(folder.path(), &server.place());
    let line = FaultyLine::to(hub.address());
    let mut window = SyncWindow::joined(&hub, &line.url(), "03");
    let case = window.file_with_material();
    let bytes = scan(3 * CHUNK + 1, 1);
    let announced = window.attach(case.id, "身份证.pdf", &bytes);
    line.next_of(CHUNK_PATH, Fault::Pass);
    line.next_of(CHUNK_PATH, Fault::DropAnswer);
    assert!(window.sync().unwrap().attachments.trouble.is_some());
    // A second hub process on the same store goes on where the first one stopped.
    drop(hub);
    let hub = TestHub::start_with(folder.path(), &server.place());
    line.lead_to(hub.address());
    let report = window.sync().unwrap();
    assert_eq!((report.attachments.trouble, report.attachments.arrived), (None, 1));
    assert_eq!(report.attachments.bytes, (CHUNK + 1) as u64, "two chunks were there");
    assert_eq!(hub.attachment(&announced.hash).unwrap(), bytes);
    assert!(!folder.path().join("attachments").exists(), "nothing lies beside the database");
    let small = scan(100, 2);
    let small_one = window.attach(case.id, "b.pdf", &small);

    // A store that does not let the hub in: nothing is acknowledged, and it passes.
    drop(hub);
    let hub = TestHub::start_with(folder.path(), &server.place_with("wrong"));
    line.lead_to(hub.address());
    let report = window.sync().unwrap();
    assert_eq!(report.attachments.trouble, Some("hub-busy"));
    assert_eq!(held(&window, &small_one.hash), 0);
    drop(hub);
    drop(server);
    let server = S3Server::start(files.path());
    let hub = TestHub::start_with(folder.path(), &server.place());
    line.lead_to(hub.address());
    assert_eq!(window.sync().unwrap().attachments.arrived, 1);
    assert_eq!(hub.attachment(&small_one.hash).unwrap(), small);
    compare_sides(&hub, &window);
}

#[derive(Clone, Debug)]
enum Act {
    Attach { case: usize, chunks: usize, off: usize },
    Sync,
    Break { kind: u8, pass: usize, at: usize },
    RestartHub,
    RestartWindow,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let attach = (0usize..3, 0usize..4, 1usize..CHUNK)
        .prop_map(|(case, chunks, off)| Act::Attach { case, chunks, off: off.max(9) });
    let broken = (0u8..7, 0usize..4, 0usize..CHUNK * 2).prop_map(|(kind, pass, at)| Act::Break {
        kind,
        pass,
        at,
    });
    prop::collection::vec(
        prop_oneof![
            3 => attach, 4 => Just(Act::Sync), 4 => broken,
            1 => Just(Act::RestartHub), 1 => Just(Act::RestartWindow),
        ],
        1..24,
    )
}

fn fault(kind: u8, at: usize) -> Fault {
    match kind {
        0 => Fault::Refuse,
        1 => Fault::CutRequest(at),
        2 => Fault::DropAnswer,
        3 => Fault::CutAnswer(at % 300),
        4 => Fault::Repeat,
        5 => Fault::Late,
        _ => Fault::Replace(502, b"<html>bad gateway</html>".to_vec()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 30, ..ProptestConfig::default() })]

    /// However line, hub and window break: in the end every announced scan is at the hub, byte
    /// for byte.
    #[test]
    fn whatever_breaks_every_announced_scan_arrives(acts in acts()) {
        let folder = tempfile::tempdir().unwrap();
        let mut hub = TestHub::start(folder.path(), false);
        let line = FaultyLine::to(hub.address());
        let mut window = SyncWindow::joined(&hub, &line.url(), "03");
        let cases: Vec<_> = (0..3).map(|_| window.file_with_material()).collect();
        let mut announced = Vec::new();
        for (n, act) in acts.into_iter().enumerate() {
            match act {
                Act::Attach { case, chunks, off } => {
                    let bytes = scan(chunks * CHUNK + off, n as u64);
                    announced.push((window.attach(cases[case].id, "a.pdf", &bytes), bytes));
                }
                Act::Sync => {
                    if let Err(error) = window.sync() {
                        prop_assert!(error.is_passing(), "{}: {}", error.code(), error);
                    }
                }
                Act::Break { kind, pass, at } => {
                    for _ in 0..pass {
                        line.next_of(CHUNK_PATH, Fault::Pass);
                    }
                    line.next_of(CHUNK_PATH, fault(kind, at));
                }
                Act::RestartHub => {
                    hub.stop();
                    hub = TestHub::start(folder.path(), false);
                    line.lead_to(hub.address());
                }
                Act::RestartWindow => window.reopen(),
            }
        }
        line.heal();
        while window.sync().unwrap().attachments.more {}
        window.sync().unwrap();
        compare_sides(&hub, &window);
        for (announced, bytes) in &announced {
            prop_assert!(hub.attachment(&announced.hash).as_ref() == Some(bytes));
            prop_assert_eq!(held(&window, &announced.hash), announced.size);
        }
        prop_assert_eq!(window.store().attachments_waiting().unwrap().count, 0);
    }
}
