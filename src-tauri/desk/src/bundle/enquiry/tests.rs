use std::sync::{Arc, Mutex};

use serde_json::json;
use yichuang_domain::bundle::{Cost, Spared};
use yichuang_domain::condition::Answers;
use yichuang_domain::matter::NotInForce;

use super::super::AboutBundle;
use super::super::tests::whole;
use crate::enquiry::tests::Tray;
use crate::tests::{Bench, next_release};
use crate::view::BundleEnquiryView;

/// 新生儿出生一件事: 落户 (leads), 医保参保, 社保卡.
const NEWBORN: &str = "B1";
const BIRTH: &str = "11150785MB0A00165R4000707021000";
const INSURANCE: &str = "11150785MB0A00114H4002002006000";
const CARD: &str = "11150785MB0A0001884002001004000";
/// 开办餐饮店一件事: 个体工商户设立, 食品经营许可 (leads).
const RESTAURANT: &str = "B3";
const SHOP: &str = "11150785MB0A00122C4000703013000";
const FOOD: &str = "11150785MB0A00122C4000103011000";

fn answers(given: &[(&str, &str)]) -> Answers {
    given.iter().map(|(q, c)| ((*q).to_owned(), (*c).to_owned())).collect()
}

fn told(id: &str, given: &[(&str, &str)]) -> AboutBundle {
    AboutBundle { answers: answers(given), ..whole(id) }
}

fn named(view: &BundleEnquiryView, name: &str) -> Vec<usize> {
    let found = view.materials.iter().enumerate().filter(|(_, row)| row.material.name == name);
    found.map(|(at, _)| at).collect()
}

#[test]
fn the_matters_of_a_bundle_are_asked_about_as_one() {
    let desk = &Bench::new().desk;
    let view = desk.enquire_bundle(&whole(NEWBORN)).unwrap();
    assert_eq!(view.name, "新生儿出生一件事");
    let members: Vec<_> =
        view.members.iter().map(|m| (m.view.matter.code.as_str(), m.lead, m.taken)).collect();
    assert_eq!(members, [(BIRTH, true, true), (INSURANCE, false, true), (CARD, false, true)]);
    assert!(!view.settled && view.sample && view.limit.is_some());
    assert!(view.members.iter().all(|m| m.limit == view.limit && m.due.is_some() && !m.lawful));
    assert_eq!(view.cost, Cost { fen: 0, by_item: false });
    let first = &view.questions[0];
    assert_eq!(first.id, "agent");
    let proxy = named(&view, "授权委托书（全市统一格式）");
    assert_eq!(proxy.len(), 1, "one paper for all three");
    let proxy = &view.materials[proxy[0]];
    assert_eq!(proxy.when.as_deref(), Some("由他人代办时"));
    assert_eq!(proxy.wants.len(), 3);
    assert!(proxy.wants.iter().all(|want| want.when.is_none()), "it is the row's own");
    let apart: usize = view.members.iter().map(|m| m.view.matter.materials.len()).sum();
    let count = |n: usize| u32::try_from(n).unwrap();
    let expected = Spared { apart: count(apart), joint: count(view.materials.len()) };
    assert_eq!(view.savings.materials, expected);

    // Without the card nothing of it is asked.
    let some = AboutBundle { taken: Some(vec![INSURANCE.to_owned()]), ..whole(NEWBORN) };
    let some = desk.enquire_bundle(&some).unwrap();
    let taken: Vec<_> = some.members.iter().map(|m| m.taken).collect();
    assert_eq!(taken, [true, true, false], "the leading one stays");
    assert!(named(&some, "社会保障卡业务申请表").is_empty());
    assert!(some.questions.iter().all(|q| !q.id.starts_with(CARD)));

    for (about, code) in [
        (whole("B99"), "not-found"),
        (told(NEWBORN, &[("q1", "a")]), "unknown-question"),
        (told(NEWBORN, &[(&format!("{BIRTH}:q1"), "zz")]), "unknown-choice"),
    ] {
        let error = desk.enquire_bundle(&about).unwrap_err();
        assert_eq!(error.code(), code);
        assert_eq!(desk.bundle_sheet(&about, true).unwrap_err().code(), code);
    }
}

