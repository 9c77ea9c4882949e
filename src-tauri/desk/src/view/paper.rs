//! Papers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::document::DocumentKind;
use yichuang_domain::matter::LimitUnit;
use yichuang_domain::printing::OtherWay;

use crate::printing::PrintJobView;

/// An archived paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PaperView {
    /// Its kind.
    pub kind: DocumentKind,
    /// 文书名称.
    pub title: String,
    /// 文号.
    pub number: String,
    /// 发文字号, where the hall gives one.
    pub formal: Option<String>,
    /// When it was issued, RFC 3339.
    pub issued_at: String,
    /// How often it came out of a printer, as the log has it; above 1 it was printed again (补打).
    pub printed: u32,
    /// Whether who applies was corrected since (更正): it is no longer to be handed out.
    pub outdated: bool,
    /// Whether it is archived here; another window's papers are archived there.
    pub archived: bool,
    /// The latest print job of this window.
    pub job: Option<PrintJobView>,
    /// How it was given otherwise, the latest.
    pub given: Option<OtherWay>,
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

/// The papers that a case can get now, and what they can be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OfferedPapers {
    /// The papers, in the order shown.
    pub kinds: Vec<DocumentKind>,
    /// The special procedures that the guide has for the matter.
    pub procedures: Vec<OfferedProcedure>,
    /// The unit that an extension is counted in.
    pub extension_unit: LimitUnit,
    /// The most that can be added.
    pub longest_extension: u16,
    /// Whether the clock stands still and can be let run again.
    pub clock_stopped: bool,
}

/// A special procedure to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OfferedProcedure {
    /// Its name, as `PaperRequest` takes it.
    pub name: String,
    /// How many days it takes; 0 where the guide does not say.
    pub days: u16,
    /// Whether the clock stops.
    pub stops_clock: bool,
}
