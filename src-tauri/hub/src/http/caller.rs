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
        let asked = move |shared: &Shared| device_of(&shared.store, &token, shared.clock.now());
        let device = blocking(shared, asked).await?;
        if !shared.pace.allows(&device.origin) {
            tracing::warn!(origin = %device.origin, "a device asks too much");
            let message = "本机请求过于频繁，大厅中心请它稍候：会自动重试";
            return Err(Failure(Fault::new(FaultCode::TooManyRequests, message)));
        }
        Ok(Self(device))
    }
}

/// The back office.
pub(crate) struct Office;

impl FromRequestParts<Arc<Shared>> for Office {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Failure> {
        is_office(parts, shared)?;
        Ok(Self)
    }
}

/// Refuses who has not the office's token.
pub(super) fn is_office(parts: &Parts, shared: &Shared) -> Result<(), Failure> {
    if secrets::same(bearer(parts)?, &shared.office_token) {
        return Ok(());
    }
    Err(Failure(Fault::new(FaultCode::Unauthorised, "后台令牌不符")))
}
