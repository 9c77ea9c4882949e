//! Scans that go by stick: byte for byte, beside the line in any order, and never half.

use std::io::Cursor;

use proptest::prelude::*;
use yichuang_domain::attachment::Announced;
use yichuang_hub::Clock as _;
use yichuang_hub::SystemClock;
use yichuang_protocol::attachment::{AttachmentRef, CHUNK_PATH, ChunkRequest};
use yichuang_protocol::check::CheckRequest;
use yichuang_protocol::ferry::{CARGO, Cargo, Load, Loading, Phase, Progress, SCAN_BYTES, open};
use yichuang_protocol::limits::CHUNK_BYTES;
use yichuang_protocol::push::PushRequest;
use yichuang_protocol::{Position, PrivateKey, PublicKey};
use yichuang_sync::ferry;
use yichuang_tests::faults::{Fault, FaultyLine};
use yichuang_tests::hub::TestHub;
use yichuang_tests::s3::S3Server;
use yichuang_tests::sync_window::{SyncWindow, compare_sides};

use crate::attachments::scan;

const CHUNK: usize = CHUNK_BYTES;

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

fn held(window: &SyncWindow, one: &Announced) -> u64 {
    window.store().attachment_standing(&one.hash).unwrap().unwrap().held
}

fn trouble(window: &SyncWindow, one: &Announced) -> Option<String> {
    let standing = window.store().attachment_standing(&one.hash).unwrap().unwrap();
    standing.trouble.map(|trouble| trouble.code)
}

/// A case and scans of it, of such sizes.
fn with_scans(window: &mut SyncWindow, sizes: &[usize]) -> Vec<(Announced, Vec<u8>)> {
    let case = window.file_with_material();
    (0..)
        .zip(sizes)
        .map(|(seed, size)| {
            let bytes = scan(*size, seed + u64::from(u32::MAX) * *size as u64);
            (window.attach(case.id, "身份证.pdf", &bytes), bytes)
        })
        .collect()
}

fn all_arrived(hub: &TestHub, scans: &[(Announced, Vec<u8>)]) -> bool {
    scans.iter().all(|(one, bytes)| hub.attachment(&one.hash).as_ref() == Some(bytes))
}

#[test]
fn scans_go_with_their_case_and_the_answer_says_so() {
    let Hall { hub, line, mut window, _folder } = hall();
    let scans = with_scans(&mut window, &[1_000, CHUNK, 3 * CHUNK + 7]);
    let (file, loaded) = window.ferry_out(SCAN_BYTES).unwrap();
    let bytes: u64 = scans.iter().map(|(one, _)| one.size).sum();
    assert_eq!((loaded.scans.scans, loaded.scans.scan_bytes), (3, bytes));
    assert!(scans.iter().all(|(one, _)| held(&window, one) == 0), "writing changes nothing");

    let (answer, ferried) = hub.ferry(&file).unwrap();
    assert_eq!((ferried.scans, ferried.scans_refused), (3, 0));
    assert!(all_arrived(&hub, &scans));
    let (_, again) = hub.ferry(&file).unwrap();
    assert_eq!((again.new, again.scans), (0, 0), "a second time");

    let taken = window.ferry_in(&answer).unwrap();
    assert_eq!((taken.report.attachments.arrived, taken.scans_refused), (3, 0));
    assert!(scans.iter().all(|(one, _)| held(&window, one) == one.size));
    assert_eq!(window.ferry_in(&answer).unwrap().report.attachments.arrived, 0, "a second time");
    assert_eq!(window.ferry_out(SCAN_BYTES).unwrap().1.scans.scans, 0);
    window.sync().unwrap();
    assert!(!line.seen().iter().any(|path| path == CHUNK_PATH), "the line has nothing left to do");
    compare_sides(&hub, &window);
}

