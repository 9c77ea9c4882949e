//! Acts on a case, and who may see which.

use jiff::Timestamp;
use yichuang_domain::Refusal;
use yichuang_domain::beijing;
use yichuang_domain::case::CaseId;
use yichuang_domain::case::event::Actor;
use yichuang_domain::case::words;
use yichuang_domain::review::{self, Act, Ground};

use super::Guides;
use super::audit::{self, Deed};
use super::guides::Followed;
use crate::append::{Appended, NotAppended, Seen, append};
use crate::store::{Account, HubStore, StoreError, StoredCase, Tx};

/// Why an act was not done; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// There is no such case for this account.
    #[error("没有这件办件，或不属于本部门")]
    NoCase,
    /// What was filled in, or the step itself.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// How the case stands.
    #[error(transparent)]
    Case(#[from] NotAppended),
}

impl From<StoreError> for NotDone {
    fn from(error: StoreError) -> Self {
        Self::Case(NotAppended::Store(error))
    }
}

/// A case that an account may see; none for a case of another department, as for none at all.
///
/// # Errors
/// The store's.
pub fn visible(
    tx: &Tx<'_>,
    account: &Account,
    id: CaseId,
) -> Result<Option<StoredCase>, StoreError> {
    let may = |found: &StoredCase| {
        let own = account.department.as_ref();
        account.role.sees_cases() && own.is_none_or(|own| *own == found.case.matter.department)
    };
    Ok(tx.case_by_id(id)?.filter(may))
}

/// What an act comes with.
#[derive(Clone, Debug)]
pub struct Doing<'a> {
    /// Who does it.
    pub account: &'a Account,
    /// With which case.
    pub id: CaseId,
    /// Where they saw it standing.
    pub seen: Seen,
    /// From which address.
    pub address: &'a str,
}

/// Does it: the event and its entry in the audit are kept together, or nothing is.
///
/// # Errors
/// [`NotDone`].
pub fn act(
    store: &HubStore,
    guides: &Guides,
    doing: &Doing<'_>,
    act: &Act,
    now: Timestamp,
) -> Result<Appended, NotDone> {
    let Doing { account, id, seen, address } = *doing;
    let found = store.read(|tx| visible(tx, account, id))?.ok_or(NotDone::NoCase)?;
    // What is pinned stays pinned: it may be read before the transaction.
    let followed = guides.followed(store, &found.case)?;
    let done = store.write(|tx| {
        let found = visible(tx, account, id)?.ok_or(NotDone::NoCase)?;
        if seen != Seen::of(&found) {
            return Err(NotAppended::Moved.into());
        }
        let calendar = followed.calendar();
        let ground = ground(&followed, &found, &calendar, now);
        let body = review::prepare(act, &ground, account.role, &account.name)?;
        let actor = Actor { id: account.login.clone(), name: account.name.clone() };
        let done = append(tx, &found, Some(seen), &actor, &body, now)?;
        let number = done.case.number.as_str();
        let title = words::title(&body);
        audit::note(tx, &audit::of(account, Deed::Acted, number, title, address, now))?;
        Ok::<_, NotDone>(done)
    });
    match &done {
        Ok(Appended { origin, seq, .. }) => {
            tracing::info!(%origin, seq, "the office acted on a case")
        }
        Err(NotDone::Case(NotAppended::Store(_)) | NotDone::NoCase) => {}
        Err(why) => {
            let (number, why) = (found.case.number.as_str(), why.to_string());
            let entry = audit::of(account, Deed::ActRefused, number, why, address, now);
            store.write(|tx| audit::note(tx, &entry))?;
        }
    }
    done
}

/// What a step with a case is judged by today.
pub fn ground<'a>(
    followed: &'a Followed,
    found: &'a StoredCase,
    calendar: &'a yichuang_domain::calendar::WorkCalendar,
    now: Timestamp,
) -> Ground<'a> {
    let matter = followed.matter(&found.case);
    Ground { case: &found.case, matter, calendar, on: beijing::day(now) }
}
