//! Step 8: windows bring the bytes of scans that their events announced.
//!
//! Who may bring what follows from the case alone: that device has or had it in hand, and one of its
//! scans that count has that hash. Nothing that a request says becomes part of a path.

use yichuang_domain::case::event::is_hash;
use yichuang_protocol::attachment::{AttachmentRef, ChunkRequest, Held, OFFERED, chunk_len};
use yichuang_protocol::{Fault, FaultCode};

use crate::objects::{Finished, Incoming, ObjectError, Objects};
use crate::store::{Device, HubStore, StoreError};

/// A chunk that was not taken.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// Told to the window.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The hub's own trouble.
    #[error(transparent)]
    Objects(#[from] ObjectError),
}

/// How many bytes each of some attachments has, by what was announced, or why it is refused.
///
/// # Errors
/// The store's.
pub fn announced(
    store: &HubStore,
    device: &Device,
    wanted: &[AttachmentRef],
) -> Result<Vec<Result<u64, Fault>>, StoreError> {
    store.read(|tx| {
        let look = |one: &AttachmentRef| {
            if !is_hash(&one.hash) {
                return Ok(Err(Fault::at(FaultCode::BadField, "hash", "扫描件的摘要格式有误")));
            }
            let case = tx.case_for(device, one.case)?;
            let size = case.and_then(|case| {
                case.attached().find(|a| a.announced.hash == one.hash).map(|a| a.announced.size)
            });
            Ok(size.ok_or_else(unknown))
        };
        wanted.iter().map(look).collect()
    })
}

fn unknown() -> Fault {
    let message = "大厅中心没有这份扫描件的登记，或已被移除，不能接收";
    Fault::at(FaultCode::UnknownAttachment, "hash", message)
}

/// Refuses an offer of too many.
///
/// # Errors
/// `too-large`.
pub fn check_offer(wanted: &[AttachmentRef]) -> Result<(), Fault> {
    if wanted.len() <= OFFERED {
        return Ok(());
    }
    Err(Fault::at(FaultCode::TooLarge, "attachments", "一次询问的扫描件过多，请升级本机程序"))
}

/// How much of an attachment is here.
///
/// # Errors
/// [`ObjectError`].
pub async fn held(objects: &Objects, incoming: Incoming<'_>) -> Result<Held, ObjectError> {
    if objects.holds(incoming.hash, incoming.size).await? {
        return Ok(Held::Whole);
    }
    Ok(Held::Part { received: objects.received(incoming).await? })
}

/// Takes the next chunk of an attachment of `size` bytes; with one that is not the next, says
/// which is.
///
/// # Errors
/// `bad-field` for a chunk that begins or ends where none does; `attachment-mismatch` if the whole
/// is not what was announced; [`ObjectError`].
pub async fn take(
    objects: &Objects,
    device: &Device,
    size: u64,
    request: ChunkRequest,
) -> Result<Held, TakeError> {
    let ChunkRequest { attachment, offset, bytes } = request;
    let incoming = Incoming { device: &device.code, hash: &attachment.hash, size };
    let Some(len) = chunk_len(size, offset) else {
        return Err(Fault::at(FaultCode::BadField, "offset", "扫描件没有从这里开始的分块").into());
    };
    if bytes.len() as u64 != len {
        return Err(Fault::at(FaultCode::BadField, "bytes", "扫描件分块的长度有误").into());
    }
    let received = match held(objects, incoming).await? {
        Held::Part { received } if received == offset => offset + len,
        held => return Ok(held),
    };
    if received < size {
        objects.stage(incoming, offset, bytes).await?;
        return Ok(Held::Part { received });
    }
    match objects.finish(incoming, &bytes).await? {
        Finished::Kept => {
            tracing::info!(device = %device.code, size, "an attachment arrived");
            Ok(Held::Whole)
        }
        Finished::Mismatch => {
            tracing::warn!(device = %device.code, hash = incoming.hash, "an attachment is not what was announced");
            let message = "收到的扫描件与登记的摘要不符，已全部丢弃：请重新扫描并添加";
            Err(Fault::at(FaultCode::AttachmentMismatch, "hash", message).into())
        }
    }
}
