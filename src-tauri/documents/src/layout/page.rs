//! What stands on a page: text, rules and the code, at places measured in points from the top
//! left corner.

use super::glyphs::Glyph;
use super::line::Line;

/// How dark something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Black,
    /// Small print that must not compete.
    Grey,
    /// The heads of tables.
    Tint,
    /// The watermark.
    Pale,
}

/// A glyph at its place in a run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Set {
    /// From the start of the run, in points.
    pub(crate) x: f32,
    /// Above the baseline, in points.
    pub(crate) rise: f32,
    pub(crate) glyph: Glyph,
}

/// A place where a pen was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Dab {
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// How wide the line is there, in points.
    pub(crate) weight: f32,
}

/// Something drawn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Item {
    /// A line of text on its baseline.
    Run { x: f32, y: f32, size: f32, ink: Ink, glyphs: Vec<Set> },
    /// A straight rule.
    Rule { from: (f32, f32), to: (f32, f32), weight: f32, dashed: bool },
    /// A box.
    Frame { x: f32, y: f32, width: f32, height: f32, weight: f32, dashed: bool },
    /// A filled box.
    Fill { x: f32, y: f32, width: f32, height: f32, ink: Ink },
    /// The QR code, quiet zone included.
    Code { x: f32, y: f32, side: f32 },
    /// The logo.
    Logo { x: f32, y: f32, width: f32, height: f32 },
    /// What somebody wrote by hand on a screen.
    Written { strokes: Vec<Vec<Dab>> },
}

impl Item {
    /// A line of text.
    pub(crate) fn run(line: &Line, x: f32, y: f32, size: f32, ink: Ink) -> Self {
        let mut pen = 0.0;
        let mut glyphs = Vec::with_capacity(line.clusters.len());
        for cluster in &line.clusters {
            for glyph in &cluster.glyphs {
                let at = pen + glyph.shift.0 * size;
                glyphs.push(Set { x: at, rise: glyph.shift.1 * size, glyph: glyph.clone() });
                pen += glyph.advance * size;
            }
            pen += line.extra;
        }
        Self::Run { x: x + line.indent, y, size, ink, glyphs }
    }

    /// The same, lower by `by`.
    #[must_use]
    pub(crate) fn lowered(mut self, by: f32) -> Self {
        match &mut self {
            Self::Run { y, .. }
            | Self::Frame { y, .. }
            | Self::Fill { y, .. }
            | Self::Code { y, .. }
            | Self::Logo { y, .. } => *y += by,
            Self::Rule { from, to, .. } => {
                from.1 += by;
                to.1 += by;
            }
            Self::Written { strokes } => strokes.iter_mut().flatten().for_each(|dab| dab.y += by),
        }
        self
    }
}

/// A page.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// Width and height, in points.
    pub(crate) size: (f32, f32),
    pub(crate) items: Vec<Item>,
}
