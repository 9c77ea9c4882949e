//! The print journal: jobs, papers given in other ways, and where each kind of paper goes.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use yichuang_domain::case::Actor;
use yichuang_domain::printing::{OtherWay, PrintState, ReprintReason};

use crate::error::StorageError;
use crate::store::{Store, Tx};

/// A print job as written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPrintJob {
    /// Its id, of this window.
    pub id: String,
    /// 文号.
    pub number: String,
    /// The case.
    pub case: String,
    /// The name of the paper's kind.
    pub kind: String,
    /// Who printed it.
    pub clerk: Actor,
    /// Which run of the program wrote it down.
    pub session: String,
    /// The hall's day.
    pub day: Date,
    /// When it was written down.
    pub queued_at: Timestamp,
    /// When something became known of it last.
    pub changed_at: Timestamp,
    /// Where it stands.
    pub state: PrintState,
    /// The printer it is for.
    pub printer: String,
    /// The printing system's name for it; empty until taken.
    pub job: String,
    /// What was last said of it, in words.
    pub said: String,
    /// Why it is printed again; none the first time.
    pub reason: Option<ReprintReason>,
}

/// A paper that reached the applicant otherwise than by a printer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenPaper {
    /// 文号.
    pub number: String,
    /// How.
    pub way: OtherWay,
    /// The hall's day.
    pub day: Date,
    /// When it was noted.
    pub at: Timestamp,
    /// Who noted it.
    pub clerk: Actor,
}

/// Where a kind of paper goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintRule {
    /// The name of the kind.
    pub kind: String,
    /// The printer; none is the system's default.
    pub printer: Option<String>,
    /// The tray (media-source); none is the printer's own choice.
    pub tray: Option<String>,
    /// How many times the whole paper.
    pub copies: u32,
    /// On both sides where the parts of the paper allow it.
    pub both_sides: bool,
    /// As a slip for a receipt printer; the printer is then a raw queue or the path of a port.
    pub slip: bool,
}

/// Which jobs to list.
#[derive(Clone, Debug, Default)]
pub struct PrintJobQuery {
    /// Only those of this day.
    pub day: Option<Date>,
    /// Only those in one of these states; empty is any.
    pub states: Vec<PrintState>,
    /// Only those of this paper.
    pub number: Option<String>,
    /// How many at most.
    pub limit: u32,
}

/// An issued paper, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedPaper {
    /// 文号.
    pub number: String,
    /// The case.
    pub case: String,
    /// The name of its kind.
    pub kind: String,
}

