//! The applicant asks how far a case is (办件进度查询), with the number and the check code of a receipt.
//!
//! What is told is the domain's (`yichuang_domain::progress`), what a code is the protocol's. Here:
//! who may ask how often ([`Guard`]), and that nobody learns from an answer which numbers there are.

mod guard;

use std::net::IpAddr;

use jiff::Timestamp;
use yichuang_domain::case::Case;
use yichuang_domain::numbering::CaseNumber;
use yichuang_domain::typed::half_width;
use yichuang_protocol::{CheckCode, PaperMark, PublicKey};

use crate::error::StepError;
use crate::secrets;
use crate::store::{Device, HubStore, StoreError};

pub use guard::{Guard, TooMany};

/// A question that was answered.
#[derive(Debug)]
pub enum Answered {
    /// The case, and the device that took it in.
    Case(Box<Case>, Device),
    /// The code is that of the number, but the window has not sent the case yet.
    NotArrived,
    /// There is no such number, or it has another code: nobody is told which.
    Wrong,
}

/// A case number as typed on a telephone: small, wide, with blanks or other dashes. None if it is
/// none, by its check character already.
pub fn read_number(typed: &str) -> Option<CaseNumber> {
    // Twice the longest number: what is longer was not typed from a receipt.
    const LONGEST: usize = 128;
    if typed.len() > LONGEST {
        return None;
    }
    let plain = |c: char| match half_width(c) {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    };
    let typed = typed.chars().filter(|c| !c.is_whitespace()).map(plain);
    CaseNumber::try_from(typed.map(|c| c.to_ascii_uppercase()).collect::<String>()).ok()
}

/// Answers a question. A number that does not exist and a code that is wrong go the same way: the
/// same is read and the same is computed, and the case is looked for only where the code is right.
///
/// # Errors
/// The store's.
pub fn answer(
    store: &HubStore,
    number: &CaseNumber,
    code: &CheckCode,
) -> Result<Answered, StoreError> {
    store.read(|tx| {
        let device = tx.device_with_code(number.device())?;
        let hub = tx.hub_key()?;
        let known = device.as_ref().and_then(|d| PublicKey::from_base64(&d.public_key).ok());
        let right = CheckCode::of(&hub, &known.unwrap_or_else(|| hub.public()), number);
        let same = secrets::same(right.as_str(), code.as_str());
        let Some(device) = device.filter(|_| same && known.is_some()) else {
            return Ok(Answered::Wrong);
        };
        Ok(match tx.find_case(number.as_str())? {
            Some(found) => Answered::Case(Box::new(found.case), device),
            None => Answered::NotArrived,
        })
    })
}

/// Whose paper a scanned code is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanned {
    /// Of a window of this hub.
    Ours {
        /// 大厅名称.
        hall: String,
        /// 窗口.
        window: String,
    },
    /// Signed by no device that may sign.
    Foreign,
}

/// Proves the mark of a scanned paper.
///
/// # Errors
/// The store's.
pub fn prove(store: &HubStore, mark: &PaperMark) -> Result<Scanned, StoreError> {
    let device = store.read(|tx| tx.roster_device(&mark.device))?;
    let Some(device) = device else { return Ok(Scanned::Foreign) };
    let key = PublicKey::from_base64(&device.key);
    let signed = key.is_ok_and(|key| mark.verify(&key).is_ok());
    let revoked = device.revoked.as_ref().is_some_and(|r| mark.issued_on >= r.from);
    Ok(match signed && !revoked {
        true => Scanned::Ours { hall: device.hall, window: device.window },
        false => Scanned::Foreign,
    })
}

/// Asks within what [`Guard`] allows.
///
/// # Errors
/// [`Asked::TooMany`] where it does not; or the store's.
pub fn ask(
    store: &HubStore,
    guard: &Guard,
    from: IpAddr,
    (number, code): (&CaseNumber, &CheckCode),
    now: Timestamp,
) -> Result<Asked, StepError> {
    if let Err(too_many) = guard.admit(number, from, now) {
        return Ok(Asked::TooMany(too_many));
    }
    let answered = answer(store, number, code)?;
    if !matches!(answered, Answered::Wrong) {
        guard.forgive(number, from);
    }
    Ok(Asked::Answered(answered))
}

/// What came of asking.
#[derive(Debug)]
pub enum Asked {
    /// An answer.
    Answered(Answered),
    /// It failed too often; nothing was looked at.
    TooMany(TooMany),
}

#[cfg(test)]
mod tests;