#[test]
fn what_has_no_room_goes_with_the_next_file_and_is_told() {
    let Hall { hub, mut window, _folder, line: _line } = hall();
    let scans = with_scans(&mut window, &[CHUNK, 2 * CHUNK, CHUNK / 2]);
    let (file, loaded) = window.ferry_out(2 * CHUNK as u64).unwrap();
    assert_eq!((loaded.scans.scans, loaded.scans.scans_left), (2, 1));
    let (answer, ferried) = hub.ferry(&file).unwrap();
    assert_eq!((ferried.scans, ferried.scans_refused), (2, 0));
    window.ferry_in(&answer).unwrap();
    assert!(!all_arrived(&hub, &scans));
    let (file, loaded) = window.ferry_out(2 * CHUNK as u64).unwrap();
    assert_eq!((loaded.events, loaded.scans.scans, loaded.scans.scans_left), (0, 1, 0));
    window.ferry_in(&hub.ferry(&file).unwrap().0).unwrap();
    assert!(all_arrived(&hub, &scans));
    assert_eq!(window.store().attachments_waiting().unwrap().count, 0);
}

#[test]
fn the_line_goes_on_where_a_stick_stopped_and_a_stick_where_the_line_did() {
    let Hall { hub, line, mut window, _folder } = hall();
    let scans = with_scans(&mut window, &[3 * CHUNK]);
    line.next_of(CHUNK_PATH, Fault::Pass);
    line.next_of(CHUNK_PATH, Fault::Refuse);
    window.sync().unwrap();
    assert_eq!(held(&window, &scans[0].0), CHUNK as u64, "half of it went by line");
    let (file, _) = window.ferry_out(SCAN_BYTES).unwrap();
    let (answer, ferried) = hub.ferry(&file).unwrap();
    assert_eq!(ferried.scans, 1);
    assert!(all_arrived(&hub, &scans));
    // The line is first to bring the news home; the answer then says nothing new.
    let report = window.sync().unwrap();
    assert_eq!((report.attachments.arrived, report.attachments.bytes), (1, 0));
    assert_eq!(window.ferry_in(&answer).unwrap().report.attachments.arrived, 0);
    assert_eq!(held(&window, &scans[0].0), scans[0].0.size);
}

#[test]
fn an_answer_that_is_older_than_the_line_takes_nothing_back() {
    let Hall { hub, mut window, _folder, line: _line } = hall();
    let scans = with_scans(&mut window, &[CHUNK + 1]);
    let (file, _) = window.ferry_out(0).unwrap();
    let (answer, _) = hub.ferry(&file).unwrap();
    window.sync().unwrap();
    assert_eq!(held(&window, &scans[0].0), scans[0].0.size);
    window.ferry_in(&answer).unwrap();
    assert_eq!(held(&window, &scans[0].0), scans[0].0.size);
}

#[test]
fn a_scan_that_is_damaged_here_stays_here_and_holds_up_no_other() {
    let Hall { hub, mut window, _folder, line: _line } = hall();
    let scans = with_scans(&mut window, &[CHUNK + 1, CHUNK / 2, CHUNK / 3]);
    for entry in std::fs::read_dir(window.folder().join("attachments")).unwrap() {
        let path = entry.unwrap().path();
        let mut bytes = std::fs::read(&path).unwrap();
        if bytes.len() > CHUNK {
            // In the second chunk: the first is in the file already when it is found out.
            *bytes.last_mut().unwrap() ^= 1;
            std::fs::write(&path, bytes).unwrap();
        }
    }
    let (file, loaded) = window.ferry_out(SCAN_BYTES).unwrap();
    assert_eq!((loaded.scans.scans, loaded.scans.scans_unreadable), (2, 1));
    assert_eq!(trouble(&window, &scans[0].0).as_deref(), Some("attachment-damaged"));
    let (answer, ferried) = hub.ferry(&file).unwrap();
    assert_eq!(ferried.scans, 2);
    window.ferry_in(&answer).unwrap();
    assert!(all_arrived(&hub, &scans[1..]));
    assert_eq!(hub.attachment(&scans[0].0.hash), None);
}

