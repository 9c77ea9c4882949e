//! A matter seen through a situation, before there is a case.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::checklist::Stopped;
use yichuang_domain::condition::Answers;
use yichuang_domain::matter::{Material, Question};

use super::matter::MatterView;

/// A material that an enquiry comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProspectView {
    /// The material.
    pub material: Material,
    /// In which situation it is asked for, in words; none where in every one that is left.
    pub when: Option<String>,
}

/// A matter seen through the situation told so far, before there is a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EnquiryView {
    /// The matter.
    pub matter: MatterView,
    /// The questions that can be asked now, in order; the one about an agent among them.
    pub questions: Vec<Question>,
    /// The answers that count.
    #[ts(type = "Record<string, string>")]
    pub answers: Answers,
    /// Whether nothing is open.
    pub settled: bool,
    /// The choice that ended it.
    pub stopped: Option<Stopped>,
    /// What applies or may apply.
    pub materials: Vec<ProspectView>,
}
