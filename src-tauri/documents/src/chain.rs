//! How a text becomes glyphs.
//!
//! A character is asked of the fonts in their order ([`Fonts::order`]), one that no font of it has
//! is refused by name; nothing is ever drawn as a blank or box.
//!
//! Marks that have no ink and shape no letter need no glyph: they are left out
//! (`yichuang_domain::ink`). What has ink is drawn or refused, never left out.
//!
//! What is refused although a font may have a glyph for it, because the paper would then not say
//! what the record holds: private use, control characters, other characters that can't be seen,
//! combining marks (the fonts have no positions for them), and letters that run from right to left but for
//! those of `joining`. A variation selector is drawn where a font has that very sequence, and
//! refused where it has not: the base alone would be another form of somebody's name. Line breaks
//! and tabs become a blank.

use std::cell::OnceCell;

use rustybuzz::Face as ShapingFace;
use rustybuzz::ttf_parser::{Face, GlyphId};
use unicode_general_category::{GeneralCategory as Category, get_general_category};
use yichuang_domain::ink;

use crate::error::{DocumentError, NotDrawable};
use crate::fontfile::advance;
use crate::fonts::{FontRole, Fonts};
use crate::joining::{Joined, LONGEST_ARABIC, is_ambiguous, is_arabic};
use crate::layout::glyphs::{Cluster, FaceId, Glyph, Shaper};
use crate::paper::{Span, Text, Typeface};
use crate::thermal::Outlines;

/// The fonts as one paper asks them.
pub(crate) struct Chain<'a> {
    fonts: &'a Fonts,
    order: Vec<FaceId>,
    /// By the number of the face; made when it is first asked.
    faces: Vec<OnceCell<Option<Box<Face<'a>>>>>,
    mongolian: OnceCell<Box<ShapingFace<'a>>>,
    arabic: OnceCell<Box<ShapingFace<'a>>>,
}

/// Rings of points in ems; `true` marks a control point of a cubic curve.
pub(crate) type Outline = Vec<Vec<(f32, f32, bool)>>;

impl<'a> Chain<'a> {
    /// The fonts as a paper in `typeface` asks them.
    pub(crate) fn new(fonts: &'a Fonts, typeface: Typeface) -> Self {
        Self {
            fonts,
            order: fonts.order(typeface),
            faces: (0..fonts.count()).map(|_| OnceCell::new()).collect(),
            mongolian: OnceCell::new(),
            arabic: OnceCell::new(),
        }
    }

    fn face(&self, id: FaceId) -> Result<Option<&Face<'a>>, DocumentError> {
        let Some(cell) = self.faces.get(usize::from(id.0)) else { return Ok(None) };
        if let Some(face) = cell.get() {
            return Ok(face.as_deref());
        }
        let file = self.fonts.open(id)?;
        let face = file.map(|file| file.face().map(Box::new)).transpose()?;
        Ok(cell.get_or_init(|| face).as_deref())
    }

    /// The first glyph that `ask` gets for `c`.
    fn find(
        &self,
        c: char,
        ask: impl Fn(&Face<'a>) -> Option<GlyphId>,
    ) -> Result<Option<(FaceId, GlyphId, f32)>, DocumentError> {
        for &id in &self.order {
            if !serves(self.fonts.role(id), c) {
                continue;
            }
            let Some(face) = self.face(id)? else { continue };
            if let Some(glyph) = ask(face).filter(|glyph| glyph.0 != 0) {
                return Ok(Some((id, glyph, advance(face, glyph))));
            }
        }
        Ok(None)
    }

    /// The face that draws a character, if there is one and nothing forbids it.
    pub(crate) fn drawn_by(&self, c: char) -> Result<Option<FaceId>, DocumentError> {
        if refusal(c).is_some() {
            return Ok(None);
        }
        if let Some((script, _)) = Joined::run(c.encode_utf8(&mut [0; 4])) {
            let has = self.face(script.face())?.and_then(|face| face.glyph_index(c));
            return Ok(has.map(|_| script.face()));
        }
        Ok(self.find(c, |face| face.glyph_index(c))?.map(|(face, ..)| face))
    }

    /// Whether a paper can show a character.
    pub(crate) fn draws(&self, c: char) -> Result<bool, DocumentError> {
        Ok(is_break(c) || ink::has_no_ink(None, c) || self.drawn_by(c)?.is_some())
    }

    /// The glyph of a character, of the form that `selector` asks for.
    fn glyph(
        &self,
        c: char,
        selector: Option<char>,
        bold: bool,
        span: &Span,
    ) -> Result<Glyph, DocumentError> {
        let found = match selector {
            Some(selector) => self.find(c, |face| face.glyph_variation_index(c, selector))?,
            None => self.find(c, |face| face.glyph_index(c))?,
        };
        let Some((face, id, advance)) = found else {
            let (c, why) = match selector {
                Some(selector) => (selector, NotDrawable::Variation),
                None => (c, not_in_fonts(c)),
            };
            return Err(DocumentError::no_glyph(c, &span.field, why));
        };
        let text = std::iter::once(c).chain(selector).collect();
        Ok(Glyph { face, id: id.0, bold, natural: advance, advance, shift: (0.0, 0.0), text })
    }

    /// Joins a run of letters.
    fn join(
        &self,
        script: Joined,
        run: &str,
        bold: bool,
        span: &Span,
    ) -> Result<Cluster, DocumentError> {
        let refused = |c, why| DocumentError::no_glyph(c, &span.field, why);
        let first = run.chars().next().unwrap_or(' ');
        let cell = match script {
            Joined::Mongolian => &self.mongolian,
            Joined::Arabic => &self.arabic,
        };
        if cell.get().is_none() {
            let file = self.fonts.open(script.face())?;
            let file = file.ok_or_else(|| refused(first, NotDrawable::NoFont))?;
            let face = ShapingFace::from_slice(file.whole()?, 0).ok_or_else(|| file.broken())?;
            let _ = cell.set(Box::new(face));
        }
        let face = cell.get().ok_or_else(|| refused(first, NotDrawable::NoFont))?;
        let joined = script.shape(run, face, bold).map_err(|c| refused(c, NotDrawable::NoFont))?;
        if script == Joined::Arabic && joined.advance() > LONGEST_ARABIC {
            return Err(refused(first, NotDrawable::LongRightToLeft));
        }
        Ok(joined)
    }

    /// The outline of one character of the paper's typeface, as polygons in ems: a watermark that
    /// no text search meets. Empty where the face has none.
    ///
    /// # Errors
    /// [`DocumentError::FontBroken`].
    pub(crate) fn outline(&self, c: char) -> Result<Outline, DocumentError> {
        match self.find(c, |face| face.glyph_index(c))? {
            Some((id, glyph, _)) => self.rings(id, glyph.0),
            None => Ok(Outline::new()),
        }
    }

    fn rings(&self, id: FaceId, glyph: u16) -> Result<Outline, DocumentError> {
        let (file, face) = (self.fonts.open(id)?, self.face(id)?);
        let (Some(file), Some(face)) = (file, face) else { return Ok(Outline::new()) };
        let em = f32::from(face.units_per_em());
        let rings = file.rings(glyph).ok_or_else(|| file.broken())?;
        Ok(rings.iter().map(|ring| crate::outline::cubic(ring, em)).collect())
    }
}

