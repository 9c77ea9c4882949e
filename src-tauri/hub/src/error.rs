//! What can go wrong in a command of the hub, sorted by its exit code.

use serde::Serialize;
use yichuang_guide::Problem;
use yichuang_protocol::Fault;

use crate::objects::ObjectError;
use crate::store::StoreError;

/// Input that was refused; nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{message}")]
pub struct Refused {
    /// For machines.
    pub code: String,
    /// Which input.
    pub field: String,
    /// In words.
    pub message: String,
    /// Every fault, where a file has several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

impl Refused {
    /// A refusal of `field`.
    pub fn new(code: &str, field: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            field: field.to_owned(),
            message: message.into(),
            problems: Vec::new(),
        }
    }
}

/// A command that failed.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    /// The input was refused.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The database failed.
    #[error(transparent)]
    Store(StoreError),
    /// The address can't be listened on.
    #[error("无法在{address}上监听：{}", yichuang_domain::system::words(source))]
    Listen {
        /// The address.
        address: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The certificate or its key can't be used.
    #[error("证书或私钥无法使用：{}", yichuang_domain::system::words(.0))]
    Certificate(#[source] std::io::Error),
    /// The office token can't be written or read.
    #[error("后台令牌文件无法读写：{}", yichuang_domain::system::words(.0))]
    OfficeToken(#[source] std::io::Error),
    /// The store of attachments failed.
    #[error(transparent)]
    Objects(#[from] ObjectError),
    /// The server stopped by itself.
    #[error("服务意外停止：{}", yichuang_domain::system::words(.0))]
    Server(#[source] std::io::Error),
}

impl HubError {
    /// The stable code.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused(refused) => &refused.code,
            Self::Store(error) => error.code(),
            Self::Listen { .. } => "listen-failed",
            Self::Certificate(_) => "bad-certificate",
            Self::OfficeToken(_) => "office-token",
            Self::Objects(_) => "attachments-failed",
            Self::Server(_) => "server-failed",
        }
    }
}

impl From<StoreError> for HubError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Missing
            | StoreError::InUse
            | StoreError::Moved { .. }
            | StoreError::Leaving { .. }
            | StoreError::Arriving { .. } => {
                Self::Refused(Refused::new(error.code(), "data", error.to_string()))
            }
            error => Self::Store(error),
        }
    }
}

/// A step of the exchange that failed: told to the other side, or the hub's own trouble.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// Told to the other side.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The hub's own.
    #[error(transparent)]
    Store(#[from] StoreError),
}
