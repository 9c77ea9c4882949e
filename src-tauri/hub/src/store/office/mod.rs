//! The tables of the back office: accounts, sessions, attempts to sign in, the audit, and what
//! lists of cases are sorted by.

mod accounts;
mod attempts;
mod audit;
mod filed;
mod queue;
mod sessions;

pub use accounts::Account;
pub use attempts::Attempts;
pub use audit::{AuditEntry, AuditQuery};
pub use filed::{FiledCase, FiledPlace, FiledQuery};
pub use queue::{QueueQuery, QueuedCase};

use jiff::Timestamp;

use super::StoreError;

/// How far lists are counted, and can be leafed through: beyond that nobody looks, and counting a
/// million lines would take a second.
pub const COUNTED: u64 = 10_000;

/// A pattern for `LIKE … ESCAPE '\'` that finds a text anywhere; empty for no text.
pub(super) fn anywhere(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

pub(super) fn time(milliseconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(milliseconds).map_err(|_| StoreError::Unreadable("时间"))
}

#[cfg(test)]
mod tests;
