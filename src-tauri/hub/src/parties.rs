//! A case that more than one window has or had in hand (窗口交接): each of them is told everything
//! of it, in the log that the hub keeps for it.
//!
//! What one window wrote is handed on to the others whole, with the hub's word that it took it in
//! (see [`yichuang_domain::case::relay`]). The log of the window that filed the case and those that
//! the hub keeps for it so hold all that there is of it, and nobody has to look further.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use yichuang_domain::case::event::{CaseId, Event, EventBody, Hash, SignedEvent};
use yichuang_domain::case::{Case, SealedEvent, relay};
use yichuang_protocol::hub_log::vouch;

use crate::hub_log::hand_on;
use crate::judge::{Arrived, Known, judge};
use crate::store::{Device, KeptCase, StoreError, Tx};

const UNREADABLE: StoreError = StoreError::Unreadable("办件日志");

/// An event of a case, wherever it was found: of a relay what it hands on.
struct Told {
    event: Event,
    sealed: SealedEvent,
    /// The hub's word, where it was given before.
    signature: Option<String>,
}

/// Whether an event can make a window one of a case's: it is a transfer, or hands one on.
pub(crate) fn is_transfer(event: &Event) -> bool {
    let transfers = |body: &EventBody| matches!(body, EventBody::Transferred { .. });
    match &event.body {
        EventBody::Relayed { event: signed } => {
            relay::inner(event, signed).is_ok_and(|inner| transfers(&inner.body))
        }
        body => transfers(body),
    }
}

/// Folds a case that was filed in a log, makes the windows that its transfers name its own, and tells
/// each window what it lacks. `brought_by` is the log whose events are new: it may be what proves
/// that its window is one of them.
///
/// # Errors
/// [`StoreError`].
pub(crate) fn share(
    tx: &Tx<'_>,
    id: CaseId,
    filed_in: &str,
    brought_by: &str,
    now: Timestamp,
) -> Result<Case, StoreError> {
    let mut windows = vec![known(tx, filed_in)?];
    for origin in tx.parties(&[id])?.remove(&id).unwrap_or_default() {
        windows.push(known(tx, &origin)?);
    }
    if let Some(device) = tx.device(brought_by)? {
        let is_party = windows.iter().any(|window| window.origin == device.origin);
        judge_again(tx, (&device, is_party), id, filed_in)?;
    }
    let (case, all, has) = loop {
        let (mut all, mut has) = (BTreeMap::new(), Vec::new());
        for window in &windows {
            let told = told(tx, id, &tx.logs_of_cases(window)?)?;
            has.push(told.keys().cloned().collect::<HashSet<Hash>>());
            all.extend(told);
        }
        all.extend(told(tx, id, &[brought_by.to_owned()])?);
        let Some(heir) = heir(tx, &all, &windows)? else {
            let events = all.values().map(|told| told.event.clone()).collect();
            let case = Case::fold(events).ok_or(StoreError::Unreadable("收件记录"))?;
            break (case, all, has);
        };
        tx.add_party(id, &heir.origin)?;
        judge_again(tx, (&heir, true), id, filed_in)?;
        windows.push(heir);
    };
    let mut ordered: Vec<&Told> = all.values().collect();
    ordered.sort_by_key(|told| (told.event.lamport, &told.event.origin, told.event.seq));
    for (window, has) in windows.iter().zip(has) {
        let lacks = ordered.iter().filter(|told| !has.contains(&told.sealed.hash));
        let lacks: Vec<_> = lacks.map(|told| signed(tx, told)).collect::<Result<_, _>>()?;
        if !lacks.is_empty() {
            hand_on(tx, &tx.hub_log(window)?, lacks, now)?;
        }
    }
    let number = case.number.as_str();
    tx.keep_cases(&[KeptCase { origin: filed_in, number, case: &case }], now)?;
    Ok(case)
}

fn known(tx: &Tx<'_>, origin: &str) -> Result<Device, StoreError> {
    tx.device(origin)?.ok_or(StoreError::Unreadable("设备登记"))
}

/// What some logs tell of a case, each event once.
fn told(tx: &Tx<'_>, id: CaseId, logs: &[String]) -> Result<BTreeMap<Hash, Told>, StoreError> {
    let mut all = BTreeMap::new();
    for sealed in tx.sealed_of_case(logs, id)? {
        let event = sealed.open().map_err(|_| UNREADABLE)?;
        let told = match &event.body {
            EventBody::Relayed { event: signed } => Told {
                event: relay::inner(&event, signed).map_err(|_| UNREADABLE)?,
                sealed: signed.sealed(),
                signature: Some(signed.signature.clone()),
            },
            _ => Told { event, sealed, signature: None },
        };
        all.insert(told.sealed.hash.clone(), told);
    }
    Ok(all)
}

/// A window that a transfer names and that is not among the windows of the case yet. One to which it
/// was transferred in vain is told how it stands, too.
fn heir(
    tx: &Tx<'_>,
    all: &BTreeMap<Hash, Told>,
    windows: &[Device],
) -> Result<Option<Device>, StoreError> {
    for told in all.values() {
        let EventBody::Transferred { to, .. } = &told.event.body else { continue };
        if !windows.iter().any(|window| window.origin == to.origin) {
            // One that never joined this hub reads no log of it.
            if let Some(device) = tx.device(&to.origin)? {
                return Ok(Some(device));
            }
        }
    }
    Ok(None)
}

/// What a window wrote of a case before the hub knew of the case, or that the window has anything to
/// do with it, was refused; now it is looked at again.
fn judge_again(
    tx: &Tx<'_>,
    (device, is_party): (&Device, bool),
    id: CaseId,
    filed_in: &str,
) -> Result<(), StoreError> {
    let hub = tx.hub_key()?.public();
    let known = Known {
        device,
        hub: &hub,
        trial: tx.trial()?.unwrap_or(false),
        parked: false,
        filed_in: Some(filed_in.to_owned()),
        is_party,
        heir: None,
        number_of: None,
    };
    let mut parked = false;
    for log in tx.logs_of_device(&device.origin)? {
        let writing = Device { log: log.clone(), ..device.clone() };
        for sealed in tx.rejected_of_case(&log, id)? {
            let arrived = Arrived::read(&sealed).ok_or(UNREADABLE)?;
            let heir = match arrived.heir() {
                Some(origin) => tx.device(origin)?,
                None => None,
            };
            // The first that still can't be applied holds up those behind it.
            let known = Known { device: &writing, heir: heir.as_ref(), parked, ..known.clone() };
            match judge(&arrived, &known) {
                Ok(()) => tx.apply_after_all(&log, arrived.seq())?,
                Err(_) => parked = true,
            }
        }
    }
    Ok(())
}

fn signed(tx: &Tx<'_>, told: &Told) -> Result<(Event, SignedEvent), StoreError> {
    let sealed = told.sealed.clone();
    let signed = match &told.signature {
        Some(signature) => {
            let SealedEvent { text, hash } = sealed;
            SignedEvent { text, hash, signature: signature.clone() }
        }
        None => vouch(&tx.hub_key()?, sealed),
    };
    Ok((told.event.clone(), signed))
}
