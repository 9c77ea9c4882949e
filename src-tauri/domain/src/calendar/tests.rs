use proptest::prelude::*;

use super::*;
use crate::fixture::{date, example, read_fixture};

fn limit(value: u16, unit: LimitUnit) -> Limit {
    Limit { value, unit }
}

#[derive(Deserialize)]
struct Row {
    date: Date,
    n: u16,
    unit: LimitUnit,
    due: Date,
    estimated: bool,
}

#[test]
fn the_shared_cases_come_out_as_written() {
    let rows: Vec<Row> = read_fixture("calendar_cases.json");
    assert!(rows.len() > 100);
    for row in rows {
        let due = example().calendar.due(row.date, limit(row.n, row.unit));
        let what = format!("{} + {} {:?}", row.date, row.n, row.unit);
        assert_eq!((due.on, due.estimated), (row.due, row.estimated), "{what}");
    }
}

/// The regression cases gathered with the holiday notices.
#[test]
fn counting_across_holidays_and_make_up_days() {
    for (from, n, due) in [
        ("2026-02-12", 5, "2026-02-26"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-09-18", 5, "2026-09-24"),
        ("2026-09-30", 20, "2026-11-03"),
        ("2026-04-30", 1, "2026-05-06"),
        ("2025-12-31", 5, "2026-01-08"),
        ("2025-01-24", 5, "2025-02-07"),
        ("2025-09-26", 20, "2025-10-30"),
        ("2026-11-24", 20, "2026-12-22"),
        ("2026-11-24", 5, "2026-12-01"),
    ] {
        let counted = example().calendar.due(date(from), limit(n, LimitUnit::Workdays));
        assert_eq!(counted.on, date(due), "{from} + {n}");
    }
}

#[test]
fn a_year_of_the_notice_has_248_workdays() {
    for year in [2025i16, 2026] {
        let first = Date::new(year, 1, 1).expect("a date");
        let days = first.series(jiff::ToSpan::day(1)).take_while(|d| d.year() == year);
        assert_eq!(days.filter(|d| example().calendar.is_workday(*d)).count(), 248, "{year}");
    }
}

#[test]
fn a_year_without_data_counts_by_weekends_and_is_estimated() {
    let calendar = WorkCalendar::default();
    let due = calendar.due(date("2031-01-01"), limit(3, LimitUnit::Workdays));
    assert_eq!((due.on, due.estimated), (date("2031-01-06"), true));
    let due = calendar.due(date("2031-01-01"), limit(3, LimitUnit::Days));
    assert_eq!((due.on, due.estimated), (date("2031-01-04"), false));
}

#[test]
fn only_a_counted_day_makes_a_limit_estimated() {
    let calendar = &example().calendar;
    // 2026-12-31 is the last official day.
    let last = calendar.due(date("2026-12-30"), limit(1, LimitUnit::Workdays));
    assert_eq!((last.on, last.estimated), (date("2026-12-31"), false));
    let next = calendar.due(date("2026-12-30"), limit(2, LimitUnit::Workdays));
    assert_eq!((next.on, next.estimated), (date("2027-01-04"), true));
    // The day counting starts after is not counted itself.
    let zero = calendar.due(date("2027-03-01"), limit(0, LimitUnit::Workdays));
    assert_eq!((zero.on, zero.estimated), (date("2027-03-01"), false));
}

#[test]
fn how_it_was_counted_is_said_in_words() {
    let calendar = &example().calendar;
    let due = calendar.due(date("2026-02-12"), limit(5, LimitUnit::Workdays));
    assert_eq!(due.make_up_days, [date("2026-02-14")]);
    assert_eq!(due.skipped_holidays.len(), 6);
    assert_eq!(
        due.explain(),
        "自2026年2月12日次日起算第5个工作日，扣除法定节假日6天，计入调休上班1天"
    );
    let due = calendar.due(date("2026-12-31"), limit(2, LimitUnit::Workdays));
    assert!(due.explain().contains("暂估"), "{}", due.explain());
    assert_eq!(calendar.due(date("2026-03-02"), limit(0, LimitUnit::Days)).explain(), "当日办结");
    let due = calendar.due(date("2026-03-02"), limit(7, LimitUnit::Days));
    assert_eq!(due.explain(), "自2026年3月2日次日起算第7日（自然日）");
}

#[test]
fn the_end_of_time_ends_the_counting() {
    let due = WorkCalendar::default().due(Date::MAX, limit(u16::MAX, LimitUnit::Workdays));
    assert_eq!(due.on, Date::MAX);
    let near = Date::MAX.yesterday().expect("a date");
    assert_eq!(WorkCalendar::default().due(near, limit(9, LimitUnit::Days)).on, Date::MAX);
}

#[test]
fn a_day_marked_both_ways_counts_as_workday() {
    let mut calendar = example().calendar.clone();
    let both = date("2026-10-01");
    calendar.years.get_mut(&2026).expect("2026").workdays.insert(both);
    assert!(calendar.is_workday(both));
}

prop_compose! {
    fn any_date()(days in 0i32..1600) -> Date {
        date("2024-06-01").checked_add(jiff::ToSpan::days(days)).expect("in range")
    }
}

prop_compose! {
    /// A calendar of three years with days off and on anywhere.
    fn any_calendar()(
        off in prop::collection::vec(any_date(), 0..60),
        on in prop::collection::vec(any_date(), 0..30),
        official in prop::collection::vec(any::<bool>(), 5),
    ) -> WorkCalendar {
        let years = (2024i16..2028).zip(official).map(|(year, official)| {
            let of_year = |days: &[Date]| days.iter().copied().filter(|d| d.year() == year).collect();
            let status = if official { YearStatus::Official } else { YearStatus::Estimated };
            (year, CalendarYear {
                status,
                source: String::new(),
                holidays: of_year(&off),
                workdays: of_year(&on),
            })
        });
        WorkCalendar { years: years.collect() }
    }
}

fn any_unit() -> impl Strategy<Value = LimitUnit> {
    prop_oneof![Just(LimitUnit::Workdays), Just(LimitUnit::Days)]
}

/// Counts another way: lays out every day as a number with its kind, and picks the nth.
fn oracle(calendar: &WorkCalendar, from: Date, n: usize, unit: LimitUnit) -> (Date, bool) {
    if n == 0 {
        return (from, false);
    }
    let counts = |day: &Date| {
        let year = calendar.years.get(&day.year());
        let off = year.is_some_and(|y| y.holidays.iter().any(|h| h == day));
        let on = year.is_some_and(|y| y.workdays.iter().any(|w| w == day));
        let number = day.weekday().to_monday_one_offset();
        unit == LimitUnit::Days || on || (number <= 5 && !off)
    };
    let counted: Vec<Date> =
        from.series(jiff::ToSpan::day(1)).skip(1).filter(counts).take(n).collect();
    let unsure = counted.iter().any(|d| {
        let status = calendar.years.get(&d.year()).map(|y| y.status);
        status != Some(YearStatus::Official)
    });
    (counted[n - 1], unit == LimitUnit::Workdays && unsure)
}

proptest! {
    #[test]
    fn counting_agrees_with_the_oracle(
        calendar in any_calendar(), from in any_date(), n in 0u16..90, unit in any_unit(),
    ) {
        let due = calendar.due(from, limit(n, unit));
        let expected = oracle(&calendar, from, usize::from(n), unit);
        prop_assert_eq!((due.on, due.estimated), expected);
    }

    #[test]
    fn a_later_start_or_a_longer_limit_never_ends_earlier(
        calendar in any_calendar(), from in any_date(), n in 0u16..60, unit in any_unit(),
    ) {
        let due = calendar.due(from, limit(n, unit)).on;
        prop_assert!(calendar.due(from, limit(n + 1, unit)).on > due);
        if n > 0 {
            let later = from.tomorrow().expect("a date");
            prop_assert!(calendar.due(later, limit(n, unit)).on >= due);
        }
    }

    #[test]
    fn limits_add_up(
        calendar in any_calendar(), from in any_date(), a in 0u16..40, b in 0u16..40, unit in any_unit(),
    ) {
        let at_once = calendar.due(from, limit(a + b, unit)).on;
        let half = calendar.due(from, limit(a, unit)).on;
        prop_assert_eq!(calendar.due(half, limit(b, unit)).on, at_once);
    }

    #[test]
    fn a_limit_in_workdays_ends_on_one(calendar in any_calendar(), from in any_date(), n in 1u16..60) {
        let due = calendar.due(from, limit(n, LimitUnit::Workdays));
        prop_assert!(calendar.is_workday(due.on));
        prop_assert!(due.skipped_holidays.iter().all(|d| !calendar.is_workday(*d)));
        prop_assert!(due.make_up_days.iter().all(|d| calendar.is_workday(*d)));
    }
}
