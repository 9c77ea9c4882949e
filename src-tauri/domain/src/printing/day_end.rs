//! 日清: which papers have no record, and which records have no paper.
//!
//! Jobs that other programs sent to the same printer are out of its sight, and so is what became
//! of a paper after it was handed out.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::PrintState;

/// A print job of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobAccount {
    /// Its id in the journal.
    pub id: String,
    /// Where it stands.
    pub state: PrintState,
    /// Whether the log has the entry that belongs to it.
    pub logged: bool,
}

/// What journal, log and archive know of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperAccount {
    /// 文号.
    pub number: String,
    /// Its print jobs, the oldest first.
    pub jobs: Vec<JobAccount>,
    /// How often the log says that it was printed, whoever wrote that.
    pub log_prints: u32,
    /// Whether it reached the applicant in another way: as a file, electronically, by hand.
    pub given: bool,
    /// Whether a correction took its place, so that nothing has to come out.
    pub replaced: bool,
}

/// Which side is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// 有纸无账: there is or may be paper, and the log does not say so.
    PaperWithoutRecord,
    /// 有账无纸: the paper was issued, and nothing of it came out.
    RecordWithoutPaper,
}

/// What is not in order with a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// It came out, and the log has no entry of it.
    Unlogged,
    /// Nobody has said yet whether it came out.
    Unknown,
    /// The printing system has it, and has not said what came of it.
    Waiting,
    /// The last attempt came to nothing.
    Failed,
    /// Nobody tried.
    NeverOut,
}

/// What puts it in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// 补记: write the entry.
    Record,
    /// 出纸了吗: say whether paper came out.
    Answer,
    /// Look after the printer, or cancel the job.
    Cancel,
    /// Print it.
    Print,
    /// Save it as PDF.
    Save,
    /// Note that it was handed over in another way.
    Give,
}

/// One thing that the day leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discrepancy {
    /// 文号.
    pub number: String,
    /// The job it is about; none where there was none.
    pub job: Option<String>,
    /// Which side is missing.
    pub side: Side,
    /// What is not in order.
    pub trouble: Trouble,
    /// What can be done, the usual first.
    pub remedies: &'static [Remedy],
}

impl Trouble {
    /// Which side is missing.
    pub fn side(self) -> Side {
        match self {
            Self::Unlogged | Self::Unknown | Self::Waiting => Side::PaperWithoutRecord,
            Self::Failed | Self::NeverOut => Side::RecordWithoutPaper,
        }
    }

    /// What can be done, the usual first.
    pub fn remedies(self) -> &'static [Remedy] {
        match self {
            Self::Unlogged => &[Remedy::Record],
            Self::Unknown => &[Remedy::Answer],
            Self::Waiting => &[Remedy::Cancel],
            Self::Failed | Self::NeverOut => &[Remedy::Print, Remedy::Save, Remedy::Give],
        }
    }
}

/// What is not in order with a job of its own.
fn trouble_of(job: &JobAccount) -> Option<Trouble> {
    match job.state {
        PrintState::Printed => (!job.logged).then_some(Trouble::Unlogged),
        PrintState::Unknown => Some(Trouble::Unknown),
        PrintState::Queued | PrintState::Sent => Some(Trouble::Waiting),
        PrintState::Failed => None,
    }
}

fn about(paper: &PaperAccount, job: Option<&JobAccount>, trouble: Trouble) -> Discrepancy {
    Discrepancy {
        number: paper.number.clone(),
        job: job.map(|job| job.id.clone()),
        side: trouble.side(),
        trouble,
        remedies: trouble.remedies(),
    }
}

/// Everything that is open, in the order of the papers, and within a paper of its jobs.
///
/// A paper is in order if it came out (by journal or log), was handed over in another way or was
/// replaced, and no job of it is open. A reprint that failed is open too: whoever asked for it had a reason.
pub fn reconcile(papers: &[PaperAccount]) -> Vec<Discrepancy> {
    let mut open = Vec::new();
    for paper in papers {
        let before = open.len();
        for job in &paper.jobs {
            open.extend(trouble_of(job).map(|trouble| about(paper, Some(job), trouble)));
        }
        let unsettled = open.iter().skip(before).any(|found| found.trouble != Trouble::Unlogged);
        if unsettled || paper.given || paper.replaced {
            continue;
        }
        let last = paper.jobs.last();
        let came_out =
            paper.log_prints > 0 || paper.jobs.iter().any(|job| job.state == PrintState::Printed);
        match last {
            Some(job) if job.state == PrintState::Failed => {
                open.push(about(paper, last, Trouble::Failed));
            }
            _ if !came_out => open.push(about(paper, None, Trouble::NeverOut)),
            _ => {}
        }
    }
    open
}
