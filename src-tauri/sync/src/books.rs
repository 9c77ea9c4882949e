//! The window's side of what a hub says: checked, and then written down. The same whether it came
//! over the line or in a file.

use std::collections::BTreeSet;

use jiff::Timestamp;
use yichuang_domain::case::event::GENESIS;
use yichuang_domain::case::log::is_log_of;
use yichuang_domain::case::{Event, EventBody, SignedEvent, relay};
use yichuang_protocol::check::{CheckReply, REJECTED_NAMED};
use yichuang_protocol::hub_log::{GiveBack, HELD_LOGS, HeldLog, earlier_places, first_log};
use yichuang_protocol::pull;
use yichuang_protocol::push::Rejection;
use yichuang_protocol::{Position, SignedText, check};
use yichuang_storage::{Parked, Store};

use crate::error::SyncError;
use crate::run::SyncReport;
use crate::trust::{Trusted, tidy};

/// What a window holds, of its own and of the hub's.
pub(crate) struct Books<'a> {
    pub(crate) store: &'a Store,
    pub(crate) trusted: Trusted,
    /// The log in which the hub writes for this window, as far as the window knows.
    pub(crate) log: String,
    /// Where the window holds that.
    pub(crate) pulled: Position,
    pub(crate) report: SyncReport,
}

impl<'a> Books<'a> {
    /// Opens them.
    ///
    /// # Errors
    /// The storage's.
    pub(crate) fn open(store: &'a Store, trusted: Trusted) -> Result<Self, SyncError> {
        let newest = store.hub_logs()?.pop();
        let log = newest.unwrap_or_else(|| first_log(&trusted.hub, &trusted.device));
        let pulled = position(store, &log)?;
        Ok(Self { store, trusted, log, pulled, report: SyncReport::default() })
    }

    /// What the window holds of the hub's logs, the newest last.
    ///
    /// # Errors
    /// The storage's.
    pub(crate) fn held_logs(&self) -> Result<Vec<HeldLog>, SyncError> {
        let mut logs = self.store.hub_logs()?;
        if logs.is_empty() {
            logs.push(self.log.clone());
        }
        let newest = logs.split_off(logs.len().saturating_sub(HELD_LOGS));
        newest.into_iter().map(|log| self.held(log)).collect()
    }

    fn held(&self, log: String) -> Result<HeldLog, SyncError> {
        let held = position(self.store, &log)?;
        let mut earlier = Vec::new();
        for seq in earlier_places(held.seq) {
            if let Some(head) = self.store.hash_at(&log, seq)? {
                earlier.push(Position { seq, head });
            }
        }
        Ok(HeldLog { log, held, earlier })
    }

    /// Goes on in the log that the hub names, and gives back what it lost of others.
    ///
    /// # Errors
    /// `bad-hub-answer`; or the storage's.
    pub(crate) fn follow(
        &mut self,
        step: &'static str,
        (log, give_back): (&str, &[GiveBack]),
        at: Timestamp,
    ) -> Result<(), SyncError> {
        let ours = |log: &str| self.trusted.is_hub_log(log);
        if !ours(log) || !give_back.iter().all(|lost| ours(&lost.log)) {
            return Err(SyncError::BadAnswer { step, what: "日志名称不符" });
        }
        if log == self.log && give_back.is_empty() {
            return Ok(());
        }
        let lost: Vec<_> = give_back.iter().map(|lost| (lost.log.as_str(), lost.after)).collect();
        let given = self.store.follow_hub_log(log, &lost, at)?;
        if given > 0 || log != self.log {
            tracing::warn!(%log, given, "the hub was put back to a backup");
            self.report.hub_was_behind = true;
        }
        self.pulled = position(self.store, log)?;
        self.log = log.to_owned();
        Ok(())
    }

    /// The hash of this window's event at a place; none where it has no such event.
    pub(crate) fn own_hash(&self, seq: u64) -> Result<Option<String>, SyncError> {
        match seq.checked_sub(1) {
            None => Ok(Some(GENESIS.to_owned())),
            Some(before) => Ok(self.store.unsent(before, 1)?.pop().map(|event| event.hash)),
        }
    }

    /// Notes that the hub holds this window's log up to a place.
    ///
    /// # Errors
    /// The storage's.
    pub(crate) fn note_acknowledged(
        &mut self,
        seq: u64,
        receipt: &SignedText,
    ) -> Result<(), SyncError> {
        self.store.acknowledge(seq, &json(receipt)?)?;
        self.report.acknowledged = seq;
        Ok(())
    }

