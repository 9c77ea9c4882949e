//! The window's side of the ferry (摆渡): what is unsent goes into a file, and the hub's answer
//! comes back as one.
//!
//! Writing a file changes nothing: what is in it counts as unsent until an answer, by file or by
//! line, acknowledges it. So a stick may be lost, and files and line may cross in any order.

mod scans;

use std::io::{Read, Seek, SeekFrom, Write};

use jiff::Timestamp;
use serde::Serialize;
use yichuang_protocol::check::{self, CheckReply, CheckRequest};
use yichuang_protocol::ferry::{
    ANSWER, Answer, CARGO, Cargo, FerryError, Load, Loading, Phase, Progress, open,
};
use yichuang_protocol::guide::NewestRelease;
use yichuang_protocol::help::HelpRequest;
use yichuang_protocol::limits::{BATCH_EVENTS, EVENT_BYTES, GUIDE_BYTES, batch_len};
use yichuang_protocol::packing::packed_bound;
use yichuang_protocol::policy::PolicyRequest;
use yichuang_protocol::pull::{self, PullReply};
use yichuang_protocol::push::PushRequest;
use yichuang_protocol::{Position, PrivateKey, session};
use yichuang_storage::{Enrolment, OwnLog, Store};

use crate::Now;
use crate::books::Books;
use crate::error::SyncError;
use crate::guide::GuideShelf;
use crate::run::SyncReport;
use crate::trust::Trusted;

pub use scans::ScansAboard;

/// What a ferry file took aboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Loaded {
    /// How many events.
    pub events: u64,
    /// The position of the last event in the file.
    pub up_to: u64,
    /// How many records of 帮您办.
    pub help: u64,
    /// And of the scans.
    #[serde(flatten)]
    pub scans: ScansAboard,
}

/// What an answer brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unloaded {
    /// As of a sync.
    #[serde(flatten)]
    pub report: SyncReport,
    /// The answer is older than what the line or another file brought since: nothing was new.
    pub stale: bool,
    /// How many scans the hub takes none of; each has its trouble noted.
    pub scans_refused: u64,
}

fn books(store: &Store) -> Result<(Enrolment, Books<'_>), SyncError> {
    let enrolment = store.enrolment()?.ok_or(SyncError::NotEnrolled)?;
    let trusted = Trusted::of(&enrolment, store.own_log()?)?;
    Ok((enrolment, Books::open(store, trusted)?))
}

/// Writes everything unsent into `out`, encrypted for the hub and signed by this device: all
/// events, and of the scans as many as have at most `room` bytes. Nothing counts as sent by that.
/// The caller makes the file durable.
///
/// # Errors
/// [`SyncError`]; [`FerryError::Stopped`] once `progress` was asked to stop.
pub fn load(
    store: &Store,
    out: impl Write,
    room: u64,
    now: Now<'_>,
    progress: &Progress,
) -> Result<Loaded, SyncError> {
    let (enrolment, books) = books(store)?;
    let device = PrivateKey::from_seed(&enrolment.device_seed);
    // Before the end of the log is read: what announces them is then in the file.
    let waiting = store.waiting_attachments()?;
    let end = store.head()?;
    // Those of before a backup first: what follows is about their cases.
    let logs = store.own_logs()?;
    let events = store.unsent_events()?;
    let cargo = Cargo {
        kind: CARGO.to_owned(),
        hub: books.trusted.hub.clone(),
        origin: books.trusted.origin.clone(),
        made_at: now(),
        hub_logs: books.held_logs()?,
        guide: store.current_guide_digest()?,
        roster: books.roster_digest()?,
        help: Some(books.help_end()?),
    };
    let mut file = Loading::begin(out, &books.trusted.key, &device, &cargo)?;
    progress.begin(Phase::Events, events);
    for OwnLog { log, acknowledged: mut after } in logs {
        // What is written meanwhile goes with the next.
        let to = if log == books.trusted.origin { end.seq } else { store.head_of(&log)?.seq };
        while after < to {
            progress.go_on()?;
            let wanted = usize::try_from(to - after).unwrap_or(BATCH_EVENTS).min(BATCH_EVENTS);
            let mut batch = store.events_after(&log, after, wanted)?;
            batch.truncate(batch_len(batch.iter().map(|event| event.text.len())));
            if let Some(i) = batch.iter().position(|event| event.text.len() > EVENT_BYTES) {
                return Err(SyncError::EventTooLarge { seq: after + 1 + i as u64 });
            }
            if batch.is_empty() {
                break;
            }
            after += batch.len() as u64;
            progress.add(batch.len() as u64);
            file.add(&Load::Push(PushRequest { events: batch }))?;
        }
    }
    let sent = Position { seq: end.seq, head: end.hash };
    let (hub_log, pulled) = (books.log.clone(), books.pulled.seq);
    file.add(&Load::Check(CheckRequest { sent, hub_log, pulled }))?;
    file.add(&Load::AskPolicy(PolicyRequest {}))?;
    if let Some(wanted) = books.wanted()? {
        file.add(&Load::AskTransfer(wanted))?;
    }
    let help = load_help(&books, &mut file)?;
    let scans = scans::load(store, &mut file, &waiting, room, (progress, now()))?;
    file.finish()?;
    Ok(Loaded { events, up_to: end.seq, help, scans })
}

