//! What passes over the counter: a result to whoever may have it, and the applicant's word.

use std::thread;

use yichuang_domain::applicant::PartyInput;
use yichuang_domain::case::event::{Decision, EventBody};
use yichuang_domain::case::{Case, CaseState};
use yichuang_domain::document::DocumentKind;
use yichuang_domain::evaluation::{Answered, Evaluation, Occasion, Satisfaction};
use yichuang_domain::handover::{HandoverInput, ReceiverRole};
use yichuang_domain::matter::Delivery;
use yichuang_domain::named::Named as _;
use yichuang_domain::urgency::Light;

use super::asked::pulled;
use super::{Bench, enrol, script};
use crate::view::{ApplicantScreen, CaseAction, CaseFilter, CaseView};

/// A case that the department has decided.
pub(super) fn decided(bench: &Bench) -> Case {
    decided_as(bench, Decision::Granted)
}

fn decided_as(bench: &Bench, decision: Decision) -> Case {
    decided_with(bench, decision, "JY1150785")
}

fn decided_with(bench: &Bench, decision: Decision, number: &str) -> Case {
    enrol(&bench.desk, true);
    let case = bench.desk.play(&script("s01-m01.json")).unwrap().case;
    let granted = EventBody::Decided {
        decision,
        on: bench.desk.clock.today(),
        reason: String::new(),
        result_number: Some(number.to_owned()),
        basis: String::new(),
        remedies: String::new(),
    };
    pulled(bench, &case, granted);
    bench.desk.store().case(&case.id.to_string()).unwrap().unwrap()
}

pub(crate) fn collected(role: ReceiverRole) -> HandoverInput {
    HandoverInput {
        delivery: Delivery::Window,
        role,
        receiver: PartyInput {
            name: "额尔敦巴图".to_owned(),
            id_type: "resident-id".to_owned(),
            id_number: "15078519080609008x".to_owned(),
            phone: None,
            address: None,
        },
        authority: "单位介绍信".to_owned(),
        copies: 2,
        postal_number: String::new(),
        identity_checked: true,
    }
}

fn action(view: &CaseView) -> Option<String> {
    let found = view.actions.iter().find(|a| a.action == CaseAction::HandOver).unwrap();
    found.obstacle.clone()
}

#[test]
fn a_result_is_handed_over_once_with_its_papers_or_not_at_all() {
    let bench = Bench::new();
    let case = decided(&bench);
    let id = case.id.to_string();
    let desk = &bench.desk;
    assert_eq!(action(&desk.case(&id).unwrap()), None);
    let offered = desk.offered_handover(&id).unwrap();
    assert!(!offered.late && offered.roles.contains(&ReceiverRole::Other));

    let unchecked = HandoverInput { identity_checked: false, ..collected(ReceiverRole::Other) };
    let refused = desk.hand_over(&id, &unchecked, None).unwrap_err();
    assert_eq!(refused.field().as_deref(), Some("identity_checked"));
    assert_eq!(desk.store().case(&id).unwrap().unwrap(), case, "nothing happened");

    let view = desk.hand_over(&id, &collected(ReceiverRole::Other), None).unwrap();
    assert_eq!(view.case.state, CaseState::HandedOver);
    let delivered = view.case.delivered.as_ref().unwrap();
    assert_eq!(delivered.facts.as_ref().unwrap().receiver.id_number, "15078519080609008X");
    let kinds: Vec<_> = view.papers.iter().rev().take(2).map(|paper| paper.kind).collect();
    assert_eq!(kinds, [DocumentKind::DeliveryReceipt, DocumentKind::ResultSlip]);
    let told = view.timeline.iter().find(|entry| entry.title == "出件").unwrap();
    assert!(told.detail.contains("额尔敦巴图（代领人，单位介绍信）"), "{}", told.detail);
    assert!(!told.detail.contains("150785"), "a history shows no identity number");

    let again = desk.hand_over(&id, &collected(ReceiverRole::Other), None).unwrap_err();
    assert_eq!(again.code(), "not-now");
    assert_eq!(action(&desk.case(&id).unwrap()).as_deref(), Some("结果已经出件"));
    assert_eq!(desk.offered_handover(&id).unwrap_err().code(), "not-now");
    assert!(desk.store().audit().unwrap().findings.is_empty());
}

