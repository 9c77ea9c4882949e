//! What a department asked for in its review, at the window.

use yichuang_domain::case::event::{
    Actor, AskedItem, Event, EventBody, GENESIS, SealedEvent, SignedEvent,
};
use yichuang_domain::case::{Case, CaseState};
use yichuang_domain::checklist::Check;

use super::{Bench, enrol, script};
use crate::view::CaseAction;

/// What the hub added to a case, as its first event for this window.
pub(super) fn pulled(bench: &Bench, case: &Case, body: EventBody) {
    pulled_all(bench, vec![(case, body)]);
}

/// What the hub added to cases, as its first events for this window.
pub(crate) fn pulled_all(bench: &Bench, bodies: Vec<(&Case, EventBody)>) {
    let mut prev_hash = GENESIS.to_owned();
    let mut signed = Vec::new();
    for (seq, (case, body)) in (1..).zip(bodies) {
        let event = Event {
            origin: "hub-0123456789abcdef-A1".to_owned(),
            seq,
            at: bench.desk.clock.now(),
            clock_skew: Some(0),
            lamport: case.lamport + 1,
            actor: Actor { id: "lina".to_owned(), name: "李娜".to_owned() },
            case: case.id,
            body,
            prev_hash,
        };
        let SealedEvent { text, hash } = SealedEvent::seal(&event).unwrap();
        prev_hash = hash.clone();
        signed.push(SignedEvent { text, hash, signature: String::new() });
    }
    let cursor = signed.len() as u64;
    bench.desk.store().take_pulled(&signed, cursor).unwrap();
}

#[test]
fn what_the_review_asks_for_is_listed_and_its_arrival_recorded() {
    let bench = Bench::new();
    enrol(&bench.desk, true);
    let case = bench.desk.play(&script("s01-m01.json")).unwrap().case;
    assert!(case.state.is_under_way());
    let id = case.id.to_string();
    let [one, other] = [0, 1].map(|n| case.materials[n].material.id.clone());
    let item = |id: &String| AskedItem { id: id.clone(), mend: format!("重新提交{id}") };
    let body = EventBody::SupplementAsked {
        on: case.filed_on,
        items: vec![item(&one), item(&other)],
        reason: "复印件不清".to_owned(),
    };
    pulled(&bench, &case, body);

    let view = bench.desk.case(&id).unwrap();
    assert_eq!(view.case.state, CaseState::SupplementAsked);
    let asked: Vec<_> = view.notice_items.iter().map(|i| (&i.id, &*i.reason, i.check)).collect();
    let mend = [format!("重新提交{one}"), format!("重新提交{other}")];
    assert_eq!(asked, [(&one, &*mend[0], Check::Defective), (&other, &*mend[1], Check::Defective)]);
    let can = |view: &crate::view::CaseView| {
        let action = view.actions.iter().find(|a| a.action == CaseAction::Supplement).unwrap();
        action.obstacle.is_none()
    };
    assert!(can(&view));
    let workbench = bench.desk.workbench().unwrap();
    assert_eq!(workbench.supplement_waiting.rows.len(), 1);
    let news: Vec<_> =
        workbench.news.rows.iter().map(|row| (&*row.id, row.news.as_deref())).collect();
    assert_eq!(news, [(&*id, Some("审查补正"))]);
    bench.desk.seen_case(&id).unwrap();
    assert!(bench.desk.workbench().unwrap().news.rows.is_empty(), "somebody has looked");
    let told = view.timeline.last().unwrap();
    assert!(told.from_hub && told.title == "审查补正" && told.detail.contains("复印件不清"));

    let strange = bench.desk.record_supplement(&id, None, &["m99".to_owned()]).unwrap_err();
    assert_eq!(strange.code(), "not-in-notice");
    let view = bench.desk.record_supplement(&id, None, std::slice::from_ref(&one)).unwrap();
    assert_eq!(view.case.state, CaseState::SupplementAsked);
    assert!(view.notice_items[0].arrived_on.is_some() && view.notice_items[1].arrived_on.is_none());
    let view = bench.desk.record_supplement(&id, None, &[other]).unwrap();
    assert_eq!(view.case.state, CaseState::InReview);
    assert!(!can(&view));
    assert_eq!(view.case.conflicts, []);
    assert_eq!(bench.desk.workbench().unwrap().supplement_waiting.total, 0);
}

#[test]
fn what_the_case_was_accepted_without_is_recorded_when_it_comes() {
    let bench = Bench::new();
    let view = bench.desk.play(&script("s09-m05.json")).unwrap();
    assert_eq!(view.case.state, CaseState::AcceptedDeferred);
    let (id, on) = (view.case.id.to_string(), view.case.accepted_on.unwrap().to_string());
    let [line] = &view.notice_items[..] else { panic!("{:?}", view.notice_items) };
    assert_eq!((line.check, &line.arrived_on), (Check::Deferred, &None));
    let can = |view: &crate::view::CaseView| {
        view.actions.iter().any(|a| a.action == CaseAction::Supplement && a.obstacle.is_none())
    };
    assert!(can(&view));
    let other = view.case.materials.iter().find(|m| m.material.id != line.id).unwrap();
    let strange = [other.material.id.clone()];
    let refused = bench.desk.record_supplement(&id, Some(&on), &strange).unwrap_err();
    assert_eq!(refused.code(), "not-in-notice");
    let late =
        bench.desk.record_supplement(&id, Some("2020-01-01"), std::slice::from_ref(&line.id));
    assert_eq!(late.unwrap_err().code(), "date-before-notice");
    let view =
        bench.desk.record_supplement(&id, Some(&on), std::slice::from_ref(&line.id)).unwrap();
    assert_eq!((view.case.state, can(&view)), (CaseState::Accepted, false));
    assert_eq!(view.case.arrived.len(), 1);
    assert!(bench.desk.store().audit().unwrap().findings.is_empty());
}
