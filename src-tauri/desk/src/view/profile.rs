//! Who this window is, who works at it, and how far the program is.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::clerk::{AccountRecord, ClerkRoles};

use super::guide::GuideView;

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
    /// What they may do beside a clerk's work.
    pub roles: ClerkRoles,
}

/// An account, as those who keep them see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AccountView {
    /// Its id.
    pub id: String,
    /// 姓名.
    pub name: String,
    /// What it may do beside a clerk's work.
    pub roles: ClerkRoles,
    /// 停用.
    pub retired: bool,
    /// Whether its PIN is one that an administrator set.
    pub pin_is_temporary: bool,
}

/// The accounts of a window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AccountsView {
    /// Every account, oldest first.
    pub accounts: Vec<AccountView>,
    /// What was done to them, the newest first.
    pub records: Vec<AccountRecord>,
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
    /// Whether they keep this window: as an administrator, or because nobody is one.
    pub keeps: bool,
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
    /// 训练: the screens stand before a database for training only.
    pub training: bool,
}
