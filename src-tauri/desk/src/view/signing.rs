//! 屏幕签名: what is being signed, as the clerk and whoever signs see it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::document::DocumentKind;
use yichuang_domain::signature::{PenPoint, SigningScreen};

/// How far a signature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SigningState {
    /// Asked for.
    Waiting,
    /// Written.
    Signed,
    /// They left without.
    Left,
}

/// The box that is written in. Points are counted from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PadBox {
    /// Units from left to right.
    pub width: i32,
    /// Units from top to bottom.
    pub height: i32,
}

/// What somebody is asked to sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SigningRequest {
    /// By which it is answered, once.
    pub token: String,
    /// Of which case.
    pub case: String,
    /// Where it is signed.
    pub screen: SigningScreen,
    /// How far it is.
    pub state: SigningState,
    /// Who signs.
    pub signer: String,
    /// The papers that are signed.
    pub papers: Vec<DocumentKind>,
    /// 事项名称.
    pub matter: String,
    /// What is received.
    pub result: String,
    /// 件数.
    pub copies: u16,
    /// The day on the papers, `YYYY-MM-DD`.
    pub on: String,
    /// Where it is written in.
    pub pad: PadBox,
    /// What was written, for the clerk to compare; empty until then.
    pub strokes: Vec<Vec<PenPoint>>,
}

/// The signature that is asked for, as the clerk sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SigningView {
    /// Whether the applicant's screen is open.
    pub open: bool,
    /// What is asked; none where nothing is.
    pub request: Option<SigningRequest>,
}
