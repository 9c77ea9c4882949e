//! The vocabulary of templates: the fields, choices and lists that a template may name, which of
//! them may have nothing to say, and what each kind of paper must show.
//!
//! Each has its meaning in the words of a clerk and an example. The examples are made up; a specimen
//! of a paper ([`super::specimen()`]) shows them.

mod names;
mod required;

use yichuang_domain::document::DocumentKind;

use names::{CHOICES, COMMON, LISTS, own};
pub use required::required;

/// A field, a list, or a field of a list's items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// As templates write it.
    pub name: &'static str,
    /// Whether it always has something to say.
    pub presence: Presence,
    /// What it is, in the clerk's words.
    pub meaning: &'static str,
    /// What it might say.
    pub example: &'static str,
}

/// Whether a name has something to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// In every case.
    Always,
    /// In some cases: a template must ask before it uses it.
    Sometimes,
    /// Exactly where another name has.
    With(&'static str),
}

/// A property of the case with one of a few values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As conditions write it.
    pub name: &'static str,
    /// What it can be.
    pub values: &'static [&'static str],
    /// What a specimen shows unless something else is asked for.
    pub usual: &'static str,
    /// What it is, in the clerk's words.
    pub meaning: &'static str,
}

/// A list that a table can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    /// As templates write it; a list may always be empty.
    pub name: &'static str,
    /// What each item has.
    pub fields: &'static [Name],
    /// What it is, in the clerk's words.
    pub meaning: &'static str,
}

/// The fields that a template of `kind` may use; what a kind always has stands before what others
/// have only sometimes.
pub fn fields(kind: DocumentKind) -> impl Iterator<Item = Name> {
    own(kind).iter().chain(COMMON).copied()
}

/// The properties that conditions may ask for.
pub fn choices() -> &'static [Choice] {
    CHOICES
}

/// The lists that tables may show.
pub fn lists() -> &'static [List] {
    LISTS
}
