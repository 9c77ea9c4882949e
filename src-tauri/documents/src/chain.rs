//! The fonts of a paper, and how a text becomes glyphs.
//!
//! The chain is Noto Sans SC (Bold where asked for, then Regular) and Noto Sans Mongolian. A
//! character that no font of it has is refused by name; nothing is ever drawn as a blank or box.
//!
//! What is refused although a font may have a glyph for it, because the paper would then not say
//! what the record holds: private use, control characters, marks that can't be seen, combining
//! marks (Noto Sans SC has no positions for them) and variation selectors (the fonts bundled have
//! no variation sequences, so the base alone would be another form of somebody's name). Line
//! breaks and tabs become a blank.
//!
//! Mongolian letters are joined by the `HarfBuzz` rules of `rustybuzz` and drawn in a horizontal
//! line, as a line of Mongolian is drawn where there is no vertical writing. Every glyph carries
//! the code points it was made from, which become its `ToUnicode` entry: text found in or copied
//! from the PDF is the name, not its presentation forms. Free variation selectors and the vowel
//! separator belong to the letter they shape.

use std::cell::OnceCell;
use std::ops::Range;
use std::path::{Path, PathBuf};

use printpdf::ParsedFont;
use rustybuzz::ttf_parser::{Face, GlyphId, OutlineBuilder};
use rustybuzz::{Direction, Face as ShapingFace, UnicodeBuffer, script};
use unicode_general_category::{GeneralCategory as Category, get_general_category};

use crate::error::{DocumentError, NotDrawable};
use crate::layout::glyphs::{Cluster, FaceId, Glyph, Shaper};
use crate::paper::{Span, Text};
use crate::sfnt;

/// The fonts, parsed once.
pub(crate) struct Fonts {
    faces: [FontFile; 3],
}

struct FontFile {
    path: PathBuf,
    bytes: Vec<u8>,
}

/// The faces of [`Fonts`], ready to be asked.
pub(crate) struct Chain<'a> {
    faces: [Face<'a>; 3],
    /// Made when the first Mongolian word comes: it costs more than a page without one.
    joining: OnceCell<ShapingFace<'a>>,
}

const FILES: [&str; 3] =
    ["NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "NotoSansMongolian-Regular.ttf"];

impl FontFile {
    fn open(path: PathBuf) -> Result<Self, DocumentError> {
        let bytes = std::fs::read(&path)
            .map_err(|source| DocumentError::FontMissing { path: path.clone(), source })?;
        let file = Self { path, bytes };
        // The missing glyph can be cut out of every font that papers can be printed with.
        sfnt::cut(&file.face()?, &[]).ok_or_else(|| file.broken())?;
        Ok(file)
    }

    fn face(&self) -> Result<Face<'_>, DocumentError> {
        Face::parse(&self.bytes, 0).map_err(|_| self.broken())
    }

    fn broken(&self) -> DocumentError {
        DocumentError::FontBroken { path: self.path.clone() }
    }
}

impl Fonts {
    /// Reads the fonts of a folder.
    pub(crate) fn open(folder: &Path) -> Result<Self, DocumentError> {
        let open = |file: &str| FontFile::open(folder.join(file));
        Ok(Self { faces: [open(FILES[0])?, open(FILES[1])?, open(FILES[2])?] })
    }

    /// The faces, to be asked.
    ///
    /// # Errors
    /// [`DocumentError::FontBroken`].
    pub(crate) fn chain(&self) -> Result<Chain<'_>, DocumentError> {
        let [regular, bold, mongolian] = &self.faces;
        let faces = [regular.face()?, bold.face()?, mongolian.face()?];
        Ok(Chain { faces, joining: OnceCell::new() })
    }

    /// A font of some glyphs of a face, numbered from 1, as the PDF writer takes it.
    ///
    /// # Errors
    /// [`DocumentError::FontBroken`].
    pub(crate) fn cut(&self, face: FaceId, glyphs: &[u16]) -> Result<ParsedFont, DocumentError> {
        let file = &self.faces[face as usize];
        let bytes = sfnt::cut(&file.face()?, glyphs).ok_or_else(|| file.broken())?;
        ParsedFont::from_bytes(&bytes, 0, &mut Vec::new()).ok_or_else(|| file.broken())
    }
}

/// Rings of points in ems; `true` marks a control point of a cubic curve.
pub(crate) type Outline = Vec<Vec<(f32, f32, bool)>>;

