//! One sync from hello to the comparison at the end, and then the roster and the guide.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use yichuang_domain::case::SealedEvent;
use yichuang_domain::case::event::GENESIS;
use yichuang_protocol::check::{self, CheckReply, CheckRequest, REJECTED_NAMED};
use yichuang_protocol::limits::{BATCH_EVENTS, EVENT_BYTES, batch_len};
use yichuang_protocol::pull::{self, PullReply, PullRequest};
use yichuang_protocol::push::{self, ItemOutcome, PushReply, PushRequest, Rejection};
use yichuang_protocol::session::{
    self, ChallengeReply, ChallengeRequest, SessionReply, SessionRequest, is_challenge,
};
use yichuang_protocol::{Acknowledgement, Position, PrivateKey, SignedText};
use yichuang_storage::{Enrolment, GuideTrouble, Parked, Store};

use crate::Now;
use crate::address::Address;
use crate::client::Http;
use crate::enrolment::greet;
use crate::error::SyncError;
use crate::guide::GuideShelf;
use crate::line::{Line, ask, ask_in_session};
use crate::plan::{Situation, Step, Trouble, plan};
use crate::trust::{Trusted, tidy};

/// How often pulling is repeated when the hub adds something meanwhile.
const ROUNDS: usize = 5;

/// What a sync did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SyncReport {
    /// How many events were sent.
    pub sent: u64,
    /// How many events came down.
    pub pulled: u64,
    /// How many events of this window are stored at the hub but not applied.
    pub rejected: u64,
    /// The hub had less than it had acknowledged, and was sent it again (`hub-behind`).
    pub hub_was_behind: bool,
    /// Up to where the hub has this window's log.
    pub acknowledged: u64,
    /// Device clock minus hub clock, in milliseconds.
    pub clock_skew: i64,
    /// The number of the guide release that was taken into use.
    pub guide_taken: Option<u32>,
    /// Why the hub's roster of devices was not kept; none if all is well, or where the hub is too
    /// old to have one.
    pub roster_trouble: Option<&'static str>,
    /// Why the hub's newest guide release is not in use; none if all is well.
    pub guide_trouble: Option<GuideTrouble>,
}

/// Sends everything unsent, fetches what the hub added, compares both sides, and then brings the
/// guide up to date on `shelf`. Stops between two requests once `cancel` is set. Whatever was
/// acknowledged until a failure stays acknowledged.
///
/// # Errors
/// [`SyncError`]; whether to try again by itself says [`SyncError::is_passing`]. Trouble with the
/// roster of devices or the guide is no error but stands in the report.
pub fn run(
    store: &Store,
    shelf: &dyn GuideShelf,
    now: Now<'_>,
    cancel: &AtomicBool,
) -> Result<SyncReport, SyncError> {
    let enrolment = store.enrolment()?.ok_or(SyncError::NotEnrolled)?;
    let address = Address::parse(&enrolment.hub_url)?;
    let line = Http::new(address, enrolment.authority_pem.as_deref())?;
    run_over(&line, store, shelf, now, cancel)
}

/// As [`run`], over another line than HTTP.
///
/// # Errors
/// As [`run`].
pub fn run_over(
    line: &dyn Line,
    store: &Store,
    shelf: &dyn GuideShelf,
    now: Now<'_>,
    cancel: &AtomicBool,
) -> Result<SyncReport, SyncError> {
    let enrolment = store.enrolment()?.ok_or(SyncError::NotEnrolled)?;
    let trusted = Trusted::of(&enrolment)?;
    let (hello, clock_skew) = greet(line, now)?;
    if hello.hub_key != trusted.key.to_base64()
        || hello.hub != trusted.hub
        || hello.trial != enrolment.trial
    {
        return Err(SyncError::HubChanged);
    }
    store.set_clock_skew(clock_skew)?;
    let head = store.head_of(&trusted.hub_origin)?;
    let pulled = Position { seq: head.seq, head: head.hash };
    let (token, held, receipt) = open_session(line, &trusted, &enrolment, &hello.version, &pulled)?;
    let report = SyncReport { clock_skew, ..SyncReport::default() };
    let mut exchange = Exchange { store, line, trusted, token, cancel, pulled, report };
    exchange.carry_out(&held, &receipt)?;
    store.finish_sync(now())?;
    exchange.bring_roster();
    exchange.bring_guide(shelf, now());
    Ok(exchange.report)
}

