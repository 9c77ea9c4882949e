//! The audit: who did or looked at what.

use jiff::Timestamp;

use super::{anywhere, time};
use crate::store::engine::values;
use crate::store::{Row, StoreError, Tx};

/// An entry of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// Who: the login, as given where nobody was signed in.
    pub login: String,
    /// The name of the account; empty where there is none.
    pub name: String,
    /// The name of what was done.
    pub act: String,
    /// 办件编号; empty where it concerns none.
    pub case_number: String,
    /// What there is to say about it.
    pub detail: String,
    /// From which address.
    pub address: String,
}

/// Which entries are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// In login, name, case number or detail; empty for any.
    pub text: String,
    /// What was done; empty for anything.
    pub act: String,
    /// From when.
    pub from: Option<Timestamp>,
    /// Until before when.
    pub until: Option<Timestamp>,
}

/// The condition of a query, with its first four values.
macro_rules! audit {
    ($columns:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM office_audit
              WHERE (?1 = '' OR login LIKE ?1 ESCAPE '\\' OR name LIKE ?1 ESCAPE '\\'
                     OR case_number LIKE ?1 ESCAPE '\\' OR detail LIKE ?1 ESCAPE '\\')
                AND (?2 = '' OR act = ?2) AND at >= ?3 AND at < ?4 ",
            $rest
        )
    };
}

fn entry(mut row: Row) -> Result<AuditEntry, StoreError> {
    Ok(AuditEntry {
        at: time(row.take("at")?)?,
        login: row.take("login")?,
        name: row.take("name")?,
        act: row.take("act")?,
        case_number: row.take("case_number")?,
        detail: row.take("detail")?,
        address: row.take("address")?,
    })
}

impl AuditQuery {
    fn span(&self) -> [i64; 2] {
        let at = |at: Option<Timestamp>, otherwise| at.map_or(otherwise, Timestamp::as_millisecond);
        [at(self.from, 0), at(self.until, i64::MAX)]
    }
}

impl Tx<'_> {
    /// Adds an entry. `id` tells it from others of the same moment.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add_audit(&self, id: &str, entry: &AuditEntry) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO office_audit (at, id, login, name, act, case_number, detail, address)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            &values![
                entry.at.as_millisecond(),
                id,
                &entry.login,
                &entry.name,
                &entry.act,
                &entry.case_number,
                &entry.detail,
                &entry.address,
            ],
        )?;
        Ok(())
    }

    /// How many entries match: [`super::COUNTED`] and one at most.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn count_audit(&self, query: &AuditQuery) -> Result<u64, StoreError> {
        let [from, until] = query.span();
        let given = values![anywhere(&query.text), &query.act, from, until];
        let row = self
            .row(audit!("count(*) AS total FROM (SELECT 1", "LIMIT 10001) AS counted"), &given)?;
        row.ok_or(StoreError::Unreadable("审计条数"))?.take("total")
    }

    /// Entries that match, the newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn audit(
        &self,
        query: &AuditQuery,
        limit: usize,
        offset: u64,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let [from, until] = query.span();
        let given = values![anywhere(&query.text), &query.act, from, until, limit, offset];
        let sql = audit!(
            "at, login, name, act, case_number, detail, address",
            "ORDER BY at DESC, id DESC LIMIT ?5 OFFSET ?6"
        );
        self.rows(sql, &given)?.into_iter().map(entry).collect()
    }
}
