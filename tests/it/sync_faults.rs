//! Two windows and a hub on a bad line: nothing lost, nothing twice.

use proptest::prelude::*;
use yichuang_domain::case::event::EventBody;
use yichuang_domain::case::{Case, CaseState};
use yichuang_protocol::{check, enrol, hello, pull, push, session};
use yichuang_tests::faults::{Fault, FaultyLine};
use yichuang_tests::hub::TestHub;
use yichuang_tests::sync_window::{SyncWindow, compare_sides};

struct Hall {
    _folder: tempfile::TempDir,
    hub: TestHub,
    line: FaultyLine,
}

fn hall() -> Hall {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let line = FaultyLine::to(hub.address());
    Hall { _folder: folder, hub, line }
}

const STEPS: [&str; 6] =
    [hello::PATH, session::CHALLENGE_PATH, session::PATH, push::PATH, pull::PATH, check::PATH];

/// Whatever goes wrong in whatever step, the sync fails as something that passes, and the next one
/// ends with both sides equal.
#[test]
fn every_fault_in_every_step_passes() {
    let Hall { hub, line, _folder } = hall();
    let mut window = SyncWindow::joined(&hub, &line.url(), "03");
    let faults: [(&str, Fault); 6] = [
        ("refused", Fault::Refuse),
        ("cut in the head", Fault::CutRequest(40)),
        ("cut in the body", Fault::CutRequest(600)),
        ("answer lost", Fault::DropAnswer),
        ("answer cut in the head", Fault::CutAnswer(30)),
        ("answer cut in the body", Fault::CutAnswer(180)),
    ];
    for step in STEPS {
        for (name, fault) in &faults {
            let case = window.file();
            line.next_of(step, fault.clone());
            // A cut beyond the end of a small request is an answer lost.
            let error = window.sync().unwrap_err();
            assert!(error.is_passing(), "{step} {name}: {} {error}", error.code());
            assert_eq!(error.code(), "hub-unreachable", "{step} {name}");
            window.sync().unwrap();
            compare_sides(&hub, &window);
            assert_eq!(window.state(case.id), Some(CaseState::Accepted));
        }
    }
    assert_eq!(hub.cases().len(), STEPS.len() * faults.len());
}

#[test]
fn a_push_that_arrives_twice_or_late_changes_nothing_twice() {
    let Hall { hub, line, _folder } = hall();
    let mut one = SyncWindow::joined(&hub, &line.url(), "03");
    let mut two = SyncWindow::joined(&hub, &line.url(), "04");
    let case = one.file();
    line.next_of(push::PATH, Fault::Repeat);
    one.sync().unwrap();
    compare_sides(&hub, &one);

    // Late: the window gives up, works on, and sends again; then the first copy arrives.
    one.write(case.id, vec![EventBody::ReviewStarted {}]);
    line.next_of(push::PATH, Fault::Late);
    assert_eq!(one.sync_code(), Err("hub-unreachable"));
    two.file();
    two.sync().unwrap();
    one.sync().unwrap();
    compare_sides(&hub, &one);
    compare_sides(&hub, &two);

    // Later still: what it carries is long there.
    one.file();
    line.next_of(push::PATH, Fault::Late);
    assert_eq!(one.sync_code(), Err("hub-unreachable"));
    one.file();
    one.sync().unwrap();
    compare_sides(&hub, &one);
    assert_eq!(hub.cases().len(), 4);
}

#[test]
fn a_lost_answer_to_an_enrolment_does_not_lose_the_code() {
    let Hall { hub, line, _folder } = hall();
    let window = SyncWindow::new();
    line.next_of(enrol::PATH, Fault::DropAnswer);
    line.next_of(enrol::PATH, Fault::CutAnswer(120));
    let enrolment = window.join(&line.url(), &hub.code("03"), None).unwrap();
    assert_eq!(line.seen().iter().filter(|path| *path == enrol::PATH).count(), 3);
    assert_eq!(enrolment.window, "03");
    assert_eq!(window.sync().unwrap().sent, 0);
}

#[test]
fn a_batch_cut_in_the_middle_leaves_nothing_of_itself() {
    let Hall { hub, line, _folder } = hall();
    let mut window = SyncWindow::joined(&hub, &line.url(), "03");
    let case = window.file();
    window.write(case.id, vec![EventBody::ReviewStarted {}; 1200]);
    // The first batch arrives, the second is cut, and the third is never sent.
    line.next_of(push::PATH, Fault::Pass);
    line.next_of(push::PATH, Fault::CutRequest(100_000));
    assert_eq!(window.sync_code(), Err("hub-unreachable"));
    assert_eq!(window.store().sync_state().unwrap().acknowledged_seq, 500);
    assert_eq!(window.unsent(), 702);
    let report = window.sync().unwrap();
    assert_eq!(report.sent, 702, "what was acknowledged is not sent again");
    compare_sides(&hub, &window);
}

