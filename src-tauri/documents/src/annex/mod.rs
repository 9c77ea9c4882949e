//! Files of the guide behind a sheet: blank forms and filled samples (空白表、示例样表) that come as
//! PDF or as a picture.
//!
//! A file is taken page by page, unchanged; a picture is set on a page of its own. What is neither
//! (a Word or Excel file) can't be laid out here and is refused by name: the program that made it
//! prints it. Nothing in a file is run, and nothing but its pages is taken over.

mod picture;
mod settle;
#[cfg(test)]
mod tests;

use lopdf::{Document, LoadOptions, Object, ObjectId};
use yichuang_domain::case::event::sha256_hex;

use crate::error::{AnnexFault, DocumentError};
use crate::press::Pdf;
pub(crate) use picture::on_white;

/// What a stream of a file may grow to: a form is 2 MB at most, and this is far more than a page
/// ever needs.
const MOST_UNPACKED: usize = 64 * 1024 * 1024;
/// The most pages of a file that are taken; a sample is a few.
const MOST_PAGES: usize = 50;

/// A file that can be put behind a sheet.
#[derive(Clone, Debug)]
pub struct Annex {
    document: Document,
    pages: Vec<ObjectId>,
}

/// What a file that is a PDF begins with.
const PDF: &[u8] = b"%PDF-";

/// A file as it is printed alone: a PDF as it came, also one that only a printer or a reader makes
/// sense of; a picture on a page.
///
/// # Errors
/// [`AnnexFault::NotPrintable`], and [`AnnexFault::Damaged`] for a picture.
pub fn form_alone(bytes: &[u8]) -> Result<Vec<u8>, AnnexFault> {
    if bytes.starts_with(PDF) {
        return Ok(bytes.to_vec());
    }
    let mut paper = Vec::new();
    let written = picture::on_a_page(bytes)?.save_to(&mut paper);
    written.map_err(|error| AnnexFault::Damaged { detail: error.to_string() })?;
    Ok(paper)
}

impl Annex {
    /// Reads a file. What it is, its first bytes say, not its name.
    ///
    /// # Errors
    /// [`AnnexFault`].
    pub fn read(bytes: &[u8]) -> Result<Self, AnnexFault> {
        let document = if bytes.starts_with(PDF) {
            let options =
                LoadOptions { max_decompressed_size: Some(MOST_UNPACKED), ..Default::default() };
            Document::load_mem_with_options(bytes, options)
                .map_err(|error| AnnexFault::Damaged { detail: error.to_string() })?
        } else {
            picture::on_a_page(bytes)?
        };
        if document.is_encrypted() || document.was_encrypted() {
            return Err(AnnexFault::Locked);
        }
        let pages: Vec<ObjectId> = document.page_iter().take(MOST_PAGES + 1).collect();
        match pages.len() {
            0 => Err(AnnexFault::Damaged { detail: "没有页面".to_owned() }),
            n if n > MOST_PAGES => Err(AnnexFault::TooLong { most: MOST_PAGES }),
            _ => Ok(Self { document, pages }),
        }
    }

    /// How many pages it has, at least one.
    pub fn pages(&self) -> u32 {
        u32::try_from(self.pages.len()).unwrap_or(u32::MAX)
    }
}

impl Pdf {
    /// This paper with files behind it, in their order.
    ///
    /// # Errors
    /// [`DocumentError::Writer`].
    pub fn with(self, annexes: Vec<Annex>) -> Result<Self, DocumentError> {
        if annexes.is_empty() {
            return Ok(self);
        }
        let mut book = Document::load_mem(&self.bytes).map_err(fault)?;
        let tree = book.catalog().and_then(|c| c.get(b"Pages")?.as_reference()).map_err(fault)?;
        let mut count = self.pages;
        let kids = book.get_dictionary(tree).and_then(|node| node.get(b"Kids")?.as_array());
        let mut kids: Vec<Object> = kids.map_err(fault)?.clone();
        for annex in annexes {
            count = count.saturating_add(annex.pages());
            kids.extend(settle::settle(&mut book, tree, annex.document, &annex.pages));
        }
        let root = book.get_dictionary_mut(tree).map_err(fault)?;
        root.set("Count", i64::from(count));
        root.set("Kids", kids);
        let mut bytes = Vec::new();
        book.save_to(&mut bytes).map_err(fault)?;
        let sha256 = sha256_hex(&bytes);
        Ok(Self { bytes, pages: count, sha256 })
    }
}

fn fault(error: impl std::fmt::Display) -> DocumentError {
    DocumentError::Writer { detail: error.to_string() }
}
