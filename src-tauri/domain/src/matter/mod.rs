//! A matter (事项) as the guide describes it. Source of the fields: 国家平台 `up_task_general_basic`
//! and its extension table, GB/T 39554.2-2020 and GB/T 39046-2020.
//!
//! A [`Matter`] itself holds what rules and screens of a walk need. What only a notice, a page
//! about the matter or an exchange needs stands apart in its [`MatterReference`], so that a guide
//! without it stays small in memory. Fields marked *from format 2* are absent in
//! `yichuang-guide/1`; the others may be missing from format 2 on where they have a default.

mod department;
mod fee;
mod force;
mod kind;
mod limit;
mod material;
mod procedure;
mod question;
mod reference;
mod result;

pub use department::Department;
pub use fee::Fee;
pub use force::NotInForce;
pub use kind::{AcceptanceMode, Handling, Level, MatterKind};
pub use limit::{Limit, LimitUnit, SupplementLaw, SupplementRule};
pub use material::{
    Material, MaterialHandling, MaterialKind, MaterialMedia, MaterialReference, MaterialSource,
    Necessity,
};
pub use procedure::{SpecialProcedure, SpecialProcedureKind};
pub use question::{Choice, Question, Stop, StopOutcome};
pub use reference::{
    Authority, Catalogue, DepartmentKind, Faq, FeeItem, FlowStep, HandleForm, LegalBasis,
    LegalBasisKind, MatterReference, MatterState, Online, OnlineDepth, Place, PowerSource,
    ResultReference, Service, ServiceArea, Topics, UseLevel,
};
pub use result::{Delivery, MatterResult};

use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

use crate::applicant::ApplicantKind;

/// 实施编码. Text of no fixed length: the standards disagree about it.
pub type MatterCode = String;
/// The id of a question inside its matter.
pub type QuestionId = String;
/// The id of a choice inside its question.
pub type ChoiceId = String;
/// The id of a material inside its matter.
pub type MaterialId = String;

/// The reserved question that the application asks itself: does an agent file? (`no`, `yes`)
pub const AGENT_QUESTION: &str = "agent";

/// Reads a text that may be null, which says the same as an empty one.
pub(crate) fn null_as_empty<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Option::<String>::deserialize(from).map(Option::unwrap_or_default)
}

fn known_audience<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<ApplicantKind>, D::Error> {
    let names = Vec::<String>::deserialize(from)?;
    Ok(names.iter().filter_map(|name| ApplicantKind::parse(name)).collect())
}

/// A matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Matter {
    /// 实施编码.
    pub code: MatterCode,
    /// 事项名称.
    pub name: String,
    /// What people call it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The department's code.
    pub department: String,
    /// 事项类型.
    pub kind: MatterKind,
    /// 办件类型.
    pub handling: Handling,
    /// Who may apply. The format leaves the list open; kinds that no window can take in are
    /// left out.
    #[serde(deserialize_with = "known_audience")]
    pub audience: Vec<ApplicantKind>,
    /// Where it may be taken.
    #[serde(default = "at_the_city")]
    pub levels: Vec<Level>,
    /// Whether receipt is acceptance.
    #[serde(default)]
    pub acceptance: AcceptanceMode,
    /// The notice rule.
    #[serde(default = "as_a_licence")]
    pub supplement: SupplementRule,
    /// 法定办结时限.
    #[serde(default)]
    pub statutory_limit: Option<Limit>,
    /// 承诺办结时限.
    #[serde(default)]
    pub promised_limit: Option<Limit>,
    /// 到现场次数.
    #[serde(default = "once")]
    pub visits: u8,
    /// A fee, if one is due.
    #[serde(default)]
    pub fee: Option<Fee>,
    /// Whether an agent may file.
    #[serde(default = "yes")]
    pub agent_allowed: bool,
    /// 受理条件.
    #[serde(default)]
    pub conditions: Vec<String>,
    /// 情形, in order.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// 申请材料, in order.
    #[serde(default)]
    pub materials: Vec<Material>,
    /// 特别程序.
    #[serde(default)]
    pub special_procedures: Vec<SpecialProcedure>,
    /// 审批结果.
    pub result: MatterResult,
    /// 设定依据.
    #[serde(default)]
    pub basis: Vec<String>,
    /// 常见退件原因.
    #[serde(default)]
    pub common_returns: Vec<String>,
    /// How sure the editors are: `high`, `medium`, `low`.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub confidence: String,
    /// What the walk of a case does not need (from format 2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reference: Option<Box<MatterReference>>,
}

fn at_the_city() -> Vec<Level> {
    vec![Level::City]
}

fn as_a_licence() -> SupplementRule {
    SupplementRule::LICENCE
}

fn once() -> u8 {
    1
}

fn yes() -> bool {
    true
}

impl Matter {
    /// Whether 行政许可法 第32条 rules it.
    pub fn is_licence(&self) -> bool {
        self.kind == MatterKind::Licence || self.supplement.rule == SupplementLaw::LicenceArt32
    }

    /// The material of that id.
    pub fn material(&self, id: &str) -> Option<&Material> {
        self.materials.iter().find(|m| m.id == id)
    }

    /// The question of that id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|q| q.id == id)
    }
}
