//! The one place where the hub adds to a case: an event at the end of the log that it keeps for the
//! window that filed the case, which pulls it from there. Where other windows have to do with it,
//! [`parties`] tells them.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use yichuang_domain::case::event::{Actor, Event, EventBody, SealedEvent};
use yichuang_domain::case::{Case, CaseState, fold};

use crate::parties;
use crate::store::{KeptCase, NewEvent, StoreError, StoredCase, Tx};

/// Where a case stood when somebody looked at it: what they decide is about that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    lamport: u64,
    /// How many events there were, applied or not. An event that another side wrote at the same
    /// time has a Lamport number that may be there already.
    events: u64,
}

impl Seen {
    /// As the case stands now.
    pub fn of(found: &StoredCase) -> Self {
        Self { lamport: found.case.lamport, events: found.events + found.rejected }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.lamport, self.events)
    }
}

impl FromStr for Seen {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (lamport, events) = text.split_once('-').ok_or(())?;
        let number = |text: &str| text.parse().map_err(|_| ());
        Ok(Self { lamport: number(lamport)?, events: number(events)? })
    }
}

/// Why nothing was added.
#[derive(Debug, thiserror::Error)]
pub enum NotAppended {
    /// Events of the case were refused and wait for somebody to sort them out.
    #[error("这件办件有记录被退回、尚未处理，暂不能继续办理")]
    Parked,
    /// The case has moved on since it was looked at.
    #[error("案件已有新进展，请刷新后再办")]
    Moved,
    /// The event does not follow from where the case stands.
    #[error("办件现为“{}”，不能进行这一步", .0.label())]
    NotNow(CaseState),
    /// The store's.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was added.
#[derive(Clone, Debug)]
pub struct Appended {
    /// The case with it.
    pub case: Case,
    /// The log it stands in.
    pub origin: String,
    /// Its place there.
    pub seq: u64,
}

/// Adds an event to a case that was found in the same transaction. `seen` is where its author saw
/// the case standing; none for who does not look first.
///
/// # Errors
/// [`NotAppended`].
pub fn append(
    tx: &Tx<'_>,
    found: &StoredCase,
    seen: Option<Seen>,
    actor: &Actor,
    body: &EventBody,
    now: Timestamp,
) -> Result<Appended, NotAppended> {
    let case = &found.case;
    if seen.is_some_and(|seen| seen != Seen::of(found)) {
        return Err(NotAppended::Moved);
    }
    if found.rejected > 0 {
        return Err(NotAppended::Parked);
    }
    if case.next_state(body).is_none() {
        return Err(NotAppended::NotNow(case.state));
    }
    let device = tx.device(&case.origin)?.ok_or(StoreError::Unreadable("设备登记"))?;
    let origin = tx.hub_log(&device)?;
    let head = tx.head(&origin)?;
    let event = Event {
        origin: origin.clone(),
        seq: head.seq + 1,
        at: now,
        clock_skew: Some(0),
        lamport: case.lamport + 1,
        actor: actor.clone(),
        case: case.id,
        body: body.clone(),
        prev_hash: head.head,
    };
    let sealed = SealedEvent::seal(&event).map_err(|_| StoreError::Unreadable("办理记录"))?;
    let (seq, id) = (event.seq, Some(event.case));
    tx.append(&origin, &[NewEvent { seq, case: id, sealed: &sealed, rejection: None }], now)?;
    let parties = tx.parties(&[case.id])?.contains_key(&case.id);
    if parties || parties::is_transfer(&event) {
        let case = parties::share(tx, case.id, &device.origin, &origin, now)?;
        return Ok(Appended { case, origin, seq });
    }
    let folded = Case::fold(history(tx, case)?).ok_or(StoreError::Unreadable("收件记录"))?;
    let number = case.number.as_str();
    tx.keep_cases(&[KeptCase { origin: &device.origin, number, case: &folded }], now)?;
    Ok(Appended { case: folded, origin, seq })
}

/// Every applied event of a case, in the order in which they are folded.
///
/// # Errors
/// [`StoreError`].
pub fn history(tx: &Tx<'_>, case: &Case) -> Result<Vec<Event>, StoreError> {
    let device = tx.device(&case.origin)?.ok_or(StoreError::Unreadable("设备登记"))?;
    let logs = tx.logs_of_cases(&device)?;
    let events = tx.case_events(&logs, &[case.id])?.remove(&case.id).unwrap_or_default();
    Ok(fold::in_order(events))
}