/// Nobody signs for a result that they were denied.
#[test]
fn a_denial_is_handed_out_as_a_denial() {
    let bench = Bench::new();
    let case = decided_as(&bench, Decision::Denied);
    let result = bench.desk.guide().unwrap().matter(&case.matter.code).unwrap().result.name.clone();
    let role = ReceiverRole::Applicant;
    let view = bench.desk.hand_over(&case.id.to_string(), &collected(role), None).unwrap();
    let papers: Vec<_> = view.papers.iter().rev().take(2).collect();
    for paper in papers {
        let words = bench.desk.paper(&paper.number).unwrap().words.unwrap();
        assert!(words.contains("不予办理决定书") && !words.contains(&result), "{words}");
        assert!(!words.contains("内容与申请一致"), "{words}");
    }
}

#[test]
fn a_slip_says_the_way_that_was_taken() {
    let bench = Bench::new();
    let id = decided(&bench).id.to_string();
    let view = bench.desk.hand_over(&id, &collected(ReceiverRole::Applicant), None).unwrap();
    let slip = view.papers.iter().find(|paper| paper.kind == DocumentKind::ResultSlip).unwrap();
    let words = bench.desk.paper(&slip.number).unwrap().words.unwrap();
    assert!(words.contains("窗口领取") && !words.contains("邮寄"), "{words}");
}

#[test]
fn what_no_font_draws_on_the_slip_leaves_the_result_where_it_is() {
    let bench = Bench::new();
    let case = decided(&bench);
    let id = case.id.to_string();
    let mut strange = collected(ReceiverRole::Other);
    strange.receiver.name = "张\u{E123}".to_owned();
    let refused = bench.desk.hand_over(&id, &strange, None).unwrap_err();
    assert_eq!(bench.desk.store().case(&id).unwrap().unwrap(), case, "{refused}");
}

#[test]
fn a_number_that_came_with_marks_nobody_sees_is_handed_out_without_them() {
    let bench = Bench::new();
    let case =
        decided_with(&bench, Decision::Granted, "\u{FEFF}JY1\u{200B}15\u{AD}0785\u{202C}\u{200E}");
    let role = ReceiverRole::Applicant;
    let view = bench.desk.hand_over(&case.id.to_string(), &collected(role), None).unwrap();
    assert_eq!(view.case.state, CaseState::HandedOver);
    for kind in [DocumentKind::ResultSlip, DocumentKind::DeliveryReceipt] {
        assert!(view.papers.iter().any(|paper| paper.kind == kind), "{kind:?}");
    }
}

#[test]
fn what_is_posted_has_its_number_and_no_slip_to_sign() {
    let bench = Bench::new();
    let id = decided(&bench).id.to_string();
    let posted = HandoverInput {
        delivery: Delivery::Post,
        role: ReceiverRole::Applicant,
        postal_number: "ea123456789cn".to_owned(),
        identity_checked: false,
        ..collected(ReceiverRole::Applicant)
    };
    let before = bench.desk.case(&id).unwrap();
    let view = bench.desk.hand_over(&id, &posted, None).unwrap();
    assert_eq!(view.papers.len(), before.papers.len() + 1);
    assert_eq!(view.papers.last().unwrap().kind, DocumentKind::DeliveryReceipt);
    let services: Vec<_> = view.services.iter().map(|s| s.occasion).collect();
    let collected = services.contains(&Occasion::Handover);
    assert!(!collected, "nobody came for what was posted: {services:?}");
}

