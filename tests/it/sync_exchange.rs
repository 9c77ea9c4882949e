//! Two windows and a hub, on a good line.

use std::sync::atomic::AtomicBool;

use yichuang_domain::case::CaseState;
use yichuang_domain::case::event::{CaseId, EventBody};
use yichuang_hub::error::StepError;
use yichuang_hub::{Clock as _, SystemClock};
use yichuang_protocol::limits::BATCH_EVENTS;
use yichuang_protocol::{Acknowledgement, FaultCode, PublicKey, SignedText};
use yichuang_tests::faults::FaultyLine;
use yichuang_tests::hub::TestHub;
use yichuang_tests::sync_window::{SyncWindow, acceptance, compare_sides, filing};

fn hub(trial: bool) -> (tempfile::TempDir, TestHub) {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), trial);
    (folder, hub)
}

#[test]
fn cases_go_up_and_decisions_come_down_to_the_window_that_filed() {
    let (_folder, hub) = hub(false);
    let mut one = SyncWindow::joined(&hub, hub.url(), "03");
    let by_name = hub.url().replace("127.0.0.1", "localhost");
    let mut two = SyncWindow::joined(&hub, &by_name, "04");
    let (case, other) = (one.file(), two.file());
    assert_ne!(case.number, other.number);
    assert_eq!(one.unsent(), 2);

    let report = one.sync().unwrap();
    assert_eq!((report.sent, report.pulled, report.rejected), (2, 0, 0));
    two.sync().unwrap();
    compare_sides(&hub, &one);
    compare_sides(&hub, &two);
    assert_eq!(hub.cases().len(), 2);

    hub.grant(case.number.as_str()).unwrap();
    assert_eq!(one.sync().unwrap().pulled, 1);
    assert_eq!(two.sync().unwrap().pulled, 0);
    assert_eq!(one.state(case.id), Some(CaseState::Decided));
    assert_eq!(two.state(other.id), Some(CaseState::Accepted));
    compare_sides(&hub, &one);
    assert_eq!(one.sync().unwrap().pulled, 0, "a decision comes down once");

    // The acknowledgement kept is the hub's own signed word, as it came.
    let state = one.store().sync_state().unwrap();
    assert!(state.last_sync.is_some());
    let receipt: SignedText = serde_json::from_str(&state.receipt.unwrap()).unwrap();
    let key = one.store().enrolment().unwrap().unwrap().hub_key;
    let text = PublicKey::from_bytes(&key).unwrap().open(&receipt).unwrap().to_owned();
    let said: Acknowledgement = serde_json::from_str(&text).unwrap();
    assert_eq!(said.seq, one.store().head().unwrap().seq);
}

#[test]
fn a_decision_meets_what_the_window_did_meanwhile() {
    let (_folder, hub) = hub(false);
    let mut window = SyncWindow::joined(&hub, hub.url(), "03");
    let case = window.file();
    window.sync().unwrap();
    hub.grant(case.number.as_str()).unwrap();
    // Without a network the window does not know, and withdraws.
    let on = yichuang_tests::sync_window::day();
    window.write(case.id, vec![EventBody::Withdrawn { reason: "不办了".to_owned(), on }]);
    window.sync().unwrap();
    compare_sides(&hub, &window);
    let here = window.store().case(&case.id.to_string()).unwrap().unwrap();
    assert_eq!((here.state, here.conflicts.len()), (CaseState::Decided, 1));
    assert_eq!(hub.cases()[0].conflicts, 1, "both sides keep both");
}

#[test]
fn a_wrong_clock_is_measured_and_blocks_nothing() {
    let (_folder, hub) = hub(false);
    let mut window = SyncWindow::joined(&hub, hub.url(), "03");
    let case = window.file();
    let hour = jiff::SignedDuration::from_hours(1);
    let late = || SystemClock.now() - hour;
    let report = window.sync_at(&late).unwrap();
    assert!((report.clock_skew + 3_600_000).abs() < 60_000, "{}", report.clock_skew);
    window.write(case.id, vec![EventBody::ReviewStarted {}]);
    let events = window.store().case_events(case.id).unwrap();
    assert_eq!(events.last().unwrap().clock_skew, Some(report.clock_skew));
    window.sync().unwrap();
    compare_sides(&hub, &window);
}