fn open_session(
    line: &dyn Line,
    trusted: &Trusted,
    enrolment: &Enrolment,
    version: &u32,
    pulled: &Position,
) -> Result<(String, Acknowledgement, SignedText), SyncError> {
    let bad = |what| SyncError::BadAnswer { step: session::PATH, what };
    let request = ChallengeRequest { origin: trusted.origin.clone() };
    let ChallengeReply { challenge } = ask(line, session::CHALLENGE_PATH, &request)?;
    if !is_challenge(&challenge, &trusted.hub, &trusted.origin) {
        return Err(bad("验证请求不是给本机的"));
    }
    let signature = PrivateKey::from_seed(&enrolment.device_seed).signature(&challenge);
    let request = SessionRequest {
        version: *version,
        origin: trusted.origin.clone(),
        challenge,
        signature,
        pulled: pulled.clone(),
    };
    let reply: SessionReply = ask(line, session::PATH, &request)?;
    if reply.hub_origin != trusted.hub_origin {
        return Err(bad("日志名称不符"));
    }
    let plain = |token: &str| token.bytes().all(|b| b.is_ascii_graphic());
    if reply.token.is_empty() || reply.token.len() > 256 || !plain(&reply.token) {
        return Err(bad("令牌的格式有误"));
    }
    let held = trusted.acknowledgement(session::PATH, &reply.holds)?;
    Ok((reply.token, held, reply.holds))
}

pub(crate) struct Exchange<'a> {
    pub(crate) store: &'a Store,
    pub(crate) line: &'a dyn Line,
    pub(crate) trusted: Trusted,
    pub(crate) token: String,
    cancel: &'a AtomicBool,
    /// Where the window holds the hub's log.
    pulled: Position,
    pub(crate) report: SyncReport,
}

