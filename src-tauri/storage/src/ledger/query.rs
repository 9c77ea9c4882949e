//! Lists and searches of a ledger.

use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use yichuang_domain::applicant::name_key;
use yichuang_domain::ledger::shared::hands_key;
use yichuang_domain::ledger::{LedgerEntry, LedgerKind, LedgerState};
use yichuang_domain::named::Named as _;

use super::unreadable;
use crate::cases::like;
use crate::error::StorageError;
use crate::store::Store;

/// An entry with its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLedgerEntry {
    /// Its id.
    pub id: String,
    /// What its records make.
    pub entry: LedgerEntry,
    /// Of the shared list: the window that registered it, by the name of its first log.
    pub origin: Option<String>,
    /// How many of its records were set aside.
    pub aside: u32,
}

/// Which states to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LedgerStates {
    /// All, what was voided as well.
    #[default]
    All,
    /// What is still owed.
    Open,
    /// What is owed and whose last day has passed before the day named.
    Overdue(Date),
    /// Only this one.
    Only(LedgerState),
    /// What is owed and in the hands of whom that name means: passed on to them, or theirs from the
    /// beginning.
    With(String),
    /// What was written at the window of that name, or stays here.
    Of(String),
}

/// Who looks: a complaint's name and contact are for leads and for who wrote it down, so nobody
/// else finds it by them either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LedgerViewer {
    /// 组长.
    Lead,
    /// An account.
    Clerk(String),
}

/// Which entries to list.
#[derive(Clone, Debug)]
pub struct LedgerQuery {
    /// Which ledger.
    pub kind: LedgerKind,
    /// Part of what it says.
    pub text: String,
    /// In which states.
    pub states: LedgerStates,
    /// Brought on this day or later.
    pub from: Option<Date>,
    /// Brought on this day or earlier.
    pub to: Option<Date>,
    /// Who looks.
    pub viewer: LedgerViewer,
    /// From the how-manieth.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// How much of a ledger is owed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LedgerCount {
    /// How many are open.
    pub open: u32,
    /// How many of them press: their last day is the day named or before it.
    pub pressing: u32,
    /// The nearest last day.
    pub nearest: Option<Date>,
}

impl LedgerQuery {
    fn conditions(&self) -> (String, Vec<Value>) {
        let mut values: Vec<Value> = vec![self.kind.name().to_owned().into()];
        let mut conditions = vec!["kind = ?1".to_owned()];
        if matches!(self.states, LedgerStates::Open | LedgerStates::With(_)) {
            conditions.push("pressing IS NOT NULL".to_owned());
        }
        let mut with = |condition: &str, value: Value| {
            values.push(value);
            conditions.push(condition.replace('#', &format!("?{}", values.len())));
        };
        match &self.states {
            LedgerStates::All | LedgerStates::Open => {}
            LedgerStates::With(name) => {
                with("hands = #", hands_key(name).into());
            }
            LedgerStates::Of(window) => {
                with("(origin IS NULL OR origin = #)", window.clone().into());
            }
            LedgerStates::Overdue(today) => with("pressing < #", today.to_string().into()),
            LedgerStates::Only(state) => with("state = #", state.name().to_owned().into()),
        }
        if let Some(from) = self.from {
            with("brought_on >= #", from.to_string().into());
        }
        if let Some(to) = self.to {
            with("brought_on <= #", to.to_string().into());
        }
        let text = self.text.trim();
        if !text.is_empty() {
            values.push(like(&name_key(text)).into());
            let n = values.len();
            let seen = match (&self.viewer, self.kind) {
                (LedgerViewer::Clerk(clerk), LedgerKind::Complaint) => {
                    values.push(clerk.clone().into());
                    format!("registered_by = ?{} AND ", values.len())
                }
                _ => String::new(),
            };
            conditions.push(format!(
                "(words LIKE ?{n} ESCAPE '\\' OR ({seen}person_key LIKE ?{n} ESCAPE '\\'))"
            ));
        }
        (conditions.join(" AND "), values)
    }
}

/// Whose work is counted: of a list that the whole station shares, only what was registered at the
/// window or is in somebody's hands.
#[derive(Clone, Copy, Debug)]
pub struct LedgerCounted<'a> {
    /// The window, by the name of its first log.
    pub window: &'a str,
    /// The name of who is signed in.
    pub name: &'a str,
}

fn read(row: &Row<'_>) -> rusqlite::Result<(String, String, Option<String>, u32)> {
    Ok((row.get("id")?, row.get("body")?, row.get("origin")?, row.get("aside")?))
}

impl Store {
    /// How many entries match.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn count_ledger(&self, query: &LedgerQuery) -> Result<u32, StorageError> {
        let (clause, values) = query.conditions();
        let sql = self.lock();
        let mut statement =
            sql.prepare_cached(&format!("SELECT count(*) FROM ledger WHERE {clause}"))?;
        Ok(statement.query_row(params_from_iter(values), |row| row.get(0))?)
    }

    /// A page of the entries that match: what is owed first, the nearest last day at the top, then
    /// the newest.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn list_ledger(&self, query: &LedgerQuery) -> Result<Vec<StoredLedgerEntry>, StorageError> {
        let (clause, values) = query.conditions();
        let text = format!(
            "SELECT id, body, origin, aside FROM ledger WHERE {clause}
             ORDER BY pressing IS NULL, pressing, brought_on DESC, number DESC LIMIT {} OFFSET {}",
            query.limit, query.offset
        );
        let sql = self.lock();
        let mut statement = sql.prepare_cached(&text)?;
        let rows = statement.query_map(params_from_iter(values), read)?;
        rows.map(|row| {
            let (id, body, origin, aside) = row?;
            let entry = serde_json::from_str(&body).map_err(unreadable)?;
            Ok(StoredLedgerEntry { id, entry, origin, aside })
        })
        .collect()
    }

    /// How much of a ledger is owed, and how much of it by `day`, of whose work that is.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn ledger_count(
        &self,
        kind: LedgerKind,
        day: Date,
        of: LedgerCounted<'_>,
    ) -> Result<LedgerCount, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached(
            "SELECT count(*) AS open, count(*) FILTER (WHERE pressing <= ?2) AS pressing,
                min(pressing) AS nearest
             FROM ledger WHERE kind = ?1 AND pressing IS NOT NULL
               AND (origin IS NULL OR origin = ?3 OR hands = ?4)",
        )?;
        let row = |row: &Row<'_>| {
            let nearest: Option<String> = row.get("nearest")?;
            Ok((row.get("open")?, row.get("pressing")?, nearest))
        };
        let (open, pressing, nearest) = statement
            .query_row([kind.name(), &day.to_string(), of.window, &hands_key(of.name)], row)?;
        let unreadable = |_| StorageError::Unreadable { what: "台账" };
        let nearest = nearest.map(|day| day.parse().map_err(unreadable)).transpose()?;
        Ok(LedgerCount { open, pressing, nearest })
    }
}
