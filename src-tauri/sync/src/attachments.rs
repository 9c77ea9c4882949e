//! The attachments' part of a sync: offering what waits, and sending it chunk by chunk.
//!
//! It comes when everything else is done, and between two chunks it sends what was written
//! meanwhile: cases and papers never wait for scans. Whatever goes wrong with one of them is kept
//! with that one and holds up no other; none of it fails a sync. One sync sends a bounded share,
//! so that news from the hub are never long in coming and the session lasts: what is left is told
//! in the report, and the next sync goes on where this one stopped.

use jiff::{SignedDuration, Timestamp};
use yichuang_protocol::FaultCode;
use yichuang_protocol::attachment::{
    AttachmentRef, CHUNK_PATH, ChunkReply, ChunkRequest, Held, OFFER_PATH, OFFERED, OfferReply,
    OfferRequest, chunk_len,
};
use yichuang_storage::{AttachmentTrouble, StorageError, WaitingAttachment};

use crate::error::SyncError;
use crate::line::ask_in_session;
use crate::run::Exchange;
use crate::trust::tidy;

/// How much one sync sends before it lets the next one begin: nine minutes of a line of
/// 256 kbit/s, where a session lasts fifteen.
const SHARE: u64 = 16 * 1024 * 1024;
/// How long an attachment that was refused is not sent again.
const REST: SignedDuration = SignedDuration::from_hours(1);
/// How often the hub may send a chunk back to where it stands, in one transfer: it stands
/// somewhere else after a lost answer or another hub process, not all the time.
const DETOURS: u32 = 8;

/// What a sync did for attachments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct AttachmentsReport {
    /// How many bytes of scans were sent.
    pub bytes: u64,
    /// How many attachments the hub came to hold whole.
    pub arrived: u64,
    /// Whether some could go on at once: the share of this sync was used up.
    pub more: bool,
    /// Why sending stopped; none if it did not.
    pub trouble: Option<&'static str>,
}

/// Why one attachment does not go up.
#[derive(Debug, thiserror::Error)]
enum Failed {
    /// It concerns this one only.
    #[error("{}", .0.message)]
    One(AttachmentTrouble),
    /// The exchange broke: none can go on.
    #[error(transparent)]
    All(#[from] SyncError),
}

impl From<StorageError> for Failed {
    fn from(error: StorageError) -> Self {
        Self::All(error.into())
    }
}

/// Whether an error of the exchange is about the attachment it was asked for.
fn about_one(error: SyncError, at: Timestamp) -> Failed {
    let its_own = [
        FaultCode::UnknownAttachment,
        FaultCode::AttachmentMismatch,
        FaultCode::BadField,
        FaultCode::Malformed,
        FaultCode::TooLarge,
    ];
    match error {
        SyncError::Refused { code, message } if its_own.iter().any(|own| own.as_str() == code) => {
            Failed::One(AttachmentTrouble { code: code.to_owned(), message, at })
        }
        error => Failed::All(error),
    }
}

pub(crate) fn reference(waiting: &WaitingAttachment) -> AttachmentRef {
    AttachmentRef { case: waiting.case, hash: waiting.hash.clone() }
}

/// Whether it was refused so lately that it would be refused again.
fn rests(waiting: &WaitingAttachment, now: Timestamp) -> bool {
    let Some(trouble) = &waiting.trouble else { return false };
    (SignedDuration::ZERO..REST).contains(&now.duration_since(trouble.at))
}

impl Exchange<'_> {
    /// Brings attachments to the hub, and reports what came of it.
    pub(crate) fn bring_attachments(&mut self, now: Timestamp) {
        let result = self.try_attachments(now);
        if let Err(error) = result {
            tracing::warn!(code = error.code(), "sending attachments stopped");
            self.books.report.attachments.trouble = Some(error.code());
        }
    }

