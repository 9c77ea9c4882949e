//! The events of the log, and how they are sealed.
//!
//! Every enrolled device is an *origin* with its own append-only log: `seq` has no gaps, and each
//! event carries the hash of the one before. An event is serialised once, when it is sealed; what
//! is stored, sent and hashed are those very bytes, never an encoding made again.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;
use uuid::Uuid;

use super::log::window_of;
use crate::applicant::{Applicant, Party};
use crate::attachment::Announced;
use crate::bundle::BundleRef;
use crate::calendar::DueDate;
use crate::checklist::{CheckedMaterial, Stopped};
use crate::condition::Answers;
use crate::document::{DocumentKind, DocumentNumber};
use crate::evaluation::{Evaluation, EvaluationChannel};
use crate::handover::HandoverFacts;
use crate::matter::{MaterialId, SpecialProcedureKind};
use crate::numbering::CaseNumber;
use crate::printing::{PrintProof, ReprintReason};
use crate::signature::HandSignature;

/// Which log an event belongs to: a device, or the hub.
pub type OriginId = String;
/// A case, the same everywhere.
pub type CaseId = Uuid;
/// SHA-256 in lower-case hexadecimal.
pub type Hash = String;

/// The hash before the first event of a log.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Actor {
    /// 工号 or the account's id.
    pub id: String,
    /// Name, as printed on papers.
    pub name: String,
}

impl Actor {
    /// Whoever applied, for what they do themselves.
    pub fn applicant() -> Self {
        Self { id: "applicant".to_owned(), name: "申请人".to_owned() }
    }

    /// The program itself, for what happens with nobody signed in.
    pub fn program() -> Self {
        Self { id: "program".to_owned(), name: "一窗".to_owned() }
    }
}

/// The matter of a case, as pinned at filing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MatterRef {
    /// 实施编码.
    pub code: String,
    /// 事项名称.
    pub name: String,
    /// 实施主体.
    pub department: String,
}

/// The guide release a case is pinned to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct GuideRef {
    /// Release number.
    pub release: u32,
    /// SHA-256 of the package.
    pub digest: Hash,
}

/// A material that the department asks for in its review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AskedItem {
    /// Which.
    pub id: MaterialId,
    /// What is wrong with it and how to mend it, for the applicant.
    pub mend: String,
}

/// A window that has a case in hand, as people need to know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Holder {
    /// Its log.
    pub origin: OriginId,
    /// The code in its case numbers.
    pub device: String,
    /// 窗口.
    pub window: String,
}

/// Who applies, and who came for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Parties {
    /// 申请人.
    pub applicant: Applicant,
    /// 代理人.
    pub agent: Option<Party>,
}

/// Where an event stands, as people speak of it: by the window, whichever of its logs it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct EventPlace {
    /// The window, by the name of its first log.
    pub origin: OriginId,
    /// The position in the log.
    #[ts(type = "number")]
    pub seq: u64,
}

