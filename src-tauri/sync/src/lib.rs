//! The window's side of the exchange with its hub.
//!
//! Owns what to do next ([`plan`], pure), the doing ([`run`], [`enrol`]), the connection ([`Line`]),
//! the exchange in files where there is none ([`ferry`]), and when to try again ([`retry`]). It
//! knows no rule of a case and writes nothing but through `storage`. It trusts nothing a hub says
//! that it can check: signatures, positions, hashes and sizes are checked before anything changes.

mod address;
mod attachments;
mod books;
mod client;
mod earlier;
mod enrolment;
mod error;
pub mod ferry;
mod guide;
mod help;
mod line;
mod outgoing;
pub mod plan;
mod policy;
pub mod retry;
mod roster;
mod run;
mod trust;
mod wanted;

pub use attachments::AttachmentsReport;
pub use enrolment::{enrol, enrol_over};
pub use error::SyncError;
pub use guide::{Declined, GuideShelf};
pub use line::{Answer, Line, Packed};
pub use run::{SyncReport, run, run_over};

/// Where the time comes from.
pub type Now<'a> = &'a dyn Fn() -> jiff::Timestamp;
