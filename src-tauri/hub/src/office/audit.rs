//! What the audit tells: who signed in, looked at which case, did what.

use jiff::Timestamp;
use yichuang_domain::named::named;

use crate::secrets;
use crate::store::{Account, AuditEntry, StoreError, Tx};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// 登录
    SignedIn,
    /// 登录失败
    SignInFailed,
    /// 退出
    SignedOut,
    /// 查看办件
    SawCase,
    /// 查看扫描件
    SawScan,
    /// 查看差评
    SawRating,
    /// 差评处理
    FollowedUp,
    /// 设定差评时限
    SetLimits,
    /// 导出统计
    TookFigures,
    /// 办理
    Acted,
    /// 办理被拒
    ActRefused,
    /// 越权访问被拒
    Forbidden,
    /// 新建账号
    AddedAccount,
    /// 停用账号
    DisabledAccount,
    /// 恢复账号
    EnabledAccount,
    /// 重置口令
    ResetPassword,
    /// 修改口令
    ChangedPassword,
}

named!(Deed {
    SignedIn "signed-in" "登录",
    SignInFailed "sign-in-failed" "登录失败",
    SignedOut "signed-out" "退出",
    SawCase "saw-case" "查看办件",
    SawScan "saw-scan" "查看扫描件",
    SawRating "saw-rating" "查看差评",
    FollowedUp "followed-up" "差评处理",
    SetLimits "set-limits" "设定差评时限",
    TookFigures "took-figures" "导出统计",
    Acted "acted" "办理",
    ActRefused "act-refused" "办理被拒",
    Forbidden "forbidden" "越权被拒",
    AddedAccount "added-account" "新建账号",
    DisabledAccount "disabled-account" "停用账号",
    EnabledAccount "enabled-account" "恢复账号",
    ResetPassword "reset-password" "重置口令",
    ChangedPassword "changed-password" "修改口令",
});

/// An entry about an account.
pub fn of(
    account: &Account,
    deed: Deed,
    case_number: &str,
    detail: impl Into<String>,
    address: &str,
    at: Timestamp,
) -> AuditEntry {
    AuditEntry {
        at,
        login: account.login.clone(),
        name: account.name.clone(),
        act: yichuang_domain::named::Named::name(deed).to_owned(),
        case_number: case_number.to_owned(),
        detail: detail.into(),
        address: address.to_owned(),
    }
}

/// Writes an entry down.
///
/// # Errors
/// The store's.
pub fn note(tx: &Tx<'_>, entry: &AuditEntry) -> Result<(), StoreError> {
    tx.add_audit(&secrets::token()?[..16], entry)
}