#[test]
fn a_result_that_lies_too_long_is_lit() {
    let bench = Bench::new();
    let id = decided(&bench).id.to_string();
    let row = |bench: &Bench| bench.desk.list_cases(CaseFilter::default()).unwrap().rows.remove(0);
    let fresh = row(&bench);
    assert_eq!((fresh.id.as_str(), fresh.light), (id.as_str(), Some(Light::Green)));
    let by = fresh.deliver_by.unwrap();
    bench.wait(60 * 24 * 15);
    assert_eq!(row(&bench).light, Some(Light::Red));
    let offered = bench.desk.offered_handover(&id).unwrap();
    assert!(offered.late && offered.deliver_by == by);
    bench.desk.hand_over(&id, &collected(ReceiverRole::Other), None).unwrap();
    let done = row(&bench);
    assert_eq!((done.light, done.deliver_by), (None, None));
}

/// A case filed today, and its service.
fn served(bench: &Bench) -> (String, String) {
    let mut scenario = script("s01-m01.json");
    scenario.intake.filed_on = bench.desk.clock.today().to_string();
    scenario.expect = None;
    let view = bench.desk.play(&scenario).unwrap();
    let service = view.services.last().unwrap();
    assert_eq!((service.occasion, service.answered), (Occasion::Filing, Answered::Not));
    (view.case.id.to_string(), service.on.clone())
}

fn token(screen: &ApplicantScreen) -> String {
    match screen {
        ApplicantScreen::Asking { token, .. } => token.clone(),
        other => panic!("no service is asked about: {other:?}"),
    }
}

fn graded(satisfaction: Satisfaction) -> Evaluation {
    Evaluation { satisfaction, reasons: Vec::new(), words: "窗口没有人".to_owned() }
}

fn answered(bench: &Bench, id: &str) -> Answered {
    bench.desk.case(id).unwrap().services.last().unwrap().answered
}

#[test]
fn an_applicant_answers_once_by_their_own_hand_and_the_window_learns_only_that() {
    let bench = Bench::new();
    let (id, service) = served(&bench);
    let desk = &bench.desk;
    assert!(matches!(
        desk.applicant_screen().unwrap(),
        ApplicantScreen::Idle { practice: true, .. }
    ));
    let asked = desk.invite_evaluation(&id, &service).unwrap();
    assert!(asked.open, "the screen looked in a moment ago");
    assert_eq!(asked.waiting.unwrap().case, id);
    let screen = desk.applicant_screen().unwrap();
    let once = token(&screen);

    // The clerk is away: whoever was served can still answer.
    let clerk = desk.clerk();
    desk.set_clerk(None);
    let said = graded(Satisfaction::VeryDissatisfied);
    let after = desk.answer_evaluation(&once, Some(said.clone())).unwrap();
    assert!(matches!(after, ApplicantScreen::Idle { .. }));
    let again = desk.answer_evaluation(&once, Some(graded(Satisfaction::VerySatisfied)));
    assert_eq!(again.unwrap_err().code(), "not-now");
    desk.set_clerk(clerk);

    assert_eq!(answered(&bench, &id), Answered::Given);
    assert_eq!(desk.invite_evaluation(&id, &service).unwrap_err().code(), "not-now");
    let paper = desk.enter_evaluation(&id, &service, graded(Satisfaction::VerySatisfied));
    assert_eq!(paper.unwrap_err().code(), "not-now", "a service is judged once");

    // It is on record as it was said, and no view gives it back.
    let stored = desk.store().case(&id).unwrap().unwrap();
    assert_eq!(stored.evaluations[0].evaluation.as_ref(), Some(&said));
    let shown = [
        serde_json::to_string(&desk.case(&id).unwrap()).unwrap(),
        serde_json::to_string(&desk.list_cases(CaseFilter::default()).unwrap()).unwrap(),
        serde_json::to_string(&desk.workbench().unwrap()).unwrap(),
        serde_json::to_string(&desk.evaluation_screen().unwrap()).unwrap(),
        serde_json::to_string(&desk.applicant_screen().unwrap()).unwrap(),
    ];
    for view in shown {
        for name in Satisfaction::ALL.iter().flat_map(|s| [s.name(), s.word()]) {
            assert!(!view.contains(&format!("\"{name}\"")), "{name} in {view}");
        }
        assert!(!view.contains("窗口没有人"));
    }
}

