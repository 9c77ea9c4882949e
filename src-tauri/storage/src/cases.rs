//! The cases, as the log folds them, for lists and searches.

use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{
    Connection, OptionalExtension as _, Row, TransactionBehavior, params, params_from_iter,
};
use yichuang_domain::applicant::name_key;
use yichuang_domain::case::log::window_of;
use yichuang_domain::case::{Case, CaseId, CaseState, Event};
use yichuang_domain::numbering::CaseNumber;

use crate::attachments;
use crate::error::StorageError;
use crate::log;
use crate::meta;
use crate::store::{Store, Tx};
use crate::upstream::{self, OwnLog};

/// A line of a list.
#[derive(Clone, Debug)]
pub struct CaseListRow {
    /// Its id.
    pub id: String,
    /// 办件编号.
    pub number: String,
    /// The name of its state.
    pub state: String,
    /// 事项名称.
    pub matter_name: String,
    /// The applicant's name.
    pub applicant: String,
    /// The day of filing.
    pub filed_on: String,
    /// 应办结日.
    pub due: Option<String>,
    /// 暂估.
    pub due_estimated: bool,
    /// The last day for the notice.
    pub notify_by: Option<String>,
    /// The day it was decided.
    pub decided_on: Option<String>,
    /// How many conflicts it has that nobody settled.
    pub conflicts: u32,
    /// The log it was filed in.
    pub origin: String,
    /// The log of the window that has it in hand.
    pub holder: String,
    /// The log its latest own event is in.
    pub last_origin: String,
    /// The position there.
    pub last_seq: u64,
}

