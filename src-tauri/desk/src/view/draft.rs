//! A case being taken in, and what the rules say of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::Refusal;
use yichuang_domain::checklist::{Check, Stopped};
use yichuang_domain::determination::Determination;
use yichuang_domain::intake::Intake;
use yichuang_domain::matter::{Material, Question};

use super::bundle::{BundleDraft, BundleView};
use super::matter::MatterView;

/// Where the clerk stands in the walk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// 情形
    #[default]
    Questions,
    /// 申请人
    Applicant,
    /// 材料
    Materials,
    /// 结论
    Determination,
}

/// A case being taken in, saved with every change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Draft {
    /// Its id.
    pub id: String,
    /// Where the clerk stands.
    pub step: Step,
    /// What was typed. Of a bundle: the leading matter, and the bundle's own ids.
    pub intake: Intake,
    /// 一件事; none where it is of one matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub bundle: Option<BundleDraft>,
}

/// A line of the list of drafts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftRow {
    /// Its id.
    pub id: String,
    /// 事项名称.
    pub matter_name: String,
    /// The applicant's name as typed so far.
    pub applicant: String,
    /// When it was last changed, RFC 3339.
    pub updated_at: String,
}

/// One result that the clerk may or may not choose for a material.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CheckOption {
    /// The result.
    pub check: Check,
    /// Why it is not allowed here; none if it is.
    pub obstacle: Option<String>,
}

/// A material that applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChecklistRow {
    /// The material.
    pub material: Material,
    /// All seven results, in the order of their keys.
    pub options: Vec<CheckOption>,
    /// 一件事: the names of the matters that it is for; empty where the draft is of one matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub used_by: Vec<String>,
}

/// A line of what the applicant is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ToldLine {
    /// What, for instance a material with what is wrong with it.
    pub text: String,
    /// Standard, way to get it, basis: one sentence each.
    pub details: Vec<String>,
}

/// 随行告知单: what the applicant will be told as things stand; printing only freezes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Told {
    /// For instance 一次性告知（补正）书.
    pub title: String,
    /// One sentence to read out first.
    pub lead: String,
    /// In order.
    pub lines: Vec<ToldLine>,
    /// Deadlines, fees, delivery: sentences at the end.
    pub closing: Vec<String>,
}

/// A draft seen through the rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Assessment {
    /// The questions visible with these answers, in order.
    pub questions: Vec<Question>,
    /// Whether they are all answered, or a choice ended the walk.
    pub answered: bool,
    /// The choice that ended the walk.
    pub stopped: Option<Stopped>,
    /// The materials that apply; empty until `answered`, and after a `stop`.
    pub checklist: Vec<ChecklistRow>,
    /// Every fault of what was typed so far, in the order of the fields.
    pub faults: Vec<Refusal>,
    /// What follows, once nothing is at fault.
    pub determination: Option<Determination>,
    /// How the due date was counted, in words.
    pub due_explained: Option<String>,
    /// How the notice's last day was counted, in words.
    pub notify_by_explained: Option<String>,
    /// What the applicant will be told.
    pub told: Told,
}

/// A draft and what the rules say of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftView {
    /// The draft.
    pub draft: Draft,
    /// Its matter.
    pub matter: MatterView,
    /// What the rules say.
    pub assessment: Assessment,
    /// Which state of the draft this is: who saves over it says so, and overtakes nobody unseen.
    pub stored: String,
    /// 一件事: its matters and what follows for each; none where the draft is of one matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub bundle: Option<BundleView>,
}
