use yichuang_domain::applicant::{ApplicantInput, ApplicantKind, PartyInput};
use yichuang_domain::case::IssuedDocument;
use yichuang_domain::case::event::{AskedItem, Decision, EventBody};
use yichuang_domain::case::{Case, CaseState};
use yichuang_domain::checklist::Check;
use yichuang_domain::condition::Answers;
use yichuang_domain::correction::CorrectionInput;
use yichuang_domain::determination::Determination;
use yichuang_domain::document::DocumentKind;
use yichuang_domain::evaluation::{Answered, Evaluation, Satisfaction};
use yichuang_domain::handover::{HandoverInput, ReceiverRole};
use yichuang_domain::intake::CheckInput;

use super::AboutBundle;
use crate::error::DeskError;
use crate::handover::HandoverBeside;
use crate::tests::asked::pulled_all;
use crate::tests::counter::collected;
use crate::tests::{Bench, enrol};
use crate::view::{CaseView, Draft, DraftView, Step};

/// 新生儿出生一件事: 落户 (leads), 医保参保, 社保卡.
const NEWBORN: &str = "B1";

/// Every matter of a bundle that is taken, and nothing told.
pub(super) fn whole(id: &str) -> AboutBundle {
    AboutBundle { id: id.to_owned(), taken: None, answers: Answers::new() }
}

fn ready(bench: &Bench) {
    enrol(&bench.desk, true);
    bench.desk.sign_in_practice_clerk().unwrap();
}

fn start(bench: &Bench) -> DraftView {
    bench.desk.start_bundle(&whole(NEWBORN)).unwrap()
}

/// A draft for which an agent comes: every matter wants the same authorization, and one paper of it.
fn with_agent(bench: &Bench) -> DraftView {
    let mut view = start(bench);
    view.draft.intake.agent = Some(PartyInput {
        name: "额尔敦巴图".to_owned(),
        id_type: "resident-id".to_owned(),
        id_number: "15078519080609008x".to_owned(),
        phone: None,
        address: None,
    });
    bench.desk.save_draft(view.draft).unwrap()
}

/// Every question answered with its first choice, an applicant, every material `present` but those
/// whose names contain one of `missing`.
fn filled(bench: &Bench, mut view: DraftView, missing: &[&str]) -> DraftView {
    loop {
        let answers = &view.draft.intake.answers;
        let open = view.assessment.questions.iter().find(|q| !answers.contains_key(&q.id));
        let Some(open) = open else { break };
        let (id, choice) = (open.id.clone(), open.choices[0].id.clone());
        view.draft.intake.answers.insert(id, choice);
        view = bench.desk.save_draft(view.draft).unwrap();
    }
    let mut draft: Draft = view.draft.clone();
    draft.intake.applicant = ApplicantInput {
        kind: "person".to_owned(),
        party: PartyInput {
            name: "王䶮".to_owned(),
            id_type: "resident-id".to_owned(),
            id_number: "150785190105180023".to_owned(),
            phone: None,
            address: None,
        },
    };
    let check = |name: &str| match missing.iter().any(|part| name.contains(part)) {
        true => Check::Missing,
        false => Check::Present,
    };
    draft.intake.materials = view
        .assessment
        .checklist
        .iter()
        .map(|row| CheckInput {
            id: row.material.id.clone(),
            check: check(&row.material.name).as_str().to_owned(),
            reason: String::new(),
        })
        .collect();
    draft.step = Step::Determination;
    bench.desk.save_draft(draft).unwrap()
}

fn determinations(view: &DraftView) -> Vec<Determination> {
    let members = &view.bundle.as_ref().unwrap().members;
    members.iter().filter(|m| m.taken).map(|m| m.determination.clone().unwrap()).collect()
}

fn file(bench: &Bench, view: &DraftView, later: bool) -> CaseView {
    bench.desk.file_bundle(&view.draft.id, &determinations(view), later).unwrap()
}

fn all(bench: &Bench, lead: &CaseView) -> Vec<Case> {
    let numbers = &lead.case.bundle.as_ref().unwrap().cases;
    let stored = |number| bench.desk.store().case_numbered(number).unwrap().unwrap();
    numbers.iter().map(stored).collect()
}

