//! The figures of the lead's view (统计).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::figures::{Figure, FigureGroup, Rate};

/// Which cases to count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FiguresFilter {
    /// Filed on this day or later, `YYYY-MM-DD`.
    pub from: String,
    /// Filed on this day or earlier.
    pub to: String,
    /// How they are put together.
    pub group: FigureGroup,
}

/// The figures of some cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FigureRow {
    /// What tells the group from others; empty for all cases.
    pub key: String,
    /// What people call it; empty for all cases.
    pub name: String,
    /// How often each figure counts.
    #[ts(type = "Record<Figure, number>")]
    pub counts: BTreeMap<Figure, u32>,
    /// Parts in a thousand; none where there is nothing to divide.
    #[ts(type = "Record<Rate, number | null>")]
    pub rates: BTreeMap<Rate, Option<u32>>,
}

/// What a rate divides by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RateParts {
    /// Which.
    pub rate: Rate,
    /// The part.
    pub part: Figure,
    /// The whole.
    pub whole: Figure,
}

/// Why something was done that a lead looks at: a second list, an extension, a reprint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FigureReason {
    /// The case's id.
    pub case: String,
    /// 办件编号.
    pub number: String,
    /// What was done.
    pub title: String,
    /// Why, as the case's history says it.
    pub detail: String,
    /// Who.
    pub actor: String,
    /// RFC 3339.
    pub at: String,
}

/// The figures of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FiguresView {
    /// All cases.
    pub total: FigureRow,
    /// The groups asked for, the largest first; days and months in their order.
    pub groups: Vec<FigureRow>,
    /// By day, or by month where the period is long: for the eye.
    pub course: Vec<FigureRow>,
    /// Of how many matters there were cases.
    pub matters: u32,
    /// How many matters the guide has.
    pub guide_matters: u32,
    /// Second lists, extensions and reprints, the newest first.
    pub reasons: Vec<FigureReason>,
    /// How many of these there are, the first of which are listed.
    pub reasons_total: u32,
    /// The rates in the order shown, and what is divided by what.
    pub rates: Vec<RateParts>,
}
