//! The ledgers (台账): their lists, and one entry whole. A complaint shows its person only to whom
//! it may (`yichuang_domain::ledger::shows_person`).

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::ledger::{
    LedgerCase, LedgerChannel, LedgerEntry, LedgerKind, LedgerOutcome, LedgerState, StepKind,
};
use yichuang_domain::urgency::Light;

/// What is typed into a ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerInput {
    /// How it came.
    pub channel: LedgerChannel,
    /// The day it was brought, `YYYY-MM-DD`; none means today.
    pub on: Option<String>,
    /// 姓名; may be empty.
    pub person: String,
    /// Telephone, or in words how the person is reached; may be empty.
    pub contact: String,
    /// 反映内容.
    pub content: String,
    /// Whom or what it is about.
    pub about: String,
    /// 实施编码 of the matter.
    pub matter: Option<String>,
    /// 办件编号 of a case on this machine; empty for none.
    pub case_number: String,
}

/// Which of a ledger to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LedgerShow {
    /// All, what was voided as well.
    #[default]
    All,
    /// What is still owed.
    Open,
    /// What is owed and late.
    Overdue,
    /// What was settled.
    Closed,
    /// What was voided.
    Void,
    /// What is owed and in the hands of who is signed in: passed to them, or begun for them.
    Mine,
    /// What was written at this window.
    Here,
}

/// Which entries to list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerFilter {
    /// Which ledger.
    pub kind: LedgerKind,
    /// Part of what it says.
    pub text: String,
    /// Which of it.
    pub show: LedgerShow,
    /// Brought on this day or later, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Brought on this day or earlier.
    pub to: Option<String>,
    /// From the how-manieth (from 0).
    pub offset: u32,
    /// How many at most; 0 means 50.
    pub limit: u32,
}

/// A line of a ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerRow {
    /// Its id.
    pub id: String,
    /// 台账编号.
    pub number: String,
    /// Where it stands.
    pub state: LedgerState,
    /// The day it was brought, `YYYY-MM-DD`.
    pub on: String,
    /// How it came.
    pub channel: LedgerChannel,
    /// 姓名; empty where the person gave none, or where it is not shown.
    pub person: String,
    /// Whether there is a name or a contact that is not shown.
    pub person_hidden: bool,
    /// 反映内容.
    pub content: String,
    /// Whom or what it is about.
    pub about: String,
    /// 事项名称.
    pub matter: Option<String>,
    /// Its case.
    pub case: Option<LedgerCase>,
    /// Who looks at it, where it was passed on.
    pub referred_to: Option<String>,
    /// The last day that presses; none where nothing is owed.
    pub pressing: Option<String>,
    /// Whether that is the day of the first contact.
    pub contact_first: bool,
    /// 暂估.
    pub estimated: bool,
    /// Its light.
    pub light: Option<Light>,
    /// What came of it; none while it is open.
    pub outcome: Option<LedgerOutcome>,
    /// Whether it was settled on time.
    pub on_time: Option<bool>,
    /// The other window of the station that registered it; none for this one.
    pub window: Option<String>,
    /// How many of its records were written beside others (同时记下) and do not count.
    pub aside: u32,
    /// Whether it came from another window into the hands of who is signed in, and they have not
    /// opened it since.
    pub arrived: bool,
}

/// How much of a ledger is owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerCountView {
    /// Which.
    pub kind: LedgerKind,
    /// How many are open. Of a list that the station shares: what was written at this window or is
    /// in the hands of who is signed in.
    pub open: u32,
    /// How many came from another window into the hands of who is signed in, and were not opened.
    pub arrived: u32,
    /// How many of them are late, or due by the next workday.
    pub pressing: u32,
    /// The nearest last day.
    pub nearest: Option<String>,
    /// Its light.
    pub light: Option<Light>,
}

/// A page of a ledger: what is owed first, then the newest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerPage {
    /// How many match in all.
    pub total: u32,
    /// The page.
    pub rows: Vec<LedgerRow>,
    /// How much of every ledger is owed.
    pub counts: Vec<LedgerCountView>,
    /// Whether what is written into it is shared with the other windows of the station.
    pub shared: bool,
    /// Of 帮您办, who helps: the names that the list knows and those of this window's accounts.
    pub helpers: Vec<String>,
}

/// One record of an entry, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerHistory {
    /// RFC 3339.
    pub at: String,
    /// What, in two to five characters.
    pub title: String,
    /// More of it; may be empty.
    pub detail: String,
    /// Who.
    pub actor: String,
    /// At which other window of the station; none for this one.
    pub window: Option<String>,
    /// Written beside another (同时记下): it does not count, and a person says what is to become of
    /// it.
    pub aside: bool,
    /// The other windows can't see it yet.
    pub unsent: bool,
    /// Why the hub does not take it; none where it does.
    pub refused: Option<String>,
}

/// Whether a step is open, and why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerStepView {
    /// The step.
    pub step: StepKind,
    /// Why not now; none if it is open.
    pub obstacle: Option<String>,
}

/// An entry, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerEntryView {
    /// Its id.
    pub id: String,
    /// The entry; without name and contact where they are not shown.
    pub entry: LedgerEntry,
    /// Whether there is a name or a contact that is not shown.
    pub person_hidden: bool,
    /// The last day that presses, `YYYY-MM-DD`.
    pub pressing: Option<String>,
    /// Its light.
    pub light: Option<Light>,
    /// How the last day for settling it was counted.
    pub due_explained: String,
    /// Whether it was settled on time.
    pub on_time: Option<bool>,
    /// What happened, the oldest first.
    pub history: Vec<LedgerHistory>,
    /// The steps, open or not.
    pub steps: Vec<LedgerStepView>,
    /// What can come of it, the usual first.
    pub outcomes: Vec<LedgerOutcome>,
    /// Whether the other windows of the station have it too.
    pub shared: bool,
    /// The other window of the station that registered it; none for this one.
    pub window: Option<String>,
    /// Whether its case can be opened here; false where it names none.
    pub case_here: bool,
}