#[test]
fn one_intake_becomes_linked_cases_with_one_set_of_papers() {
    let bench = Bench::new();
    ready(&bench);
    let view = filled(&bench, start(&bench), &[]);
    let bundle = view.bundle.clone().unwrap();
    assert_eq!(view.matter.matter.name, "新生儿出生一件事");
    assert_eq!(bundle.members.len(), 3);
    assert!(view.assessment.faults.is_empty(), "{:?}", view.assessment.faults);
    let savings = bundle.savings.unwrap();
    assert!(savings.visits.joint < savings.visits.apart);
    assert!(savings.steps.joint < savings.steps.apart);

    let lead = file(&bench, &view, false);
    let cases = all(&bench, &lead);
    assert_eq!(cases.len(), 3);
    assert_eq!(lead.linked.len(), 2);
    assert_eq!(lead.case.number, lead.case.bundle.as_ref().unwrap().lead);
    assert!(cases.iter().all(|case| case.state == CaseState::Accepted));
    assert!(cases.iter().all(|case| case.bundle == lead.case.bundle));
    let due = lead.case.due.as_ref().map(|due| due.limit);
    assert!(cases.iter().all(|case| case.due.as_ref().map(|d| d.limit) == due), "the lead's limit");

    // One receipt and one notice of acceptance, on record in each of the cases.
    let papers: Vec<_> =
        lead.papers.iter().map(|paper| (paper.kind, paper.number.clone())).collect();
    let kinds: Vec<_> = papers.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, [DocumentKind::MaterialReceipt, DocumentKind::Acceptance]);
    for case in &cases {
        let own: Vec<_> = case.documents.iter().map(|d| (d.kind, d.number.to_string())).collect();
        assert_eq!(own, papers);
    }
    let receipt = bench.desk.paper(&papers[0].1).unwrap();
    let words = receipt.words.unwrap();
    for case in &cases {
        assert!(words.contains(case.number.as_str()), "the paper names {}", case.number);
        assert!(words.contains(&case.matter.name));
    }
    assert!(bench.desk.store().audit().unwrap().findings.is_empty());
    assert!(bench.desk.drafts().unwrap().is_empty());
}

#[test]
fn what_is_missing_once_is_told_once_and_arrives_everywhere() {
    let bench = Bench::new();
    ready(&bench);
    let view = with_agent(&bench);
    let view = filled(&bench, view, &["授权委托书"]);
    let rows = view.assessment.checklist.iter();
    let asked = rows.filter(|row| row.material.name.contains("授权委托书")).count();
    assert_eq!(asked, 1, "one paper for all");

    let lead = file(&bench, &view, false);
    let cases = all(&bench, &lead);
    let waiting: Vec<_> =
        cases.iter().filter(|case| case.state == CaseState::NoticeGiven).collect();
    assert!(waiting.len() >= 2, "{:?}", cases.iter().map(|c| c.state).collect::<Vec<_>>());
    let notice = |case: &Case| {
        let found = case.documents.iter().find(|d| d.kind == DocumentKind::OneTimeNotice);
        found.unwrap().number.clone()
    };
    assert!(waiting.iter().all(|case| notice(case) == notice(waiting[0])), "one notice");

    bench.wait(60 * 24);
    let first = waiting[0];
    let ids = first.listed.clone();
    bench.desk.record_supplement(&first.id.to_string(), None, &ids).unwrap();
    for case in all(&bench, &lead).iter().filter(|case| waiting.iter().any(|w| w.id == case.id)) {
        assert_eq!(case.state, CaseState::Supplemented, "{}", case.matter.name);
    }
    bench.desk.accept(&first.id.to_string(), None).unwrap();
    let after = all(&bench, &lead);
    assert!(after.iter().all(|case| case.state == CaseState::Accepted));
    let acceptance = |case: &Case| {
        let found = case.documents.iter().find(|d| d.kind == DocumentKind::Acceptance);
        found.unwrap().number.clone()
    };
    let waited: Vec<_> = after.iter().filter(|c| waiting.iter().any(|w| w.id == c.id)).collect();
    assert!(waited.iter().all(|case| acceptance(case) == acceptance(waited[0])));
    assert!(bench.desk.store().audit().unwrap().findings.is_empty());
}

#[test]
fn the_notice_may_come_later_and_is_one_for_all() {
    let bench = Bench::new();
    ready(&bench);
    let view = with_agent(&bench);
    let view = filled(&bench, view, &["授权委托书"]);
    let lead = file(&bench, &view, true);
    let received: Vec<_> =
        all(&bench, &lead).into_iter().filter(|c| c.state == CaseState::Received).collect();
    assert!(received.len() >= 2);
    bench.desk.give_notice(&received[1].id.to_string(), None).unwrap();
    let cases = all(&bench, &lead);
    let told: Vec<_> = cases.iter().filter(|c| received.iter().any(|r| r.id == c.id)).collect();
    assert!(told.iter().all(|case| case.state == CaseState::NoticeGiven));
    let last = |case: &Case| case.documents.last().unwrap().number.clone();
    assert!(told.iter().all(|case| last(case) == last(told[0])));
}

