//! Accounts of the back office: making, disabling, and passwords of others.

use jiff::Timestamp;
use serde::Serialize;
use yichuang_domain::named::Named as _;
use yichuang_domain::review::Role;
use yichuang_domain::{Refusal, ink};

use super::passwords;
use crate::error::{HubError, Refused};
use crate::store::{Account, HubStore, StoreError, Tx};

/// The most characters of a name or a department.
const LONGEST_NAME: usize = 60;
/// The most characters of a login.
const LONGEST_LOGIN: usize = 32;

/// An account as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// What its holder signs in with.
    pub login: String,
    /// The holder's name.
    pub name: String,
    /// Whose cases it sees; none for every department's.
    pub department: Option<String>,
    /// What it is for.
    pub role: Role,
}

/// An account as commands list it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedAccount {
    /// What its holder signs in with.
    pub login: String,
    /// The holder's name.
    pub name: String,
    /// The role.
    pub role: &'static str,
    /// Whose cases it sees; none for every department's.
    pub department: Option<String>,
    /// Whether it can't sign in.
    pub disabled: bool,
}

/// An account with the password that was made for it, which is shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MadePassword {
    /// The account.
    pub login: String,
    /// To be replaced at the first sign-in.
    pub password: String,
}

/// A login in the form it is kept: letters that are the same to people are the same.
pub fn normal_login(given: &str) -> String {
    given.trim().to_lowercase()
}

fn named(field: &str, given: &str, what: &str) -> Result<String, Refused> {
    // Who approves an extension stands on its notice.
    let unprintable = |refusal: Refusal| Refused::new("bad-account", field, refusal.message);
    let name = ink::line(field, given).map_err(unprintable)?;
    let count = name.chars().count();
    if count == 0 || count > LONGEST_NAME {
        let message = format!("{what}须为1至{LONGEST_NAME}个字");
        return Err(Refused::new("bad-account", field, message));
    }
    Ok(name)
}

/// Examines a new account.
///
/// # Errors
/// [`Refused`] `bad-account` at the field.
pub fn check(given: &NewAccount) -> Result<NewAccount, Refused> {
    let login = normal_login(&given.login);
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
    if login.is_empty() || login.len() > LONGEST_LOGIN || !login.chars().all(plain) {
        let message = "登录名须为1至32位字母、数字或 . _ -";
        return Err(Refused::new("bad-account", "login", message));
    }
    let department = given.department.as_deref();
    let department = department.filter(|_| given.role.is_of_departments());
    let department = department.map(|name| named("department", name, "部门名称")).transpose()?;
    Ok(NewAccount {
        login,
        name: named("name", &given.name, "姓名")?,
        department,
        role: given.role,
    })
}

/// Makes an account; its holder replaces the password at the first sign-in.
///
/// # Errors
/// [`Refused`] `bad-account`, `login-taken`; or the store's.
pub fn add(store: &HubStore, given: &NewAccount, now: Timestamp) -> Result<MadePassword, HubError> {
    let prepared = prepare(given)?;
    store.write(|tx| insert(tx, &prepared, now))?;
    Ok(prepared.made)
}

/// An account that can be added: hashing its password takes long, and belongs in no transaction.
#[derive(Clone, Debug)]
pub struct Prepared {
    account: Account,
    hash: String,
    /// What its holder is told.
    pub made: MadePassword,
}

impl Prepared {
    /// The account.
    pub fn account(&self) -> &Account {
        &self.account
    }
}

/// Examines an account and makes its password.
///
/// # Errors
/// [`Refused`] `bad-account`; [`StoreError::Random`].
pub fn prepare(given: &NewAccount) -> Result<Prepared, HubError> {
    let NewAccount { login, name, department, role } = check(given)?;
    let (made, hash) = password_for(&login)?;
    let account = Account { login, name, department, role, must_change: true, disabled: false };
    Ok(Prepared { account, hash, made })
}

/// Adds a prepared account.
///
/// # Errors
/// [`Refused`] `login-taken`; or the store's.
pub fn insert(tx: &Tx<'_>, prepared: &Prepared, now: Timestamp) -> Result<(), HubError> {
    if tx.add_account(&prepared.account, &prepared.hash, now)? {
        return Ok(());
    }
    let message = format!("登录名“{}”已经用过，不能再用", prepared.account.login);
    Err(Refused::new("login-taken", "login", message).into())
}

/// A made password for an account, and its hash.
///
/// # Errors
/// [`StoreError::Random`].
pub fn password_for(login: &str) -> Result<(MadePassword, String), HubError> {
    let password = passwords::made()?;
    let hash = passwords::hash(&password)?;
    Ok((MadePassword { login: login.to_owned(), password }, hash))
}

fn unknown(login: &str) -> HubError {
    let message = format!("没有登录名为“{login}”的账号");
    Refused::new("unknown-account", "login", message).into()
}

/// Gives an account a made password in place of the one it had.
///
/// # Errors
/// [`Refused`] `unknown-account`; or the store's.
pub fn reset_password(store: &HubStore, login: &str) -> Result<MadePassword, HubError> {
    let login = normal_login(login);
    let (made, hash) = password_for(&login)?;
    store.write(|tx| give_password(tx, &login, &hash))?;
    Ok(made)
}

/// Gives an account a password of [`password_for`], in a transaction.
///
/// # Errors
/// [`Refused`] `unknown-account`; or the store's.
pub fn give_password(tx: &Tx<'_>, login: &str, hash: &str) -> Result<(), HubError> {
    if tx.set_account_password(login, hash, true)? { Ok(()) } else { Err(unknown(login)) }
}

/// Disables an account or lets it sign in again.
///
/// # Errors
/// [`Refused`] `unknown-account`, `last-administrator`; or the store's.
pub fn set_disabled(
    store: &HubStore,
    login: &str,
    disabled: bool,
    now: Timestamp,
) -> Result<ListedAccount, HubError> {
    let login = normal_login(login);
    store.write(|tx| disable(tx, &login, disabled, now))
}

/// As [`set_disabled`], in a transaction.
///
/// # Errors
/// As [`set_disabled`].
pub fn disable(
    tx: &Tx<'_>,
    login: &str,
    disabled: bool,
    now: Timestamp,
) -> Result<ListedAccount, HubError> {
    let all = tx.accounts()?;
    let account = all.iter().find(|a| a.login == login).ok_or_else(|| unknown(login))?;
    let others = |a: &&Account| a.role == Role::Administrator && !a.disabled && a.login != login;
    if disabled && account.role == Role::Administrator && all.iter().filter(others).count() == 0 {
        let message = "这是最后一个可用的管理员账号，停用后没有人能管理账号";
        return Err(Refused::new("last-administrator", "login", message).into());
    }
    tx.set_account_disabled(login, disabled.then_some(now))?;
    Ok(listed(&Account { disabled, ..account.clone() }))
}

fn listed(account: &Account) -> ListedAccount {
    ListedAccount {
        login: account.login.clone(),
        name: account.name.clone(),
        role: account.role.name(),
        department: account.department.clone(),
        disabled: account.disabled,
    }
}

/// Every account, by login.
///
/// # Errors
/// The store's.
pub fn list(store: &HubStore) -> Result<Vec<ListedAccount>, StoreError> {
    Ok(store.read(|tx| tx.accounts())?.iter().map(listed).collect())
}
