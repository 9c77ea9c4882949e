//! The handler of the step for the list of 帮您办.

use std::sync::Arc;

use axum::extract::State;
use yichuang_protocol::Fault;
use yichuang_protocol::help::{HelpReply, HelpRequest};

use super::Shared;
use super::answer::{Answer, Body};
use super::caller::Caller;
use super::steps::{Step, blocking};
use crate::help as helping;

/// Step 11: the list of 帮您办 that the windows of a station share.
#[utoipa::path(post, path = "/v1/help", request_body = HelpRequest,
    security(("session" = [])),
    responses((status = 200, body = HelpReply), (status = "4XX", body = Fault)))]
pub(super) async fn help(
    State(shared): State<Arc<Shared>>,
    Caller(device): Caller,
    Body(request): Body<HelpRequest>,
) -> Step<HelpReply> {
    blocking(&shared, move |s| helping::help(&s.store, &device, &request, s.clock.now()))
        .await
        .map(Answer)
}
