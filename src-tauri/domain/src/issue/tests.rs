use std::collections::BTreeSet;

use jiff::ToSpan as _;
use proptest::prelude::*;

use super::*;
use crate::calendar::{CalendarYear, YearStatus};
use crate::case::fold::tests::filed_body;
use crate::fixture::{bare_matter, date, example};
use crate::matter::SpecialProcedureKind;

/// A case of a licence accepted on 2026-09-17 with a limit of 20 workdays.
fn accepted() -> Case {
    let due = calendar().due(date("2026-09-17"), Limit { value: 20, unit: LimitUnit::Workdays });
    fold(vec![
        filed_body(&[]),
        EventBody::Accepted { on: date("2026-09-17"), due: Some(due), deferred: Vec::new() },
    ])
}

fn fold(bodies: Vec<EventBody>) -> Case {
    crate::case::fold::tests::fold(bodies)
}

fn calendar() -> &'static WorkCalendar {
    &example().calendar
}

fn licence() -> Matter {
    let procedure = |kind, stops_clock| SpecialProcedure {
        kind,
        days: 15,
        stops_clock,
        explanation: String::new(),
    };
    Matter {
        kind: MatterKind::Licence,
        agent_allowed: true,
        special_procedures: vec![
            procedure(SpecialProcedureKind::ExpertReview, true),
            procedure(SpecialProcedureKind::Other("现场核查".to_owned()), false),
        ],
        ..bare_matter()
    }
}

fn ask(request: &PaperRequest, case: &Case) -> Result<Prepared, Refusal> {
    prepare(request, case, &licence(), calendar(), date("2026-10-12"))
}

fn extension(days: u16) -> PaperRequest {
    PaperRequest::ExtensionNotice {
        days,
        approver: "局长苏和".to_owned(),
        reason: " 需要核对历史档案 ".to_owned(),
    }
}

#[test]
fn an_extension_is_counted_on_from_the_last_day_and_given_once() {
    let case = accepted();
    let prepared = ask(&extension(10), &case).unwrap();
    let Some(EventBody::LimitExtended { limit, was, reason, .. }) = prepared.act else {
        panic!("no act")
    };
    // 20 workdays after 2026-09-17 with the make-up day of 20 September and the holidays: the same
    // as ten workdays after the old last day.
    let ten = Limit { value: 10, unit: LimitUnit::Workdays };
    assert_eq!(limit.on, calendar().due(was, ten).on);
    assert_eq!(limit.limit.value, 30);
    assert_eq!(reason, "需要核对历史档案");
    let again = Case { extended: true, ..case };
    assert_eq!(ask(&extension(1), &again).unwrap_err().code, RefusalCode::NotNow);
}

#[test]
fn an_extension_needs_days_within_the_law_an_approver_and_a_reason() {
    let case = accepted();
    for days in [0, 11, u16::MAX] {
        let refusal = ask(&extension(days), &case).unwrap_err();
        assert_eq!((refusal.code, refusal.field.as_str()), (RefusalCode::NotAllowed, "days"));
    }
    for (approver, reason, field) in [(" ", "理由", "approver"), ("局长", "", "reason")] {
        let request = PaperRequest::ExtensionNotice {
            days: 5,
            approver: approver.to_owned(),
            reason: reason.to_owned(),
        };
        assert_eq!(ask(&request, &case).unwrap_err().field, field);
    }
}

#[test]
fn only_a_procedure_of_the_guide_stops_the_clock_and_only_if_the_guide_says_so() {
    let case = accepted();
    let request = |procedure: &str| PaperRequest::SpecialProcedureNotice {
        procedure: procedure.to_owned(),
        reason: "需要评审".to_owned(),
    };
    let stops = ask(&request("专家评审"), &case).unwrap();
    assert!(matches!(stops.act, Some(EventBody::ClockStopped { .. })));
    let counts = ask(&request("现场核查"), &case).unwrap();
    assert_eq!(counts.act, None, "its time counts");
    assert!(matches!(counts.particulars, Particulars::SpecialProcedure { .. }));
    assert_eq!(ask(&request("公示"), &case).unwrap_err().field, "procedure");
}

