//! Step 3 and 5: taking in a batch of a window's log, and comparing at the end.
//!
//! One transaction for a batch: it is on disk before the answer is written, or nothing of it is.

mod batch;

use jiff::Timestamp;
use yichuang_domain::case::event::sha256_hex;
use yichuang_protocol::check::{CheckReply, CheckRequest, REJECTED_NAMED, STATEMENT, Statement};
use yichuang_protocol::limits::{BATCH_BYTES, BATCH_EVENTS, EVENT_BYTES};
use yichuang_protocol::position::ACKNOWLEDGEMENT;
use yichuang_protocol::pull::{PullReply, PullRequest};
use yichuang_protocol::push::{Item, ItemOutcome, PushReply, PushRequest};
use yichuang_protocol::{Acknowledgement, Fault, FaultCode, Position, SignedText};

use self::batch::Batch;
use crate::error::StepError;
use crate::judge::Arrived;
use crate::store::{Device, HubStore, NewEvent, StoreError, Tx};

/// The name of the log that the hub keeps for a device.
///
/// # Errors
/// [`StoreError`].
pub fn hub_origin(tx: &Tx<'_>, device: &Device) -> Result<String, StoreError> {
    Ok(yichuang_protocol::session::hub_origin(&tx.hub_id()?, &device.code))
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
    store.write(|tx| {
        let mut batch = Batch::new(tx, device)?;
        let mut head = tx.head(&device.origin)?;
        let mut items = Vec::with_capacity(arrived.len());
        for (i, (sealed, arrived)) in request.events.iter().zip(arrived).enumerate() {
            let seq = arrived.seq();
            if seq <= head.seq {
                let outcome = repeated(tx, device, i, seq, &sealed.hash)?;
                items.push(Item { seq, outcome });
                continue;
            }
            if seq != head.seq + 1 {
                let message = format!("应接第{}条记录，收到的却是第{seq}条", head.seq + 1);
                return Err(Fault::at(FaultCode::Gap, format!("events[{i}]"), message).into());
            }
            if arrived.prev_hash() != head.head {
                return Err(forked(i).into());
            }
            let case = arrived.case();
            let rejection = batch.admit(arrived)?;
            let event = NewEvent {
                origin: &device.origin,
                seq,
                case,
                sealed,
                rejection: rejection.as_ref(),
            };
            tx.append(&event, now)?;
            head = Position { seq, head: sealed.hash.clone() };
            let outcome = match rejection {
                Some(rejection) => {
                    tracing::warn!(origin = %device.origin, seq, code = %rejection.code, "rejected");
                    ItemOutcome::Rejected { rejection }
                }
                None => ItemOutcome::Accepted,
            };
            items.push(Item { seq, outcome });
        }
        batch.settle()?;
        tx.set_head(&device.origin, &head)?;
        let acknowledgement = acknowledge(tx, &device.origin, head, now)?;
        Ok(PushReply { items, acknowledgement })
    })
}

fn forked(i: usize) -> Fault {
    let message = "本机的记录与大厅中心已有的记录不一致：可能有两个程序用了同一份数据，\
                   或本机用旧备份恢复过。请停止办件并联系管理员";
    Fault::at(FaultCode::Fork, format!("events[{i}]"), message)
}

/// What to say to an event whose place is taken.
fn repeated(
    tx: &Tx<'_>,
    device: &Device,
    i: usize,
    seq: u64,
    hash: &str,
) -> Result<ItemOutcome, StepError> {
    match tx.event_at(&device.origin, seq)? {
        Some((held, None)) if held == hash => Ok(ItemOutcome::AlreadyHave),
        Some((held, Some(rejection))) if held == hash => Ok(ItemOutcome::Rejected { rejection }),
        _ => Err(forked(i).into()),
    }
}

/// What the hub's log for a device holds after a place.
///
/// # Errors
/// The store's.
pub fn pull(
    store: &HubStore,
    device: &Device,
    request: &PullRequest,
) -> Result<PullReply, StepError> {
    let after = request.after.min(i64::MAX as u64);
    store.read(|tx| {
        let origin = hub_origin(tx, device)?;
        let mut events = tx.events_after(&origin, after, BATCH_EVENTS + 1)?;
        let len = yichuang_protocol::limits::batch_len(events.iter().map(|e| e.text.len()));
        let more = events.len() > len;
        events.truncate(len);
        Ok(PullReply { events, more })
    })
}

/// Compares what both sides hold.
///
/// # Errors
/// The store's.
pub fn check(
    store: &HubStore,
    device: &Device,
    request: &CheckRequest,
    now: Timestamp,
) -> Result<CheckReply, StepError> {
    store.read(|tx| {
        let head = tx.head(&device.origin)?;
        let (count, rejected) = tx.count(&device.origin)?;
        let hub_log = tx.head(&hub_origin(tx, device)?)?;
        let statement = Statement {
            kind: STATEMENT.to_owned(),
            hub: tx.hub_id()?,
            origin: device.origin.clone(),
            count,
            agrees: count == head.seq && head == request.sent && hub_log.seq == request.pulled,
            head: head.head,
            rejected,
            hub_log,
            hub_time: now,
        };
        Ok(CheckReply {
            statement: sign(tx, &statement)?,
            rejected: tx.rejected(&device.origin, REJECTED_NAMED)?,
        })
    })
}

#[cfg(test)]
mod tests;
