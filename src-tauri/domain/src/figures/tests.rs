use proptest::prelude::*;

use super::*;
use crate::case::event::{Decision, EventBody};
use crate::case::fold::tests::{any_events, extended, filed_body, fold};
use crate::evaluation::{Evaluation, EvaluationChannel, Satisfaction};
use crate::fixture::{date, example};
use crate::matter::{Limit, LimitUnit};
use crate::named::Named as _;

fn accepted() -> EventBody {
    let on = date("2026-03-02");
    let due = example().calendar.due(on, Limit { value: 5, unit: LimitUnit::Workdays });
    assert_eq!(due.on, date("2026-03-09"));
    EventBody::Accepted { on, due: Some(due), deferred: Vec::new() }
}

fn decided(on: &str) -> EventBody {
    EventBody::Decided {
        decision: Decision::Granted,
        on: date(on),
        reason: String::new(),
        result_number: None,
        basis: String::new(),
        remedies: String::new(),
    }
}

fn tally(cases: &[Case], today: &str) -> Tally {
    let mut tally = Tally::default();
    for case in cases {
        tally.add(case, date(today));
    }
    tally
}

#[test]
fn on_time_is_the_last_day_and_not_the_day_after() {
    let after = |on| fold(vec![filed_body(&[]), accepted(), decided(on)]);
    let counted = tally(&[after("2026-03-09"), after("2026-03-10")], "2026-03-20");
    assert_eq!(counted.get(Figure::DecidedOnTime), 1);
    assert_eq!(counted.per_mille(Rate::OnTime), Some(500));
    let open = fold(vec![filed_body(&[]), accepted()]);
    assert_eq!(Figure::Overdue.of(&open, date("2026-03-09")), 0);
    assert_eq!(Figure::Overdue.of(&open, date("2026-03-10")), 1);
    assert_eq!(tally(&[open], "2026-03-10").per_mille(Rate::OnTime), None, "nothing was decided");
}

#[test]
fn a_rate_is_never_rounded_up_to_all() {
    let mut cases = vec![fold(vec![filed_body(&[]), accepted(), decided("2026-03-03")]); 1999];
    cases.push(fold(vec![filed_body(&[]), accepted(), decided("2026-03-31")]));
    assert_eq!(tally(&cases, "2026-04-01").per_mille(Rate::OnTime), Some(999));
}

#[test]
fn who_was_asked_again_was_told_twice_and_who_was_told_nothing_was_not() {
    let notice = EventBody::NoticeGiven { on: date("2026-03-02"), listed: vec!["m1".to_owned()] };
    let came = EventBody::Supplemented { on: date("2026-03-03"), ids: vec!["m1".to_owned()] };
    let item = crate::case::event::AskedItem { id: "m1".to_owned(), mend: "盖章".to_owned() };
    let asked = EventBody::SupplementAsked {
        on: date("2026-03-04"),
        items: vec![item],
        reason: "公章不清".to_owned(),
    };
    let once = fold(vec![filed_body(&["m1"]), notice.clone()]);
    let by_review = fold(vec![filed_body(&[]), accepted(), asked.clone()]);
    let twice = fold(vec![filed_body(&["m1"]), notice, came, accepted(), asked]);
    let counted = tally(&[once, by_review, twice], "2026-03-05");
    assert_eq!((counted.get(Figure::Notices), counted.get(Figure::SecondNotices)), (2, 1));
    assert_eq!(counted.per_mille(Rate::SecondNotice), Some(333));
    let longer = fold(vec![filed_body(&[]), accepted(), extended()]);
    assert_eq!(Figure::Extensions.of(&longer, date("2026-03-05")), 1);
}

#[test]
fn a_service_that_nobody_judged_lowers_the_rate() {
    let said = |evaluation| EventBody::Evaluated {
        service: date("2026-03-02"),
        channel: EvaluationChannel::Screen,
        evaluation,
    };
    let given = Evaluation {
        satisfaction: Satisfaction::VeryDissatisfied,
        reasons: Vec::new(),
        words: String::new(),
    };
    let cases = [
        fold(vec![filed_body(&[]), said(Some(given))]),
        fold(vec![filed_body(&[]), said(None)]),
        fold(vec![filed_body(&[])]),
    ];
    let counted = tally(&cases, "2026-03-05");
    assert_eq!((counted.get(Figure::Services), counted.get(Figure::Evaluated)), (3, 1));
    assert_eq!(counted.per_mille(Rate::Evaluation), Some(333));
}

