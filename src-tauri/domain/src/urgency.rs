//! How urgent a case is, as four lights (红橙黄绿灯): what offices hang on their lists.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::calendar::WorkCalendar;
use crate::case::Case;
use crate::matter::{Limit, LimitUnit};
use crate::named::named;

/// A light.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Light {
    /// 红: the last day has passed.
    Red,
    /// 橙: it is today or the next workday.
    Orange,
    /// 黄: it is within three workdays.
    Yellow,
    /// 绿: there is more time than that.
    Green,
}

named!(Light {
    Red "red" "已超期",
    Orange "orange" "不足1个工作日",
    Yellow "yellow" "不足3个工作日",
    Green "green" "期限内",
});

/// The days at which the lights change, seen from one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Urgency {
    /// The day it is seen from.
    pub today: Date,
    /// The next workday: last days up to here are orange.
    pub orange_to: Date,
    /// The third workday from now: last days up to here are yellow.
    pub yellow_to: Date,
}

impl Urgency {
    /// As of a day, by a calendar.
    pub fn on(today: Date, calendar: &WorkCalendar) -> Self {
        let after = |value| calendar.due(today, Limit { value, unit: LimitUnit::Workdays }).on;
        Self { today, orange_to: after(1), yellow_to: after(3) }
    }

    /// The light of a last day.
    pub fn light(&self, due: Date) -> Light {
        if due < self.today {
            Light::Red
        } else if due <= self.orange_to {
            Light::Orange
        } else if due <= self.yellow_to {
            Light::Yellow
        } else {
            Light::Green
        }
    }
}

/// The last day that presses on a case: 应办结日 while it is under way and its clock runs, else none.
/// What waits for the applicant's materials presses as well: only the procedures of 行政许可法 第45条
/// stop the clock.
pub fn pressing(case: &Case) -> Option<Date> {
    case.due.as_ref().filter(|_| case.state.clock_runs()).map(|due| due.on)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{date, example};

    #[test]
    fn lights_change_by_workdays_and_not_by_days() {
        let calendar = &example().calendar;
        // Tuesday before the National Day of 2026: the next workday is the Wednesday before it,
        // the third one the 9th of October.
        let seen = Urgency::on(date("2026-09-29"), calendar);
        let light = |day: &str| seen.light(date(day));
        assert_eq!(light("2026-09-28"), Light::Red);
        assert_eq!(light("2026-09-29"), Light::Orange);
        assert_eq!(light("2026-09-30"), Light::Orange);
        assert_eq!(light("2026-10-01"), Light::Yellow, "the holiday is no time to work in");
        assert_eq!(light("2026-10-09"), Light::Yellow);
        assert_eq!(light("2026-10-10"), Light::Green);
    }
}
