//! What the desk shows: plain data for a screen, no rule in it. Identity numbers appear in full
//! only where the clerk compares or types them ([`yichuang_domain::case::Case`], drafts); lists
//! carry none.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::Refusal;
use yichuang_domain::case::{Case, CaseState};
use yichuang_domain::checklist::{Check, Stopped};
use yichuang_domain::condition::Answers;
use yichuang_domain::determination::{Determination, Outcome};
use yichuang_domain::document::DocumentKind;
use yichuang_domain::intake::Intake;
use yichuang_domain::matter::{
    Department, Handling, Level, Limit, Material, Matter, MatterKind, NotInForce, Question,
};
use yichuang_guide::FormKind;

/// How far the program is from its first screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// The database can't be opened without the passphrase (启动口令).
    Locked,
    /// No account yet.
    FirstStart,
    /// Nobody is signed in.
    SignedOut,
    /// Somebody is.
    SignedIn,
}

/// What kind of records a profile holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ProfileMode {
    /// 演练: not joined to any hub.
    Practice,
    /// 演练: joined to a hub started with `--trial`.
    Trial,
    /// Real records.
    Live,
}

impl ProfileMode {
    /// Whether everything is marked 演练.
    pub fn is_practice(self) -> bool {
        self != Self::Live
    }
}

/// This window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProfileView {
    /// What kind of records.
    pub mode: ProfileMode,
    /// 区划代码.
    pub region: String,
    /// 站点代码.
    pub station: String,
    /// 窗口代码.
    pub window: String,
    /// The hall's name, for the title bar.
    pub hall: String,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClerkView {
    /// Its id.
    pub id: String,
    /// 姓名.
    pub name: String,
}

/// Where a guide release came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum GuideOrigin {
    /// With the program.
    Bundled,
    /// From a file.
    File,
    /// From the hub.
    Hub,
}

/// Why the guide in use should not be relied on without asking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StaleGuide {
    /// Machine-readable: `newer-not-taken`, `old`.
    pub code: String,
    /// In the clerk's words, with what to do.
    pub message: String,
}

/// The guide in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GuideView {
    /// Release number.
    pub release: u32,
    /// `YYYY-MM-DD`.
    pub issued_on: String,
    /// 区划名称.
    pub region: String,
    /// How many matters.
    pub matters: u32,
    /// Example data (示例): no official list.
    pub sample: bool,
    /// SHA-256 of the package.
    pub digest: String,
    /// Where it came from.
    pub origin: GuideOrigin,
    /// Since when this window uses it, RFC 3339.
    pub since: String,
    /// How many days ago it was issued.
    pub age_days: u32,
    /// Why it should not be relied on; none if it can be.
    pub stale: Option<StaleGuide>,
}

/// Where the program stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Status {
    /// How far.
    pub phase: Phase,
    /// This window; none while locked.
    pub profile: Option<ProfileView>,
    /// Who is signed in.
    pub clerk: Option<ClerkView>,
    /// Whom the sign-in screen offers.
    pub clerks: Vec<ClerkView>,
    /// The guide; none where none was imported.
    pub guide: Option<GuideView>,
    /// Today in Asia/Shanghai, `YYYY-MM-DD`.
    pub today: String,
    /// Program version.
    pub version: String,
    /// Whether the first start must ask for a passphrase, because this machine has no keyring.
    pub wants_passphrase: bool,
}

/// A stretch of the name that the search text matched, in Unicode characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Highlight {
    /// First character.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// A matter that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MatterHit {
    /// 实施编码.
    pub code: String,
    /// 事项名称.
    pub name: String,
    /// 实施主体.
    pub department: String,
    /// Sort of act.
    pub kind: MatterKind,
    /// 即办件 or 承诺件.
    pub handling: Handling,
    /// Where it may be taken.
    pub levels: Vec<Level>,
    /// 承诺办结时限.
    pub promised_limit: Option<Limit>,
    /// The alias that matched, where the name did not.
    pub alias: Option<String>,
    /// What to highlight in `name` (or in `alias`, where there is one).
    pub highlights: Vec<Highlight>,
    /// Whether it fits only if one slip of the hand is allowed for.
    pub slip: bool,
    /// Whether the clerk starred it.
    pub starred: bool,
    /// Why no application for it is taken today; none if one is.
    pub not_in_force: Option<NotInForce>,
}

