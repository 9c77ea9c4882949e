//! Until when each step of following up a rating is due. No national paper says so in days; halls
//! have rules of their own (按本地办法), so the numbers are settings.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{FollowUp, FollowUpState};
use crate::calendar::{DueDate, WorkCalendar};
use crate::matter::{Limit, LimitUnit};
use crate::refusal::{Refusal, RefusalCode};

/// The most workdays that a limit may have: a quarter of a year.
const LONGEST: u16 = 60;

/// Workdays from the day a rating came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUpLimits {
    /// 核实
    pub verify: u16,
    /// 整改和回访
    pub mend: u16,
    /// 情况复杂的整改和回访
    pub complex: u16,
}

impl Default for FollowUpLimits {
    /// 1, 5 and 15: what several provinces ask for.
    fn default() -> Self {
        Self { verify: 1, mend: 5, complex: 15 }
    }
}

impl FollowUpLimits {
    /// Reads three numbers as people fill them in.
    ///
    /// # Errors
    /// `bad-limit` at `verify`, `mend` or `complex`, also where they are out of order.
    pub fn parse(verify: &str, mend: &str, complex: &str) -> Result<Self, Refusal> {
        let bad = |field: &str, message: &str| Refusal::new(RefusalCode::BadLimit, field, message);
        let read = |field: &str, text: &str| {
            let number = text.trim().parse().ok().filter(|days| (1..=LONGEST).contains(days));
            number.ok_or_else(|| bad(field, &format!("须为1至{LONGEST}个工作日")))
        };
        let limits = Self {
            verify: read("verify", verify)?,
            mend: read("mend", mend)?,
            complex: read("complex", complex)?,
        };
        if limits.mend < limits.verify {
            return Err(bad("mend", "整改期限不能短于核实期限"));
        }
        if limits.complex < limits.mend {
            return Err(bad("complex", "情况复杂的期限不能短于一般的期限"));
        }
        Ok(limits)
    }

    /// Until when what has to be done next is due; none for a task that is over.
    pub fn due(&self, task: &FollowUp, calendar: &WorkCalendar) -> Option<DueDate> {
        let value = match task.state {
            FollowUpState::Arrived => self.verify,
            FollowUpState::Upheld | FollowUpState::Mended if task.complex => self.complex,
            FollowUpState::Upheld | FollowUpState::Mended => self.mend,
            _ => return None,
        };
        Some(calendar.due(task.since, Limit { value, unit: LimitUnit::Workdays }))
    }

    /// The last day of [`Self::due`].
    pub fn last_day(&self, task: &FollowUp, calendar: &WorkCalendar) -> Option<Date> {
        self.due(task, calendar).map(|due| due.on)
    }
}