/// Which cases to list, newest first.
#[derive(Clone, Debug, Default)]
pub struct CaseQuery {
    /// Part of the number, the applicant's name or the matter's name.
    pub text: String,
    /// Only in these states; empty means all.
    pub states: Vec<CaseState>,
    /// Only what the hub has not acknowledged.
    pub unsent: bool,
    /// Only what was filed on that day.
    pub filed_on: Option<Date>,
    /// Only what this window has in hand.
    pub in_hand: bool,
    /// Only what this window filed.
    pub filed_here: bool,
    /// Only what a person must look at.
    pub attention: bool,
    /// Only what has news from a department.
    pub news: bool,
    /// What presses most first, instead of the newest: by the day of the decision, the due date, or
    /// the last day for the notice.
    pub by_due: bool,
    /// From the how-manieth.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

fn read(row: &Row<'_>) -> rusqlite::Result<CaseListRow> {
    Ok(CaseListRow {
        id: row.get("id")?,
        number: row.get("number")?,
        state: row.get("state")?,
        matter_name: row.get("matter_name")?,
        applicant: row.get("applicant")?,
        filed_on: row.get("filed_on")?,
        due: row.get("due")?,
        due_estimated: row.get("due_estimated")?,
        notify_by: row.get("notify_by")?,
        decided_on: row.get("decided_on")?,
        conflicts: row.get("conflicts")?,
        origin: row.get("origin")?,
        holder: row.get("holder")?,
        last_origin: row.get("last_origin")?,
        last_seq: row.get("last_seq")?,
    })
}

/// Makes the row of a case again from its events. A case whose filing is not here yet (its
/// events came out of order) has no row.
pub(crate) fn refold(sql: &Connection, id: CaseId) -> Result<Option<Case>, StorageError> {
    keep(sql, upstream::own_origin(sql)?, log::of_case(sql, id)?)
}

/// Where it stands which folding the rows were made by.
const FOLD: &str = "fold";
/// Raised whenever a case holds more than it did: 2 since it holds its services at a window and how
/// its result was delivered, 3 since it holds that the receiver signed on a screen, 4 since it holds
/// which papers a correction left outdated.
const FOLDING: &str = "4";

/// Makes the rows anew that an earlier program made: what it left out of them would be missing
/// until something else happens to the case. A case with an event that this program can't read
/// keeps the row it has.
pub(crate) fn bring_up_to_date(sql: &mut Connection) -> Result<(), StorageError> {
    if meta::get(sql, FOLD)?.as_deref() == Some(FOLDING) {
        return Ok(());
    }
    let tx = sql.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let ids: Vec<String> = {
        let mut statement = tx.prepare("SELECT id FROM cases")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    for id in ids.iter().filter_map(|id| id.parse().ok()) {
        match refold(&tx, id) {
            Ok(_) | Err(StorageError::Unreadable { .. }) => {}
            Err(other) => return Err(other),
        }
    }
    meta::set(&tx, FOLD, FOLDING)?;
    Ok(tx.commit()?)
}

/// Makes the row of a case from all of its events.
pub(crate) fn keep(
    sql: &Connection,
    own: String,
    events: Vec<Event>,
) -> Result<Option<Case>, StorageError> {
    let writes = upstream::own_log(sql)?;
    // Of the log written in now, or of the one before it.
    let last_own = events
        .iter()
        .filter(|e| window_of(&e.origin) == own)
        .max_by_key(|e| (e.origin == writes, e.lamport, e.seq))
        .map(|e| (e.origin.clone(), e.seq));
    let Some(case) = Case::fold(events) else { return Ok(None) };
    let (last_origin, last_seq) = last_own.unwrap_or_else(|| (case.origin.clone(), 0));
    let body =
        serde_json::to_string(&case).map_err(|_| StorageError::Unreadable { what: "办件" })?;
    let mut statement = sql.prepare_cached(
        "INSERT INTO cases (id, number, state, matter_code, matter_name, applicant, applicant_key,
            filed_on, due, due_estimated, notify_by, conflicts, last_origin, last_seq, body,
            origin, holder, decided_on)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, due = excluded.due,
            due_estimated = excluded.due_estimated, notify_by = excluded.notify_by,
            conflicts = excluded.conflicts, last_origin = excluded.last_origin,
            last_seq = excluded.last_seq, body = excluded.body, holder = excluded.holder,
            decided_on = excluded.decided_on",
    )?;
    statement.execute(params![
        case.id.to_string(),
        case.number.as_str(),
        case.state.as_str(),
        case.matter.code,
        case.matter.name,
        case.applicant.party.name,
        name_key(&case.applicant.party.name),
        case.filed_on.to_string(),
        case.due.as_ref().map(|d| d.on.to_string()),
        case.due.as_ref().is_some_and(|d| d.estimated),
        case.notify_by.as_ref().map(|d| d.on.to_string()),
        case.open_conflicts().count() as i64,
        last_origin,
        last_seq,
        body,
        case.origin,
        case.held_by(),
        case.decision.as_ref().map(|decision| decision.on.to_string()),
    ])?;
    // Hardly ever: alone, so that no other action writes the indexes that hold the name.
    sql.prepare_cached(
        "UPDATE cases SET applicant = ?2, applicant_key = ?3 WHERE id = ?1 AND applicant <> ?2",
    )?
    .execute(params![
        case.id.to_string(),
        case.applicant.party.name,
        name_key(&case.applicant.party.name)
    ])?;
    // What was asked for is here; taken back by its window, it would have to be asked for anew.
    if case.held_by() == own {
        sql.prepare_cached("DELETE FROM wanted_cases WHERE number = ?1")?
            .execute([case.number.as_str()])?;
    }
    attachments::follow(sql, &case)?;
    Ok(Some(case))
}

pub(crate) fn load(sql: &Connection, id: &str) -> Result<Option<Case>, StorageError> {
    let mut statement = sql.prepare_cached("SELECT body FROM cases WHERE id = ?1")?;
    let body: Option<String> = statement.query_row([id], |row| row.get("body")).optional()?;
    let unreadable = |_| StorageError::Unreadable { what: "办件" };
    body.map(|body| serde_json::from_str(&body).map_err(unreadable)).transpose()
}

fn load_numbered(sql: &Connection, number: &CaseNumber) -> Result<Option<Case>, StorageError> {
    let mut statement = sql.prepare_cached("SELECT id FROM cases WHERE number = ?1")?;
    let id: Option<String> =
        statement.query_row([number.as_str()], |row| row.get("id")).optional()?;
    id.map(|id| load(sql, &id)).transpose().map(Option::flatten)
}

pub(crate) fn is_practised(sql: &Connection) -> Result<bool, StorageError> {
    let query = "SELECT EXISTS (SELECT 1 FROM cases) OR EXISTS (SELECT 1 FROM ledger)
            OR EXISTS (SELECT 1 FROM clerks WHERE id = ?1)";
    Ok(sql.query_row(query, [crate::clerks::PRACTICE_CLERK_ID], |row| row.get(0))?)
}

/// `%`, `_` and the escape itself, taken literally.
pub(crate) fn like(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

impl CaseQuery {
    fn conditions(&self, window: &str, own: &[OwnLog]) -> (String, Vec<Value>) {
        let mut conditions = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        let text = self.text.trim();
        if !text.is_empty() {
            values.push(like(&name_key(text)).into());
            let n = values.len();
            conditions.push(format!(
                "(applicant_key LIKE ?{n} ESCAPE '\\' OR matter_name LIKE ?{n} ESCAPE '\\' \
                 OR number LIKE ?{n} ESCAPE '\\')"
            ));
        }
        if !self.states.is_empty() {
            let marks: Vec<_> = self
                .states
                .iter()
                .map(|state| {
                    values.push(state.as_str().to_owned().into());
                    format!("?{}", values.len())
                })
                .collect();
            conditions.push(format!("state IN ({})", marks.join(", ")));
        }
        if let Some(day) = self.filed_on {
            values.push(day.to_string().into());
            conditions.push(format!("filed_on = ?{}", values.len()));
        }
        if self.unsent {
            let beyond = own.iter().map(|own| {
                values.push(own.log.clone().into());
                values.push(i64::try_from(own.acknowledged).unwrap_or(i64::MAX).into());
                let n = values.len();
                format!("(last_origin = ?{} AND last_seq > ?{n})", n - 1)
            });
            let beyond: Vec<_> = beyond.collect();
            conditions.push(format!("({})", beyond.join(" OR ")));
        }
        for (wanted, column) in [(self.in_hand, "holder"), (self.filed_here, "origin")] {
            if wanted {
                values.push(window.to_owned().into());
                conditions.push(format!("{column} = ?{}", values.len()));
            }
        }
        if self.attention {
            let troubled = "id IN (SELECT id FROM cases WHERE conflicts > 0
                                   UNION SELECT case_id FROM parked)";
            conditions.push(troubled.to_owned());
        }
        if self.news {
            conditions.push("id IN (SELECT case_id FROM news)".to_owned());
        }
        let clause = match conditions.is_empty() {
            true => String::new(),
            false => format!(" WHERE {}", conditions.join(" AND ")),
        };
        (clause, values)
    }
}

fn open_cases(sql: &Connection) -> Result<Vec<Case>, StorageError> {
    let open: Vec<_> = CaseState::ALL.into_iter().filter(|state| state.is_open()).collect();
    let marks = vec!["?"; open.len()].join(", ");
    let mut statement = sql.prepare_cached(&format!(
        "SELECT body FROM cases WHERE state IN ({marks}) ORDER BY number"
    ))?;
    let names = open.iter().map(|state| state.as_str());
    let bodies =
        statement.query_map(params_from_iter(names), |row| row.get::<_, String>("body"))?;
    let unreadable = |_| StorageError::Unreadable { what: "办件" };
    bodies.map(|body| serde_json::from_str(&body?).map_err(unreadable)).collect()
}

impl Store {
    /// Shows `see` every case filed from one day to another, the newest first. The database is free
    /// for others between pages: a report must not hold up a window.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn each_case_filed(
        &self,
        from: Date,
        to: Date,
        see: &mut dyn FnMut(Case),
    ) -> Result<(), StorageError> {
        /// How many are read at a time.
        const PAGE: usize = 200;
        let (from, mut below) = (from.to_string(), (to.to_string(), "~".to_owned()));
        loop {
            let page: Vec<(String, String, String)> = {
                let sql = self.lock();
                let mut statement = sql.prepare_cached(&format!(
                    "SELECT filed_on, number, body FROM cases
                     WHERE filed_on >= ?1 AND (filed_on, number) < (?2, ?3)
                     ORDER BY filed_on DESC, number DESC LIMIT {PAGE}"
                ))?;
                let rows = statement.query_map(params![from, below.0, below.1], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })?;
                rows.collect::<Result<_, _>>()?
            };
            let Some((day, number, _)) = page.last() else { return Ok(()) };
            below = (day.clone(), number.clone());
            let full = page.len() == PAGE;
            for (_, _, body) in page {
                let unreadable = |_| StorageError::Unreadable { what: "办件" };
                see(serde_json::from_str(&body).map_err(unreadable)?);
            }
            if !full {
                return Ok(());
            }
        }
    }

    /// Every case that waits for its acceptance or its decision, by number.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn open_cases(&self) -> Result<Vec<Case>, StorageError> {
        open_cases(&self.lock())
    }

    /// The case of that id.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn case(&self, id: &str) -> Result<Option<Case>, StorageError> {
        load(&self.lock(), id)
    }

    /// The case of that number.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn case_numbered(&self, number: &CaseNumber) -> Result<Option<Case>, StorageError> {
        load_numbered(&self.lock(), number)
    }

    /// The line of one case.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn case_row(&self, id: &str) -> Result<Option<CaseListRow>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached("SELECT * FROM cases WHERE id = ?1")?;
        Ok(statement.query_row([id], read).optional()?)
    }

    /// Whether a profile that joined no hub was practised in: a case is here, an entry of a ledger,
    /// or the account that plays scripted cases.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn is_practised(&self) -> Result<bool, StorageError> {
        is_practised(&self.lock())
    }

    /// How many cases match.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn count_cases(&self, query: &CaseQuery) -> Result<u32, StorageError> {
        let sql = self.lock();
        let (clause, values) =
            query.conditions(&upstream::own_origin(&sql)?, &upstream::acknowledged_logs(&sql)?);
        let mut statement = sql.prepare_cached(&format!("SELECT count(*) FROM cases{clause}"))?;
        Ok(statement.query_row(params_from_iter(values), |row| row.get(0))?)
    }

    /// A page of the cases that match.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn list_cases(&self, query: &CaseQuery) -> Result<Vec<CaseListRow>, StorageError> {
        let sql = self.lock();
        let (clause, values) =
            query.conditions(&upstream::own_origin(&sql)?, &upstream::acknowledged_logs(&sql)?);
        let order = if query.by_due {
            "coalesce(decided_on, due, notify_by) IS NULL, coalesce(decided_on, due, notify_by), number"
        } else {
            "filed_on DESC, number DESC"
        };
        // Which ones is found in an index; only those of the page are read.
        let text = format!(
            "SELECT * FROM cases WHERE rowid IN
               (SELECT rowid FROM cases{clause} ORDER BY {order} LIMIT {} OFFSET {})
             ORDER BY {order}",
            query.limit, query.offset
        );
        let mut statement = sql.prepare_cached(&text)?;
        let rows = statement.query_map(params_from_iter(values), read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Every case that waits for its acceptance or its decision, by number.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn open_cases(&self) -> Result<Vec<Case>, StorageError> {
        open_cases(&self.sql)
    }

    /// The case of that id, as this transaction sees it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn case(&self, id: &str) -> Result<Option<Case>, StorageError> {
        load(&self.sql, id)
    }

    /// The case of that number, as this transaction sees it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn case_numbered(&self, number: &CaseNumber) -> Result<Option<Case>, StorageError> {
        load_numbered(&self.sql, number)
    }
}
