//! Small files that a release carries: blank forms and filled samples (空白表、示例样表).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The largest form, in bytes of the file itself.
pub const MAX_FORM_BYTES: usize = 2 * 1024 * 1024;

/// The media types that a form may have: what every window can show or print.
pub const MEDIA_TYPES: [&str; 6] = [
    "application/pdf",
    "image/png",
    "image/jpeg",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
];

/// A file of the release.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Form {
    /// Unique inside the release.
    pub id: String,
    /// 名称, as people read it.
    pub name: String,
    /// One of [`MEDIA_TYPES`].
    pub media_type: String,
    /// The file in base64 (RFC 4648, with padding).
    pub content: String,
}

/// What a form is, to whoever looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FormKind {
    /// A PDF: shown and printed page by page.
    Pdf,
    /// PNG or JPEG: shown and printed on a page.
    Picture,
    /// A Word file: saved, and printed by the program that made it.
    Word,
    /// An Excel file: likewise.
    Excel,
}

/// A form whose content can't be taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormFault {
    /// Not base64.
    NotBase64,
    /// More than [`MAX_FORM_BYTES`].
    TooLarge,
    /// Nothing in it.
    Empty,
}

impl Form {
    /// The file itself.
    ///
    /// # Errors
    /// [`FormFault`]; a form of a checked package has none.
    pub fn bytes(&self) -> Result<Vec<u8>, FormFault> {
        decode(&self.content)
    }

    /// What it is, by its media type.
    pub fn kind(&self) -> FormKind {
        match suffix(&self.media_type) {
            "pdf" => FormKind::Pdf,
            "png" | "jpg" => FormKind::Picture,
            "xlsx" => FormKind::Excel,
            _ => FormKind::Word,
        }
    }
}

/// The suffix of a file of that media type, without the dot.
pub fn suffix(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => "pdf",
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "application/msword" => "doc",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        _ => "xlsx",
    }
}

/// Whether a file begins as files of that media type do.
pub fn begins_as(media_type: &str, bytes: &[u8]) -> bool {
    let beginning: &[u8] = match suffix(media_type) {
        "pdf" => b"%PDF-",
        "png" => b"\x89PNG\r\n\x1a\n",
        "jpg" => b"\xFF\xD8\xFF",
        "doc" => b"\xD0\xCF\x11\xE0",
        _ => b"PK\x03\x04",
    };
    bytes.starts_with(beginning)
}

impl std::fmt::Debug for Form {
    /// Shows the length of the content, not the content.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Form")
            .field("id", &self.id)
            .field("name", &self.name)
            .field("media_type", &self.media_type)
            .field("content", &self.content.len())
            .finish()
    }
}

/// The content of a form.
///
/// # Errors
/// [`FormFault`].
pub fn decode(content: &str) -> Result<Vec<u8>, FormFault> {
    // Base64 takes four characters for three bytes; a longer text need not be decoded to know.
    if content.len() > MAX_FORM_BYTES.div_ceil(3) * 4 {
        return Err(FormFault::TooLarge);
    }
    let bytes = STANDARD.decode(content).map_err(|_| FormFault::NotBase64)?;
    match bytes.len() {
        0 => Err(FormFault::Empty),
        n if n > MAX_FORM_BYTES => Err(FormFault::TooLarge),
        _ => Ok(bytes),
    }
}
