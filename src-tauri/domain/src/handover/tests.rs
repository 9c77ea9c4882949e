use proptest::prelude::*;

use super::*;
use crate::applicant::Applicant;
use crate::case::event::Decision;
use crate::case::fold::tests::{filed_body, fold};
use crate::case::state::CaseState;
use crate::fixture::{bare_matter, date, example};
use crate::identity::IdType;

fn decided_on(on: &str) -> Case {
    fold(vec![
        filed_body(&[]),
        EventBody::Accepted { on: date("2026-03-02"), due: None, deferred: Vec::new() },
        EventBody::Decided {
            decision: Decision::Granted,
            on: date(on),
            reason: String::new(),
            result_number: None,
            basis: String::new(),
            remedies: String::new(),
        },
        EventBody::ReadyForHandover {},
    ])
}

fn decided() -> Case {
    decided_on("2026-03-09")
}

fn of_a_body(case: Case) -> Case {
    let applicant = Applicant { kind: ApplicantKind::Enterprise, ..case.applicant.clone() };
    Case { applicant, ..case }
}

fn matter(agent_allowed: bool) -> Matter {
    Matter { agent_allowed, ..bare_matter() }
}

fn collected(role: ReceiverRole) -> HandoverInput {
    HandoverInput {
        delivery: Delivery::Window,
        role,
        receiver: PartyInput {
            name: "李四".to_owned(),
            id_type: "passport".to_owned(),
            id_number: "e12345679".to_owned(),
            phone: None,
            address: None,
        },
        authority: " 授权委托书 ".to_owned(),
        copies: 1,
        postal_number: String::new(),
        identity_checked: true,
    }
}

fn agent() -> Party {
    Party {
        name: "王五".to_owned(),
        id_type: IdType::Passport,
        id_number: "E87654321".to_owned(),
        phone: None,
        address: None,
    }
}

fn on() -> Date {
    date("2026-03-10")
}

fn facts(input: &HandoverInput, case: &Case) -> Result<HandoverFacts, Refusal> {
    match prepare(input, case, &matter(true), on())? {
        EventBody::HandedOver { receiver, on: day, facts: Some(facts), .. } => {
            assert_eq!((receiver, day), (facts.receiver.name.clone(), on()));
            Ok(facts)
        }
        other => panic!("{other:?}"),
    }
}

fn fault(input: &HandoverInput, case: &Case) -> (RefusalCode, String) {
    let refusal = facts(input, case).expect_err("a fault");
    (refusal.code, refusal.field)
}

#[test]
fn whoever_collects_is_known_by_name_document_and_authority() {
    let case = Case { agent: Some(agent()), ..decided() };
    let own = facts(&collected(ReceiverRole::Applicant), &case).expect("the applicant");
    assert_eq!((own.receiver, own.authority.as_str()), (case.applicant.party.clone(), ""));
    let by_agent = facts(&collected(ReceiverRole::Agent), &case).expect("the agent");
    assert_eq!((by_agent.receiver, by_agent.authority.as_str()), (agent(), "授权委托书"));
    let other = facts(&collected(ReceiverRole::Other), &case).expect("somebody else");
    assert_eq!(other.receiver.id_number, "E12345679");
    assert_eq!(other.told(), "李四（代领人，授权委托书）领取，1件");
    assert_eq!(other.way(), "直接送达");
}

#[test]
fn nobody_collects_unchecked_and_nobody_without_authority() {
    let case = decided();
    let unchecked = HandoverInput { identity_checked: false, ..collected(ReceiverRole::Applicant) };
    assert_eq!(fault(&unchecked, &case).1, "identity_checked");
    let unnamed =
        HandoverInput { receiver: PartyInput::default(), ..collected(ReceiverRole::Other) };
    assert_eq!(fault(&unnamed, &case), (RefusalCode::EmptyName, "receiver.name".to_owned()));
    let bare = HandoverInput { authority: " ".to_owned(), ..collected(ReceiverRole::Other) };
    assert_eq!(fault(&bare, &case), (RefusalCode::EmptyText, "authority".to_owned()));
    assert_eq!(fault(&collected(ReceiverRole::Agent), &case).1, "role");
    for copies in [0, MOST_COPIES + 1] {
        let many = HandoverInput { copies, ..collected(ReceiverRole::Applicant) };
        assert_eq!(fault(&many, &case).1, "copies");
    }
}

