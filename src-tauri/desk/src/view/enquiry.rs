//! A matter or a bundle seen through a situation, before there is a case.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::bundle::{Cost, Savings};
use yichuang_domain::calendar::DueDate;
use yichuang_domain::checklist::Stopped;
use yichuang_domain::condition::Answers;
use yichuang_domain::matter::{Limit, Material, MatterCode, Question};

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

/// That a matter of a bundle asks for a material, or may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WantView {
    /// 实施编码.
    pub code: MatterCode,
    /// 事项名称.
    pub name: String,
    /// In which situation this matter asks for it, where that differs from when anybody does.
    pub when: Option<String>,
    /// Its blank form there; may be empty.
    pub blank_form: String,
    /// Its sample there; may be empty.
    pub sample_form: String,
}

/// A material that an enquiry about a bundle comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JointProspectView {
    /// The material, as the strictest of the matters asks for it.
    pub material: Material,
    /// In which situation anybody asks for it, in words; none where somebody does in every one
    /// that is left.
    pub when: Option<String>,
    /// Who asks for it.
    pub wants: Vec<WantView>,
}

/// A matter of a bundle that is asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EnquiredMember {
    /// The matter, with why it is not taken today.
    pub view: MatterView,
    /// Whether it leads (主办), so that it can't be left out.
    pub lead: bool,
    /// Whether it is among those asked about.
    pub taken: bool,
    /// The choice that ended it; the others go on.
    pub stopped: Option<Stopped>,
    /// Its limit inside the bundle: the bundle's promise, or the law's nearer day.
    pub limit: Option<Limit>,
    /// Whether that is the law's, which ends before the bundle promises to.
    pub lawful: bool,
    /// That limit, counted as if it were accepted today.
    pub due: Option<DueDate>,
}

/// A bundle seen through the situation told so far, before there is a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BundleEnquiryView {
    /// The bundle's id in the guide.
    pub id: String,
    /// 一件事名称.
    pub name: String,
    /// What the clerk should know about it; may be empty.
    pub note: String,
    /// Example data (示例).
    pub sample: bool,
    /// What the bundle promises; none where its leading matter has ended.
    pub limit: Option<Limit>,
    /// Its matters, in its order.
    pub members: Vec<EnquiredMember>,
    /// The questions that can be asked now, each once, in order; the one about an agent among them.
    pub questions: Vec<Question>,
    /// The answers that count.
    #[ts(type = "Record<string, string>")]
    pub answers: Answers,
    /// Whether nothing is open.
    pub settled: bool,
    /// What applies or may apply, each once.
    pub materials: Vec<JointProspectView>,
    /// What the matters that go on cost together.
    pub cost: Cost,
    /// What is spared, counting what may apply as if it did.
    pub savings: Savings,
}
