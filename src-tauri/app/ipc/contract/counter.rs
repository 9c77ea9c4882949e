//! What passes over the counter: results to whoever may have them, and the applicant's word on the
//! service.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::evaluation::Evaluation;
use yichuang_domain::handover::HandoverInput;
use yichuang_domain::signature::{PenPoint, SigningScreen};

/// Gives the result of a case to somebody.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct HandOver {
    /// The case.
    pub id: String,
    /// To whom and how, as typed.
    pub input: HandoverInput,
    /// `YYYY-MM-DD`; none means today. Only practice may choose another day.
    pub on: Option<String>,
    /// By which the receiver was asked to sign on a screen; none where they sign on paper.
    #[serde(default)]
    #[ts(optional)]
    pub signature: Option<String>,
    /// Cases filed together with it whose results the same person takes along.
    #[serde(default)]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub also: Vec<String>,
}

/// Asks whoever receives a result to sign for it on a screen.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct AskSignature {
    /// The case.
    pub id: String,
    /// To whom and how, as typed.
    pub input: HandoverInput,
    /// As at the handover.
    pub on: Option<String>,
    /// Where they sign.
    pub screen: SigningScreen,
}

/// What somebody signed.
#[derive(Clone, Deserialize, TS)]
pub struct Sign {
    /// Of which question.
    pub token: String,
    /// What they wrote, stroke by stroke.
    pub strokes: Vec<Vec<PenPoint>>,
}

/// Names a signature that is asked for.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SigningOnly {
    /// Its token.
    pub token: String,
}

/// Names a service of a case.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ServiceOnly {
    /// The case.
    pub id: String,
    /// The day of the service, `YYYY-MM-DD`.
    pub service: String,
}

/// Enters what an applicant wrote on the form.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct EnterEvaluation {
    /// The case.
    pub id: String,
    /// The day of the service, `YYYY-MM-DD`.
    pub service: String,
    /// What they wrote.
    pub evaluation: Evaluation,
}

/// What the applicant says on their screen.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct AnswerEvaluation {
    /// Of which question.
    pub token: String,
    /// What; none where they do not want to say.
    pub evaluation: Option<Evaluation>,
}

/// Where the applicant's screen was opened.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ApplicantAddress {
    /// The address for the page to open; none where the program opened a window itself.
    pub url: Option<String>,
}
