//! The answer, as the screens and the command line get it. It names no person.

use serde::Serialize;
use ts_rs::TS;

/// How it came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Signed by a device of the hall and unchanged since.
    Genuine,
    /// Practice (演练), shown among real records: worth nothing.
    Practice,
    /// Not what was signed.
    Altered,
    /// No device of this hall signed it.
    UnknownDevice,
    /// Signed by a device after it was revoked (停用).
    Revoked,
    /// Not a paper of this program, or one without a signature.
    NotOurs,
    /// This window does not know enough to tell.
    Unjudged,
}

/// What a paper's signature covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SignedPaper {
    /// 办件编号.
    pub case_number: String,
    /// 文书名称.
    pub title: String,
    /// Which paper of that kind in the case, from 1.
    pub nth: u32,
    /// 签发日期, `YYYY-MM-DD`.
    pub issued_on: String,
    /// Hall and window; none where the device is not known.
    pub window: Option<String>,
    /// The device code in the number.
    pub device: String,
    /// Whether the number is one of practice.
    pub practice: bool,
    /// Whether the signature is right; if not, all this is only what the paper claims.
    pub proven: bool,
}

/// The paper of the same number in this window's archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ArchivedCopy {
    /// The case's id.
    pub case: String,
    /// 文号, to open it by.
    pub number: String,
    /// Whether it is the same: of a code, what the paper says; of a file, every byte. None where
    /// the archived paper is of before papers were signed.
    pub same: Option<bool>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Verification {
    /// How it came out.
    pub verdict: Verdict,
    /// Whether the paper is one of practice.
    pub practice: bool,
    /// In a few words.
    pub headline: String,
    /// Why.
    pub reason: String,
    /// What to do next.
    pub advice: Vec<String>,
    /// What was signed; none where nothing could be read.
    pub signed: Option<SignedPaper>,
    /// The archive's copy; none where the case is not on this machine.
    pub archived: Option<ArchivedCopy>,
    /// The day as of which the roster of devices is, `YYYY-MM-DD`; none without one.
    pub roster_as_of: Option<String>,
}
