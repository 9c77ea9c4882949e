//! Following up poor ratings: taking a step, and setting the limits. What a step needs is
//! `domain::follow_up`.

use jiff::Timestamp;
use jiff::civil::Date;
use yichuang_domain::Refusal;
use yichuang_domain::beijing;
use yichuang_domain::case::event::CaseId;
use yichuang_domain::follow_up::{FollowUp, FollowUpLimits, StepInput, StepKind, prepare};
use yichuang_domain::named::Named as _;

use super::audit::{self, Deed};
use crate::store::{Account, HubStore, StoreError, StoredFollowUp, TakenStep};

/// Why a step was not taken; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// There is no such task.
    #[error("没有这条差评")]
    NoTask,
    /// Somebody took a step since it was looked at.
    #[error("这条差评已有新的处理，您的没有提交：请看过办理经过再办")]
    Moved,
    /// What was filled in, or the step itself.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store's.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a step comes with.
#[derive(Clone, Debug)]
pub struct Doing<'a> {
    /// Who takes it.
    pub account: &'a Account,
    /// The case that was rated.
    pub case: CaseId,
    /// The day of the service that was.
    pub service: Date,
    /// How many steps there were when they looked.
    pub seen: u32,
    /// From which address.
    pub address: &'a str,
}

/// Takes a step: it and its entry in the audit are kept together, or nothing is.
///
/// # Errors
/// [`NotTaken`].
pub fn take(
    store: &HubStore,
    doing: &Doing<'_>,
    kind: StepKind,
    input: &StepInput,
    now: Timestamp,
) -> Result<FollowUp, NotTaken> {
    let Doing { account, case, service, seen, address } = *doing;
    let today = beijing::day(now);
    let note = |found: &StoredFollowUp, deed, why: &str| {
        let detail = format!("{}（{service}的服务）{why}", kind.word());
        audit::of(account, deed, &found.number, detail, address, now)
    };
    let done = store.write(|tx| {
        let found = tx.follow_up(case, service)?.ok_or(NotTaken::NoTask)?;
        if found.task.steps != seen {
            return Err(NotTaken::Moved);
        }
        let step = prepare(kind, input, &found.task, today)?;
        let after = found.task.after(&step).ok_or(NotTaken::Moved)?;
        let (login, name) = (account.login.clone(), account.name.clone());
        let taken = TakenStep { at: now, login, name, step };
        if !tx.add_follow_up_step(case, (&found.task, &after), &taken)? {
            return Err(NotTaken::Moved);
        }
        audit::note(tx, &note(&found, Deed::FollowedUp, ""))?;
        Ok(after)
    });
    if let Err(why @ (NotTaken::Moved | NotTaken::Refused(_))) = &done {
        store.write(|tx| match tx.follow_up(case, service)? {
            Some(found) => audit::note(tx, &note(&found, Deed::ActRefused, &format!("：{why}"))),
            None => Ok(()),
        })?;
    }
    done
}

/// Sets the limits, for tasks that are open as for those that come.
///
/// # Errors
/// The store's.
pub fn set_limits(
    store: &HubStore,
    account: &Account,
    limits: &FollowUpLimits,
    address: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let FollowUpLimits { verify, mend, complex } = limits;
    let detail = format!("核实{verify}、整改{mend}、情况复杂{complex}个工作日");
    store.write(|tx| {
        tx.set_follow_up_limits(limits)?;
        audit::note(tx, &audit::of(account, Deed::SetLimits, "", &*detail, address, now))
    })
}
