//! Dates as spreadsheets and people write them.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::Unfit;
use crate::cell::{Cell, narrow};

/// A date.
///
/// # Errors
/// [`Unfit::NotDate`].
pub(super) fn date(cell: &Cell) -> Result<Date, Unfit> {
    let unfit = || Unfit::NotDate(cell.shown());
    match cell {
        Cell::Date(date) => Ok(*date),
        // A date whose cell lost its format: days since 1899-12-30, of this century.
        Cell::Number(days) if (36_526.0..73_050.0).contains(days) => {
            let epoch = Date::new(1899, 12, 30).map_err(|_| unfit())?;
            let span = jiff::Span::new().days(days.trunc() as i32);
            epoch.checked_add(span).map_err(|_| unfit())
        }
        Cell::Number(number) => day(&number.to_string()).ok_or_else(unfit),
        other => day(&narrow(&other.shown())).ok_or_else(unfit),
    }
}

/// `2026-3-2`, `2026/03/02`, `2026.3.2`, `2026年3月2日`, `20260302`, with or without a time.
fn day(text: &str) -> Option<Date> {
    let text = text.trim().trim_end_matches('日');
    let text = text.split_once([' ', 'T']).map_or(text, |(day, _)| day);
    let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月']).collect();
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] => (*year, *month, *day),
        [all] if all.len() == 8 && all.is_ascii() => (&all[..4], &all[4..6], &all[6..]),
        _ => return None,
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Several days, as JSON.
///
/// # Errors
/// [`Unfit`].
pub(super) fn days(cell: &Cell) -> Result<Value, Unfit> {
    if !matches!(cell, Cell::Text(_)) {
        return Ok(json!([date(cell)?.to_string()]));
    }
    let text = narrow(&cell.shown());
    let mut found = Vec::new();
    for part in text.split(['\n', '、', '；', ';', ',']).map(str::trim).filter(|p| !p.is_empty())
    {
        let one = |text: &str| day(text).ok_or_else(|| Unfit::NotDate(text.trim().to_owned()));
        let Some((first, last)) = part.split_once(['至', '~']) else {
            found.push(json!(one(part)?.to_string()));
            continue;
        };
        let (first, last) = (one(first)?, one(last)?);
        let length = (last - first).get_days();
        if !(0..=366).contains(&length) {
            return Err(Unfit::BadRange(part.to_owned()));
        }
        let each = first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last);
        found.extend(each.map(|day| json!(day.to_string())));
    }
    Ok(Value::Array(found))
}

/// Days as ranges, one a line.
pub(super) fn ranges(days: &[Value]) -> String {
    let days = days.iter().filter_map(|d| d.as_str()?.parse::<Date>().ok());
    let mut runs: Vec<(Date, Date)> = Vec::new();
    for day in days {
        match runs.last_mut() {
            Some((_, last)) if last.tomorrow().is_ok_and(|next| next == day) => *last = day,
            _ => runs.push((day, day)),
        }
    }
    let lines = runs.iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}至{last}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}
