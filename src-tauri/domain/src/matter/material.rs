//! Materials (申请材料).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{MaterialId, null_as_empty};
use crate::condition::Condition;
use crate::named::named;

/// What the window does with the paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MaterialHandling {
    /// 收原件
    #[default]
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

named!(MaterialHandling {
    KeepOriginal "keep-original" "收原件",
    KeepCopy "keep-copy" "收复印件",
    VerifyOriginalKeepCopy "verify-original-keep-copy" "验原件收复印件",
    KeepBoth "keep-both" "收原件和复印件",
    VerifyOnly "verify-only" "查验后退还",
});

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MaterialSource {
    /// 申请人自备
    #[default]
    Applicant,
    /// 政府部门核发
    Government,
    /// 其他
    Other,
}

named!(MaterialSource {
    Applicant "applicant" "申请人自备",
    Government "government" "政府部门核发",
    Other "other" "其他",
});

/// Whether a material must be there (必要性).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Necessity {
    /// 必要
    #[default]
    Required,
    /// 非必要
    Optional,
    /// 容缺后补
    Deferrable,
}

named!(Necessity {
    Required "required" "必要",
    Optional "optional" "非必要",
    Deferrable "deferrable" "容缺后补",
});

/// 材料类型.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MaterialKind {
    /// 证件证书证明
    Certificate,
    /// 申请表格文书
    Form,
    /// 其他
    #[default]
    Other,
}

named!(MaterialKind {
    Certificate "certificate" "证件证书证明",
    Form "form" "申请表格文书",
    Other "other" "其他",
});

/// 材料形式.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MaterialMedia {
    /// 纸质
    Paper,
    /// 电子
    Electronic,
    /// 均可
    #[default]
    Either,
}

named!(MaterialMedia {
    Paper "paper" "纸质",
    Electronic "electronic" "电子",
    Either "either" "均可",
});

/// A material (申请材料).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Material {
    /// Unique inside the matter.
    pub id: MaterialId,
    /// As listed on papers.
    pub name: String,
    /// 原件份数.
    #[serde(default = "one")]
    pub originals: u8,
    /// 复印件份数.
    #[serde(default)]
    pub copies: u8,
    /// What happens to it.
    #[serde(default)]
    pub handling: MaterialHandling,
    /// Where it comes from.
    #[serde(default)]
    pub source: MaterialSource,
    /// 出具机构; may be empty.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub issuer: String,
    /// Whether it must be there.
    #[serde(default)]
    pub necessity: Necessity,
    /// Its kind.
    #[serde(default)]
    pub kind: MaterialKind,
    /// Paper or file.
    #[serde(default)]
    pub media: MaterialMedia,
    /// An electronic licence can stand in (电子证照免提交).
    #[serde(default)]
    pub licence_reuse: bool,
    /// A commitment can stand in (告知承诺).
    #[serde(default)]
    pub commitment_allowed: bool,
    /// Applies only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub when: Option<Condition>,
    /// 受理标准: what the clerk checks.
    #[serde(default)]
    pub standard: String,
    /// How the applicant can get it.
    #[serde(default)]
    pub how_to_get: String,
    /// What no rule depends on (from format 2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reference: Option<Box<MaterialReference>>,
}

impl Material {
    /// The material as a filing carries it: without reference data, which would travel with
    /// every case although its guide release has it.
    pub fn as_filed(&self) -> Self {
        Self { reference: None, ..self.clone() }
    }
}

/// What a guide says about a material that no case of this matter depends on. A text that is empty
/// is not said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct MaterialReference {
    /// 规格, for instance A4.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub page_format: String,
    /// 来源渠道说明.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source_explanation: String,
    /// 空白表: the id of a form of the release.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub blank_form: String,
    /// 示例样表: the id of a form of the release.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sample_form: String,
    /// 填报须知.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub filling_notes: String,
    /// 要求依据: what allows the office to ask for it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub legal_basis: String,
    /// 出具时间要求.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub issued_within: String,
    /// 材料使用说明.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub usage_note: String,
    /// 共用名称: what a bundle (一件事) calls it. Materials of its matters that are called the same
    /// are one and the same paper, whatever each matter names it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub common_name: String,
}

/// One original, where format 2 says nothing.
fn one() -> u8 {
    1
}
