//! 差评回访: poor ratings that came, what was done about each, and the limits for it.

mod entering;

pub use entering::CasePlace;

use jiff::Timestamp;
use jiff::civil::Date;
use yichuang_domain::case::event::CaseId;
use yichuang_domain::evaluation::{Evaluation, EvaluationChannel};
use yichuang_domain::follow_up::counts::FollowUpCounts;
use yichuang_domain::follow_up::{FollowUp, FollowUpLimits, FollowUpState, FollowUpStep};
use yichuang_domain::named::Named;

use super::engine::values;
use super::log::case_id;
use super::office::{anywhere, time};
use super::{Row, StoreError, Tx};

/// The setting of the limits.
const LIMITS: &str = "follow-up.limits";

/// A task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFollowUp {
    /// The case.
    pub case: CaseId,
    /// 办件编号.
    pub number: String,
    /// 事项名称.
    pub matter: String,
    /// The code of the station that filed the case.
    pub station: String,
    /// The code of the window that filed it.
    pub window: String,
    /// How it was said.
    pub channel: EvaluationChannel,
    /// What.
    pub rating: Evaluation,
    /// When it came.
    pub came_at: Timestamp,
    /// How it stands.
    pub task: FollowUp,
}

/// A step of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenStep {
    /// When.
    pub at: Timestamp,
    /// The login of who took it.
    pub login: String,
    /// The name.
    pub name: String,
    /// What was done.
    pub step: FollowUpStep,
}

/// Tasks with what tells where they are from.
macro_rules! follow_ups {
    ($rest:literal) => {
        concat!(
            r#"SELECT f.case_id, f.service, f.number, f.matter, f.channel, f.rating, f.came_at,
                 f.since, f.state, f.complex, f.tries, f.steps, d.station, d."window" AS "window"
               FROM follow_ups f JOIN devices d ON d.origin = f.origin "#,
            $rest
        )
    };
}

const OPEN: &str = follow_ups!(
    "WHERE f.state IN LIST ?1 AND (?2 = '' OR upper(f.number) LIKE upper(?2) ESCAPE '\\')
     ORDER BY f.came_at, f.case_id, f.service LIMIT ?3 OFFSET ?4"
);
const LATEST: &str = follow_ups!(
    "WHERE f.state IN LIST ?1 AND (?2 = '' OR upper(f.number) LIKE upper(?2) ESCAPE '\\')
     ORDER BY f.came_at DESC, f.case_id, f.service LIMIT ?3 OFFSET ?4"
);

const UNREADABLE: StoreError = StoreError::Unreadable("差评回访");

fn day(text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(|_| UNREADABLE)
}

fn known<T: Named>(name: &str) -> Result<T, StoreError> {
    T::from_name(name).ok_or(UNREADABLE)
}

fn follow_up(mut row: Row) -> Result<StoredFollowUp, StoreError> {
    let rating: String = row.take("rating")?;
    Ok(StoredFollowUp {
        case: case_id(&row.take::<String>("case_id")?)?,
        number: row.take("number")?,
        matter: row.take("matter")?,
        station: row.take("station")?,
        window: row.take("window")?,
        channel: known(&row.take::<String>("channel")?)?,
        rating: serde_json::from_str(&rating).map_err(|_| UNREADABLE)?,
        came_at: time(row.take("came_at")?)?,
        task: FollowUp {
            service: day(&row.take::<String>("service")?)?,
            since: day(&row.take::<String>("since")?)?,
            state: known(&row.take::<String>("state")?)?,
            complex: row.take("complex")?,
            tries: row.take("tries")?,
            steps: row.take("steps")?,
        },
    })
}

fn names(states: &[FollowUpState]) -> Vec<String> {
    states.iter().map(|state| state.name().to_owned()).collect()
}

