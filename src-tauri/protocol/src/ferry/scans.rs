//! What the hub holds of the scans that a ferry file offered.
//!
//! A file offers every scan that waits, also those it has no room for: the answer then tells of
//! all of them, and a window learns what came another way in the meantime. Scans travel in the very
//! chunks of the line ([`crate::attachment`]), each whole or not at all, so that none ever depends
//! on a second stick.

use serde::{Deserialize, Serialize};

use crate::attachment::{AttachmentRef, Held};

/// The most bytes of scans in one file, unless its writer is told to take fewer: a FAT32 stick
/// takes no file of 4 GiB, and a file that can't be copied brings nothing.
pub const SCAN_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// What the hub holds of up to [`crate::attachment::OFFERED`] scans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldScans {
    /// One for each scan of an offer.
    pub scans: Vec<HeldScan>,
}

/// What the hub holds of a scan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldScan {
    /// Which.
    #[serde(flatten)]
    pub attachment: AttachmentRef,
    /// How much of it.
    pub held: Held,
}
