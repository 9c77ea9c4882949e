//! Step 11: the list of 帮您办 that the windows of a station share.
//!
//! The hub judges whether a record may come into the list, never what is to become of its entry:
//! that is folded from the list, at every window alike (`yichuang_domain::ledger::shared`). What it
//! took in stays. It takes no other ledger, and nothing that a device did not write itself unless it
//! gave its own word for it before.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use yichuang_domain::case::Actor;
use yichuang_domain::case::log::is_log_of;
use yichuang_domain::ledger::shared::{BrokenHelp, HelpRecord, SealedHelp};
use yichuang_domain::ledger::{LedgerAct, LedgerKind};
use yichuang_protocol::help::{
    ENTRY_RECORDS, HELP_RECORDS, HelpRefusal, HelpReply, HelpRequest, RefusedHelp, SentHelp,
    chained, check_voucher, help_len, vouch,
};
use yichuang_protocol::limits::BATCH_BYTES;
use yichuang_protocol::{Fault, FaultCode, Position, PublicKey};

use crate::error::StepError;
use crate::store::{Device, HubStore, NewHelp, StoreError, Tx};

/// The longest 工号 or name of a clerk, in characters.
const LONGEST_NAME: usize = 100;
/// The longest number of an entry.
const LONGEST_NUMBER: usize = 80;

/// Why a record is not taken.
type Refused = (HelpRefusal, &'static str);

/// Takes what the list lacks, and gives what the window lacks of it.
///
/// # Errors
/// `too-large`; or the store's. What is refused of single records is in the answer.
pub fn help(
    store: &HubStore,
    device: &Device,
    request: &HelpRequest,
    now: Timestamp,
) -> Result<HelpReply, StepError> {
    let bytes: usize = request.records.iter().map(|sent| sent.text.len()).sum();
    let one = request.records.len() <= 1;
    if request.records.len() > HELP_RECORDS || bytes > BATCH_BYTES && !one {
        let message = "一次上传的帮您办记录过多，请升级本机程序";
        return Err(Fault::at(FaultCode::TooLarge, "records", message).into());
    }
    // Most requests only look: those need not wait for who writes.
    let refused = match request.records.is_empty() {
        true => Vec::new(),
        false => store.write(|tx| take(tx, device, &request.records, now))?,
    };
    store.read(|tx| Ok(give(tx, device, &request.after, refused.clone())?))
}

fn station(device: &Device) -> (&str, &str) {
    (&device.region, &device.station)
}

fn give(
    tx: &Tx<'_>,
    device: &Device,
    after: &Position,
    refused: Vec<RefusedHelp>,
) -> Result<HelpReply, StoreError> {
    let at = station(device);
    let there = tx.has_help_place(at, after)?;
    let from = if there { after.clone() } else { Position::start() };
    let mut found = tx.help_after(at, from.seq, HELP_RECORDS + 1)?;
    let all = found.len();
    found.truncate(help_len(found.iter().map(|sealed| sealed.text.len())));
    let key = tx.hub_key()?;
    let more = found.len() < all;
    let records = found.into_iter().map(|sealed| vouch(&key, at, sealed)).collect();
    Ok(HelpReply { asked: after.clone(), from, records, more, refused })
}

/// What of a station's list bears on some records.
struct Known<'a> {
    device: &'a Device,
    trial: bool,
    key: PublicKey,
    listed: HashSet<String>,
    of_entry: HashMap<String, u64>,
}

