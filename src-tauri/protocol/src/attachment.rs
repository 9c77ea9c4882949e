//! Step 8, attachments: the bytes of scans, in chunks, after the events that announced them.
//!
//! What must come is in the log: an attachment belongs to a case of the device, whose event says
//! hash and size. So a chunk says nothing but where it belongs. A transfer goes on where the hub
//! stands, whatever became of the answers in between; the last chunk is answered only when the
//! whole has been proven and kept.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yichuang_domain::case::CaseId;
use yichuang_domain::case::event::Hash;

use crate::fault::Fault;
use crate::limits::CHUNK_BYTES;

/// Where attachments are offered: `POST`, with a token.
pub const OFFER_PATH: &str = "/v1/attachment/offer";
/// Where their chunks go: `POST`, with a token.
pub const CHUNK_PATH: &str = "/v1/attachment/chunk";

/// The most attachments of one offer.
pub const OFFERED: usize = 100;

/// An attachment, by the case that announced it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct AttachmentRef {
    /// The case.
    #[schema(value_type = String)]
    pub case: CaseId,
    /// SHA-256 of its bytes.
    pub hash: Hash,
}

/// A window asks how much the hub holds of its attachments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfferRequest {
    /// Up to [`OFFERED`].
    pub attachments: Vec<AttachmentRef>,
}

/// How much the hub holds of an attachment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "standing", rename_all = "kebab-case")]
pub enum Held {
    /// All of it, proven.
    Whole,
    /// The first bytes of it, so many; the next chunk begins there.
    Part {
        /// Bytes.
        received: u64,
    },
    /// None of it, and it takes none.
    Refused {
        /// Why.
        fault: Fault,
    },
}

/// The hub's answer to an offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfferReply {
    /// One for each, in the same order.
    pub attachments: Vec<Held>,
}

/// A window sends the next chunk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChunkRequest {
    /// Of which attachment.
    #[serde(flatten)]
    pub attachment: AttachmentRef,
    /// Where it begins: a multiple of [`CHUNK_BYTES`].
    pub offset: u64,
    /// [`CHUNK_BYTES`] bytes; what is left in the last chunk.
    #[serde(with = "crate::bytes")]
    #[schema(value_type = String, format = Byte)]
    pub bytes: Vec<u8>,
}

/// The hub's answer to a chunk: what it holds now. It took the chunk if that is where the chunk
/// ends; otherwise it tells where to go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChunkReply {
    /// Never [`Held::Refused`]: that is a fault.
    pub held: Held,
}

/// How many bytes the chunk at `offset` of an attachment of `size` bytes has; none where no chunk
/// begins.
pub fn chunk_len(size: u64, offset: u64) -> Option<u64> {
    let chunk = CHUNK_BYTES as u64;
    (offset < size && offset.is_multiple_of(chunk)).then(|| chunk.min(size - offset))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use yichuang_domain::attachment::LARGEST;

    use super::*;

    proptest! {
        #[test]
        fn the_chunks_are_the_whole(size in 1u64..=LARGEST) {
            let mut offset = 0;
            let mut chunks = 0;
            while let Some(len) = chunk_len(size, offset) {
                prop_assert!(len > 0 && len <= CHUNK_BYTES as u64);
                offset += len;
                chunks += 1;
            }
            prop_assert_eq!(offset, size);
            prop_assert!(chunks <= 200);
        }

        #[test]
        fn a_chunk_begins_nowhere_else(size in 1u64..=LARGEST, offset in any::<u64>()) {
            let begins = chunk_len(size, offset).is_some();
            prop_assert_eq!(begins, offset < size && offset % CHUNK_BYTES as u64 == 0);
        }
    }
}
