//! The way to a hub: takes one step there and brings its answer, or the reason why there is none.
//!
//! What an answer means is read here, so that it means the same whichever way it came.

use serde::Serialize;
use serde::de::DeserializeOwned;
use yichuang_protocol::{Fault, FaultCode};

use crate::error::SyncError;
use crate::trust::tidy;

/// What came back, not yet looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// The body; never longer than the protocol allows.
    pub body: Vec<u8>,
}

/// A body as it travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether they are packed with gzip.
    pub gzip: bool,
}

/// A way to one hub.
pub trait Line {
    /// Makes a body ready to travel: as it is, or packed.
    fn pack(&self, body: Vec<u8>) -> Packed {
        Packed { bytes: body, gzip: false }
    }

    /// Takes a step: its path, the token of the session it belongs to, and its body.
    ///
    /// # Errors
    /// Why no whole answer came back; the step may have been taken all the same.
    fn post(
        &self,
        step: &'static str,
        token: Option<&str>,
        body: Packed,
    ) -> Result<Answer, SyncError>;

    /// The line for another thread, where one may use it beside this one: then what goes next is
    /// made ready while an answer is waited for.
    fn beside(&self) -> Option<&(dyn Line + Sync)> {
        None
    }
}

/// Takes a step outside a session.
///
/// # Errors
/// [`SyncError`].
pub(crate) fn ask<Q: Serialize, A: DeserializeOwned>(
    line: &dyn Line,
    step: &'static str,
    request: &Q,
) -> Result<A, SyncError> {
    read(step, line.post(step, None, line.pack(written(request)?))?)
}

/// Takes a step of a session.
///
/// # Errors
/// [`SyncError`].
pub(crate) fn ask_in_session<Q: Serialize, A: DeserializeOwned>(
    line: &dyn Line,
    step: &'static str,
    token: &str,
    request: &Q,
) -> Result<A, SyncError> {
    ask_packed(line, step, token, line.pack(written(request)?))
}

/// As [`ask_in_session`], with a body that was made ready before.
///
/// # Errors
/// [`SyncError`].
pub(crate) fn ask_packed<A: DeserializeOwned>(
    line: &dyn Line,
    step: &'static str,
    token: &str,
    body: Packed,
) -> Result<A, SyncError> {
    read(step, line.post(step, Some(token), body)?)
}

/// A body in JSON.
///
/// # Errors
/// `system-failed`, which no request of the protocol gives.
pub(crate) fn written<Q: Serialize>(request: &Q) -> Result<Vec<u8>, SyncError> {
    serde_json::to_vec(request).map_err(|error| SyncError::System(error.to_string()))
}

fn read<A: DeserializeOwned>(step: &'static str, answer: Answer) -> Result<A, SyncError> {
    let bad = |what| SyncError::BadAnswer { step, what };
    if answer.status == 200 {
        return serde_json::from_slice(&answer.body).map_err(|_| bad("不是约定的格式"));
    }
    match serde_json::from_slice::<Fault>(&answer.body) {
        Ok(fault) => Err(refused(fault)),
        // A gateway in front of the hub, or the hub on its way up or down.
        Err(_) if (500..600).contains(&answer.status) => Err(SyncError::Busy),
        Err(_) => Err(bad("该地址上不是大厅中心")),
    }
}

/// What a fault of the hub means here.
fn refused(fault: Fault) -> SyncError {
    match fault.code {
        FaultCode::BadEnrolCode => SyncError::BadEnrolCode,
        FaultCode::Fork => SyncError::Forked,
        FaultCode::UnknownDevice | FaultCode::BadSignature => SyncError::UnknownDevice,
        FaultCode::RevokedDevice => SyncError::RevokedDevice,
        FaultCode::VersionUnsupported => SyncError::VersionUnsupported,
        FaultCode::TooManyAttempts
        | FaultCode::TooManyRequests
        | FaultCode::Unavailable
        | FaultCode::Internal => SyncError::Busy,
        // A gap: the hub is not where it was a moment ago. The next session tells.
        FaultCode::Unauthorised | FaultCode::BadChallenge | FaultCode::Gap => {
            SyncError::SessionEnded
        }
        code => SyncError::Refused { code: code.as_str(), message: tidy(&fault.message) },
    }
}