impl Tx<'_> {
    /// A task; none where there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn follow_up(
        &self,
        case: CaseId,
        service: Date,
    ) -> Result<Option<StoredFollowUp>, StoreError> {
        let query = follow_ups!("WHERE f.case_id = ?1 AND f.service = ?2");
        let row = self.row(query, &values![case.to_string(), service.to_string()])?;
        row.map(follow_up).transpose()
    }

    /// The steps of a task, in order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn follow_up_steps(
        &self,
        case: CaseId,
        service: Date,
    ) -> Result<Vec<TakenStep>, StoreError> {
        let query = "SELECT at, login, name, step FROM follow_up_steps
                     WHERE case_id = ?1 AND service = ?2 ORDER BY nth";
        let read = |mut row: Row| {
            let step: String = row.take("step")?;
            Ok(TakenStep {
                at: time(row.take("at")?)?,
                login: row.take("login")?,
                name: row.take("name")?,
                step: serde_json::from_str(&step).map_err(|_| UNREADABLE)?,
            })
        };
        let given = values![case.to_string(), service.to_string()];
        self.rows(query, &given)?.into_iter().map(read).collect()
    }

    /// Adds a step to a task that was seen as `seen` and is then as `after`; whether it still was
    /// as it was seen. Where it was not, nothing is changed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add_follow_up_step(
        &self,
        case: CaseId,
        (seen, after): (&FollowUp, &FollowUp),
        taken: &TakenStep,
    ) -> Result<bool, StoreError> {
        let (id, service) = (case.to_string(), seen.service.to_string());
        let moved = self.execute(
            "UPDATE follow_ups SET since = ?4, state = ?5, complex = ?6, tries = ?7, steps = ?8
             WHERE case_id = ?1 AND service = ?2 AND steps = ?3",
            &values![
                &id,
                &service,
                seen.steps,
                after.since.to_string(),
                after.state.name(),
                after.complex,
                after.tries,
                after.steps,
            ],
        )?;
        if moved == 0 {
            return Ok(false);
        }
        let step = serde_json::to_string(&taken.step).map_err(|_| UNREADABLE)?;
        self.execute(
            "INSERT INTO follow_up_steps (case_id, service, nth, at, login, name, step)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            &values![
                id,
                service,
                after.steps,
                taken.at.as_millisecond(),
                &taken.login,
                &taken.name,
                step,
            ],
        )?;
        Ok(true)
    }

    /// Tasks in some states whose number has a text in it: those that came first, first; or, of
    /// those that are over, the latest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn follow_ups(
        &self,
        states: &[FollowUpState],
        text: &str,
        limit: usize,
        offset: u64,
    ) -> Result<Vec<StoredFollowUp>, StoreError> {
        let open = states.iter().all(|state| state.is_open());
        let given = values![names(states), anywhere(text), limit, offset];
        let rows = self.rows(if open { OPEN } else { LATEST }, &given)?;
        rows.into_iter().map(follow_up).collect()
    }

    /// How many tasks stand in some states, with a text in their numbers: [`super::COUNTED`] and
    /// one at most.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn count_follow_ups(
        &self,
        states: &[FollowUpState],
        text: &str,
    ) -> Result<u64, StoreError> {
        let query = "SELECT count(*) AS total FROM (SELECT 1 FROM follow_ups
                     WHERE state IN LIST ?1
                       AND (?2 = '' OR upper(number) LIKE upper(?2) ESCAPE '\\')
                     LIMIT 10001) AS counted";
        let row = self.row(query, &values![names(states), anywhere(text)])?;
        row.ok_or(UNREADABLE)?.take("total")
    }

    /// What following up came to, of the cases filed in a period.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn follow_up_counts(&self, from: Date, to: Date) -> Result<FollowUpCounts, StoreError> {
        let query = "SELECT state, count(*) AS total FROM follow_ups
                     WHERE filed_on >= ?1 AND filed_on <= ?2 GROUP BY state";
        let mut counts = FollowUpCounts::default();
        for mut row in self.rows(query, &values![from.to_string(), to.to_string()])? {
            counts.add(known(&row.take::<String>("state")?)?, row.take("total")?);
        }
        Ok(counts)
    }

    /// The limits as they are set, or as they are where nobody set any.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn follow_up_limits(&self) -> Result<FollowUpLimits, StoreError> {
        let found = self.meta(LIMITS)?;
        let read = |text: String| serde_json::from_str(&text).map_err(|_| UNREADABLE);
        Ok(found.map(read).transpose()?.unwrap_or_default())
    }

    /// Sets the limits.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_follow_up_limits(&self, limits: &FollowUpLimits) -> Result<(), StoreError> {
        let text = serde_json::to_string(limits).map_err(|_| UNREADABLE)?;
        self.set_meta(LIMITS, &text)
    }
}

#[cfg(test)]
mod tests;
