//! For those who keep the hub running: whether it lives, whether it is ready, and its counts.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use super::Shared;
use super::answer::{Answer, Failure};
use super::caller::is_office;
use super::proxies::is_here;
use super::steps::{Health, blocking};
use crate::gauges;

/// Their addresses. They are no part of the exchange with windows, so `/v1` is not before them.
pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/health", get(ready))
        .route("/health/ready", get(ready))
        .route("/health/live", get(live))
        .route("/metrics", get(metrics))
}

/// The process runs. Says nothing about its database: starting it again would not bring that back.
async fn live() -> Answer<Health> {
    Answer(Health::OK)
}

/// Requests may be sent here: it reaches its database and was not told to stop.
async fn ready(State(shared): State<Arc<Shared>>) -> Result<Answer<Health>, Failure> {
    if shared.stopping.load(Ordering::Relaxed) {
        return Err(Failure::unavailable());
    }
    blocking(&shared, |shared| Ok(shared.store.read(|tx| tx.ping())?)).await?;
    Ok(Answer(Health::OK))
}

/// The counts, for this machine and for who has the office's token. The machine's own proxy asks for
/// others, so that it needs the token as they do.
async fn metrics(State(shared): State<Arc<Shared>>, parts: Parts) -> Result<Response, Failure> {
    if !is_here(&parts) {
        is_office(&parts, &shared)?;
    }
    let kind = [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((kind, gauges::text()).into_response())
}

/// Counts a request by the step it asked for: by its pattern, never by what a caller wrote.
pub(super) async fn count(request: Request, next: Next) -> Response {
    let step = request.extensions().get::<MatchedPath>().cloned();
    let begun = Instant::now();
    let answer = next.run(request).await;
    let step = step.as_ref().map_or("other", MatchedPath::as_str);
    gauges::request(step, answer.status().as_u16(), begun.elapsed());
    answer
}
