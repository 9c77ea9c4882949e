//! A scan to look at. Shown as what its bytes are and as nothing else, where nothing can run.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use yichuang_domain::attachment::{Announced, Media};
use yichuang_domain::case::event::is_hash;

use super::case::id_of;
use super::page::{Trouble, in_address};
use super::visitor::{Official, Visitor};
use crate::http::Shared;
use crate::http::answer::Failure;
use crate::http::steps::blocking;
use crate::office::acts::visible;
use crate::office::audit::{self, Deed};
use crate::store::StoreError;

/// What a scan may do: be seen.
const POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// Anything: to be saved as a file, for a browser that can't show it.
    save: Option<String>,
}

/// A scan of a case.
pub(super) async fn scan(
    State(shared): State<Arc<Shared>>,
    Official(visitor): Official,
    Path((id, hash)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let id = id_of(&id)?;
    if !is_hash(&hash) {
        return Err(Trouble::not_found());
    }
    let Visitor { account, address, .. } = visitor;
    let wanted = hash.clone();
    let announced = blocking(&shared, move |shared| {
        let now = shared.clock.now();
        Ok(shared.store.write(|tx| {
            let Some(found) = visible(tx, &account, id)? else { return Ok(None) };
            let announced = found.case.attached().find(|a| a.announced.hash == wanted);
            let Some(announced) = announced.map(|a| a.announced.clone()) else { return Ok(None) };
            let number = found.case.number.as_str();
            let (name, address) = (announced.name.clone(), address.to_string());
            audit::note(tx, &audit::of(&account, Deed::SawScan, number, name, &address, now))?;
            Ok::<_, StoreError>(Some(announced))
        })?)
    })
    .await?;
    let Some(announced) = announced else { return Err(Trouble::not_found()) };
    let bytes = shared.objects.read(&hash).await.map_err(Failure::from)?;
    let Some(bytes) = bytes else {
        let message = "窗口还没有把这份扫描件传到大厅中心，请稍后再看";
        return Err(Trouble::told(StatusCode::NOT_FOUND, message));
    };
    served(&announced, bytes, asked.save.is_some())
}

fn served(announced: &Announced, bytes: Vec<u8>, save: bool) -> Result<Response, Trouble> {
    let Some(media) = Media::of(&bytes).filter(|media| *media == announced.media) else {
        let message = "这份扫描件不是登记的文件类型，不能打开：请联系收件窗口重新扫描";
        return Err(Trouble::told(StatusCode::UNPROCESSABLE_ENTITY, message));
    };
    let how = if save { "attachment" } else { "inline" };
    let name = format!("{how}; filename*=UTF-8''{}", in_address(&announced.name));
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static(how));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media.as_str())),
        (header::CONTENT_DISPOSITION, name),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    Ok((headers, bytes).into_response())
}
