//! A role card (角色卡): the applicant's story and the papers they bring.

use jiff::SignedDuration;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::applicant::{ApplicantInput, PartyInput};
use crate::condition::Answers;
use crate::matter::{
    ChoiceId, Material, MaterialId, MaterialKind, MaterialSource, MatterCode, QuestionId,
};
use crate::named::named;

/// How hard a card is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CardLevel {
    /// 入门
    #[default]
    First,
    /// 一般
    Usual,
    /// 较难
    Hard,
}

named!(CardLevel {
    First "first" "入门",
    Usual "usual" "一般",
    Hard "hard" "较难",
});

/// How a paper is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PictureKind {
    /// 居民身份证
    IdCard,
    /// 户口簿
    Register,
    /// 证照
    Licence,
    /// 申请表
    Form,
    /// 证明
    #[default]
    Proof,
    /// 照片
    Photo,
}

named!(PictureKind {
    IdCard "id-card" "身份证件",
    Register "register" "户口簿",
    Licence "licence" "证照",
    Form "form" "表格文书",
    Proof "proof" "证明材料",
    Photo "photo" "照片",
});

impl PictureKind {
    /// How a material of the guide looks, as far as its name and kind say.
    pub fn of(material: &Material) -> Self {
        let named = |words: &[&str]| words.iter().any(|word| material.name.contains(word));
        if named(&["身份证", "身份证件"]) {
            Self::IdCard
        } else if named(&["户口"]) {
            Self::Register
        } else if named(&["照片", "图像"]) {
            Self::Photo
        } else if material.kind == MaterialKind::Form {
            Self::Form
        } else if material.kind == MaterialKind::Certificate
            && material.source == MaterialSource::Government
            && !named(&["证明"])
        {
            Self::Licence
        } else {
            Self::Proof
        }
    }

    /// Whether a good one of it bears a seal.
    pub fn is_sealed(self) -> bool {
        matches!(self, Self::Register | Self::Licence | Self::Proof)
    }

    /// Whether a good one of it is signed.
    pub fn is_signed(self) -> bool {
        self == Self::Form
    }
}

/// In which way a material is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Brought {
    /// On paper.
    #[default]
    Paper,
    /// 电子证照: the window fetches it.
    Electronic,
    /// 告知承诺: the applicant commits to it instead.
    Pledge,
    /// 容缺: the applicant brings it later.
    Later,
}

named!(Brought {
    Paper "paper" "纸质",
    Electronic "electronic" "电子证照",
    Pledge "pledge" "愿意承诺",
    Later "later" "要求后补",
});

/// What is wrong with a paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DefectKind {
    /// 过期
    Expired,
    /// 姓名不一致
    OtherName,
    /// 号码不一致
    OtherNumber,
    /// 缺少印章
    NoSeal,
    /// 缺少签字
    Unsigned,
    /// 看不清
    Illegible,
    /// 只有复印件
    CopyOnly,
    /// 缺页
    PagesMissing,
    /// 没有填全
    Unfilled,
    /// 内容不符合标准
    #[default]
    Content,
}

named!(DefectKind {
    Expired "expired" "过期",
    OtherName "other-name" "姓名不一致",
    OtherNumber "other-number" "号码不一致",
    NoSeal "no-seal" "缺少印章",
    Unsigned "unsigned" "缺少签字",
    Illegible "illegible" "看不清",
    CopyOnly "copy-only" "只有复印件",
    PagesMissing "pages-missing" "缺页",
    Unfilled "unfilled" "没有填全",
    Content "content" "内容不符合标准",
});

/// What a paper shows, from which its picture is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Facts {
    /// In whose name.
    pub holder: String,
    /// Its number, or the number it names.
    pub number: String,
    /// 出具机构.
    pub issuer: String,
    /// Days from the day of play to when it was issued; negative.
    pub issued: Option<i32>,
    /// Days from the day of play to its last day; negative where it has expired.
    pub valid: Option<i32>,
    /// Whether the seal is on it.
    pub sealed: bool,
    /// Whether the signature is on it.
    pub signed: bool,
    /// Whether only a copy is there.
    pub copy: bool,
    /// Whether it can be read.
    pub legible: bool,
    /// How many pages are there.
    pub pages: u8,
    /// How many there should be.
    pub of_pages: u8,
    /// What else stands on it.
    pub lines: Vec<String>,
}

impl Default for Facts {
    fn default() -> Self {
        Self {
            holder: String::new(),
            number: String::new(),
            issuer: String::new(),
            issued: None,
            valid: None,
            sealed: true,
            signed: true,
            copy: false,
            legible: true,
            pages: 1,
            of_pages: 1,
            lines: Vec::new(),
        }
    }
}

/// What is wrong with a paper, and what the clerk should say of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Defect {
    /// What kind of fault.
    pub kind: DefectKind,
    /// In words.
    pub words: String,
    /// Whether the applicant can put it right here and now (行政许可法 第32条第一款第三项).
    pub on_the_spot: bool,
}

/// A paper that the applicant puts on the counter, or what stands in for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CardDocument {
    /// Of which material; none for a paper that nobody asked for.
    pub material: Option<MaterialId>,
    /// How it is drawn.
    pub picture: PictureKind,
    /// What stands above it.
    pub title: String,
    /// In which way it is there.
    pub how: Brought,
    /// What it shows.
    pub facts: Facts,
    /// What is wrong with it.
    pub defect: Option<Defect>,
}

impl CardDocument {
    /// The day it was issued and its last day, on the day of play.
    pub fn days(&self, on: Date) -> (Option<Date>, Option<Date>) {
        let day = |days: i32| on.checked_add(SignedDuration::from_hours(24 * i64::from(days))).ok();
        (self.facts.issued.and_then(day), self.facts.valid.and_then(day))
    }
}

/// What the applicant says when asked a question of the matter, and which choice that is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CardReply {
    /// The question.
    pub question: QuestionId,
    /// The right choice.
    pub choice: ChoiceId,
    /// In their own words.
    pub says: String,
}

/// A role card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct RoleCard {
    /// Its id.
    pub id: String,
    /// What it is called; gives nothing away.
    pub title: String,
    /// How hard it is.
    pub level: CardLevel,
    /// 实施编码 of the matter.
    pub matter: MatterCode,
    /// Who it is, and how they are: for whoever plays the applicant.
    pub persona: String,
    /// What they say first.
    pub story: String,
    /// How long it should take, in minutes.
    pub minutes: u16,
    /// The applicant.
    pub applicant: ApplicantInput,
    /// Who came instead.
    pub agent: Option<PartyInput>,
    /// What they answer.
    pub replies: Vec<CardReply>,
    /// What they bring.
    pub documents: Vec<CardDocument>,
    /// What they left at home.
    pub absent: Vec<MaterialId>,
}

impl RoleCard {
    /// The right answers to the questions.
    pub fn answers(&self) -> Answers {
        self.replies.iter().map(|r| (r.question.clone(), r.choice.clone())).collect()
    }

    /// What stands for a material.
    pub fn document_of(&self, material: &str) -> Option<&CardDocument> {
        self.documents.iter().find(|d| d.material.as_deref() == Some(material))
    }
}
