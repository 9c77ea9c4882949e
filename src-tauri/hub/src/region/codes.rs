//! The code tables of one platform (码表): a file of their own, because platforms contradict each
//! other. Inside the program there are names only. A value that a table does not have is reported
//! and its record waits; it is never guessed.

use std::collections::BTreeMap;

use serde::Deserialize;
use yichuang_domain::applicant::ApplicantKind;
use yichuang_domain::checklist::Check;
use yichuang_domain::identity::IdType;

use crate::error::Refused;

/// What a file of code tables begins with.
const FORMAT: &str = "yichuang-region-codes/1";
/// The most characters of a code.
const CODE_CHARS: usize = 32;
/// The tables that come with the program: what is known of the national platform for certain.
const SHIPPED: &str = include_str!("codes.json");

type Codes1 = BTreeMap<String, String>;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    name: String,
    data_source: String,
    #[serde(default)]
    channel: Codes1,
    #[serde(default)]
    applicant_kind: Codes1,
    #[serde(default)]
    id_type: Codes1,
    #[serde(default)]
    received_as: Codes1,
    #[serde(default)]
    special: Codes1,
    #[serde(default)]
    closing: Codes1,
    /// Whether the platform takes what applicants say of a service.
    #[serde(default)]
    evaluations: bool,
}

/// A field of the platform that has codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coded {
    /// apply_type: how it was applied for.
    Channel,
    /// applyer_type: 申请人类型.
    ApplicantKind,
    /// applyer_page_type: 证件类型.
    IdType,
    /// get_type: 收取方式.
    ReceivedAs,
    /// special_type: 特别程序种类.
    Special,
    /// result_type: 办结结果.
    Closing,
}

impl Coded {
    const ALL: [Self; 6] = [
        Self::Channel,
        Self::ApplicantKind,
        Self::IdType,
        Self::ReceivedAs,
        Self::Special,
        Self::Closing,
    ];

    /// The name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Channel => "channel",
            Self::ApplicantKind => "applicant_kind",
            Self::IdType => "id_type",
            Self::ReceivedAs => "received_as",
            Self::Special => "special",
            Self::Closing => "closing",
        }
    }

    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Channel => "申请方式",
            Self::ApplicantKind => "申请人类型",
            Self::IdType => "证件类型",
            Self::ReceivedAs => "材料收取方式",
            Self::Special => "特别程序种类",
            Self::Closing => "办结结果",
        }
    }

    /// The values that there are.
    fn values(self) -> Vec<&'static str> {
        match self {
            Self::Channel => vec!["window"],
            Self::ApplicantKind => ApplicantKind::ALL.map(ApplicantKind::as_str).to_vec(),
            Self::IdType => IdType::ALL.map(IdType::as_str).to_vec(),
            Self::ReceivedAs => {
                let brought = |check: &Check| !check.is_open();
                Check::ALL.into_iter().filter(brought).map(Check::as_str).collect()
            }
            Self::Special => vec!["extension", "procedure"],
            Self::Closing => vec!["granted", "denied", "returned", "withdrawn", "refused"],
        }
    }
}

/// A value for which the platform's tables have no code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("上级平台码表没有{}“{value}”的代码：请在码表文件的 {} 里补上", .coded.word(), .coded.name())]
pub struct NoCode {
    /// Which field.
    pub coded: Coded,
    /// The value.
    pub value: String,
}

/// The code tables of one platform.
#[derive(Clone, Debug)]
pub struct Codes(File);

