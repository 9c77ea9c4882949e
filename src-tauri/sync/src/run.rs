//! One sync from hello to the comparison at the end, and then the roster, the guide and the scans.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use yichuang_protocol::check::{self, CheckReply, CheckRequest};
use yichuang_protocol::pull::{self, PullReply, PullRequest};
use yichuang_protocol::push::{self, ItemOutcome, PushReply};
use yichuang_protocol::session::{
    self, ChallengeReply, ChallengeRequest, SessionReply, SessionRequest, is_challenge,
};
use yichuang_protocol::{Acknowledgement, Position, PrivateKey, SignedText};
use yichuang_storage::{Enrolment, GuideTrouble, Store};

use crate::Now;
use crate::address::Address;
use crate::attachments::AttachmentsReport;
use crate::books::{Books, parked};
use crate::client::Http;
use crate::earlier;
use crate::enrolment::greet;
use crate::error::SyncError;
use crate::guide::GuideShelf;
use crate::line::{Line, Packed, ask, ask_in_session, ask_packed};
use crate::outgoing::{Batch, Outgoing};
use crate::plan::{Situation, Step, Trouble, plan};
use crate::trust::Trusted;

/// How often pulling is repeated when the hub adds something meanwhile.
const ROUNDS: usize = 5;

/// What a sync did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SyncReport {
    /// How many events were sent.
    pub sent: u64,
    /// How many events came down.
    pub pulled: u64,
    /// How many events of its own came back that this window had lost (it was put back to a
    /// backup).
    pub recovered: u64,
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
    /// Why the list of 帮您办 was not exchanged to its end; none if all is well, or where the hub is
    /// too old to have one.
    pub help_trouble: Option<&'static str>,
    /// What was done for the scans of materials.
    pub attachments: AttachmentsReport,
    /// Why the hub's newest guide release is not in use; none if all is well.
    pub guide_trouble: Option<GuideTrouble>,
}

/// Sends everything unsent, fetches what the hub added, compares both sides, exchanges the
/// list of 帮您办, brings the guide up to date on `shelf`, and sends scans. Stops between two requests once `cancel` is set. Whatever was
/// acknowledged until a failure stays acknowledged.
///
/// # Errors
/// [`SyncError`]; whether to try again by itself says [`SyncError::is_passing`]. Trouble with the
/// roster of devices, the list of 帮您办, the guide or a scan is no error but stands in the report.
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
    let trusted = Trusted::of(&enrolment, store.own_log()?)?;
    let (hello, clock_skew) = greet(line, now)?;
    if hello.hub_key != trusted.key.to_base64()
        || hello.hub != trusted.hub
        || hello.trial != enrolment.trial
    {
        return Err(SyncError::HubChanged);
    }
    store.set_clock_skew(clock_skew)?;
    let sent_earlier = earlier::send(line, store, &enrolment, hello.version, cancel)?;
    let mut books = Books::open(store, trusted)?;
    books.report.clock_skew = clock_skew;
    books.report.sent = sent_earlier;
    let (session, held) = open_session(line, &books, &enrolment, hello.version)?;
    let SessionReply { token, holds: receipt, hub_origin, give_back, own_logs, .. } = session;
    earlier::fetch((line, &token), &mut books, &own_logs, cancel)?;
    books.follow(session::PATH, (&hub_origin, &give_back), now())?;
    let mut exchange = Exchange { books, line, token, cancel };
    exchange.carry_out(&held, &receipt)?;
    store.finish_sync(now())?;
    exchange.note_exchange(now())?;
    exchange.bring_roster(now());
    exchange.bring_policy(now());
    exchange.bring_help();
    exchange.bring_guide(shelf, now());
    exchange.bring_attachments(now());
    Ok(exchange.books.report)
}

pub(crate) fn open_session(
    line: &dyn Line,
    books: &Books<'_>,
    enrolment: &Enrolment,
    version: u32,
) -> Result<(SessionReply, Acknowledgement), SyncError> {
    let trusted = &books.trusted;
    let bad = |what| SyncError::BadAnswer { step: session::PATH, what };
    let request = ChallengeRequest { origin: trusted.origin.clone() };
    let ChallengeReply { challenge } = ask(line, session::CHALLENGE_PATH, &request)?;
    if !is_challenge(&challenge, &trusted.hub, &trusted.origin) {
        return Err(bad("验证请求不是给本机的"));
    }
    let signature = PrivateKey::from_seed(&enrolment.device_seed).signature(&challenge);
    let request = SessionRequest {
        version,
        origin: trusted.origin.clone(),
        challenge,
        signature,
        hub_logs: books.held_logs()?,
    };
    let reply: SessionReply = ask(line, session::PATH, &request)?;
    let plain = |token: &str| token.bytes().all(|b| b.is_ascii_graphic());
    if reply.token.is_empty() || reply.token.len() > 256 || !plain(&reply.token) {
        return Err(bad("令牌的格式有误"));
    }
    let held = trusted.acknowledgement(session::PATH, &reply.holds)?;
    Ok((reply, held))
}

/// What the hub says to a batch.
type Pushed = Result<PushReply, SyncError>;
/// The batch after one, made ready while that was on its way.
type Following = Result<Option<(Batch, Packed)>, SyncError>;

pub(crate) struct Exchange<'a> {
    pub(crate) books: Books<'a>,
    pub(crate) line: &'a dyn Line,
    pub(crate) token: String,
    cancel: &'a AtomicBool,
}

