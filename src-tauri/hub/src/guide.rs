//! Step 6: windows ask for the newest release of the guide and fetch it in parts.

use yichuang_protocol::guide::{NewestRelease, NewsReply, NewsRequest, PartReply, PartRequest};
use yichuang_protocol::{Fault, FaultCode};

use crate::error::StepError;
use crate::store::{HubStore, StoreError, Way};

/// The newest release, and how large the ways to it are.
///
/// # Errors
/// The store's.
pub fn news(store: &HubStore, request: &NewsRequest) -> Result<NewsReply, StoreError> {
    store.read(|tx| {
        let Some(newest) = tx.newest_guides(1)?.pop() else {
            return Ok(NewsReply { release: None });
        };
        let whole = Way { digest: &newest.digest, base: None };
        let unreadable = StoreError::Unreadable("已发布的指南");
        let delta = match request.have.as_deref() {
            Some(have) if !have.is_empty() => tx.packed_len(Way { base: Some(have), ..whole })?,
            _ => None,
        };
        let whole = tx.packed_len(whole)?.ok_or(unreadable)?;
        Ok(NewsReply { release: Some(NewestRelease { statement: newest.statement, whole, delta }) })
    })
}

/// A part of a packed release.
///
/// # Errors
/// `unknown-release` where there is no such part: a newer release may have come between; or the
/// store's.
pub fn part(store: &HubStore, request: &PartRequest) -> Result<PartReply, StepError> {
    let way = Way { digest: &request.digest, base: request.base.as_deref() };
    let found = store.read(|tx| tx.packed_part(way, request.part))?;
    let bytes = found.ok_or_else(|| {
        let message = "大厅中心没有这个指南版本，可能刚发布了更新的版本：下次同步自动重取";
        Fault::at(FaultCode::UnknownRelease, "digest", message)
    })?;
    Ok(PartReply { bytes })
}