fn take(
    tx: &Tx<'_>,
    device: &Device,
    sent: &[SentHelp],
    now: Timestamp,
) -> Result<Vec<RefusedHelp>, StoreError> {
    let at = station(device);
    let mut refused = Vec::new();
    let mut refuse = |hash: &str, (code, message): Refused| {
        tracing::warn!(origin = %device.log, code = code.as_str(), "a record of 帮您办 was refused");
        let (code, message) = (code.as_str().to_owned(), message.to_owned());
        refused.push(RefusedHelp { hash: hash.to_owned(), code, message });
    };
    let mut opened = Vec::with_capacity(sent.len());
    for one in sent {
        let sealed = SealedHelp { text: one.text.clone(), hash: one.hash.clone() };
        match sealed.open() {
            Ok(record) => opened.push((sealed, record, one.signature.as_deref())),
            Err(broken) => refuse(&one.hash, why_broken(broken)),
        }
    }
    let hashes = opened.iter().map(|(sealed, ..)| sealed.hash.clone()).collect();
    let entries: HashSet<String> =
        opened.iter().map(|(_, record, _)| record.entry.clone()).collect();
    let mut known = Known {
        device,
        trial: tx.trial()?.unwrap_or(false),
        key: tx.hub_key()?.public(),
        listed: tx.known_help(at, hashes)?,
        of_entry: tx.help_of_entries(at, entries.into_iter().collect())?,
    };
    let mut end = tx.help_end(at)?;
    let mut new = Vec::new();
    for (sealed, record, signature) in opened {
        if known.listed.contains(&sealed.hash) {
            continue;
        }
        if let Err(why) = judge(&known, (&sealed.hash, &record, signature)) {
            refuse(&sealed.hash, why);
            continue;
        }
        known.listed.insert(sealed.hash.clone());
        *known.of_entry.entry(record.entry.clone()).or_default() += 1;
        end = chained(&end, &sealed.hash);
        let HelpRecord { entry, origin, .. } = record;
        new.push(NewHelp { at: end.clone(), sealed, entry, origin });
    }
    tx.add_help(at, &new, now)?;
    Ok(refused)
}

fn why_broken(broken: BrokenHelp) -> Refused {
    match broken {
        BrokenHelp::HashMismatch => (HelpRefusal::HashMismatch, "记录与其摘要不符"),
        BrokenHelp::TooLong => (HelpRefusal::Malformed, "记录过长，大厅中心不收"),
        BrokenHelp::Unreadable => (
            HelpRefusal::Malformed,
            "大厅中心读不懂这条记录：请管理员升级大厅中心，记录仍在本机，会再次上传",
        ),
    }
}

/// Whether a record may come into the list.
fn judge(
    known: &Known<'_>,
    (hash, help, signature): (&str, &HelpRecord, Option<&str>),
) -> Result<(), Refused> {
    let at = station(known.device);
    let vouched = signature.is_some_and(|word| check_voucher(&known.key, at, (hash, word)).is_ok());
    let own = is_log_of(&help.origin, &known.device.origin);
    if !own && !vouched {
        return Err((HelpRefusal::OtherDevice, "这条记录不是本窗口写的，大厅中心不收"));
    }
    if !is_actor(&help.record.actor) {
        return Err((HelpRefusal::Malformed, "记录的经办人有误"));
    }
    match known.of_entry.get(&help.entry).copied().unwrap_or(0) {
        0 if help.registers().is_none() => {
            return Err((HelpRefusal::UnknownEntry, "大厅中心没有这条登记，会再次上传"));
        }
        n if n >= ENTRY_RECORDS => {
            return Err((HelpRefusal::EntryFull, "这一条的记录太多，请办结后另行登记"));
        }
        _ => {}
    }
    match &help.record.act {
        LedgerAct::Registered { kind, .. } if *kind != LedgerKind::Assistance => {
            Err((HelpRefusal::OtherLedger, "只有帮您办由全站共用，其他台账留在本窗口"))
        }
        LedgerAct::Registered { practice: true, .. } if !known.trial => {
            Err((HelpRefusal::PracticeMismatch, "演练的登记不能进入正式大厅中心"))
        }
        LedgerAct::Registered { practice: false, .. } if known.trial => {
            Err((HelpRefusal::PracticeMismatch, "本大厅中心只收演练的登记"))
        }
        // What the hub gave its word for bears the number of another device.
        LedgerAct::Registered { number, .. } if own && !is_number(number, known) => {
            Err((HelpRefusal::Malformed, "登记的编号不是本窗口设备的编号"))
        }
        _ => Ok(()),
    }
}

fn is_actor(actor: &Actor) -> bool {
    let fits = |text: &str| {
        !text.trim().is_empty()
            && text.chars().count() <= LONGEST_NAME
            && !text.chars().any(char::is_control)
    };
    fits(&actor.id) && fits(&actor.name)
}

fn is_number(number: &str, known: &Known<'_>) -> bool {
    let prefix = known.device.number_source(known.trial).ledger_prefix(LedgerKind::Assistance);
    let own = number.strip_prefix(&prefix);
    number.len() <= LONGEST_NUMBER
        && own.is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        })
}

#[cfg(test)]
mod tests;
