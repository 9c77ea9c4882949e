//! A matter (事项) as the guide describes it. Source of the fields: 国家平台 `up_task_general_basic`
//! and GB/T 39554.2-2020, reduced to what a window needs (format `yichuang-guide/1`).

use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

use crate::applicant::ApplicantKind;
use crate::condition::Condition;

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
fn null_as_empty<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Option::<String>::deserialize(from).map(Option::unwrap_or_default)
}

fn known_audience<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<ApplicantKind>, D::Error> {
    let names = Vec::<String>::deserialize(from)?;
    Ok(names.iter().filter_map(|name| ApplicantKind::parse(name)).collect())
}

/// A department (实施主体) with what its papers must say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Department {
    /// 统一社会信用代码.
    pub code: String,
    /// Full name, the issuer of the papers.
    pub name: String,
    /// 咨询电话.
    pub phone: String,
    /// 监督投诉电话.
    pub complaint_phone: String,
    /// Where it can be visited.
    pub address: String,
    /// 复议机关.
    pub review_body: String,
    /// The court for an administrative suit.
    pub court: String,
}

/// What sort of act a matter is (事项类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MatterKind {
    /// 行政许可
    Licence,
    /// 行政给付
    Payment,
    /// 行政确认
    Confirmation,
    /// 公共服务
    PublicService,
    /// 其他
    Other,
}

/// 办件类型.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Handling {
    /// 即办件
    Immediate,
    /// 承诺件
    Committed,
}

/// Where a matter may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// 市(县)政务服务中心
    City,
    /// 乡镇便民服务中心
    Township,
    /// 社区(村)便民服务站
    Community,
}

/// Whether receipt already is acceptance (国发〔2022〕5号).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum AcceptanceMode {
    /// 收件即受理
    OnReceipt,
    /// 先收件后受理
    AfterReview,
}

/// The unit of a limit (时限单位).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LimitUnit {
    /// 工作日 (行政许可法 第82条)
    Workdays,
    /// 自然日
    Days,
}

impl LimitUnit {
    /// The unit as written on papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Workdays => "个工作日",
            Self::Days => "日（自然日）",
        }
    }
}

/// A limit in days, counted from the day after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct Limit {
    /// How many.
    pub value: u16,
    /// Of what.
    pub unit: LimitUnit,
}

/// Which law rules the one-time notice of a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SupplementLaw {
    /// 行政许可法 第32条: on the spot or within five workdays, else deemed accepted.
    #[serde(rename = "licence-art-32")]
    LicenceArt32,
    /// 不动产登记暂行条例 第17条: in writing, on the spot.
    WrittenOnTheSpot,
    /// A local rule.
    Local,
}

/// The notice rule of a matter (补正规则).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SupplementRule {
    /// Which law.
    pub rule: SupplementLaw,
    /// Within how many days of receipt the notice must be given; 0 is the same day.
    pub days: u16,
    /// The unit of `days`.
    pub unit: LimitUnit,
    /// Whether a late notice means that the case counts as accepted from the day of receipt.
    pub deemed_accepted: bool,
}

impl SupplementRule {
    /// The rule's time as a limit.
    pub fn limit(self) -> Limit {
        Limit { value: self.days, unit: self.unit }
    }
}

/// A fee of a matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Fee {
    /// 收费项目.
    pub item: String,
    /// In fen (分).
    pub amount_fen: u32,
    /// 收费依据.
    pub basis: String,
}

/// How a choice that ends the walk ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum StopOutcome {
    /// 不需要办理 (行政许可法 第32条第一项)
    NotRequired,
    /// 不属于本机关职权 (第32条第二项)
    OutOfScope,
    /// 不予受理
    Refused,
}

/// What a choice that ends the walk says to the applicant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Stop {
    /// How it ends.
    pub outcome: StopOutcome,
    /// Why.
    pub reason: String,
    /// Where to apply instead; may be empty.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub refer_to: String,
}

/// One choice of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Choice {
    /// Unique inside the question.
    pub id: ChoiceId,
    /// What the clerk reads out.
    pub text: String,
    /// Ends the walk when chosen.
    #[serde(default)]
    pub stop: Option<Stop>,
}

/// A question about the applicant's situation (情形).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Question {
    /// Unique inside the matter.
    pub id: QuestionId,
    /// What the clerk asks.
    pub text: String,
    /// Asked only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub when: Option<Condition>,
    /// In the order shown.
    pub choices: Vec<Choice>,
}

/// What the window does with the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MaterialHandling {
    /// 收原件
    KeepOriginal,
    /// 收复印件
    KeepCopy,
    /// 验原件、收复印件
    VerifyOriginalKeepCopy,
    /// 原件、复印件都收
    KeepBoth,
    /// 只验不收
    VerifyOnly,
}

