//! The work calendar (工作日历): data with a source and a status per year, and counting by it.
//!
//! A day is a workday if it is a make-up workday (调休), or a weekday that is no holiday. A year
//! without data counts by weekends only and is estimated. Limits are counted from the day after
//! (民法典 第201条).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::matter::{Limit, LimitUnit};
use crate::named::named;

/// How sure a year is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum YearStatus {
    /// From the State Council's notice.
    Official,
    /// Computed; make-up days unknown.
    Estimated,
}

named!(YearStatus {
    Official "official" "正式",
    Estimated "estimated" "推算",
});

/// One year of the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CalendarYear {
    /// How sure.
    pub status: YearStatus,
    /// From where.
    pub source: String,
    /// Days off by the notice, weekend days inside a holiday included.
    #[ts(type = "string[]")]
    pub holidays: BTreeSet<Date>,
    /// Make-up workdays.
    #[ts(type = "string[]")]
    pub workdays: BTreeSet<Date>,
}

/// The calendar of a guide release.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WorkCalendar {
    /// By year.
    #[ts(type = "Record<string, CalendarYear>")]
    pub years: BTreeMap<i16, CalendarYear>,
}

/// A limit that was counted, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DueDate {
    /// The day counting starts after (day 0).
    #[ts(type = "string")]
    pub from: Date,
    /// The limit counted.
    pub limit: Limit,
    /// The last day.
    #[ts(type = "string")]
    pub on: Date,
    /// Whether a counted day lies in a year that is not official (暂估).
    pub estimated: bool,
    /// Weekdays passed over because they are holidays.
    #[ts(type = "string[]")]
    pub skipped_holidays: Vec<Date>,
    /// Weekend days counted because they are make-up workdays.
    #[ts(type = "string[]")]
    pub make_up_days: Vec<Date>,
}

impl DueDate {
    /// How it was counted, in the clerk's words.
    pub fn explain(&self) -> String {
        if self.limit.value == 0 {
            return "当日办结".to_owned();
        }
        let unit = match self.limit.unit {
            LimitUnit::Workdays => "个工作日",
            LimitUnit::Days => "日（自然日）",
        };
        let mut text = format!("自{}次日起算第{}{unit}", chinese_date(self.from), self.limit.value);
        if !self.skipped_holidays.is_empty() {
            text.push_str(&format!("，扣除法定节假日{}天", self.skipped_holidays.len()));
        }
        if !self.make_up_days.is_empty() {
            text.push_str(&format!("，计入调休上班{}天", self.make_up_days.len()));
        }
        if self.estimated {
            text.push_str("（暂估：所涉年度放假安排尚未公布）");
        }
        text
    }
}

/// A date as written on papers: 2026年3月2日.
pub fn chinese_date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

impl WorkCalendar {
    /// Whether `date` is a workday.
    pub fn is_workday(&self, date: Date) -> bool {
        match self.years.get(&date.year()) {
            Some(year) if year.workdays.contains(&date) => true,
            Some(year) => !is_weekend(date) && !year.holidays.contains(&date),
            None => !is_weekend(date),
        }
    }

    /// Whether the year of `date` is not official.
    pub fn is_estimated(&self, date: Date) -> bool {
        self.years.get(&date.year()).is_none_or(|y| y.status != YearStatus::Official)
    }

    /// How many days of a limit in `unit` lie after `after`, up to and with `until`. At most 65,535.
    pub fn count(&self, after: Date, until: Date, unit: LimitUnit) -> u16 {
        let counts = |day: &Date| unit == LimitUnit::Days || self.is_workday(*day);
        let days = std::iter::successors(after.tomorrow().ok(), |day| day.tomorrow().ok());
        let counted = days.take_while(|day| *day <= until).filter(counts);
        counted.take(usize::from(u16::MAX)).fold(0, |sum: u16, _| sum.saturating_add(1))
    }

    /// The last day of `limit`, counted from the day after `from`. A limit of 0 ends on `from`
    /// itself. Saturates at the end of the calendar (year 9999).
    pub fn due(&self, from: Date, limit: Limit) -> DueDate {
        let mut due = DueDate {
            from,
            limit,
            on: from,
            estimated: false,
            skipped_holidays: Vec::new(),
            make_up_days: Vec::new(),
        };
        let mut left = limit.value;
        while left > 0 {
            let Ok(next) = due.on.tomorrow() else { break };
            due.on = next;
            match limit.unit {
                LimitUnit::Days => left -= 1,
                LimitUnit::Workdays if self.is_workday(next) => {
                    left -= 1;
                    due.estimated |= self.is_estimated(next);
                    if is_weekend(next) {
                        due.make_up_days.push(next);
                    }
                }
                LimitUnit::Workdays if !is_weekend(next) => due.skipped_holidays.push(next),
                LimitUnit::Workdays => {}
            }
        }
        due
    }
}

#[cfg(test)]
mod tests;
