//! What has arrived: one line for each case.

use serde::Serialize;
use yichuang_domain::calendar::DueDate;
use yichuang_domain::case::{Case, CaseState};
use yichuang_domain::checklist::Check;
use yichuang_domain::determination::Outcome;

use crate::store::{HubStore, StoreError, StoredCase};

/// A case in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedCase {
    /// 办件编号.
    pub case_number: String,
    /// The window that filed it.
    pub window: String,
    /// Where it stands.
    pub state: &'static str,
    /// What came of it so far; none while that is open.
    pub outcome: Option<&'static str>,
    /// Its id.
    pub case_id: String,
    /// 事项名称.
    pub matter: String,
    /// 实施编码.
    pub matter_code: String,
    /// The station of the window.
    pub station: String,
    /// The code of the device.
    pub device: String,
    /// 申请人.
    pub applicant: String,
    /// The day of filing.
    pub filed_on: String,
    /// The day of acceptance.
    pub accepted_on: Option<String>,
    /// 应办结日.
    pub due: Option<String>,
    /// Whether that day falls in an estimated year.
    pub due_estimated: Option<bool>,
    /// Whether it is practice.
    pub practice: bool,
    /// How many papers were issued.
    pub documents: usize,
    /// How many events it is made of.
    pub events: u64,
    /// How many events of it are stored but not applied.
    pub rejected: u64,
    /// How many events did not apply where they came, and nobody has settled.
    pub conflicts: usize,
}

/// What came of a case, as far as its events tell.
fn outcome(case: &Case) -> Option<Outcome> {
    if let Some(stopped) = &case.stopped {
        return Some(stopped.stop.outcome.into());
    }
    let deferred = !case.with_check(Check::Deferred).is_empty();
    match (case.state, case.accepted_on) {
        (CaseState::DeemedAccepted, _) => Some(Outcome::DeemedAccepted),
        (_, Some(_)) if !case.open_items().is_empty() => Some(Outcome::DeemedAccepted),
        (_, Some(_)) if deferred => Some(Outcome::AcceptDeferred),
        (_, Some(_)) => Some(Outcome::Accept),
        (_, None) if !case.listed.is_empty() => Some(Outcome::OneTimeNotice),
        (_, None) => None,
    }
}

fn listed(found: &StoredCase) -> ListedCase {
    let case = &found.case;
    let due = case.due.as_ref();
    ListedCase {
        case_number: case.number.to_string(),
        window: found.window.clone(),
        state: case.state.as_str(),
        outcome: outcome(case).map(Outcome::as_str),
        case_id: case.id.to_string(),
        matter: case.matter.name.clone(),
        matter_code: case.matter.code.clone(),
        station: found.station.clone(),
        device: found.device.clone(),
        applicant: case.applicant.party.name.clone(),
        filed_on: case.filed_on.to_string(),
        accepted_on: case.accepted_on.map(|on| on.to_string()),
        due: due.map(|due: &DueDate| due.on.to_string()),
        due_estimated: due.map(|due| due.estimated),
        practice: case.practice,
        documents: case.documents.len(),
        events: found.events,
        rejected: found.rejected,
        conflicts: case.open_conflicts().count(),
    }
}

/// Every case that has arrived, by number.
///
/// # Errors
/// The store's.
pub fn cases(store: &HubStore) -> Result<Vec<ListedCase>, StoreError> {
    Ok(store.read(|tx| tx.every_case())?.iter().map(listed).collect())
}
