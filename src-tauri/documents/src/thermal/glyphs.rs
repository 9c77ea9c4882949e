//! Glyphs as dots.
//!
//! A stroke of nine-point text is hardly two dots wide, so where it falls between them decides
//! whether it prints as one, two or three. Without hinting the glyph is moved as a whole, by less
//! than a dot, to where its edges lie on the edges of dots best; and as the same glyph is always
//! moved in the same way, it always looks the same.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use zeno::{Command, Mask, Point, Stroke};

use super::picture::Raster;
use crate::chain::Outline;
use crate::error::DocumentError;
use crate::layout::glyphs::{FaceId, Glyph};
use crate::pdf::BOLD_LINE;

/// Gives the outlines of glyphs.
pub(crate) trait Outlines {
    /// In ems, upwards from the baseline; empty for a blank.
    ///
    /// # Errors
    /// What is wrong with the font.
    fn outline_of(&self, glyph: &Glyph) -> Result<Outline, DocumentError>;
}

/// The part of a dot that a glyph must cover to make it black, of 255. A little less than half:
/// paper shows a dot less than the eye expects.
const THRESHOLD: u8 = 112;

/// By how much of a dot a glyph may be moved.
const NUDGES: [f32; 4] = [-0.25, 0.0, 0.25, 0.5];

/// The black dots of a glyph, from its origin.
type Stamp = Vec<(i16, i16)>;

/// The glyphs of some slips, each drawn once.
pub(super) struct Stamps<'a, O> {
    outlines: &'a O,
    made: HashMap<(FaceId, u16, bool, u32), Stamp>,
}

impl<'a, O: Outlines> Stamps<'a, O> {
    pub(super) fn new(outlines: &'a O) -> Self {
        Self { outlines, made: HashMap::new() }
    }

    /// Prints a glyph of `em` dots with its origin at `at`.
    ///
    /// # Errors
    /// What is wrong with the font.
    pub(super) fn print(
        &mut self,
        glyph: &Glyph,
        em: f32,
        at: (i32, i32),
        raster: &mut Raster,
    ) -> Result<(), DocumentError> {
        let key = (glyph.face, glyph.id, glyph.bold, em.to_bits());
        let stamp = match self.made.entry(key) {
            Entry::Occupied(made) => made.into_mut(),
            Entry::Vacant(place) => {
                place.insert(stamp(&self.outlines.outline_of(glyph)?, em, glyph.bold))
            }
        };
        for &(x, y) in stamp.iter() {
            raster.blacken(at.0 + i32::from(x), at.1 + i32::from(y));
        }
        Ok(())
    }
}

/// Draws an outline where its edges are sharpest; bold, with a line around it as in the PDF.
fn stamp(outline: &Outline, em: f32, bold: bool) -> Stamp {
    let path = path(outline, em);
    if path.is_empty() {
        return Stamp::new();
    }
    // Across and down are independent: level edges do not care for a move across.
    let across = sharpest(NUDGES.map(|nudge| (nudge, 0.0)), &path).0;
    let (across, down) = sharpest(NUDGES.map(|nudge| (across, nudge)), &path);
    let mut stamp = dots(covered(&path, (across, down)));
    if bold {
        let line = Mask::new(path.as_slice())
            .style(Stroke::new(em * BOLD_LINE))
            .render_offset((across, down))
            .render();
        stamp.extend(dots(line));
    }
    stamp
}

/// The dots of which enough is covered.
fn dots((cover, placement): (Vec<u8>, zeno::Placement)) -> Stamp {
    let width = usize::try_from(placement.width).unwrap_or(0).max(1);
    let mut stamp = Stamp::new();
    for (y, row) in (0i32..).zip(cover.chunks_exact(width)) {
        for (x, _) in (0i32..).zip(row).filter(|(_, cover)| **cover >= THRESHOLD) {
            let dot = (i16::try_from(placement.left + x), i16::try_from(placement.top + y));
            if let (Ok(x), Ok(y)) = dot {
                stamp.push((x, y));
            }
        }
    }
    stamp
}

fn sharpest<const N: usize>(nudges: [(f32, f32); N], path: &[Command]) -> (f32, f32) {
    let blur = |nudge| covered(path, nudge).0.iter().map(|c| u32::from(*c.min(&(255 - c)))).sum();
    nudges.into_iter().min_by_key(|nudge| -> u32 { blur(*nudge) }).unwrap_or_default()
}

/// How much of each dot the path covers when it is moved by `nudge`.
fn covered(path: &[Command], nudge: (f32, f32)) -> (Vec<u8>, zeno::Placement) {
    Mask::new(path).render_offset(nudge).render()
}

/// The outline in dots, downwards.
fn path(outline: &Outline, em: f32) -> Vec<Command> {
    let point = |at: usize, ring: &[(f32, f32, bool)]| {
        let (x, y, _) = ring.get(at).copied().unwrap_or_default();
        Point::new(x * em, -y * em)
    };
    let mut path = Vec::new();
    for ring in outline.iter().filter(|ring| ring.len() > 2) {
        path.push(Command::MoveTo(point(0, ring)));
        let mut at = 1;
        while at < ring.len() {
            // Two control points lead to every end of a curve.
            if ring[at].2 && at + 2 < ring.len() {
                path.push(Command::CurveTo(
                    point(at, ring),
                    point(at + 1, ring),
                    point(at + 2, ring),
                ));
                at += 3;
            } else {
                path.push(Command::LineTo(point(at, ring)));
                at += 1;
            }
        }
        path.push(Command::Close);
    }
    path
}
