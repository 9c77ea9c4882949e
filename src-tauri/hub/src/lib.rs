//! The hub: receives every window's log and answers with signed acknowledgements.
//!
//! Owns the server's side of the exchange that `docs/protocol.md` tells, one file per step, and the
//! hub's database and the store of attachments. The rules of a case are the domain's; what a window sends is judged here only
//! for whether it may enter ([`judge`]). Nothing that a window ever sent is changed or dropped.

pub mod append;
pub mod attachments;
pub mod cli;
pub mod clock;
pub mod decide;
pub mod enrolment;
pub mod error;
pub mod ferry;
mod gauges;
pub mod guide;
pub mod help;
pub mod http;
mod hub_log;
pub mod judge;
pub mod listing;
mod logging;
pub mod moving;
pub mod neighbourhood;
pub mod objects;
pub mod office;
pub mod office_token;
pub mod pace;
mod parties;
pub mod policy;
pub mod progress;
pub mod publish;
pub mod receive;
pub mod region;
pub mod roster;
pub mod secrets;
pub mod server;
pub mod session;
pub mod store;
pub mod throttle;
pub mod transfer;

#[cfg(test)]
mod sample;

pub use clock::{Clock, SystemClock};
pub use error::HubError;
pub use objects::{Objects, Place};
pub use server::{Hub, Running, Tls};
pub use store::{HubStore, StoreError};
