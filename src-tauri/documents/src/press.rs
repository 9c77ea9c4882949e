//! Making the PDF.

use std::collections::BTreeSet;
use std::path::Path;

use yichuang_domain::case::event::sha256_hex;

use crate::chain::Chain;
use crate::coverage::{self, BlockCoverage, FontCoverage};
use crate::error::DocumentError;
use crate::fonts::Fonts;
use crate::layout;
use crate::layout::geometry::Geometry;
use crate::layout::glyphs::Shaper as _;
use crate::logo::Logo;
use crate::paper::{Format, Paper, Text, Typeface};
use crate::thermal::{self, Raster};
use crate::{pdf, qr};

/// A finished paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file. The same paper made with the same fonts by the same version of this program has
    /// the same bytes.
    pub bytes: Vec<u8>,
    /// Pages of all parts together.
    pub pages: u32,
    /// SHA-256 of `bytes`, in lower-case hexadecimal. What is archived is still the file and not
    /// its recipe: a later version may write it in another way.
    pub sha256: String,
}

/// The fonts; makes any number of papers from any thread.
pub struct Press {
    fonts: Fonts,
}

impl std::fmt::Debug for Press {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Press").finish_non_exhaustive()
    }
}

impl Press {
    /// Looks for the fonts: in `bundled` those of the program (`NotoSerifSC-Regular.ttf`,
    /// `NotoSansSC-Regular.ttf`, `NotoSansMongolian-Regular.ttf`, `NotoSansArabic-Regular.ttf`,
    /// and for rare characters `BabelStoneHan.ttf` and `HanaMinB.ttf`, which may be missing), in
    /// each folder of `own` whatever the hall added (`*.ttf`, asked by name, before the fonts of
    /// rare characters). Opens none of them: that happens when a character first needs it, and of
    /// an opened one the tables are held, not the outlines.
    ///
    /// # Errors
    /// [`DocumentError::FontMissing`], [`DocumentError::FontBroken`] and
    /// [`DocumentError::FontUnsuited`] for one that papers can't do without.
    pub fn open(bundled: &Path, own: &[&Path]) -> Result<Self, DocumentError> {
        Ok(Self { fonts: Fonts::look(bundled, own)? })
    }

    /// Opens the fonts that every paper may need, ahead of the first one.
    ///
    /// # Errors
    /// [`DocumentError::FontMissing`] and [`DocumentError::FontBroken`].
    pub fn warm_up(&self) -> Result<(), DocumentError> {
        self.fonts.warm_up()
    }

    /// What is wrong with fonts that papers can do without: the hall's own and those of rare
    /// characters. They are passed over; every other paper is made.
    pub fn faults(&self) -> Vec<DocumentError> {
        self.fonts.faults()
    }

    /// How many Chinese characters of each block are printed, and by which font.
    ///
    /// # Errors
    /// [`DocumentError::FontMissing`] and [`DocumentError::FontBroken`].
    pub fn coverage(&self) -> Result<(Vec<BlockCoverage>, Vec<FontCoverage>), DocumentError> {
        coverage::count(&self.fonts)
    }

    /// Those of `characters` that no paper can show.
    ///
    /// # Errors
    /// [`DocumentError::FontMissing`] and [`DocumentError::FontBroken`].
    pub fn undrawable(&self, characters: &BTreeSet<char>) -> Result<BTreeSet<char>, DocumentError> {
        let chain = Chain::new(&self.fonts, Typeface::Serif);
        let mut undrawable = BTreeSet::new();
        for &c in characters {
            if !chain.draws(c)? {
                undrawable.insert(c);
            }
        }
        Ok(undrawable)
    }

    /// Refuses a text that a paper could not show at `field`.
    ///
    /// # Errors
    /// [`DocumentError::NoGlyph`], naming the character; what is wrong with a font.
    pub fn require_drawn(&self, field: &'static str, text: &str) -> Result<(), DocumentError> {
        let chain = Chain::new(&self.fonts, Typeface::Serif);
        chain.shape(&Text::value(field, text), false).map(|_| ())
    }

    /// Makes the PDF of a paper: every part, one after the other.
    ///
    /// # Errors
    /// [`DocumentError::NoGlyph`] if any character of any text can't be drawn, before anything
    /// is; [`DocumentError::QrTooLong`]; [`DocumentError::Writer`]; what is wrong with a font.
    pub fn render(&self, paper: &Paper) -> Result<Pdf, DocumentError> {
        let code = qr::encode(&paper.qr_text)?;
        let chain = Chain::new(&self.fonts, paper.typeface);
        let copies = layout::lay_out(paper, paper.format, code.side, &chain)?;
        let mark: &[char] = match (paper.specimen, paper.practice) {
            (true, _) => &['样', '张'],
            (false, true) => &['演', '练'],
            (false, false) => &[],
        };
        let mark = mark.iter().map(|c| chain.outline(*c)).collect::<Result<Vec<_>, _>>()?;
        let pages = copies.iter().map(Vec::len).sum::<usize>();
        let pages = u32::try_from(pages).unwrap_or(u32::MAX);
        let bytes = pdf::write(paper, &copies, &code, &mark, &self.fonts)?;
        let sha256 = sha256_hex(&bytes);
        Ok(Pdf { bytes, pages, sha256 })
    }

    /// Draws a paper as slips of 80 mm, whatever its own sheet is: one for each part, longer ones
    /// in pieces.
    ///
    /// # Errors
    /// Those of [`Press::render`], for the same papers.
    pub fn thermal(&self, paper: &Paper) -> Result<Vec<Raster>, DocumentError> {
        let code = qr::encode(&paper.qr_text)?;
        // Thin strokes of a serif are lost at this resolution.
        let chain = Chain::new(&self.fonts, Typeface::Sans);
        let copies = layout::lay_out(paper, Format::Roll80, code.side, &chain)?;
        let margin = Geometry::of(Format::Roll80).margin;
        let logo = paper.logo.as_ref().and_then(Logo::picture);
        thermal::draw(copies.iter().flatten(), margin, &code, logo.as_ref(), &chain)
    }
}
