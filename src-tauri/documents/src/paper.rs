//! What a paper says, before it is laid out: words, tables and the places to sign.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::signature::Strokes;

use crate::logo::Logo;

/// A stretch of text from one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The field it comes from, for the error that names a character which can't be printed.
    pub field: Cow<'static, str>,
    /// The text.
    pub text: String,
    /// In bold.
    pub bold: bool,
    /// Not broken across lines where a line holds it: a name, a number, a date.
    pub keep: bool,
}

/// Spans that follow one another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text(pub Vec<Span>);

/// The field of the words that this program writes itself.
const BODY: &str = "正文";

impl Text {
    /// Words of this program.
    pub fn of(words: impl Into<String>) -> Self {
        Self::default().say(words)
    }

    /// A value of a field.
    pub fn value(field: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        Self::default().put(field, text)
    }

    /// A value of a field that is not to be broken.
    pub fn kept(field: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        Self::default().hold(field, text)
    }

    /// Adds words of this program.
    #[must_use]
    pub fn say(self, words: impl Into<String>) -> Self {
        self.push(BODY.into(), words.into(), false)
    }

    /// Adds a value of a field.
    #[must_use]
    pub fn put(self, field: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        self.push(field.into(), text.into(), false)
    }

    /// Adds a value of a field that is not to be broken.
    #[must_use]
    pub fn hold(self, field: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        self.push(field.into(), text.into(), true)
    }

    /// Makes the last span bold.
    #[must_use]
    pub fn strong(mut self) -> Self {
        if let Some(span) = self.0.last_mut() {
            span.bold = true;
        }
        self
    }

    /// Adds the spans of another text.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    fn push(mut self, field: Cow<'static, str>, text: String, keep: bool) -> Self {
        if !text.is_empty() {
            self.0.push(Span { field, text, bold: false, keep });
        }
        self
    }

    /// The text without its fields.
    pub fn plain(&self) -> String {
        self.0.iter().map(|s| s.text.as_str()).collect()
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A label and what it labels, in the table at the top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// For instance 申请人.
    pub label: String,
    /// What it says.
    pub value: Text,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its head.
    pub title: String,
    /// In millimetres.
    pub width: f32,
    /// Centred instead of left.
    pub centred: bool,
    /// The column whose text must not be torn: where it does not fit on one line of its column,
    /// the row is laid over the whole width instead.
    pub lead: bool,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// One per column.
    pub cells: Vec<Text>,
    /// Lines under the cells, over the whole width behind the first column.
    pub notes: Vec<Text>,
}

/// A table; its head is repeated on every page it reaches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The first one holds the running number.
    pub columns: Vec<Column>,
    /// In order.
    pub rows: Vec<Row>,
}

/// The end of a paper: who handled it, where to ask, where to sign, and the place of the seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Lines about the desk and the telephones.
    pub desk: Vec<Text>,
    /// Whose signature, for instance 申请人（代理人）签字.
    pub signers: Vec<String>,
    /// 落款机关.
    pub issuer: Text,
    /// What stands in the seal's place.
    pub seal: String,
    /// 年月日.
    pub date: Text,
    /// What one of the lines to sign on holds already: somebody signed on a screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<SignedLine>,
}

/// A line to sign on that was signed on a screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedLine {
    /// Which of the signers' lines, from 0.
    pub line: usize,
    /// What stands on it.
    pub strokes: Strokes,
    /// The day that stands beside it.
    pub on: Text,
    /// How and when it was made, in small print.
    pub note: Text,
}

/// One part of the content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// Whom it addresses: flush left.
    Address(Text),
    /// A heading; stays with what follows.
    Heading(Text),
    /// A paragraph, first line indented by two characters.
    Paragraph(Text),
    /// The table of labels at the top; one or two pairs a row.
    Pairs(Vec<Vec<Pair>>),
    /// A table.
    Table(Table),
    /// Ruled lines to write on by hand; at least one.
    Ruled(u8),
    /// The end.
    Signature(Signature),
}

/// A copy of the paper (联).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// 客户联, 存根联
    pub name: String,
    /// For whom.
    pub to: String,
}

/// The sheet a paper is set on.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 148 × 210 mm.
    A5,
    /// A roll 80 mm wide, cut where the paper ends; 72 mm of it can be printed on.
    Roll80,
}

/// In what a paper is set. Characters that it lacks come from the other fonts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Typeface {
    /// Noto Serif SC (宋体): formal papers.
    #[default]
    Serif,
    /// Noto Sans SC (黑体): slips and sheets.
    Sans,
}

/// What a paper says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// The sheet.
    pub format: Format,
    /// In what it is set.
    pub typeface: Typeface,
    /// 机关全称, over the title.
    pub issuer: Text,
    /// 文书名.
    pub title: Text,
    /// 文号, under the title; of a paper that has none, what it is about.
    pub number: Text,
    /// What the head of the following pages says behind the number: the case.
    pub running: Text,
    /// Lines at the top of every page that say what the paper is not (演练, 示例).
    pub warnings: Vec<Text>,
    /// Whether a pale 演练 lies under every page.
    pub practice: bool,
    /// Whether a pale 样张 lies under every page: it shows a template and is no paper.
    #[serde(default, skip_serializing_if = "is_false")]
    pub specimen: bool,
    /// At the head of the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Logo>,
    /// The content.
    pub blocks: Vec<Block>,
    /// What the QR code holds.
    pub qr_text: String,
    /// Under the QR code.
    pub qr_caption: String,
    /// At the foot of every page.
    pub guide: Text,
    /// Its copies.
    pub parts: Vec<Part>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
fn is_false(value: &bool) -> bool {
    !value
}
