//! 一件事一次办: several matters taken in as one.

use serde::Deserialize;
use ts_rs::TS;
use yichuang_desk::bundle::AboutBundle;
use yichuang_domain::condition::Answers;
use yichuang_domain::determination::Determination;

/// A bundle in the situation told so far.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct EnquireBundle {
    /// The bundle's id in the guide.
    pub id: String,
    /// Which of its matters; none means every one that is taken today.
    #[serde(default)]
    #[ts(optional)]
    pub taken: Option<Vec<String>>,
    /// Choices by the bundle's questions, as many as there are; `agent` (`yes`, `no`) among them.
    #[ts(type = "Record<string, string>")]
    pub answers: Answers,
}

/// The sheet of an enquiry about a bundle.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct BundleSheetOf {
    /// What is asked about.
    pub about: EnquireBundle,
    /// Whether the samples of forms go along.
    pub samples: bool,
}

/// Sends the sheet of an enquiry about a bundle to a printer.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PrintBundleSheet {
    /// What is asked about.
    pub about: EnquireBundle,
    /// Whether the samples of forms go along.
    pub samples: bool,
    /// The printer's name; none means the system's default.
    pub printer: Option<String>,
}

/// Begins the cases of a bundle.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct StartBundle {
    /// The bundle's id in the guide.
    pub id: String,
    /// Which of its matters, if an enquiry went before; none means every one that is taken today.
    #[serde(default)]
    #[ts(optional)]
    pub taken: Option<Vec<String>>,
    /// What an enquiry brought, if one went before.
    #[serde(default)]
    #[ts(type = "Record<string, string>", optional)]
    pub answers: Option<Answers>,
}

impl From<EnquireBundle> for AboutBundle {
    fn from(EnquireBundle { id, taken, answers }: EnquireBundle) -> Self {
        Self { id, taken, answers }
    }
}

impl From<StartBundle> for AboutBundle {
    fn from(StartBundle { id, taken, answers }: StartBundle) -> Self {
        Self { id, taken, answers: answers.unwrap_or_default() }
    }
}

/// Turns a draft of a bundle into a case for each of its matters.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct FileBundle {
    /// The draft.
    pub id: String,
    /// What the clerk saw and agreed to, in the order of the matters that are taken.
    pub confirmed: Vec<Determination>,
    /// Take the materials in now and give the one-time notice later (within its days).
    pub notice_later: bool,
}
