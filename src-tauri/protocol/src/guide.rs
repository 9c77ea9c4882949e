//! Step 6, guide: the newest release of the matter guide, whole or as what changed.
//!
//! It comes last in a sync, so that papers never wait for it. What the hub signs is the release's
//! number, region, length and digest; how the bytes travel is not signed, because it does not
//! matter: they are taken only if they come out with that length and that digest. See
//! [`packing`](crate::packing) for how they are packed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yichuang_domain::case::event::Hash;

use crate::keys::SignedText;
use crate::limits::PART_BYTES;

/// Where the news are asked for: `POST`, with a token.
pub const PATH: &str = "/v1/guide";
/// Where the parts of a packed release are fetched: `POST`, with a token.
pub const PART_PATH: &str = "/v1/guide/part";

/// The kind that begins every statement on a release, so that no other signed text can pass for
/// one.
pub const RELEASE: &str = "yichuang-guide-release/1";

/// What the hub signs when a release is published; it travels as [`SignedText`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReleaseStatement {
    /// [`RELEASE`].
    pub kind: String,
    /// The hub that publishes it.
    pub hub: String,
    /// The format of the package, for instance `yichuang-guide/1`.
    pub format: String,
    /// 行政区划代码 of the guide.
    pub region: String,
    /// Its number.
    pub release: u32,
    /// SHA-256 of its text.
    pub digest: Hash,
    /// The bytes of its text.
    pub length: u64,
    /// When it was published, by the hub's clock.
    #[schema(value_type = String, format = DateTime)]
    pub published_at: Timestamp,
}

/// A window asks what the newest release is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewsRequest {
    /// The digest of the release it uses; none where it has none.
    pub have: Option<Hash>,
}

/// The newest release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewsReply {
    /// None where the hub has published none.
    pub release: Option<NewestRelease>,
}

/// A release that can be fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewestRelease {
    /// A signed [`ReleaseStatement`].
    pub statement: SignedText,
    /// The bytes of the packed release.
    pub whole: u64,
    /// The bytes of what leads to it from the release the window uses; none where the hub has
    /// no such thing.
    pub delta: Option<u64>,
}

/// A window fetches a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PartRequest {
    /// The digest of the release wanted.
    pub digest: Hash,
    /// The digest of the release that a delta starts from; none for the whole release.
    pub base: Option<Hash>,
    /// Which part, from 0.
    pub part: u32,
}

/// A part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PartReply {
    /// [`PART_BYTES`] bytes; what is left in the last part.
    #[serde(with = "crate::bytes")]
    #[schema(value_type = String, format = Byte)]
    pub bytes: Vec<u8>,
}

/// How many bytes the part `part` of a packed release of `total` bytes has; none beyond its end.
pub fn part_len(total: u64, part: u32) -> Option<usize> {
    let before = u64::from(part) * PART_BYTES as u64;
    let left = total.checked_sub(before).filter(|left| *left > 0)?;
    Some(usize::try_from(left).unwrap_or(PART_BYTES).min(PART_BYTES))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_parts_are_the_whole(total in 0u64..20_000_000) {
            let lens: Vec<usize> = (0..).map_while(|part| part_len(total, part)).collect();
            prop_assert_eq!(lens.iter().sum::<usize>() as u64, total);
            prop_assert!(lens.iter().rev().skip(1).all(|len| *len == PART_BYTES));
        }
    }
}
