//! Accounts, their roles, and what was done to them. The PIN is kept as an Argon2id hash made
//! elsewhere; this table only keeps it. An account is never deleted.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use yichuang_domain::clerk::{AccountRecord, ClerkRole, ClerkRoles};
use yichuang_domain::named::Named as _;

use crate::error::StorageError;
use crate::store::{Store, Tx};

/// The id of the account that plays scripted cases; its PIN is public.
pub const PRACTICE_CLERK_ID: &str = "practice";

/// An account as stored.
#[derive(Clone, Debug)]
pub struct StoredClerk {
    /// Its id.
    pub id: String,
    /// 姓名.
    pub name: String,
    /// PHC string.
    pub pin_hash: String,
    /// Whether somebody else set that PIN.
    pub pin_is_temporary: bool,
    /// Wrong PINs in a row.
    pub failures: u32,
    /// No PIN is looked at before then.
    pub locked_until: Option<Timestamp>,
    /// 停用.
    pub retired: bool,
    /// What it may do beside a clerk's work.
    pub roles: ClerkRoles,
}

/// Accounts with their roles.
macro_rules! clerks {
    ($rest:literal) => {
        concat!(
            "SELECT c.*, (SELECT group_concat(role) FROM clerk_roles WHERE clerk = c.id) AS roles
               FROM clerks c ",
            $rest
        )
    };
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredClerk> {
    let moment = |column| row.get::<_, Option<String>>(column);
    let roles: Option<String> = row.get("roles")?;
    Ok(StoredClerk {
        id: row.get("id")?,
        name: row.get("name")?,
        pin_hash: row.get("pin_hash")?,
        pin_is_temporary: row.get("pin_is_temporary")?,
        failures: row.get("failures")?,
        locked_until: moment("locked_until")?.and_then(|text| text.parse().ok()),
        retired: moment("retired_at")?.is_some(),
        roles: roles
            .iter()
            .flat_map(|all| all.split(','))
            .filter_map(ClerkRole::from_name)
            .collect(),
    })
}

fn anybody_is(sql: &Connection, role: ClerkRole) -> Result<bool, StorageError> {
    let query = "SELECT EXISTS (SELECT 1 FROM clerk_roles JOIN clerks c ON c.id = clerk
                  WHERE role = ?1 AND c.retired_at IS NULL)";
    Ok(sql.prepare_cached(query)?.query_row([role.name()], |row| row.get(0))?)
}

const UNREADABLE: StorageError = StorageError::Unreadable { what: "人员账户的变更记录" };

impl Store {
    /// Every account, oldest first; also the retired.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn clerks(&self) -> Result<Vec<StoredClerk>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached(clerks!("ORDER BY c.created_at, c.id"))?;
        Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
    }

    /// The account of that id.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn clerk(&self, id: &str) -> Result<Option<StoredClerk>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached(clerks!("WHERE c.id = ?1"))?;
        Ok(statement.query_row([id], read).optional()?)
    }

    /// Whether an account has a role.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn has_role(&self, clerk: &str, role: ClerkRole) -> Result<bool, StorageError> {
        let sql = self.lock();
        let query = "SELECT EXISTS (SELECT 1 FROM clerk_roles WHERE clerk = ?1 AND role = ?2)";
        Ok(sql.prepare_cached(query)?.query_row([clerk, role.name()], |row| row.get(0))?)
    }

    /// Whether an account in use has a role.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn anybody_is(&self, role: ClerkRole) -> Result<bool, StorageError> {
        anybody_is(&self.lock(), role)
    }

    /// What was done to accounts, the newest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn account_records(&self, most: u32) -> Result<Vec<AccountRecord>, StorageError> {
        let sql = self.lock();
        let query = "SELECT record FROM account_records ORDER BY id DESC LIMIT ?1";
        let mut statement = sql.prepare_cached(query)?;
        let rows = statement.query_map([most], |row| row.get::<_, String>("record"))?;
        rows.map(|text| serde_json::from_str(&text?).map_err(|_| UNREADABLE)).collect()
    }
}

impl Tx<'_> {
    /// How many accounts there are.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn clerk_count(&self) -> Result<u32, StorageError> {
        Ok(self.sql.query_row("SELECT count(*) FROM clerks", [], |row| row.get(0))?)
    }

    /// The account of that id.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn clerk(&self, id: &str) -> Result<Option<StoredClerk>, StorageError> {
        let mut statement = self.sql.prepare_cached(clerks!("WHERE c.id = ?1"))?;
        Ok(statement.query_row([id], read).optional()?)
    }

    /// Adds an account; false if the name is taken.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn add_clerk(
        &self,
        id: &str,
        name: &str,
        pin_hash: &str,
        at: Timestamp,
    ) -> Result<bool, StorageError> {
        let added = self.sql.execute(
            "INSERT INTO clerks (id, name, pin_hash, created_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (name) DO NOTHING",
            params![id, name, pin_hash, at.to_string()],
        )?;
        Ok(added == 1)
    }

    /// Remembers how a sign-in went.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_clerk_failures(
        &self,
        id: &str,
        failures: u32,
        locked_until: Option<Timestamp>,
    ) -> Result<(), StorageError> {
        self.sql.execute(
            "UPDATE clerks SET failures = ?2, locked_until = ?3 WHERE id = ?1",
            params![id, failures, locked_until.map(|t| t.to_string())],
        )?;
        Ok(())
    }

    /// Gives an account another PIN, and lets it rest no longer.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_pin(&self, id: &str, pin_hash: &str, temporary: bool) -> Result<(), StorageError> {
        self.sql.execute(
            "UPDATE clerks SET pin_hash = ?2, pin_is_temporary = ?3, failures = 0,
                               locked_until = NULL WHERE id = ?1",
            params![id, pin_hash, temporary],
        )?;
        Ok(())
    }

    /// Gives an account another name; false if it is taken.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn rename_clerk(&self, id: &str, name: &str) -> Result<bool, StorageError> {
        let query = "UPDATE OR IGNORE clerks SET name = ?2 WHERE id = ?1";
        Ok(self.sql.execute(query, params![id, name])? == 1)
    }

    /// Retires an account, or takes it back into use (none).
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_retired(&self, id: &str, at: Option<Timestamp>) -> Result<(), StorageError> {
        let query = "UPDATE clerks SET retired_at = ?2 WHERE id = ?1";
        self.sql.execute(query, params![id, at.map(|at| at.to_string())])?;
        Ok(())
    }

    /// Gives an account these roles and no others.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_roles(&self, clerk: &str, roles: &ClerkRoles) -> Result<(), StorageError> {
        self.sql.execute("DELETE FROM clerk_roles WHERE clerk = ?1", [clerk])?;
        for role in roles {
            let query = "INSERT INTO clerk_roles (clerk, role) VALUES (?1, ?2)";
            self.sql.execute(query, [clerk, role.name()])?;
        }
        Ok(())
    }

    /// Whether an account in use has a role.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn anybody_is(&self, role: ClerkRole) -> Result<bool, StorageError> {
        anybody_is(&self.sql, role)
    }

    /// Puts on record what was done to an account.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn record_account(&self, record: &AccountRecord) -> Result<(), StorageError> {
        let text = serde_json::to_string(record).map_err(|_| UNREADABLE)?;
        self.sql.execute("INSERT INTO account_records (record) VALUES (?1)", [text])?;
        Ok(())
    }
}
