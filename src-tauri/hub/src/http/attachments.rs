//! The handlers of the attachments' steps: they wait for the database on other threads, and for
//! the object store on this one.

use std::sync::Arc;

use axum::extract::State;
use yichuang_protocol::Fault;
use yichuang_protocol::attachment::{ChunkReply, ChunkRequest, Held, OfferReply, OfferRequest};

use super::Shared;
use super::answer::{Answer, Body, Failure};
use super::caller::Caller;
use super::steps::{Step, blocking};
use crate::attachments;
use crate::objects::Incoming;

/// Step 8, first half: how much the hub holds of a window's attachments.
#[utoipa::path(post, path = "/v1/attachment/offer", request_body = OfferRequest,
    security(("session" = [])),
    responses((status = 200, body = OfferReply), (status = "4XX", body = Fault)))]
pub(super) async fn offer(
    State(shared): State<Arc<Shared>>,
    Caller(device): Caller,
    Body(request): Body<OfferRequest>,
) -> Step<OfferReply> {
    attachments::check_offer(&request.attachments)?;
    let code = device.code.clone();
    let (wanted, sizes) = blocking(&shared, move |s| {
        let sizes = attachments::announced(&s.store, &device, &request.attachments)?;
        Ok((request.attachments, sizes))
    })
    .await?;
    let mut held = Vec::with_capacity(wanted.len());
    for (one, size) in wanted.iter().zip(sizes) {
        held.push(match size {
            Err(fault) => Held::Refused { fault },
            Ok(size) => {
                let incoming = Incoming { device: &code, hash: &one.hash, size };
                attachments::held(&shared.objects, incoming).await?
            }
        });
    }
    Ok(Answer(OfferReply { attachments: held }))
}

/// Step 8, second half: the next chunk of an attachment.
#[utoipa::path(post, path = "/v1/attachment/chunk", request_body = ChunkRequest,
    security(("session" = [])),
    responses((status = 200, body = ChunkReply), (status = "4XX", body = Fault)))]
pub(super) async fn chunk(
    State(shared): State<Arc<Shared>>,
    Caller(device): Caller,
    Body(request): Body<ChunkRequest>,
) -> Step<ChunkReply> {
    let (device, request, size) = blocking(&shared, move |s| {
        let wanted = std::slice::from_ref(&request.attachment);
        let size = attachments::announced(&s.store, &device, wanted)?.pop();
        Ok((device, request, size))
    })
    .await?;
    let Some(size) = size else { return Err(Failure::internal()) };
    let held = attachments::take(&shared.objects, &device, size?, request).await?;
    Ok(Answer(ChunkReply { held }))
}
