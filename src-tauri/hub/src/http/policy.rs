//! The handler of the policy's step.

use std::sync::Arc;

use axum::extract::State;
use yichuang_protocol::Fault;
use yichuang_protocol::policy::{PolicyReply, PolicyRequest};

use super::Shared;
use super::answer::{Answer, Body};
use super::caller::Caller;
use super::steps::{Step, blocking};
use crate::policy as policies;

/// Step 9: how long the station of a window may be away.
#[utoipa::path(post, path = "/v1/policy", request_body = PolicyRequest,
    security(("session" = [])),
    responses(
        (status = 200, body = PolicyReply, description = "`statement.text` is a `PolicyStatement`"),
        (status = "4XX", body = Fault)))]
pub(super) async fn policy(
    State(shared): State<Arc<Shared>>,
    Caller(device): Caller,
    _nothing: Body<PolicyRequest>,
) -> Step<PolicyReply> {
    blocking(&shared, move |s| Ok(policies::policy(&s.store, &device, s.clock.now())?))
        .await
        .map(Answer)
}
