//! Words whose letters are joined: Mongolian, and the Arabic script of Uyghur, Kazakh and Kirghiz
//! names. Their forms come from the `HarfBuzz` rules of `rustybuzz`.
//!
//! Mongolian is drawn in a horizontal line, as it is where there is no vertical writing. Arabic
//! runs from right to left inside a line that runs from left to right; blanks and dots between
//! two words of it belong to it, so that the first word stands on the right. Every glyph carries
//! the code points it was made from, in the order in which they are read, which become its
//! `ToUnicode` entry: text found in or copied from the PDF is the name, not its presentation
//! forms. Free variation selectors and the vowel separator belong to the letter they shape.

use rustybuzz::ttf_parser::GlyphId;
use rustybuzz::{Direction, Face as ShapingFace, Script, UnicodeBuffer, script};

use crate::fontfile::advance;
use crate::fonts::{ARABIC, MONGOLIAN};
use crate::layout::glyphs::{Cluster, FaceId, Glyph};
use crate::outline::units;

/// A script whose letters are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joined {
    Mongolian,
    Arabic,
}

/// Arabic is not broken across lines: its first half would have to stand on the first of them, to
/// the right. A run longer than this fits on no line of a narrow column; in ems.
pub(crate) const LONGEST_ARABIC: f32 = 14.0;

impl Joined {
    /// The run of one script that `text` begins with, in bytes.
    pub(crate) fn run(text: &str) -> Option<(Self, usize)> {
        let arabic = || Some((Self::Arabic, arabic_run(text))).filter(|run| run.1 > 0);
        Some((Self::Mongolian, mongolian_word(text))).filter(|run| run.1 > 0).or_else(arabic)
    }

    pub(crate) fn face(self) -> FaceId {
        match self {
            Self::Mongolian => MONGOLIAN,
            Self::Arabic => ARABIC,
        }
    }

    fn rules(self) -> (Script, Direction) {
        match self {
            Self::Mongolian => (script::MONGOLIAN, Direction::LeftToRight),
            Self::Arabic => (script::ARABIC, Direction::RightToLeft),
        }
    }

    /// Joins a run, or names a character of it that the font can't draw.
    pub(crate) fn shape(
        self,
        run: &str,
        face: &ShapingFace<'_>,
        bold: bool,
    ) -> Result<Cluster, char> {
        if let Some(c) = run.chars().find(|c| !is_joiner(*c) && face.glyph_index(*c).is_none()) {
            return Err(c);
        }
        let (script, direction) = self.rules();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(run);
        buffer.set_script(script);
        buffer.set_direction(direction);
        let shaped = rustybuzz::shape(face, &[], buffer);
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|i| i.cluster as usize).collect();
        let widths: Vec<i32> = shaped.glyph_positions().iter().map(|at| at.x_advance).collect();
        let em = units(face.units_per_em());
        let mut glyphs = Vec::with_capacity(starts.len());
        for (i, (info, at)) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()).enumerate()
        {
            let text = source(run, &starts, &widths, i);
            let id = GlyphId(u16::try_from(info.glyph_id).unwrap_or(0));
            if id.0 == 0 {
                return Err(text.chars().next().or_else(|| run.chars().next()).unwrap_or(' '));
            }
            glyphs.push(Glyph {
                face: self.face(),
                id: id.0,
                bold,
                natural: advance(face, id),
                advance: units(at.x_advance) / em,
                shift: (units(at.x_offset) / em, units(at.y_offset) / em),
                text: text.to_owned(),
            });
        }
        Ok(Cluster { whole: self == Self::Arabic, ..Cluster::joined(run, glyphs) })
    }
}

/// The part of `run` that the `i`-th glyph stands for. Several glyphs may come from one letter (a
/// stem and its dots): its text goes to the widest of them, which stands on the line, and the
/// others stand for nothing.
fn source<'r>(run: &'r str, starts: &[usize], widths: &[i32], i: usize) -> &'r str {
    let start = starts[i];
    let together = (0..starts.len()).filter(|other| starts[*other] == start);
    // Of equally wide ones, the first.
    if together.rev().max_by_key(|other| widths[*other]) != Some(i) {
        return "";
    }
    let end = starts.iter().copied().filter(|s| *s > start).min().unwrap_or(run.len());
    run.get(start..end).unwrap_or_default()
}

fn is_mongolian(c: char) -> bool {
    matches!(c, '\u{1800}'..='\u{18AF}')
}

/// Characters without a glyph of their own that shape the Mongolian letters around them.
pub(crate) fn is_joiner(c: char) -> bool {
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

/// Letters of the Arabic script. Its marks, digits and signs are not among them: a name on an
/// identity card has none.
pub(crate) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{064A}' | '\u{066E}' | '\u{066F}' | '\u{0671}'..='\u{06D3}'
        | '\u{06D5}' | '\u{06EE}' | '\u{06EF}' | '\u{06FA}'..='\u{06FC}' | '\u{06FF}'
        | '\u{0750}'..='\u{077F}')
        && c != '\u{0640}'
}

/// How many bytes at the start of `text` are Arabic, with what stands between two of its words.
fn arabic_run(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if is_arabic(c) {
            end = at + c.len_utf8();
        } else if end == 0 || !matches!(c, ' ' | '·' | '-') {
            break;
        }
    }
    end
}

/// Whether the order of `text` could be read in two ways: Arabic stands next to anything but
/// letters that run from left to right. Signs between two directions belong to neither, and
/// readers of the file disagree about them.
pub(crate) fn is_ambiguous(text: &str) -> bool {
    let mut rest = text;
    let mut before = None;
    let mut behind = false;
    while let Some(c) = rest.chars().next() {
        let run = arabic_run(rest);
        let plain = |c: char| c.is_alphabetic();
        if run > 0 {
            if behind || before.is_some_and(|c| !plain(c)) {
                return true;
            }
            behind = true;
        } else if c != ' ' {
            if behind && !plain(c) {
                return true;
            }
            behind = false;
            before = Some(c);
        }
        rest = &rest[run.max(c.len_utf8())..];
    }
    false
}
