//! What a clerk can do, one file per action: load, ask the rules, write once.
//!
//! Owns the session (who is signed in), the guide in memory and the order of steps. It refuses to
//! know rules (they are `domain`'s), SQL (`storage`'s) and the network (`sync`'s). Both doors and
//! the command line call these same functions.

pub mod accounts;
pub mod assess;
pub mod away;
pub mod browse;
pub mod bundle;
pub mod cases;
pub mod clock;
mod conflicts;
pub mod correction;
mod desk;
mod devices;
pub mod drafts;
pub mod enquiry;
mod error;
pub mod evaluation;
pub mod figures;
pub mod filing;
pub mod forms;
pub mod guide;
pub mod handover;
pub mod issuing;
pub mod ledger;
pub mod papers;
pub mod parties;
pub mod printing;
pub mod profile;
mod progress;
pub mod releases;
pub mod renewal;
pub mod scans;
pub mod scenario;
mod seal;
pub mod shift;
pub mod signing;
pub mod steps;
pub mod templates;
#[cfg(test)]
mod tests;
mod told;
pub mod training;
pub mod transfer;
pub mod verification;
pub mod view;
pub mod workbench;

pub use clock::{Clock, SystemClock};
pub use desk::Desk;
pub use error::DeskError;
