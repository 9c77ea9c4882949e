//! Templates (文书模板): what each paper says, as data that a hall can adapt.
//!
//! A [`TemplateSet`] describes every kind of paper: title, parts, sections, tables, signatures,
//! with fields in braces and conditions by name. The names are the [`vocabulary`]; what they say for
//! one case is in [`Values`]. [`check`] proves of a set, for every combination of its conditions,
//! that nothing the law wants on a paper can be missing; [`TemplateSet::fill`] makes the [`Paper`].
//!
//! A template holds words, never a rule: whether something is accepted, until when, by which
//! article, is decided before and comes as a value. It holds no measure and no font either.

mod check;
mod fill;
mod read;
mod shipped;
mod specimen;
#[cfg(test)]
mod tests;
pub mod vocabulary;
mod when;
mod wording;
mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::document::DocumentKind;
use yichuang_domain::formal::NumberPattern;

use crate::logo::Logo;
use crate::paper::{Format, Text, Typeface};

pub use check::{Finding, FindingCode, check};
pub use fill::FillError;
pub use read::{MOST_BYTES, read};
pub use shipped::shipped;
pub use specimen::{Situation, specimen};
pub use when::{BadCondition, When};
pub use wording::undrawable;
pub use words::{BadWords, Words};

/// The name of the format.
pub const FORMAT: &str = "yichuang-paper-templates/1";

/// The templates of every kind of paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TemplateSet {
    /// [`FORMAT`].
    pub format: String,
    /// Over the title of every paper: 机关全称.
    pub header: Words,
    /// The hall's logo, before the header; none where the hall has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "string")]
    pub logo: Option<Logo>,
    /// 发文字号 of the formal papers; none shows the program's own number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub numbering: Option<Numbering>,
    /// Blocks that several papers share, by name.
    pub fragments: BTreeMap<String, Vec<BlockTemplate>>,
    /// One template for each kind.
    pub papers: BTreeMap<DocumentKind, Template>,
}

/// How the hall numbers its formal papers (发文字号).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Numbering {
    /// For instance `{机关代字}{文种}字〔{年}〕第{窗口}-{流水}号`.
    #[ts(type = "string")]
    pub pattern: NumberPattern,
    /// 机关代字 of each department, by its code in the guide. Papers of a department that has none
    /// show the program's own number.
    pub authorities: BTreeMap<String, String>,
    /// 文种 of each kind; kinds without one show the program's own number.
    pub kinds: BTreeMap<DocumentKind, String>,
}

/// The description of one kind of paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// 文书名称.
    pub title: Words,
    /// The sheet it is set on.
    pub sheet: Format,
    /// In what it is set: serif for formal papers, sans for slips.
    pub typeface: Typeface,
    /// Its copies (联).
    pub parts: Vec<PartTemplate>,
    /// Under the QR code.
    pub code_caption: String,
    /// What it says.
    pub blocks: Vec<BlockTemplate>,
}

/// A copy of a paper (联).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PartTemplate {
    /// 客户联, 存根联
    pub name: String,
    /// Who keeps it.
    pub to: String,
}