#[test]
fn a_matter_that_is_left_out_is_neither_asked_about_nor_filed() {
    let bench = Bench::new();
    ready(&bench);
    let whole = start(&bench);
    let asked = whole.assessment.questions.len();
    let mut draft = whole.draft;
    let lead = whole.matter.matter.code.clone();
    // Answered before it was left out: no fault, and there again when it is taken again.
    for question in &whole.assessment.questions {
        draft.intake.answers.insert(question.id.clone(), question.choices[0].id.clone());
    }
    draft.bundle.as_mut().unwrap().taken = vec![lead];
    let view = bench.desk.save_draft(draft).unwrap();
    assert!(view.assessment.questions.len() < asked);
    let view = filled(&bench, view, &[]);
    let filed = file(&bench, &view, false);
    assert_eq!(all(&bench, &filed).len(), 1);
    assert_eq!(filed.case.matter.name, view.bundle.unwrap().members[0].name);
}

#[test]
fn nothing_of_a_bundle_is_filed_on_what_the_clerk_did_not_see() {
    let bench = Bench::new();
    ready(&bench);
    let view = filled(&bench, start(&bench), &[]);
    let seen = determinations(&view);
    let id = view.draft.id.clone();
    let refused = bench.desk.file_case(&id, &seen[0], false).unwrap_err();
    assert_eq!(refused.code(), "changed", "a bundle is filed whole");
    let refused = bench.desk.file_bundle(&id, &seen[..2], false).unwrap_err();
    assert_eq!(refused.code(), "changed");
    let mut strange = view.draft.clone();
    strange.intake.applicant.party.name = "张\u{E123}".to_owned();
    bench.desk.save_draft(strange).unwrap();
    let refused = bench.desk.file_bundle(&id, &seen, false).unwrap_err();
    assert_eq!(bench.desk.list_cases(Default::default()).unwrap().total, 0, "{refused}");
    assert!(bench.desk.open_draft(&id).is_ok(), "what was typed is kept");
    assert_eq!(bench.desk.start_bundle(&whole("B99")).unwrap_err().code(), "not-found");
}

#[test]
fn what_one_reviewer_asked_for_answers_no_other() {
    let bench = Bench::new();
    ready(&bench);
    let view = filled(&bench, with_agent(&bench), &[]);
    let lead = file(&bench, &view, false);
    let cases = all(&bench, &lead);
    let paper = |case: &Case| {
        let mut materials = case.materials.iter();
        let found = materials.find(|m| m.material.name.contains("授权委托书")).unwrap();
        found.material.id.clone()
    };
    let asked = |case: &Case| EventBody::SupplementAsked {
        on: case.filed_on,
        items: vec![AskedItem { id: paper(case), mend: "委托期限没有写".to_owned() }],
        reason: "请重新提交".to_owned(),
    };
    let (one, other) = (&cases[0], &cases[1]);
    pulled_all(&bench, vec![(one, asked(one)), (other, asked(other))]);
    bench.desk.record_supplement(&one.id.to_string(), None, &[paper(one)]).unwrap();
    let after = all(&bench, &lead);
    assert_ne!(after[0].state, CaseState::SupplementAsked);
    assert_eq!(after[1].state, CaseState::SupplementAsked, "that department has not seen it");
}