/// How a case was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// 准予 / 办结
    Granted,
    /// 不予许可
    Denied,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum EventBody {
    /// 收件: the materials were taken in and a number was given.
    Filed {
        /// 办件编号.
        number: CaseNumber,
        /// The matter.
        matter: MatterRef,
        /// The guide it follows to its end.
        guide: GuideRef,
        /// The day of filing.
        #[ts(type = "string")]
        filed_on: Date,
        /// 申请人.
        applicant: Applicant,
        /// 代理人.
        agent: Option<Party>,
        /// 情形.
        #[ts(type = "Record<string, string>")]
        answers: Answers,
        /// Every applicable material; empty where a choice ended the walk.
        materials: Vec<CheckedMaterial>,
        /// What a notice of this case must list.
        listed: Vec<MaterialId>,
        /// The last day for that notice.
        notify_by: Option<DueDate>,
        /// Made in practice (演练).
        practice: bool,
        /// 一件事: what it was filed together with; none where it was filed alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        bundle: Option<BundleRef>,
    },
    /// 即时告知 or 不予受理: a choice ended the walk.
    Stopped {
        /// How and why.
        stopped: Stopped,
    },
    /// 一次性告知.
    NoticeGiven {
        /// The day.
        #[ts(type = "string")]
        on: Date,
        /// Everything the notice lists.
        listed: Vec<MaterialId>,
    },
    /// 补正: materials of the notice arrived.
    Supplemented {
        /// The day.
        #[ts(type = "string")]
        on: Date,
        /// Which.
        ids: Vec<MaterialId>,
    },
    /// 受理.
    Accepted {
        /// The day of acceptance.
        #[ts(type = "string")]
        on: Date,
        /// 应办结日.
        due: Option<DueDate>,
        /// 容缺受理.
        deferred: Vec<MaterialId>,
    },
    /// 视为受理 (行政许可法 第32条第四项).
    DeemedAccepted {
        /// The day of receipt.
        #[ts(type = "string")]
        on: Date,
        /// 应办结日.
        due: Option<DueDate>,
        /// The day it was noticed.
        #[ts(type = "string")]
        noticed_on: Date,
    },
    /// A paper was made and archived.
    DocumentIssued {
        /// Its kind.
        kind: DocumentKind,
        /// 文号.
        number: DocumentNumber,
        /// SHA-256 of the PDF.
        sha256: Hash,
        /// 发文字号, where the hall has set one for its papers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        formal: Option<String>,
    },
    /// A paper came out of a printer. Entries without `proof` were written by programs that knew
    /// only that it was handed over.
    DocumentPrinted {
        /// Which.
        number: DocumentNumber,
        /// The printer's name.
        printer: String,
        /// The how-manieth time (from 1); above 1 it is 补打.
        nth: u32,
        /// Who says that it came out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        proof: Option<PrintProof>,
        /// Why it was printed again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reason: Option<ReprintReason>,
        /// The job in the journal of the window that printed it: one entry for one job.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        job: Option<String>,
    },
    /// 扫描件: a scan of a material was added. This is its announcement; the bytes follow by
    /// themselves.
    AttachmentAdded {
        /// Of which material.
        material: MaterialId,
        /// Hash, size, kind and name.
        #[serde(flatten)]
        announced: Announced,
    },
    /// A scan was removed: it was of something else, or unreadable.
    AttachmentRemoved {
        /// Of which material.
        material: MaterialId,
        /// Which.
        hash: Hash,
        /// Why.
        reason: String,
    },
    /// 审查开始.
    ReviewStarted {},
    /// 审查补正: the department found in its review that materials have to be mended or added. The
    /// clock runs on: 行政许可法 第45条 does not name it.
    SupplementAsked {
        /// The day.
        #[ts(type = "string")]
        on: Date,
        /// What has to be mended, in guide order.
        items: Vec<AskedItem>,
        /// Why, for the applicant.
        reason: String,
    },
    /// 特别程序: the clock stands still (第45条).
    ClockStopped {
        /// Which procedure.
        kind: SpecialProcedureKind,
        /// From when.
        #[ts(type = "string")]
        on: Date,
        /// Why.
        reason: String,
        /// 依据: what the law or the guide says of this procedure; empty where nobody noted it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[ts(as = "Option<String>", optional)]
        basis: String,
    },
    /// The clock runs again.
    ClockResumed {
        /// From when.
        #[ts(type = "string")]
        on: Date,
        /// The new 应办结日.
        due: Option<DueDate>,
    },
    /// 期限重算: a year of the calendar became official, so an estimated last day is certain now,
    /// or another. Before acceptance it is the last day for the notice, after it 应办结日.
    LimitRecounted {
        /// The last day, counted anew.
        limit: DueDate,
        /// The last day until now; papers that name it stay as issued.
        #[ts(type = "string")]
        was: Date,
    },
    /// 延期: the limit was extended, once and with approval (行政许可法 第42条).
    LimitExtended {
        /// The last day from now on.
        limit: DueDate,
        /// The last day until now.
        #[ts(type = "string")]
        was: Date,
        /// Who approved it.
        approver: String,
        /// Why; the applicant is told.
        reason: String,
    },
    /// 办结.
    Decided {
        /// How.
        decision: Decision,
        /// When.
        #[ts(type = "string")]
        on: Date,
        /// Why; must not be empty for a denial (第38条).
        reason: String,
        /// 结果证号, if there is one.
        result_number: Option<String>,
        /// 法律依据 of a denial (第38条); empty where nobody noted it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[ts(as = "Option<String>", optional)]
        basis: String,
        /// 救济途径: how and where the applicant can object to a denial (第38条).
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[ts(as = "Option<String>", optional)]
        remedies: String,
    },
    /// 待出件.
    ReadyForHandover {},
    /// 出件.
    HandedOver {
        /// Who received it.
        receiver: String,
        /// When.
        #[ts(type = "string")]
        on: Date,
        /// How, and by what they were known; none in entries of before it was noted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        facts: Option<HandoverFacts>,
        /// 手写签名, where the receiver signed on a screen; none where they signed on paper.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        signature: Option<HandSignature>,
    },
    /// 好差评: what the applicant said of a service at the window, or that they did not want to. No
    /// window shows what was said.
    Evaluated {
        /// Of which day's service.
        #[ts(type = "string")]
        service: Date,
        /// How it was said.
        channel: EvaluationChannel,
        /// What; none where they did not want to say.
        evaluation: Option<Evaluation>,
    },
    /// 归档.
    Archived {},
    /// 撤回, by the applicant.
    Withdrawn {
        /// Why.
        reason: String,
        /// When.
        #[ts(type = "string")]
        on: Date,
    },
    /// 退件: not supplemented in time, or given up.
    Returned {
        /// Why.
        reason: String,
        /// When.
        #[ts(type = "string")]
        on: Date,
    },
    /// 更正: who applies was typed wrongly. It applies only to what it says was there, so that of
    /// two corrections none undoes the other unseen.
    PartiesCorrected {
        /// What the case said.
        was: Parties,
        /// What it says from now on.
        now: Parties,
        /// The day.
        #[ts(type = "string")]
        on: Date,
        /// Why.
        reason: String,
    },
    /// 窗口交接: another window has the case in hand from now on, and it alone may continue it.
    /// Written by the hub for a window that takes over, or by the holder that hands on.
    Transferred {
        /// Who had it.
        from: Holder,
        /// Who has it.
        to: Holder,
        /// The day.
        #[ts(type = "string")]
        on: Date,
        /// Why.
        reason: String,
    },
    /// 冲突处理: a person looked at an event that did not apply, and said what is to become of it.
    ConflictSettled {
        /// Which.
        of: EventPlace,
        /// Whether it counts after all, from now on; otherwise it stays on record only.
        adopted: bool,
        /// Why.
        reason: String,
    },
    /// 转录: an event of another log, handed on whole by the log that this stands in. It counts
    /// as if it had been read in its own log (see [`super::relay`]).
    Relayed {
        /// That event, and the hub's word that it has it.
        event: SignedEvent,
    },
}