#[test]
fn a_hub_that_lost_its_records_gets_scans_again_by_stick() {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let line = FaultyLine::to(hub.address());
    let mut window = SyncWindow::joined(&hub, &line.url(), "03");
    drop(hub);
    let backup = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_file() {
            std::fs::copy(entry.path(), backup.path().join(entry.file_name())).unwrap();
        }
    }
    let hub = TestHub::start(folder.path(), false);
    line.lead_to(hub.address());
    let scans = with_scans(&mut window, &[CHUNK + 9]);
    window.sync().unwrap();
    assert!(all_arrived(&hub, &scans));
    let more = with_scans(&mut window, &[77]);
    drop(hub);
    let hub = TestHub::start(backup.path(), false);
    let (file, _) = window.ferry_out(SCAN_BYTES).unwrap();
    let (answer, ferried) = hub.ferry(&file).unwrap();
    assert!(ferried.behind);
    assert!(window.ferry_in(&answer).unwrap().report.hub_was_behind);
    assert_eq!(trouble(&window, &more[0].0), None, "a hub that is behind refuses no scan");
    let (file, loaded) = window.ferry_out(SCAN_BYTES).unwrap();
    assert_eq!(loaded.scans.scans, 2);
    window.ferry_in(&hub.ferry(&file).unwrap().0).unwrap();
    assert!(all_arrived(&hub, &scans) && all_arrived(&hub, &more));
    compare_sides(&hub, &window);
}

#[test]
fn a_store_that_speaks_s3_takes_scans_from_a_stick_too() {
    let (folder, files) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = S3Server::start(files.path());
    let hub = TestHub::start_with(folder.path(), &server.place());
    let mut window = SyncWindow::joined(&hub, hub.url(), "03");
    let scans = with_scans(&mut window, &[2 * CHUNK + 1]);
    let (file, _) = window.ferry_out(SCAN_BYTES).unwrap();
    assert_eq!(hub.ferry(&file).unwrap().1.scans, 1);
    assert!(all_arrived(&hub, &scans));

    // A store that is away: nothing is acknowledged, and the same file does it later.
    let more = with_scans(&mut window, &[99]);
    let (file, _) = window.ferry_out(SCAN_BYTES).unwrap();
    drop(hub);
    let hub = TestHub::start_with(folder.path(), &server.place_with("wrong"));
    assert_eq!(hub.ferry(&file).unwrap_err().code(), "attachments-failed");
    drop(hub);
    let hub = TestHub::start_with(folder.path(), &server.place());
    let (answer, _) = hub.ferry(&file).unwrap();
    window.ferry_in(&answer).unwrap();
    assert!(all_arrived(&hub, &more));
}

/// A file of a device that is enrolled and lies: with what it has unsent, and these chunks.
fn forged(window: &SyncWindow, chunks: Vec<ChunkRequest>) -> Vec<u8> {
    let store = window.store();
    let enrolment = store.enrolment().unwrap().unwrap();
    let device = PrivateKey::from_seed(&enrolment.device_seed);
    let hub = PublicKey::from_bytes(&enrolment.hub_key).unwrap();
    let cargo = Cargo {
        kind: CARGO.to_owned(),
        hub: hub.hub_id(),
        origin: enrolment.origin,
        made_at: SystemClock.now(),
        hub_logs: Vec::new(),
        guide: None,
        roster: None,
        help: None,
    };
    let end = store.head().unwrap();
    let sent = Position { seq: end.seq, head: end.hash };
    let mut file = Loading::begin(Vec::new(), &hub, &device, &cargo).unwrap();
    let events = store.unsent(0, 500).unwrap();
    file.add(&Load::Push(PushRequest { events })).unwrap();
    file.add(&Load::Check(CheckRequest { sent, hub_log: String::new(), pulled: 0 })).unwrap();
    for chunk in chunks {
        file.add(&Load::Chunk(chunk)).unwrap();
    }
    file.finish().unwrap()
}