    fn try_attachments(&mut self, now: Timestamp) -> Result<(), SyncError> {
        let mut waiting = self.books.store.waiting_attachments()?;
        waiting.retain(|one| !rests(one, now));
        for some in waiting.chunks(OFFERED) {
            self.go_on()?;
            // Before the hub is asked for what an event announced, it gets the event.
            self.push_waiting()?;
            let Some(held) = self.offer(some)? else { return Ok(()) };
            for (one, held) in some.iter().zip(held) {
                match self.bring(one, held, now) {
                    Ok(()) => {}
                    Err(Failed::One(trouble)) => {
                        tracing::warn!(code = trouble.code, "an attachment was not taken");
                        self.books.store.attachment_trouble(&one.hash, &trouble)?;
                    }
                    Err(Failed::All(error)) => return Err(error),
                }
                if self.books.report.attachments.bytes >= SHARE {
                    self.books.report.attachments.more = true;
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// What the hub holds of them; none where it is too old to take any.
    fn offer(&self, some: &[WaitingAttachment]) -> Result<Option<Vec<Held>>, SyncError> {
        let request = OfferRequest { attachments: some.iter().map(reference).collect() };
        let asked = ask_in_session(self.line, OFFER_PATH, &self.token, &request);
        let reply: OfferReply = match asked {
            Err(SyncError::Refused { code, .. }) if code == FaultCode::NotFound.as_str() => {
                return Ok(None);
            }
            reply => reply?,
        };
        if reply.attachments.len() != some.len() {
            let what = "答复与所问的扫描件对不上";
            return Err(SyncError::BadAnswer { step: OFFER_PATH, what });
        }
        Ok(Some(reply.attachments))
    }

    /// Sends what the hub lacks of one, as far as the share of this sync goes.
    fn bring(&mut self, one: &WaitingAttachment, held: Held, now: Timestamp) -> Result<(), Failed> {
        let bad = |what| {
            let error = SyncError::BadAnswer { step: CHUNK_PATH, what };
            let (code, message) = (error.code().to_owned(), error.to_string());
            Failed::One(AttachmentTrouble { code, message, at: now })
        };
        let mut held = held;
        let mut detours = 0;
        loop {
            let offset = match held {
                Held::Whole => {
                    self.books.store.attachment_held(&one.hash, one.size)?;
                    self.books.report.attachments.arrived += 1;
                    return Ok(());
                }
                Held::Refused { fault } => {
                    let code = fault.code.as_str().to_owned();
                    let message = tidy(&fault.message);
                    return Err(Failed::One(AttachmentTrouble { code, message, at: now }));
                }
                Held::Part { received } => received,
            };
            let len = chunk_len(one.size, offset).ok_or_else(|| bad("扫描件的续传位置有误"))?;
            self.books.store.attachment_held(&one.hash, offset)?;
            if self.books.report.attachments.bytes >= SHARE {
                return Ok(());
            }
            self.go_on()?;
            self.push_waiting()?;
            let bytes = match self.books.store.attachment_part(&one.hash, offset, len) {
                Err(
                    error @ (StorageError::AttachmentMissing | StorageError::AttachmentDamaged),
                ) => {
                    let (code, message) = (error.code().to_owned(), error.to_string());
                    return Err(Failed::One(AttachmentTrouble { code, message, at: now }));
                }
                bytes => bytes?,
            };
            let request = ChunkRequest { attachment: reference(one), offset, bytes };
            let reply: ChunkReply = ask_in_session(self.line, CHUNK_PATH, &self.token, &request)
                .map_err(|error| about_one(error, now))?;
            self.books.report.attachments.bytes += len;
            if !takes(&reply.held, offset + len, one.size) {
                detours += 1;
                if detours > DETOURS {
                    return Err(bad("扫描件的续传位置反复变动"));
                }
            }
            held = reply.held;
        }
    }
}

/// Whether the answer says that the chunk which ends at `end` was taken.
fn takes(held: &Held, end: u64, size: u64) -> bool {
    match held {
        Held::Whole => end == size,
        Held::Part { received } => *received == end,
        Held::Refused { .. } => false,
    }
}
