//! One release of the guide for one region, as read from `guide.json`.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;
use yichuang_domain::calendar::WorkCalendar;
use yichuang_domain::matter::{Department, Matter, MatterCode};

use crate::problem::Problem;

/// The one format this program reads.
pub const FORMAT: &str = "yichuang-guide/1";

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

/// Reads a text that may be null, which says the same as an empty one.
fn null_as_empty<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Option::<String>::deserialize(from).map(Option::unwrap_or_default)
}

/// One release of the guide for one region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GuidePackage {
    /// Always [`FORMAT`].
    pub format: String,
    /// Grows by one with every release, from 1.
    pub release: u32,
    /// The day it was issued.
    #[ts(type = "string")]
    pub issued_on: Date,
    /// Where it applies.
    pub region: Region,
    /// The work calendar.
    pub calendar: WorkCalendar,
    /// 实施主体.
    pub departments: Vec<Department>,
    /// 事项, in the order shown.
    pub matters: Vec<Matter>,
    /// 一件事.
    #[serde(default)]
    pub bundles: Vec<Bundle>,
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
/// data real by adding a key. A later format will say so for each release.
pub fn is_sample(package: &GuidePackage) -> bool {
    package.format == FORMAT
}
