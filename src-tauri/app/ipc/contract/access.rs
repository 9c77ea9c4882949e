//! Opening the data, signing in, and accounts.

use serde::Deserialize;
use ts_rs::TS;
use yichuang_domain::clerk::ClerkRoles;

/// Opens the database with its passphrase.
#[derive(Clone, Deserialize, TS)]
pub struct Unlock {
    /// 启动口令.
    pub passphrase: String,
}

/// Makes the first account of a new profile.
#[derive(Clone, Deserialize, TS)]
pub struct FirstAccount {
    /// 姓名.
    pub name: String,
    /// Six digits or more.
    pub pin: String,
}

/// Adds an account.
#[derive(Clone, Deserialize, TS)]
pub struct AddClerk {
    /// 姓名.
    pub name: String,
    /// Six digits or more, chosen by its owner.
    pub pin: String,
    /// What it may do beside a clerk's work.
    #[serde(default)]
    #[ts(as = "Option<ClerkRoles>", optional)]
    pub roles: ClerkRoles,
}

/// Gives an account this name and these roles, and no others.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SetAccount {
    /// The account.
    pub clerk: String,
    /// 姓名.
    pub name: String,
    /// Its roles.
    pub roles: ClerkRoles,
}

/// Sets a PIN, for one sign-in, for somebody who forgot theirs.
#[derive(Clone, Deserialize, TS)]
pub struct ResetPin {
    /// The account.
    pub clerk: String,
    /// Six digits or more.
    pub pin: String,
}

/// Takes an account out of use (停用), or back into it.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SetRetired {
    /// The account.
    pub clerk: String,
    /// Whether it is out of use.
    pub retired: bool,
}

/// Changes one's own PIN.
#[derive(Clone, Deserialize, TS)]
pub struct ChangePin {
    /// The present one.
    pub old: String,
    /// Six digits or more.
    pub new: String,
}

/// Signs somebody in.
#[derive(Clone, Deserialize, TS)]
pub struct SignIn {
    /// The account's id.
    pub clerk: String,
    /// Their PIN.
    pub pin: String,
    /// Their own from now on, where somebody else had set that one.
    #[serde(default)]
    #[ts(optional)]
    pub new_pin: Option<String>,
}
