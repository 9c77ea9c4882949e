//! One handler for each step.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use yichuang_protocol::check::{CheckReply, CheckRequest};
use yichuang_protocol::enrol::{EnrolReply, EnrolRequest};
use yichuang_protocol::guide::{NewsReply, NewsRequest, PartReply, PartRequest};
use yichuang_protocol::hello::{HelloReply, HelloRequest};
use yichuang_protocol::office::{DecideReply, DecideRequest};
use yichuang_protocol::pull::{PullReply, PullRequest};
use yichuang_protocol::push::{PushReply, PushRequest};
use yichuang_protocol::roster::{RosterReply, RosterRequest};
use yichuang_protocol::session::{ChallengeReply, ChallengeRequest, SessionReply, SessionRequest};
use yichuang_protocol::{Fault, FaultCode};

use super::Shared;
use super::answer::{Answer, Body, Failure};
use super::caller::{Caller, Office};
use super::proxies::Asker;
use crate::error::StepError;
use crate::{
    decide as deciding, enrolment, guide, receive, roster as rosters, session as sessions,
};

pub(super) type Step<T> = Result<Answer<T>, Failure>;

/// How long a step may wait for its turn. Windows ask again by themselves, and spread.
const TURN: Duration = Duration::from_secs(20);

/// Runs a step where it may wait for the database, when there is a seat for it. So what waits,
/// waits without a thread and without a connection.
pub(crate) async fn blocking<T: Send + 'static>(
    shared: &Arc<Shared>,
    step: impl FnOnce(&Shared) -> Result<T, StepError> + Send + 'static,
) -> Result<T, Failure> {
    let shared = Arc::clone(shared);
    let seat = tokio::time::timeout(TURN, Arc::clone(&shared.seats).acquire_owned()).await;
    let Ok(Ok(seat)) = seat else { return Err(Failure::unavailable()) };
    let run = move || {
        let done = step(&shared);
        drop(seat);
        done
    };
    match tokio::task::spawn_blocking(run).await {
        Ok(result) => result.map_err(Failure::from),
        Err(error) => {
            tracing::error!(%error, "a step broke off");
            Err(Failure::internal())
        }
    }
}

/// Whether the hub is up.
#[derive(Serialize, ToSchema)]
pub(super) struct Health {
    /// `ok`.
    status: &'static str,
    /// The program's version.
    version: &'static str,
}

impl Health {
    /// It is up.
    pub(super) const OK: Self = Self { status: "ok", version: env!("CARGO_PKG_VERSION") };
}

/// Whether the hub is up, and can read its database.
#[utoipa::path(get, path = "/v1/health",
    responses((status = 200, body = Health), (status = "5XX", body = Fault)))]
pub(super) async fn health(State(shared): State<Arc<Shared>>) -> Step<Health> {
    blocking(&shared, |shared| Ok(shared.store.read(|tx| tx.ping())?)).await?;
    Ok(Answer(Health::OK))
}

/// Step 1: which version, which hub, what time.
#[utoipa::path(post, path = "/v1/hello", request_body = HelloRequest,
    responses((status = 200, body = HelloReply), (status = "4XX", body = Fault)))]
pub(super) async fn hello(
    State(shared): State<Arc<Shared>>,
    Body(request): Body<HelloRequest>,
) -> Step<HelloReply> {
    blocking(&shared, move |s| sessions::hello(&s.store, &request, s.clock.now())).await.map(Answer)
}

/// Step 0: a device joins with a one-time code.
#[utoipa::path(post, path = "/v1/enrol", request_body = EnrolRequest,
    responses((status = 200, body = EnrolReply), (status = "4XX", body = Fault)))]
pub(super) async fn enrol(
    State(shared): State<Arc<Shared>>,
    Asker(from): Asker,
    Body(request): Body<EnrolRequest>,
) -> Step<EnrolReply> {
    blocking(&shared, move |s| {
        let now = s.clock.now();
        if !s.throttle.allows(from, now) {
            let message = "入网尝试过多，请十分钟后再试";
            return Err(Fault::new(FaultCode::TooManyAttempts, message).into());
        }
        let joined = enrolment::join(&s.store, &request, now);
        if matches!(joined, Err(StepError::Fault(_))) {
            s.throttle.failed(from, now);
        }
        joined
    })
    .await
    .map(Answer)
}

/// Step 2, first half: a challenge for a device to sign.
#[utoipa::path(post, path = "/v1/challenge", request_body = ChallengeRequest,
    responses((status = 200, body = ChallengeReply), (status = "4XX", body = Fault)))]
pub(super) async fn challenge(
    State(shared): State<Arc<Shared>>,
    Body(request): Body<ChallengeRequest>,
) -> Step<ChallengeReply> {
    blocking(&shared, move |s| sessions::open_challenge(&s.store, &request, s.clock.now()))
        .await
        .map(Answer)
}

