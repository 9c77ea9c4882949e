//! Whose last days a new release counts anew: those of this window's own cases, and never those
//! of practice that a rehearsal happens to stand beside.

use serde_json::json;
use yichuang_domain::case::{Case, EventBody};

use super::{Bench, enrol, next_release, script};

/// The next release under a number, with the coming year official: two more days off in January.
fn official(release: u32) -> Vec<u8> {
    next_release(|guide| {
        guide["release"] = release.into();
        let year = &mut guide["calendar"]["years"]["2027"];
        year["status"] = "official".into();
        year["holidays"] = json!(["2027-01-01", "2027-01-04", "2027-01-05"]);
        for matter in guide["matters"].as_array_mut().unwrap() {
            matter["visits"] = 9.into();
        }
    })
}

/// A scripted case whose last day falls into the estimated year.
fn estimated(bench: &Bench) -> Case {
    let mut scenario = script("s18-m10.json");
    scenario.intake.filed_on = "2026-12-24".to_owned();
    scenario.expect = None;
    let case = bench.desk.play(&scenario).unwrap().case;
    assert!(case.due.as_ref().is_some_and(|due| due.estimated), "{:?}", case.due);
    case
}

fn due(bench: &Bench, case: &Case) -> (String, bool) {
    let case = bench.desk.case(&case.id.to_string()).unwrap().case;
    let due = case.due.unwrap();
    (due.on.to_string(), due.estimated)
}

#[test]
fn only_this_windows_own_cases_are_counted_anew() {
    let bench = Bench::new();
    let practised = estimated(&bench);
    enrol(&bench.desk, true);
    let own = estimated(&bench);
    assert_ne!(practised.origin, own.origin);
    let store = bench.desk.store();
    let (before, head) = (store.head_of(&practised.origin).unwrap(), store.head().unwrap().seq);

    bench.desk.import_guide(&official(2)).unwrap();
    assert_eq!(store.head_of(&practised.origin).unwrap(), before, "another log is not written");
    let written = store.unsent(head, 100).unwrap();
    let written: Vec<_> = written.iter().map(|sealed| sealed.open().unwrap()).collect();
    let told: Vec<_> = written.iter().map(|e| (e.origin.as_str(), e.case)).collect();
    assert_eq!(told, [(own.origin.as_str(), own.id)]);
    assert!(matches!(written[0].body, EventBody::LimitRecounted { .. }));
    let was = practised.due.as_ref().unwrap().on.to_string();
    assert_eq!(due(&bench, &practised), (was, true), "as it was");
    assert!(!due(&bench, &own).1);

    // What can't be continued here is no work that the release touches.
    let renewal = bench.desk.renewal().unwrap().unwrap();
    let named = |id| renewal.touched.values().flatten().any(|case| case.id == id);
    assert!(named(own.id.to_string()) && !named(practised.id.to_string()));
    let recounted: Vec<_> = renewal.recounted.iter().map(|r| r.case.id.clone()).collect();
    assert_eq!(recounted, [own.id.to_string()]);
    assert_eq!(store.audit().unwrap().findings, vec![]);
}

#[test]
fn practice_of_before_that_was_counted_anew_is_told_of_no_more_after_joining() {
    let bench = Bench::new();
    estimated(&bench);
    bench.desk.import_guide(&official(2)).unwrap();
    assert_eq!(bench.desk.renewal().unwrap().unwrap().recounted.len(), 1);
    enrol(&bench.desk, true);
    assert_eq!(bench.desk.renewal().unwrap().unwrap().recounted, vec![]);
}

#[test]
fn a_rehearsal_by_another_guide_leaves_the_other_cases_alone() {
    for trial in [false, true] {
        let bench = Bench::new();
        if trial {
            enrol(&bench.desk, true);
        }
        let earlier = estimated(&bench);
        let head = bench.desk.store().head().unwrap();
        bench.desk.practise_with_guide(&official(2)).unwrap();
        assert_eq!(bench.desk.store().head().unwrap(), head, "nothing is written");
        let mut scenario = script("s18-m10.json");
        scenario.intake.filed_on = "2026-12-24".to_owned();
        let rehearsed = bench.desk.play(&scenario).unwrap().case;
        assert!(!rehearsed.due.unwrap().estimated, "by the calendar of its own guide");
        assert!(due(&bench, &earlier).1, "the other one stays as counted");

        // A release to work with counts it, as it would have without the rehearsal.
        bench.desk.import_guide(&official(3)).unwrap();
        assert!(!due(&bench, &earlier).1);
        assert_eq!(bench.desk.store().audit().unwrap().findings, vec![]);
    }
}
