//! Scans in ferry files: which go aboard, and what an answer says of them.
//!
//! A scan goes aboard whole, also where the hub was once heard to hold the first of it: a trip
//! costs more than bytes, and what waits at the hub unfinished is swept away after a while. They
//! are read chunk by chunk, so that a file of gigabytes takes no more memory than a small one.

use std::io::Write;

use jiff::Timestamp;
use yichuang_protocol::attachment::{ChunkRequest, Held, OFFERED, OfferRequest, chunk_len};
use yichuang_protocol::ferry::{HeldScan, HeldScans, Load, Loading, Phase, Progress};
use yichuang_storage::{AttachmentTrouble, StorageError, Store, WaitingAttachment};

use crate::attachments::reference;
use crate::books::Books;
use crate::error::SyncError;
use crate::trust::tidy;

/// What of the scans went aboard a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct ScansAboard {
    /// How many scans.
    pub scans: u64,
    /// How many bytes of them.
    pub scan_bytes: u64,
    /// How many had no room: they go with the next file.
    pub scans_left: u64,
    /// How many can't be read on this machine; each has its trouble noted.
    pub scans_unreadable: u64,
}

/// Chooses the scans for a file of at most `room` bytes of them, the oldest first, those that were
/// refused before last; gives these and how many stay behind.
fn choose(waiting: &[WaitingAttachment], room: u64) -> (Vec<&WaitingAttachment>, u64) {
    let (troubled, sound): (Vec<_>, Vec<_>) = waiting.iter().partition(|w| w.trouble.is_some());
    let mut room = room;
    let mut left = 0;
    let mut aboard = Vec::new();
    for one in sound.into_iter().chain(troubled) {
        if one.size <= room {
            room -= one.size;
            aboard.push(one);
        } else {
            left += 1;
        }
    }
    (aboard, left)
}

/// Offers every scan that waits, and takes aboard those that there is room for.
///
/// # Errors
/// [`SyncError`]. A scan that can't be read is noted and left out.
pub(super) fn load<W: Write>(
    store: &Store,
    file: &mut Loading<W>,
    waiting: &[WaitingAttachment],
    room: u64,
    (progress, now): (&Progress, Timestamp),
) -> Result<ScansAboard, SyncError> {
    for some in waiting.chunks(OFFERED) {
        let attachments = some.iter().map(reference).collect();
        file.add(&Load::Offer(OfferRequest { attachments }))?;
    }
    let (chosen, scans_left) = choose(waiting, room);
    progress.begin(Phase::Scans, chosen.iter().map(|one| one.size).sum());
    let mut aboard = ScansAboard { scans_left, ..ScansAboard::default() };
    for one in chosen {
        match add(store, file, one, progress) {
            Ok(()) => {
                aboard.scans += 1;
                aboard.scan_bytes += one.size;
            }
            Err(SyncError::Storage(
                error @ (StorageError::AttachmentMissing | StorageError::AttachmentDamaged),
            )) => {
                let (code, message) = (error.code().to_owned(), error.to_string());
                tracing::warn!(code, "a scan was left out of a ferry file");
                store
                    .attachment_trouble(&one.hash, &AttachmentTrouble { code, message, at: now })?;
                aboard.scans_unreadable += 1;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(aboard)
}

fn add<W: Write>(
    store: &Store,
    file: &mut Loading<W>,
    one: &WaitingAttachment,
    progress: &Progress,
) -> Result<(), SyncError> {
    let mut offset = 0;
    while let Some(len) = chunk_len(one.size, offset) {
        progress.go_on()?;
        let bytes = store.attachment_part(&one.hash, offset, len)?;
        file.add(&Load::Chunk(ChunkRequest { attachment: reference(one), offset, bytes }))?;
        progress.add(len);
        offset += len;
    }
    Ok(())
}

impl Books<'_> {
    /// Notes what the hub holds of scans. What was heard to be there whole stays so: the answer may
    /// be older than the line. Gives how many it takes none of.
    ///
    /// # Errors
    /// The storage's.
    pub(super) fn note_held(&mut self, said: HeldScans, now: Timestamp) -> Result<u64, SyncError> {
        let mut refused = 0;
        for HeldScan { attachment, held } in said.scans {
            let hash = &attachment.hash;
            // Taken off meanwhile.
            let Some(standing) = self.store.attachment_standing(hash)? else { continue };
            if standing.held >= standing.size {
                continue;
            }
            match held {
                Held::Whole => {
                    self.store.attachment_held(hash, standing.size)?;
                    self.report.attachments.arrived += 1;
                }
                Held::Part { received } if received < standing.size => {
                    self.store.attachment_held(hash, received)?;
                }
                // More than there is: the hub does not mean this one.
                Held::Part { .. } => {}
                Held::Refused { fault } => {
                    let code = fault.code.as_str().to_owned();
                    let message = tidy(&fault.message);
                    let trouble = AttachmentTrouble { code, message, at: now };
                    self.store.attachment_trouble(hash, &trouble)?;
                    refused += 1;
                }
            }
        }
        Ok(refused)
    }
}

#[cfg(test)]
mod tests;
