//! What travels between a window and its hub.
//!
//! This crate owns the words both sides speak: one file per step of the exchange, the versions,
//! the limits, and the signatures, and how all that is written into a ferry file ([`ferry`]). It opens
//! no file and no connection, and knows no storage. The exchange as a whole is
//! told in `docs/protocol.md`; golden samples of every message are in `golden/`, and a change that
//! breaks one is a new [version](version).
//!
//! What is signed or hashed is text, sent as a JSON string and checked byte for byte as it came:
//! neither side ever encodes it again.

pub mod attachment;
mod bytes;
pub mod check;
pub mod enrol;
pub mod fault;
pub mod ferry;
pub mod guide;
pub mod hello;
pub mod help;
pub mod hub_log;
pub mod keys;
pub mod limits;
pub mod mark;
pub mod office;
pub mod packing;
pub mod policy;
pub mod position;
pub mod progress;
pub mod pull;
pub mod push;
pub mod roster;
pub mod sealed_pdf;
pub mod session;
pub mod transfer;
pub mod version;

pub use fault::{Fault, FaultCode};
pub use guide::ReleaseStatement;
pub use keys::{PrivateKey, PublicKey, SignedText, Unsigned};
pub use mark::PaperMark;
pub use position::{Acknowledgement, Position};
pub use progress::{CheckCode, ProgressAddress};
pub use roster::{Roster, RosterStatement};

#[cfg(test)]
mod golden;
#[cfg(test)]
mod hostile;
