//! The sheets of the workbook and their columns: where each goes in the JSON of a package, what
//! it holds, and what its editor is told. The order is the order of the workbook.

mod inside;
mod matters;
mod release;

use super::kind::Kind;

/// What a row of a sheet makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// The package itself: one row.
    Package,
    /// An object of the list of that name.
    List(&'static str),
    /// A year of the calendar.
    Years,
    /// A choice of a question of a matter.
    Choices,
    /// An object of the list at that path inside a matter.
    Inside(&'static str),
}

/// A sheet.
pub struct Sheet {
    /// On its tab.
    pub name: &'static str,
    /// What a row makes.
    pub rows: Rows,
    /// Whether a workbook without it is refused.
    pub needed: bool,
    /// From left to right.
    pub columns: &'static [Column],
}

/// A column.
pub struct Column {
    /// At its head.
    pub head: &'static str,
    /// Where its value goes inside the object that the row makes.
    pub path: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be filled.
    pub needed: bool,
    /// What its editor is told.
    pub note: &'static str,
    /// What the example row of the template says.
    pub example: &'static str,
}

/// A column that must be filled.
const fn must(
    head: &'static str,
    path: &'static str,
    kind: Kind,
    example: &'static str,
    note: &'static str,
) -> Column {
    Column { head, path, kind, needed: true, note, example }
}

/// A column that may be empty.
const fn may(
    head: &'static str,
    path: &'static str,
    kind: Kind,
    example: &'static str,
    note: &'static str,
) -> Column {
    Column { head, path, kind, needed: false, note, example }
}

/// The path of the column that says which matter a row belongs to.
pub const OWNER: &str = "@matter";
/// The path of the column that says which year a row is about.
pub const YEAR: &str = "@year";
/// The path of the column that names the file of a form.
pub const FILE: &str = "@file";
/// The beginning of the paths that belong to a choice, not to its question.
pub const CHOICE: &str = "choices.";

/// Every sheet. Matters come before what stands inside them, and questions before the materials
/// whose conditions name them.
pub const SHEETS: [&Sheet; 15] = [
    &release::RELEASE,
    &release::DEPARTMENTS,
    &matters::MATTERS,
    &inside::SITUATIONS,
    &inside::MATERIALS,
    &release::BUNDLES,
    &release::LIFE_EVENTS,
    &release::CALENDAR,
    &inside::PROCEDURES,
    &inside::LEGAL_BASIS,
    &inside::PLACES,
    &inside::STEPS,
    &inside::FEES,
    &inside::FAQ,
    &release::FORMS,
];
