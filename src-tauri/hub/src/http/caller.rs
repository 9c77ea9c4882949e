//! Who calls: a device with a session, or the back office.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use yichuang_protocol::{Fault, FaultCode};

use super::Shared;
use super::answer::Failure;
use super::steps::blocking;
use crate::secrets;
use crate::session::device_of;
use crate::store::Device;

fn bearer(parts: &Parts) -> Result<&str, Failure> {
    let missing = || Failure(Fault::new(FaultCode::Unauthorised, "请求没有附带有效的令牌"));
    let value = parts.headers.get(AUTHORIZATION).ok_or_else(missing)?;
    let text = value.to_str().map_err(|_| missing())?;
    text.strip_prefix("Bearer ").filter(|token| token.len() <= 256).ok_or_else(missing)
}

/// The device whose session it is.
pub(crate) struct Caller(pub(crate) Device);

impl FromRequestParts<Arc<Shared>> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Failure> {
        let token = bearer(parts)?.to_owned();
        blocking(shared, move |shared| device_of(&shared.store, &token, shared.clock.now()))
            .await
            .map(Self)
    }
}

/// The back office.
pub(crate) struct Office;

impl FromRequestParts<Arc<Shared>> for Office {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Failure> {
        if secrets::same(bearer(parts)?, &shared.office_token) {
            return Ok(Self);
        }
        Err(Failure(Fault::new(FaultCode::Unauthorised, "后台令牌不符")))
    }
}
