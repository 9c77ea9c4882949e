use jiff::ToSpan as _;
use proptest::prelude::*;

use super::*;
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
        let offered = offered(&case, &licence());
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

proptest! {
    #[test]
    fn a_clock_that_stood_still_loses_no_day_and_gains_none(
        limit in 1u16..60,
        workdays in any::<bool>(),
        stopped_after in 0i64..40,
        stood in 0i64..90,
    ) {
        let unit = if workdays { LimitUnit::Workdays } else { LimitUnit::Days };
        let from = date("2026-03-02");
        let due = calendar().due(from, Limit { value: limit, unit });
        let stopped = from.saturating_add(stopped_after.days());
        prop_assume!(stopped <= due.on);
        let resumed = stopped.saturating_add(stood.days());
        let new = resumed_due(&due, calendar(), stopped, resumed);
        // Days counted one by one: those up to the stop, and those from the day after it ran on.
        let counts = |day: Date| !workdays || calendar().is_workday(day);
        let between = |from: Date, to: Date| {
            let mut day = from;
            let mut count = 0;
            while day < to {
                day = day.tomorrow().unwrap();
                count += u16::from(counts(day));
            }
            count
        };
        prop_assert_eq!(between(from, stopped) + between(resumed, new.on), limit);
    }
}