impl Exchange<'_> {
    pub(crate) fn go_on(&self) -> Result<(), SyncError> {
        if self.cancel.load(Ordering::Relaxed) { Err(SyncError::Cancelled) } else { Ok(()) }
    }

    fn carry_out(&mut self, held: &Acknowledgement, receipt: &SignedText) -> Result<(), SyncError> {
        let situation = Situation {
            head: self.books.store.head()?.seq,
            acknowledged: self.books.store.sync_state()?.acknowledged_seq,
            held: held.seq,
            same: self.books.own_hash(held.seq)?.as_deref() == Some(held.head.as_str()),
        };
        let steps = plan(&situation).map_err(|trouble| match trouble {
            Trouble::WindowBehind => SyncError::WindowBehind,
            Trouble::Forked => SyncError::Forked,
        })?;
        self.books.report.acknowledged = held.seq;
        for step in steps {
            self.go_on()?;
            match step {
                Step::LowerMark { to } => {
                    tracing::warn!(
                        acknowledged = situation.acknowledged,
                        held = to,
                        "the hub is behind what it acknowledged: sending again"
                    );
                    self.books.store.forget_acknowledgement(to)?;
                    self.books.report.hub_was_behind = true;
                }
                Step::RaiseMark { to } => self.books.note_acknowledged(to, receipt)?,
                Step::Push { after } => self.push(after)?,
                Step::Pull => {
                    self.ask_for_cases()?;
                    self.pull()?;
                }
                Step::Check => self.check()?,
            }
        }
        Ok(())
    }

    /// Sends what was written since the last push.
    pub(crate) fn push_waiting(&mut self) -> Result<(), SyncError> {
        if self.books.store.head()?.seq > self.books.report.acknowledged {
            self.push(self.books.report.acknowledged)?;
        }
        Ok(())
    }

    /// Sends everything after a place, what is written meanwhile included.
    fn push(&mut self, after: u64) -> Result<(), SyncError> {
        let mut outgoing = Outgoing::after(self.books.store, after);
        let mut next = outgoing.next(self.line)?;
        while let Some((batch, body)) = next {
            self.go_on()?;
            let (reply, following) = self.send(body, &mut outgoing);
            self.note_pushed(&batch, &reply?)?;
            next = match following {
                Some(following) => following?,
                None => outgoing.next(self.line)?,
            };
        }
        Ok(())
    }

    /// Sends a batch, and makes the next one ready meanwhile where the line allows it: packing
    /// takes a window as long as taking in takes the hub.
    fn send(&self, body: Packed, outgoing: &mut Outgoing<'_>) -> (Pushed, Option<Following>) {
        let Some(line) = self.line.beside() else {
            return (ask_packed(self.line, push::PATH, &self.token, body), None);
        };
        std::thread::scope(|scope| {
            let following = scope.spawn(|| outgoing.next(line));
            let reply = ask_packed(line, push::PATH, &self.token, body);
            let following = following.join().unwrap_or_else(|panic| resume_unwind(panic));
            (reply, Some(following))
        })
    }

    /// Looks at what the hub says to a batch, and writes it down.
    fn note_pushed(&mut self, batch: &Batch, reply: &PushReply) -> Result<(), SyncError> {
        let bad = |what| SyncError::BadAnswer { step: push::PATH, what };
        let (events, end) = (&batch.events, batch.end());
        let Some(last) = events.last() else { return Ok(()) };
        let in_order = reply.items.len() == events.len()
            && reply.items.iter().zip(batch.after + 1..).all(|(item, seq)| item.seq == seq);
        if !in_order {
            return Err(bad("答复与所发记录对不上"));
        }
        let said = self.books.trusted.acknowledgement(push::PATH, &reply.acknowledgement)?;
        // A hub that has more was sent it by this same program a moment ago.
        let covers = said.seq == end && said.head == last.hash
            || said.seq > end
                && self.books.own_hash(said.seq)?.as_deref() == Some(said.head.as_str());
        if !covers {
            return Err(bad("凭证与所发记录对不上"));
        }
        let mut refused = Vec::new();
        for (item, sealed) in reply.items.iter().zip(events) {
            if let ItemOutcome::Rejected { rejection } = &item.outcome {
                let case = sealed.open().map(|e| e.case.to_string()).unwrap_or_default();
                refused.push(parked(&self.books.trusted.origin, item.seq, case, rejection));
            }
        }
        // First what was refused: if the program ends between the two, it is asked again.
        if !refused.is_empty() {
            self.books.store.park(&refused)?;
        }
        self.books.note_acknowledged(said.seq, &reply.acknowledgement)?;
        self.books.report.sent += events.len() as u64;
        Ok(())
    }

    fn pull(&mut self) -> Result<(), SyncError> {
        loop {
            self.go_on()?;
            let (log, after) = (self.books.log.clone(), self.books.pulled.seq);
            let request = PullRequest { log, after };
            let reply: PullReply = ask_in_session(self.line, pull::PATH, &self.token, &request)?;
            if reply.events.is_empty() && reply.more {
                let what = "说还有记录却没有给出";
                return Err(SyncError::BadAnswer { step: pull::PATH, what });
            }
            self.books.keep_pulled(&reply.events)?;
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
        let sent = self.books.report.acknowledged;
        let head = self.books.own_hash(sent)?.ok_or(SyncError::WindowBehind)?;
        let (hub_log, pulled) = (self.books.log.clone(), self.books.pulled.seq);
        let request = CheckRequest { sent: Position { seq: sent, head }, hub_log, pulled };
        let reply: CheckReply = ask_in_session(self.line, check::PATH, &self.token, &request)?;
        self.books.compare(&reply)
    }
}
