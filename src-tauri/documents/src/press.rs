//! Making the PDF.

use std::collections::BTreeSet;
use std::path::Path;

use yichuang_domain::case::event::sha256_hex;

use crate::chain::Fonts;
use crate::error::DocumentError;
use crate::layout;
use crate::paper::Paper;
use crate::{pdf, qr};

/// A finished paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Pages of all parts together.
    pub pages: u32,
    /// SHA-256 of `bytes`, in lower-case hexadecimal. Printing the same paper again gives other
    /// bytes (the file identifier differs), so what is archived is this file, not its recipe.
    pub sha256: String,
}

/// The fonts, read once; makes any number of papers from any thread.
pub struct Press {
    fonts: Fonts,
}

impl std::fmt::Debug for Press {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Press").finish_non_exhaustive()
    }
}

impl Press {
    /// Reads the fonts of a folder: `NotoSansSC-Regular.ttf`, `NotoSansSC-Bold.ttf` and
    /// `NotoSansMongolian-Regular.ttf`. Holds them in memory (21 MB).
    ///
    /// # Errors
    /// [`DocumentError::FontMissing`] and [`DocumentError::FontBroken`].
    pub fn open(fonts: &Path) -> Result<Self, DocumentError> {
        Ok(Self { fonts: Fonts::open(fonts)? })
    }

    /// Those of `characters` that no paper can show.
    ///
    /// # Errors
    /// [`DocumentError::FontBroken`].
    pub fn undrawable(&self, characters: &BTreeSet<char>) -> Result<BTreeSet<char>, DocumentError> {
        let chain = self.fonts.chain()?;
        Ok(characters.iter().copied().filter(|c| !chain.draws(*c)).collect())
    }

    /// Makes the PDF of a paper: every part, one after the other.
    ///
    /// # Errors
    /// [`DocumentError::NoGlyph`] if any character of any text can't be drawn, before anything
    /// is; [`DocumentError::QrTooLong`]; [`DocumentError::Writer`].
    pub fn render(&self, paper: &Paper) -> Result<Pdf, DocumentError> {
        let code = qr::encode(&paper.qr_text)?;
        let chain = self.fonts.chain()?;
        let copies = layout::lay_out(paper, &chain)?;
        let pages: Vec<_> = copies.into_iter().flatten().collect();
        let mark = if paper.practice {
            vec![chain.outline('演'), chain.outline('练')]
        } else {
            Vec::new()
        };
        let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
        let title = format!("{} {}", paper.title.plain(), paper.number.plain());
        let bytes = pdf::write(&title, &pages, &code, &mark, &self.fonts)?;
        let sha256 = sha256_hex(&bytes);
        Ok(Pdf { bytes, pages: count, sha256 })
    }
}
