//! What must be true of every history (the numbers are those of the invariants):
//! the words given to a clerk while it goes on, and everything at its end.

use std::collections::{BTreeMap, BTreeSet};

use yichuang_hub::{StoreError, listing};
use yichuang_protocol::Position;
use yichuang_sync::SyncReport;

use crate::help;
use crate::window::{Scan, Window};
use crate::world::World;

/// How many syncs a window may need on a good line.
const ROUNDS: usize = 4;

/// 2: what a clerk was told is kept, and nothing of what was refused.
///
/// # Errors
/// What is not so.
pub fn keeps_its_word(window: &Window) -> Result<(), String> {
    let (told, kept) = (window.told, window.acted());
    if told == kept {
        Ok(())
    } else {
        Err(format!("the clerk knows of {told} events, kept are {kept}"))
    }
}

/// 3: on a good line every window ends in step with the hub.
///
/// # Errors
/// Which does not.
pub fn comes_to_rest(world: &mut World) -> Result<(), String> {
    // What one window sends last the others hear of in the second round.
    for (nth, window) in world.windows.iter().enumerate().chain(world.windows.iter().enumerate()) {
        let mut last = String::new();
        for _ in 0..ROUNDS {
            match window.sync(&world.net, false) {
                Ok(SyncReport { attachments, help_trouble, .. }) => {
                    last = help_trouble.or(attachments.trouble).unwrap_or_default().to_owned();
                    if last.is_empty() && !attachments.more {
                        break;
                    }
                }
                Err(error) if error.is_passing() => last = error.code().to_owned(),
                Err(error) => {
                    return Err(format!(
                        "window {nth} meets something permanent: {}: {error}",
                        error.code()
                    ));
                }
            }
        }
        if !last.is_empty() {
            return Err(format!("window {nth} never comes to rest: {last}"));
        }
        mark_is_right(window).map_err(|what| format!("window {nth}: {what}"))?;
    }
    Ok(())
}

/// 3: what counts as sent is what was sent.
fn mark_is_right(window: &Window) -> Result<(), String> {
    let store = window.store();
    let seq = store.head().map_err(|error| error.to_string())?.seq;
    let mark = store.sync_state().map_err(|error| error.to_string())?.acknowledged_seq;
    if mark == seq {
        return Ok(());
    }
    Err(format!("3: the mark stands at {mark} of {seq}, and the sync says it is in step"))
}

/// Everything, at the end.
///
/// # Errors
/// What is wrong.
pub fn is_whole(world: &World) -> Result<(), String> {
    let mut numbers = BTreeMap::new();
    let mut filed = BTreeSet::new();
    for (nth, window) in world.windows.iter().enumerate() {
        logs_are_the_same(world, window).map_err(|what| format!("window {nth}: {what}"))?;
        papers_have_records(window).map_err(|what| format!("window {nth}: {what}"))?;
        scans_have_arrived(world, window).map_err(|what| format!("window {nth}: {what}"))?;
        for receipt in &window.receipts {
            if !receipt.bad && numbers.insert(receipt.number.to_string(), nth).is_some() {
                return Err(format!("5: the number {} was given out twice", receipt.number));
            }
            if !receipt.bad {
                filed.insert(receipt.number.to_string());
            }
        }
    }
    help::is_the_same_everywhere(world)?;
    cases_are_the_same(world, &filed)
}

/// 3: the hub holds every event of the window, each once, byte for byte.
fn logs_are_the_same(world: &World, window: &Window) -> Result<(), String> {
    let store = window.store();
    let readable = |error: &dyn std::fmt::Display| format!("unreadable: {error}");
    let own = store.head().map_err(|e| readable(&e))?;
    mark_is_right(window)?;
    let origin = window.enrolment().origin;
    let net = world.net.borrow();
    let (head, (count, _), there) = net
        .hub
        .store()
        .read::<_, StoreError>(|tx| {
            let there = tx.events_after(&origin, 0, usize::MAX >> 1)?;
            Ok((tx.head(&origin)?, tx.count(&origin)?, there))
        })
        .map_err(|e| readable(&e))?;
    if head != (Position { seq: own.seq, head: own.hash }) {
        return Err("3: the ends of the logs differ".to_owned());
    }
    if count != own.seq {
        return Err(format!("3: the hub's count is {count} of {}", own.seq));
    }
    if store.unsent(0, usize::MAX >> 1).map_err(|e| readable(&e))? != there {
        return Err("3: the bytes of the events differ".to_owned());
    }
    Ok(())
}