impl Codes {
    /// Those that come with the program.
    ///
    /// # Errors
    /// As [`Self::read`]; never for the file as shipped, which a test reads.
    pub fn shipped() -> Result<Self, Refused> {
        Self::read(SHIPPED)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`Refused`] `bad-region-codes` with the place, if it is no such file, names a table or a
    /// value that does not exist, or has an empty code.
    pub fn read(text: &str) -> Result<Self, Refused> {
        let bad = |message: String| Refused::new("bad-region-codes", "region-codes", message);
        let file: File = serde_json::from_str(text).map_err(|error| {
            bad(format!("码表文件第{}行第{}列有误：{error}", error.line(), error.column()))
        })?;
        if file.format != FORMAT {
            return Err(bad(format!("码表文件的 format 须是“{FORMAT}”")));
        }
        let codes = Self(file);
        for coded in Coded::ALL {
            let known = coded.values();
            for (value, code) in codes.table(coded) {
                if !known.contains(&value.as_str()) {
                    let known = known.join("、");
                    let table = coded.name();
                    return Err(bad(format!("码表 {table} 里没有“{value}”这一项：只有{known}")));
                }
                if !is_code(code) {
                    let message = format!("码表 {} 里“{value}”的代码为空或过长", coded.name());
                    return Err(bad(message));
                }
            }
        }
        if !is_code(&codes.0.data_source) {
            return Err(bad("码表文件的 data_source 为空或过长".to_owned()));
        }
        Ok(codes)
    }

    fn table(&self, coded: Coded) -> &Codes1 {
        match coded {
            Coded::Channel => &self.0.channel,
            Coded::ApplicantKind => &self.0.applicant_kind,
            Coded::IdType => &self.0.id_type,
            Coded::ReceivedAs => &self.0.received_as,
            Coded::Special => &self.0.special,
            Coded::Closing => &self.0.closing,
        }
    }

    /// The platform's name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// What the platform knows this hall by (data_source).
    pub fn data_source(&self) -> &str {
        &self.0.data_source
    }

    /// Whether the platform takes what applicants say of a service (好差评).
    pub fn takes_evaluations(&self) -> bool {
        self.0.evaluations
    }

    /// The code of a value.
    ///
    /// # Errors
    /// [`NoCode`].
    pub fn code(&self, coded: Coded, value: &str) -> Result<&str, NoCode> {
        let found = self.table(coded).get(value).map(String::as_str);
        found.ok_or_else(|| NoCode { coded, value: value.to_owned() })
    }

    /// Every value that has no code, to be told before the first case needs it.
    pub fn missing(&self) -> Vec<NoCode> {
        let of = |coded: Coded| {
            let values = coded.values().into_iter();
            values.filter_map(move |value| self.code(coded, value).err())
        };
        Coded::ALL.into_iter().flat_map(of).collect()
    }
}

fn is_code(code: &str) -> bool {
    !code.trim().is_empty()
        && code.chars().count() <= CODE_CHARS
        && !code.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_tables_know_what_is_certain_and_say_what_is_not() {
        let codes = Codes::shipped().unwrap();
        assert_eq!(codes.code(Coded::IdType, "resident-id"), Ok("111"));
        assert_eq!(codes.code(Coded::Closing, "returned"), Ok("5"));
        let missing: Vec<_> =
            codes.missing().into_iter().map(|no| (no.coded.name(), no.value)).collect();
        let expected =
            [("applicant_kind", "sole-trader"), ("id_type", "uscc"), ("received_as", "committed")];
        assert_eq!(missing, expected.map(|(table, value)| (table, value.to_owned())));
        let told = codes.code(Coded::IdType, "uscc").unwrap_err().to_string();
        assert!(told.contains("证件类型“uscc”") && told.contains("id_type"), "{told}");
    }

    #[test]
    fn a_file_with_a_slip_is_refused_with_the_place() {
        let change = |from: &str, to: &str| Codes::read(&SHIPPED.replacen(from, to, 1)).map(drop);
        for (from, to, says) in [
            ("codes/1", "codes/9", "format"),
            ("\"passport\"", "\"pasport\"", "pasport"),
            ("\"414\"", "\"\"", "passport"),
            ("\"special\"", "\"spezial\"", "spezial"),
            ("\"yichuang\"", "\" \"", "data_source"),
            ("{", "", "第2行"),
        ] {
            let refused = change(from, to).unwrap_err();
            assert_eq!(refused.code, "bad-region-codes");
            assert!(refused.message.contains(says), "{from} -> {to}: {}", refused.message);
        }
    }
}