    /// Keeps what the hub adds, if it follows what is here.
    ///
    /// # Errors
    /// `bad-hub-answer`, and nothing is kept; or the storage's.
    pub(crate) fn keep_pulled(&mut self, events: &[SignedEvent]) -> Result<(), SyncError> {
        let from = (self.log.as_str(), &self.pulled);
        let (opened, to) = self.trusted.follows(pull::PATH, from, events)?;
        let mut known = BTreeSet::new();
        for event in &opened {
            // A case that comes from another window is told from its filing on.
            let told = known.contains(&event.case)
                || hands_on_filing(event)
                || self.store.case(&event.case.to_string())?.is_some();
            if !told {
                let what = "记录不属于本机的任何办件";
                return Err(SyncError::BadAnswer { step: pull::PATH, what });
            }
            known.insert(event.case);
        }
        if !opened.is_empty() {
            self.store.take_pulled(events, to.seq)?;
            self.report.pulled += opened.len() as u64;
            self.pulled = to;
        }
        Ok(())
    }

    /// Compares what the hub says it holds with what it was sent, and makes what counts as refused
    /// here the same as there. Whether the hub has nothing more for this window.
    ///
    /// # Errors
    /// `hub-behind`, `window-behind`, `hub-forked`; `bad-hub-answer`; or the storage's.
    pub(crate) fn compare(&mut self, reply: &CheckReply) -> Result<bool, SyncError> {
        let said = self.trusted.statement(check::PATH, &reply.statement)?;
        if said.count < self.report.acknowledged {
            self.store.forget_acknowledgement(said.count)?;
            return Err(SyncError::HubBehind);
        }
        match self.own_hash(said.count)? {
            None => return Err(SyncError::WindowBehind),
            Some(own) if own != said.head => return Err(SyncError::Forked),
            Some(_) => {}
        }
        self.settle_refusals(reply, said.rejected)?;
        let hub_log = &said.hub_log;
        if hub_log.seq < self.pulled.seq {
            return Err(SyncError::HubBehind);
        }
        if hub_log.seq == self.pulled.seq && hub_log.head != self.pulled.head {
            return Err(SyncError::Forked);
        }
        Ok(hub_log.seq == self.pulled.seq)
    }

    /// Makes what counts as refused here the same as at the hub.
    pub(crate) fn settle_refusals(
        &mut self,
        reply: &CheckReply,
        total: u64,
    ) -> Result<(), SyncError> {
        let bad = |what| SyncError::BadAnswer { step: check::PATH, what };
        if reply.rejected.len() > REJECTED_NAMED {
            return Err(bad("退回的记录过多"));
        }
        let told = reply.rejected.iter().map(|r| {
            let log = r.log.as_deref().unwrap_or(&self.trusted.origin);
            let case = r.case.map(|case| case.to_string()).unwrap_or_default();
            parked(log, r.seq, case, &r.rejection)
        });
        let told: Vec<Parked> = told.collect();
        let mut named = BTreeSet::new();
        for p in &told {
            let can_be = is_log_of(&p.log, &self.trusted.window)
                && (1..=self.store.head_of(&p.log)?.seq).contains(&p.seq);
            if !can_be || !named.insert((p.log.as_str(), p.seq)) {
                return Err(bad("退回的记录对不上"));
            }
        }
        let here = self.store.parked()?;
        let known: BTreeSet<_> = here.iter().map(|p| (p.log.as_str(), p.seq)).collect();
        let new = told.iter().filter(|p| !known.contains(&(p.log.as_str(), p.seq)));
        let new: Vec<Parked> = new.cloned().collect();
        if !new.is_empty() {
            self.store.park(&new)?;
        }
        // Only a list that is whole says what no longer stands.
        if total == named.len() as u64 {
            let stands = |p: &Parked| named.contains(&(p.log.as_str(), p.seq));
            let over: Vec<Parked> = here.iter().filter(|p| !stands(p)).cloned().collect();
            if !over.is_empty() {
                self.store.unpark(&over)?;
            }
        }
        self.report.rejected = total;
        Ok(())
    }
}

/// Whether an event hands on the filing of its case.
fn hands_on_filing(event: &Event) -> bool {
    match &event.body {
        EventBody::Relayed { event: signed } => {
            relay::inner(event, signed).is_ok_and(|e| matches!(e.body, EventBody::Filed { .. }))
        }
        _ => false,
    }
}

/// Where the window holds a log.
///
/// # Errors
/// The storage's.
pub(crate) fn position(store: &Store, log: &str) -> Result<Position, SyncError> {
    let head = store.head_of(log)?;
    Ok(Position { seq: head.seq, head: head.hash })
}

/// A refusal as it is kept.
pub(crate) fn parked(log: &str, seq: u64, case: String, rejection: &Rejection) -> Parked {
    Parked {
        log: log.to_owned(),
        seq,
        case,
        code: tidy(&rejection.code),
        field: tidy(&rejection.field),
        message: tidy(&rejection.message),
    }
}

fn json(receipt: &SignedText) -> Result<String, SyncError> {
    serde_json::to_string(receipt).map_err(|error| SyncError::System(error.to_string()))
}
