//! 屏幕签名: a result is signed for on a screen, goes on record with the handover, and is shown nowhere
//! that it need not be.

use yichuang_domain::case::event::EventBody;
use yichuang_domain::document::DocumentKind;
use yichuang_domain::handover::{HandoverInput, ReceiverRole};
use yichuang_domain::matter::Delivery;
use yichuang_domain::signature::{PenPoint, SigningScreen, Strokes};

use super::counter::{collected, decided};
use super::{Bench, script};
use crate::desk::Desk;
use crate::error::DeskError;
use crate::handover::HandoverBeside;
use crate::view::{ApplicantScreen, CaseFilter, CaseView, SigningState, SigningView};

/// A stroke down and one across.
fn name() -> Vec<Vec<PenPoint>> {
    let down = (0..=50).map(|i| PenPoint { x: 400 + i, y: 60 + i * 9, t: i * 8, p: 90 + i });
    let across = (0..=50).map(|i| PenPoint { x: 300 + i * 20, y: 250, t: 600 + i * 8, p: 140 });
    vec![down.collect(), across.collect()]
}

fn asked(bench: &Bench, id: &str, input: &HandoverInput) -> String {
    let view = bench.desk.ask_signature(id, input, None, SigningScreen::Applicant).unwrap();
    let request = view.request.unwrap();
    assert_eq!((request.state, request.strokes.len()), (SigningState::Waiting, 0));
    request.token
}

fn state(view: SigningView) -> Option<SigningState> {
    view.request.map(|request| request.state)
}

/// 出件 with what was signed.
fn hand_over_signed(
    desk: &Desk,
    id: &str,
    input: &HandoverInput,
    token: &str,
) -> Result<CaseView, DeskError> {
    let beside = HandoverBeside { signature: Some(token.to_owned()), also: Vec::new() };
    desk.hand_over_with(id, input, None, &beside)
}

/// The signature as the log holds it.
fn recorded(bench: &Bench, id: &str) -> Option<yichuang_domain::signature::HandSignature> {
    let events = bench.desk.store().case_events(id.parse().unwrap()).unwrap();
    events.into_iter().find_map(|event| match event.body {
        EventBody::HandedOver { signature, .. } => signature,
        _ => None,
    })
}

#[test]
fn a_result_is_signed_for_on_the_applicants_screen_and_the_papers_have_it() {
    let bench = Bench::new();
    let desk = &bench.desk;
    let id = decided(&bench).id.to_string();
    let input = collected(ReceiverRole::Other);
    let token = asked(&bench, &id, &input);

    // Whoever signs reads what for.
    let ApplicantScreen::Signing { request, practice: true, .. } = desk.applicant_screen().unwrap()
    else {
        panic!("nothing to sign");
    };
    assert_eq!((request.signer.as_str(), request.copies), ("额尔敦巴图", 2));
    assert_eq!(request.papers, [DocumentKind::ResultSlip, DocumentKind::DeliveryReceipt]);
    assert!(request.result.contains("（JY1150785）"), "{}", request.result);
    let dot = vec![vec![PenPoint { x: 5, y: 5, t: 0, p: 128 }]];
    let refused = desk.sign(&token, &dot).unwrap_err();
    assert_eq!((refused.code(), refused.field().as_deref()), ("bad-signature", Some("strokes")));
    desk.sign(&token, &name()).unwrap();
    assert_eq!(desk.sign(&token, &name()).unwrap_err().code(), "not-now", "once");
    assert!(matches!(desk.applicant_screen().unwrap(), ApplicantScreen::Idle { .. }));

    let seen = desk.signing().unwrap();
    assert!(seen.open);
    let request = seen.request.unwrap();
    let strokes = Strokes::written(&name()).unwrap();
    assert_eq!(
        (request.state, request.strokes.as_slice()),
        (SigningState::Signed, strokes.lines())
    );
    assert_eq!(recorded(&bench, &id), None, "it goes on record with the handover");

    let view = hand_over_signed(desk, &id, &input, &token).unwrap();
    let signature = recorded(&bench, &id).unwrap();
    assert_eq!((signature.signer.as_str(), &signature.strokes), ("额尔敦巴图", &strokes));
    assert_eq!(signature.screen, SigningScreen::Applicant);
    let told = view.timeline.iter().find(|entry| entry.title == "出件").unwrap();
    assert!(told.detail.ends_with("屏幕手写签名"), "{}", told.detail);
    for paper in view.papers.iter().rev().take(2) {
        let archived = desk.paper(&paper.number.to_string()).unwrap();
        let words = archived.words.unwrap();
        assert!(words.contains("屏幕手写签名"), "{:?}", paper.kind);
    }
    assert_eq!(state(desk.signing().unwrap()), None, "and is forgotten");
    assert!(desk.store().audit().unwrap().findings.is_empty());
}

#[test]
fn what_was_signed_is_in_no_view_of_the_case() {
    let bench = Bench::new();
    let desk = &bench.desk;
    let id = decided(&bench).id.to_string();
    let input = collected(ReceiverRole::Other);
    let token = asked(&bench, &id, &input);
    desk.sign(&token, &name()).unwrap();
    hand_over_signed(desk, &id, &input, &token).unwrap();
    let strokes = serde_json::to_string(&recorded(&bench, &id).unwrap().strokes).unwrap();
    let view = desk.case(&id).unwrap();
    assert!(view.case.delivered.as_ref().unwrap().signed.is_some());
    let shown = [
        serde_json::to_string(&view).unwrap(),
        serde_json::to_string(&desk.list_cases(CaseFilter::default()).unwrap()).unwrap(),
        serde_json::to_string(&desk.workbench().unwrap()).unwrap(),
        format!("{:?}", desk.store().case_events(id.parse().unwrap()).unwrap()),
    ];
    for shown in &shown {
        assert!(!shown.contains("strokes\":[") && !shown.contains(&strokes), "{shown}");
    }
    // Nor does the case that is kept hold it.
    let kept = serde_json::to_string(&desk.store().case(&id).unwrap().unwrap()).unwrap();
    assert!(!kept.contains(&strokes));
}