/// Adds what the hub's list of 帮您办 lacks; how many records that is. A hub that is not known to have
/// one could read nothing of a file with that in it: it is asked first.
fn load_help<W: Write>(books: &Books<'_>, file: &mut Loading<W>) -> Result<u64, SyncError> {
    if !books.store.hub_has_help()? {
        return Ok(0);
    }
    let after = books.help_end()?;
    let mut aboard = 0;
    for records in books.help_to_send()? {
        aboard += records.len() as u64;
        file.add(&Load::Help(HelpRequest { after: after.clone(), records }))?;
    }
    Ok(aboard)
}

/// Takes in the hub's answer, once all of it is proven.
///
/// # Errors
/// [`SyncError`]; a file that is foreign, cut or altered changes nothing. [`FerryError::Stopped`]
/// once `progress` was asked to stop: what was taken in until then is no harm, and comes again.
pub fn unload(
    store: &Store,
    mut input: impl Read + Seek,
    shelf: &dyn GuideShelf,
    now: Now<'_>,
    progress: &Progress,
) -> Result<Unloaded, SyncError> {
    let (enrolment, mut books) = books(store)?;
    let device = PrivateKey::from_seed(&enrolment.device_seed);
    let len = input.seek(SeekFrom::End(0)).map_err(FerryError::Disk)?;
    input.rewind().map_err(FerryError::Disk)?;
    let mut input = progress.reading(input);
    progress.begin(Phase::Proving, len);
    let file = open(&mut input, &device)?;
    let said: Answer = file.says()?;
    let ours =
        said.kind == ANSWER && said.hub == books.trusted.hub && said.origin == books.trusted.origin;
    if !ours {
        return Err(FerryError::NotForUs.into());
    }
    file.prove(&books.trusted.key)?;

    let known = books.store.sync_state()?.acknowledged_seq;
    let held = books.held_by(&said)?;
    let stale = held < known;
    books.report.acknowledged = held.max(known);
    books.report.sent = held.saturating_sub(known);
    input.rewind().map_err(FerryError::Disk)?;
    progress.begin(Phase::Taking, len);
    let mut file = open(&mut input, &device)?;
    let mut news = books.follow_answer(&said, now())?.then_some(said.from);
    let mut scans_refused = 0;
    let mut release: Option<(NewestRelease, Vec<u8>)> = None;
    while let Some(load) = file.take()? {
        match load {
            Load::Pulled(reply) => {
                if let Some(at) = news.take() {
                    news = books.catch_up(&said.log, &at, reply)?;
                }
            }
            Load::Checked(reply) if !stale => books.settle_from(&reply)?,
            Load::Held(said) if !stale => {
                scans_refused += books.note_held(said, now())?;
            }
            Load::Policy(reply) => {
                if let Err(error) = books.keep_policy(reply, now()) {
                    tracing::warn!(%error, "the policy of the station was not taken");
                }
            }
            // Of what is asked for now: an old answer to a case that is asked for again would refuse
            // it anew.
            Load::Transferred(reply) if !stale => {
                if let Some(asked) = books.wanted()? {
                    books.note_transfers(&asked, &reply)?;
                }
            }
            Load::Helped(reply) => {
                if let Err(error) = books.take_help(&reply) {
                    tracing::warn!(code = error.code(), "the list of 帮您办 was not taken");
                    books.report.help_trouble = Some(error.code());
                }
            }
            Load::Roster(reply) => {
                let kept = books.keep_roster(reply, now());
                books.report.roster_trouble = kept.err().map(|error| error.code());
            }
            Load::Release(newest) => release = Some((newest, Vec::new())),
            Load::Part(part) => {
                if let Some((_, packed)) = &mut release
                    && (packed.len() + part.bytes.len()) as u64 <= packed_bound(GUIDE_BYTES)
                {
                    packed.extend_from_slice(&part.bytes);
                }
            }
            _ => {}
        }
    }
    if said.behind && held < known {
        store.forget_acknowledgement(held)?;
        books.report.acknowledged = held;
        books.report.hub_was_behind = true;
        return Ok(Unloaded { report: books.report, stale: false, scans_refused });
    }
    // Last, so that a program that ends before this asks for everything once more.
    if held > known {
        books.note_acknowledged(held, &said.holds)?;
    }
    if !stale {
        store.finish_sync(now())?;
        store.note_exchange(said.made_at)?;
    }
    if let Some((newest, packed)) = release {
        books.take_release(shelf, &newest, &packed, now());
    }
    Ok(Unloaded { report: books.report, stale, scans_refused })
}

