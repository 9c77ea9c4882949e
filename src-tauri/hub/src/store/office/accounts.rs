//! Accounts of the back office.

use jiff::Timestamp;
use yichuang_domain::named::Named as _;
use yichuang_domain::review::Role;

use crate::store::engine::values;
use crate::store::{Row, StoreError, Tx};

/// An account of the back office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// What its holder signs in with.
    pub login: String,
    /// The holder's name, as it stands in events.
    pub name: String,
    /// Whose cases it sees; none for every department's.
    pub department: Option<String>,
    /// What it is for.
    pub role: Role,
    /// Whether its password was made by somebody else and must be replaced first.
    pub must_change: bool,
    /// Whether it was disabled.
    pub disabled: bool,
}

pub(super) fn account(row: &mut Row) -> Result<Account, StoreError> {
    let role: String = row.take("role")?;
    Ok(Account {
        login: row.take("login")?,
        name: row.take("name")?,
        department: row.take("department")?,
        role: Role::from_name(&role).ok_or(StoreError::Unreadable("账号角色"))?,
        must_change: row.take("must_change")?,
        disabled: row.take::<Option<String>>("disabled_at")?.is_some(),
    })
}

impl Tx<'_> {
    /// Adds an account; whether its login was free. A login stays taken for ever.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add_account(
        &self,
        account: &Account,
        password_hash: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let added = self.execute(
            "INSERT INTO office_accounts
               (login, name, department, role, password_hash, must_change, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (login) DO NOTHING",
            &values![
                &account.login,
                &account.name,
                account.department.as_ref(),
                account.role.name(),
                password_hash,
                account.must_change,
                at.to_string(),
            ],
        )?;
        Ok(added == 1)
    }

    /// Every account, by login.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let query = "SELECT login, name, department, role, must_change, disabled_at
                     FROM office_accounts";
        let rows = self.rows(query, &values![])?;
        let mut all: Vec<_> =
            rows.into_iter().map(|mut row| account(&mut row)).collect::<Result<_, _>>()?;
        all.sort_by(|one: &Account, other| one.login.cmp(&other.login));
        Ok(all)
    }

    /// An account and the hash of its password.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn account(&self, login: &str) -> Result<Option<(Account, String)>, StoreError> {
        let query = "SELECT login, name, department, role, must_change, disabled_at, password_hash
                     FROM office_accounts WHERE login = ?1";
        let row = self.row(query, &values![login])?;
        row.map(|mut row| Ok((account(&mut row)?, row.take("password_hash")?))).transpose()
    }

    /// Gives an account another password and ends its sessions; whether there is such an account.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_account_password(
        &self,
        login: &str,
        password_hash: &str,
        must_change: bool,
    ) -> Result<bool, StoreError> {
        let set = self.execute(
            "UPDATE office_accounts SET password_hash = ?2, must_change = ?3 WHERE login = ?1",
            &values![login, password_hash, must_change],
        )?;
        self.end_office_sessions(login)?;
        Ok(set == 1)
    }

    /// Disables an account, or lets it sign in again; whether there is such an account. Its
    /// sessions end.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_account_disabled(
        &self,
        login: &str,
        since: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let set = self.execute(
            "UPDATE office_accounts SET disabled_at = ?2 WHERE login = ?1",
            &values![login, since.map(|at| at.to_string())],
        )?;
        self.end_office_sessions(login)?;
        Ok(set == 1)
    }
}
