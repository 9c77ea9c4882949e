//! Cases: their list, and one of them whole.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::case::{Case, CaseState};
use yichuang_domain::checklist::Check;
use yichuang_domain::determination::Outcome;
use yichuang_domain::urgency::Light;

use super::bundle::LinkedCaseView;
use super::evaluation::ServiceView;
use super::paper::PaperView;
use super::scan::ScanView;
use super::transfer::ConflictView;
use super::workbench::Queue;

/// Whether a case has reached the hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Upload {
    /// It stays on this machine: practice that no hub is joined to.
    Local,
    /// Everything of it was acknowledged.
    Sent,
    /// Something of it waits.
    Waiting,
    /// The hub refused something of it; the rest of the queue goes on.
    Rejected {
        /// Machine-readable.
        code: String,
        /// Which field.
        field: String,
        /// In the clerk's words.
        message: String,
    },
}

/// A line of the list of cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaseRow {
    /// Its id.
    pub id: String,
    /// 办件编号.
    pub number: String,
    /// Where it stands.
    pub state: CaseState,
    /// 事项名称.
    pub matter_name: String,
    /// The applicant's name.
    pub applicant: String,
    /// `YYYY-MM-DD`.
    pub filed_on: String,
    /// 应办结日, `YYYY-MM-DD`.
    pub due: Option<String>,
    /// 暂估.
    pub due_estimated: bool,
    /// The last day for the notice, while it still has to be given.
    pub notify_by: Option<String>,
    /// The last day to deliver the result, while it waits to be handed over.
    pub deliver_by: Option<String>,
    /// How near the last day is that presses now; none where none does.
    pub light: Option<Light>,
    /// What the department did since a clerk last looked at it, in a word or two.
    pub news: Option<String>,
    /// Whether it has conflicts that a person must look at.
    pub conflict: bool,
    /// Whether another window has it in hand.
    pub elsewhere: bool,
    /// Whether it has reached the hub.
    pub upload: Upload,
}

/// A page of the list of cases, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CasePage {
    /// How many there are in all.
    pub total: u32,
    /// The page.
    pub rows: Vec<CaseRow>,
}

/// Which cases to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CaseFilter {
    /// Part of a number, of an applicant's name or of a matter's name.
    pub text: String,
    /// Only in these states; empty means all.
    pub states: Vec<CaseState>,
    /// Only what has not reached the hub.
    pub unsent: bool,
    /// Only what waits for this, in the order of the workbench; it stands for states of its own.
    #[ts(optional)]
    pub queue: Option<Queue>,
    /// From the how-manieth (from 0).
    pub offset: u32,
    /// How many at most; 0 means 50.
    pub limit: u32,
}

/// One thing that happened to a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TimelineEntry {
    /// RFC 3339.
    pub at: String,
    /// What, in two to six characters.
    pub title: String,
    /// More of it; may be empty.
    pub detail: String,
    /// Who.
    pub actor: String,
    /// Whether it came from the hub.
    pub from_hub: bool,
    /// Whether the hub has it.
    pub sent: bool,
}

/// A step the clerk may or may not take now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CaseAction {
    /// 出具一次性告知书
    GiveNotice,
    /// 登记补正
    Supplement,
    /// 受理
    Accept,
    /// 出件
    HandOver,
    /// 更正
    Correct,
    /// 撤回
    Withdraw,
}

/// Whether a step is open, and why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ActionView {
    /// The step.
    pub action: CaseAction,
    /// Why not now; none if it is open.
    pub obstacle: Option<String>,
}

/// A line of the notice and whether it arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NoticeItem {
    /// The material's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// 缺少 or 不符.
    pub check: Check,
    /// Why.
    pub reason: String,
    /// 受理标准.
    pub standard: String,
    /// When it arrived, `YYYY-MM-DD`.
    pub arrived_on: Option<String>,
}

/// A case, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaseView {
    /// The case, without what was said of its services.
    pub case: Case,
    /// What came of it at the window, as `play` prints it.
    pub outcome: Outcome,
    /// The lines of its notice.
    pub notice_items: Vec<NoticeItem>,
    /// Its papers.
    pub papers: Vec<PaperView>,
    /// The scans of its materials.
    pub scans: Vec<ScanView>,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// The steps, open or not.
    pub actions: Vec<ActionView>,
    /// Whether it has reached the hub.
    pub upload: Upload,
    /// The window that has it in hand, where that is another one: it can only be looked at here.
    pub holder: Option<String>,
    /// What two sides wrote of it that does not go together.
    pub conflicts: Vec<ConflictView>,
    /// 一件事: the cases that were filed together with it.
    pub linked: Vec<LinkedCaseView>,
    /// The services at a window, the oldest first.
    pub services: Vec<ServiceView>,
    /// How the due date was counted, in words.
    pub due_explained: Option<String>,
}