/// One entry of a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The log.
    pub origin: OriginId,
    /// Position in the log, from 1, without gaps.
    pub seq: u64,
    /// The device's clock.
    pub at: Timestamp,
    /// Device clock minus hub clock at the last contact, in milliseconds; none if never met.
    pub clock_skew: Option<i64>,
    /// One more than the highest of this case known where it was written: cause before effect
    /// (Lamport).
    pub lamport: u64,
    /// Who.
    pub actor: Actor,
    /// Which case.
    pub case: CaseId,
    /// What.
    pub body: EventBody,
    /// The hash of the entry before.
    pub prev_hash: Hash,
}

impl Event {
    /// Where it stands, by the window whose log it is.
    pub fn place(&self) -> EventPlace {
        EventPlace { origin: window_of(&self.origin).to_owned(), seq: self.seq }
    }
}

/// An event as stored and sent: the exact text, and its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedEvent {
    /// The event, serialised once.
    pub text: String,
    /// SHA-256 of `text`.
    pub hash: Hash,
}

/// A sealed event with the hub's word for it, which is good wherever the event is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignedEvent {
    /// The event, serialised once.
    pub text: String,
    /// SHA-256 of `text`.
    pub hash: Hash,
    /// The hub's signature over the hash, base64: it wrote the event, or took it in.
    pub signature: String,
}

/// A sealed event that can't be trusted.
#[derive(Debug, thiserror::Error)]
pub enum BrokenEvent {
    /// The text does not have the hash it came with.
    #[error("the text does not match its hash")]
    HashMismatch,
    /// The text is no event.
    #[error("the text is no event: {0}")]
    Unreadable(#[source] serde_json::Error),
}

/// Whether a text is a SHA-256 as written everywhere here: 64 digits of lower-case hexadecimal.
/// Nothing else may become part of a path.
pub fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> Hash {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String never fails.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

impl SealedEvent {
    /// Serialises and hashes `event`, for the first and only time.
    ///
    /// # Errors
    /// [`BrokenEvent::Unreadable`] if it can't be serialised, which no event of this type does.
    pub fn seal(event: &Event) -> Result<Self, BrokenEvent> {
        let text = serde_json::to_string(event).map_err(BrokenEvent::Unreadable)?;
        let hash = sha256_hex(text.as_bytes());
        Ok(Self { text, hash })
    }

    /// Checks the hash and reads the event.
    ///
    /// # Errors
    /// [`BrokenEvent`], if either fails.
    pub fn open(&self) -> Result<Event, BrokenEvent> {
        if sha256_hex(self.text.as_bytes()) != self.hash {
            return Err(BrokenEvent::HashMismatch);
        }
        serde_json::from_str(&self.text).map_err(BrokenEvent::Unreadable)
    }
}

impl SignedEvent {
    /// The event without the hub's word.
    pub fn sealed(&self) -> SealedEvent {
        SealedEvent { text: self.text.clone(), hash: self.hash.clone() }
    }
}

#[cfg(test)]
mod tests;
