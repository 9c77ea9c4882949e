use proptest::prelude::*;

use super::*;
use crate::applicant::ApplicantKind;
use crate::case::fold::tests::{filed_body, fold};
use crate::fixture::{bare_matter, date};
use crate::identity::IdType;

const ON: &str = "2026-03-04";

fn matter() -> Matter {
    Matter { agent_allowed: true, audience: vec![ApplicantKind::Person], ..bare_matter() }
}

fn with_agent() -> Case {
    let mut filed = filed_body(&[]);
    if let EventBody::Filed { agent, .. } = &mut filed {
        *agent = Some(Party {
            name: "王五".to_owned(),
            id_type: IdType::Passport,
            id_number: "E87654321".to_owned(),
            phone: Some("13947000000".to_owned()),
            address: None,
        });
    }
    fold(vec![filed])
}

fn typed(party: &Party) -> PartyInput {
    PartyInput {
        name: party.name.clone(),
        id_type: party.id_type.as_str().to_owned(),
        id_number: party.id_number.clone(),
        phone: party.phone.clone(),
        address: party.address.clone(),
    }
}

/// What stands in the case, with a reason.
fn as_is(case: &Case) -> CorrectionInput {
    CorrectionInput {
        applicant: typed(&case.applicant.party),
        agent: case.agent.as_ref().map(typed),
        reason: "录入有误".to_owned(),
    }
}

fn refused(case: &Case, input: &CorrectionInput) -> String {
    prepare(case, &matter(), input, date(ON)).expect_err("refused").field
}

#[test]
fn a_slip_is_put_right_and_nothing_else_changes() {
    let case = with_agent();
    let mut input = as_is(&case);
    input.applicant.name = " 张山 ".to_owned();
    let event = prepare(&case, &matter(), &input, date(ON)).expect("a correction");
    let mut events = vec![filed_body(&[])];
    if let (EventBody::Filed { agent, .. }, Some(was)) = (&mut events[0], &case.agent) {
        *agent = Some(was.clone());
    }
    events.push(event);
    let corrected = fold(events);
    assert_eq!(corrected.conflicts, []);
    assert_eq!(corrected.applicant.party.name, "张山");
    assert_eq!((corrected.state, &corrected.agent), (case.state, &case.agent));
    assert_eq!(corrected.materials, case.materials);
}

#[test]
fn another_person_is_another_filing() {
    let case = with_agent();
    let mut input = as_is(&case);
    input.applicant.name = "李四".to_owned();
    input.applicant.id_number = "E99999999".to_owned();
    assert_eq!(refused(&case, &input), "applicant.name");
    let mut input = as_is(&case);
    let agent = input.agent.as_mut().expect("an agent");
    (agent.name, agent.id_number) = ("赵六".to_owned(), "E11111111".to_owned());
    assert_eq!(refused(&case, &input), "agent.name");
    let mut input = as_is(&case);
    input.agent = None;
    assert_eq!(refused(&case, &input), "agent");
    let alone = fold(vec![filed_body(&[])]);
    let mut input = as_is(&alone);
    input.agent = Some(typed(&case.applicant.party));
    assert_eq!(refused(&alone, &input), "agent");
}

#[test]
fn what_is_missing_or_wrong_is_named_by_its_field() {
    let case = with_agent();
    assert_eq!(refused(&case, &as_is(&case)), "applicant.name", "nothing changed");
    let mut input = as_is(&case);
    input.applicant.phone = Some("123".to_owned());
    assert_eq!(refused(&case, &input), "applicant.phone");
    let mut input = as_is(&case);
    input.applicant.phone = Some("13947010101".to_owned());
    input.reason = " \n".to_owned();
    assert_eq!(refused(&case, &input), "reason");
    input.reason = "很".repeat(LONGEST_REASON + 1);
    assert_eq!(refused(&case, &input), "reason");
}

