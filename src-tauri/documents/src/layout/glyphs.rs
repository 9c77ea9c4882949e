//! What the layout knows of glyphs: how wide they are and where a line may end between them.

use super::geometry::Geometry;
use crate::error::DocumentError;
use crate::paper::Text;

/// The number of a font in the order in which the press knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FaceId(pub(crate) u8);

/// A glyph; lengths in ems.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) face: FaceId,
    pub(crate) id: u16,
    /// Drawn with a line around it.
    pub(crate) bold: bool,
    /// As wide as the font has it.
    pub(crate) natural: f32,
    /// How far the pen goes.
    pub(crate) advance: f32,
    /// Where it is drawn, from the pen.
    pub(crate) shift: (f32, f32),
    /// The code points it stands for; none for the second glyph of a letter.
    pub(crate) text: String,
}

/// Glyphs between which no line ends.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cluster {
    /// Its first character.
    pub(crate) first: char,
    /// Its last character.
    pub(crate) last: char,
    pub(crate) glyphs: Vec<Glyph>,
    /// The span it is kept together with, if it is.
    pub(crate) group: Option<usize>,
    /// Never torn, not even where no line holds it: its parts would be read in another order.
    pub(crate) whole: bool,
}

impl Cluster {
    /// One character.
    pub(crate) fn single(c: char, glyph: Glyph) -> Self {
        Self { first: c, last: c, glyphs: vec![glyph], group: None, whole: false }
    }

    /// A joined word.
    pub(crate) fn joined(word: &str, glyphs: Vec<Glyph>) -> Self {
        let first = word.chars().next().unwrap_or(' ');
        let last = word.chars().next_back().unwrap_or(' ');
        Self { first, last, glyphs, group: None, whole: false }
    }

    /// In ems.
    pub(crate) fn advance(&self) -> f32 {
        self.glyphs.iter().map(|g| g.advance).sum()
    }

    /// Its glyphs as clusters of their own, each with those behind it that stand for nothing.
    pub(crate) fn apart(self) -> Vec<Self> {
        if self.whole {
            return vec![self];
        }
        let mut parts: Vec<Self> = Vec::with_capacity(self.glyphs.len());
        for glyph in self.glyphs {
            match parts.last_mut() {
                Some(part) if glyph.text.is_empty() => part.glyphs.push(glyph),
                _ => parts.push(Self {
                    first: glyph.text.chars().next().unwrap_or(self.first),
                    last: glyph.text.chars().next_back().unwrap_or(self.last),
                    glyphs: vec![glyph],
                    group: None,
                    whole: false,
                }),
            }
        }
        parts
    }

    pub(crate) fn is_blank(&self) -> bool {
        matches!(self.first, ' ' | '\u{3000}')
    }
}

/// Turns text into glyphs.
pub(crate) trait Shaper {
    /// The glyphs of `text`, all of it in bold if `bold`.
    ///
    /// # Errors
    /// [`DocumentError::NoGlyph`], naming the character and its field.
    fn shape(&self, text: &Text, bold: bool) -> Result<Vec<Cluster>, DocumentError>;
}

/// How closely the lines stand; lengths in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Density {
    /// From line to line of the text.
    pub(crate) leading: f32,
    /// Above a paragraph.
    pub(crate) paragraph: f32,
    /// From line to line in tables.
    pub(crate) row: f32,
    /// Above and below the text of a cell.
    pub(crate) cell: f32,
    /// Above a heading, and above the first paragraph after a table.
    pub(crate) heading: f32,
}

/// What sets text: a source of glyphs, and the sheet, and how closely the lines stand.
pub(crate) struct Setter<'a, S> {
    pub(crate) shaper: &'a S,
    pub(crate) sheet: &'static Geometry,
    pub(crate) density: Density,
}

impl<S: Shaper> Setter<'_, S> {
    /// The glyphs of `text`.
    ///
    /// # Errors
    /// Those of the shaper.
    pub(crate) fn shape(&self, text: &Text, bold: bool) -> Result<Vec<Cluster>, DocumentError> {
        self.shaper.shape(text, bold)
    }
}
