//! Bodies in and out: JSON, bounded, and every failure as a [`Fault`].

use std::error::Error as _;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::LengthLimitError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use yichuang_protocol::limits::BODY_BYTES;
use yichuang_protocol::{Fault, FaultCode};

use crate::attachments::TakeError;
use crate::error::StepError;
use crate::objects::ObjectError;
use crate::store::StoreError;

/// How long a body may take to arrive. A 4 MiB batch over a line of 256 kbit/s takes two minutes.
const BODY_PATIENCE: Duration = Duration::from_secs(180);

/// After how many seconds to ask again where the hub can't serve just now.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");

/// An answer in JSON.
pub(crate) struct Answer<T>(pub(crate) T);

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(bytes) => json(StatusCode::OK, bytes),
            Err(error) => {
                tracing::error!(%error, "an answer could not be written");
                Failure::internal().into_response()
            }
        }
    }
}

fn json(status: StatusCode, bytes: Vec<u8>) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], bytes).into_response()
}

/// A request that failed.
pub(crate) struct Failure(pub(crate) Fault);

impl Failure {
    pub(crate) fn internal() -> Self {
        Self(Fault::new(
            FaultCode::Internal,
            "大厅中心内部出错，请稍后重试；如持续出现请联系管理员",
        ))
    }

    /// Something that passes by itself.
    pub(crate) fn unavailable() -> Self {
        let message = "大厅中心暂时忙不过来或数据库未就绪，稍后自动重试；本机可照常办件";
        Self(Fault::new(FaultCode::Unavailable, message))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        // A fault is two strings and two flags: writing it does not fail.
        let mut response = json(status, serde_json::to_vec(&self.0).unwrap_or_default());
        if self.0.code == FaultCode::TooLarge {
            // The rest of the body was not read: nothing can follow on this connection.
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        if matches!(self.0.code, FaultCode::Unavailable | FaultCode::TooManyRequests) {
            response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
        }
        response
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self(fault)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        if error.is_passing() {
            tracing::warn!(code = error.code(), %error, "the store is away");
            return Self::unavailable();
        }
        tracing::error!(code = error.code(), %error, "the store failed");
        Self::internal()
    }
}

impl From<StepError> for Failure {
    fn from(error: StepError) -> Self {
        match error {
            StepError::Fault(fault) => Self(fault),
            StepError::Store(error) => error.into(),
        }
    }
}

impl From<ObjectError> for Failure {
    fn from(error: ObjectError) -> Self {
        tracing::error!(%error, "the store of attachments failed");
        Self::internal()
    }
}

impl From<TakeError> for Failure {
    fn from(error: TakeError) -> Self {
        match error {
            TakeError::Fault(fault) => Self(fault),
            TakeError::Objects(error) => error.into(),
        }
    }
}

/// A request body in JSON.
pub(crate) struct Body<T>(pub(crate) T);

/// The bytes of a body that arrives in time and is no larger than any may be.
async fn bytes(request: Request, patience: Duration) -> Result<Bytes, Fault> {
    let body = axum::body::to_bytes(request.into_body(), BODY_BYTES);
    match tokio::time::timeout(patience, body).await {
        Err(_) => Err(Fault::new(FaultCode::Malformed, "请求传送超时")),
        Ok(Err(error)) if error.source().is_some_and(|e| e.is::<LengthLimitError>()) => {
            Err(Fault::new(FaultCode::TooLarge, "请求过大"))
        }
        Ok(Err(_)) => Err(Fault::new(FaultCode::Malformed, "请求不完整或无法解压")),
        Ok(Ok(bytes)) => Ok(bytes),
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Failure> {
        let bytes = bytes(request, BODY_PATIENCE).await?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            // The error may quote what was sent: only its kind and place are told.
            let place = format!("第{}行第{}列", error.line(), error.column());
            Failure(Fault::new(FaultCode::Malformed, format!("请求不是约定的格式（{place}）")))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use axum::body::Body;
    use futures_util::stream;

    use super::*;

    async fn refused(body: Body, patience: Duration) -> (FaultCode, String) {
        let fault = bytes(Request::new(body), patience).await.unwrap_err();
        (fault.code, fault.message)
    }

    /// A client that keeps a connection busy for ever, a byte at a time: each byte comes in time,
    /// and the whole does not.
    #[tokio::test]
    async fn a_body_that_trickles_is_waited_for_once_and_not_for_every_byte() {
        let byte = || async {
            tokio::time::sleep(Duration::from_millis(5)).await;
            Some((Ok::<_, Infallible>(Bytes::from_static(b" ")), ()))
        };
        let trickle = Body::from_stream(stream::unfold((), move |()| byte()));
        let patience = Duration::from_millis(100);
        let late = (FaultCode::Malformed, "请求传送超时".to_owned());
        let told = tokio::time::timeout(patience * 50, refused(trickle, patience)).await;
        assert_eq!(told.unwrap(), late);
        let never = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
        assert_eq!(refused(never, patience).await, late);
    }
}
