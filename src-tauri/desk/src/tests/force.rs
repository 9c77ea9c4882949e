//! Matters that are not yet in force, suspended or cancelled: found, marked, and not taken.

use serde_json::{Value, json};
use yichuang_domain::case::CaseState;
use yichuang_domain::condition::Answers;
use yichuang_domain::determination::Outcome;
use yichuang_domain::matter::NotInForce;
use yichuang_domain::refusal::RefusalCode;
use yichuang_domain::scenario::Scenario;

use super::{Bench, enrol, next_release, script};
use crate::view::{Draft, Shelf};

/// A release in which one matter's catalogue says this.
fn saying(matter: &str, catalogue: &Value) -> Vec<u8> {
    next_release(|guide| {
        let matters = guide["matters"].as_array_mut().unwrap();
        let of = matters.iter_mut().find(|m| m["code"] == matter).unwrap();
        of["reference"] = json!({ "catalogue": catalogue });
    })
}

/// A window with real records on 2026-11-24, and a case for it.
fn live(name: &str) -> (Bench, Scenario) {
    let bench = Bench::new();
    enrol(&bench.desk, false);
    bench.desk.first_account("王敏", "246802").unwrap();
    (bench, script(name))
}

fn typed(bench: &Bench, scenario: &Scenario) -> Draft {
    let mut draft = bench.desk.start_draft(&scenario.intake.matter, &Answers::new()).unwrap().draft;
    draft.intake = scenario.intake.clone();
    draft
}

#[test]
fn a_draft_of_yesterday_is_refused_on_the_day_of_the_cancellation_and_kept() {
    let (bench, scenario) = live("s01-m01.json");
    let matter = scenario.intake.matter.as_str();
    let until = saying(matter, &json!({ "effective_until": "2026-11-25" }));
    bench.desk.import_guide(&until).unwrap();
    let draft = typed(&bench, &scenario);
    let seen = bench.confirmed(draft.clone());
    assert_eq!(bench.desk.matter(matter).unwrap().not_in_force, None, "today it is taken");

    bench.wait(24 * 60);
    let refusal = bench.desk.file_case(&draft.id, &seen, false).unwrap_err();
    assert_eq!((refusal.code(), refusal.field().as_deref()), ("not-in-force", Some("matter")));
    let said = refusal.to_string();
    assert!(said.contains("2026年11月25日起取消") && said.contains("请向申请人说明原因"), "{said}");
    assert_eq!(bench.desk.store().head().unwrap().seq, 0, "nothing was filed");
    let kept = bench.desk.open_draft(&draft.id).unwrap();
    assert_eq!(kept.draft.intake.applicant, scenario.intake.applicant);
    assert_eq!(kept.draft.intake.materials, scenario.intake.materials);
    let since = Some("2026-11-25".parse().unwrap());
    assert_eq!(kept.matter.not_in_force, Some(NotInForce::Cancelled { since }));
    assert_eq!(kept.assessment.faults[0].code, RefusalCode::NotInForce);
    assert_eq!(kept.assessment.determination, None);
    assert!(kept.assessment.told.lead.contains("取消"), "the applicant is told");
    // It can still be typed in, and it comes before whatever else is wrong.
    let mut draft = kept.draft;
    draft.intake.applicant.party.name.clear();
    let faults = bench.desk.save_draft(draft).unwrap().assessment.faults;
    assert_eq!(faults[0].code, RefusalCode::NotInForce);
    assert!(faults.len() > 1);
    let again = bench.desk.start_draft(matter, &Answers::new()).unwrap_err();
    assert_eq!((again.code(), again.field().as_deref()), ("not-in-force", Some("matter")));
    assert_eq!(bench.desk.drafts().unwrap().len(), 1);
}

#[test]
fn a_release_that_ends_a_matter_ends_the_drafts_begun_before_it() {
    for state in ["cancelled", "suspended"] {
        let (bench, scenario) = live("s01-m01.json");
        let draft = typed(&bench, &scenario);
        let seen = bench.confirmed(draft.clone());
        let ended = saying(&scenario.intake.matter, &json!({ "state": state }));
        bench.desk.import_guide(&ended).unwrap();
        let refusal = bench.desk.file_case(&draft.id, &seen, false).unwrap_err();
        assert_eq!(refusal.code(), "not-in-force", "{state}");
        let row = bench.desk.drafts().unwrap().remove(0);
        assert_eq!(row.applicant, scenario.intake.applicant.party.name, "{state}");
    }
}

