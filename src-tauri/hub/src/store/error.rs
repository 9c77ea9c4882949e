//! What can go wrong with the database.

/// A failure of the database: nothing of the transaction was written. One exception: where the
/// connection breaks just as a transaction ends ([`Self::Unavailable`]), nobody knows whether it
/// was; asking again tells.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite or the disk refused.
    #[error("数据库读写失败：{0}")]
    Sqlite(#[source] rusqlite::Error),
    /// PostgreSQL refused. Its own words may quote what was stored, so only its code is kept.
    #[error("数据库读写失败（SQLSTATE {sqlstate}）")]
    Postgres {
        /// Its five characters.
        sqlstate: String,
    },
    /// The database can't be reached, or the connection was lost: passes by itself.
    #[error("数据库暂时连不上：{0}")]
    Unavailable(String),
    /// Others kept changing the same things: passes by itself.
    #[error("数据库一时过于繁忙，请稍后重试")]
    Contended,
    /// The file is no database, or is damaged.
    #[error("数据库无法读取：文件已损坏，请用备份恢复")]
    Damaged,
    /// The database was made by a newer program.
    #[error("数据库版本为{found}，本程序只认识到{known}：请安装新版本，数据未作任何改动")]
    Newer {
        /// Its version.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// The folder or file can't be used.
    #[error("数据目录无法使用：{0}")]
    Folder(#[source] std::io::Error),
    /// There is no hub in the folder or the database.
    #[error("这里没有大厅中心的数据：请核对 --data 或 --database，或先运行 yichuang-hub serve")]
    Missing,
    /// Another program of the hub has the database open.
    #[error("大厅中心正在运行，或有命令正在使用这个数据库：请先停止它们，再重新运行")]
    InUse,
    /// The records were moved elsewhere.
    #[error("这个大厅中心的数据已迁往{to}：请改用那里的数据；此处的旧数据保持原样")]
    Moved {
        /// Where to.
        to: String,
    },
    /// The records are being moved elsewhere.
    #[error(
        "这个大厅中心的数据正在迁往{to}，还没有迁完：请重新运行 yichuang-hub move 接着迁，\
         或用 yichuang-hub move --abandon 放弃，继续在此处使用"
    )]
    Leaving {
        /// Where to.
        to: String,
    },
    /// The records are being moved here.
    #[error("这里的数据还没有迁完（来自{from}），不能使用：请重新运行 yichuang-hub move 接着迁")]
    Arriving {
        /// Where from.
        from: String,
    },
    /// A stored value is not what this program stores.
    #[error("数据库中的{0}无法解读")]
    Unreadable(&'static str),
    /// The system gave no random numbers.
    #[error("系统未能提供随机数：{0}")]
    Random(#[source] getrandom::Error),
}

impl StoreError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Sqlite(_) | Self::Postgres { .. } => "storage-failed",
            Self::Unavailable(_) => "storage-unavailable",
            Self::Contended => "storage-busy",
            Self::Damaged => "storage-damaged",
            Self::Newer { .. } => "storage-newer",
            Self::Folder(_) => "storage-folder",
            Self::Missing => "no-hub",
            Self::InUse => "hub-running",
            Self::Moved { .. } => "hub-moved",
            Self::Leaving { .. } => "hub-moving",
            Self::Arriving { .. } => "hub-half-moved",
            Self::Unreadable(_) => "storage-unreadable",
            Self::Random(_) => "no-randomness",
        }
    }

    /// Whether the same may succeed later without anybody doing anything.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Contended)
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Contended,
            _ => Self::Sqlite(error),
        }
    }
}