#[test]
fn a_choice_ends_one_matter_and_the_rest_goes_on() {
    let desk = &Bench::new().desk;
    let (allowed, open) = (format!("{SHOP}:q3"), format!("{SHOP}:q4"));
    let about = told(RESTAURANT, &[(&allowed, "c"), (&open, "b")]);
    let view = desk.enquire_bundle(&about).unwrap();
    let [shop, food] = &view.members[..] else { panic!("two matters") };
    assert_eq!(shop.view.matter.code, SHOP);
    assert!(shop.stopped.is_some() && shop.limit.is_none());
    assert!(food.stopped.is_none() && food.lead && food.limit == view.limit);
    assert!(named(&view, "个体工商户登记申请书").is_empty());
    assert_eq!(named(&view, "食品经营许可申请书").len(), 1);

    let (kind, packed) = (format!("{FOOD}:q1"), format!("{FOOD}:q2"));
    let view = desk.enquire_bundle(&told(RESTAURANT, &[(&kind, "a"), (&packed, "a")])).unwrap();
    assert!(view.limit.is_none(), "without its lead the bundle promises nothing");
    assert!(view.members[0].limit.is_some(), "the other keeps its own");
}

#[test]
fn the_law_ends_a_matter_before_the_bundle_promises_to_and_fees_add_up() {
    let bench = Bench::new();
    let desk = &bench.desk;
    desk.sign_in_practice_clerk().unwrap();
    let changed = next_release(|guide| {
        let matters = guide["matters"].as_array_mut().unwrap();
        let of = |code: &str| matters.iter().position(|m| m["code"] == code).unwrap();
        let (birth, insurance, card) = (of(BIRTH), of(INSURANCE), of(CARD));
        let limit = |value: u16| json!({ "value": value, "unit": "workdays" });
        matters[birth]["promised_limit"] = limit(20);
        matters[insurance]["statutory_limit"] = limit(10);
        for (at, fen) in [(birth, 550), (card, 1600)] {
            matters[at]["fee"] = json!({ "item": "工本费", "amount_fen": fen, "basis": "标准" });
        }
    });
    desk.import_guide(&changed).unwrap();
    let view = desk.enquire_bundle(&whole(NEWBORN)).unwrap();
    let limits: Vec<_> = view.members.iter().map(|m| (m.limit.unwrap().value, m.lawful)).collect();
    assert_eq!(limits, [(20, false), (10, true), (20, false)]);
    assert_eq!(view.cost, Cost { fen: 2150, by_item: false });
}

#[test]
fn one_sheet_is_made_saved_and_printed_and_leaves_no_trace_in_the_log() {
    let mut bench = Bench::new();
    let jobs = Arc::new(Mutex::new(Vec::new()));
    bench.desk.spooler = Box::new(Tray(jobs.clone()));
    let about = whole(NEWBORN);
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("sheets");
    let desk = &bench.desk;
    assert_eq!(desk.save_bundle_sheet(&about, true, &target).unwrap_err().code(), "not-signed-in");
    assert_eq!(desk.print_bundle_sheet(&about, true, None).unwrap_err().code(), "not-signed-in");
    assert!(!target.exists() && jobs.lock().unwrap().is_empty());
    desk.sign_in_practice_clerk().unwrap();
    let path = desk.save_bundle_sheet(&about, true, &target).unwrap();
    assert_eq!(path, target.join("B1-20261124-100000.pdf"));
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF"));
    let words = desk.print_bundle_sheet(&about, true, Some("三楼")).unwrap();
    assert!(words.contains("三楼"), "{words}");
    let (title, size) = jobs.lock().unwrap().pop().unwrap();
    assert!(title.starts_with("B1") && size > 10_000, "{title} {size}");
    assert_eq!(desk.store().head().unwrap().seq, 0);
    assert_eq!(desk.store().audit().unwrap().documents, 0);
}

