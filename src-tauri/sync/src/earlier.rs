//! A window that was put back to a backup: the logs of its own that it does not write in any more.
//! What it lost of them comes back from the hub, and what the hub never got of them goes there.

use std::sync::atomic::{AtomicBool, Ordering};

use yichuang_domain::case::log::is_log_of;
use yichuang_protocol::limits::{BATCH_EVENTS, EVENT_BYTES, batch_len};
use yichuang_protocol::pull::{self, PullReply, PullRequest};
use yichuang_protocol::push::{self, ItemOutcome, PushReply, PushRequest};
use yichuang_protocol::session::{self, OwnLog};
use yichuang_storage::{Enrolment, Store};

use crate::books::{Books, parked, position};
use crate::error::SyncError;
use crate::line::{Line, ask_in_session};
use crate::run::open_session;
use crate::trust::Trusted;

/// Fetches what the hub holds of this window's other logs and the window does not. `held` is what
/// the session told of them.
///
/// # Errors
/// `bad-hub-answer`, `hub-forked`, `hub-behind`; those of the connection; or the storage's.
pub(crate) fn fetch(
    (line, token): (&dyn Line, &str),
    books: &mut Books<'_>,
    held: &[OwnLog],
    cancel: &AtomicBool,
) -> Result<(), SyncError> {
    for OwnLog { log, at } in held {
        if !is_log_of(log, &books.trusted.window) || *log == books.trusted.origin {
            let what = "日志名称不符";
            return Err(SyncError::BadAnswer { step: session::PATH, what });
        }
        let mut here = position(books.store, log)?;
        // Where the hub has less, its end must be a place of the log here.
        if at.seq > 0 && at.seq <= here.seq {
            let same = books.store.hash_at(log, at.seq)?.as_deref() == Some(at.head.as_str());
            if !same {
                return Err(SyncError::Forked);
            }
        }
        while here.seq < at.seq {
            if cancel.load(Ordering::Relaxed) {
                return Err(SyncError::Cancelled);
            }
            let request = PullRequest { log: log.clone(), after: here.seq };
            let reply: PullReply = ask_in_session(line, pull::PATH, token, &request)?;
            let (_, to) = books.trusted.follows(pull::PATH, (log, &here), &reply.events)?;
            if to.seq == here.seq {
                let what = "说有记录却没有给出";
                return Err(SyncError::BadAnswer { step: pull::PATH, what });
            }
            books.store.take_own(log, &reply.events)?;
            books.report.recovered += reply.events.len() as u64;
            here = to;
        }
    }
    doubt(books.store, held)
}

/// A hub that was put back to a backup may have less of those logs than it acknowledged.
///
/// # Errors
/// `hub-behind`: the next sync sends it; or the storage's.
fn doubt(store: &Store, held: &[OwnLog]) -> Result<(), SyncError> {
    let mut logs = store.own_logs()?;
    logs.pop();
    let mut behind = false;
    for own in logs {
        let told = held.iter().find(|held| held.log == own.log).map_or(0, |held| held.at.seq);
        if told < own.acknowledged {
            tracing::warn!(log = %own.log, told, "the hub is behind what it acknowledged");
            store.forget_earlier(&own.log, told)?;
            behind = true;
        }
    }
    if behind { Err(SyncError::HubBehind) } else { Ok(()) }
}

/// Sends what the hub lacks of this window's other logs: each in a session of its own, as the log
/// that it is. Nothing is ever added to them, so that a copy of this window which still writes in
/// one is not in the way.
///
/// # Errors
/// As [`fetch`].
pub(crate) fn send(
    line: &dyn Line,
    store: &Store,
    enrolment: &Enrolment,
    version: u32,
    cancel: &AtomicBool,
) -> Result<u64, SyncError> {
    let mut logs = store.own_logs()?;
    logs.pop();
    let mut sent = 0;
    for own in logs {
        let end = store.head_of(&own.log)?.seq;
        if own.acknowledged >= end {
            continue;
        }
        let trusted = Trusted::of(enrolment, own.log.clone())?;
        let books = Books::open(store, trusted)?;
        let (session, held) = open_session(line, &books, enrolment, version)?;
        let held_here = match held.seq {
            0 => true,
            seq if seq > end => true,
            seq => store.hash_at(&own.log, seq)?.as_deref() == Some(held.head.as_str()),
        };
        if !held_here {
            return Err(SyncError::Forked);
        }
        let mut after = held.seq.min(end);
        while after < end {
            if cancel.load(Ordering::Relaxed) {
                return Err(SyncError::Cancelled);
            }
            let mut events = store.events_after(&own.log, after, BATCH_EVENTS)?;
            events.truncate(batch_len(events.iter().map(|event| event.text.len())));
            let Some(last) = events.last().cloned() else { break };
            if let Some(i) = events.iter().position(|event| event.text.len() > EVENT_BYTES) {
                return Err(SyncError::EventTooLarge { seq: after + 1 + i as u64 });
            }
            let end_of_batch = after + events.len() as u64;
            let request = PushRequest { events };
            let reply: PushReply = ask_in_session(line, push::PATH, &session.token, &request)?;
            let said = books.trusted.acknowledgement(push::PATH, &reply.acknowledgement)?;
            if said.seq < end_of_batch || said.seq == end_of_batch && said.head != last.hash {
                let what = "凭证与所发记录对不上";
                return Err(SyncError::BadAnswer { step: push::PATH, what });
            }
            let mut refused = Vec::new();
            for (item, sealed) in reply.items.iter().zip(&request.events) {
                if let ItemOutcome::Rejected { rejection } = &item.outcome {
                    let case = sealed.open().map(|e| e.case.to_string()).unwrap_or_default();
                    refused.push(parked(&own.log, item.seq, case, rejection));
                }
            }
            if !refused.is_empty() {
                store.park(&refused)?;
            }
            sent += request.events.len() as u64;
            after = end_of_batch;
            store.acknowledge_earlier(&own.log, after)?;
        }
        store.acknowledge_earlier(&own.log, after)?;
    }
    Ok(sent)
}
