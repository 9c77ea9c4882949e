//! What is said when a request is not answered: a code for machines, words for the clerk.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a request failed as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FaultCode {
    /// The body is no message of this protocol.
    Malformed,
    /// The body is larger than allowed.
    TooLarge,
    /// No such address.
    NotFound,
    /// The address has no such method.
    MethodNotAllowed,
    /// No version in common.
    VersionUnsupported,
    /// The enrolment code is unknown, used or expired. Which of them is not told.
    BadEnrolCode,
    /// Too many failed attempts; later.
    TooManyAttempts,
    /// A device asked for more than its share; later.
    TooManyRequests,
    /// The hub knows no such device.
    UnknownDevice,
    /// The device was revoked.
    RevokedDevice,
    /// The signature is not the device's.
    BadSignature,
    /// No challenge of that text is open.
    BadChallenge,
    /// No session, or it has ended.
    Unauthorised,
    /// The first event does not follow the last one the hub has.
    Gap,
    /// Another event is already there: two programs wrote one log.
    Fork,
    /// An event's text does not have its hash.
    HashMismatch,
    /// No such case.
    UnknownCase,
    /// The hub has no such guide release, or not in that form.
    UnknownRelease,
    /// No case of this device has announced such an attachment, or it was removed.
    UnknownAttachment,
    /// What came of an attachment is not what was announced; all of it was thrown away.
    AttachmentMismatch,
    /// The step does not follow from where the case stands.
    NotNow,
    /// A reason is required.
    EmptyReason,
    /// A field does not have its form.
    BadField,
    /// The hub can't serve just now: its database is away, or too much is asked at once.
    Unavailable,
    /// The hub itself failed.
    Internal,
}

impl FaultCode {
    /// Every code.
    pub const ALL: [Self; 25] = [
        Self::Malformed,
        Self::TooLarge,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::VersionUnsupported,
        Self::BadEnrolCode,
        Self::TooManyAttempts,
        Self::TooManyRequests,
        Self::UnknownDevice,
        Self::RevokedDevice,
        Self::BadSignature,
        Self::BadChallenge,
        Self::Unauthorised,
        Self::Gap,
        Self::Fork,
        Self::HashMismatch,
        Self::UnknownCase,
        Self::UnknownRelease,
        Self::UnknownAttachment,
        Self::AttachmentMismatch,
        Self::NotNow,
        Self::EmptyReason,
        Self::BadField,
        Self::Unavailable,
        Self::Internal,
    ];

    /// The code as written in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::TooLarge => "too-large",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::VersionUnsupported => "version-unsupported",
            Self::BadEnrolCode => "bad-enrol-code",
            Self::TooManyAttempts => "too-many-attempts",
            Self::TooManyRequests => "too-many-requests",
            Self::UnknownDevice => "unknown-device",
            Self::RevokedDevice => "revoked-device",
            Self::BadSignature => "bad-signature",
            Self::BadChallenge => "bad-challenge",
            Self::Unauthorised => "unauthorised",
            Self::Gap => "gap",
            Self::Fork => "fork",
            Self::HashMismatch => "hash-mismatch",
            Self::UnknownCase => "unknown-case",
            Self::UnknownRelease => "unknown-release",
            Self::UnknownAttachment => "unknown-attachment",
            Self::AttachmentMismatch => "attachment-mismatch",
            Self::NotNow => "not-now",
            Self::EmptyReason => "empty-reason",
            Self::BadField => "bad-field",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
        }
    }

    /// The HTTP status it travels with.
    pub fn status(self) -> u16 {
        match self {
            Self::Malformed | Self::EmptyReason | Self::BadField => 400,
            Self::BadSignature | Self::BadChallenge | Self::Unauthorised => 401,
            Self::BadEnrolCode | Self::UnknownDevice | Self::RevokedDevice => 403,
            Self::NotFound | Self::UnknownCase | Self::UnknownRelease | Self::UnknownAttachment => {
                404
            }
            Self::MethodNotAllowed => 405,
            Self::Gap | Self::Fork | Self::NotNow => 409,
            Self::TooLarge => 413,
            Self::VersionUnsupported | Self::HashMismatch | Self::AttachmentMismatch => 422,
            Self::TooManyAttempts | Self::TooManyRequests => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// Whether the same request may succeed later without anybody doing anything.
    pub fn retry(self) -> bool {
        matches!(
            self,
            Self::TooManyAttempts | Self::TooManyRequests | Self::Unavailable | Self::Internal
        )
    }
}

/// A request that failed as a whole, and changed nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// For machines.
    pub code: FaultCode,
    /// What happened and what to do, in Chinese.
    pub message: String,
    /// Where in the request: a path such as `events[3].hash`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Whether the same request may succeed later.
    pub retry: bool,
}

impl Fault {
    /// A fault of the whole request.
    pub fn new(code: FaultCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None, retry: code.retry() }
    }

    /// A fault of one field.
    pub fn at(code: FaultCode, field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..Self::new(code, message) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_every_code_is_its_json() {
        for code in FaultCode::ALL {
            assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{}\"", code.as_str()));
            assert!((400..600).contains(&code.status()));
        }
    }
}