#[test]
fn what_is_offered_is_prepared_and_what_is_not_is_refused() {
    let requests = [
        PaperRequest::SpecialProcedureNotice {
            procedure: "专家评审".to_owned(),
            reason: "理由".to_owned(),
        },
        extension(5),
        PaperRequest::ReturnNotice { reason: "久不补正".to_owned() },
        PaperRequest::WithdrawalRequest { reason: String::new() },
        PaperRequest::TransferSheet { to: "审批科".to_owned() },
        PaperRequest::PowerOfAttorney {},
        PaperRequest::DeliveryReceipt {},
        PaperRequest::ResultSlip {},
        PaperRequest::EvaluationForm {},
    ];
    for state in CaseState::ALL {
        let case = Case { state, ..accepted() };
        let offered = offered(&case, &licence(), date("2026-10-12"));
        for request in &requests {
            let prepared = ask(request, &case);
            assert_eq!(
                prepared.is_ok(),
                offered.contains(&request.kind()),
                "{request:?} {state:?}"
            );
            // An act that is prepared can happen.
            if let Ok(Prepared { act: Some(act), .. }) = prepared {
                assert!(case.next_state(&act).is_some(), "{act:?} in {state:?}");
            }
        }
    }
}

#[test]
fn a_limit_that_has_run_out_is_not_extended() {
    let case = accepted();
    let due = case.due.clone().unwrap().on;
    let on = |day| prepare(&extension(5), &case, &licence(), calendar(), day);
    assert!(on(due).is_ok(), "its last day is within it");
    let late = on(due.tomorrow().unwrap()).unwrap_err();
    assert_eq!((late.code, late.field.as_str()), (RefusalCode::NotNow, "case"));
    assert!(late.message.contains("已过"), "{}", late.message);
}

#[test]
fn what_an_extension_in_workdays_added_to_a_limit_in_days_is_left_whole() {
    let first = calendar().due(date("2026-03-02"), Limit { value: 20, unit: LimitUnit::Days });
    let extended = calendar().due(first.on, Limit { value: 10, unit: LimitUnit::Workdays });
    let (stopped, resumed) = (date("2026-03-12"), date("2026-04-20"));
    let new = resumed_due(&extended, calendar(), stopped, resumed);
    // From the 12th to the 22nd are six workdays; with the ten added sixteen are left.
    assert_eq!(new, calendar().due(resumed, Limit { value: 16, unit: LimitUnit::Workdays }));
}

/// The days from `from` to `to` that count, one by one.
fn between(calendar: &WorkCalendar, workdays: bool, from: Date, to: Date) -> u16 {
    let mut day = from;
    let mut count = 0;
    while day < to {
        day = day.tomorrow().unwrap();
        count += u16::from(!workdays || calendar.is_workday(day));
    }
    count
}

proptest! {
    #[test]
    fn a_clock_that_stood_still_loses_no_day_and_gains_none(
        limit in 1u16..60,
        workdays in any::<bool>(),
        stopped_after in 0i64..120,
        stood in 0i64..90,
        announced in proptest::collection::btree_set(0i64..240, 0..12),
    ) {
        let unit = if workdays { LimitUnit::Workdays } else { LimitUnit::Days };
        // Counted while 2027 was an estimate; its holidays are announced while the clock stands.
        let from = date("2026-12-10");
        let due = calendar().due(from, Limit { value: limit, unit });
        let mut official = calendar().clone();
        let holidays = announced.iter().map(|n| date("2027-01-01").saturating_add(n.days()));
        let year = CalendarYear {
            status: YearStatus::Official,
            source: String::new(),
            holidays: holidays.collect(),
            workdays: BTreeSet::new(),
        };
        official.years.insert(2027, year);
        let stopped = from.saturating_add(stopped_after.days());
        let resumed = stopped.saturating_add(stood.days());
        let new = resumed_due(&due, &official, stopped, resumed);
        if stopped > due.on {
            prop_assert_eq!(new, due, "what had run out begins anew");
        } else {
            let used = between(&official, workdays, from, stopped);
            prop_assert_eq!(used + between(&official, workdays, resumed, new.on), limit.max(used));
        }
    }
}