#[test]
fn a_sync_that_is_called_off_sends_nothing_and_passes() {
    let (_folder, hub) = hub(false);
    let mut window = SyncWindow::joined(&hub, hub.url(), "03");
    window.file();
    let now = || SystemClock.now();
    let error = yichuang_sync::run(window.store(), &window.shelf(), &now, &AtomicBool::new(true))
        .unwrap_err();
    assert_eq!((error.code(), error.is_passing()), ("cancelled", true));
    assert_eq!((hub.cases().len(), window.unsent()), (0, 2));
}

#[test]
fn many_batches_go_up_in_one_sync() {
    let (_folder, hub) = hub(false);
    let mut window = SyncWindow::joined(&hub, hub.url(), "03");
    let first = window.file();
    for _ in 0..4 {
        window.write(first.id, vec![EventBody::ReviewStarted {}; BATCH_EVENTS / 2]);
    }
    window.file();
    let report = window.sync().unwrap();
    assert_eq!(report.sent, 2 * BATCH_EVENTS as u64 + 4);
    compare_sides(&hub, &window);
}

#[test]
fn a_refused_case_does_not_hold_up_the_others() {
    let (_folder, hub) = hub(false);
    let mut window = SyncWindow::joined(&hub, hub.url(), "03");
    // A number of another device, as a program with a wrong clock of its own might make it.
    let foreign = SyncWindow::joined(&hub, hub.url(), "04").next_number();
    let bad = CaseId::from_u128(7);
    window.write(bad, vec![filing(foreign, false), acceptance()]);
    let good = window.file();
    let report = window.sync().unwrap();
    assert_eq!((report.sent, report.rejected), (4, 2));
    assert_eq!(window.unsent(), 0);
    let cases = hub.cases();
    assert_eq!(cases.len(), 1);
    assert_eq!(cases[0].case_number, good.number.as_str());

    let parked = window.store().parked().unwrap();
    let reasons: Vec<_> =
        parked.iter().map(|p| (p.seq, p.code.as_str(), p.field.as_str())).collect();
    assert_eq!(reasons, [(1, "bad-number", "number"), (2, "case-parked", "case")]);
    assert!(parked.iter().all(|p| p.case == bad.to_string() && !p.message.is_empty()));

    // What follows of the bad case waits with it; of the good one it goes on.
    window.write(bad, vec![EventBody::ReviewStarted {}]);
    window.write(good.id, vec![EventBody::ReviewStarted {}]);
    window.sync().unwrap();
    assert_eq!(window.store().parked().unwrap().len(), 3);
    assert_eq!(hub.cases()[0].state, "in-review");
    compare_sides(&hub, &window);
}

#[test]
fn a_window_before_its_cases_are_known_is_told_so() {
    let (_folder, hub) = hub(false);
    let window = SyncWindow::new();
    assert_eq!(window.sync_code(), Err("not-enrolled"));
    assert!(
        matches!(hub.grant("150785-X"), Err(StepError::Fault(f)) if f.code == FaultCode::UnknownCase)
    );
}

#[test]
fn enrolling_is_refused_for_a_reason() {
    let (_folder, real) = hub(false);
    let (_trial_folder, trial) = hub(true);
    let refused = |window: &SyncWindow, url: &str, code: &str| {
        let error = window.join(url, code, None).unwrap_err();
        assert!(window.store().enrolment().unwrap().is_none());
        (error.code(), error.field(), error.is_refusal())
    };
    let window = SyncWindow::new();
    let code = real.code("03");
    let insecure = ("insecure-hub", Some("hub"), true);
    assert_eq!(refused(&window, "http://10.0.0.1:7400", &code), insecure);
    let no_address = ("bad-hub-address", Some("hub"), true);
    assert_eq!(refused(&window, "hub", &code), no_address);
    let bad_code = ("bad-enrol-code", Some("code"), true);
    assert_eq!(refused(&window, real.url(), "ABCD"), bad_code);
    assert_eq!(refused(&window, real.url(), "ABCD-EFGH-JKMN"), bad_code);
    let authority = window.join(real.url(), &code, Some("no PEM")).unwrap_err();
    assert_eq!((authority.code(), authority.field()), ("bad-authority", Some("authority")));
    let closed = { std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap() };
    let (unreachable, _, refusal) = refused(&window, &format!("http://{closed}"), &code);
    assert_eq!((unreachable, refusal), ("hub-unreachable", false));

    // A profile with practice cases stays away from a real hub, and the code is not used up.
    let practised = SyncWindow::new();
    let device = practised.store().practice_device().unwrap();
    let source = yichuang_domain::numbering::NumberSource {
        region: "150785".to_owned(),
        station: "ZX".to_owned(),
        device,
        practice: true,
    };
    let day = yichuang_tests::sync_window::day();
    let number = yichuang_domain::numbering::CaseNumber::new(&source, day, 1);
    practised.write(CaseId::from_u128(1), vec![filing(number, true)]);
    let practice = ("practice-profile", Some("hub"), true);
    assert_eq!(refused(&practised, real.url(), &code), practice);
    assert!(practised.join(trial.url(), &trial.code("03"), None).unwrap().trial);

    assert!(!window.join(real.url(), &code.to_lowercase(), None).unwrap().trial);
    let again = window.join(real.url(), &real.code("05"), None).unwrap_err();
    assert_eq!(again.code(), "already-enrolled");
    assert_eq!(refused(&SyncWindow::new(), real.url(), &code), bad_code, "a code serves once");
}

