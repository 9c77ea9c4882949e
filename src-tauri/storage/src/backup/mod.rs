//! Backups (备份) of a window: one encrypted file with everything of it, and coming back from one.
//!
//! A backup is written for a recovery key (恢复密钥), whose public half is here; the private half is
//! on paper in the hall's safe. So backups can be made without anybody typing anything, and read on
//! another PC when this one has burnt, by nobody else ([`recovery`]). What comes back goes on in a
//! log and in numbers of its own, because nobody knows what was written after the backup
//! ([`restore`]).

mod archive;
mod recovery;
mod restore;
#[cfg(test)]
mod tests;
mod write;

use std::io;

pub use recovery::{RecoveryKey, RecoveryReader};
pub(crate) use restore::finish as finish_restore;
pub use restore::{Restored, restore};
pub use write::{BackedUp, back_up};

use crate::error::StorageError;

/// How far it is: bytes done, of how many.
pub type Told<'t> = &'t mut dyn FnMut(u64, u64);

/// Why there is no backup, or nothing came back from one.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database or its key.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The file or the disk.
    #[error("备份文件无法读写：{}。请检查磁盘空间和存放位置", yichuang_domain::system::words(.0))]
    File(#[source] io::Error),
    /// What was typed is no recovery key.
    #[error("恢复密钥的格式不对：应以 AGE-SECRET-KEY-1 开头，请照密钥单逐字核对")]
    BadRecoveryKey,
    /// What was given is not the public half of one.
    #[error("恢复公钥的格式不对：应以 age1 开头")]
    BadRecipient,
    /// The file is no backup of a window.
    #[error("这不是一窗的备份文件")]
    Foreign,
    /// It was written for another recovery key.
    #[error("这份备份不能用这个恢复密钥打开：请核对是哪一个窗口、哪一份密钥单")]
    OtherKey,
    /// It is cut, or was altered.
    #[error("备份文件已损坏或不完整，没有恢复任何内容：请换一份备份")]
    Damaged,
    /// A newer program wrote it.
    #[error("备份由更新版本的程序写成：请先安装新版本，再恢复")]
    Newer,
    /// The program is running on this data folder.
    #[error("一窗正在使用这个数据目录：请先退出程序，再恢复")]
    InUse,
    /// There is work here that the hub does not have, and the backup neither.
    #[error(
        "本机有备份里没有、大厅中心也没有收到的内容（{events}条办件记录，{drafts}份草稿，{scans}份扫描件，{ledger}条台账记录），\
         恢复会使它们消失，因此没有恢复：请先上传（或用摆渡文件），或把备份恢复到另一个数据目录"
    )]
    UnsentWork {
        /// Events.
        events: u64,
        /// Drafts.
        drafts: u64,
        /// Scans.
        scans: u64,
        /// Records of the ledgers: those that no hub has.
        ledger: u64,
    },
}

impl BackupError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Storage(error) => error.code(),
            Self::File(_) => "backup-file",
            Self::BadRecoveryKey => "bad-recovery-key",
            Self::BadRecipient => "bad-recipient",
            Self::Foreign => "backup-foreign",
            Self::OtherKey => "backup-other-key",
            Self::Damaged => "backup-damaged",
            Self::Newer => "backup-newer",
            Self::InUse => "data-in-use",
            Self::UnsentWork { .. } => "unsent-work",
        }
    }

    /// Which input was refused; none where the machine failed.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Storage(_) | Self::File(_) => None,
            Self::BadRecoveryKey | Self::OtherKey => Some("recovery-key"),
            Self::BadRecipient => Some("recipient"),
            Self::Foreign | Self::Damaged | Self::Newer => Some("file"),
            Self::InUse | Self::UnsentWork { .. } => Some("data"),
        }
    }
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(error.into())
    }
}
