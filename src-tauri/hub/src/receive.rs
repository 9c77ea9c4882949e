//! Step 3 and 5: taking in a batch of a window's log, and comparing at the end.
//!
//! One transaction for a batch: it is on disk before the answer is written, or nothing of it is.
//! What a batch needs to know is asked for all at once, and what it changes is written all at once:
//! a batch costs the same dozen of statements however many events it has.

mod batch;
mod chain;

use jiff::Timestamp;
use yichuang_domain::case::event::sha256_hex;
use yichuang_protocol::check::{CheckReply, CheckRequest, REJECTED_NAMED, STATEMENT, Statement};
use yichuang_protocol::hub_log::vouch;
use yichuang_protocol::limits::{BATCH_BYTES, BATCH_EVENTS, EVENT_BYTES};
use yichuang_protocol::position::ACKNOWLEDGEMENT;
use yichuang_protocol::pull::{PullReply, PullRequest};
use yichuang_protocol::push::{ItemOutcome, PushReply, PushRequest, Rejected};
use yichuang_protocol::{Acknowledgement, Fault, FaultCode, Position, SignedText};

use self::batch::Batch;
use self::chain::Chain;
use crate::error::StepError;
use crate::gauges;
use crate::judge::Arrived;
use crate::store::{Device, HubStore, NewEvent, StoreError, Tx};

/// Sees to it that a device speaks of the log in which the hub writes for it.
///
/// # Errors
/// `gap` for another one: the next session tells which; or the store's.
fn check_log(tx: &Tx<'_>, device: &Device, log: &str) -> Result<(), StepError> {
    if tx.hub_log(device)? == log {
        return Ok(());
    }
    let message = "大厅中心已另起一份记录，请重新同步";
    Err(Fault::at(FaultCode::Gap, "log", message).into())
}

/// The hub's signed word for where a device's log stands.
///
/// # Errors
/// [`StoreError`].
pub fn acknowledge(
    tx: &Tx<'_>,
    origin: &str,
    position: Position,
    now: Timestamp,
) -> Result<SignedText, StoreError> {
    let said = Acknowledgement {
        kind: ACKNOWLEDGEMENT.to_owned(),
        hub: tx.hub_id()?,
        origin: origin.to_owned(),
        seq: position.seq,
        head: position.head,
        hub_time: now,
    };
    sign(tx, &said)
}

/// What the hub says, signed.
///
/// # Errors
/// [`StoreError`].
pub(crate) fn sign<T: serde::Serialize>(tx: &Tx<'_>, said: &T) -> Result<SignedText, StoreError> {
    let text = serde_json::to_string(said).map_err(|_| StoreError::Unreadable("同步凭证"))?;
    Ok(tx.hub_key()?.sign(text))
}

fn check_size(request: &PushRequest) -> Result<(), Fault> {
    let too_large = |field: String| {
        Fault::at(FaultCode::TooLarge, field, "一次发送的记录过多或过大，请升级本机程序")
    };
    if request.events.len() > BATCH_EVENTS {
        return Err(too_large("events".to_owned()));
    }
    if let Some(i) = request.events.iter().position(|event| event.text.len() > EVENT_BYTES) {
        return Err(too_large(format!("events[{i}].text")));
    }
    let bytes: usize = request.events.iter().map(|event| event.text.len()).sum();
    if request.events.len() > 1 && bytes > BATCH_BYTES {
        return Err(too_large("events".to_owned()));
    }
    Ok(())
}