/// What the guide can be browsed by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Browse {
    /// 实施主体, in guide order.
    pub departments: Vec<DepartmentShelf>,
    /// 一件事, in guide order.
    pub bundles: Vec<GroupShelf>,
    /// 人生事件 and 主题, in guide order (from format 2).
    pub life_events: Vec<GroupShelf>,
    /// How many matters the clerk starred.
    pub starred: u32,
}

/// A department and how much it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DepartmentShelf {
    /// 统一社会信用代码.
    pub code: String,
    /// 名称.
    pub name: String,
    /// How many matters.
    pub matters: u32,
}

/// A bundle or a life event, and how much it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GroupShelf {
    /// Its id.
    pub id: String,
    /// 名称.
    pub name: String,
    /// What the clerk should know about it; may be empty.
    pub note: String,
    /// How many matters.
    pub matters: u32,
}

/// Where matters stand together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Shelf {
    /// A department, by its code.
    Department(String),
    /// A bundle, by its id.
    Bundle(String),
    /// A life event, by its id.
    LifeEvent(String),
    /// What the clerk starred.
    Starred,
}

/// A form of the guide (空白表、示例样表), without its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormView {
    /// Its id in the release, by which materials name it.
    pub id: String,
    /// 名称.
    pub name: String,
    /// What it is.
    pub kind: FormKind,
    /// Whether it can be looked at and printed here; what can't is saved.
    pub printable: bool,
}

/// A matter, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MatterView {
    /// The matter.
    pub matter: Matter,
    /// Its department.
    pub department: Department,
    /// The forms that it names.
    pub forms: Vec<FormView>,
    /// Example data (示例).
    pub sample: bool,
    /// Why no application for it is taken: today, or for a draft on its day of filing. None if
    /// one is.
    pub not_in_force: Option<NotInForce>,
}

/// A material that an enquiry comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProspectView {
    /// The material.
    pub material: Material,
    /// In which situation it is asked for, in words; none where in every one that is left.
    pub when: Option<String>,
}

/// A matter seen through the situation told so far, before there is a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EnquiryView {
    /// The matter.
    pub matter: MatterView,
    /// The questions that can be asked now, in order; the one about an agent among them.
    pub questions: Vec<Question>,
    /// The answers that count.
    #[ts(type = "Record<string, string>")]
    pub answers: Answers,
    /// Whether nothing is open.
    pub settled: bool,
    /// The choice that ended it.
    pub stopped: Option<Stopped>,
    /// What applies or may apply.
    pub materials: Vec<ProspectView>,
}

/// Where the clerk stands in the walk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// 情形
    #[default]
    Questions,
    /// 申请人
    Applicant,
    /// 材料
    Materials,
    /// 结论
    Determination,
}

/// A case being taken in, saved with every change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Draft {
    /// Its id.
    pub id: String,
    /// Where the clerk stands.
    pub step: Step,
    /// What was typed.
    pub intake: Intake,
}

/// A line of the list of drafts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftRow {
    /// Its id.
    pub id: String,
    /// 事项名称.
    pub matter_name: String,
    /// The applicant's name as typed so far.
    pub applicant: String,
    /// When it was last changed, RFC 3339.
    pub updated_at: String,
}

/// One result that the clerk may or may not choose for a material.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CheckOption {
    /// The result.
    pub check: Check,
    /// Why it is not allowed here; none if it is.
    pub obstacle: Option<String>,
}

/// A material that applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChecklistRow {
    /// The material.
    pub material: Material,
    /// All seven results, in the order of their keys.
    pub options: Vec<CheckOption>,
}

/// A line of what the applicant is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ToldLine {
    /// What, for instance a material with what is wrong with it.
    pub text: String,
    /// Standard, way to get it, basis: one sentence each.
    pub details: Vec<String>,
}

/// 随行告知单: what the applicant will be told as things stand; printing only freezes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Told {
    /// For instance 一次性告知（补正）书.
    pub title: String,
    /// One sentence to read out first.
    pub lead: String,
    /// In order.
    pub lines: Vec<ToldLine>,
    /// Deadlines, fees, delivery: sentences at the end.
    pub closing: Vec<String>,
}