#[test]
fn a_draft_begins_with_the_matters_and_the_answers_of_the_enquiry() {
    let desk = &Bench::new().desk;
    desk.sign_in_practice_clerk().unwrap();
    let mut about = told(NEWBORN, &[("agent", "yes"), (&format!("{INSURANCE}:q1"), "c")]);
    about.taken = Some(vec![INSURANCE.to_owned()]);
    // Told in full, first choice by first choice.
    loop {
        let view = desk.enquire_bundle(&about).unwrap();
        let open = view.questions.iter().find(|q| !view.answers.contains_key(&q.id));
        let Some(open) = open else { break };
        about.answers.insert(open.id.clone(), open.choices[0].id.clone());
    }
    // What does not count is not taken along.
    about.answers.insert(format!("{CARD}:q1"), "a".to_owned());
    let asked = desk.enquire_bundle(&about).unwrap();
    let view = desk.start_bundle(&about).unwrap();
    let chosen = view.draft.bundle.as_ref().unwrap();
    assert_eq!(chosen.taken, [BIRTH, INSURANCE]);
    assert!(view.draft.intake.agent.is_some());
    assert!(view.assessment.answered, "nobody is asked twice");
    assert!(!view.draft.intake.answers.contains_key("agent"));
    assert!(view.draft.intake.answers.keys().all(|id| !id.starts_with(CARD)));
    let told: Vec<_> = asked.materials.iter().map(|row| &row.material).collect();
    let listed: Vec<_> = view.assessment.checklist.iter().map(|row| &row.material).collect();
    assert_eq!(told, listed);

    let drafts = desk.drafts().unwrap().len();
    let refused = desk.start_bundle(&told_wrong()).unwrap_err();
    assert_eq!(refused.code(), "unknown-choice");
    assert_eq!(desk.drafts().unwrap().len(), drafts, "nothing was begun");
}

fn told_wrong() -> AboutBundle {
    told(NEWBORN, &[(&format!("{BIRTH}:q1"), "zz")])
}

#[test]
fn a_matter_that_is_not_taken_today_is_left_out_and_says_why() {
    let bench = Bench::new();
    let desk = &bench.desk;
    desk.sign_in_practice_clerk().unwrap();
    let suspended = |code: &str| {
        next_release(|guide| {
            let matters = guide["matters"].as_array_mut().unwrap();
            let of = matters.iter_mut().find(|m| m["code"] == code).unwrap();
            of["reference"] = json!({ "catalogue": { "state": "suspended" } });
        })
    };
    desk.import_guide(&suspended(CARD)).unwrap();
    let all = AboutBundle {
        taken: Some([BIRTH, INSURANCE, CARD].map(str::to_owned).to_vec()),
        ..whole(NEWBORN)
    };
    let view = desk.enquire_bundle(&all).unwrap();
    let taken: Vec<_> = view.members.iter().map(|m| m.taken).collect();
    assert_eq!(taken, [true, true, false]);
    assert_eq!(view.members[2].view.not_in_force, Some(NotInForce::Suspended {}));
    assert!(named(&view, "社会保障卡业务申请表").is_empty());
    desk.bundle_sheet(&all, false).unwrap();
    let draft = desk.start_bundle(&all).unwrap().draft;
    assert_eq!(draft.bundle.unwrap().taken, [BIRTH, INSURANCE]);
}

#[test]
fn a_bundle_whose_lead_is_not_taken_is_told_and_not_begun() {
    let bench = Bench::new();
    let desk = &bench.desk;
    desk.sign_in_practice_clerk().unwrap();
    let gone = next_release(|guide| {
        let matters = guide["matters"].as_array_mut().unwrap();
        let of = matters.iter_mut().find(|m| m["code"] == BIRTH).unwrap();
        of["reference"] = json!({ "catalogue": { "state": "cancelled" } });
    });
    desk.import_guide(&gone).unwrap();
    let view = desk.enquire_bundle(&whole(NEWBORN)).unwrap();
    assert!(view.members[0].taken && view.members[0].view.not_in_force.is_some());
    desk.bundle_sheet(&whole(NEWBORN), true).unwrap();
    assert_eq!(desk.start_bundle(&whole(NEWBORN)).unwrap_err().code(), "not-in-force");
    assert!(desk.drafts().unwrap().is_empty());
}