/// Takes in a batch. Everything in it is stored when this returns.
///
/// # Errors
/// A [`Fault`] that refuses the batch whole: `too-large`, `malformed`, `hash-mismatch`, `gap`,
/// `fork`; or the store's.
pub fn push(
    store: &HubStore,
    device: &Device,
    request: &PushRequest,
    now: Timestamp,
) -> Result<PushReply, StepError> {
    check_size(request)?;
    let mut arrived = Vec::with_capacity(request.events.len());
    for (i, sealed) in request.events.iter().enumerate() {
        if sha256_hex(sealed.text.as_bytes()) != sealed.hash {
            let message = "记录内容与其摘要不符，可能在传送中损坏";
            return Err(Fault::at(FaultCode::HashMismatch, format!("events[{i}]"), message).into());
        }
        arrived.push(Arrived::read(sealed).ok_or_else(|| {
            Fault::at(FaultCode::Malformed, format!("events[{i}].text"), "无法解读的记录")
        })?);
    }
    let (reply, rejected) = store.write(|tx| {
        let held = tx.head(&device.log)?;
        let chain = Chain::follow(tx, device, request, &arrived, held)?;
        let batch = Batch::take_in(tx, device, &arrived[..], &chain.fresh)?;
        let mut events = Vec::with_capacity(chain.fresh.len());
        for (place, rejection) in chain.fresh.iter().zip(&batch.rejections) {
            let (sealed, arrived) = (&request.events[*place], &arrived[*place]);
            let rejection = rejection.as_ref();
            let (seq, case) = (arrived.seq(), arrived.case());
            events.push(NewEvent { seq, case, sealed, rejection });
        }
        tx.append(&device.log, &events, now)?;
        batch.settle(tx, now)?;
        let items = chain.items(&arrived, &batch.rejections);
        let acknowledgement = acknowledge(tx, &device.log, chain.head, now)?;
        Ok::<_, StepError>((PushReply { items, acknowledgement }, batch.rejected()))
    })?;
    // Only now: what was run twice is not told or counted twice.
    for item in &reply.items {
        gauges::events(
            match item.outcome {
                ItemOutcome::Accepted => "accepted",
                ItemOutcome::AlreadyHave => "already-have",
                ItemOutcome::Rejected { .. } => "rejected",
            },
            1,
        );
    }
    for (seq, code) in rejected {
        tracing::warn!(origin = %device.origin, seq, %code, "rejected");
    }
    Ok(reply)
}

/// What the hub's log for a device holds after a place; or one of the device's own, which it asks
/// for where it was put back to a backup.
///
/// # Errors
/// `gap` for a log of the hub that it no longer writes in; or the store's.
pub fn pull(
    store: &HubStore,
    device: &Device,
    request: &PullRequest,
) -> Result<PullReply, StepError> {
    let after = request.after.min(i64::MAX as u64);
    store.read(|tx| {
        if !tx.logs_of_device(&device.origin)?.contains(&request.log) {
            check_log(tx, device, &request.log)?;
        }
        let mut events = tx.events_after(&request.log, after, BATCH_EVENTS + 1)?;
        let len = yichuang_protocol::limits::batch_len(events.iter().map(|e| e.text.len()));
        let more = events.len() > len;
        events.truncate(len);
        let key = tx.hub_key()?;
        let events = events.into_iter().map(|event| vouch(&key, event)).collect();
        Ok(PullReply { events, more })
    })
}

/// Compares what both sides hold.
///
/// # Errors
/// As [`pull`].
pub fn check(
    store: &HubStore,
    device: &Device,
    request: &CheckRequest,
    now: Timestamp,
) -> Result<CheckReply, StepError> {
    store.read(|tx| {
        let head = tx.head(&device.log)?;
        let (count, _) = tx.count(&device.log)?;
        let (rejected, named) = rejected(tx, device)?;
        check_log(tx, device, &request.hub_log)?;
        let hub_log = tx.head(&request.hub_log)?;
        let statement = Statement {
            kind: STATEMENT.to_owned(),
            hub: tx.hub_id()?,
            origin: device.log.clone(),
            count,
            agrees: count == head.seq && head == request.sent && hub_log.seq == request.pulled,
            head: head.head,
            rejected,
            hub_log,
            hub_time: now,
        };
        Ok(CheckReply { statement: sign(tx, &statement)?, rejected: named })
    })
}

/// How many events in the logs of a device are not applied, and the first of them: a window that was
/// put back to a backup goes on in another log, and what was refused before stays refused.
fn rejected(tx: &Tx<'_>, device: &Device) -> Result<(u64, Vec<Rejected>), StoreError> {
    let (mut total, mut named) = (0, Vec::new());
    for log in tx.logs_of_device(&device.origin)? {
        total += tx.count(&log)?.1;
        let room = REJECTED_NAMED - named.len();
        let other = (log != device.log).then(|| log.clone());
        let found = tx.rejected(&log, room)?.into_iter();
        named.extend(found.map(|refused| Rejected { log: other.clone(), ..refused }));
    }
    Ok((total, named))
}

#[cfg(test)]
mod tests;
