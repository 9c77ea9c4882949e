//! A matter: found, and whole.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::matter::{Department, Handling, Level, Limit, Matter, MatterKind, NotInForce};
use yichuang_guide::FormKind;

/// A stretch of the name that the search text matched, in Unicode characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Highlight {
    /// First character.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// A matter that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MatterHit {
    /// 实施编码.
    pub code: String,
    /// 事项名称.
    pub name: String,
    /// 实施主体.
    pub department: String,
    /// Sort of act.
    pub kind: MatterKind,
    /// 即办件 or 承诺件.
    pub handling: Handling,
    /// Where it may be taken.
    pub levels: Vec<Level>,
    /// 承诺办结时限.
    pub promised_limit: Option<Limit>,
    /// The alias that matched, where the name did not.
    pub alias: Option<String>,
    /// What to highlight in `name` (or in `alias`, where there is one).
    pub highlights: Vec<Highlight>,
    /// Whether it fits only if one slip of the hand is allowed for.
    pub slip: bool,
    /// Whether the clerk starred it.
    pub starred: bool,
    /// Why no application for it is taken today; none if one is.
    pub not_in_force: Option<NotInForce>,
}

/// A form of the guide (空白表、示例样表), without its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormView {
    /// Its id in the release, by which materials name it.
    pub id: String,
    /// 名称.
    pub name: String,
    /// What it is.
    pub kind: FormKind,
    /// Whether it can be looked at and printed here; what can't is saved.
    pub printable: bool,
}

/// A matter, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MatterView {
    /// The matter.
    pub matter: Matter,
    /// Its department.
    pub department: Department,
    /// The forms that it names.
    pub forms: Vec<FormView>,
    /// Example data (示例).
    pub sample: bool,
    /// Why no application for it is taken: today, or for a draft on its day of filing. None if
    /// one is.
    pub not_in_force: Option<NotInForce>,
}
