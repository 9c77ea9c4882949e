//! A scan to look at. Shown as what its bytes are and as nothing else, where nothing can run.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use yichuang_domain::attachment::{Announced, Media, is_hash};

use super::case::id_of;
use super::page::{Trouble, in_address};
use super::visitor::{Official, Visitor};
use crate::http::Shared;
use crate::http::answer::Failure;
use crate::http::steps::blocking;
use crate::office::acts::visible;
use crate::office::audit::{self, Deed};
use crate::store::StoreError;

/// What a picture may do: be seen.
const POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");
/// The same for a PDF, which browsers show by a viewer of their own; in a sandbox they don't.
const PDF_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; object-src 'self'; frame-ancestors 'none'");

/// A scan of a case.
pub(super) async fn scan(
    State(shared): State<Arc<Shared>>,
    Official(visitor): Official,
    Path((id, hash)): Path<(String, String)>,
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
    served(&announced, bytes)
}

fn served(announced: &Announced, bytes: Vec<u8>) -> Result<Response, Trouble> {
    let Some(media) = Media::of(&bytes).filter(|media| *media == announced.media) else {
        let message = "这份扫描件不是登记的文件类型，不能打开：请联系收件窗口重新扫描";
        return Err(Trouble::told(StatusCode::UNPROCESSABLE_ENTITY, message));
    };
    let policy = if media == Media::Pdf { PDF_POLICY } else { POLICY };
    let name = format!("inline; filename*=UTF-8''{}", in_address(&announced.name));
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("inline"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media.as_str())),
        (header::CONTENT_DISPOSITION, name),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    Ok((headers, bytes).into_response())
}