/// Two windows of one case correct at once: what was not seen is not undone.
#[test]
fn a_correction_of_what_is_not_there_any_more_is_a_conflict() {
    let case = fold(vec![filed_body(&[])]);
    let named = |name: &str| {
        let mut input = as_is(&case);
        input.applicant.name = name.to_owned();
        prepare(&case, &matter(), &input, date(ON)).expect("a correction")
    };
    let both = fold(vec![filed_body(&[]), named("张山"), named("章三")]);
    assert_eq!(both.applicant.party.name, "张山");
    assert_eq!(both.conflicts.len(), 1);
}

#[test]
fn papers_of_before_are_outdated_and_those_that_stand_are_made_anew() {
    let issued = |kind: DocumentKind| EventBody::DocumentIssued {
        kind,
        number: crate::document::DocumentNumber::new(
            &crate::case::fold::tests::number(),
            "D07",
            kind,
            1,
        ),
        sha256: String::new(),
        formal: None,
    };
    let accepted = EventBody::Accepted { on: date("2026-03-02"), due: None, deferred: Vec::new() };
    let before = vec![
        filed_body(&[]),
        issued(DocumentKind::MaterialReceipt),
        accepted,
        issued(DocumentKind::Acceptance),
        issued(DocumentKind::TransferSheet),
        // What the law wants told of an act is owed as it was written.
        issued(DocumentKind::ExtensionNotice),
        issued(DocumentKind::SpecialProcedureNotice),
    ];
    let case = fold(before.clone());
    assert_eq!(papers(&case), [DocumentKind::MaterialReceipt, DocumentKind::Acceptance]);
    let mut input = as_is(&case);
    input.applicant.name = "张山".to_owned();
    let event = prepare(&case, &matter(), &input, date(ON)).expect("a correction");
    let mut events = before;
    events.extend([event, issued(DocumentKind::MaterialReceipt)]);
    let outdated: Vec<_> = fold(events).documents.iter().map(|d| d.outdated).collect();
    assert_eq!(outdated, [true, true, true, false, false, false]);
}

#[test]
fn no_number_is_told_whole() {
    let case = with_agent();
    let mut input = as_is(&case);
    input.applicant.id_number = "E12345679".to_owned();
    input.agent.as_mut().expect("an agent").phone = Some("13947000001".to_owned());
    let event = prepare(&case, &matter(), &input, date(ON)).expect("a correction");
    let told = crate::case::words::detail(&case, &event);
    assert!(told.contains("申请人证件号码") && told.contains("代理人电话"), "{told}");
    assert!(told.ends_with("原因：录入有误"), "{told}");
    for number in ["E12345678", "E12345679", "13947000000", "13947000001"] {
        assert!(!told.contains(number), "{told}");
    }
}

proptest! {
    /// Whatever is typed: it is refused with a field of the form, or the person stays known by name
    /// or by number, and taking the correction back is a correction too.
    #[test]
    fn nobody_becomes_somebody_else(
        name in "(张三|张山| 张三 |李四|)",
        id_number in "(E12345678|E12345679|e12345678|1)",
        phone in prop::option::of("(13947000000|1)"),
        reason in "(录入有误| )",
    ) {
        let case = fold(vec![filed_body(&[])]);
        let applicant = PartyInput {
            name, id_type: "passport".to_owned(), id_number, phone, address: None,
        };
        let input = CorrectionInput { applicant, agent: None, reason };
        match prepare(&case, &matter(), &input, date(ON)) {
            Err(refusal) => prop_assert!(
                ["applicant.name", "applicant.id_number", "applicant.phone", "reason"]
                    .contains(&refusal.field.as_str()),
                "{}", refusal.field
            ),
            Ok(event) => {
                let after = fold(vec![filed_body(&[]), event]);
                prop_assert!(after.conflicts.is_empty());
                let (was, now) = (&case.applicant.party, &after.applicant.party);
                prop_assert!(was.name == now.name || was.id_number == now.id_number);
                let back = CorrectionInput { reason: "改回".to_owned(), ..as_is(&case) };
                prop_assert!(prepare(&after, &matter(), &back, date(ON)).is_ok());
            }
        }
    }
}
