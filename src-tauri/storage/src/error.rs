//! What can go wrong with the database or its key.

use crate::key::KeyError;

/// A failure of the database: nothing of the action was written.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// SQLite or the disk refused.
    #[error("数据库读写失败：{0}")]
    Database(#[source] rusqlite::Error),
    /// The file is no database, is damaged, or the key is not its key.
    #[error("数据库无法读取：文件已损坏，或密钥与之不符。请勿删除文件，用备份恢复或联系管理员")]
    Damaged,
    /// The database was made by a newer program.
    #[error("数据库版本为{found}，本程序只认识到{known}：请安装新版本后再打开，数据未作任何改动")]
    Newer {
        /// Its version.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// A migration failed; the database is as it was.
    #[error("数据库升级失败，已保持原样：{0}")]
    Migration(#[source] rusqlite::Error),
    /// The folder or file can't be used.
    #[error("数据目录无法使用：{}", yichuang_domain::system::words(.0))]
    Folder(#[source] std::io::Error),
    /// The key can't be had.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A stored value is not what this program stores.
    #[error("数据库中的{what}无法解读，请联系管理员")]
    Unreadable {
        /// Which value.
        what: &'static str,
    },
    /// The window joined a hub already.
    #[error("本机已加入大厅中心，不能重复加入；要更换请联系管理员")]
    Enrolled,
    /// A database for training takes nothing that leads to a hub or looks like a record.
    #[error("这是训练用的数据，不能入网，也不能有正式的办件和编号；请先离开训练")]
    Training,
    /// Records are no place for training.
    #[error("这里保存的不是训练数据，未作任何改动；训练有自己的数据，请从训练入口进入")]
    NotTraining,
    /// Practice records must not join a real hub.
    #[error("本机存有演练记录，不能加入正式的大厅中心；请用 --data 指定一个新的数据目录")]
    Practised,
    /// The file of an attachment can't be written or read.
    #[error("扫描件文件读写失败，请检查磁盘空间后重试：{}", yichuang_domain::system::words(.0))]
    AttachmentFile(#[source] std::io::Error),
    /// The bytes of an attachment are not on this machine.
    #[error("本机没有这份扫描件，可能由其他窗口添加，或文件已丢失")]
    AttachmentMissing,
    /// The file of an attachment was altered or cut.
    #[error("本机的扫描件文件已损坏，请重新扫描并添加同一份文件")]
    AttachmentDamaged,
    /// A case number was used twice: two devices share a device code.
    #[error("办件编号{0}已被使用")]
    NumberTaken(String),
}

impl StorageError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Database(_) => "storage-failed",
            Self::Damaged => "storage-damaged",
            Self::Newer { .. } => "storage-newer",
            Self::Migration(_) => "storage-migration",
            Self::Folder(_) => "storage-folder",
            Self::Key(error) => error.code(),
            Self::Unreadable { .. } => "storage-unreadable",
            Self::Enrolled => "already-enrolled",
            Self::Training => "training",
            Self::NotTraining => "training-foreign",
            Self::Practised => "practice-profile",
            Self::AttachmentFile(_) => "attachment-file",
            Self::AttachmentMissing => "attachment-missing",
            Self::AttachmentDamaged => "attachment-damaged",
            Self::NumberTaken(_) => "number-taken",
        }
    }
}

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        // The guards of `schema/15.sql` say which they are.
        if let rusqlite::Error::SqliteFailure(_, Some(said)) = &error {
            if said.starts_with("training: ") {
                return Self::Training;
            }
            if said.starts_with("records: ") {
                return Self::NotTraining;
            }
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged,
            _ => Self::Database(error),
        }
    }
}