#[test]
fn a_body_sends_somebody_and_who_must_come_in_person_collects_in_person() {
    let body = of_a_body(decided());
    assert_eq!(roles(&body, &matter(false)), [ReceiverRole::Other]);
    assert_eq!(fault(&collected(ReceiverRole::Applicant), &body).1, "role");
    let person = decided();
    assert_eq!(roles(&person, &matter(false)), [ReceiverRole::Applicant]);
    let refused = prepare(&collected(ReceiverRole::Other), &person, &matter(false), on());
    assert_eq!(refused.expect_err("in person").code, RefusalCode::AgentNotAllowed);
}

#[test]
fn what_is_posted_has_a_number_and_what_is_sent_needs_nobody_at_the_window() {
    let body = of_a_body(decided());
    let posted = |number: &str| HandoverInput {
        delivery: Delivery::Post,
        postal_number: number.to_owned(),
        identity_checked: false,
        ..collected(ReceiverRole::Applicant)
    };
    let sent = facts(&posted(" ea 123456789 cn "), &body).expect("posted");
    assert_eq!(sent.postal_number, "EA123456789CN");
    assert_eq!(sent.told(), "邮寄给张三，1件，单号EA123456789CN");
    for wrong in ["", "1234567", "EA123456789中国", "1'; DROP TABLE cases", &"1".repeat(31)] {
        assert_eq!(fault(&posted(wrong), &body).1, "postal_number", "{wrong}");
    }
    let electronic = HandoverInput { delivery: Delivery::Electronic, ..posted("12345678") };
    let electronic = facts(&electronic, &body).expect("sent");
    assert_eq!(electronic.postal_number, "", "only what is posted has one");
    let other = HandoverInput { delivery: Delivery::Other("公告".to_owned()), ..posted("") };
    assert_eq!(fault(&other, &body).1, "delivery");
}

#[test]
fn only_what_was_decided_is_handed_over_and_only_once() {
    let input = collected(ReceiverRole::Applicant);
    let early = prepare(&input, &decided(), &matter(true), date("2026-03-08"));
    assert_eq!(early.expect_err("before the decision").field, "on");
    for state in CaseState::ALL {
        let case = Case { state, ..decided() };
        let may = matches!(state, CaseState::Decided | CaseState::ReadyForHandover);
        assert_eq!(facts(&input, &case).is_ok(), may, "{state:?}");
        assert_eq!(waits(&case), may);
    }
}

#[test]
fn ten_workdays_after_the_decision_it_should_be_delivered() {
    // 2026-09-20 is a workday, 25 to 27 September and 1 to 7 October are days off (国办 2025-11-04).
    let by = |on: &str| deliver_by(date(on), &example().calendar).on;
    assert_eq!(by("2026-09-18"), date("2026-10-09"));
    assert_eq!(by("2026-03-02"), date("2026-03-16"));
}

proptest! {
    /// However a handover is typed, what goes on record says who received what and how.
    #[test]
    fn what_is_recorded_is_whole(
        delivery in prop_oneof![
            Just(Delivery::Window), Just(Delivery::Post), Just(Delivery::Electronic),
            any::<String>().prop_map(Delivery::Other),
        ],
        role in prop::sample::select(vec![
            ReceiverRole::Applicant, ReceiverRole::Agent, ReceiverRole::Other,
        ]),
        (name, number) in (".{0,6}", "[Ee]?[0-9]{7,9}"),
        (authority, postal_number) in (".{0,6}", "[ 0-9A-Za-z-]{0,32}"),
        copies in 0..200u16,
        (identity_checked, is_body, has_agent, allowed) in any::<(bool, bool, bool, bool)>(),
    ) {
        let case = if is_body { of_a_body(decided()) } else { decided() };
        let case = Case { agent: has_agent.then(agent), ..case };
        let receiver = PartyInput {
            name, id_type: "passport".to_owned(), id_number: number, phone: None, address: None,
        };
        let input = HandoverInput {
            delivery, role, receiver, authority, copies, postal_number, identity_checked,
        };
        let Ok(event) = prepare(&input, &case, &matter(allowed), on()) else { return Ok(()) };
        prop_assert!(case.next_state(&event).is_some());
        let EventBody::HandedOver { facts: Some(facts), .. } = event else {
            return Err(TestCaseError::fail("no facts"));
        };
        prop_assert!((1..=MOST_COPIES).contains(&facts.copies));
        prop_assert!(!facts.receiver.name.trim().is_empty());
        prop_assert_eq!(facts.delivery == Delivery::Post, !facts.postal_number.is_empty());
        prop_assert_eq!(role == ReceiverRole::Applicant, facts.authority.is_empty());
        if facts.delivery == Delivery::Window {
            prop_assert!(identity_checked);
            prop_assert!(!(is_body && role == ReceiverRole::Applicant));
            prop_assert!(!(role == ReceiverRole::Other && !is_body && !allowed));
        }
    }
}
