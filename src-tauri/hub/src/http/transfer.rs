//! The handler of the transfer's step.

use std::sync::Arc;

use axum::extract::State;
use yichuang_protocol::Fault;
use yichuang_protocol::transfer::{TransferReply, TransferRequest};

use super::Shared;
use super::answer::{Answer, Body};
use super::caller::Caller;
use super::steps::{Step, blocking};
use crate::transfer as transfers;

/// Step 10: cases that another window of the station has in hand.
#[utoipa::path(post, path = "/v1/transfer", request_body = TransferRequest,
    security(("session" = [])),
    responses((status = 200, body = TransferReply), (status = "4XX", body = Fault)))]
pub(super) async fn transfer(
    State(shared): State<Arc<Shared>>,
    Caller(device): Caller,
    Body(request): Body<TransferRequest>,
) -> Step<TransferReply> {
    blocking(&shared, move |s| transfers::transfer(&s.store, &device, &request, s.clock.now()))
        .await
        .map(Answer)
}
