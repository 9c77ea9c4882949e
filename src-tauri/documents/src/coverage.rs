//! Which Chinese characters the fonts of this machine print, block by block.

use unicode_general_category::{GeneralCategory, get_general_category};

use crate::chain::Chain;
use crate::error::DocumentError;
use crate::fonts::{FontRole, Fonts};
use crate::paper::Typeface;

/// The blocks of Chinese characters: name, first and last code point (Unicode `Blocks.txt`).
pub const BLOCKS: [(&str, char, char); 13] = [
    ("基本区", '\u{4E00}', '\u{9FFF}'),
    ("扩展A", '\u{3400}', '\u{4DBF}'),
    ("扩展B", '\u{20000}', '\u{2A6DF}'),
    ("扩展C", '\u{2A700}', '\u{2B73F}'),
    ("扩展D", '\u{2B740}', '\u{2B81F}'),
    ("扩展E", '\u{2B820}', '\u{2CEAF}'),
    ("扩展F", '\u{2CEB0}', '\u{2EBEF}'),
    ("扩展I", '\u{2EBF0}', '\u{2EE5F}'),
    ("扩展G", '\u{30000}', '\u{3134F}'),
    ("扩展H", '\u{31350}', '\u{323AF}'),
    ("扩展J", '\u{323B0}', '\u{3347F}'),
    ("兼容区", '\u{F900}', '\u{FAFF}'),
    ("兼容补充区", '\u{2F800}', '\u{2FA1F}'),
];

/// A font, and how many Chinese characters only it prints, being the first that has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FontCoverage {
    /// The file.
    pub path: std::path::PathBuf,
    /// What it is there for.
    pub role: FontRole,
    /// Of all [`BLOCKS`] together.
    pub characters: u32,
}

/// How many characters of a block are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockCoverage {
    /// Its name.
    pub name: &'static str,
    /// Its first and last code point.
    pub range: (char, char),
    /// How many characters it has, in the Unicode version that this program knows.
    pub assigned: u32,
    /// How many of them are printed.
    pub printed: u32,
}

/// Counts, as a paper set in serif asks. Opens every font; takes a fraction of a second.
///
/// # Errors
/// What is wrong with a font that papers can't do without.
pub(crate) fn count(
    fonts: &Fonts,
) -> Result<(Vec<BlockCoverage>, Vec<FontCoverage>), DocumentError> {
    let chain = Chain::new(fonts, Typeface::Serif);
    let mut by_font: Vec<FontCoverage> = fonts
        .all()
        .map(|(_, path, role)| FontCoverage { path: path.to_owned(), role, characters: 0 })
        .collect();
    let mut blocks = Vec::with_capacity(BLOCKS.len());
    for (name, first, last) in BLOCKS {
        let mut block = BlockCoverage { name, range: (first, last), assigned: 0, printed: 0 };
        for c in first..=last {
            if get_general_category(c) == GeneralCategory::Unassigned {
                continue;
            }
            block.assigned += 1;
            if let Some(face) = chain.drawn_by(c)? {
                block.printed += 1;
                by_font[usize::from(face.0)].characters += 1;
            }
        }
        blocks.push(block);
    }
    Ok((blocks, by_font))
}