impl<'a> Chain<'a> {
    fn face(&self, id: FaceId) -> &Face<'a> {
        &self.faces[id as usize]
    }

    fn advance(&self, id: FaceId, glyph: GlyphId) -> f32 {
        let face = self.face(id);
        f32::from(face.glyph_hor_advance(glyph).unwrap_or(0)) / em(face)
    }

    /// The glyph of one character that needs no shaping.
    fn glyph(&self, c: char, bold: bool) -> Option<Glyph> {
        let order: &[FaceId] = if bold {
            &[FaceId::Bold, FaceId::Regular, FaceId::Mongolian]
        } else {
            &[FaceId::Regular, FaceId::Mongolian]
        };
        order.iter().find_map(|&face| {
            let id = self.face(face).glyph_index(c).filter(|id| id.0 != 0)?;
            let advance = self.advance(face, id);
            Some(Glyph {
                face,
                id: id.0,
                natural: advance,
                advance,
                shift: (0.0, 0.0),
                text: c.to_string(),
            })
        })
    }

    /// Whether a paper can show a character.
    pub(crate) fn draws(&self, c: char) -> bool {
        is_break(c) || (refusal(c).is_none() && self.glyph(c, false).is_some())
    }

    /// Joins a word of Mongolian.
    fn join(&self, word: &str, span: &Span) -> Result<Cluster, DocumentError> {
        let face = self.face(FaceId::Mongolian);
        if let Some(c) = word.chars().find(|c| !is_joiner(*c) && face.glyph_index(*c).is_none()) {
            return Err(DocumentError::no_glyph(c, &span.field, NotDrawable::NoFont));
        }
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(word);
        buffer.set_script(script::MONGOLIAN);
        buffer.set_direction(Direction::LeftToRight);
        let joining = self.joining.get_or_init(|| ShapingFace::from_face(face.clone()));
        let shaped = rustybuzz::shape(joining, &[], buffer);
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|i| i.cluster as usize).collect();
        let mut glyphs: Vec<Glyph> = Vec::with_capacity(starts.len());
        for (i, (info, at)) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()).enumerate()
        {
            let source = source_of(word, &starts, i);
            let text = word.get(source).unwrap_or_default();
            let id = GlyphId(u16::try_from(info.glyph_id).unwrap_or(0));
            if id.0 == 0 {
                let c = text.chars().next().or_else(|| word.chars().next()).unwrap_or(' ');
                return Err(DocumentError::no_glyph(c, &span.field, NotDrawable::NoFont));
            }
            let scale = em(face);
            glyphs.push(Glyph {
                face: FaceId::Mongolian,
                id: id.0,
                natural: self.advance(FaceId::Mongolian, id),
                advance: units(at.x_advance) / scale,
                shift: (units(at.x_offset) / scale, units(at.y_offset) / scale),
                text: text.to_owned(),
            });
        }
        Ok(Cluster::joined(word, glyphs))
    }

    /// The outline of one character of the bold face, as polygons in ems: a watermark that no
    /// text search meets. Empty where the face has none.
    pub(crate) fn outline(&self, c: char) -> Outline {
        let face = self.face(FaceId::Bold);
        let mut pen = Pen { scale: 1.0 / em(face), rings: Vec::new() };
        if let Some(id) = face.glyph_index(c) {
            face.outline_glyph(id, &mut pen);
        }
        pen.rings
    }
}

impl Shaper for Chain<'_> {
    fn shape(&self, text: &Text, bold: bool) -> Result<Vec<Cluster>, DocumentError> {
        let mut clusters = Vec::new();
        for (group, span) in text.0.iter().enumerate() {
            let first = clusters.len();
            let mut rest = span.text.as_str();
            while let Some(c) = rest.chars().next() {
                let word = mongolian_word(rest);
                if word > 0 {
                    clusters.push(self.join(&rest[..word], span)?);
                    rest = &rest[word..];
                    continue;
                }
                rest = &rest[c.len_utf8()..];
                let c = if is_break(c) { ' ' } else { c };
                if let Some(why) = refusal(c) {
                    return Err(DocumentError::no_glyph(c, &span.field, why));
                }
                let glyph = self
                    .glyph(c, bold || span.bold)
                    .ok_or_else(|| DocumentError::no_glyph(c, &span.field, NotDrawable::NoFont))?;
                clusters.push(Cluster::single(c, glyph));
            }
            if span.keep {
                clusters[first..].iter_mut().for_each(|cluster| cluster.group = Some(group));
            }
        }
        Ok(clusters)
    }
}

fn em(face: &Face<'_>) -> f32 {
    f32::from(face.units_per_em())
}

#[expect(clippy::cast_precision_loss, reason = "font units are far below 2^24")]
fn units(value: i32) -> f32 {
    value as f32
}

/// The part of `word` that the `i`-th glyph stands for: its cluster goes to its first glyph, and
/// the others of the same cluster stand for nothing.
fn source_of(word: &str, starts: &[usize], i: usize) -> Range<usize> {
    let start = starts[i];
    if i > 0 && starts[i - 1] == start {
        return start..start;
    }
    let end = starts[i..].iter().copied().find(|s| *s > start).unwrap_or(word.len());
    start..end
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_mongolian(c: char) -> bool {
    matches!(c, '\u{1800}'..='\u{18AF}')
}

/// Characters without a glyph of their own that shape the Mongolian letters around them.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{180B}'..='\u{180F}' | '\u{200C}' | '\u{200D}' | '\u{202F}')
}

/// How many bytes at the start of `text` are one word of Mongolian. Joiners count only behind a
/// letter; elsewhere they are invisible marks.
fn mongolian_word(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let letter = is_mongolian(c) && !is_joiner(c);
        if !(letter || (end > 0 && is_joiner(c))) {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// Why `c` is not drawn, whatever the fonts have.
fn refusal(c: char) -> Option<NotDrawable> {
    if matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180F}') {
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

/// Collects an outline.
struct Pen {
    scale: f32,
    rings: Outline,
}

impl Pen {
    fn add(&mut self, x: f32, y: f32, control: bool) {
        if let Some(ring) = self.rings.last_mut() {
            ring.push((x * self.scale, y * self.scale, control));
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.rings.push(Vec::new());
        self.add(x, y, false);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add(x, y, false);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let last = self.rings.last().and_then(|r| r.last()).copied().unwrap_or_default();
        let (px, py) = (last.0 / self.scale, last.1 / self.scale);
        let toward = |from: f32, to: f32| from + (to - from) * 2.0 / 3.0;
        self.curve_to(toward(px, cx), toward(py, cy), toward(x, cx), toward(y, cy), x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.add(ax, ay, true);
        self.add(bx, by, true);
        self.add(x, y, false);
    }

    fn close(&mut self) {}
}
