//! Who works at a window's computer (人员): the roles of an account, and what was done to accounts.
//!
//! Every account does a clerk's work; a role adds to that. In a township one person has them all.
//! This module knows no PIN and no hub: accounts of the back office are in [`crate::review`].

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::case::Actor;
use crate::named::named;

/// What an account may do beside a clerk's work (角色).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ClerkRole {
    /// 组长: sees the figures, confirms that work goes on without the hub, lengthens what the
    /// ledgers ask for.
    Lead,
    /// 管理员: accounts and their roles, the hub, the templates of papers, devices.
    Administrator,
    /// 培训员: writes role cards, sees everybody's results, takes training back to its beginning.
    Trainer,
}

named!(ClerkRole {
    Lead "lead" "组长",
    Administrator "administrator" "管理员",
    Trainer "trainer" "培训员",
});

/// The roles of an account.
pub type ClerkRoles = BTreeSet<ClerkRole>;

/// What was done to an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum AccountChange {
    /// 添加
    Added {
        /// With which roles.
        roles: ClerkRoles,
    },
    /// 调整角色
    RolesSet {
        /// Which it has since.
        roles: ClerkRoles,
    },
    /// 更正姓名
    Renamed {
        /// The name until then.
        from: String,
        /// The name since.
        to: String,
    },
    /// 重置 PIN: the PIN that was set holds for one sign-in, at which its owner sets their own.
    PinReset,
    /// 本人修改 PIN
    PinChanged,
    /// 停用: the account can't be signed in to. What was done under its name stays.
    Retired,
    /// 恢复使用
    Restored,
}

/// A change of an account, on record for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccountRecord {
    /// When.
    #[ts(as = "String")]
    pub at: Timestamp,
    /// Whose account, under the name it had then.
    pub clerk: Actor,
    /// Who did it; none where it was done on the computer itself, without signing in.
    pub by: Option<Actor>,
    /// What.
    pub change: AccountChange,
}