/// One part of the content, and when it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "block", rename_all = "kebab-case", deny_unknown_fields)]
pub enum BlockTemplate {
    /// The blocks of a fragment.
    Use {
        /// Its name.
        fragment: String,
        /// When it stands.
        #[serde(default, skip_serializing_if = "When::is_always")]
        #[ts(as = "Option<String>", optional)]
        when: When,
    },
    /// Whom the paper addresses.
    Address {
        /// Its words.
        text: Words,
        /// When it stands.
        #[serde(default, skip_serializing_if = "When::is_always")]
        #[ts(as = "Option<String>", optional)]
        when: When,
    },
    /// A heading, numbered 一、二、三 among those that stand.
    Heading {
        /// Its words.
        text: Words,
        /// When it stands.
        #[serde(default, skip_serializing_if = "When::is_always")]
        #[ts(as = "Option<String>", optional)]
        when: When,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        text: Words,
        /// When it stands.
        #[serde(default, skip_serializing_if = "When::is_always")]
        #[ts(as = "Option<String>", optional)]
        when: When,
    },
    /// Paragraphs numbered （一）（二）（三） among those that say something.
    Numbered {
        /// Their words.
        items: Vec<Words>,
        /// When they stand.
        #[serde(default, skip_serializing_if = "When::is_always")]
        #[ts(as = "Option<String>", optional)]
        when: When,
    },
    /// A table of labels and values.
    Pairs {
        /// Its rows.
        rows: Vec<PairRow>,
        /// When it stands.
        #[serde(default, skip_serializing_if = "When::is_always")]
        #[ts(as = "Option<String>", optional)]
        when: When,
    },
    /// A table with a row for each item of a list; none where the list is empty.
    Table {
        /// The list.
        of: String,
        /// Its columns; the first one is narrow and stands beside the notes.
        columns: Vec<ColumnTemplate>,
        /// Lines under each row.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(optional, as = "Option<Vec<Words>>")]
        notes: Vec<Words>,
        /// When it stands.
        #[serde(default, skip_serializing_if = "When::is_always")]
        #[ts(as = "Option<String>", optional)]
        when: When,
    },
    /// Ruled lines to write on by hand.
    Ruled {
        /// How many.
        lines: u8,
        /// When they stand.
        #[serde(default, skip_serializing_if = "When::is_always")]
        #[ts(as = "Option<String>", optional)]
        when: When,
    },
    /// The end: desk, signatures, and where there is one the issuer with the place of the seal.
    Signature {
        /// Lines about the desk and the telephones.
        desk: Vec<Words>,
        /// Who signs.
        signers: Vec<Words>,
        /// 落款机关; empty on a paper that the applicant makes.
        #[serde(default, skip_serializing_if = "Words::is_empty")]
        #[ts(optional, as = "Option<Words>")]
        issuer: Words,
        /// What stands in the place of the seal; empty where none goes.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[ts(optional, as = "Option<String>")]
        seal: String,
        /// 年月日.
        #[serde(default, skip_serializing_if = "Words::is_empty")]
        #[ts(optional, as = "Option<Words>")]
        date: Words,
        /// When it stands.
        #[serde(default, skip_serializing_if = "When::is_always")]
        #[ts(as = "Option<String>", optional)]
        when: When,
    },
}

/// One or two labels with their values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PairRow {
    /// The pairs.
    pub pairs: Vec<PairTemplate>,
    /// When it stands.
    #[serde(default, skip_serializing_if = "When::is_always")]
    #[ts(as = "Option<String>", optional)]
    pub when: When,
}

/// A label and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PairTemplate {
    /// For instance 申请人.
    pub label: String,
    /// What stands beside it.
    pub value: Words,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ColumnTemplate {
    /// Its head.
    pub title: String,
    /// In millimetres on A4, where all columns together have 170; smaller sheets scale.
    pub width: f32,
    /// What stands in it.
    pub text: Words,
    /// Centred instead of left.
    #[serde(default, skip_serializing_if = "is_false")]
    #[ts(optional, as = "Option<bool>")]
    pub centred: bool,
    /// The column whose text must not be torn.
    #[serde(default, skip_serializing_if = "is_false")]
    #[ts(optional, as = "Option<bool>")]
    pub lead: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
fn is_false(value: &bool) -> bool {
    !value
}

/// What the names of the vocabulary say for one paper.
#[derive(Clone, Debug, Default)]
pub struct Values {
    pub(crate) fields: BTreeMap<&'static str, Text>,
    choices: BTreeMap<&'static str, &'static str>,
    pub(crate) lists: BTreeMap<&'static str, Vec<Item>>,
}

/// The values of one item of a list.
pub type Item = BTreeMap<&'static str, Text>;

impl Values {
    /// Gives a field its value; an empty text leaves it absent.
    pub fn field(&mut self, name: &'static str, text: Text) {
        if text.is_empty() {
            self.fields.remove(name);
        } else {
            self.fields.insert(name, text);
        }
    }

    /// Says which value a choice has.
    pub fn choice(&mut self, name: &'static str, value: &'static str) {
        self.choices.insert(name, value);
    }

    /// Gives a list its items.
    pub fn list(&mut self, name: &'static str, items: Vec<Item>) {
        self.lists.insert(name, items);
    }
}

/// The value of a choice between 是 and 否.
pub(crate) fn yes_no(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}