#[test]
fn a_signature_is_good_for_exactly_what_was_shown() {
    let bench = Bench::new();
    let desk = &bench.desk;
    let case = decided(&bench);
    let id = case.id.to_string();
    let input = collected(ReceiverRole::Other);
    let token = asked(&bench, &id, &input);
    let refused = |input: &HandoverInput, token: &str| {
        let refused = hand_over_signed(desk, &id, input, token).unwrap_err();
        assert_eq!(refused.field().as_deref(), Some("signature"));
        refused.to_string()
    };
    assert!(refused(&input, &token).contains("还没有签名"));
    desk.sign(&token, &name()).unwrap();
    let more = HandoverInput { copies: 3, ..input.clone() };
    assert!(refused(&more, &token).contains("改过"));
    let mut another = input.clone();
    another.receiver.name = "苏和".to_owned();
    assert!(refused(&another, &token).contains("改过"));
    assert!(refused(&input, "made up").contains("失效"));
    let other = asked(&bench, &id, &input);
    assert!(refused(&input, &token).contains("失效"), "asked again, it is gone");
    assert_eq!(desk.store().case(&id).unwrap().unwrap(), case, "nothing happened");

    desk.leave_signing(&other).unwrap();
    assert_eq!(state(desk.signing().unwrap()), Some(SigningState::Left));
    assert!(refused(&input, &other).contains("还没有签名"));
    desk.hand_over(&id, &input, None).unwrap();
    assert_eq!(recorded(&bench, &id), None, "on paper as ever");
}

#[test]
fn nobody_is_asked_what_could_not_be_handed_over() {
    let bench = Bench::new();
    let desk = &bench.desk;
    let id = decided(&bench).id.to_string();
    let fault = |input: &HandoverInput| {
        let refused = desk.ask_signature(&id, input, None, SigningScreen::Clerk).unwrap_err();
        (refused.code().to_owned(), refused.field().unwrap_or_default())
    };
    let unchecked = HandoverInput { identity_checked: false, ..collected(ReceiverRole::Other) };
    assert_eq!(fault(&unchecked).1, "identity_checked");
    let posted = HandoverInput {
        delivery: Delivery::Post,
        postal_number: "EA123456789CN".to_owned(),
        ..collected(ReceiverRole::Other)
    };
    assert_eq!(fault(&posted), ("not-allowed".to_owned(), "delivery".to_owned()));
    let undecided = desk.play(&script("s01-m01.json")).unwrap().case.id.to_string();
    let early =
        desk.ask_signature(&undecided, &collected(ReceiverRole::Other), None, SigningScreen::Clerk);
    assert_eq!(early.unwrap_err().code(), "not-now");
    assert_eq!(state(desk.signing().unwrap()), None);
}

#[test]
fn the_next_one_at_the_window_finds_nothing_of_who_was_there_before() {
    let bench = Bench::new();
    let desk = &bench.desk;
    let id = decided(&bench).id.to_string();
    let input = collected(ReceiverRole::Other);
    let token = asked(&bench, &id, &input);
    bench.wait(11);
    assert_eq!(desk.sign(&token, &name()).unwrap_err().code(), "not-now");
    let token = asked(&bench, &id, &input);
    desk.sign(&token, &name()).unwrap();
    bench.wait(11);
    assert!(hand_over_signed(desk, &id, &input, &token).is_err());

    // What one clerk had signed another neither sees nor uses.
    let token = asked(&bench, &id, &input);
    desk.sign(&token, &name()).unwrap();
    let clerk = desk.clerk().unwrap();
    desk.set_clerk(Some(crate::view::ClerkView { id: "another".to_owned(), ..clerk }));
    assert_eq!(state(desk.signing().unwrap()), None);
    assert!(hand_over_signed(desk, &id, &input, &token).is_err());

    // Who locks the desk leaves no name and no result on the applicant's screen.
    let token = asked(&bench, &id, &input);
    desk.sign_out();
    assert!(matches!(desk.applicant_screen().unwrap(), ApplicantScreen::Idle { .. }));
    assert_eq!(desk.sign(&token, &name()).unwrap_err().code(), "not-now");
}

#[test]
fn a_question_on_the_screen_waits_for_the_one_before() {
    let bench = Bench::new();
    let desk = &bench.desk;
    let id = decided(&bench).id.to_string();
    let input = collected(ReceiverRole::Other);
    let mut filed = script("s01-m01.json");
    filed.intake.filed_on = desk.clock.today().to_string();
    filed.expect = None;
    let served = desk.play(&filed).unwrap();
    let service = served.services.last().unwrap().on.clone();
    let other = served.case.id.to_string();
    desk.invite_evaluation(&other, &service).unwrap();
    let refused = desk.ask_signature(&id, &input, None, SigningScreen::Applicant);
    assert_eq!(refused.unwrap_err().code(), "not-now");
    // The clerk's own screen is free all the same.
    desk.ask_signature(&id, &input, None, SigningScreen::Clerk).unwrap();
    let screen = desk.applicant_screen().unwrap();
    assert!(
        matches!(screen, ApplicantScreen::Asking { .. }),
        "and shows nothing of it: {screen:?}"
    );
    desk.stop_evaluation().unwrap();
    desk.stop_signing().unwrap();
    asked(&bench, &id, &input);
    assert_eq!(desk.invite_evaluation(&other, &service).unwrap_err().code(), "not-now");
}