#[test]
fn who_collects_takes_what_was_filed_together_along_or_nothing() {
    let bench = Bench::new();
    ready(&bench);
    let lead = file(&bench, &filled(&bench, start(&bench), &[]), false);
    let cases = all(&bench, &lead);
    let granted = || EventBody::Decided {
        decision: Decision::Granted,
        on: bench.desk.clock.today(),
        reason: String::new(),
        result_number: None,
        basis: String::new(),
        remedies: String::new(),
    };
    // The third waits for its department.
    pulled_all(&bench, cases[..2].iter().map(|case| (case, granted())).collect());
    let ids: Vec<_> = cases.iter().map(|case| case.id.to_string()).collect();
    let offered = bench.desk.offered_handover(&ids[0]).unwrap();
    let also: Vec<_> = offered.also.iter().map(|other| other.id.as_str()).collect();
    assert_eq!(also, [&ids[1]], "only what waits");

    let give = |also: &[&str], token: Option<&str>| {
        let also = also.iter().map(|id| (*id).to_owned()).collect();
        let beside = HandoverBeside { signature: token.map(str::to_owned), also };
        let input = HandoverInput { copies: 1, ..collected(ReceiverRole::Applicant) };
        bench.desk.hand_over_with(&ids[0], &input, None, &beside)
    };
    let field = |done: Result<CaseView, DeskError>| done.unwrap_err().field().unwrap_or_default();
    assert_eq!(field(give(&["nobody"], None)), "also");
    let unchecked = HandoverInput { identity_checked: false, ..collected(ReceiverRole::Applicant) };
    let beside = HandoverBeside { signature: None, also: vec![ids[1].clone()] };
    let own = bench.desk.hand_over_with(&ids[0], &unchecked, None, &beside);
    assert_eq!(field(own), "identity_checked", "what was typed is wrong where it was typed");
    assert_eq!(field(give(&[&ids[1]], Some("token"))), "signature", "one signature, one result");
    let third = give(&[&ids[1], &ids[2]], None).unwrap_err();
    assert_eq!((third.code(), third.field().as_deref()), ("not-now", Some("also")), "not decided");
    assert!(third.to_string().starts_with(&cases[2].matter.name), "which one: {third}");
    assert_eq!(all(&bench, &lead)[..2].iter().filter(|case| case.delivered.is_some()).count(), 0);

    give(&[&ids[1]], None).unwrap();
    for (case, gone) in all(&bench, &lead).iter().zip([true, true, false]) {
        assert_eq!(case.state == CaseState::HandedOver, gone, "{}", case.matter.name);
        let proofs = case.documents.iter().filter(|d| d.kind == DocumentKind::DeliveryReceipt);
        assert_eq!(proofs.count(), usize::from(gone), "each has its own");
    }
    assert!(bench.desk.store().audit().unwrap().findings.is_empty());
}

#[test]
fn a_corrected_name_is_right_in_every_case_and_on_one_receipt() {
    let bench = Bench::new();
    ready(&bench);
    let view = start(&bench);
    let view = filled(&bench, view, &[]);
    let lead = file(&bench, &view, false);
    let receipts = |case: &Case| {
        let of = |d: &&IssuedDocument| d.kind == DocumentKind::MaterialReceipt && !d.outdated;
        case.documents.iter().filter(of).map(|d| d.number.to_string()).collect::<Vec<_>>()
    };
    let before = receipts(&lead.case);
    let party = PartyInput {
        name: "王𬱖".to_owned(),
        id_type: "resident-id".to_owned(),
        id_number: lead.case.applicant.party.id_number.clone(),
        phone: None,
        address: None,
    };
    let input =
        CorrectionInput { applicant: party, agent: None, reason: "录入有误".to_owned() };
    // From a case that does not lead: they are all the same.
    let other = all(&bench, &lead)[1].id.to_string();
    let seen = all(&bench, &lead)[1].parties();
    bench.desk.correct_parties(&other, &input, &seen).unwrap();
    let cases = all(&bench, &lead);
    assert!(cases.len() > 1 && cases.iter().all(|c| c.applicant.party.name == "王𬱖"));
    let after = receipts(&cases[0]);
    assert!(after.len() == 1 && after != before);
    assert!(cases.iter().all(|case| receipts(case) == after), "one receipt of them all");
}

/// Whoever sets up a restaurant is a person until then, and a 个体工商户 for the licence after.
#[test]
fn who_sets_up_a_business_applies_as_a_person_and_as_the_business() {
    let bench = Bench::new();
    ready(&bench);
    let view = filled(&bench, bench.desk.start_bundle(&whole("B3")).unwrap(), &[]);
    assert!(view.matter.matter.audience.contains(&ApplicantKind::Person));
    let lead = file(&bench, &view, false);
    let cases = all(&bench, &lead);
    let kinds: Vec<_> = cases.iter().map(|case| case.applicant.kind).collect();
    assert!(kinds.contains(&ApplicantKind::Person) && kinds.contains(&ApplicantKind::SoleTrader));
    assert!(cases.windows(2).all(|two| two[0].applicant.party == two[1].applicant.party));
}

#[test]
fn who_came_once_is_asked_once_and_every_case_has_the_answer() {
    let bench = Bench::new();
    ready(&bench);
    let view = filled(&bench, start(&bench), &[]);
    let lead = file(&bench, &view, false);
    let said = Evaluation {
        satisfaction: Satisfaction::Satisfied,
        reasons: Vec::new(),
        words: String::new(),
    };
    let day = lead.case.filed_on.to_string();
    let second = all(&bench, &lead)[1].id.to_string();
    bench.desk.enter_evaluation(&second, &day, said.clone()).unwrap();
    for case in all(&bench, &lead) {
        assert_eq!(case.answered(case.filed_on), Answered::Given, "{}", case.matter.name);
        let again = bench.desk.enter_evaluation(&case.id.to_string(), &day, said.clone());
        assert_eq!(again.unwrap_err().code(), "not-now");
    }
}
