//! 好差评: what the clerk sees of it, which is whether, and what the applicant's screen shows.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::evaluation::{Answered, Occasion};

use super::signing::SigningRequest;

/// A service of a case at the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ServiceView {
    /// The day, `YYYY-MM-DD`.
    pub on: String,
    /// What it began with.
    pub occasion: Occasion,
    /// Who served.
    pub served_by: String,
    /// Whether the applicant said anything.
    pub answered: Answered,
}

/// A service that somebody is asked about right now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AskedService {
    /// Of which case.
    pub case: String,
    /// Of which day, `YYYY-MM-DD`.
    pub service: String,
}

/// The applicant's screen, as the clerk knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EvaluationScreen {
    /// Whether it is open: it looked in a moment ago.
    pub open: bool,
    /// What it asks now.
    pub waiting: Option<AskedService>,
}

/// What the applicant's screen shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum ApplicantScreen {
    /// Nothing is asked.
    Idle {
        /// 大厅.
        hall: String,
        /// 窗口.
        window: String,
        /// 演练.
        practice: bool,
    },
    /// How the service was.
    Asking {
        /// 大厅.
        hall: String,
        /// 窗口.
        window: String,
        /// 演练.
        practice: bool,
        /// By which it is answered, once.
        token: String,
        /// The day of the service, `YYYY-MM-DD`.
        on: String,
        /// 事项名称.
        matter: String,
        /// Who served.
        served_by: String,
    },
    /// A signature for a result.
    Signing {
        /// 大厅.
        hall: String,
        /// 窗口.
        window: String,
        /// 演练.
        practice: bool,
        /// What is signed.
        request: SigningRequest,
    },
}
