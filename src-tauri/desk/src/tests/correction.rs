//! 更正: what was typed wrongly of who applies, put right with the papers that say so.

use yichuang_domain::applicant::PartyInput;
use yichuang_domain::correction::CorrectionInput;
use yichuang_domain::document::DocumentKind;

use super::counter::{collected, decided};
use super::{Bench, enrol, script};
use crate::view::{CaseAction, CaseFilter, CaseView};

fn typed(view: &CaseView) -> CorrectionInput {
    let party = |party: &yichuang_domain::applicant::Party| PartyInput {
        name: party.name.clone(),
        id_type: party.id_type.as_str().to_owned(),
        id_number: party.id_number.clone(),
        phone: party.phone.clone(),
        address: party.address.clone(),
    };
    CorrectionInput {
        applicant: party(&view.case.applicant.party),
        agent: view.case.agent.as_ref().map(party),
        reason: "录入有误".to_owned(),
    }
}

fn found(bench: &Bench, text: &str) -> usize {
    let filter = CaseFilter { text: text.to_owned(), limit: 10, ..CaseFilter::default() };
    bench.desk.list_cases(filter).unwrap().rows.len()
}

#[test]
fn a_name_is_put_right_everywhere_and_its_papers_are_made_anew() {
    let bench = Bench::new();
    enrol(&bench.desk, true);
    let view = bench.desk.play(&script("s01-m01.json")).unwrap();
    let id = view.case.id.to_string();
    let was = view.case.applicant.party.name.clone();
    let issued = view.papers.len();
    let mut input = typed(&view);
    input.applicant.name = "乌日娜𬱖".to_owned();
    let after = bench.desk.correct_parties(&id, &input, &view.case.parties()).unwrap();
    assert_eq!(after.case.applicant.party.name, "乌日娜𬱖");
    assert_eq!(after.case.state, view.case.state);
    assert_eq!((found(&bench, "乌日娜𬱖"), found(&bench, &was)), (1, 0));

    let (old, new) = after.papers.split_at(issued);
    assert!(old.iter().all(|paper| paper.outdated) && new.iter().all(|paper| !paper.outdated));
    let kinds: Vec<_> = new.iter().map(|paper| paper.kind).collect();
    assert_eq!(kinds, [DocumentKind::MaterialReceipt, DocumentKind::Acceptance]);
    for paper in new {
        let words = bench.desk.paper(&paper.number).unwrap().words.unwrap();
        assert!(words.contains("乌日娜𬱖") && !words.contains(&was), "{words}");
    }
    let told = &after.timeline.iter().find(|entry| entry.title == "更正").unwrap().detail;
    assert!(told.contains(&was) && told.contains("乌日娜𬱖"), "{told}");

    let known = bench.desk.known_parties("乌日娜").unwrap();
    assert_eq!(known.len(), 1, "the next time the right name is offered");
    assert!(bench.desk.known_parties(&was).unwrap().is_empty());
    assert!(bench.desk.store().audit().unwrap().findings.is_empty());
}

#[test]
fn what_was_replaced_is_no_longer_owed_in_the_evening() {
    let bench = Bench::new();
    enrol(&bench.desk, true);
    let view = bench.desk.play(&script("s01-m01.json")).unwrap();
    let open = |bench: &Bench| bench.desk.day_end(None).unwrap().items.len();
    let mut input = typed(&view);
    input.applicant.phone = Some("13947010101".to_owned());
    let after = bench
        .desk
        .correct_parties(&view.case.id.to_string(), &input, &view.case.parties())
        .unwrap();
    let anew = after.papers.iter().filter(|paper| !paper.outdated).count();
    assert!(after.papers.len() > anew);
    assert_eq!(open(&bench), anew);
    assert_eq!(bench.desk.store().open_papers().unwrap() as usize, anew);
}

#[test]
fn a_name_that_no_paper_can_show_corrects_nothing() {
    let bench = Bench::new();
    enrol(&bench.desk, true);
    let view = bench.desk.play(&script("s01-m01.json")).unwrap();
    let id = view.case.id.to_string();
    let mut input = typed(&view);
    input.applicant.name = "张\u{E123}".to_owned();
    bench.desk.correct_parties(&id, &input, &view.case.parties()).unwrap_err();
    assert_eq!(bench.desk.case(&id).unwrap().case, view.case, "nothing happened");
    let parties = bench.desk.known_parties(&view.case.applicant.party.name).unwrap();
    assert_eq!(parties.len(), 1);
}

#[test]
fn after_the_result_went_out_it_is_too_late() {
    let bench = Bench::new();
    let id = decided(&bench).id.to_string();
    let obstacle = |view: &CaseView| {
        let action = view.actions.iter().find(|a| a.action == CaseAction::Correct).unwrap();
        action.obstacle.clone()
    };
    let view = bench.desk.case(&id).unwrap();
    assert_eq!(obstacle(&view), None);
    let role = yichuang_domain::handover::ReceiverRole::Other;
    let view = bench.desk.hand_over(&id, &collected(role), None).unwrap();
    assert!(obstacle(&view).unwrap().contains("不能更正"));
    let mut input = typed(&view);
    input.applicant.name = "乌日娜".to_owned();
    assert_eq!(
        bench.desk.correct_parties(&id, &input, &view.case.parties()).unwrap_err().code(),
        "not-now"
    );
}

/// Two pages, or two clerks before and after a lock: the later does not undo the earlier unseen.
#[test]
fn what_was_corrected_since_is_not_undone_unseen() {
    let bench = Bench::new();
    enrol(&bench.desk, true);
    let view = bench.desk.play(&script("s01-m01.json")).unwrap();
    let (id, seen) = (view.case.id.to_string(), view.case.parties());
    let mut phone = typed(&view);
    phone.applicant.phone = Some("13947010101".to_owned());
    bench.desk.correct_parties(&id, &phone, &seen).unwrap();
    let mut name = typed(&view);
    name.applicant.name = "乌日娜".to_owned();
    assert_eq!(bench.desk.correct_parties(&id, &name, &seen).unwrap_err().code(), "stale");
    let kept = bench.desk.case(&id).unwrap();
    assert_eq!(kept.case.applicant.party.phone.as_deref(), Some("13947010101"));
}