/// A draft seen through the rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Assessment {
    /// The questions visible with these answers, in order.
    pub questions: Vec<Question>,
    /// Whether they are all answered, or a choice ended the walk.
    pub answered: bool,
    /// The choice that ended the walk.
    pub stopped: Option<Stopped>,
    /// The materials that apply; empty until `answered`, and after a `stop`.
    pub checklist: Vec<ChecklistRow>,
    /// Every fault of what was typed so far, in the order of the fields.
    pub faults: Vec<Refusal>,
    /// What follows, once nothing is at fault.
    pub determination: Option<Determination>,
    /// How the due date was counted, in words.
    pub due_explained: Option<String>,
    /// How the notice's last day was counted, in words.
    pub notify_by_explained: Option<String>,
    /// What the applicant will be told.
    pub told: Told,
}

/// A draft and what the rules say of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftView {
    /// The draft.
    pub draft: Draft,
    /// Its matter.
    pub matter: MatterView,
    /// What the rules say.
    pub assessment: Assessment,
}

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
    /// Whether it has conflicts that a person must look at.
    pub conflict: bool,
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

/// An archived paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PaperView {
    /// Its kind.
    pub kind: DocumentKind,
    /// 文书名称.
    pub title: String,
    /// 文号.
    pub number: String,
    /// When it was issued, RFC 3339.
    pub issued_at: String,
    /// How often it was handed to a printer.
    pub printed: u32,
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
    /// The case.
    pub case: Case,
    /// What came of it at the window, as `play` prints it.
    pub outcome: Outcome,
    /// The lines of its notice.
    pub notice_items: Vec<NoticeItem>,
    /// Its papers.
    pub papers: Vec<PaperView>,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// The steps, open or not.
    pub actions: Vec<ActionView>,
    /// Whether it has reached the hub.
    pub upload: Upload,
    /// How the due date was counted, in words.
    pub due_explained: Option<String>,
}

/// The desk at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Workbench {
    /// Cases taken in and not finished being typed.
    pub drafts: Vec<DraftRow>,
    /// 待告知: received, the notice still to be given; the most urgent first.
    pub notice_due: Vec<CaseRow>,
    /// 待补正: the notice given, something still to come.
    pub supplement_waiting: Vec<CaseRow>,
    /// 可受理: everything arrived.
    pub ready_to_accept: Vec<CaseRow>,
    /// 在办: accepted, the nearest due date first.
    pub under_way: Vec<CaseRow>,
    /// 已办结: the hub decided, not handed over yet.
    pub decided: Vec<CaseRow>,
    /// Conflicts and refused uploads: someone must look.
    pub attention: Vec<CaseRow>,
    /// How many were filed today.
    pub filed_today: u32,
}

/// A PDF.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PdfFile {
    /// A file name that says what it is.
    pub name: String,
    /// The bytes.
    pub base64: String,
}

/// A file of the guide to save from a browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormContent {
    /// A file name that says what it is.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// The bytes.
    pub base64: String,
}

/// Where a file was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedFile {
    /// The path.
    pub path: String,
}

/// A printer of this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrinterView {
    /// The system's name for it.
    pub name: String,
    /// Whether the system calls it the default.
    pub default: bool,
}

/// What keeps a case from the hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ParkedCase {
    /// The case.
    pub case: String,
    /// 办件编号.
    pub number: String,
    /// Machine-readable.
    pub code: String,
    /// Which field.
    pub field: String,
    /// In the clerk's words.
    pub message: String,
}

/// A failure of the last sync.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncFailure {
    /// Machine-readable.
    pub code: String,
    /// In the clerk's words, with what to do.
    pub message: String,
    /// Whether it will pass by itself (no network, hub restarting).
    pub passing: bool,
}

/// Whether the work has gone upstream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncStatus {
    /// Whether the window has joined a hub.
    pub enrolled: bool,
    /// The hub's address.
    pub hub: Option<String>,
    /// Events that the hub has not acknowledged.
    pub unsent_events: u32,
    /// Cases that they belong to.
    pub unsent_cases: u32,
    /// When the last complete sync ended, RFC 3339.
    pub last_sync: Option<String>,
    /// Whether one is under way.
    pub running: bool,
    /// Why the last one failed; none if it did not.
    pub failure: Option<SyncFailure>,
    /// Why the hub's newest guide release is not in use here; none if all is well. Holds up
    /// nothing else.
    pub guide_failure: Option<SyncFailure>,
    /// Cases the hub refused something of.
    pub parked: Vec<ParkedCase>,
    /// The hub's signed acknowledgement: its log position.
    pub acknowledged_seq: u32,
}
