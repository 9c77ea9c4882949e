//! What the screens and the command line see of printing.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_documents::print::Printer;
use yichuang_domain::intake::parse_date;
use yichuang_domain::printing::{PrintState, Remedy, Side, Trouble};
use yichuang_storage::StoredPrintJob;

use super::rules::title_of;
use crate::desk::Desk;
use crate::error::DeskError;

/// A printer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrinterView {
    /// The system's name for it.
    pub name: String,
    /// Whether the system calls it the default.
    pub default: bool,
    /// What keeps it from printing, in words; empty if nothing is known to.
    pub trouble: String,
    /// Its trays.
    pub trays: Vec<String>,
    /// Whether it prints on both sides.
    pub both_sides: bool,
}

impl From<Printer> for PrinterView {
    fn from(printer: Printer) -> Self {
        Self {
            name: printer.name,
            default: printer.is_default,
            trouble: printer.trouble,
            trays: printer.trays,
            both_sides: printer.both_sides,
        }
    }
}

/// Which print jobs to list.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
pub struct PrintJobFilter {
    /// `YYYY-MM-DD`; none is any day.
    pub day: Option<String>,
    /// Only those in one of these states; empty is any.
    pub states: Vec<PrintState>,
}

impl PrintJobFilter {
    pub(super) fn read_day(&self) -> Result<Option<Date>, DeskError> {
        Ok(self.day.as_deref().map(|day| parse_date(day, "day")).transpose()?)
    }
}

/// A print job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrintJobView {
    /// Its id.
    pub id: String,
    /// 文号.
    pub number: String,
    /// 文书名称.
    pub title: String,
    /// The case.
    pub case: String,
    /// 申请人.
    pub applicant: String,
    /// Where it stands.
    pub state: PrintState,
    /// What was last said of it, in words; may be empty.
    pub said: String,
    /// The printer.
    pub printer: String,
    /// The printing system's name for it; empty until taken.
    pub job: String,
    /// Who printed it.
    pub clerk: String,
    /// When, RFC 3339.
    pub queued_at: String,
    /// Why it was printed again, in words; none the first time.
    pub reason: Option<String>,
}

impl Desk {
    pub(crate) fn print_job_view(&self, job: StoredPrintJob) -> Result<PrintJobView, DeskError> {
        let row = self.store.case_row(&job.case)?;
        Ok(PrintJobView {
            title: title_of(&job.kind),
            applicant: row.map(|row| row.applicant).unwrap_or_default(),
            id: job.id,
            number: job.number,
            case: job.case,
            state: job.state,
            said: job.said,
            printer: job.printer,
            job: job.job,
            clerk: job.clerk.name,
            queued_at: job.queued_at.to_string(),
            reason: job.reason.map(|reason| reason.words().to_owned()),
        })
    }
}

/// Where a kind of paper goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrintRuleView {
    /// The name of the kind.
    pub kind: String,
    /// 文书名称.
    pub title: String,
    /// The printer; none is the system's default.
    pub printer: Option<String>,
    /// The tray; none is the printer's own choice.
    pub tray: Option<String>,
    /// How many times the whole paper, 1 to 9.
    pub copies: u32,
    /// On both sides, where the parts of the paper never share a sheet by it.
    pub both_sides: bool,
    /// As an 80 mm slip; the printer is then a raw queue, or the path of a port.
    pub slip: bool,
}

/// 日清.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DayEndView {
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// Papers that were issued or printed that day.
    pub papers: u32,
    /// How many of them came out of a printer.
    pub printed: u32,
    /// How many were given in another way.
    pub given: u32,
    /// What is open.
    pub items: Vec<DayEndItem>,
    /// Earlier days that leave papers open, the newest first.
    pub earlier: Vec<OpenDay>,
}

impl DayEndView {
    /// Whether nothing is open: neither of this day, nor of any before it.
    pub fn is_clean(&self) -> bool {
        self.items.is_empty() && self.earlier.is_empty()
    }
}

/// A day whose papers are not all in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OpenDay {
    /// The day, `YYYY-MM-DD`: the last one that had to do with these papers.
    pub day: String,
    /// How many papers.
    pub papers: u32,
}

/// One thing that a day leaves open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DayEndItem {
    /// 文号.
    pub number: String,
    /// 文书名称.
    pub title: String,
    /// The case.
    pub case: String,
    /// 申请人.
    pub applicant: String,
    /// The print job, if it is about one.
    pub job: Option<String>,
    /// Which side is missing.
    pub side: Side,
    /// What is not in order.
    pub trouble: Trouble,
    /// What can be done, the usual first.
    pub remedies: Vec<Remedy>,
    /// Its printer; empty without a job.
    pub printer: String,
    /// What was last said of the job, in words; may be empty.
    pub said: String,
}
