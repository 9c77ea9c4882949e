//! The days that figures are asked for.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::FigureGroup;
use crate::intake::parse_date;
use crate::refusal::{Refusal, RefusalCode};

/// Beyond this many days a course is told by months.
const LONGEST_BY_DAY: i32 = 62;

/// From a day to a day, both counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last.
    pub to: Date,
}

impl Period {
    /// Reads two days as people fill them in.
    ///
    /// # Errors
    /// `bad-date` at `from` or `to`, also where they are the wrong way round.
    pub fn parse(from: &str, to: &str) -> Result<Self, Refusal> {
        let (from, to) = (parse_date(from, "from")?, parse_date(to, "to")?);
        if from > to {
            let message = "起始日期晚于截止日期，请核对";
            return Err(Refusal::new(RefusalCode::BadDate, "to", message));
        }
        Ok(Self { from, to })
    }

    /// The month of a day, up to that day.
    pub fn month_to(day: Date) -> Self {
        Self { from: day.first_of_month(), to: day }
    }

    /// Refuses more years than anybody compares, which would only keep the machine busy.
    ///
    /// # Errors
    /// `bad-date` at `from`.
    pub fn within_years(self, years: i32) -> Result<Self, Refusal> {
        let earliest = self.to.saturating_sub(years.years());
        if self.from < earliest {
            let message = format!("一次最多统计{years}年，请缩短起止日期");
            return Err(Refusal::new(RefusalCode::BadDate, "from", message));
        }
        Ok(self)
    }

    /// In what steps its course is told: by days, or by months where those would be too many.
    pub fn course(self) -> FigureGroup {
        let long = self.from.until(self.to).is_ok_and(|span| span.get_days() > LONGEST_BY_DAY);
        if long { FigureGroup::Month } else { FigureGroup::Day }
    }
}
