//! Attempts: which draft and which case belong to one, what happened when, and the result.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};
use yichuang_domain::training::{TimedMark, TrainingMark, TrainingStep};

use crate::error::StorageError;
use crate::store::{Store, Tx};

const UNREADABLE: StorageError = StorageError::Unreadable { what: "训练记录" };

/// An attempt that begins.
#[derive(Clone, Debug)]
pub struct NewAttempt<'a> {
    /// Its id.
    pub id: &'a str,
    /// The card, JSON.
    pub card: &'a str,
    /// Whose.
    pub clerk: &'a str,
    /// Their name.
    pub clerk_name: &'a str,
    /// The draft that it works on.
    pub draft: &'a str,
}

/// The result of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredResult {
    /// When it was finished.
    pub at: String,
    /// The score, JSON.
    pub body: String,
}

/// An attempt as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAttempt {
    /// Its id.
    pub id: String,
    /// The card as it was, JSON.
    pub card: String,
    /// Whose.
    pub clerk: String,
    /// Their name.
    pub clerk_name: String,
    /// When it began.
    pub started_at: String,
    /// The draft that it works on.
    pub draft: String,
    /// The case that the draft became.
    pub case: Option<String>,
    /// Whether the draft is still there.
    pub draft_there: bool,
    /// Whether it is over: scored, or given up after it was filed.
    pub over: bool,
    /// The result, once it is scored.
    pub result: Option<StoredResult>,
}

const SELECT: &str = "SELECT a.*, r.at AS result_at, r.body AS result_body,
    EXISTS (SELECT 1 FROM drafts d WHERE d.id = a.draft_id) AS draft_there,
    EXISTS (SELECT 1 FROM training_marks m WHERE m.attempt = a.id
      AND json_extract(m.mark, '$.mark') = 'finished') AS over
  FROM training_attempts a LEFT JOIN training_results r ON r.attempt = a.id";

fn read(row: &Row<'_>) -> rusqlite::Result<StoredAttempt> {
    let at: Option<String> = row.get("result_at")?;
    let body: Option<String> = row.get("result_body")?;
    Ok(StoredAttempt {
        id: row.get("id")?,
        card: row.get("card")?,
        clerk: row.get("clerk")?,
        clerk_name: row.get("clerk_name")?,
        started_at: row.get("started_at")?,
        draft: row.get("draft_id")?,
        case: row.get("case_id")?,
        draft_there: row.get("draft_there")?,
        over: row.get("over")?,
        result: at.zip(body).map(|(at, body)| StoredResult { at, body }),
    })
}

impl Store {
    /// The drafts that belong to attempts of others than `clerk`.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn drafts_of_other_trainees(&self, clerk: &str) -> Result<HashSet<String>, StorageError> {
        let sql = self.lock();
        let mut statement =
            sql.prepare_cached("SELECT draft_id FROM training_attempts WHERE clerk <> ?1")?;
        Ok(statement.query_map([clerk], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// The attempt of that id.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn training_attempt(&self, id: &str) -> Result<Option<StoredAttempt>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached(&format!("{SELECT} WHERE a.id = ?1"))?;
        Ok(statement.query_row([id], read).optional()?)
    }

    /// Attempts of one, or of all, the latest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn training_attempts(
        &self,
        clerk: Option<&str>,
    ) -> Result<Vec<StoredAttempt>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached(&format!(
            "{SELECT} WHERE ?1 IS NULL OR a.clerk = ?1 ORDER BY a.started_at DESC, a.id DESC"
        ))?;
        Ok(statement.query_map([clerk], read)?.collect::<Result<_, _>>()?)
    }

    /// What happened in an attempt, in order.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn training_marks(&self, attempt: &str) -> Result<Vec<TimedMark>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached(
            "SELECT at, mark FROM training_marks WHERE attempt = ?1 ORDER BY position",
        )?;
        let rows = statement.query_map([attempt], |row| {
            Ok((row.get::<_, String>("at")?, row.get::<_, String>("mark")?))
        })?;
        rows.map(|row| {
            let (at, mark) = row?;
            Ok(TimedMark {
                at: at.parse().map_err(|_| UNREADABLE)?,
                mark: serde_json::from_str(&mark).map_err(|_| UNREADABLE)?,
            })
        })
        .collect()
    }
}

impl Tx<'_> {
    /// Begins an attempt.
    ///
    /// # Errors
    /// [`StorageError`]; [`StorageError::NotTraining`] in a database of records.
    pub fn add_training_attempt(
        &self,
        new: &NewAttempt<'_>,
        at: Timestamp,
    ) -> Result<(), StorageError> {
        self.sql.execute(
            "INSERT INTO training_attempts (id, card, clerk, clerk_name, started_at, draft_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![new.id, new.card, new.clerk, new.clerk_name, at.to_string(), new.draft],
        )?;
        Ok(())
    }

    /// Notes that something happened in an attempt.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn add_training_mark(
        &self,
        attempt: &str,
        mark: &TrainingMark,
        at: Timestamp,
    ) -> Result<(), StorageError> {
        let text = serde_json::to_string(mark).map_err(|_| UNREADABLE)?;
        self.sql.execute(
            "INSERT INTO training_marks (attempt, position, at, mark)
             SELECT ?1, (SELECT coalesce(max(position), 0) + 1 FROM training_marks WHERE attempt = ?1),
               ?2, ?3",
            params![attempt, at.to_string(), text],
        )?;
        Ok(())
    }

    /// Notes at which step the attempt of a draft stands, where it is one and stands at another.
    /// False where the draft belongs to no attempt.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn mark_training_step(
        &self,
        draft: &str,
        step: TrainingStep,
        at: Timestamp,
    ) -> Result<bool, StorageError> {
        let Some(attempt) = self.attempt_of_draft(draft)? else { return Ok(false) };
        let mark = TrainingMark::Step { step };
        let mut statement = self.sql.prepare_cached(
            "SELECT mark FROM training_marks
             WHERE attempt = ?1 AND json_extract(mark, '$.mark') = 'step'
             ORDER BY position DESC LIMIT 1",
        )?;
        let last: Option<String> =
            statement.query_row([&attempt], |row| row.get("mark")).optional()?;
        let stands = last.and_then(|text| serde_json::from_str::<TrainingMark>(&text).ok());
        if stands.as_ref() != Some(&mark) {
            self.add_training_mark(&attempt, &mark, at)?;
        }
        Ok(true)
    }

    /// The draft of an attempt became a case.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn bind_training_case(
        &self,
        draft: &str,
        case: &str,
        at: Timestamp,
    ) -> Result<(), StorageError> {
        if self.mark_training_step(draft, TrainingStep::Papers, at)? {
            self.sql.execute(
                "UPDATE training_attempts SET case_id = ?2 WHERE draft_id = ?1",
                params![draft, case],
            )?;
        }
        Ok(())
    }

    /// Keeps the result of an attempt, once; false if it has one.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn add_training_result(
        &self,
        attempt: &str,
        points: u32,
        body: &str,
        at: Timestamp,
    ) -> Result<bool, StorageError> {
        let added = self.sql.execute(
            "INSERT INTO training_results (attempt, at, points, body) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (attempt) DO NOTHING",
            params![attempt, at.to_string(), points, body],
        )?;
        Ok(added == 1)
    }

    fn attempt_of_draft(&self, draft: &str) -> Result<Option<String>, StorageError> {
        let mut statement =
            self.sql.prepare_cached("SELECT id FROM training_attempts WHERE draft_id = ?1")?;
        Ok(statement.query_row([draft], |row| row.get("id")).optional()?)
    }
}
