use super::*;
use crate::case::CaseState;
use crate::case::fold::tests::{filed_body, fold};
use crate::fixture::{bare_matter, date, example};
use crate::matter::{Limit, LimitUnit, MatterKind, SpecialProcedure, SpecialProcedureKind};
use crate::named::Named as _;

fn matter() -> Matter {
    let procedure = |kind, stops_clock| SpecialProcedure {
        kind,
        days: 15,
        stops_clock,
        explanation: String::new(),
    };
    Matter {
        kind: MatterKind::Licence,
        special_procedures: vec![
            procedure(SpecialProcedureKind::ExpertReview, true),
            procedure(SpecialProcedureKind::Other("现场核查".to_owned()), false),
        ],
        ..bare_matter()
    }
}

fn accepted() -> Vec<EventBody> {
    let on = date("2026-09-17");
    let due = example().calendar.due(on, Limit { value: 20, unit: LimitUnit::Workdays });
    vec![filed_body(&[]), EventBody::Accepted { on, due: Some(due), deferred: Vec::new() }]
}

fn case_after(more: &[EventBody]) -> Case {
    fold(accepted().iter().chain(more).cloned().collect())
}

fn does(act: &Act, case: &Case, role: Role) -> Result<EventBody, Refusal> {
    let matter = matter();
    let (calendar, on) = (&example().calendar, date("2026-09-25"));
    prepare(act, &Ground { case, matter: Some(&matter), calendar, on }, role, "苏和")
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn asks(ids: &[&str]) -> Act {
    let item = |id: &&str| AskedItem { id: text(id), mend: text(" 重新盖章 ") };
    Act::Ask { items: ids.iter().map(item).collect(), reason: text("公章不清") }
}

fn every_act() -> Vec<Act> {
    vec![
        Act::Review,
        asks(&["m1"]),
        Act::StopClock { procedure: text("专家评审"), reason: text("需要评审") },
        Act::Resume,
        Act::Extend { days: 5, reason: text("案情复杂") },
        Act::Grant { reason: String::new(), result_number: text(" JY1 ") },
        Act::Deny { reason: text("不符"), basis: text("某法"), remedies: text("可以复议") },
        Act::Ready,
    ]
}

#[test]
fn what_is_offered_can_be_done_and_what_is_not_is_refused() {
    let matter = matter();
    let (calendar, on) = (&example().calendar, date("2026-09-25"));
    for state in CaseState::ALL {
        let case = Case { state, ..case_after(&[]) };
        let ground = Ground { case: &case, matter: Some(&matter), calendar, on };
        for role in Role::ALL {
            let offered = offered(&ground, *role);
            for act in every_act() {
                let done = prepare(&act, &ground, *role, "苏和");
                let wanted = offered.contains(&act.step());
                assert_eq!(done.is_ok(), wanted, "{act:?} {state:?} {role:?}");
                if let Ok(event) = done {
                    assert!(case.next_state(&event).is_some(), "{event:?} in {state:?}");
                }
            }
        }
    }
}

#[test]
fn roles_have_what_is_theirs() {
    let case = case_after(&[]);
    for act in every_act() {
        let refused = does(&act, &case, Role::Administrator).unwrap_err();
        assert_eq!(refused.field, "role", "{act:?}");
    }
    let extend = Act::Extend { days: 5, reason: text("案情复杂") };
    assert_eq!(does(&extend, &case, Role::Reviewer).unwrap_err().field, "role");
    let Ok(EventBody::LimitExtended { approver, .. }) = does(&extend, &case, Role::Lead) else {
        panic!("not extended")
    };
    assert_eq!(approver, "苏和");
}

#[test]
fn a_second_list_needs_the_lead() {
    let first = does(&asks(&["m1"]), &case_after(&[]), Role::Reviewer).unwrap();
    let EventBody::SupplementAsked { items, .. } = &first else { panic!("{first:?}") };
    assert_eq!(items[0].mend, "重新盖章");
    let came = EventBody::Supplemented { on: date("2026-09-26"), ids: vec![text("m1")] };
    let case = case_after(&[first, came]);
    assert_eq!(case.state, CaseState::InReview);
    assert_eq!(does(&asks(&["m2"]), &case, Role::Reviewer).unwrap_err().field, "role");
    assert!(does(&asks(&["m2"]), &case, Role::Lead).is_ok());
}

#[test]
fn every_field_that_the_law_wants_is_asked_for_by_name() {
    let case = case_after(&[]);
    let field = |act: Act| does(&act, &case, Role::Lead).unwrap_err().field;
    assert_eq!(field(asks(&[])), "items");
    assert_eq!(field(asks(&["m99"])), "mend.m99");
    let silent = vec![AskedItem { id: text("m1"), mend: text(" ") }];
    assert_eq!(field(Act::Ask { items: silent, reason: text("理由") }), "mend.m1");
    let deny = |reason: &str, basis: &str, remedies: &str| Act::Deny {
        reason: text(reason),
        basis: text(basis),
        remedies: text(remedies),
    };
    assert_eq!(field(deny(" ", "法", "复议")), "reason");
    assert_eq!(field(deny("不符", "", "复议")), "basis");
    assert_eq!(field(deny("不符", "法", "\n")), "remedies");
    assert_eq!(field(deny(&"长".repeat(LONGEST_REASON + 1), "法", "复议")), "reason");
    let stops =
        |procedure: &str| Act::StopClock { procedure: text(procedure), reason: text("需要") };
    assert_eq!(field(stops("现场核查")), "procedure", "its time counts");
    assert_eq!(field(stops("公示")), "procedure", "the guide does not name it");
    let Ok(EventBody::ClockStopped { basis, .. }) = does(&stops("专家评审"), &case, Role::Lead)
    else {
        panic!("not stopped")
    };
    assert!(basis.contains("第四十五条"), "{basis}");
    for days in [0, 11] {
        assert_eq!(field(Act::Extend { days, reason: text("复杂") }), "days");
    }
}

#[test]
fn what_a_department_writes_can_be_printed() {
    let case = case_after(&[]);
    let grant = |number: &str| Act::Grant { reason: String::new(), result_number: text(number) };
    for pasted in ["\u{FEFF}JY1\u{200E}", "J\u{200B}Y\u{AD}1 \u{202C}"] {
        let Ok(EventBody::Decided { result_number, .. }) = does(&grant(pasted), &case, Role::Lead)
        else {
            panic!("{pasted:?} was refused")
        };
        assert_eq!(result_number.as_deref(), Some("JY1"));
    }
    let empty = does(&grant("\u{200B}"), &case, Role::Lead);
    assert!(matches!(empty, Ok(EventBody::Decided { result_number: None, .. })), "{empty:?}");
    let (strange, said) = (text("不符\u{E123}"), text("某"));
    let deny = |reason: &String, basis: &String, remedies: &String| Act::Deny {
        reason: reason.clone(),
        basis: basis.clone(),
        remedies: remedies.clone(),
    };
    for (act, field) in [
        (grant("JY😀"), "result_number"),
        (grant("JY\u{E01}"), "result_number"),
        (deny(&strange, &said, &said), "reason"),
        (deny(&said, &strange, &said), "basis"),
        (deny(&said, &said, &strange), "remedies"),
    ] {
        let refused = does(&act, &case, Role::Lead).unwrap_err();
        assert_eq!((refused.code, &*refused.field), (RefusalCode::Unprintable, field));
        assert!(refused.message.contains("U+"), "{refused}");
    }
}

#[test]
fn without_the_guide_only_what_needs_none_is_offered() {
    let case = case_after(&[]);
    let (calendar, on) = (&example().calendar, date("2026-09-25"));
    let ground = Ground { case: &case, matter: None, calendar, on };
    let steps = offered(&ground, Role::Lead);
    assert_eq!(steps, [Step::Review, Step::Ask, Step::Grant, Step::Deny]);
    let stop = Act::StopClock { procedure: text("专家评审"), reason: text("需要") };
    let refused = prepare(&stop, &ground, Role::Lead, "苏和").unwrap_err();
    assert!(refused.message.contains("指南"), "{}", refused.message);
}

#[test]
fn the_remedies_name_the_bodies_of_the_guide() {
    assert!(remedies(None).contains("有管辖权的行政复议机关"));
    let department = Department {
        code: text("1"),
        name: text("某局"),
        phone: String::new(),
        complaint_phone: String::new(),
        address: String::new(),
        review_body: text("根河市人民政府"),
        court: text("某法院"),
    };
    let words = remedies(Some(&department));
    assert!(words.contains("向根河市人民政府申请行政复议") && words.contains("某法院"));
}
