//! The hub's side of the ferry (摆渡): a window's file is taken in by the very steps that the line
//! uses, and answered with a file of what they would have said.

mod scans;

use std::io::{Read, Seek, SeekFrom, Write};

use jiff::Timestamp;
use serde::Serialize;
use yichuang_protocol::check::CheckRequest;
use yichuang_protocol::ferry::{
    ANSWER, Answer, CARGO, Cargo, FerryError, Load, Loading, Phase, Progress, open,
};
use yichuang_protocol::guide::{NewsRequest, PartRequest, part_len};
use yichuang_protocol::help::{HelpRequest, RefusedHelp};
use yichuang_protocol::pull::PullRequest;
use yichuang_protocol::push::{ItemOutcome, PushRequest};
use yichuang_protocol::roster::RosterRequest;
use yichuang_protocol::transfer::TransferReply;
use yichuang_protocol::{FaultCode, PublicKey, ReleaseStatement};

use crate::error::{HubError, Refused, StepError};
use crate::help::help;
use crate::hub_log::{agree, check_held};
use crate::judge::Arrived;
use crate::objects::{ObjectError, Objects};
use crate::receive::{acknowledge, check, pull, push};
use crate::session::{enter_log, known_device};
use crate::store::{Device, HubStore, StoreError};
use crate::transfer::transfer;
use crate::{guide, policy, roster};
use scans::Quay;

/// What a ferry file brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ferried {
    /// The code in the device's case numbers.
    pub device: String,
    /// Its station.
    pub station: String,
    /// Its window.
    pub window: String,
    /// How many events the file held.
    pub events: u64,
    /// How many of them the hub did not have.
    pub new: u64,
    /// How many of them are stored and not applied.
    pub rejected: u64,
    /// How many scans came to be here whole by it.
    pub scans: u64,
    /// How many scans of it are not taken; the answer tells the window why.
    pub scans_refused: u64,
    /// The file goes on from where the hub no longer is (it was put back to a backup): the events
    /// were left out, and the answer tells the window to write them anew from there.
    pub behind: bool,
}

