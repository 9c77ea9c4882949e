//! One release of the guide for one region, as read from `guide.json`.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;
use yichuang_domain::calendar::WorkCalendar;
use yichuang_domain::matter::{Department, Matter, MatterCode};

use crate::form::Form;
use crate::problem::Problem;

/// The format that this program writes.
pub const FORMAT: &str = "yichuang-guide/2";

/// The first format, which is still read: cases are pinned to releases of it.
pub const FORMAT_1: &str = "yichuang-guide/1";

/// What a release is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ReleaseStatus {
    /// 示例: its limits and materials are confirmed by nobody.
    #[default]
    Sample,
    /// 正式: the hall answers for it.
    Official,
}

impl ReleaseStatus {
    /// Whether this is [`Self::Sample`], which a file need not say.
    fn is_sample(&self) -> bool {
        *self == Self::Sample
    }
}

/// The region a guide is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Region {
    /// 行政区划代码; stands in every case number.
    pub code: String,
    /// 名称.
    pub name: String,
}

/// Several matters that people live through as one (一件事一次办).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Bundle {
    /// Unique inside the release.
    pub id: String,
    /// 名称.
    pub name: String,
    /// The matter whose department leads (主办).
    pub lead: MatterCode,
    /// Its matters, in the order they are taken.
    pub matters: Vec<MatterCode>,
    /// What the clerk should know about it; may be empty.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub note: String,
}

/// An event in the life of a person or a firm (人生事件、主题), under which matters are looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LifeEvent {
    /// Unique inside the release.
    pub id: String,
    /// 名称, for instance 退休.
    pub name: String,
    /// Its matters, in the order shown.
    pub matters: Vec<MatterCode>,
}

/// Reads a text that may be null, which says the same as an empty one.
fn null_as_empty<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Option::<String>::deserialize(from).map(Option::unwrap_or_default)
}

/// One release of the guide for one region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GuidePackage {
    /// [`FORMAT`] or [`FORMAT_1`].
    pub format: String,
    /// What it is (from format 2); see [`is_sample`].
    #[serde(default, skip_serializing_if = "ReleaseStatus::is_sample")]
    pub status: ReleaseStatus,
    /// Grows by one with every release, from 1.
    pub release: u32,
    /// The day it was issued.
    #[ts(type = "string")]
    pub issued_on: Date,
    /// Where it applies.
    pub region: Region,
    /// The work calendar.
    #[serde(default)]
    pub calendar: WorkCalendar,
    /// 实施主体.
    pub departments: Vec<Department>,
    /// 事项, in the order shown.
    pub matters: Vec<Matter>,
    /// 一件事.
    #[serde(default)]
    pub bundles: Vec<Bundle>,
    /// 人生事件 (from format 2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub life_events: Vec<LifeEvent>,
    /// Blank and sample forms that materials and results refer to (from format 2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<Form>,
}

/// A package that passed its check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedPackage {
    /// What it holds.
    pub package: GuidePackage,
    /// SHA-256 of `text`, in lower-case hexadecimal: of the bytes read, a byte order mark at
    /// their beginning left out.
    pub digest: String,
    /// The package as read, never encoded again; a byte order mark is left out.
    pub text: String,
    /// What should be mended but keeps nobody from using it, in the order of the file.
    pub warnings: Vec<Problem>,
}

/// Reads the text of a release that passed the check when it was taken in. It is not checked
/// again: the program must start fast, and a stricter check of a later version must not take away
/// the guide that a hall works with.
///
/// # Errors
/// `unreadable` if the text is no package at all.
pub fn read(text: &str) -> Result<GuidePackage, Problem> {
    serde_json::from_str(text).map_err(|error| unreadable(&error))
}

pub(crate) fn unreadable(error: &serde_json::Error) -> Problem {
    Problem::error("unreadable", String::new(), format!("指南无法读取：{error}"))
}

/// Whether `package` is example data, so that 示例 must be shown wherever it is used.
///
/// Format 1 has no flag for it and says of itself that all of its content is example data. So
/// every package of format 1 is a sample, whatever else stands in it: a hall can't make example
/// data real by adding a key. From format 2 on the release says so, and one that says nothing is
/// a sample.
pub fn is_sample(package: &GuidePackage) -> bool {
    package.format == FORMAT_1 || package.status == ReleaseStatus::Sample
}
