//! Papers, and the printers for them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::document::DocumentKind;

/// An archived paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PaperView {
    /// Its kind.
    pub kind: DocumentKind,
    /// 文书名称.
    pub title: String,
    /// 文号.
    pub number: String,
    /// When it was issued, RFC 3339.
    pub issued_at: String,
    /// How often it was handed to a printer.
    pub printed: u32,
}

/// A PDF.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PdfFile {
    /// A file name that says what it is.
    pub name: String,
    /// The bytes.
    pub base64: String,
}

/// A file of the guide to save from a browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormContent {
    /// A file name that says what it is.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// The bytes.
    pub base64: String,
}

/// Where a file was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedFile {
    /// The path.
    pub path: String,
}

/// A printer of this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrinterView {
    /// The system's name for it.
    pub name: String,
    /// Whether the system calls it the default.
    pub default: bool,
}