impl Books<'_> {
    /// Up to where the hub says that it holds this window's log, if it is the same log.
    fn held_by(&self, said: &Answer) -> Result<u64, SyncError> {
        let held = self.trusted.acknowledgement(session::PATH, &said.holds)?;
        match self.own_hash(held.seq)? {
            None => Err(SyncError::WindowBehind),
            Some(own) if own != held.head => Err(SyncError::Forked),
            Some(_) => Ok(held.seq),
        }
    }

    /// Goes on in the log that the answer names. Whether it is the newest known here: an answer
    /// written before another came tells nothing new of an older log.
    fn follow_answer(&mut self, said: &Answer, now: Timestamp) -> Result<bool, SyncError> {
        let older = said.log != self.log && self.store.hub_logs()?.contains(&said.log);
        if older {
            return Ok(false);
        }
        self.follow(session::PATH, (&said.log, &said.give_back), now)?;
        Ok(true)
    }

    /// Keeps of the hub's events what is not here yet. `at` is where the events of the file begin;
    /// gives where they end. None where they part from what is here: the hub was put back to a
    /// backup when it wrote that, and the next exchange finds out.
    fn catch_up(
        &mut self,
        log: &str,
        at: &Position,
        reply: PullReply,
    ) -> Result<Option<Position>, SyncError> {
        let (_, to) = self.trusted.follows(pull::PATH, (log, at), &reply.events)?;
        if at.seq > self.pulled.seq {
            return Err(SyncError::WindowBehind);
        }
        let known = usize::try_from(self.pulled.seq - at.seq).unwrap_or(usize::MAX);
        let here = match known.checked_sub(1) {
            None => Some(&at.head),
            Some(last) => reply.events.get(last).map(|event| &event.hash),
        };
        match here {
            // All of it is older than what is here.
            None => {}
            Some(hash) if *hash != self.pulled.head => return Ok(None),
            Some(_) => self.keep_pulled(reply.events.get(known..).unwrap_or_default())?,
        }
        Ok(Some(to))
    }

    /// Makes what counts as refused here the same as at the hub.
    fn settle_from(&mut self, reply: &CheckReply) -> Result<(), SyncError> {
        let said = self.trusted.statement(check::PATH, &reply.statement)?;
        if said.count == self.report.acknowledged {
            self.settle_refusals(reply, said.rejected)?;
        }
        Ok(())
    }
}