impl MaterialHandling {
    /// As written on papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::KeepOriginal => "收原件",
            Self::KeepCopy => "收复印件",
            Self::VerifyOriginalKeepCopy => "验原件收复印件",
            Self::KeepBoth => "收原件和复印件",
            Self::VerifyOnly => "查验后退还",
        }
    }
}

/// Where the applicant gets a material.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MaterialSource {
    /// 申请人自备
    Applicant,
    /// 政府部门核发
    Government,
    /// 其他
    Other,
}

/// Whether a material must be there (必要性).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Necessity {
    /// 必要
    Required,
    /// 非必要
    Optional,
    /// 容缺后补
    Deferrable,
}

/// 材料类型.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MaterialKind {
    /// 证件证书证明
    Certificate,
    /// 申请表格文书
    Form,
    /// 其他
    Other,
}

/// 材料形式.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MaterialMedia {
    /// 纸质
    Paper,
    /// 电子
    Electronic,
    /// 均可
    Either,
}

/// A material (申请材料).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Material {
    /// Unique inside the matter.
    pub id: MaterialId,
    /// As listed on papers.
    pub name: String,
    /// 原件份数.
    pub originals: u8,
    /// 复印件份数.
    pub copies: u8,
    /// What happens to it.
    pub handling: MaterialHandling,
    /// Where it comes from.
    pub source: MaterialSource,
    /// 出具机构; may be empty.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub issuer: String,
    /// Whether it must be there.
    pub necessity: Necessity,
    /// Its kind.
    pub kind: MaterialKind,
    /// Paper or file.
    pub media: MaterialMedia,
    /// An electronic licence can stand in (电子证照免提交).
    pub licence_reuse: bool,
    /// A commitment can stand in (告知承诺).
    pub commitment_allowed: bool,
    /// Applies only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub when: Option<Condition>,
    /// 受理标准: what the clerk checks.
    pub standard: String,
    /// How the applicant can get it.
    pub how_to_get: String,
}

/// 特别程序. The format leaves the list open, so a kind that is not known keeps its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SpecialProcedureKind {
    /// 听证
    Hearing,
    /// 招标
    Tender,
    /// 拍卖
    Auction,
    /// 检验
    Inspection,
    /// 检测
    Testing,
    /// 检疫
    Quarantine,
    /// 鉴定
    Appraisal,
    /// 专家评审
    ExpertReview,
    /// Any other, by the name the guide gives it.
    #[serde(untagged)]
    Other(String),
}

impl SpecialProcedureKind {
    /// As written on papers.
    pub fn label(&self) -> &str {
        match self {
            Self::Hearing => "听证",
            Self::Tender => "招标",
            Self::Auction => "拍卖",
            Self::Inspection => "检验",
            Self::Testing => "检测",
            Self::Quarantine => "检疫",
            Self::Appraisal => "鉴定",
            Self::ExpertReview => "专家评审",
            Self::Other(name) if name == "other" => "其他程序",
            Self::Other(name) => name,
        }
    }
}

/// A special procedure of a matter and whether its time is left out of the limit
/// (行政许可法 第45条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SpecialProcedure {
    /// Which.
    pub kind: SpecialProcedureKind,
    /// How many days it takes.
    pub days: u16,
    /// Whether the clock stops.
    pub stops_clock: bool,
}

/// How a result reaches the applicant. The format leaves the list open, so a way that is not
/// known keeps its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// 窗口领取
    Window,
    /// 邮寄
    Post,
    /// 电子送达
    Electronic,
    /// Any other, by the name the guide gives it.
    #[serde(untagged)]
    Other(String),
}

impl Delivery {
    /// As written on papers.
    pub fn label(&self) -> &str {
        match self {
            Self::Window => "窗口领取",
            Self::Post => "邮寄送达",
            Self::Electronic => "电子送达",
            Self::Other(name) => name,
        }
    }
}

/// What a matter ends in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MatterResult {
    /// 结果名称.
    pub name: String,
    /// 结果类型: `certificate`, `document` or `decision`.
    pub kind: String,
    /// Ways of delivery.
    pub delivery: Vec<Delivery>,
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
    pub levels: Vec<Level>,
    /// Whether receipt is acceptance.
    pub acceptance: AcceptanceMode,
    /// The notice rule.
    pub supplement: SupplementRule,
    /// 法定办结时限.
    pub statutory_limit: Option<Limit>,
    /// 承诺办结时限.
    pub promised_limit: Option<Limit>,
    /// 到现场次数.
    pub visits: u8,
    /// A fee, if one is due.
    pub fee: Option<Fee>,
    /// Whether an agent may file.
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
}

impl Matter {
    /// The material of that id.
    pub fn material(&self, id: &str) -> Option<&Material> {
        self.materials.iter().find(|m| m.id == id)
    }

    /// The question of that id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|q| q.id == id)
    }
}