#[test]
fn a_replaced_machine_gets_a_new_device_code() {
    let (_folder, hub) = hub(false);
    let codes: std::collections::BTreeSet<String> = (0..8)
        .map(|_| SyncWindow::new().join(hub.url(), &hub.code("03"), None).unwrap().device_code)
        .collect();
    assert_eq!(codes.len(), 8);
}

#[test]
fn a_hub_restored_from_an_older_copy_is_noticed_and_sent_everything_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut hub = TestHub::start(folder.path(), false);
    let line = FaultyLine::to(hub.address());
    let mut window = SyncWindow::joined(&hub, &line.url(), "03");
    let old_case = window.file();
    window.sync().unwrap();
    hub.stop();
    let backup = tempfile::tempdir().unwrap();
    copy_folder(folder.path(), backup.path());

    let mut hub = TestHub::start(folder.path(), false);
    line.lead_to(hub.address());
    let new_case = window.file();
    window.sync().unwrap();
    hub.grant(old_case.number.as_str()).unwrap();
    hub.grant(new_case.number.as_str()).unwrap();
    assert_eq!(window.sync().unwrap().pulled, 2);
    hub.stop();

    // The hub comes back from the older copy: it lacks a case and both decisions.
    let hub = TestHub::start(backup.path(), false);
    line.lead_to(hub.address());
    assert_eq!(hub.cases().len(), 1);
    let report = window.sync().unwrap();
    assert!(report.hub_was_behind, "{report:?}");
    // Two events of the window, and what it gives back of the hub's own.
    assert_eq!(report.sent, 4);
    assert_eq!(hub.cases().len(), 2);
    assert!(hub.cases().iter().all(|case| case.state == CaseState::Decided.as_str()));
    assert_eq!(window.unsent(), 0);
    // What the hub had decided both still have; what it decides now comes in another log.
    assert_eq!(window.state(new_case.id), Some(CaseState::Decided));
    let third = window.file();
    window.sync().unwrap();
    hub.grant(third.number.as_str()).unwrap();
    let report = window.sync().unwrap();
    assert_eq!((report.pulled, report.hub_was_behind), (1, false));
    assert_eq!(window.state(third.id), Some(CaseState::Decided));
    assert!(window.store().audit().unwrap().findings.is_empty());
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        // The folder of scans is no part of the database's backup.
        if file.path().is_file() {
            std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}

#[test]
fn another_hub_at_the_same_address_gets_nothing() {
    let (_folder, real) = hub(false);
    let line = FaultyLine::to(real.address());
    let mut window = SyncWindow::joined(&real, &line.url(), "03");
    window.file();
    let (_other_folder, other) = hub(false);
    line.lead_to(other.address());
    assert_eq!(window.sync_code(), Err("hub-changed"));
    assert_eq!((other.cases().len(), window.unsent()), (0, 2));
    line.lead_to(real.address());
    window.sync().unwrap();
    compare_sides(&real, &window);
}

#[test]
fn a_window_restored_from_an_older_copy_stops() {
    let (_folder, hub) = hub(false);
    let mut window = SyncWindow::joined(&hub, hub.url(), "03");
    window.file();
    // Another machine works on with a copy of the same records.
    let enrolment = window.store().enrolment().unwrap().unwrap();
    let twin = SyncWindow::new();
    twin.store().save_enrolment(&enrolment).unwrap();
    window.sync().unwrap();
    assert_eq!(twin.sync_code(), Err("window-behind"));
    twin.write(CaseId::from_u128(99), vec![filing(window.next_number(), false), acceptance()]);
    assert_eq!(twin.sync_code(), Err("hub-forked"));
    assert_eq!(hub.cases().len(), 1);
    compare_sides(&hub, &window);
}
