//! The desk over a real database, real papers and the shared cases.

pub(crate) mod asked;
mod away;
mod correction;
pub(crate) mod counter;
mod figures;
mod force;
mod issuing;
mod progress;
mod renewal;
mod samples;
mod search;
mod signing;
mod told;
mod training;
mod twice;
mod workbench;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use yichuang_domain::case::CaseState;
use yichuang_domain::clerk::ClerkRoles;
use yichuang_domain::condition::Answers;
use yichuang_domain::determination::{Determination, Outcome};
use yichuang_domain::intake::CheckInput;
use yichuang_domain::scenario::{Scenario, differences};
use yichuang_guide::difference::Subject;
use yichuang_storage::key::Key;
use yichuang_storage::{Enrolment, Store};

use crate::view::{CaseFilter, Draft, Step, Upload};
use crate::{Clock, Desk, DeskError, scenario};

/// A clock that stands still until it is moved.
struct TestClock(Mutex<Timestamp>);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

pub(crate) struct Bench {
    folder: tempfile::TempDir,
    clock: Arc<TestClock>,
    pub(crate) desk: Desk,
    key: Key,
}

fn fonts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../resources/fonts")
}

pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures")
}

impl Bench {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = Key::random().unwrap();
        let store = Store::open_with_key(folder.path(), &key).unwrap();
        let clock = Arc::new(TestClock(Mutex::new("2026-11-24T02:00:00Z".parse().unwrap())));
        let desk = Desk::new(store, clock.clone(), &fonts());
        desk.ensure_guide().unwrap();
        Self { folder, clock, desk, key }
    }

    /// A desk of training.
    fn training() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = Key::random().unwrap();
        let store = Store::open_training_with_key(folder.path(), &key).unwrap();
        let clock = Arc::new(TestClock(Mutex::new("2026-11-24T02:00:00Z".parse().unwrap())));
        let desk = Desk::new(store, clock.clone(), &fonts());
        desk.ensure_guide().unwrap();
        Self { folder, clock, desk, key }
    }

    pub(crate) fn wait(&self, minutes: i64) {
        let mut now = self.clock.0.lock().unwrap();
        *now += SignedDuration::from_mins(minutes);
    }

    /// What a clerk sees of a draft, and agrees to.
    fn confirmed(&self, draft: Draft) -> Determination {
        self.desk.save_draft(draft).unwrap().assessment.determination.unwrap()
    }

    /// The program started again on the same folder.
    pub(crate) fn restart(self) -> Self {
        let Self { folder, clock, desk, key } = self;
        drop(desk);
        let store = Store::open_with_key(folder.path(), &key).unwrap();
        let desk = Desk::new(store, clock.clone(), &fonts());
        Self { folder, clock, desk, key }
    }
}

