//! By when an entry is settled. No national text gives these days: halls set them by their own
//! rules (按本地办法), and the numbers here are where a hall begins.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::LedgerKind;
use crate::calendar::{DueDate, WorkCalendar};
use crate::matter::{Limit, LimitUnit};
use crate::refusal::{Refusal, RefusalCode};

/// The most workdays that a limit can be: half a year.
const MOST: u16 = 125;

/// The limits of one ledger, in workdays from the day after it was brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerLimits {
    /// By when the person is spoken to first (联系核实); none where the hall asks for none.
    pub contact: Option<u16>,
    /// By when it is settled (办结).
    pub settle: u16,
    /// By when it is settled where it is intricate and a lead says so (延长后); none where that is
    /// not allowed.
    pub extended: Option<u16>,
}

/// The limits of every ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerLimitSet {
    /// 咨询 that could not be answered at once.
    pub consultation: LedgerLimits,
    /// 办不成事.
    pub obstruction: LedgerLimits,
    /// 投诉.
    pub complaint: LedgerLimits,
    /// 帮您办; what an earlier program wrote has none.
    #[serde(default = "usual_assistance")]
    pub assistance: LedgerLimits,
}

/// Helpers call the next workday; what they do takes as long as the matters do.
fn usual_assistance() -> LedgerLimits {
    LedgerLimits { contact: Some(1), settle: 20, extended: Some(60) }
}

impl Default for LedgerLimitSet {
    /// 1, 5 and 15 workdays: the usual local rule for poor ratings (核实、整改、复杂情形), which
    /// halls keep for complaints as well.
    fn default() -> Self {
        let usual = LedgerLimits { contact: Some(1), settle: 5, extended: Some(15) };
        Self {
            consultation: LedgerLimits { contact: None, settle: 1, extended: None },
            obstruction: usual,
            complaint: usual,
            assistance: usual_assistance(),
        }
    }
}

impl LedgerLimitSet {
    /// The limits of a ledger.
    pub fn of(&self, kind: LedgerKind) -> LedgerLimits {
        match kind {
            LedgerKind::Consultation => self.consultation,
            LedgerKind::Obstruction => self.obstruction,
            LedgerKind::Complaint => self.complaint,
            LedgerKind::Assistance => self.assistance,
        }
    }

    /// Whether every limit is one, and none ends before another that comes first.
    ///
    /// # Errors
    /// [`RefusalCode::BadLimit`] with the field, for instance `complaint.settle`.
    pub fn check(&self) -> Result<(), Refusal> {
        let all = [
            ("consultation", self.consultation),
            ("obstruction", self.obstruction),
            ("complaint", self.complaint),
            ("assistance", self.assistance),
        ];
        for (name, limits) in all {
            let bad = |field: &str, message: &str| {
                Err(Refusal::new(RefusalCode::BadLimit, format!("{name}.{field}"), message))
            };
            let LedgerLimits { contact, settle, extended } = limits;
            if !(1..=MOST).contains(&settle) {
                return bad("settle", "办结期限应为1至125个工作日");
            }
            if contact.is_some_and(|days| days == 0 || days > settle) {
                return bad("contact", "联系期限至少1个工作日，不能长于办结期限");
            }
            if extended.is_some_and(|days| days <= settle || days > MOST) {
                return bad("extended", "延长后的期限应长于办结期限，最多125个工作日");
            }
        }
        Ok(())
    }
}

/// The last days of an entry, as counted when it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerDue {
    /// The last day for the first contact.
    pub contact: Option<DueDate>,
    /// The last day for settling it.
    pub settle: DueDate,
}

fn workdays(calendar: &WorkCalendar, from: Date, value: u16) -> DueDate {
    calendar.due(from, Limit { value, unit: LimitUnit::Workdays })
}

impl LedgerLimits {
    /// The last days of what was brought on `on`.
    pub fn due(&self, on: Date, calendar: &WorkCalendar) -> LedgerDue {
        LedgerDue {
            contact: self.contact.map(|days| workdays(calendar, on, days)),
            settle: workdays(calendar, on, self.settle),
        }
    }

    /// The last day once it was extended, counted from the same day; none where it can't be.
    pub fn extended(&self, on: Date, calendar: &WorkCalendar) -> Option<DueDate> {
        self.extended.map(|days| workdays(calendar, on, days))
    }
}