/// A text column read as something that this program wrote there.
fn column<T>(
    row: &Row<'_>,
    name: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> rusqlite::Result<T> {
    let text: String = row.get(name)?;
    read(&text).ok_or_else(|| {
        rusqlite::Error::FromSqlConversionFailure(0, Type::Text, format!("{name}: {text}").into())
    })
}

fn clerk(row: &Row<'_>) -> rusqlite::Result<Actor> {
    Ok(Actor { id: row.get("clerk")?, name: row.get("clerk_name")? })
}

fn read_job(row: &Row<'_>) -> rusqlite::Result<StoredPrintJob> {
    let reason: Option<String> = row.get("reason")?;
    let reason = match reason {
        Some(_) => Some(column(row, "reason", |text| serde_json::from_str(text).ok())?),
        None => None,
    };
    Ok(StoredPrintJob {
        id: row.get("id")?,
        number: row.get("number")?,
        case: row.get("case_id")?,
        kind: row.get("kind")?,
        clerk: clerk(row)?,
        session: row.get("session")?,
        day: column(row, "day", |text| text.parse().ok())?,
        queued_at: column(row, "queued_at", |text| text.parse().ok())?,
        changed_at: column(row, "changed_at", |text| text.parse().ok())?,
        state: column(row, "state", PrintState::named)?,
        printer: row.get("printer")?,
        job: row.get("job")?,
        said: row.get("said")?,
        reason,
    })
}

fn job(sql: &Connection, id: &str) -> Result<Option<StoredPrintJob>, StorageError> {
    let mut statement = sql.prepare_cached("SELECT * FROM print_jobs WHERE id = ?1")?;
    Ok(statement.query_row([id], read_job).optional()?)
}

fn jobs(sql: &Connection, query: &PrintJobQuery) -> Result<Vec<StoredPrintJob>, StorageError> {
    // States come from a closed list, so no text of a user enters the statement.
    let states: Vec<_> = query.states.iter().map(|s| format!("'{}'", s.as_str())).collect();
    let of_states = match states.is_empty() {
        true => String::new(),
        false => format!("AND state IN ({})", states.join(", ")),
    };
    let mut statement = sql.prepare_cached(&format!(
        "SELECT * FROM print_jobs
         WHERE (?1 IS NULL OR day = ?1) AND (?2 IS NULL OR number = ?2) {of_states}
         ORDER BY queued_at DESC, id DESC LIMIT ?3"
    ))?;
    let day = query.day.map(|day| day.to_string());
    let rows = statement.query_map(params![day, query.number, query.limit], read_job)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Store {
    /// The job of that id.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn print_job(&self, id: &str) -> Result<Option<StoredPrintJob>, StorageError> {
        job(&self.lock(), id)
    }

    /// The jobs that match, the newest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn print_jobs(&self, query: &PrintJobQuery) -> Result<Vec<StoredPrintJob>, StorageError> {
        jobs(&self.lock(), query)
    }

    /// How a paper was given otherwise than by a printer, the oldest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn given_papers(&self, number: &str) -> Result<Vec<GivenPaper>, StorageError> {
        let sql = self.lock();
        let mut statement =
            sql.prepare_cached("SELECT * FROM papers_given WHERE number = ?1 ORDER BY at")?;
        let rows = statement.query_map([number], |row| {
            Ok(GivenPaper {
                number: row.get("number")?,
                way: column(row, "way", OtherWay::named)?,
                day: column(row, "day", |text| text.parse().ok())?,
                at: column(row, "at", |text| text.parse().ok())?,
                clerk: clerk(row)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The papers that were issued from `from` until just before `until`, and those that a print
    /// job of `day` was for, in the order of their numbers.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn papers_of_day(
        &self,
        day: Date,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<IssuedPaper>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached(
            "SELECT number, case_id, kind FROM documents WHERE issued_at >= ?1 AND issued_at < ?2
             UNION SELECT number, case_id, kind FROM print_jobs WHERE day = ?3
             ORDER BY number",
        )?;
        // A fraction of a second sorts before `Z`: without it the bounds sort before both.
        let bound = |at: Timestamp| at.to_string().trim_end_matches('Z').to_owned();
        let bounds = params![bound(from), bound(until), day.to_string()];
        let rows = statement.query_map(bounds, |row| {
            Ok(IssuedPaper {
                number: row.get("number")?,
                case: row.get("case_id")?,
                kind: row.get("kind")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many papers are not in order yet by the last day that had to do with them, of the days
    /// before `before`; the newest day first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn open_days(&self, before: Date) -> Result<Vec<(Date, u32)>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached(
            "SELECT day, count(*) AS open FROM papers_open WHERE day < ?1
             GROUP BY day ORDER BY day DESC",
        )?;
        let rows = statement.query_map([before.to_string()], |row| {
            Ok((column(row, "day", |text| text.parse().ok())?, row.get("open")?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many papers are not in order yet.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn open_papers(&self) -> Result<u32, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached("SELECT count(*) AS open FROM papers_open")?;
        Ok(statement.query_row([], |row| row.get("open"))?)
    }

    /// Where the kinds of papers go, as far as it was set.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn print_rules(&self) -> Result<Vec<PrintRule>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached("SELECT * FROM print_rules ORDER BY kind")?;
        let rows = statement.query_map([], |row| {
            Ok(PrintRule {
                kind: row.get("kind")?,
                printer: row.get("printer")?,
                tray: row.get("tray")?,
                copies: row.get("copies")?,
                both_sides: row.get("both_sides")?,
                slip: row.get("slip")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// The job of that id, as the transaction sees it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn print_job(&self, id: &str) -> Result<Option<StoredPrintJob>, StorageError> {
        job(&self.sql, id)
    }

    /// The jobs that match, as the transaction sees them, the newest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn print_jobs(&self, query: &PrintJobQuery) -> Result<Vec<StoredPrintJob>, StorageError> {
        jobs(&self.sql, query)
    }

    /// Writes a job down.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn queue_print_job(&self, job: &StoredPrintJob) -> Result<(), StorageError> {
        let unreadable = |_| StorageError::Unreadable { what: "补打原因" };
        let reason =
            job.reason.as_ref().map(serde_json::to_string).transpose().map_err(unreadable)?;
        self.sql.execute(
            "INSERT INTO print_jobs (id, number, case_id, kind, clerk, clerk_name, session, day,
               queued_at, changed_at, state, printer, job, said, reason)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            params![
                job.id,
                job.number,
                job.case,
                job.kind,
                job.clerk.id,
                job.clerk.name,
                job.session,
                job.day.to_string(),
                job.queued_at.to_string(),
                job.changed_at.to_string(),
                job.state.as_str(),
                job.printer,
                job.job,
                job.said,
                reason,
            ],
        )?;
        Ok(())
    }

    /// Writes down what became known of a job: its state, printer, name there and words. A job
    /// that has ended can't be written any more.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn keep_print_job(&self, job: &StoredPrintJob) -> Result<(), StorageError> {
        let changed = self.sql.execute(
            "UPDATE print_jobs SET state = ?2, printer = ?3, job = ?4, said = ?5, changed_at = ?6
             WHERE id = ?1",
            params![
                job.id,
                job.state.as_str(),
                job.printer,
                job.job,
                job.said,
                job.changed_at.to_string()
            ],
        )?;
        match changed {
            1 => Ok(()),
            _ => Err(StorageError::Unreadable { what: "打印任务" }),
        }
    }

    /// Notes that a paper was given in another way.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_given_paper(&self, given: &GivenPaper) -> Result<(), StorageError> {
        self.sql.execute(
            "INSERT OR IGNORE INTO papers_given (number, way, day, at, clerk, clerk_name)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                given.number,
                given.way.as_str(),
                given.day.to_string(),
                given.at.to_string(),
                given.clerk.id,
                given.clerk.name
            ],
        )?;
        Ok(())
    }

    /// Sets where a kind of paper goes.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_print_rule(&self, rule: &PrintRule) -> Result<(), StorageError> {
        self.sql.execute(
            "INSERT INTO print_rules (kind, printer, tray, copies, both_sides, slip)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (kind) DO UPDATE SET printer = excluded.printer, tray = excluded.tray,
               copies = excluded.copies, both_sides = excluded.both_sides,
               slip = excluded.slip",
            params![rule.kind, rule.printer, rule.tray, rule.copies, rule.both_sides, rule.slip],
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