#[test]
fn what_is_not_as_announced_or_not_announced_at_all_is_thrown_away() {
    let Hall { hub, mut window, _folder, line: _line } = hall();
    let case = window.file_with_material().id;
    let bytes = scan(CHUNK + 5, 1);
    let one = window.attach(case, "a.pdf", &bytes);
    let chunk = |hash: &str, offset: usize, bytes: &[u8]| ChunkRequest {
        attachment: AttachmentRef { case, hash: hash.to_owned() },
        offset: offset as u64,
        bytes: bytes.to_vec(),
    };
    let mut wrong = bytes.clone();
    wrong[3] ^= 1;
    let lies: Vec<Vec<ChunkRequest>> = vec![
        vec![chunk(&one.hash, 0, &wrong[..CHUNK]), chunk(&one.hash, CHUNK, &wrong[CHUNK..])],
        vec![chunk(&"ab".repeat(32), 0, &bytes[..CHUNK])],
        vec![chunk("../../../etc/passwd", 0, &bytes[..CHUNK])],
        vec![chunk(&one.hash, 7, &bytes[..CHUNK])],
        vec![chunk(&one.hash, 0, &bytes[..9])],
        vec![chunk(&one.hash, CHUNK, &bytes[CHUNK..])],
    ];
    for (n, lie) in lies.into_iter().enumerate() {
        let (_, ferried) = hub.ferry(&forged(&window, lie)).unwrap();
        assert_eq!(ferried.scans, 0, "{n}");
        assert_eq!(hub.attachment(&one.hash), None, "{n}");
    }
    // And what is right still comes.
    let whole =
        vec![chunk(&one.hash, 0, &bytes[..CHUNK]), chunk(&one.hash, CHUNK, &bytes[CHUNK..])];
    assert_eq!(hub.ferry(&forged(&window, whole)).unwrap().1.scans, 1);
    assert_eq!(hub.attachment(&one.hash).unwrap(), bytes);
}

#[test]
fn who_waits_sees_it_move_and_can_stop_it() {
    let Hall { hub, mut window, _folder, line: _line } = hall();
    with_scans(&mut window, &[4 * CHUNK]);
    let now = || SystemClock.now();
    let progress = Progress::default();
    let mut file = Vec::new();
    ferry::load(window.store(), &mut file, SCAN_BYTES, &now, &progress).unwrap();
    let standing = progress.standing();
    assert_eq!((standing.phase, standing.done, standing.of), {
        let all = 4 * CHUNK as u64;
        (Phase::Scans, all, all)
    });

    let stopped = Progress::default();
    stopped.stop();
    let refused = ferry::load(window.store(), Vec::new(), SCAN_BYTES, &now, &stopped);
    assert_eq!(refused.unwrap_err().code(), "ferry-stopped");
    let mut answer = Vec::new();
    let both = (hub.store(), hub.objects());
    let refused =
        yichuang_hub::ferry::ferry(both, Cursor::new(&file), &mut answer, now(), &stopped);
    let refused: yichuang_hub::HubError = refused.unwrap_err().into();
    assert_eq!((refused.code(), hub.cases().len()), ("ferry-stopped", 0));

    let (answer, _) = hub.ferry(&file).unwrap();
    let shelf = window.shelf();
    let refused = ferry::unload(window.store(), Cursor::new(&answer), &shelf, &now, &stopped);
    assert_eq!(refused.unwrap_err().code(), "ferry-stopped");
    assert!(window.unsent() > 0, "nothing was settled");
    window.ferry_in(&answer).unwrap();
    assert_eq!(window.unsent(), 0);
}

/// Without its key nobody sees even whether a known scan is in a file; and no file is longer than
/// its scans by much.
#[test]
fn a_lost_stick_shows_nothing_and_packing_costs_little() {
    let Hall { hub, mut window, _folder, line: _line } = hall();
    let scans = with_scans(&mut window, &[8 * CHUNK]);
    let (file, _) = window.ferry_out(SCAN_BYTES).unwrap();
    let (one, bytes) = &scans[0];
    for secret in [&bytes[1000..1064], one.hash.as_bytes(), "身份证.pdf".as_bytes()] {
        assert!(!file.windows(secret.len()).any(|part| part == secret));
    }
    assert!(file.len() < bytes.len() + bytes.len() / 20, "{} of {}", file.len(), bytes.len());
    let stranger = PrivateKey::from_seed(&[9; 32]);
    assert!(open(&file[..], &stranger).is_err());
    drop(hub);
}

