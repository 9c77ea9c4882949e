//! Who applies, and who came instead.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

use crate::identity::{self, IdType};
use crate::ink;
use crate::intake::{LONGEST_ADDRESS, LONGEST_NAME, too_long};
use crate::named::named;
use crate::refusal::{Refusal, RefusalCode};

/// 服务对象.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ApplicantKind {
    /// 自然人
    Person,
    /// 企业
    Enterprise,
    /// 个体工商户
    SoleTrader,
    /// 社会组织
    Organisation,
    /// 事业单位
    Institution,
}

named!(ApplicantKind {
    Person "person" "自然人",
    Enterprise "enterprise" "企业",
    SoleTrader "sole-trader" "个体工商户",
    Organisation "organisation" "社会组织",
    Institution "institution" "事业单位",
});

impl ApplicantKind {
    /// Every kind, in the order shown.
    pub const ALL: [Self; 5] =
        [Self::Person, Self::Enterprise, Self::SoleTrader, Self::Organisation, Self::Institution];

    /// Reads the name used in JSON.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.as_str() == text)
    }

    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Enterprise => "enterprise",
            Self::SoleTrader => "sole-trader",
            Self::Organisation => "organisation",
            Self::Institution => "institution",
        }
    }

    /// As written on papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Person => "自然人",
            Self::Enterprise => "企业",
            Self::SoleTrader => "个体工商户",
            Self::Organisation => "社会组织",
            Self::Institution => "事业单位",
        }
    }
}

/// A person or body whose name and number were checked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Party {
    /// As typed, every character with ink kept; only blanks around it and marks are gone.
    pub name: String,
    /// Which document.
    pub id_type: IdType,
    /// Its number, normalised.
    pub id_number: String,
    /// None where the person has none.
    pub phone: Option<String>,
    /// 通讯地址: where a result is posted to; none where nobody gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub address: Option<String>,
}

impl std::fmt::Debug for Party {
    /// Shows no full identity number or phone: a `Party` may end up in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Party")
            .field("name", &self.name)
            .field("id_type", &self.id_type)
            .field("id_number", &identity::mask(&self.id_number))
            .field("phone", &self.phone.as_deref().map(identity::mask))
            .field("address", &self.address.as_ref().map(|_| "…"))
            .finish()
    }
}

/// 申请人.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Applicant {
    /// 服务对象.
    pub kind: ApplicantKind,
    /// Who.
    #[serde(flatten)]
    pub party: Party,
}

/// What was typed about a person or body, before any check.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct PartyInput {
    /// 姓名 or 名称.
    pub name: String,
    /// The name of an [`IdType`].
    pub id_type: String,
    /// As typed.
    pub id_number: String,
    /// None where the person has none.
    pub phone: Option<String>,
    /// 通讯地址; none where nobody gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub address: Option<String>,
}

impl std::fmt::Debug for PartyInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PartyInput")
            .field("name", &self.name)
            .field("id_type", &self.id_type)
            .field("id_number", &identity::mask(&self.id_number))
            .field("phone", &self.phone.as_deref().map(identity::mask))
            .field("address", &self.address.as_ref().map(|_| "…"))
            .finish()
    }
}

/// What was typed about the applicant, before any check.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ApplicantInput {
    /// The name of an [`ApplicantKind`].
    pub kind: String,
    /// Who.
    #[serde(flatten)]
    pub party: PartyInput,
}

/// A name in the form used to compare and search: NFC, the look-alikes of the interpunct made
/// one (U+00B7, 姓名规范), without marks that have no ink. The name itself is kept as typed: normal forms replace characters that
/// are somebody's name (CJK compatibility ideographs, for instance).
pub fn name_key(name: &str) -> String {
    ink::without_marks(name)
        .trim()
        .nfc()
        .map(|c| match c {
            '•' | '‧' | '・' | '．' | '∙' | '⋅' => '·',
            c => c,
        })
        .collect()
}

fn is_blank(name: &str) -> bool {
    ink::without_marks(name).chars().all(|c| c.is_whitespace() || c.is_control())
}

impl PartyInput {
    /// Every fault, in the order of the fields; `prefix` is `applicant` or `agent`.
    pub fn faults(&self, prefix: &str) -> Vec<Refusal> {
        let mut faults = Vec::new();
        if is_blank(&self.name) {
            faults.push(Refusal::new(
                RefusalCode::EmptyName,
                format!("{prefix}.name"),
                "请填写姓名或名称",
            ));
        }
        let field = format!("{prefix}.name");
        if !is_blank(&self.name) {
            faults.extend(ink::line(&field, &self.name).err());
        }
        faults.extend(too_long(&field, &self.name, LONGEST_NAME).err());
        match IdType::parse(&self.id_type) {
            None => faults.push(Refusal::new(
                RefusalCode::UnknownIdType,
                format!("{prefix}.id_type"),
                "请选择证件类型",
            )),
            Some(id_type) => {
                if let Err(message) = identity::check_id_number(id_type, &self.id_number) {
                    faults.push(Refusal::new(
                        RefusalCode::BadIdNumber,
                        format!("{prefix}.id_number"),
                        message,
                    ));
                }
            }
        }
        if let Some(phone) = &self.phone
            && let Err(message) = identity::check_phone(phone)
        {
            faults.push(Refusal::new(RefusalCode::BadPhone, format!("{prefix}.phone"), message));
        }
        if let Some(address) = &self.address {
            let field = format!("{prefix}.address");
            faults.extend(ink::line(&field, address).err());
            faults.extend(too_long(&field, address, LONGEST_ADDRESS).err());
        }
        faults
    }

    /// The checked party.
    ///
    /// # Errors
    /// The first of [`Self::faults`].
    pub fn check(&self, prefix: &str) -> Result<Party, Refusal> {
        if let Some(fault) = self.faults(prefix).into_iter().next() {
            return Err(fault);
        }
        let unknown = || {
            Refusal::new(RefusalCode::UnknownIdType, format!("{prefix}.id_type"), "请选择证件类型")
        };
        let bad = |message| {
            Refusal::new(RefusalCode::BadIdNumber, format!("{prefix}.id_number"), message)
        };
        let id_type = IdType::parse(&self.id_type).ok_or_else(unknown)?;
        let address = self.address.as_deref();
        let address = address.map(|a| ink::line(&format!("{prefix}.address"), a)).transpose()?;
        Ok(Party {
            name: ink::line(&format!("{prefix}.name"), &self.name)?,
            id_type,
            id_number: identity::check_id_number(id_type, &self.id_number).map_err(bad)?,
            phone: self.phone.as_deref().and_then(|p| identity::check_phone(p).ok()),
            address: address.filter(|a| !a.is_empty()),
        })
    }
}