pub(crate) fn script(name: &str) -> Scenario {
    let path = fixtures().join("scenarios").join(name);
    scenario::read(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn every_shared_case_comes_out_right_and_its_papers_are_archived() {
    let bench = Bench::new();
    let out = tempfile::tempdir().unwrap();
    let mut played = 0;
    for entry in std::fs::read_dir(fixtures().join("scenarios")).unwrap() {
        let path = entry.unwrap().path();
        let scenario = scenario::read(&std::fs::read(&path).unwrap()).unwrap();
        let view = bench.desk.play(&scenario).unwrap();
        let result = bench.desk.result(&view, out.path()).unwrap();
        let wrong = differences(scenario.expect.as_ref().unwrap(), &result);
        assert!(wrong.is_empty(), "{}: {wrong:?}", path.display());
        for document in &result.documents {
            assert!(std::fs::read(&document.file).unwrap().starts_with(b"%PDF"));
        }
        played += 1;
    }
    assert!(played >= 38);
    let report = bench.desk.store().audit().unwrap();
    assert_eq!((report.cases, report.findings), (played, vec![]));
}

#[test]
fn every_bad_input_is_refused_with_its_code_and_field_and_changes_nothing() {
    let bench = Bench::new();
    let bytes = std::fs::read(fixtures().join("bad_inputs.json")).unwrap();
    let inputs: Vec<serde_json::Value> = serde_json::from_slice(&bytes).unwrap();
    bench.desk.sign_in_practice_clerk().unwrap();
    for input in inputs {
        let scenario: Scenario = serde_json::from_value(input["scenario"].clone()).unwrap();
        let error = bench.desk.play(&scenario).unwrap_err();
        let expected = &input["expect_error"];
        let title = &input["title"];
        assert_eq!(error.code(), expected["code"].as_str().unwrap(), "{title}");
        assert_eq!(error.field().as_deref(), expected["field"].as_str(), "{title}");
        assert!(error.is_refusal());
    }
    assert_eq!(bench.desk.store().head().unwrap().seq, 0);
    assert!(bench.desk.drafts().unwrap().is_empty());
}

#[test]
fn a_character_that_no_font_has_undoes_the_whole_filing_and_is_named() {
    let bench = Bench::new();
    let mut scenario = script("s01-m01.json");
    scenario.intake.applicant.party.name = "王\u{2EBF0}".into();
    let error = bench.desk.play(&scenario).unwrap_err();
    assert_eq!((error.code(), error.field().as_deref()), ("no-glyph", Some("applicant.name")));
    assert!(error.to_string().contains('\u{2EBF0}') && error.to_string().contains("U+2EBF0"));
    assert_eq!(bench.desk.store().head().unwrap().seq, 0);
    scenario.intake.applicant.party.name = "王敏".into();
    let number = bench.desk.play(&scenario).unwrap().case.number;
    assert!(number.as_str().contains("-0001-"), "no number was burnt: {number}");
}

#[test]
fn a_draft_keeps_what_was_typed_right_or_wrong_across_a_restart() {
    let bench = Bench::new();
    bench.desk.sign_in_practice_clerk().unwrap();
    let scenario = script("s07-m04.json");
    let mut draft = bench.desk.start_draft(&scenario.intake.matter, &Answers::new()).unwrap().draft;
    draft.intake = scenario.intake.clone();
    draft.intake.applicant.party.id_number = "1507".into();
    draft.intake.materials.push(CheckInput { id: "m99".into(), ..CheckInput::default() });
    draft.step = Step::Materials;
    let view = bench.desk.save_draft(draft.clone()).unwrap();
    assert!(view.assessment.faults.iter().any(|f| f.field == "applicant.id_number"));
    assert!(view.assessment.determination.is_none());
    let bench = bench.restart();
    bench.desk.sign_in_practice_clerk().unwrap();
    assert_eq!(bench.desk.open_draft(&draft.id).unwrap().draft, draft);
    assert_eq!(bench.desk.drafts().unwrap().len(), 1);
    let refused = bench.desk.file_case(&draft.id, &accepted(), false).unwrap_err();
    assert_eq!(refused.code(), "bad-id-number");
    assert_eq!(bench.desk.drafts().unwrap().len(), 1, "a refused filing keeps its draft");
}

#[test]
fn a_draft_is_filed_once_however_often_it_is_asked_for() {
    let bench = Bench::new();
    bench.desk.sign_in_practice_clerk().unwrap();
    let scenario = script("s01-m01.json");
    let mut draft = bench.desk.start_draft(&scenario.intake.matter, &Answers::new()).unwrap().draft;
    draft.intake = scenario.intake;
    let seen = bench.confirmed(draft.clone());
    bench.desk.file_case(&draft.id, &seen, false).unwrap();
    assert_eq!(bench.desk.file_case(&draft.id, &seen, false).unwrap_err().code(), "draft-gone");
    assert_eq!(bench.desk.save_draft(draft).unwrap_err().code(), "draft-gone");
    assert_eq!(bench.desk.list_cases(CaseFilter::default()).unwrap().total, 1);
}

/// A determination that never fits: accepted, of nothing.
fn accepted() -> Determination {
    Determination {
        outcome: Outcome::Accept,
        stopped: None,
        listed: Vec::new(),
        deferred: Vec::new(),
        committed: Vec::new(),
        accepted_on: None,
        due: None,
        notify_by: None,
        documents: Vec::new(),
    }
}

/// The bundled guide as the next release, an official one, changed by `change`.
pub(crate) fn next_release(change: impl FnOnce(&mut serde_json::Value)) -> Vec<u8> {
    let mut guide: serde_json::Value = serde_json::from_str(yichuang_guide::EXAMPLE).unwrap();
    guide["format"] = yichuang_guide::FORMAT.into();
    guide["status"] = "official".into();
    guide["release"] = (guide["release"].as_u64().unwrap() + 1).into();
    change(&mut guide);
    serde_json::to_vec(&guide).unwrap()
}

#[test]
fn what_was_confirmed_is_filed_or_nothing_is() {
    let bench = Bench::new();
    enrol(&bench.desk, false);
    bench.desk.first_account("王敏", "246802").unwrap();
    let scenario = script("s01-m01.json");
    let mut draft = bench.desk.start_draft(&scenario.intake.matter, &Answers::new()).unwrap().draft;
    draft.intake = scenario.intake;
    let seen = bench.confirmed(draft.clone());
    let refusal = |seen| bench.desk.file_case(&draft.id, seen, false).unwrap_err().code();

    bench.wait(24 * 60);
    assert_eq!(refusal(&seen), "changed", "the day of acceptance is another");
    let seen = bench.confirmed(draft.clone());
    assert_eq!(seen.accepted_on.unwrap().to_string(), "2026-11-25");

    let longer = next_release(|guide| {
        for matter in guide["matters"].as_array_mut().unwrap() {
            matter["promised_limit"] = serde_json::json!({ "value": 20, "unit": "workdays" });
            matter["statutory_limit"] = matter["promised_limit"].clone();
        }
    });
    bench.desk.import_guide(&longer).unwrap();
    assert_eq!(refusal(&seen), "changed", "the guide gives another limit");
    assert_eq!(refusal(&accepted()), "changed");
    assert_eq!(
        (bench.desk.store().head().unwrap().seq, bench.desk.drafts().unwrap().len()),
        (0, 1)
    );

    let seen = bench.confirmed(draft.clone());
    let view = bench.desk.file_case(&draft.id, &seen, false).unwrap();
    assert_eq!(view.case.due, seen.due);
}

#[test]
fn what_was_typed_is_kept_where_the_guide_dropped_the_matter() {
    let bench = Bench::new();
    bench.desk.sign_in_practice_clerk().unwrap();
    let scenario = script("s01-m01.json");
    let mut draft = bench.desk.start_draft(&scenario.intake.matter, &Answers::new()).unwrap().draft;
    bench
        .desk
        .import_guide(&next_release(|guide| {
            guide["matters"]
                .as_array_mut()
                .unwrap()
                .retain(|m| m["code"] != scenario.intake.matter);
        }))
        .unwrap();
    draft.intake = scenario.intake.clone();
    assert_eq!(bench.desk.save_draft(draft.clone()).unwrap_err().code(), "unknown-matter");
    let row = bench.desk.drafts().unwrap().remove(0);
    assert_eq!(row.matter_name, scenario.intake.matter);
    assert_eq!(row.applicant, scenario.intake.applicant.party.name, "it reached the disk");
    bench.desk.discard_draft(&draft.id).unwrap();
}

#[test]
fn an_estimated_last_day_is_counted_anew_when_the_year_becomes_official() {
    let bench = Bench::new();
    enrol(&bench.desk, false);
    bench.desk.first_account("王敏", "246802").unwrap();
    bench.wait(30 * 24 * 60);
    let file = |name: &str| {
        let scenario = script(name);
        let mut draft =
            bench.desk.start_draft(&scenario.intake.matter, &Answers::new()).unwrap().draft;
        draft.intake = scenario.intake;
        let seen = bench.confirmed(draft.clone());
        bench.desk.file_case(&draft.id, &seen, false).unwrap()
    };
    // Accepted on 2026-12-24 with a limit in workdays, the new year's day off in between.
    let names = ["s01-m01.json", "s14-m07.json", "s18-m10.json", "s07-m04.json"];
    let filed: Vec<_> = names.into_iter().map(file).collect();
    let estimated: Vec<_> = filed
        .iter()
        .filter(|v| v.case.due.as_ref().is_some_and(|d| d.estimated))
        .map(|v| v.case.clone())
        .collect();
    assert!(!estimated.is_empty(), "at least one runs into the estimated year");
    let paper = estimated[0].documents.last().unwrap().clone();

    let official = next_release(|guide| {
        let year = &mut guide["calendar"]["years"]["2027"];
        year["status"] = "official".into();
        year["holidays"] = serde_json::json!(["2027-01-01", "2027-01-04", "2027-01-05"]);
    });
    let head = bench.desk.store().head().unwrap().seq;
    bench.desk.import_guide(&official).unwrap();
    let events = bench.desk.store().head().unwrap().seq - head;
    assert_eq!(events as usize, estimated.len(), "one event for each estimated case, no more");

    let before = &estimated[0];
    let after = bench.desk.case(&before.id.to_string()).unwrap();
    let (was, now) = (before.due.clone().unwrap(), after.case.due.clone().unwrap());
    assert!(!now.estimated && now.on > was.on, "two more days off: {was:?} {now:?}");
    assert_eq!((now.from, now.limit), (was.from, was.limit));
    assert_eq!(after.case.guide, before.guide, "still pinned");
    assert_eq!(after.timeline.last().unwrap().title, "期限重算");
    assert_eq!(after.case.documents.last(), Some(&paper), "the paper stays as issued");

    let renewal = bench.desk.renewal().unwrap().unwrap();
    assert_eq!((renewal.from, renewal.to), (1, 2));
    let moved: Vec<_> = renewal.recounted.iter().map(|r| r.case.number.clone()).collect();
    let expected: Vec<_> = estimated.iter().map(|c| c.number.to_string()).collect();
    assert_eq!(moved, expected);
    let changed: Vec<_> = renewal.changes.iter().map(|c| c.subject).collect();
    // It is no sample any more.
    assert_eq!(changed, [Subject::Release, Subject::CalendarYear], "{:?}", renewal.changes);

    let report = bench.desk.store().audit().unwrap();
    assert_eq!(report.findings, vec![]);
}

#[test]
fn a_release_names_the_open_cases_of_the_matters_it_changes() {
    let bench = Bench::new();
    let view = bench.desk.play(&script("s01-m01.json")).unwrap();
    assert_eq!(bench.desk.renewal().unwrap(), None, "there was only one");
    bench
        .desk
        .import_guide(&next_release(|guide| {
            for matter in guide["matters"].as_array_mut().unwrap() {
                matter["visits"] = 9.into();
            }
        }))
        .unwrap();
    let renewal = bench.desk.renewal().unwrap().unwrap();
    assert_eq!(renewal.changes.iter().filter(|c| c.subject == Subject::Matter).count(), 24);
    let touched: Vec<_> = renewal.touched.values().flatten().map(|c| c.id.clone()).collect();
    assert_eq!(touched, [view.case.id.to_string()]);
    assert_eq!(renewal.recounted, vec![]);
}

#[test]
fn the_walk_after_a_notice_matches_each_paper_to_its_line() {
    let bench = Bench::new();
    let mut scenario = script("s37-m17.json");
    scenario.supplements = None;
    let view = bench.desk.play(&scenario).unwrap();
    let id = view.case.id.to_string();
    assert_eq!(view.case.state, CaseState::NoticeGiven);
    assert_eq!(view.notice_items.iter().map(|i| i.id.as_str()).collect::<Vec<_>>(), ["m4", "m7"]);
    let steps = |desk: &Desk, on: &str, ids: &[&str]| {
        let ids: Vec<String> = ids.iter().map(|s| (*s).to_owned()).collect();
        desk.record_supplement(&id, Some(on), &ids)
    };
    let code = |result: Result<_, DeskError>| {
        result.map(|_: crate::view::CaseView| ()).unwrap_err().code()
    };
    assert_eq!(code(steps(&bench.desk, "2026-09-21", &["m7"])), "date-before-notice");
    assert_eq!(code(steps(&bench.desk, "2026-09-28", &["m1"])), "not-in-notice");
    assert_eq!(code(steps(&bench.desk, "2026-09-28", &[])), "not-in-notice");
    assert_eq!(code(bench.desk.accept(&id, None)), "not-now");
    assert_eq!(code(bench.desk.give_notice(&id, Some("2026-09-23"))), "not-now");
    let view = steps(&bench.desk, "2026-09-28", &["m7"]).unwrap();
    assert_eq!(view.notice_items[1].arrived_on.as_deref(), Some("2026-09-28"));
    assert_eq!(view.case.state, CaseState::NoticeGiven);
    let view = steps(&bench.desk, "2026-09-30", &["m4"]).unwrap();
    assert_eq!(view.case.state, CaseState::Supplemented);
    let view = bench.desk.accept(&id, Some("2026-10-08")).unwrap();
    assert_eq!(view.outcome, Outcome::Accept);
    assert_eq!(view.case.accepted_on.unwrap().to_string(), "2026-09-30");
    assert_eq!(code(bench.desk.accept(&id, None)), "not-now");
    let view = bench.desk.withdraw(&id, "申请人改由网上办理").unwrap();
    assert_eq!(view.case.state, CaseState::Withdrawn);
}

#[test]
fn only_who_signed_in_acts_and_wrong_pins_make_an_account_rest() {
    let bench = Bench::new();
    let desk = &bench.desk;
    assert_eq!(desk.workbench().unwrap_err().code(), "not-signed-in");
    assert_eq!(desk.start_draft("x", &Answers::new()).unwrap_err().code(), "not-signed-in");
    for weak in ["", "12345", "111111", "123456", "987654", "12a456", "１２３４５７"] {
        assert_eq!(desk.first_account("王敏", weak).unwrap_err().code(), "weak-pin", "{weak}");
    }
    assert_eq!(desk.first_account(" 　", "246802").unwrap_err().code(), "bad-clerk-name");
    desk.first_account("王敏", "246802").unwrap();
    assert_eq!(desk.first_account("李四", "246802").unwrap_err().code(), "not-first");
    assert_eq!(
        desk.add_clerk("王敏", "975310", &ClerkRoles::new()).unwrap_err().code(),
        "bad-clerk-name"
    );
    let id = desk.clerk().unwrap().id;
    desk.sign_out();
    for left in (1..5).rev() {
        match desk.sign_in(&id, "000001").unwrap_err() {
            DeskError::WrongPin { left: found } => assert_eq!(found, left),
            other => panic!("{other}"),
        }
    }
    assert_eq!(desk.sign_in(&id, "000001").unwrap_err().code(), "pin-locked");
    assert_eq!(desk.sign_in(&id, "246802").unwrap_err().code(), "pin-locked", "right or wrong");
    bench.wait(2);
    desk.sign_in(&id, "246802").unwrap();
    desk.workbench().unwrap();
    let bench = bench.restart();
    assert!(bench.desk.clerk().is_none(), "a restart signs nobody in");
}

pub(crate) fn enrol(desk: &Desk, trial: bool) {
    desk.store()
        .save_enrolment(&Enrolment {
            hub_url: "https://hub".into(),
            origin: "w-1".into(),
            device_code: "A1".into(),
            region: "150785".into(),
            station: "DT".into(),
            window: "3".into(),
            hall: "根河市政务服务中心".into(),
            trial,
            device_seed: [1; 32],
            hub_key: [2; 32],
            authority_pem: None,
        })
        .unwrap();
}

#[test]
fn a_profile_with_real_records_takes_no_scripted_case_and_no_other_day() {
    let bench = Bench::new();
    enrol(&bench.desk, false);
    let scenario = script("s07-m04.json");
    assert_eq!(bench.desk.play(&scenario).unwrap_err().code(), "real-records");
    bench.desk.first_account("王敏", "246802").unwrap();
    let mut draft = bench.desk.start_draft(&scenario.intake.matter, &Answers::new()).unwrap().draft;
    draft.intake = scenario.intake.clone();
    let seen = bench.confirmed(draft.clone());
    let view = bench.desk.file_case(&draft.id, &seen, false).unwrap();
    assert_eq!(view.case.filed_on.to_string(), "2026-11-24", "the day it really is");
    assert!(!view.case.practice && !view.case.number.is_practice());
    assert_eq!(view.upload, Upload::Waiting);
    let id = view.case.id.to_string();
    let view = bench.desk.record_supplement(&id, Some("2026-12-24"), &["m7".into()]).unwrap();
    assert_eq!(view.notice_items[0].arrived_on.as_deref(), Some("2026-11-24"));
}

#[test]
fn practice_is_marked_in_the_number_and_on_the_trial_hub_too() {
    for trial in [None, Some(true)] {
        let bench = Bench::new();
        if let Some(trial) = trial {
            enrol(&bench.desk, trial);
        }
        let view = bench.desk.play(&script("s01-m01.json")).unwrap();
        assert!(view.case.practice && view.case.number.is_practice());
    }
}

#[test]
fn unsent_work_outlives_sign_ins_guides_and_restarts() {
    let bench = Bench::new();
    enrol(&bench.desk, true);
    bench.desk.play(&script("s07-m04.json")).unwrap();
    let unsent = |desk: &Desk| desk.store().unsent(0, 1000).unwrap();
    let before = unsent(&bench.desk);
    assert!(before.len() >= 4);
    bench.desk.sign_out();
    bench.desk.first_account("别人", "975310").unwrap_err();
    let newer = yichuang_guide::EXAMPLE.replacen("\"release\": 1", "\"release\": 2", 1);
    bench.desk.import_guide(newer.as_bytes()).unwrap();
    let bench = bench.restart();
    assert_eq!(unsent(&bench.desk), before);
    let filter = CaseFilter { unsent: true, ..CaseFilter::default() };
    bench.desk.sign_in_practice_clerk().unwrap();
    let page = bench.desk.list_cases(filter).unwrap();
    assert_eq!((page.total, page.rows[0].upload.clone()), (1, Upload::Waiting));
}

#[test]
fn a_case_stays_with_the_guide_it_was_filed_under() {
    let bench = Bench::new();
    let mut scenario = script("s37-m17.json");
    scenario.supplements = None;
    let view = bench.desk.play(&scenario).unwrap();
    let id = view.case.id.to_string();
    let mut newer: serde_json::Value = serde_json::from_str(yichuang_guide::EXAMPLE).unwrap();
    newer["release"] = 2.into();
    let matters = newer["matters"].as_array_mut().unwrap();
    let matter = matters.iter_mut().find(|m| m["code"] == scenario.intake.matter.as_str()).unwrap();
    matter["promised_limit"]["value"] = 1.into();
    bench.desk.import_guide(newer.to_string().as_bytes()).unwrap();
    bench.desk.record_supplement(&id, Some("2026-09-30"), &["m4".into(), "m7".into()]).unwrap();
    let view = bench.desk.accept(&id, Some("2026-09-30")).unwrap();
    assert_eq!(view.case.due.unwrap().on.to_string(), "2026-10-20", "ten workdays, as filed");
}

#[test]
fn a_guide_with_faults_or_an_old_one_changes_nothing() {
    let bench = Bench::new();
    let before = bench.desk.guide_view().unwrap();
    let broken = yichuang_guide::EXAMPLE.replace("\"id\": \"q1\"", "\"id\": \"q9\"");
    let error = bench.desk.import_guide(broken.as_bytes()).unwrap_err();
    assert_eq!(error.code(), "bad-guide");
    let other = yichuang_guide::EXAMPLE.replacen("根河市", "根河", 1);
    assert_eq!(bench.desk.import_guide(other.as_bytes()).unwrap_err().code(), "guide-not-newer");
    bench.desk.import_guide(yichuang_guide::EXAMPLE.as_bytes()).unwrap();
    assert_eq!(bench.desk.guide_view().unwrap(), before);
}

#[test]
fn a_late_notice_is_no_notice_but_an_acceptance_from_the_first_day() {
    let bench = Bench::new();
    let view = bench.desk.play(&script("s23-m11.json")).unwrap();
    assert_eq!(view.outcome, Outcome::DeemedAccepted);
    assert!(view.papers.iter().all(|p| p.kind.as_str() != "one-time-notice"));
    let id = view.case.id.to_string();
    let view = bench.desk.record_supplement(&id, Some("2026-03-11"), &["m5".into()]).unwrap();
    assert_eq!(view.case.accepted_on.unwrap().to_string(), "2026-03-02");
}

#[test]
fn the_archive_gives_back_the_very_bytes_that_were_logged() {
    let bench = Bench::new();
    let view = bench.desk.play(&script("s01-m01.json")).unwrap();
    let out = tempfile::tempdir().unwrap();
    for document in &view.case.documents {
        let path = bench.desk.save_paper(document.number.as_str(), out.path()).unwrap();
        let bytes = std::fs::read(path).unwrap();
        assert_eq!(yichuang_domain::case::event::sha256_hex(&bytes), document.sha256);
    }
    assert_eq!(bench.desk.paper("nothing").unwrap_err().code(), "not-found");
    assert!(bench.folder.path().exists());
}
