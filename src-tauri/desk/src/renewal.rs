//! What a new release of the guide means for the work under way: cases stay pinned to the release
//! they were filed by, but an estimated last day is counted anew once the calendar is official.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::calendar::{DueDate, WorkCalendar};
use yichuang_domain::case::{Actor, Case, CaseState, EventBody};
use yichuang_guide::difference::Subject;
use yichuang_guide::{Change, difference};
use yichuang_storage::Tx;

use crate::desk::Desk;
use crate::error::DeskError;
use crate::guide::parse;

/// A case, as named in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaseNamed {
    /// Its id.
    pub id: String,
    /// 办件编号.
    pub number: String,
    /// 事项名称.
    pub matter_name: String,
    /// The applicant's name.
    pub applicant: String,
}

/// A last day that was counted anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Recounted {
    /// Whose.
    pub case: CaseNamed,
    /// What it was (暂估).
    pub was: String,
    /// What it is.
    pub on: String,
    /// Whether it still is an estimate.
    pub estimated: bool,
}

/// The release in use beside the one before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Renewal {
    /// The number of the release before.
    pub from: u32,
    /// The number of the release in use.
    pub to: u32,
    /// What changed.
    pub changes: Vec<Change>,
    /// The open cases of matters that changed or went, by matter code: they follow the release
    /// they were filed by.
    #[ts(type = "Record<string, CaseNamed[]>")]
    pub touched: HashMap<String, Vec<CaseNamed>>,
    /// The last days of open cases that are not what they were on the day of filing.
    pub recounted: Vec<Recounted>,
}

fn named(case: &Case) -> CaseNamed {
    CaseNamed {
        id: case.id.to_string(),
        number: case.number.to_string(),
        matter_name: case.matter.name.clone(),
        applicant: case.applicant.party.name.clone(),
    }
}

/// The last day that a case runs to: for the notice before its acceptance is decided, for the
/// decision after.
fn running(case: &Case) -> Option<&DueDate> {
    match case.state {
        CaseState::Received => case.notify_by.as_ref(),
        CaseState::NoticeGiven | CaseState::Supplemented | CaseState::ClockStopped => None,
        _ => case.due.as_ref(),
    }
}

/// Counts every estimated last day of this window's own open cases by `calendar`, and logs those
/// that are another day or certain now.
pub(crate) fn recount(
    tx: &Tx<'_>,
    calendar: &WorkCalendar,
    actor: &Actor,
    at: jiff::Timestamp,
) -> Result<(), DeskError> {
    let own = tx.own_origin()?;
    for case in tx.open_cases()?.iter().filter(|case| case.held_by() == own) {
        let Some(before) = running(case).filter(|limit| limit.estimated) else { continue };
        let limit = calendar.due(before.from, before.limit);
        if limit.on != before.on || !limit.estimated {
            let event = EventBody::LimitRecounted { was: before.on, limit };
            tx.append(actor, case.id, vec![event], at)?;
        }
    }
    Ok(())
}

impl Desk {
    /// What changed with the release in use, and which open cases it touches. None while there
    /// was only one.
    ///
    /// # Errors
    /// [`DeskError::NoGuide`], [`DeskError::Storage`].
    pub fn renewal(&self) -> Result<Option<Renewal>, DeskError> {
        let now = self.guide()?;
        let Some(stored) = self.store.earlier_guide()? else { return Ok(None) };
        let before = parse(stored)?;
        let changes = difference(&before.package, &now.package);
        let own = self.store.own_origin()?;
        let mut open = self.store.open_cases()?;
        // Practice of before this window joined a hub can't be continued: no work under way.
        open.retain(|case| case.held_by() == own);
        let mut touched: HashMap<String, Vec<CaseNamed>> = HashMap::new();
        for change in changes.iter().filter(|c| c.subject == Subject::Matter) {
            let pinned = open
                .iter()
                .filter(|case| case.matter.code == change.id && case.guide.digest != now.digest);
            let cases: Vec<CaseNamed> = pinned.map(named).collect();
            if !cases.is_empty() {
                touched.insert(change.id.clone(), cases);
            }
        }
        let mut recounted = Vec::new();
        for case in &open {
            recounted.extend(self.recounted(case)?);
        }
        let (from, to) = (before.package.release, now.package.release);
        Ok(Some(Renewal { from, to, changes, touched, recounted }))
    }

    /// The latest recount of a case that still tells its last day.
    fn recounted(&self, case: &Case) -> Result<Option<Recounted>, DeskError> {
        let Some(now) = running(case) else { return Ok(None) };
        let events = self.store.case_events(case.id)?;
        let moved = events.iter().rev().find_map(|event| match &event.body {
            EventBody::LimitRecounted { limit, was } if limit == now => Some(*was),
            _ => None,
        });
        Ok(moved.map(|was| Recounted {
            case: named(case),
            was: was.to_string(),
            on: now.on.to_string(),
            estimated: now.estimated,
        }))
    }
}
