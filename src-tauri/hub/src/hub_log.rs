//! The logs in which the hub writes for a device, and what it does when a device holds another one
//! than the hub: it was put back to a backup, and what it wrote since is lost, or written anew.
//!
//! Then it begins another log and hands on in it what the device lacks of the old ones; the device
//! is told what to give back. So no place in a log is ever written twice with different things, and
//! in the end both sides have everything that either had.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use yichuang_domain::case::event::{Actor, Event, EventBody, GENESIS, SealedEvent, SignedEvent};
use yichuang_protocol::hub_log::{GiveBack, HELD_LOGS, HeldLog, further_log, vouch};
use yichuang_protocol::limits::BATCH_EVENTS;
use yichuang_protocol::{Fault, FaultCode, Position};

use crate::error::StepError;
use crate::secrets;
use crate::store::{Device, NewEvent, StoreError, Tx};

/// The letters in the name of a further log.
const MARK: usize = 12;

/// Where a device and the hub stand with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Agreed {
    /// The log in which the hub writes.
    pub(crate) log: String,
    /// Where it ends.
    pub(crate) at: Position,
    /// Up to where the device holds it.
    pub(crate) from: Position,
    /// What the hub lost of the others. It is told every time: the device knows what it gave.
    pub(crate) give_back: Vec<GiveBack>,
}

/// One log as both hold it.
struct Compared<'a> {
    held: &'a HeldLog,
    /// Whether the hub knows such a log at all.
    known: bool,
    /// The last place that both hold alike, as far as the device told of its places.
    common: u64,
}

impl Compared<'_> {
    /// Whether the hub has everything that the device has of it.
    fn is_whole(&self) -> bool {
        self.known && self.common == self.held.held.seq
    }
}

/// Refuses what can be no places of the hub's logs for a device.
///
/// # Errors
/// `bad-field`.
pub(crate) fn check_held(hub: &str, device: &Device, held: &[HeldLog]) -> Result<(), Fault> {
    let well_formed =
        held.len() <= HELD_LOGS && held.iter().all(|log| log.is_well_formed(hub, &device.code));
    if well_formed {
        return Ok(());
    }
    Err(Fault::at(FaultCode::BadField, "hub_logs", "位置的格式有误"))
}

/// Finds the log to go on in, and begins another where the device holds what the hub does not.
///
/// # Errors
/// `bad-field`; or the store's.
pub(crate) fn agree(
    tx: &Tx<'_>,
    device: &Device,
    held: &[HeldLog],
    now: Timestamp,
) -> Result<Agreed, StepError> {
    check_held(&tx.hub_id()?, device, held)?;
    let logs = tx.hub_logs(&device.origin, &device.code)?;
    let compared: Vec<_> =
        held.iter().map(|held| compare(tx, &logs, held)).collect::<Result<_, _>>()?;
    let current = tx.hub_log(device)?;
    let here = compared.iter().find(|log| log.held.log == current);
    let goes_on =
        compared.last().is_none_or(|newest| newest.known) && here.is_none_or(Compared::is_whole);
    let lost = compared.iter().filter(|log| !log.is_whole());
    let give_back: Vec<GiveBack> =
        lost.map(|log| GiveBack { log: log.held.log.clone(), after: log.common }).collect();
    if goes_on {
        let from = here.map_or_else(Position::start, |log| log.held.held.clone());
        return Ok(Agreed { at: tx.head(&current)?, log: current, from, give_back });
    }
    let log = begin(tx, device, &logs, &compared, now)?;
    tracing::warn!(origin = %device.origin, %log, "the hub was behind its own log: another one");
    Ok(Agreed { at: tx.head(&log)?, log, from: Position::start(), give_back })
}

fn compare<'a>(
    tx: &Tx<'_>,
    logs: &[String],
    held: &'a HeldLog,
) -> Result<Compared<'a>, StoreError> {
    if !logs.contains(&held.log) {
        return Ok(Compared { held, known: false, common: 0 });
    }
    let mut places: Vec<&Position> = std::iter::once(&held.held).chain(&held.earlier).collect();
    places.sort_by_key(|at| std::cmp::Reverse(at.seq));
    let seqs: Vec<u64> = places.iter().map(|at| at.seq).collect();
    let here = tx.events_at(&held.log, &seqs)?;
    let same = |at: &&&Position| match at.seq {
        0 => at.head == GENESIS,
        seq => here.get(&seq).is_some_and(|event| event.hash == at.head),
    };
    let common = places.iter().find(same).map_or(0, |at| at.seq);
    Ok(Compared { held, known: true, common })
}

/// Begins a log, and hands on in it what the device lacks of the others; its name.
fn begin(
    tx: &Tx<'_>,
    device: &Device,
    logs: &[String],
    compared: &[Compared<'_>],
    now: Timestamp,
) -> Result<String, StepError> {
    let mark: String =
        secrets::token()?.chars().filter(char::is_ascii_alphanumeric).take(MARK).collect();
    let name = further_log(&tx.hub_id()?, &device.code, &mark);
    tx.begin_hub_log(device, (logs.len(), &name), now)?;
    let common: HashMap<&str, u64> =
        compared.iter().map(|log| (log.held.log.as_str(), log.common)).collect();
    let mut handed_on = HashSet::new();
    for log in logs {
        let mut after = common.get(log.as_str()).copied().unwrap_or(0);
        loop {
            let events = tx.events_after(log, after, BATCH_EVENTS)?;
            let Some(last) = events.last() else { break };
            after = last.open().map_err(|_| StoreError::Unreadable("办件日志"))?.seq;
            let mut fresh = Vec::with_capacity(events.len());
            for sealed in events {
                let (case, event) = to_hand_on(tx, sealed)?;
                if handed_on.insert(event.hash.clone()) {
                    fresh.push((case, event));
                }
            }
            hand_on(tx, &name, fresh, now)?;
        }
    }
    Ok(name)
}

/// The event as it is handed on: what was handed on before is not wrapped again.
fn to_hand_on(tx: &Tx<'_>, sealed: SealedEvent) -> Result<(Event, SignedEvent), StoreError> {
    let event = sealed.open().map_err(|_| StoreError::Unreadable("办件日志"))?;
    let signed = match &event.body {
        EventBody::Relayed { event } => event.clone(),
        _ => vouch(&tx.hub_key()?, sealed),
    };
    Ok((event, signed))
}

/// Writes events of other logs into one of the hub's.
///
/// # Errors
/// [`StoreError`].
pub(crate) fn hand_on(
    tx: &Tx<'_>,
    log: &str,
    events: Vec<(Event, SignedEvent)>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut head = tx.head(log)?;
    let mut relays = Vec::with_capacity(events.len());
    for (event, signed) in events {
        let relay = Event {
            origin: log.to_owned(),
            seq: head.seq + 1,
            at: now,
            clock_skew: Some(0),
            lamport: event.lamport,
            actor: Actor::program(),
            case: event.case,
            body: EventBody::Relayed { event: signed },
            prev_hash: head.head,
        };
        let sealed = SealedEvent::seal(&relay).map_err(|_| StoreError::Unreadable("转录"))?;
        head = Position { seq: relay.seq, head: sealed.hash.clone() };
        relays.push((relay.seq, relay.case, sealed));
    }
    let new: Vec<NewEvent<'_>> = relays
        .iter()
        .map(|(seq, case, sealed)| NewEvent {
            seq: *seq,
            case: Some(*case),
            sealed,
            rejection: None,
        })
        .collect();
    tx.append(log, &new, now)
}

#[cfg(test)]
mod tests;
