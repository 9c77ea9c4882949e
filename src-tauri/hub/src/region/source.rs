//! What there is to tell, in the order the hub got it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use yichuang_domain::case::event::{Event, EventBody, Hash};
use yichuang_domain::case::relay;

use super::codes::Codes;
use super::records::{Made, records};
use crate::store::{ArrivedEvent, DeviceLogs, StoreError, Tx};

/// Events that come next, and up to where in each log they reach.
#[derive(Debug, Default)]
pub(super) struct Pending {
    pub(super) events: Vec<ArrivedEvent>,
    pub(super) reach: BTreeMap<String, u64>,
}

/// Up to `limit` events or a little more of some devices that have not been told, as they came: a
/// decision never before the acceptance that it follows.
pub(super) fn pending(
    tx: &Tx<'_>,
    devices: &[DeviceLogs],
    limit: usize,
) -> Result<Pending, StoreError> {
    let mut events = Vec::new();
    let mut ends = BTreeMap::new();
    // Of a log that has more, nothing is known behind its last event here.
    let mut known_until = Timestamp::MAX;
    for log in devices.iter().flat_map(|device| &device.logs) {
        let next = tx.arrived_after(log, tx.region_cursor(log)?, limit)?;
        match next.last().filter(|_| next.len() >= limit) {
            Some(last) => known_until = known_until.min(last.received_at),
            None => {
                ends.insert(log.clone(), tx.head(log)?.seq);
            }
        }
        events.extend(next);
    }
    let place = |event: &ArrivedEvent| (event.received_at, event.origin.clone(), event.seq);
    events.sort_by_key(place);
    let later = events.split_off(events.partition_point(|e| e.received_at <= known_until));
    let mut reach: BTreeMap<String, u64> =
        events.iter().map(|event| (event.origin.clone(), event.seq)).collect();
    // A log that was read to its end is told to its end, which may lie behind its last event: it
    // may have jumped over places that it never had.
    for event in &later {
        ends.remove(&event.origin);
    }
    reach.extend(ends);
    Ok(Pending { events, reach })
}

/// The records of one event. `None` where it is not to be told.
pub(super) fn made(tx: &Tx<'_>, arrived: &ArrivedEvent, codes: &Codes) -> Result<Made, StoreError> {
    let (Some(id), false) = (arrived.case, arrived.rejected) else { return Ok(Vec::new()) };
    // What was handed on by another log is told as what it is: the same records as from its own.
    let (event, hash) = counted(arrived)?;
    let home = tx.filed_in(&[id])?.remove(&id);
    let case = match &home {
        Some(home) => tx.case_of(home, id)?,
        None => None,
    };
    // No filing that was taken in: there is no case to tell of.
    let (Some(case), Some(home)) = (case, home) else { return Ok(Vec::new()) };
    let mut stop = None;
    if matches!(event.body, EventBody::ClockResumed { .. }) {
        let mut logs = vec![home.clone(), arrived.origin.clone()];
        if let Some(device) = tx.device(&home)? {
            logs.extend(tx.hub_logs(&device.origin, &device.code)?);
        }
        stop = stop_before(&tx.arrived_of_case(id, &logs)?, &event);
    }
    Ok(records(&event, &hash, &case, codes, &|| stop.clone()))
}

/// The event that counts, and its hash: of a relay those of what it hands on.
fn counted(arrived: &ArrivedEvent) -> Result<(Event, Hash), StoreError> {
    let unreadable = || StoreError::Unreadable("办件日志");
    let event: Event = serde_json::from_str(&arrived.sealed.text).map_err(|_| unreadable())?;
    match &event.body {
        EventBody::Relayed { event: signed } => {
            let inner = relay::inner(&event, signed).map_err(|_| unreadable())?;
            Ok((inner, signed.hash.clone()))
        }
        _ => Ok((event, arrived.sealed.hash.clone())),
    }
}

/// The event that stopped the clock which `resumed` lets run again.
fn stop_before(events: &[ArrivedEvent], resumed: &Event) -> Option<(Event, Hash)> {
    let read = |arrived: &ArrivedEvent| {
        let (event, hash) = counted(arrived).ok()?;
        let stops = matches!(event.body, EventBody::ClockStopped { .. });
        (stops && event.lamport < resumed.lamport).then_some((event, hash))
    };
    events.iter().filter_map(read).max_by_key(|(event, _)| event.lamport)
}
