//! 扫描件: pictures of the materials of a case, what may be one, and how it is named.
//!
//! An attachment is announced by an event of its case, with hash and size; its bytes follow by a
//! way of their own. So the log says what there must be, and anybody can prove what came.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::case::event::{Hash, OriginId, is_hash};
use crate::case::{Case, EventBody};
use crate::matter::MaterialId;
use crate::refusal::{Refusal, RefusalCode};

/// The most bytes of one attachment: 50 MiB, a PDF of some two hundred scanned pages.
pub const LARGEST: u64 = 50 * 1024 * 1024;
/// The most attachments of one case, removed ones included: its events must stay few.
pub const MOST: usize = 200;
/// The most characters of a name.
pub const LONGEST_NAME: usize = 120;

/// What an attachment is. These are what document cameras and scanners give and what every web
/// view shows; what it is counts by its first bytes, never by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub enum Media {
    /// JPEG (ISO/IEC 10918).
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// PNG (ISO/IEC 15948).
    #[serde(rename = "image/png")]
    Png,
    /// PDF (ISO 32000).
    #[serde(rename = "application/pdf")]
    Pdf,
}

impl Media {
    /// What the bytes are; none if no attachment may be that.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            _ => None,
        }
    }

    /// The media type (RFC 6838), as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
        }
    }

    /// The media of that name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Jpeg, Self::Png, Self::Pdf].into_iter().find(|media| media.as_str() == text)
    }
}

/// What an event announces: enough to tell whether the right bytes came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Announced {
    /// SHA-256 of the bytes.
    pub hash: Hash,
    /// How many bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// What they are.
    pub media: Media,
    /// The name of the file they came from, without its folder.
    pub name: String,
}

/// An attachment of a case. One that was removed stays on record, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Of which material.
    pub material: MaterialId,
    /// What was announced.
    #[serde(flatten)]
    pub announced: Announced,
    /// Why it was removed; none while it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<String>,
    /// The log of the window that added it; none where that is the one that filed the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added_in: Option<OriginId>,
}

/// The name to be kept of a file: without folders and control characters, and not longer than
/// [`LONGEST_NAME`]; its ending stays. Empty names become `扫描件`.
pub fn tidy_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !hides(*c)).collect();
    let plain = plain.trim_start_matches(|c: char| c == '.' || c.is_whitespace()).trim_end();
    if plain.is_empty() {
        return "扫描件".to_owned();
    }
    let length = plain.chars().count();
    if length <= LONGEST_NAME {
        return plain.to_owned();
    }
    let ending = plain.rsplit_once('.').map(|(_, end)| end).filter(|end| end.len() <= 8);
    let ending = ending.map(|end| format!(".{end}")).unwrap_or_default();
    let kept = LONGEST_NAME - ending.chars().count();
    let head: String = plain.chars().take(kept).collect();
    format!("{}{ending}", head.trim_end())
}

/// Characters that show nothing, or turn what follows around: names must be what they look like.
fn hides(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl Announced {
    /// Looks at the bytes of a file.
    ///
    /// # Errors
    /// `bad-attachment` (field `file`): empty, larger than [`LARGEST`], or none of [`Media`].
    pub fn of(name: &str, bytes: &[u8]) -> Result<Self, Refusal> {
        let refused = |message: String| Refusal::new(RefusalCode::BadAttachment, "file", message);
        let size = bytes.len() as u64;
        if size == 0 {
            return Err(refused("文件是空的，请重新扫描".to_owned()));
        }
        if size > LARGEST {
            return Err(refused(too_large()));
        }
        let media = Media::of(bytes).ok_or_else(|| {
            refused("只能添加JPEG、PNG图片或PDF文件；请在扫描软件里另存为其中一种".to_owned())
        })?;
        let hash = crate::case::event::sha256_hex(bytes);
        Ok(Self { hash, size, media, name: tidy_name(name) })
    }

    /// What is wrong with an announcement that somebody else wrote: the field, and in words.
    pub fn fault(&self) -> Option<(&'static str, &'static str)> {
        if !is_hash(&self.hash) {
            Some(("hash", "扫描件的摘要格式有误"))
        } else if self.size == 0 || self.size > LARGEST {
            Some(("size", "扫描件的大小超出范围"))
        } else if self.name != tidy_name(&self.name) {
            Some(("name", "扫描件的文件名有误"))
        } else {
            None
        }
    }
}

/// In words: a file is too large.
pub fn too_large() -> String {
    format!("文件超过{}MB，请降低扫描分辨率或分成几个文件", LARGEST / 1024 / 1024)
}

impl Case {
    /// The attachments that count, in the order they were added.
    pub fn attached(&self) -> impl Iterator<Item = &Attachment> {
        self.attachments.iter().filter(|a| a.removed.is_none())
    }

    /// The attachment of a material with that hash, if it counts.
    pub fn attachment(&self, material: &str, hash: &str) -> Option<&Attachment> {
        self.attached().find(|a| a.material == material && a.announced.hash == hash)
    }

    /// Whether what an event says of an attachment fits this case: a scan is of one of its
    /// materials and counts once; only one that counts can be removed. True for other events.
    pub(crate) fn fits_attachments(&self, event: &EventBody) -> bool {
        match event {
            EventBody::AttachmentAdded { material, announced } => {
                self.materials.iter().any(|m| m.material.id == *material)
                    && self.attachments.len() < MOST
                    && self.attachment(material, &announced.hash).is_none()
            }
            EventBody::AttachmentRemoved { material, hash, .. } => {
                self.attachment(material, hash).is_some()
            }
            _ => true,
        }
    }

    /// Marks an attachment as removed.
    pub(crate) fn remove_attachment(&mut self, material: &str, hash: &str, reason: String) {
        let found = self
            .attachments
            .iter_mut()
            .find(|a| a.removed.is_none() && a.material == material && a.announced.hash == hash);
        if let Some(attachment) = found {
            attachment.removed = Some(reason);
        }
    }
}

#[cfg(test)]
mod tests;
