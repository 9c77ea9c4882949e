//! The next release, made from the one in use with another year of the work calendar: what a hall
//! does when the holiday notice of the State Council comes out.

use jiff::civil::Date;
use serde_json::Value;

use crate::check::check;
use crate::package::CheckedPackage;
use crate::problem::Problem;

/// Makes the release that follows `package` (the text of one), with the year that `year` holds
/// (`year`, and what a year of the calendar has: `status`, `source`, `holidays`, `workdays`), and
/// checks it whole.
///
/// # Errors
/// Every problem of the year, at its place in the release.
pub fn with_year(
    package: &str,
    year: &[u8],
    issued_on: Date,
) -> Result<CheckedPackage, Vec<Problem>> {
    let refuse = |code: &str, place: &str, message: String| {
        vec![Problem::error(code, place.to_owned(), message)]
    };
    let mut package: Value =
        serde_json::from_str(package).map_err(|error| vec![crate::package::unreadable(&error)])?;
    let mut entry: Value = serde_json::from_slice(year)
        .map_err(|error| refuse("syntax", "", format!("日历文件不是有效的JSON：{error}")))?;
    let number = entry.as_object_mut().and_then(|entry| entry.remove("year"));
    let name = match number {
        Some(Value::Number(year)) if year.is_u64() => year.to_string(),
        Some(_) => {
            return Err(refuse("bad-year", "year", "“year”应是四位数的年份，例如2027".to_owned()));
        }
        None => {
            return Err(refuse("missing-field", "year", "缺少“year”，请写明是哪一年".to_owned()));
        }
    };
    let release = package.get("release").and_then(Value::as_u64).unwrap_or(0).saturating_add(1);
    if let Some(root) = package.as_object_mut() {
        root.insert("release".to_owned(), release.into());
        root.insert("issued_on".to_owned(), issued_on.to_string().into());
    }
    if let Some(years) = package.pointer_mut("/calendar/years").and_then(Value::as_object_mut) {
        years.insert(name, entry);
    }
    check(package.to_string().as_bytes())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;
    use yichuang_domain::calendar::YearStatus;

    use super::*;
    use crate::difference::{Subject, difference};
    use crate::package::read;

    fn renew(year: &Value) -> Result<CheckedPackage, Vec<Problem>> {
        with_year(crate::EXAMPLE, year.to_string().as_bytes(), date(2026, 12, 1))
    }

    #[test]
    fn the_next_release_has_the_year_and_nothing_else_is_changed() {
        let year = json!({
            "year": 2027, "status": "official", "source": "放假通知",
            "holidays": ["2027-01-01"], "workdays": ["2027-01-03"],
        });
        let next = renew(&year).unwrap().package;
        let old = read(crate::EXAMPLE).unwrap();
        assert_eq!((next.release, next.issued_on), (old.release + 1, date(2026, 12, 1)));
        assert_eq!(next.calendar.years[&2027].status, YearStatus::Official);
        assert!(next.calendar.is_workday(date(2027, 1, 3)));
        let changes = difference(&old, &next);
        assert_eq!(changes.len(), 1);
        assert_eq!((changes[0].subject, changes[0].id.as_str()), (Subject::CalendarYear, "2027"));
    }

    #[test]
    fn a_bad_year_is_refused_with_its_place() {
        let code = |year: Value| renew(&year).unwrap_err().remove(0);
        assert_eq!(code(json!({})).code, "missing-field");
        assert_eq!(code(json!({ "year": "2027" })).code, "bad-year");
        assert_eq!(code(json!([])).code, "missing-field");
        let other = json!({
            "year": 2027, "status": "official", "source": "放假通知",
            "holidays": ["2026-01-01"], "workdays": [],
        });
        let problems = renew(&other).unwrap_err();
        let found = problems.iter().find(|p| p.code == "date-outside-year").unwrap();
        assert!(found.place.starts_with("calendar.years"), "{}", found.place);
        let garbage = with_year(crate::EXAMPLE, b"\xff\xfe", date(2026, 12, 1)).unwrap_err();
        assert_eq!(garbage[0].code, "syntax");
    }
}
