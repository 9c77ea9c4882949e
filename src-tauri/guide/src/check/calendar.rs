//! The check of the work calendar.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use serde_json::Value;

use super::fields::{self, Fields, Need, Place, Text, wrong_type};

/// Checks `calendar`; `issued_on` says which year must be there.
pub fn check(root: &Fields<'_, '_>, issued_on: Option<Date>) {
    let place = root.at("calendar");
    let Some(value) = root.raw("calendar", Need::ExpectedFrom2) else { return };
    let Some(calendar) = Fields::of(value, &place, root.notes) else { return };
    calendar.only(&["years"]);
    let years_place = calendar.at("years");
    let Some(years) = calendar.raw("years", Need::Required) else { return };
    let Value::Object(years) = years else {
        wrong_type(root.notes, &years_place, "对象{…}", years);
        return;
    };
    for (key, value) in years {
        let place = Place::Key(&years_place, key);
        let year = key
            .parse::<i16>()
            .ok()
            .filter(|_| key.len() == 4 && key.bytes().all(|b| b.is_ascii_digit()));
        if year.is_none() {
            let message = format!("“{key}”不是年份，应为4位数字（如2026）");
            root.notes.error("bad-year", &place, message);
        }
        if let Some(fields) = Fields::of(value, &place, root.notes) {
            check_year(&fields, year);
        }
    }
    if let Some(year) = issued_on.map(|d| d.year().to_string())
        && !years.contains_key(&year)
    {
        let message = format!("日历没有发布当年（{year}）的放假安排，期限将只按周末推算并标为暂估");
        root.notes.warning("no-calendar-year", &years_place, message);
    }
}

fn check_year(fields: &Fields<'_, '_>, year: Option<i16>) {
    fields.only(&["status", "source", "holidays", "workdays"]);
    let status = fields.one_of("status", Need::Required, &["official", "estimated"]);
    fields.text("source", Need::Required, Text::Advised);
    let holidays = dates(fields, "holidays", year);
    let workdays = dates(fields, "workdays", year);
    if status == Some("official") && holidays.is_empty() {
        let message = "标为正式的年度没有任何节假日，请核对放假通知";
        fields.notes.warning("no-holidays", &fields.at("holidays"), message);
    }
    for date in holidays.intersection(&workdays) {
        let message = format!("{date}既在放假日又在调休上班日里，请只留一处");
        fields.notes.error("holiday-and-workday", &fields.at("workdays"), message);
    }
    for date in workdays.difference(&holidays) {
        if !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
            let message = format!("{date}本来就是上班的日子，不必列为调休，请核对日期");
            fields.notes.warning("odd-workday", &fields.at("workdays"), message);
        }
    }
}

fn dates(fields: &Fields<'_, '_>, key: &str, year: Option<i16>) -> BTreeSet<Date> {
    let mut found = BTreeSet::new();
    let list_place = fields.at(key);
    for (i, value) in fields.list(key, Need::Required).iter().enumerate() {
        let place = Place::Index(&list_place, i);
        let Some(date) = fields::date(fields.notes, &place, value) else { continue };
        if year.is_some_and(|year| year != date.year()) {
            let message = format!("{date}不在这个年度里，请移到{}年或改正", date.year());
            fields.notes.error("date-outside-year", &place, message);
        }
        if !found.insert(date) {
            fields.notes.warning("duplicate-date", &place, format!("{date}列了两次，请删去一次"));
        }
    }
    found
}