#[derive(Clone, Debug)]
enum Act {
    Attach {
        chunks: usize,
        off: usize,
    },
    Out {
        room: usize,
    },
    /// A stick arrives: at the hub or at home, perhaps once more.
    Carry {
        nth: usize,
        again: bool,
    },
    Sync,
    Break {
        kind: u8,
        pass: usize,
    },
    RestartHub,
    RestartWindow,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let attach = (0usize..3, 9usize..CHUNK).prop_map(|(chunks, off)| Act::Attach { chunks, off });
    let out = prop_oneof![Just(usize::MAX), 0..4 * CHUNK].prop_map(|room| Act::Out { room });
    let carry = (any::<usize>(), any::<bool>()).prop_map(|(nth, again)| Act::Carry { nth, again });
    let broken = (0u8..4, 0usize..4).prop_map(|(kind, pass)| Act::Break { kind, pass });
    prop::collection::vec(
        prop_oneof![
            3 => attach, 3 => out, 5 => carry, 2 => Just(Act::Sync), 2 => broken,
            1 => Just(Act::RestartHub), 1 => Just(Act::RestartWindow),
        ],
        1..28,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 30, ..ProptestConfig::default() })]

    /// Sticks and line in any order: in the end every scan is there, and one round of a stick alone
    /// is enough for what is left.
    #[test]
    fn by_stick_and_by_line_in_any_order_every_scan_arrives(acts in acts()) {
        let folder = tempfile::tempdir().unwrap();
        let mut hub = TestHub::start(folder.path(), false);
        let line = FaultyLine::to(hub.address());
        let mut window = SyncWindow::joined(&hub, &line.url(), "03");
        let case = window.file_with_material().id;
        let mut announced = Vec::new();
        let mut sticks: Vec<(bool, Vec<u8>)> = Vec::new();
        for (n, act) in acts.into_iter().enumerate() {
            match act {
                Act::Attach { chunks, off } => {
                    let bytes = scan(chunks * CHUNK + off, n as u64);
                    announced.push((window.attach(case, "a.pdf", &bytes), bytes));
                }
                Act::Out { room } => sticks.push((false, window.ferry_out(room as u64).unwrap().0)),
                Act::Carry { .. } if sticks.is_empty() => {}
                Act::Carry { nth, again } => {
                    let nth = nth % sticks.len();
                    let (is_answer, file) =
                        if again { sticks[nth].clone() } else { sticks.swap_remove(nth) };
                    if is_answer {
                        window.ferry_in(&file).unwrap();
                    } else {
                        sticks.push((true, hub.ferry(&file).unwrap().0));
                    }
                }
                Act::Sync => {
                    if let Err(error) = window.sync() {
                        prop_assert!(error.is_passing(), "{}: {}", error.code(), error);
                    }
                }
                Act::Break { kind, pass } => {
                    for _ in 0..pass {
                        line.next_of(CHUNK_PATH, Fault::Pass);
                    }
                    line.next_of(CHUNK_PATH, match kind {
                        0 => Fault::Refuse,
                        1 => Fault::DropAnswer,
                        2 => Fault::Repeat,
                        _ => Fault::Late,
                    });
                }
                Act::RestartHub => {
                    hub.stop();
                    hub = TestHub::start(folder.path(), false);
                    line.lead_to(hub.address());
                }
                Act::RestartWindow => window.reopen(),
            }
        }
        let (file, _) = window.ferry_out(SCAN_BYTES).unwrap();
        window.ferry_in(&hub.ferry(&file).unwrap().0).unwrap();
        prop_assert!(all_arrived(&hub, &announced));
        for (one, _) in &announced {
            prop_assert_eq!(held(&window, one), one.size);
            prop_assert_eq!(trouble(&window, one), None);
        }
        prop_assert_eq!(window.store().attachments_waiting().unwrap().count, 0);
        prop_assert_eq!(window.unsent(), 0);
    }
}