#[test]
fn a_refusal_whose_answer_was_lost_is_told_again() {
    let Hall { hub, line, _folder } = hall();
    let mut window = SyncWindow::joined(&hub, &line.url(), "03");
    let foreign = SyncWindow::joined(&hub, &line.url(), "04").next_number();
    let bad = yichuang_domain::case::event::CaseId::from_u128(7);
    window.write(bad, vec![yichuang_tests::sync_window::filing(foreign, false)]);
    window.file();
    line.next_of(push::PATH, Fault::DropAnswer);
    assert_eq!(window.sync_code(), Err("hub-unreachable"));
    assert_eq!(window.store().parked().unwrap(), []);
    window.sync().unwrap();
    let parked = window.store().parked().unwrap();
    assert_eq!((parked.len(), parked[0].seq, parked[0].code.as_str()), (1, 1, "bad-number"));
    compare_sides(&hub, &window);
}

#[derive(Clone, Debug)]
enum Act {
    File(usize),
    GoOn(usize),
    Decide(usize),
    Sync(usize),
    Break(u8, usize),
    RestartHub,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let window = 0usize..2;
    prop::collection::vec(
        prop_oneof![
            3 => window.clone().prop_map(Act::File),
            2 => (0usize..8).prop_map(Act::GoOn),
            2 => (0usize..8).prop_map(Act::Decide),
            4 => window.prop_map(Act::Sync),
            4 => (0u8..7, 0usize..4000).prop_map(|(kind, at)| Act::Break(kind, at)),
            1 => Just(Act::RestartHub),
        ],
        1..40,
    )
}

fn fault(kind: u8, at: usize) -> Fault {
    match kind {
        0 => Fault::Refuse,
        1 => Fault::CutRequest(at),
        2 => Fault::DropAnswer,
        3 => Fault::CutAnswer(at),
        4 => Fault::Repeat,
        5 => Fault::Late,
        _ => Fault::Replace(502, b"<html>bad gateway</html>".to_vec()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 40, ..ProptestConfig::default() })]
    /// However the line breaks while two windows and the back office work: in the end everything
    /// is everywhere, once.
    #[test]
    fn whatever_happens_on_the_line_nothing_is_lost_and_nothing_is_twice(acts in acts()) {
        let folder = tempfile::tempdir().unwrap();
        let mut hub = TestHub::start(folder.path(), false);
        let line = FaultyLine::to(hub.address());
        let mut windows =
            [SyncWindow::joined(&hub, &line.url(), "03"), SyncWindow::joined(&hub, &line.url(), "04")];
        let mut cases: Vec<(usize, Case)> = Vec::new();
        let mut decided = 0u64;
        for act in acts {
            match act {
                Act::File(w) => {
                    let case = windows[w].file();
                    cases.push((w, case));
                }
                Act::GoOn(n) if !cases.is_empty() => {
                    let (w, case) = &cases[n % cases.len()];
                    windows[*w].write(case.id, vec![EventBody::ReviewStarted {}]);
                }
                Act::Decide(n) if !cases.is_empty() => {
                    // Refused where the case has not arrived or is decided.
                    if hub.grant(cases[n % cases.len()].1.number.as_str()).is_ok() {
                        decided += 1;
                    }
                }
                Act::Sync(w) => {
                    if let Err(error) = windows[w].sync() {
                        prop_assert!(error.is_passing(), "{}: {}", error.code(), error);
                    }
                }
                Act::Break(kind, at) => line.next(fault(kind, at)),
                Act::RestartHub => {
                    hub.stop();
                    hub = TestHub::start(folder.path(), false);
                    line.lead_to(hub.address());
                }
                Act::GoOn(_) | Act::Decide(_) => {}
            }
        }
        line.heal();
        for window in &windows {
            window.sync().unwrap();
            compare_sides(&hub, window);
        }
        // What was late arrived with the first of these; nothing of it did harm.
        for window in &windows {
            prop_assert_eq!(window.sync().unwrap().sent, 0);
            compare_sides(&hub, window);
        }
        prop_assert_eq!(hub.cases().len(), cases.len());
        let done = cases.iter().filter(|(w, c)| windows[*w].state(c.id) == Some(CaseState::Decided));
        prop_assert_eq!(done.count() as u64, decided);
    }
}