/// Why a ferry file was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum FerryRefused {
    /// The file itself.
    #[error(transparent)]
    File(#[from] FerryError),
    /// A step.
    #[error(transparent)]
    Step(#[from] StepError),
    /// The store of attachments failed: nothing was acknowledged, and the file may come again.
    #[error(transparent)]
    Objects(#[from] ObjectError),
}

impl From<StoreError> for FerryRefused {
    fn from(error: StoreError) -> Self {
        Self::Step(error.into())
    }
}

impl From<FerryRefused> for HubError {
    fn from(refused: FerryRefused) -> Self {
        match refused {
            FerryRefused::Step(StepError::Store(error)) => error.into(),
            FerryRefused::Objects(error) => error.into(),
            FerryRefused::File(error) => {
                Refused::new(error.code(), "file", error.to_string()).into()
            }
            FerryRefused::Step(StepError::Fault(fault)) => {
                Refused::new(fault.code.as_str(), "file", fault.message).into()
            }
        }
    }
}

/// Takes in a window's file, once all of it is proven, and writes the answer.
///
/// # Errors
/// [`FerryRefused`]: a file that is foreign, cut, altered or of a device out of use changes nothing.
/// [`FerryError::Stopped`] once `progress` was asked to stop: what was taken in until then stays,
/// and there is no answer.
pub fn ferry(
    (store, objects): (&HubStore, &Objects),
    mut input: impl Read + Seek,
    answer: impl Write,
    now: Timestamp,
    progress: &Progress,
) -> Result<Ferried, FerryRefused> {
    let len = input.seek(SeekFrom::End(0)).map_err(FerryError::Disk)?;
    input.rewind().map_err(FerryError::Disk)?;
    let mut input = progress.reading(input);
    progress.begin(Phase::Proving, len);
    let (hub, own) = store.read(|tx| Ok::<_, StoreError>((tx.hub_id()?, tx.hub_key()?)))?;
    let file = open(&mut input, &own)?;
    let cargo: Cargo = file.says()?;
    if cargo.kind != CARGO || cargo.hub != hub {
        return Err(FerryError::NotForUs.into());
    }
    let device = store.read(|tx| known_device(tx, &cargo.origin))?;
    let key = PublicKey::from_base64(&device.public_key)
        .map_err(|_| StoreError::Unreadable("设备公钥"))?;
    file.prove(&key)?;
    // Before anything is taken in: what the answer would stumble over.
    check_held(&hub, &device, &cargo.hub_logs).map_err(StepError::from)?;
    store.write(|tx| enter_log(tx, &device, now))?;

    input.rewind().map_err(FerryError::Disk)?;
    progress.begin(Phase::Taking, len);
    let mut quay = Quay::new(store, objects, &device).map_err(FerryError::Disk)?;
    let mut file = open(&mut input, &own)?;
    let mut ferried = Ferried {
        device: device.code.clone(),
        station: device.station.clone(),
        window: device.window.clone(),
        events: 0,
        new: 0,
        rejected: 0,
        scans: 0,
        scans_refused: 0,
        behind: false,
    };
    let mut asked = None;
    let mut wants_policy = false;
    let mut wanted = None;
    let mut refused_help = Vec::new();
    while let Some(load) = file.take()? {
        match load {
            Load::Push(request) if !ferried.behind => {
                let writer = writer_of(&device, &request);
                let reply = match push(store, &writer, &request, now) {
                    Err(StepError::Fault(fault)) if fault.code == FaultCode::Gap => {
                        ferried.behind = true;
                        continue;
                    }
                    reply => reply?,
                };
                for item in &reply.items {
                    ferried.events += 1;
                    match item.outcome {
                        ItemOutcome::AlreadyHave => {}
                        ItemOutcome::Accepted => ferried.new += 1,
                        ItemOutcome::Rejected { .. } => ferried.rejected += 1,
                    }
                }
            }
            Load::Check(request) => asked = Some(request),
            Load::AskPolicy(_) => wants_policy = true,
            Load::AskTransfer(request) => wanted = Some(request),
            // The list of 帮您办 is no part of the log: it comes in whatever became of that.
            Load::Help(request) => {
                refused_help.extend(help(store, &device, &request, now)?.refused);
            }
            // Without the events that announce them nobody can tell what they are: they come again
            // with the next file.
            Load::Offer(offer) if !ferried.behind => quay.offer(offer)?,
            Load::Chunk(chunk) if !ferried.behind => quay.take(chunk)?,
            _ => {}
        }
    }
    let asked = asked.ok_or(FerryError::Damaged)?;
    // Once everything of the window is in: it may have handed on some of them itself.
    let transfers = match wanted {
        Some(wanted) => Some(transfer(store, &device, &wanted, now)?),
        None => None,
    };
    ferried.scans = quay.arrived;
    ferried.scans_refused = quay.refused();
    progress.begin(Phase::Answering, 0);
    let asked = Asked {
        position: &asked,
        behind: ferried.behind,
        policy: wants_policy,
        transfers,
        refused_help,
    };
    reply((store, &quay), (&device, &key), &cargo, &asked, answer, now)?;
    let Ferried { new, scans, .. } = ferried;
    tracing::info!(origin = %device.origin, new, scans, "a ferry file was taken in");
    Ok(ferried)
}

/// The device as it writes in the log of a batch: after it was put back to a backup, a file may
/// have the rest of its earlier one.
fn writer_of(device: &Device, request: &PushRequest) -> Device {
    let first = request.events.first().and_then(Arrived::read);
    let log = first.map(|event| event.origin().to_owned());
    log.and_then(|log| device.clone().writing(&log)).unwrap_or_else(|| device.clone())
}

/// What the answer is to be about.
struct Asked<'a> {
    position: &'a CheckRequest,
    behind: bool,
    /// A window of before there were policies would not know what it is told.
    policy: bool,
    /// What became of the cases that the window asked for.
    transfers: Option<TransferReply>,
    /// What was not taken of what the list of 帮您办 lacked.
    refused_help: Vec<RefusedHelp>,
}

fn reply(
    (store, quay): (&HubStore, &Quay<'_>),
    (device, key): (&Device, &PublicKey),
    cargo: &Cargo,
    asked: &Asked<'_>,
    out: impl Write,
    now: Timestamp,
) -> Result<(), FerryRefused> {
    let (own, first) = store.write(|tx| {
        let agreed = agree(tx, device, &cargo.hub_logs, now)?;
        let first = Answer {
            kind: ANSWER.to_owned(),
            hub: tx.hub_id()?,
            origin: device.log.clone(),
            made_at: now,
            holds: acknowledge(tx, &device.log, tx.head(&device.log)?, now)?,
            log: agreed.log,
            from: agreed.from,
            give_back: agreed.give_back,
            behind: asked.behind,
        };
        Ok::<_, StepError>((tx.hub_key()?, first))
    })?;
    let mut file = Loading::begin(out, key, &own, &first)?;
    let mut after = first.from.seq;
    loop {
        let asked = PullRequest { log: first.log.clone(), after };
        let pulled = pull(store, device, &asked)?;
        let more = pulled.more;
        after += pulled.events.len() as u64;
        file.add(&Load::Pulled(pulled))?;
        if !more {
            break;
        }
    }
    let (sent, hub_log) = (asked.position.sent.clone(), first.log);
    let position = CheckRequest { sent, hub_log, pulled: after };
    file.add(&Load::Checked(check(store, device, &position, now)?))?;
    if asked.policy {
        file.add(&Load::Policy(policy::policy(store, device, now)?))?;
    }
    if let Some(transfers) = &asked.transfers {
        file.add(&Load::Transferred(transfers.clone()))?;
    }
    add_help(store, (device, cargo, asked), &mut file, now)?;
    for held in quay.standing()? {
        file.add(&Load::Held(held))?;
    }
    let have = RosterRequest { have: cargo.roster.clone() };
    file.add(&Load::Roster(roster::roster(store, &have, now)?))?;
    add_guide(store, cargo, &mut file)?;
    file.finish()?;
    Ok(())
}

/// The list of 帮您办 of the station behind what the window holds, if it told.
fn add_help<W: Write>(
    store: &HubStore,
    (device, cargo, asked): (&Device, &Cargo, &Asked<'_>),
    file: &mut Loading<W>,
    now: Timestamp,
) -> Result<(), FerryRefused> {
    let Some(mut after) = cargo.help.clone() else { return Ok(()) };
    let mut refused = asked.refused_help.clone();
    loop {
        let request = HelpRequest { after, records: Vec::new() };
        let mut said = help(store, device, &request, now)?;
        said.refused = std::mem::take(&mut refused);
        after = said.end();
        let more = said.more;
        file.add(&Load::Helped(said))?;
        if !more {
            return Ok(());
        }
    }
}

/// The newest release of the guide, where the window has another.
fn add_guide<W: Write>(
    store: &HubStore,
    cargo: &Cargo,
    file: &mut Loading<W>,
) -> Result<(), FerryRefused> {
    let Some(newest) = guide::news(store, &NewsRequest { have: None })?.release else {
        return Ok(());
    };
    let said: ReleaseStatement = serde_json::from_str(&newest.statement.text)
        .map_err(|_| StoreError::Unreadable("已发布的指南"))?;
    if cargo.guide.as_deref() == Some(said.digest.as_str()) {
        return Ok(());
    }
    let whole = newest.whole;
    file.add(&Load::Release(newest))?;
    let mut part = 0;
    while part_len(whole, part).is_some() {
        let request = PartRequest { digest: said.digest.clone(), base: None, part };
        file.add(&Load::Part(guide::part(store, &request)?))?;
        part += 1;
    }
    Ok(())
}
