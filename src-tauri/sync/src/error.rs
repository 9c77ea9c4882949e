//! What can go wrong between window and hub, in the clerk's words.

use yichuang_protocol::ferry::FerryError;
use yichuang_storage::StorageError;

/// A sync or an enrolment that failed. What was acknowledged before stays acknowledged; nothing
/// else was changed.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The window has joined no hub.
    #[error("本机尚未入网：请先向管理员索取入网码，再办理入网")]
    NotEnrolled,
    /// The window has joined one already.
    #[error("本机已入网，不能重复入网；更换大厅中心请联系管理员")]
    AlreadyEnrolled,
    /// Practice cases must not come to a real hub.
    #[error("本机存有演练办件，不能加入正式大厅中心：请新建数据目录后再入网")]
    PracticeProfile,
    /// The code is wrong, used or expired.
    #[error("入网码无效、已使用或已过期：请核对后重输，或请管理员重新生成")]
    BadEnrolCode,
    /// The address is none.
    #[error("大厅中心地址“{0}”无效：应形如 https://hub.example:7400")]
    BadAddress(String),
    /// Plain HTTP beyond this machine.
    #[error("大厅中心地址必须以 https:// 开头：明文 http:// 只允许本机（127.0.0.1）使用")]
    InsecureHub,
    /// The authority's certificate can't be read.
    #[error("证书机构的证书无法读取：请提供 PEM 格式的证书文件")]
    BadAuthority,
    /// The hub's certificate is not trusted, or no secure connection came about.
    #[error(
        "无法与大厅中心建立可信的加密连接（{0}）：请核对地址与本机时钟；\
         大厅中心使用自建证书机构时，入网时须提供该机构的证书"
    )]
    BadCertificate(String),
    /// No connection, or it broke off.
    #[error("连接不上大厅中心：请检查网络；办件照常进行，网络恢复后自动补传")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The hub is busy or in trouble.
    #[error("大厅中心暂时无法处理，稍后自动重试")]
    Busy,
    /// The session ended on the way.
    #[error("同步中途会话已结束，稍后自动续传")]
    SessionEnded,
    /// No version in common.
    #[error("本机程序与大厅中心的版本不相容：请升级版本较旧的一方，未发送的办件不会丢失")]
    VersionUnsupported,
    /// The hub does not know this device, or not this key.
    #[error("大厅中心没有本机的入网登记：请联系管理员核对；未发送的办件保存在本机，不会丢失")]
    UnknownDevice,
    /// The hub took this device out of use.
    #[error("本机已被大厅停用，不能再上传，也不要再出具文书：请联系管理员；未发送的办件保存在本机")]
    RevokedDevice,
    /// Another hub answers at the address.
    #[error("该地址上的大厅中心不是本机入网的那一个，已停止同步：请联系管理员核对")]
    HubChanged,
    /// The hub refused, for a reason that will not pass by itself.
    #[error("大厅中心拒绝了请求（{code}）：{message}")]
    Refused {
        /// The hub's code.
        code: &'static str,
        /// The hub's words.
        message: String,
    },
    /// An answer that is none.
    #[error("大厅中心的答复有误（{step}：{what}），已停止同步，本机数据未改动：请联系管理员")]
    BadAnswer {
        /// The step of the exchange.
        step: &'static str,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The hub has less than it acknowledged. It counts as unsent again.
    #[error("大厅中心的记录少于它已确认的数量（可能恢复过旧备份），本机将自动重新发送")]
    HubBehind,
    /// Window and hub have different events in the same place.
    #[error(
        "本机与大厅中心的记录不一致，已停止同步：可能有两台电脑用了同一份数据，\
         或恢复过旧备份。请停止办件并立即联系管理员"
    )]
    Forked,
    /// The hub has events of this window that the window lacks.
    #[error(
        "本机的记录少于大厅中心已收到的记录，可能恢复过旧备份。请停止办件并立即联系管理员，\
         以免编号重复"
    )]
    WindowBehind,
    /// An event of the hub that this program does not understand.
    #[error("大厅中心发来了本程序不认识的记录：请升级本机程序")]
    UnknownEvent,
    /// An event too large to send.
    #[error("第{seq}条记录过大，无法发送：请联系管理员")]
    EventTooLarge {
        /// Its position.
        seq: u64,
    },
    /// A ferry file that can't be read or written.
    #[error(transparent)]
    Ferry(#[from] FerryError),
    /// The program is closing.
    #[error("同步已中止，下次自动继续")]
    Cancelled,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The system failed.
    #[error("系统未能提供所需的服务（{0}）")]
    System(String),
}

impl SyncError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotEnrolled => "not-enrolled",
            Self::AlreadyEnrolled => "already-enrolled",
            Self::PracticeProfile => "practice-profile",
            Self::BadEnrolCode => "bad-enrol-code",
            Self::BadAddress(_) => "bad-hub-address",
            Self::InsecureHub => "insecure-hub",
            Self::BadAuthority => "bad-authority",
            Self::BadCertificate(_) => "bad-certificate",
            Self::Unreachable(_) => "hub-unreachable",
            Self::Busy => "hub-busy",
            Self::SessionEnded => "session-ended",
            Self::VersionUnsupported => "version-unsupported",
            Self::UnknownDevice => "unknown-device",
            Self::RevokedDevice => "revoked-device",
            Self::HubChanged => "hub-changed",
            Self::Refused { .. } => "hub-refused",
            Self::BadAnswer { .. } => "bad-hub-answer",
            Self::HubBehind => "hub-behind",
            Self::Forked => "hub-forked",
            Self::WindowBehind => "window-behind",
            Self::UnknownEvent => "unknown-event",
            Self::EventTooLarge { .. } => "event-too-large",
            Self::Ferry(error) => error.code(),
            Self::Cancelled => "cancelled",
            Self::Storage(error) => error.code(),
            Self::System(_) => "system-failed",
        }
    }

    /// Whether the same thing may succeed later without anybody doing anything.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Unreachable(_)
                | Self::Busy
                | Self::SessionEnded
                | Self::HubBehind
                | Self::Cancelled
        )
    }

    /// Whether what was typed was refused, rather than the exchange failing.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::NotEnrolled
                | Self::AlreadyEnrolled
                | Self::PracticeProfile
                | Self::BadEnrolCode
                | Self::BadAddress(_)
                | Self::InsecureHub
                | Self::BadAuthority
                | Self::Storage(StorageError::Training)
                | Self::Ferry(
                    FerryError::Foreign
                        | FerryError::NotForUs
                        | FerryError::Damaged
                        | FerryError::Newer
                        | FerryError::BadSignature
                        | FerryError::Stopped
                )
        )
    }

    /// Which input was refused: `hub`, `code`, `authority` or `file`.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::BadEnrolCode => Some("code"),
            Self::BadAddress(_) | Self::InsecureHub | Self::PracticeProfile => Some("hub"),
            Self::BadAuthority => Some("authority"),
            Self::Ferry(_) => Some("file"),
            _ => None,
        }
    }
}
