//! Scans of materials, and how far each has come.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::attachment::Media;
use yichuang_storage::AttachmentStanding;

/// Whose scans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ScanOwner {
    /// A case being taken in.
    Draft {
        /// Its id.
        id: String,
    },
    /// A case.
    Case {
        /// Its id.
        id: String,
    },
}

/// How far a scan has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum ScanState {
    /// It stays on this machine: of a draft, or of practice that no hub is joined to.
    Local,
    /// It is not on this machine.
    Elsewhere,
    /// 未上传
    Waiting,
    /// 上传中
    Sending {
        /// From 1 to 99.
        percent: u8,
    },
    /// 已到大厅: the hub has proven it.
    Arrived,
    /// It does not go up.
    Stuck {
        /// Machine-readable.
        code: String,
        /// In the clerk's words.
        message: String,
    },
}

impl ScanState {
    /// By what is known of its bytes.
    pub(crate) fn of(standing: &AttachmentStanding) -> Self {
        let AttachmentStanding { size, held, trouble } = standing;
        match trouble {
            _ if held >= size => Self::Arrived,
            Some(trouble) => {
                Self::Stuck { code: trouble.code.clone(), message: trouble.message.clone() }
            }
            None if *held == 0 => Self::Waiting,
            None => {
                let percent = (held * 100 / size).clamp(1, 99);
                Self::Sending { percent: u8::try_from(percent).unwrap_or(99) }
            }
        }
    }
}

/// A scan of a material.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScanView {
    /// The material's id.
    pub material: String,
    /// SHA-256 of its bytes: names it among the scans of its owner.
    pub hash: String,
    /// The name of its file.
    pub name: String,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// What it is.
    #[ts(type = "string")]
    pub media: Media,
    /// How far it has come.
    pub state: ScanState,
}
