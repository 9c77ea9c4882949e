//! The ferry (摆渡): the exchange in files, for places without a network.
//!
//! A ferry file holds the very messages that travel on the line, one a line of JSON, packed
//! (Zstandard) and then encrypted (age, X25519) for the one who is to read it. It begins with a
//! signed [`Cargo`] or [`Answer`] and ends with a signed [`Closing`], which covers every byte
//! between; nothing of a file may be taken in before its [`Closing`] was seen ([`Unloading::prove`]).
//! What is in it is then judged as if it had come over the line, so that a file may come twice, late
//! or beside the network, and changes nothing that is not new.

mod key;
mod load;
mod progress;
mod scans;
mod unload;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use yichuang_domain::case::event::{Hash, OriginId};

use crate::SignedText;
use crate::attachment::{ChunkRequest, OfferRequest};
use crate::check::{CheckReply, CheckRequest};
use crate::guide::{NewestRelease, PartReply};
use crate::help::{HelpReply, HelpRequest};
use crate::hub_log::{GiveBack, HeldLog};
use crate::policy::{PolicyReply, PolicyRequest};
use crate::position::Position;
use crate::pull::PullReply;
use crate::push::PushRequest;
use crate::roster::RosterReply;
use crate::transfer::{TransferReply, TransferRequest};

pub use load::Loading;
pub use progress::{Phase, Progress, Standing, Watched};
pub use scans::{HeldScan, HeldScans, SCAN_BYTES};
pub use unload::{Unloading, open};

/// The kind that begins a window's file.
pub const CARGO: &str = "yichuang-ferry/1";
/// The kind that begins a hub's file.
pub const ANSWER: &str = "yichuang-ferry-answer/1";
/// The kind that begins the end of either.
pub const CLOSING: &str = "yichuang-ferry-end/1";

/// How a ferry file is named at its end.
pub const EXTENSION: &str = "ferry";

/// Whose file, and where its window stood. Travels as [`SignedText`], signed by the device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cargo {
    /// [`CARGO`].
    pub kind: String,
    /// The hub it is for.
    pub hub: String,
    /// The window's log.
    pub origin: OriginId,
    /// The window's clock.
    pub made_at: Timestamp,
    /// What the window holds of the hub's logs for it, the newest last.
    pub hub_logs: Vec<HeldLog>,
    /// The digest of the guide release in use.
    pub guide: Option<Hash>,
    /// The digest of the roster of devices that is here.
    pub roster: Option<Hash>,
    /// Up to where the window holds its station's list of 帮您办; none of a window of before there
    /// was one, which would not know what it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Position>,
}

/// Whose answer. Travels as [`SignedText`], signed by the hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// [`ANSWER`].
    pub kind: String,
    /// The hub that answers.
    pub hub: String,
    /// The log of the window it is for.
    pub origin: OriginId,
    /// The hub's clock.
    pub made_at: Timestamp,
    /// The acknowledgement of where the window's log stands.
    pub holds: SignedText,
    /// The log in which the hub now writes for the window.
    pub log: OriginId,
    /// Where that begins in this file: behind what the window held when it wrote.
    pub from: Position,
    /// What the hub lost of earlier ones.
    pub give_back: Vec<GiveBack>,
    /// The window's file began beyond what the hub holds, and was not taken in.
    pub behind: bool,
}

/// The end: that nothing is missing, added or changed. Travels as [`SignedText`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// [`CLOSING`].
    pub kind: String,
    /// How many lines are before it.
    pub lines: u64,
    /// SHA-256 of all bytes before it, line ends included.
    pub digest: Hash,
}

/// One message in a ferry file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", content = "message", rename_all = "kebab-case")]
pub enum Load {
    /// The next events of the window's log.
    Push(PushRequest),
    /// What the window believes the hub to hold once this file has arrived.
    Check(CheckRequest),
    /// Scans that wait, those that follow among them.
    Offer(OfferRequest),
    /// The next chunk of a scan.
    Chunk(ChunkRequest),
    /// What the hub holds of the scans that were offered.
    Held(HeldScans),
    /// The next events of the hub's log.
    Pulled(PullReply),
    /// What the hub holds.
    Checked(CheckReply),
    /// Which devices there are.
    Roster(RosterReply),
    /// The newest release of the guide, packed whole: its parts follow.
    Release(NewestRelease),
    /// The next part of it.
    Part(PartReply),
    /// The window wants to know how long its station may be away.
    AskPolicy(PolicyRequest),
    /// How long its station may be away.
    Policy(PolicyReply),
    /// The window wants to continue cases that other windows of its station have in hand.
    AskTransfer(TransferRequest),
    /// What became of that; cases that were given are among the events.
    Transferred(TransferReply),
    /// What the list of 帮您办 lacks; only for a hub that is known to have one.
    Help(HelpRequest),
    /// The next records of that list, where the window told up to where it holds it.
    Helped(HelpReply),
    /// The last line.
    End(SignedText),
}

/// Why a ferry file can't be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FerryError {
    /// It is none.
    #[error("不是摆渡文件")]
    Foreign,
    /// It is encrypted for somebody else.
    #[error("这份摆渡文件不是给这里的，打不开")]
    NotForUs,
    /// It ends too early or was altered.
    #[error("摆渡文件不完整或已损坏，请重新拷贝")]
    Damaged,
    /// It holds what this program does not know.
    #[error("摆渡文件由更新的程序写成，请先升级本程序")]
    Newer,
    /// The signature is not that of the one it names.
    #[error("摆渡文件的签名不符")]
    BadSignature,
    /// It can't be read or written.
    #[error("{}", disk_words(.0))]
    Disk(#[source] std::io::Error),
    /// Whoever waited for it asked to stop.
    #[error("已取消，没有留下半份文件")]
    Stopped,
}

fn disk_words(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::StorageFull => {
            "U 盘或磁盘空间不足，没有写成：请腾出空间或换一个，也可以少带扫描件".to_owned()
        }
        _ => format!("摆渡文件读写失败：{error}"),
    }
}

impl FerryError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Foreign => "ferry-foreign",
            Self::NotForUs => "ferry-not-for-us",
            Self::Damaged => "ferry-damaged",
            Self::Newer => "ferry-newer",
            Self::BadSignature => "ferry-bad-signature",
            Self::Disk(_) => "ferry-disk",
            Self::Stopped => "ferry-stopped",
        }
    }
}

#[cfg(test)]
mod tests;