impl Exchange<'_> {
    pub(crate) fn go_on(&self) -> Result<(), SyncError> {
        if self.cancel.load(Ordering::Relaxed) { Err(SyncError::Cancelled) } else { Ok(()) }
    }

    /// The hash of this window's event at a place; none where it has no such event.
    fn own_hash(&self, seq: u64) -> Result<Option<String>, SyncError> {
        match seq.checked_sub(1) {
            None => Ok(Some(GENESIS.to_owned())),
            Some(before) => Ok(self.store.unsent(before, 1)?.pop().map(|event| event.hash)),
        }
    }

    fn carry_out(&mut self, held: &Acknowledgement, receipt: &SignedText) -> Result<(), SyncError> {
        let situation = Situation {
            head: self.store.head()?.seq,
            acknowledged: self.store.sync_state()?.acknowledged_seq,
            held: held.seq,
            same: self.own_hash(held.seq)?.as_deref() == Some(held.head.as_str()),
        };
        let steps = plan(&situation).map_err(|trouble| match trouble {
            Trouble::WindowBehind => SyncError::WindowBehind,
            Trouble::Forked => SyncError::Forked,
        })?;
        self.report.acknowledged = held.seq;
        for step in steps {
            self.go_on()?;
            match step {
                Step::LowerMark { to } => {
                    tracing::warn!(
                        acknowledged = situation.acknowledged,
                        held = to,
                        "the hub is behind what it acknowledged: sending again"
                    );
                    self.store.forget_acknowledgement(to)?;
                    self.report.hub_was_behind = true;
                }
                Step::RaiseMark { to } => self.store.acknowledge(to, &json(receipt)?)?,
                Step::Push { after } => self.push(after)?,
                Step::Pull => self.pull()?,
                Step::Check => self.check()?,
            }
        }
        Ok(())
    }

    /// Sends what was written since the last push.
    pub(crate) fn push_waiting(&mut self) -> Result<(), SyncError> {
        if self.store.head()?.seq > self.report.acknowledged {
            self.push(self.report.acknowledged)?;
        }
        Ok(())
    }

    /// Sends everything after a place, what is written meanwhile included.
    fn push(&mut self, mut after: u64) -> Result<(), SyncError> {
        loop {
            let fetched = self.store.unsent(after, BATCH_EVENTS)?;
            if fetched.is_empty() {
                return Ok(());
            }
            let mut rest = fetched.as_slice();
            while !rest.is_empty() {
                self.go_on()?;
                let len = batch_len(rest.iter().map(|event| event.text.len()));
                let (batch, later) = rest.split_at(len);
                self.push_batch(after, batch)?;
                after += batch.len() as u64;
                rest = later;
            }
        }
    }

    fn push_batch(&mut self, after: u64, batch: &[SealedEvent]) -> Result<(), SyncError> {
        let bad = |what| SyncError::BadAnswer { step: push::PATH, what };
        let Some(last) = batch.last() else { return Ok(()) };
        if let Some(i) = batch.iter().position(|event| event.text.len() > EVENT_BYTES) {
            return Err(SyncError::EventTooLarge { seq: after + 1 + i as u64 });
        }
        let request = PushRequest { events: batch.to_vec() };
        let reply: PushReply = ask_in_session(self.line, push::PATH, &self.token, &request)?;
        let end = after + batch.len() as u64;
        let in_order = reply.items.len() == batch.len()
            && reply.items.iter().zip(after + 1..).all(|(item, seq)| item.seq == seq);
        if !in_order {
            return Err(bad("答复与所发记录对不上"));
        }
        let said = self.trusted.acknowledgement(push::PATH, &reply.acknowledgement)?;
        // A hub that has more was sent it by this same program a moment ago.
        let covers = said.seq == end && said.head == last.hash
            || said.seq > end && self.own_hash(said.seq)?.as_deref() == Some(said.head.as_str());
        if !covers {
            return Err(bad("凭证与所发记录对不上"));
        }
        let mut refused = Vec::new();
        for (item, sealed) in reply.items.iter().zip(batch) {
            if let ItemOutcome::Rejected { rejection } = &item.outcome {
                let case = sealed.open().map(|e| e.case.to_string()).unwrap_or_default();
                refused.push(parked(item.seq, case, rejection));
            }
        }
        // First what was refused: if the program ends between the two, it is asked again.
        if !refused.is_empty() {
            self.store.park(&refused)?;
        }
        self.store.acknowledge(said.seq, &json(&reply.acknowledgement)?)?;
        self.report.sent += batch.len() as u64;
        self.report.acknowledged = said.seq;
        Ok(())
    }

    fn pull(&mut self) -> Result<(), SyncError> {
        loop {
            self.go_on()?;
            let request = PullRequest { after: self.pulled.seq };
            let reply: PullReply = ask_in_session(self.line, pull::PATH, &self.token, &request)?;
            let (events, to) = self.trusted.follows(pull::PATH, &self.pulled, &reply.events)?;
            if events.is_empty() && reply.more {
                let what = "说还有记录却没有给出";
                return Err(SyncError::BadAnswer { step: pull::PATH, what });
            }
            let cases: BTreeSet<_> = events.iter().map(|event| event.case).collect();
            for case in cases {
                if self.store.case(&case.to_string())?.is_none() {
                    let what = "记录不属于本机的任何办件";
                    return Err(SyncError::BadAnswer { step: pull::PATH, what });
                }
            }
            if !events.is_empty() {
                self.store.take_pulled(&reply.events, to.seq)?;
                self.report.pulled += events.len() as u64;
                self.pulled = to;
            }
            if !reply.more {
                return Ok(());
            }
        }
    }

    /// Compares both sides until they agree, which takes another round only where the hub added
    /// something meanwhile.
    fn check(&mut self) -> Result<(), SyncError> {
        for _ in 0..ROUNDS {
            if self.compare()? {
                return Ok(());
            }
            self.pull()?;
        }
        // The hub adds faster than this window fetches: nothing is wrong, the next sync goes on.
        Ok(())
    }

    /// Whether the hub has nothing more for this window.
    fn compare(&mut self) -> Result<bool, SyncError> {
        self.go_on()?;
        let sent = self.report.acknowledged;
        let head = self.own_hash(sent)?.ok_or(SyncError::WindowBehind)?;
        let request = CheckRequest { sent: Position { seq: sent, head }, pulled: self.pulled.seq };
        let reply: CheckReply = ask_in_session(self.line, check::PATH, &self.token, &request)?;
        let said = self.trusted.statement(check::PATH, &reply.statement)?;
        if said.count < sent {
            self.store.forget_acknowledgement(said.count)?;
            return Err(SyncError::HubBehind);
        }
        match self.own_hash(said.count)? {
            None => return Err(SyncError::WindowBehind),
            Some(own) if own != said.head => return Err(SyncError::Forked),
            Some(_) => {}
        }
        self.settle_refusals(&reply, said.rejected)?;
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
    fn settle_refusals(&mut self, reply: &CheckReply, total: u64) -> Result<(), SyncError> {
        let bad = |what| SyncError::BadAnswer { step: check::PATH, what };
        if reply.rejected.len() > REJECTED_NAMED {
            return Err(bad("退回的记录过多"));
        }
        let head = self.store.head()?.seq;
        let named: BTreeSet<u64> = reply.rejected.iter().map(|r| r.seq).collect();
        if named.len() != reply.rejected.len() || named.iter().any(|s| *s == 0 || *s > head) {
            return Err(bad("退回的记录对不上"));
        }
        let known: Vec<u64> = self.store.parked()?.into_iter().map(|p| p.seq).collect();
        let new: Vec<Parked> = reply
            .rejected
            .iter()
            .filter(|r| !known.contains(&r.seq))
            .map(|r| {
                let case = r.case.map(|case| case.to_string()).unwrap_or_default();
                parked(r.seq, case, &r.rejection)
            })
            .collect();
        if !new.is_empty() {
            self.store.park(&new)?;
        }
        // Only a list that is whole says what no longer stands.
        if total == named.len() as u64 {
            let over: Vec<u64> = known.into_iter().filter(|seq| !named.contains(seq)).collect();
            if !over.is_empty() {
                self.store.unpark(&over)?;
            }
        }
        self.report.rejected = total;
        Ok(())
    }
}

fn parked(seq: u64, case: String, rejection: &Rejection) -> Parked {
    Parked {
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