proptest! {
    /// However cases went, no part is more than its whole, and groups add up to the total.
    #[test]
    fn parts_fit_into_their_wholes(
        many in prop::collection::vec(any_events(), 0..6), day in 1..28i8,
    ) {
        let today = Date::new(2026, 3, day).expect("a day");
        let cases: Vec<Case> = many.into_iter().filter_map(Case::fold).collect();
        let mut all = Tally::default();
        for case in &cases {
            all.add(case, today);
            for rate in Rate::ALL {
                let (part, whole) = rate.of();
                prop_assert!(part.of(case, today) <= whole.of(case, today), "{rate:?}");
            }
        }
        prop_assert_eq!(all.get(Figure::Filed) as usize, cases.len());
        for figure in Figure::ALL {
            let sum: u32 = cases.iter().map(|case| figure.of(case, today)).sum();
            prop_assert_eq!(all.get(*figure), sum);
        }
        for rate in Rate::ALL {
            prop_assert!(all.per_mille(*rate).is_none_or(|rate| rate <= 1000));
        }
    }
}

#[test]
fn a_period_is_two_days_in_order_and_no_age_of_the_world() {
    let field = |from: &str, to: &str| Period::parse(from, to).expect_err("refused").field;
    for (from, to, at) in [
        ("", "2026-03-31", "from"),
        ("2026-02-30", "2026-03-31", "from"),
        ("0001-01-01", "2026-03-31", "from"),
        ("2026-03-01", "2026-3-31", "to"),
        ("2026-03-02", "2026-03-01", "to"),
        ("2026-03-01", "99999-01-01", "to"),
    ] {
        assert_eq!(field(from, to), at, "{from} {to}");
    }
    let years = |from, to| Period::parse(from, to).expect("a period").within_years(3);
    assert!(years("2023-03-31", "2026-03-31").is_ok());
    assert_eq!(years("2023-03-30", "2026-03-31").expect_err("too long").field, "from");
    assert!(years("1900-01-01", "9999-12-31").is_err());
    let month = Period::month_to(date("2026-03-17"));
    assert_eq!((month.from, month.to), (date("2026-03-01"), date("2026-03-17")));
    assert_eq!(month.course(), FigureGroup::Day);
    let course = |to| Period::parse("2026-03-01", to).expect("a period").course();
    assert_eq!(course("2026-05-02"), FigureGroup::Day);
    assert_eq!(course("2026-05-03"), FigureGroup::Month);
}

#[test]
fn windows_and_clerks_of_a_hall_are_told_apart_by_their_place() {
    let case = fold(vec![filed_body(&[])]);
    let at = |station, window| FiledAt { station, window };
    let key = |by: HallGroup, at: &FiledAt<'_>| by.of(&case, at);
    assert_ne!(
        key(HallGroup::Window, &at("ZX", "03")).0,
        key(HallGroup::Window, &at("JH", "03")).0
    );
    assert_eq!(key(HallGroup::Window, &at("ZX", "03")).1, "ZX 03号");
    assert_eq!(key(HallGroup::Station, &at("ZX", "03")), key(HallGroup::Station, &at("ZX", "04")));
    let (clerk, name) = key(HallGroup::Clerk, &at("ZX", "03"));
    assert_eq!(clerk, format!("ZX/03/{}", case.filed_by.id));
    assert_eq!(name, format!("{}（ZX 03号）", case.filed_by.name));
    // What both have is the same question.
    for by in FigureGroup::ALL.iter().filter(|by| **by != FigureGroup::Clerk) {
        let hall = HallGroup::from_name(by.name()).expect("a group of the hall");
        assert_eq!((hall.word(), key(hall, &at("ZX", "03"))), (by.word(), by.of(&case)));
    }
}

#[test]
fn groups_are_the_largest_first_or_in_the_order_of_time() {
    let mut groups = Groups::default();
    let case = fold(vec![filed_body(&[])]);
    for key in ["b", "a", "c", "c"] {
        groups.add((key.to_owned(), format!("{key}!")), &case, date("2026-03-05"));
    }
    let keys = |in_time| -> Vec<String> {
        groups.clone().rows(in_time).into_iter().map(|row| row.key).collect()
    };
    assert_eq!((keys(false), keys(true)), (vec_of("cab"), vec_of("abc")));
    assert_eq!(groups.rows(false)[0].tally.get(Figure::Filed), 2);
}

fn vec_of(letters: &str) -> Vec<String> {
    letters.chars().map(|c| c.to_string()).collect()
}
