//! The case number (办件编号): region, station, window device, date, sequence, check character.
//!
//! The device code is given out once by the hub, so numbers of two devices never meet, offline or
//! not. A number made in practice begins with `YS` (演示) and can't be mistaken for a real one.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ledger::LedgerKind;

/// Where a number comes from: the same for every number of one device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NumberSource {
    /// 行政区划代码, for instance `150785`.
    pub region: String,
    /// 站点代码.
    pub station: String,
    /// The device code that the hub gave out.
    pub device: String,
    /// Whether numbers are marked as practice.
    pub practice: bool,
}

impl NumberSource {
    /// What a number made in practice (演示) begins with.
    fn mark(&self) -> &'static str {
        if self.practice { PRACTICE } else { "" }
    }

    /// What every case number of the device begins with.
    pub fn prefix(&self) -> String {
        let Self { region, station, device, .. } = self;
        format!("{}{region}-{station}-{device}-", self.mark())
    }

    /// What every number of a ledger of the device begins with. They name no region.
    pub fn ledger_prefix(&self, kind: LedgerKind) -> String {
        let Self { station, device, .. } = self;
        format!("{}{}-{station}-{device}-", self.mark(), kind.letters())
    }
}

/// Whether `code` may stand in a number: one to eight of `0-9 A-Z`.
pub fn is_valid_code(code: &str) -> bool {
    (1..=8).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

/// What a number made in practice (演示) begins with.
const PRACTICE: &str = "YS-";

/// A case number that was checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct CaseNumber(String);

/// A text that is no case number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a case number: {0}")]
pub struct NotACaseNumber(pub String);

impl CaseNumber {
    /// The number of the `sequence`-th (from 1) case of this device on that day.
    pub fn new(source: &NumberSource, on: Date, sequence: u32) -> Self {
        let body = format!(
            "{}{:04}{:02}{:02}-{sequence:04}",
            source.prefix(),
            on.year(),
            on.month(),
            on.day(),
        );
        let check = check_character(&body);
        Self(format!("{body}-{check}"))
    }

    /// As shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where it comes from.
    pub fn source(&self) -> NumberSource {
        let mut parts = self.0.strip_prefix(PRACTICE).unwrap_or(&self.0).split('-');
        let mut next = || parts.next().unwrap_or_default().to_owned();
        let (region, station, device) = (next(), next(), next());
        NumberSource { region, station, device, practice: self.is_practice() }
    }

    /// The code of the device that gave it out.
    pub fn device(&self) -> &str {
        let body = self.0.strip_prefix(PRACTICE).unwrap_or(&self.0);
        body.split('-').nth(2).unwrap_or_default()
    }

    /// Whether it was made in practice.
    pub fn is_practice(&self) -> bool {
        self.0.starts_with(PRACTICE)
    }
}

impl TryFrom<String> for CaseNumber {
    type Error = NotACaseNumber;

    fn try_from(text: String) -> Result<Self, NotACaseNumber> {
        let valid = text.rsplit_once('-').is_some_and(|(body, check)| {
            check.chars().eq([check_character(body)]) && is_body(body)
        });
        if valid { Ok(Self(text)) } else { Err(NotACaseNumber(text)) }
    }
}

impl From<CaseNumber> for String {
    fn from(number: CaseNumber) -> Self {
        number.0
    }
}

impl std::fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether everything before the check character is put together as [`CaseNumber::new`] does.
fn is_body(body: &str) -> bool {
    let parts: Vec<&str> = body.strip_prefix(PRACTICE).unwrap_or(body).split('-').collect();
    let [region, station, device, on, sequence] = parts.as_slice() else { return false };
    let is_code = |code: &&&str| {
        !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
    };
    let is_date = on.len() == 8
        && on.bytes().all(|b| b.is_ascii_digit())
        && Date::strptime("%Y%m%d", on).is_ok();
    // Written with at least four digits, and more only where they are needed.
    let is_sequence = sequence.bytes().all(|b| b.is_ascii_digit())
        && sequence.parse::<u32>().is_ok_and(|n| n > 0 && format!("{n:04}") == **sequence);
    // A region begins with a digit (GB/T 2260): `YS` with its dash lost is no region.
    let is_region = region.starts_with(|c: char| c.is_ascii_digit());
    is_region && [region, station, device].iter().all(is_code) && is_date && is_sequence
}

/// ISO/IEC 7064 MOD 37,36 over the letters and digits: finds every single slip and almost every
/// swap of neighbours.
fn check_character(body: &str) -> char {
    const SET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut product = 36;
    for byte in body.bytes() {
        let Some(value) = SET.iter().position(|s| *s == byte) else { continue };
        let sum = (product + value) % 36;
        product = (if sum == 0 { 36 } else { sum } * 2) % 37;
    }
    char::from(SET[(37 - product) % 36])
}

#[cfg(test)]
mod tests;
