//! What lists of cases show and are sorted by, kept beside the folded cases so that a page of a
//! list reads a page.

use jiff::civil::Date;
use yichuang_domain::case::{Case, CaseState};
use yichuang_domain::urgency::pressing;

use super::anywhere;
use crate::store::engine::{Value, values};
use crate::store::{KeptCase, Row, StoreError, Tx};

/// Behind every day.
const NEVER: &str = "9999-12-31";
/// How many cases are entered in a list at once where they are missing.
const AT_ONCE: usize = 200;

/// A line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedCase {
    /// Its id.
    pub id: String,
    /// 办件编号.
    pub number: String,
    /// 实施主体.
    pub department: String,
    /// 事项名称.
    pub matter: String,
    /// 申请人.
    pub applicant: String,
    /// Where it stands.
    pub state: CaseState,
    /// The day of filing.
    pub filed_on: Date,
    /// 应办结日.
    pub due: Option<Date>,
    /// The last day that presses, if one does.
    pub urgent_by: Option<Date>,
}

/// Which cases are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueQuery {
    /// Of one department; none for all.
    pub department: Option<String>,
    /// In one of these states.
    pub states: Vec<CaseState>,
    /// In the number or the applicant's name; empty for any.
    pub text: String,
    /// Whose last day is not before this one.
    pub from: Option<Date>,
    /// Whose last day is not after this one.
    pub to: Option<Date>,
}

/// Two statements that differ in whether the department matters: so each has its own index.
macro_rules! of_department {
    ($columns:literal, $rest:literal) => {
        [
            of_department!($columns, "department = ?5 AND ", $rest),
            of_department!($columns, "?5 = '' AND ", $rest),
        ]
    };
    ($columns:literal, $department:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM office_cases WHERE ",
            $department,
            "state IN LIST ?1 AND urgent_by >= ?2 AND urgent_by <= ?3
             AND (?4 = '' OR upper(number) LIKE upper(?4) ESCAPE '\\'
                          OR upper(applicant) LIKE upper(?4) ESCAPE '\\') ",
            $rest
        )
    };
}

const LINES: [&str; 2] = of_department!(
    "id, number, department, matter, applicant, state, filed_on, due, urgent_by",
    "ORDER BY urgent_by, number LIMIT ?6 OFFSET ?7"
);
const COUNT: [&str; 2] =
    of_department!("count(*) AS total FROM (SELECT 1", "LIMIT 10001) AS counted");

fn day(text: Option<String>) -> Result<Option<Date>, StoreError> {
    let read = |text: String| text.parse().map_err(|_| StoreError::Unreadable("日期"));
    text.map(read).transpose()
}

fn line(mut row: Row) -> Result<QueuedCase, StoreError> {
    let state: String = row.take("state")?;
    let state = CaseState::ALL.into_iter().find(|known| known.as_str() == state);
    let urgent_by = Some(row.take::<String>("urgent_by")?).filter(|day| day != NEVER);
    Ok(QueuedCase {
        id: row.take("id")?,
        number: row.take("number")?,
        department: row.take("department")?,
        matter: row.take("matter")?,
        applicant: row.take("applicant")?,
        state: state.ok_or(StoreError::Unreadable("办件状态"))?,
        filed_on: day(Some(row.take("filed_on")?))?.ok_or(StoreError::Unreadable("收件日期"))?,
        due: day(row.take("due")?)?,
        urgent_by: day(urgent_by)?,
    })
}

fn values_of(query: &QueueQuery) -> Vec<Value<'_>> {
    let states: Vec<String> = query.states.iter().map(|s| s.as_str().to_owned()).collect();
    let from = query.from.map_or_else(String::new, |day| day.to_string());
    let to = query.to.map_or_else(|| NEVER.to_owned(), |day| day.to_string());
    let department = query.department.as_deref().unwrap_or_default();
    values![states, from, to, anywhere(&query.text), department].to_vec()
}

impl Tx<'_> {
    /// Enters cases as they stand now in the lists.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(in crate::store) fn queue_cases(&self, cases: &[KeptCase<'_>]) -> Result<(), StoreError> {
        let row = |kept: &KeptCase<'_>| {
            let case = kept.case;
            values![
                kept.origin.to_owned(),
                case.id.to_string(),
                kept.number.to_owned(),
                case.matter.department.clone(),
                case.matter.name.clone(),
                case.applicant.party.name.clone(),
                case.state.as_str().to_owned(),
                case.filed_on.to_string(),
                case.due.as_ref().map(|due| due.on.to_string()),
                pressing(case).map_or_else(|| NEVER.to_owned(), |day| day.to_string()),
            ]
            .to_vec()
        };
        self.insert_each(
            "INSERT INTO office_cases
               (origin, id, number, department, matter, applicant, state, filed_on, due, urgent_by)
             VALUES EACH (text, text, text, text, text, text, text, text, text, text)
             ON CONFLICT (origin, id) DO UPDATE
               SET applicant = excluded.applicant, state = excluded.state, due = excluded.due,
                   urgent_by = excluded.urgent_by",
            &cases.iter().map(row).collect::<Vec<_>>(),
        )?;
        Ok(())
    }

    /// Enters some of the cases that are in no list: those of before there were lists. How many
    /// there were; zero when all are in.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn queue_missing(&self) -> Result<usize, StoreError> {
        let query = "SELECT c.origin, c.number, c.body FROM cases c
                     WHERE NOT EXISTS (SELECT 1 FROM office_cases q
                                       WHERE q.origin = c.origin AND q.id = c.id)
                     LIMIT ?1";
        let read = |mut row: Row| {
            let body: String = row.take("body")?;
            let case: Case =
                serde_json::from_str(&body).map_err(|_| StoreError::Unreadable("办件"))?;
            Ok((row.take("origin")?, row.take("number")?, case))
        };
        let rows = self.rows(query, &values![AT_ONCE])?;
        let missing: Vec<(String, String, Case)> =
            rows.into_iter().map(read).collect::<Result<_, StoreError>>()?;
        let kept = |(origin, number, case)| KeptCase { origin, number, case };
        let kept: Vec<_> = missing.iter().map(|(o, n, c)| kept((o, n, c))).collect();
        self.queue_cases(&kept)?;
        Ok(kept.len())
    }

    /// How many cases match: [`super::COUNTED`] and one at most.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn count_queue(&self, query: &QueueQuery) -> Result<u64, StoreError> {
        let sql = COUNT[usize::from(query.department.is_none())];
        let row = self.row(sql, &values_of(query))?;
        row.ok_or(StoreError::Unreadable("办件数"))?.take("total")
    }

    /// Cases that match, the most urgent first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn queue(
        &self,
        query: &QueueQuery,
        limit: usize,
        offset: u64,
    ) -> Result<Vec<QueuedCase>, StoreError> {
        let mut given = values_of(query);
        given.extend(values![limit, offset]);
        let sql = LINES[usize::from(query.department.is_none())];
        self.rows(sql, &given)?.into_iter().map(line).collect()
    }
}
