//! 一件事 on the screen: a draft of several matters, and cases that were filed together.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::bundle::Savings;
use yichuang_domain::case::CaseState;
use yichuang_domain::checklist::Stopped;
use yichuang_domain::determination::Determination;
use yichuang_domain::matter::{Limit, MatterCode};

/// That a draft is of a bundle, and which of its matters the applicant wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BundleDraft {
    /// The bundle's id in the guide.
    pub id: String,
    /// The matters taken; the leading one is taken whether it stands here or not.
    pub taken: Vec<MatterCode>,
}

/// One matter of a bundle as the draft stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BundleMember {
    /// 实施编码.
    pub code: MatterCode,
    /// 事项名称.
    pub name: String,
    /// 实施主体.
    pub department: String,
    /// Whether it leads (主办), so that it can't be left out.
    pub lead: bool,
    /// Whether the applicant wants it.
    pub taken: bool,
    /// The choice that ended it; the others go on.
    pub stopped: Option<Stopped>,
    /// What follows for it, once nothing is at fault; its materials have its own ids.
    pub determination: Option<Determination>,
    /// How its due date was counted, in words.
    pub due_explained: Option<String>,
}

/// A bundle as a draft stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BundleView {
    /// The bundle's id in the guide.
    pub id: String,
    /// 一件事名称.
    pub name: String,
    /// What the clerk should know about it; may be empty.
    pub note: String,
    /// What the bundle promises.
    pub limit: Option<Limit>,
    /// Its matters, in its order.
    pub members: Vec<BundleMember>,
    /// What it spares the applicant in this situation; none until every question is answered.
    pub savings: Option<Savings>,
}

/// A case that was filed together with another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LinkedCaseView {
    /// Its id; none where this window does not have it.
    pub id: Option<String>,
    /// 办件编号.
    pub number: String,
    /// 事项名称; empty where this window does not have it.
    pub matter_name: String,
    /// Where it stands.
    pub state: Option<CaseState>,
    /// 应办结日, `YYYY-MM-DD`.
    pub due: Option<String>,
    /// Whether it is the leading one (主办).
    pub lead: bool,
}
