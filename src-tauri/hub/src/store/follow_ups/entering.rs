//! How poor ratings become tasks: with the case that they are folded into, or, those of before there
//! were tasks, when a hub is started.

use jiff::Timestamp;
use yichuang_domain::beijing;
use yichuang_domain::case::Case;
use yichuang_domain::follow_up::{FollowUp, poor_ratings};
use yichuang_domain::named::Named as _;

use super::UNREADABLE;
use crate::store::engine::values;
use crate::store::{KeptCase, StoreError, Tx};

/// That the ratings of before there were tasks are among them.
const ENTERED: &str = "follow-up.entered";
/// How many cases are looked through at once for ratings of before.
pub(super) const AT_ONCE: usize = 200;

/// A place in the cases of before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CasePlace {
    origin: String,
    id: String,
}

impl Tx<'_> {
    /// Enters the poor ratings of cases as they stand now; those that are there stay as they are.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(in crate::store) fn enter_ratings(
        &self,
        cases: &[KeptCase<'_>],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut rows = Vec::new();
        for kept in cases {
            let case = kept.case;
            for (rated, said) in poor_ratings(case) {
                let task = FollowUp::arrived(rated.service, beijing::day(at));
                let said = serde_json::to_string(said).map_err(|_| UNREADABLE)?;
                rows.push(
                    values![
                        case.id.to_string(),
                        task.service.to_string(),
                        kept.origin.to_owned(),
                        kept.number.to_owned(),
                        case.matter.name.clone(),
                        case.filed_on.to_string(),
                        rated.channel.name(),
                        said,
                        at.as_millisecond(),
                        task.since.to_string(),
                        task.state.name(),
                        task.complex,
                        task.tries,
                        task.steps,
                    ]
                    .to_vec(),
                );
            }
        }
        self.insert_each(
            "INSERT INTO follow_ups (case_id, service, origin, number, matter, filed_on, channel,
               rating, came_at, since, state, complex, tries, steps)
             VALUES EACH (text, text, text, text, text, text, text,
               text, bigint, text, text, boolean, bigint, bigint)
             ON CONFLICT (case_id, service) DO NOTHING",
            &rows,
        )?;
        Ok(())
    }

    /// Whether the ratings of before there were tasks are among them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn ratings_are_entered(&self) -> Result<bool, StoreError> {
        Ok(self.meta(ENTERED)?.is_some())
    }

    /// Enters the poor ratings of some cases of before, behind a place; the next place, or none
    /// where that was the last: then it is noted, and need not be done again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn enter_earlier_ratings(
        &self,
        after: &CasePlace,
        at: Timestamp,
    ) -> Result<Option<CasePlace>, StoreError> {
        let query = "SELECT origin, id, number, body FROM cases
                     WHERE (origin, id) > (?1, ?2) AND body LIKE '%dissatisfied%'
                     ORDER BY origin, id LIMIT ?3";
        let mut cases: Vec<(CasePlace, String, Case)> = Vec::new();
        for mut row in self.rows(query, &values![&after.origin, &after.id, AT_ONCE])? {
            let body: String = row.take("body")?;
            let case = serde_json::from_str(&body).map_err(|_| StoreError::Unreadable("办件"))?;
            let place = CasePlace { origin: row.take("origin")?, id: row.take("id")? };
            cases.push((place, row.take("number")?, case));
        }
        let kept = |(place, number, case)| {
            let place: &CasePlace = place;
            KeptCase { origin: &place.origin, number, case }
        };
        let kept: Vec<KeptCase<'_>> = cases.iter().map(|(p, n, c)| kept((p, n, c))).collect();
        self.enter_ratings(&kept, at)?;
        if cases.len() == AT_ONCE {
            return Ok(cases.pop().map(|(place, _, _)| place));
        }
        self.set_once(ENTERED, "true")?;
        Ok(None)
    }
}