/// 1: every receipt handed out has its case in the log and its paper in the archive.
fn papers_have_records(window: &Window) -> Result<(), String> {
    let store = window.store();
    let audit = store.audit().map_err(|error| error.to_string())?;
    if let Some(found) = audit.findings.first() {
        return Err(format!("1: {} at {}: {}", found.code, found.place, found.message));
    }
    for receipt in &window.receipts {
        let case = store.case(&receipt.case.to_string()).map_err(|error| error.to_string())?;
        if case.is_none_or(|case| case.number != receipt.number) {
            return Err(format!("1: the receipt {} has no case", receipt.paper));
        }
        let paper = store.document(receipt.paper.as_str()).map_err(|error| error.to_string())?;
        if paper.is_none() {
            return Err(format!("1: paper-missing: {}", receipt.paper));
        }
    }
    Ok(())
}

/// 3: every scan of a case that the hub took in is there, byte for byte, and here still.
fn scans_have_arrived(world: &World, window: &Window) -> Result<(), String> {
    let net = world.net.borrow();
    let bad = |scan: &Scan| window.receipts.iter().any(|r| r.bad && r.case == scan.case);
    for scan in &window.scans {
        let here = window.store().attachment(&scan.hash).map_err(|error| error.to_string())?;
        if here != scan.bytes {
            return Err("2: a scan is another one by now".to_owned());
        }
        if bad(scan) {
            continue;
        }
        match net.hub.attachment(&scan.hash) {
            None => return Err(format!("3: the scan {} never arrived", &scan.hash[..12])),
            Some(there) if there != scan.bytes => return Err("3: a scan differs".to_owned()),
            Some(_) => {}
        }
    }
    let left = window.store().attachments_waiting().map_err(|error| error.to_string())?;
    if left.count > 0 {
        return Err(format!("3: {} scans count as waiting, and the sync says none", left.count));
    }
    Ok(())
}

/// 3 and 4: the hub lists every good case once and applied to its end, and no bad one.
fn cases_are_the_same(world: &World, filed: &BTreeSet<String>) -> Result<(), String> {
    let net = world.net.borrow();
    let listed = listing::cases(net.hub.store()).map_err(|error| error.to_string())?;
    let there: BTreeSet<String> = listed.iter().map(|case| case.case_number.clone()).collect();
    if there.len() != listed.len() {
        return Err("3: the hub lists a case twice".to_owned());
    }
    if let Some(lost) = filed.difference(&there).next() {
        return Err(format!("4: the case {lost} is held up: the hub does not list it"));
    }
    if let Some(extra) = there.difference(filed).next() {
        return Err(format!("4: the hub took in {extra}, which nobody filed so"));
    }
    for case in &listed {
        if case.rejected > 0 {
            return Err(format!("4: events of the good case {} are rejected", case.case_number));
        }
        let devices = world.windows.iter();
        let Some(window) = devices.clone().find(|w| w.enrolment().device_code == case.device)
        else {
            return Err(format!("the case {} is no window's", case.case_number));
        };
        let id = &case.case_id;
        let there = net.hub.store().read::<_, StoreError>(|tx| tx.find_case(&case.case_number));
        let there = there.map_err(|error| error.to_string())?.map(|stored| stored.case);
        let holder = there.as_ref().map(|case| case.held_by().to_owned());
        for other in &world.windows {
            let seen = other.store().case(id).map_err(|error| error.to_string())?;
            if seen.is_some() && seen != there {
                return Err(format!("3: the case {} is another one at a window", case.case_number));
            }
            // Whoever has it in hand must be able to go on with it.
            if seen.is_none() && holder.as_ref() == Some(&other.enrolment().origin) {
                return Err(format!("3: the case {} is not where it is held", case.case_number));
            }
        }
        let here = window.store().case(&case.case_id).map_err(|error| error.to_string())?;
        if here.as_ref().map(|case| case.state.as_str()) != Some(case.state) {
            return Err(format!("3: the decision of {} is known on one side", case.case_number));
        }
        if here != there {
            return Err(format!("3: the case {} is two different ones", case.case_number));
        }
    }
    Ok(())
}
