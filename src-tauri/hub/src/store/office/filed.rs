//! The cases of a period, page by page in the order of their filing: what figures are made of.

use jiff::civil::Date;
use yichuang_domain::case::Case;
use yichuang_domain::case::event::CaseId;

use crate::store::engine::values;
use crate::store::{Row, StoreError, Tx};

/// Which cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiledQuery {
    /// Of one department; none for all.
    pub department: Option<String>,
    /// Filed on this day or later.
    pub from: Date,
    /// Filed on this day or earlier.
    pub to: Date,
}

/// The place of a case in that order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiledPlace {
    filed_on: String,
    origin: String,
    id: String,
}

/// A case, and where it was filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiledCase {
    /// Its place.
    pub place: FiledPlace,
    /// The case.
    pub case: Case,
    /// The code of the station.
    pub station: String,
    /// The code of the window.
    pub window: String,
}

/// The first day is a place like any other: beside a condition on the day alone, SQLite would look
/// for the day and read every page anew from there. Two statements, so that each has its own index. The order is the key's: what was read once does
/// not come again, whatever arrives in between.
macro_rules! filed {
    ($department:literal) => {
        concat!(
            r#"SELECT q.filed_on, q.origin, q.id, c.body, d.station, d."window" AS "window"
               FROM office_cases q
                 JOIN cases c ON c.origin = q.origin AND c.id = q.id
                 JOIN devices d ON d.origin = q.origin
               WHERE "#,
            $department,
            " q.filed_on <= ?1 AND (q.filed_on, q.origin, q.id) > (?2, ?3, ?4)
              ORDER BY q.filed_on, q.origin, q.id LIMIT ?6"
        )
    };
}

const FILED: [&str; 2] = [filed!("q.department = ?5 AND"), filed!("?5 = '' AND")];

fn filed(mut row: Row) -> Result<FiledCase, StoreError> {
    let body: String = row.take("body")?;
    Ok(FiledCase {
        case: serde_json::from_str(&body).map_err(|_| StoreError::Unreadable("办件"))?,
        place: place(&mut row)?,
        station: row.take("station")?,
        window: row.take("window")?,
    })
}

fn place(row: &mut Row) -> Result<FiledPlace, StoreError> {
    Ok(FiledPlace {
        filed_on: row.take("filed_on")?,
        origin: row.take("origin")?,
        id: row.take("id")?,
    })
}

impl Tx<'_> {
    /// Up to `limit` cases of a period behind a place; from the beginning where there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn cases_filed(
        &self,
        query: &FiledQuery,
        after: Option<&FiledPlace>,
        limit: usize,
    ) -> Result<Vec<FiledCase>, StoreError> {
        let (from, to) = (query.from.to_string(), query.to.to_string());
        let start = (from.as_str(), "", "");
        let place = after.map_or(start, |place| {
            (place.filed_on.as_str(), place.origin.as_str(), place.id.as_str())
        });
        // A place comes from an address, too, and may lie before the period.
        let (day, origin, id) = place.max(start);
        let department = query.department.as_deref().unwrap_or_default();
        let sql = FILED[usize::from(query.department.is_none())];
        let given = values![to, day, origin, id, department, limit];
        self.rows(sql, &given)?.into_iter().map(filed).collect()
    }

    /// Where a case stands in that order; none where there is no such case.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn filed_place(&self, id: CaseId) -> Result<Option<FiledPlace>, StoreError> {
        let Some(origin) = self.filed_in(&[id])?.remove(&id) else { return Ok(None) };
        let query = "SELECT filed_on, origin, id FROM office_cases WHERE origin = ?1 AND id = ?2";
        let row = self.row(query, &values![origin, id.to_string()])?;
        row.map(|mut row| place(&mut row)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::On;

    /// A page reads a page, whatever the number of cases: it is found in an index that has its order.
    #[test]
    fn a_page_of_a_period_is_read_from_an_index() {
        let (_place, store) = On::Sqlite.hub();
        let plans = [
            (concat!("EXPLAIN QUERY PLAN ", filed!("q.department = ?5 AND")), "office_filed_in"),
            (concat!("EXPLAIN QUERY PLAN ", filed!("?5 = '' AND")), "office_filed"),
        ];
        for (sql, index) in plans {
            let given = values!["2026-03-31", "2026-03-01", "", "", "", 200usize];
            let rows = store.read(|tx| tx.rows(sql, &given)).unwrap();
            let told = rows.into_iter().map(|mut row| row.take::<String>("detail").unwrap());
            let told: Vec<String> = told.collect();
            let by = format!("INDEX {index} (");
            // From the place on, not from the day on: else each page would read all before it.
            let from = "(filed_on,origin,id)>";
            let reads = |step: &String| step.contains(&by) && step.contains(from);
            assert!(told.iter().any(reads), "{told:?}");
            assert!(!told.iter().any(|step| step.contains("TEMP B-TREE")), "sorted: {told:?}");
        }
    }
}