#[test]
fn not_wanting_to_say_is_no_grade_and_stands_against_none() {
    let bench = Bench::new();
    let (id, service) = served(&bench);
    bench.desk.invite_evaluation(&id, &service).unwrap();
    let once = token(&bench.desk.applicant_screen().unwrap());
    bench.desk.answer_evaluation(&once, None).unwrap();
    assert_eq!(answered(&bench, &id), Answered::Declined);
    let view = bench.desk.enter_evaluation(&id, &service, graded(Satisfaction::Satisfied)).unwrap();
    assert_eq!(view.services.last().unwrap().answered, Answered::Given);
    let strange = bench.desk.enter_evaluation(&id, "2026-01-05", graded(Satisfaction::Fair));
    assert_eq!(strange.unwrap_err().field().as_deref(), Some("service"));
}

#[test]
fn whoever_comes_next_does_not_answer_for_who_was_asked() {
    let bench = Bench::new();
    let (id, service) = served(&bench);
    let desk = &bench.desk;
    desk.invite_evaluation(&id, &service).unwrap();
    let first = token(&desk.applicant_screen().unwrap());
    bench.wait(6);
    assert!(matches!(desk.applicant_screen().unwrap(), ApplicantScreen::Idle { .. }));
    let late = desk.answer_evaluation(&first, Some(graded(Satisfaction::Satisfied)));
    assert_eq!(late.unwrap_err().code(), "not-now");

    desk.invite_evaluation(&id, &service).unwrap();
    let second = token(&desk.applicant_screen().unwrap());
    assert_ne!(first, second);
    desk.stop_evaluation().unwrap();
    let taken_back = desk.answer_evaluation(&second, None);
    assert_eq!(taken_back.unwrap_err().code(), "not-now");

    // A clock that was put back leaves nothing standing either.
    desk.invite_evaluation(&id, &service).unwrap();
    bench.wait(-30);
    assert!(matches!(desk.applicant_screen().unwrap(), ApplicantScreen::Idle { .. }));
    assert_eq!(answered(&bench, &id), Answered::Not);
}

#[test]
fn one_question_at_a_time_and_only_about_today() {
    let bench = Bench::new();
    let (id, service) = served(&bench);
    let (other, _) = served(&bench);
    bench.desk.invite_evaluation(&id, &service).unwrap();
    assert_eq!(bench.desk.invite_evaluation(&other, &service).unwrap_err().code(), "not-now");
    bench.desk.stop_evaluation().unwrap();
    bench.wait(60 * 24);
    assert_eq!(bench.desk.invite_evaluation(&id, &service).unwrap_err().code(), "not-now");
    bench.desk.enter_evaluation(&id, &service, graded(Satisfaction::Fair)).unwrap();
}

#[test]
fn two_hands_on_one_question_make_one_answer() {
    let bench = Bench::new();
    let (id, service) = served(&bench);
    bench.desk.invite_evaluation(&id, &service).unwrap();
    let once = token(&bench.desk.applicant_screen().unwrap());
    let desk = &bench.desk;
    let given: usize = thread::scope(|scope| {
        let hands = [Satisfaction::VerySatisfied, Satisfaction::VeryDissatisfied].map(|grade| {
            let once = &once;
            scope.spawn(move || desk.answer_evaluation(once, Some(graded(grade))).is_ok())
        });
        hands.into_iter().map(|hand| usize::from(hand.join().unwrap())).sum()
    });
    assert_eq!(given, 1);
    let case = desk.store().case(&id).unwrap().unwrap();
    let said = desk.store().case_events(case.id).unwrap();
    let said = said.iter().filter(|e| matches!(e.body, EventBody::Evaluated { .. })).count();
    assert_eq!((said, case.conflicts.len()), (1, 0));
}