impl Outlines for Chain<'_> {
    fn outline_of(&self, glyph: &Glyph) -> Result<Outline, DocumentError> {
        self.rings(glyph.face, glyph.id)
    }
}

impl Shaper for Chain<'_> {
    fn shape(&self, text: &Text, bold: bool) -> Result<Vec<Cluster>, DocumentError> {
        let mut clusters = Vec::new();
        for (group, span) in text.0.iter().enumerate() {
            let first = clusters.len();
            let bold = bold || span.bold;
            let inked = ink::without_marks(&span.text);
            let mut rest = inked.as_str();
            if let Some(c) = rest.chars().find(|c| is_arabic(*c)).filter(|_| is_ambiguous(rest)) {
                return Err(DocumentError::no_glyph(c, &span.field, NotDrawable::MixedDirections));
            }
            while let Some(c) = rest.chars().next() {
                if let Some((script, length)) = Joined::run(rest) {
                    let (run, behind) = rest.split_at(length);
                    clusters.push(self.join(script, run, bold, span)?);
                    rest = behind;
                    continue;
                }
                rest = &rest[c.len_utf8()..];
                let c = if is_break(c) { ' ' } else { c };
                if let Some(why) = refusal(c) {
                    return Err(DocumentError::no_glyph(c, &span.field, why));
                }
                let selector = rest.chars().next().filter(|next| selects_variation(*next));
                rest = &rest[selector.map_or(0, char::len_utf8)..];
                clusters.push(Cluster::single(c, self.glyph(c, selector, bold, span)?));
            }
            if span.keep {
                clusters[first..].iter_mut().for_each(|cluster| cluster.group = Some(group));
            }
        }
        Ok(clusters)
    }
}

/// What a font may be asked for. A font of rare characters is asked for Chinese characters only,
/// and no font that does not join is asked for letters that are joined.
fn serves(role: FontRole, c: char) -> bool {
    match role {
        FontRole::Rare => is_han(c),
        _ => !runs_right_to_left(c),
    }
}

/// Chinese characters, their parts and strokes, in every block of them.
fn is_han(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{31C0}'..='\u{31EF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// The blocks of scripts that run from right to left.
fn runs_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

fn not_in_fonts(c: char) -> NotDrawable {
    match c {
        c if is_han(c) => NotDrawable::RareCharacter,
        _ => NotDrawable::NoFont,
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn selects_variation(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Why `c` is not drawn, whatever the fonts have.
fn refusal(c: char) -> Option<NotDrawable> {
    if selects_variation(c) || matches!(c, '\u{180B}'..='\u{180F}') {
        return Some(NotDrawable::Variation);
    }
    if matches!(c, '\u{1100}'..='\u{11FF}' | '\u{A960}'..='\u{A97F}' | '\u{D7B0}'..='\u{D7FF}') {
        return Some(NotDrawable::Combining);
    }
    if matches!(c, '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}') {
        return Some(NotDrawable::Invisible);
    }
    match get_general_category(c) {
        Category::Control => Some(NotDrawable::Control),
        Category::PrivateUse => Some(NotDrawable::PrivateUse),
        Category::Format => Some(NotDrawable::Invisible),
        Category::NonspacingMark | Category::SpacingMark | Category::EnclosingMark => {
            Some(NotDrawable::Combining)
        }
        _ => None,
    }
}