#[test]
fn what_was_filed_before_goes_on_to_its_end() {
    let (bench, scenario) = live("s37-m17.json");
    let draft = typed(&bench, &scenario);
    let seen = bench.confirmed(draft.clone());
    let filed = bench.desk.file_case(&draft.id, &seen, false).unwrap();
    assert_eq!(filed.case.state, CaseState::NoticeGiven);
    let matter = &scenario.intake.matter;
    let ended = saying(matter, &json!({ "state": "cancelled", "effective_until": "2026-11-25" }));
    bench.desk.import_guide(&ended).unwrap();
    bench.wait(3 * 24 * 60);
    assert_eq!(bench.desk.start_draft(matter, &Answers::new()).unwrap_err().code(), "not-in-force");

    let id = filed.case.id.to_string();
    bench.desk.record_supplement(&id, None, &["m4".into()]).unwrap();
    bench.desk.record_supplement(&id, None, &["m7".into()]).unwrap();
    let view = bench.desk.accept(&id, None).unwrap();
    assert_eq!((view.outcome, view.case.state), (Outcome::Accept, CaseState::Accepted));
    assert_eq!(view.case.guide, filed.case.guide, "pinned");
    assert!(view.papers.len() > filed.papers.len(), "its papers are made");
    assert_eq!(bench.desk.store().audit().unwrap().findings, vec![]);
}

#[test]
fn a_received_case_still_gets_its_notice() {
    let (bench, scenario) = live("s23-m11.json");
    let draft = typed(&bench, &scenario);
    let seen = bench.confirmed(draft.clone());
    let filed = bench.desk.file_case(&draft.id, &seen, true).unwrap();
    assert_eq!(filed.case.state, CaseState::Received);
    let ended = saying(&scenario.intake.matter, &json!({ "state": "suspended" }));
    bench.desk.import_guide(&ended).unwrap();
    let view = bench.desk.give_notice(&filed.case.id.to_string(), None).unwrap();
    assert_eq!(view.case.state, CaseState::NoticeGiven);
}

#[test]
fn it_is_found_and_browsed_and_says_why_it_is_not_taken() {
    let (bench, scenario) = live("s01-m01.json");
    let matter = scenario.intake.matter.as_str();
    let from = "2026-12-01".parse().unwrap();
    bench.desk.import_guide(&saying(matter, &json!({ "effective_from": from }))).unwrap();
    let why = Some(NotInForce::NotYet { from });

    let found = bench.desk.search(matter, 5).unwrap();
    assert_eq!((found[0].code.as_str(), found[0].not_in_force), (matter, why));
    let listed = bench.desk.search("", 500).unwrap();
    assert_eq!(listed.iter().filter(|hit| hit.not_in_force.is_some()).count(), 1);
    let view = bench.desk.matter(matter).unwrap();
    let shelf = bench.desk.shelf(&Shelf::Department(view.department.code.clone())).unwrap();
    let on_shelf = shelf.iter().find(|hit| hit.code == matter).unwrap();
    assert_eq!((on_shelf.not_in_force, view.not_in_force), (why, why));
    assert_eq!(bench.desk.enquire(matter, &Answers::new()).unwrap().matter.not_in_force, why);
    bench.desk.guide_sheet(matter, &Answers::new(), false).unwrap();

    let refusal = bench.desk.start_draft(matter, &Answers::new()).unwrap_err();
    assert!(refusal.to_string().contains("2026年12月1日"), "{refusal}");
    bench.wait(7 * 24 * 60);
    assert_eq!(bench.desk.search(matter, 5).unwrap()[0].not_in_force, None);
    bench.desk.start_draft(matter, &Answers::new()).unwrap();
}

#[test]
fn a_scripted_case_is_judged_on_its_own_day() {
    let bench = Bench::new();
    let scenario = script("s01-m01.json");
    let matter = scenario.intake.matter.as_str();
    let filed_on: jiff::civil::Date = scenario.intake.filed_on.parse().unwrap();
    let until = json!({ "effective_until": filed_on.tomorrow().unwrap() });
    bench.desk.import_guide(&saying(matter, &until)).unwrap();
    bench.desk.sign_in_practice_clerk().unwrap();
    // Cancelled by today, and taken on the day that the script is about.
    assert!(bench.desk.matter(matter).unwrap().not_in_force.is_some());
    bench.desk.play(&scenario).unwrap();

    let mut late = scenario.clone();
    late.intake.filed_on = filed_on.tomorrow().unwrap().to_string();
    let head = bench.desk.store().head().unwrap().seq;
    let refusal = bench.desk.play(&late).unwrap_err();
    assert_eq!((refusal.code(), refusal.field().as_deref()), ("not-in-force", Some("matter")));
    assert_eq!(bench.desk.store().head().unwrap().seq, head);
    assert!(bench.desk.drafts().unwrap().is_empty());
}

#[test]
fn practice_begins_what_another_day_would_mend_and_nothing_else() {
    for (catalogue, begins) in [
        (json!({ "effective_until": "2026-11-24" }), true),
        (json!({ "effective_from": "2026-11-25" }), true),
        (json!({ "state": "suspended" }), false),
        (json!({ "state": "cancelled" }), false),
    ] {
        let bench = Bench::new();
        bench.desk.sign_in_practice_clerk().unwrap();
        let matter = script("s01-m01.json").intake.matter;
        bench.desk.import_guide(&saying(&matter, &catalogue)).unwrap();
        let begun = bench.desk.start_draft(&matter, &Answers::new());
        assert_eq!(begun.as_ref().map_err(|e| e.code()).err(), (!begins).then_some("not-in-force"));
        if let Ok(begun) = begun {
            assert_eq!(begun.assessment.faults[0].code, RefusalCode::NotInForce, "{catalogue}");
        }
    }
}