/// Step 2, second half: the signed challenge for a token.
#[utoipa::path(post, path = "/v1/session", request_body = SessionRequest,
    responses(
        (status = 200, body = SessionReply, description = "`holds.text` is an `Acknowledgement`"),
        (status = "4XX", body = Fault)))]
pub(super) async fn session(
    State(shared): State<Arc<Shared>>,
    Body(request): Body<SessionRequest>,
) -> Step<SessionReply> {
    blocking(&shared, move |s| sessions::open_session(&s.store, &request, s.clock.now()))
        .await
        .map(Answer)
}

/// Step 3: the next events of a window's log.
#[utoipa::path(post, path = "/v1/push", request_body = PushRequest,
    security(("session" = [])),
    responses(
        (status = 200, body = PushReply,
            description = "`acknowledgement.text` is an `Acknowledgement`"),
        (status = "4XX", body = Fault)))]
pub(super) async fn push(
    State(shared): State<Arc<Shared>>,
    Caller(device): Caller,
    Body(request): Body<PushRequest>,
) -> Step<PushReply> {
    blocking(&shared, move |s| receive::push(&s.store, &device, &request, s.clock.now()))
        .await
        .map(Answer)
}

/// Step 4: what the hub adds to a window's cases.
#[utoipa::path(post, path = "/v1/pull", request_body = PullRequest,
    security(("session" = [])),
    responses((status = 200, body = PullReply), (status = "4XX", body = Fault)))]
pub(super) async fn pull(
    State(shared): State<Arc<Shared>>,
    Caller(device): Caller,
    Body(request): Body<PullRequest>,
) -> Step<PullReply> {
    blocking(&shared, move |s| receive::pull(&s.store, &device, &request)).await.map(Answer)
}

/// Step 5: both sides compare what they hold.
#[utoipa::path(post, path = "/v1/check", request_body = CheckRequest,
    security(("session" = [])),
    responses(
        (status = 200, body = CheckReply, description = "`statement.text` is a `Statement`"),
        (status = "4XX", body = Fault)))]
pub(super) async fn check(
    State(shared): State<Arc<Shared>>,
    Caller(device): Caller,
    Body(request): Body<CheckRequest>,
) -> Step<CheckReply> {
    blocking(&shared, move |s| receive::check(&s.store, &device, &request, s.clock.now()))
        .await
        .map(Answer)
}

/// Step 6, first half: the newest release of the matter guide.
#[utoipa::path(post, path = "/v1/guide", request_body = NewsRequest,
    security(("session" = [])),
    responses(
        (status = 200, body = NewsReply,
            description = "`release.statement.text` is a `ReleaseStatement`"),
        (status = "4XX", body = Fault)))]
pub(super) async fn guide_news(
    State(shared): State<Arc<Shared>>,
    _device: Caller,
    Body(request): Body<NewsRequest>,
) -> Step<NewsReply> {
    blocking(&shared, move |s| Ok(guide::news(&s.store, &request)?)).await.map(Answer)
}

/// Step 6, second half: a part of a packed release.
#[utoipa::path(post, path = "/v1/guide/part", request_body = PartRequest,
    security(("session" = [])),
    responses((status = 200, body = PartReply), (status = "4XX", body = Fault)))]
pub(super) async fn guide_part(
    State(shared): State<Arc<Shared>>,
    _device: Caller,
    Body(request): Body<PartRequest>,
) -> Step<PartReply> {
    blocking(&shared, move |s| guide::part(&s.store, &request)).await.map(Answer)
}

/// Step 7: which devices there are.
#[utoipa::path(post, path = "/v1/roster", request_body = RosterRequest,
    security(("session" = [])),
    responses(
        (status = 200, body = RosterReply,
            description = "`statement.text` is a `RosterStatement`, `list` is `RosterDevice`s"),
        (status = "4XX", body = Fault)))]
pub(super) async fn roster(
    State(shared): State<Arc<Shared>>,
    _device: Caller,
    Body(request): Body<RosterRequest>,
) -> Step<RosterReply> {
    blocking(&shared, move |s| Ok(rosters::roster(&s.store, &request, s.clock.now())?))
        .await
        .map(Answer)
}

/// The back office decides a case.
#[utoipa::path(post, path = "/v1/office/decide", request_body = DecideRequest,
    security(("office" = [])),
    responses((status = 200, body = DecideReply), (status = "4XX", body = Fault)))]
pub(super) async fn decide(
    State(shared): State<Arc<Shared>>,
    _office: Office,
    Body(request): Body<DecideRequest>,
) -> Step<DecideReply> {
    blocking(&shared, move |s| deciding::decide(&s.store, &request, s.clock.now()))
        .await
        .map(Answer)
}
