//! Slips for thermal printers (热敏小票): a paper laid out on an 80 mm roll, drawn as a picture of
//! dots, and that picture in the printer's language.
//!
//! The printers' own fonts hold GBK at best, so nothing is ever sent as text: every glyph is an
//! outline of the fonts that the PDF embeds, and a name prints here exactly where it prints there.
//!
//! This module knows pictures ([`Raster`]), their bytes ([`escpos`]) and how to write bytes to a
//! port ([`Device`]). It claims no more than that the port took them, as nothing reads the
//! printer's answer, and it opens no cash drawer.

mod device;
pub mod escpos;
mod glyphs;
mod picture;
#[cfg(test)]
mod tests;

pub use device::{Device, DeviceError};
pub use picture::{Raster, WIDTH};

use image::RgbImage;

use crate::error::DocumentError;
use crate::layout::geometry::DOT;
use crate::layout::page::{Dab, Ink, Item, Page};
use crate::qr::Modules;
pub(crate) use glyphs::Outlines;
use glyphs::Stamps;

/// Dashes of a rule and the gaps between them, in points, as the PDF has them.
const DASH: (f32, f32) = (4.0, 3.0);

/// Draws slips, every glyph of them once. `margin` is where the head begins, in points from the
/// left edge of the paper.
///
/// # Errors
/// What is wrong with a font.
pub(crate) fn draw<'a>(
    pages: impl Iterator<Item = &'a Page>,
    margin: f32,
    code: &Modules,
    logo: Option<&RgbImage>,
    outlines: &impl Outlines,
) -> Result<Vec<Raster>, DocumentError> {
    let mut stamps = Stamps::new(outlines);
    pages.map(|page| slip(page, margin, code, logo, &mut stamps)).collect()
}

fn slip(
    page: &Page,
    margin: f32,
    code: &Modules,
    logo: Option<&RgbImage>,
    stamps: &mut Stamps<'_, impl Outlines>,
) -> Result<Raster, DocumentError> {
    let mut raster = Raster::blank(dots(page.size.1));
    for item in &page.items {
        match item {
            Item::Run { x, y, size, ink: _, glyphs } => {
                for set in glyphs {
                    let at = (dots(x - margin + set.x), dots(y - set.rise));
                    stamps.print(&set.glyph, size / DOT, at, &mut raster)?;
                }
            }
            Item::Rule { from, to, weight, dashed } => {
                let (from, to) = ((from.0 - margin, from.1), (to.0 - margin, to.1));
                rule(from, to, *weight, *dashed, &mut raster);
            }
            Item::Frame { x, y, width, height, weight, dashed } => {
                let (left, right, top, bottom) = (x - margin, x - margin + width, *y, y + height);
                for (from, to) in [
                    ((left, top), (right, top)),
                    ((left, bottom), (right, bottom)),
                    ((left, top), (left, bottom)),
                    ((right, top), (right, bottom)),
                ] {
                    rule(from, to, *weight, *dashed, &mut raster);
                }
            }
            // There is no grey between a dot and none: a tint would be a screen over the words.
            Item::Fill { ink: Ink::Tint | Ink::Pale, .. } => {}
            Item::Fill { x, y, width, height, .. } => {
                let (left, top) = (dots(x - margin), dots(*y));
                raster.fill((left, top), (dots(*width), dots(*height)));
            }
            Item::Code { x, y, side } => modules(code, (x - margin, *y), *side, &mut raster),
            Item::Logo { x, y, width, height } => {
                let at = (dots(x - margin), dots(*y));
                logo.iter().for_each(|logo| {
                    picture::print(logo, at, (dots(*width), dots(*height)), &mut raster);
                });
            }
            Item::Written { strokes } => {
                strokes.iter().for_each(|stroke| pen(stroke, margin, &mut raster));
            }
        }
    }
    Ok(raster)
}

/// A length in whole dots.
#[expect(clippy::cast_possible_truncation, reason = "saturates, and no slip is that long")]
fn dots(length: f32) -> i32 {
    (length / DOT).round() as i32
}

/// A level or upright rule, its weight inside the picture on both sides of the line.
fn rule(from: (f32, f32), to: (f32, f32), weight: f32, dashed: bool, raster: &mut Raster) {
    let thick = dots(weight).max(1);
    let level = (to.0 - from.0).abs() >= (to.1 - from.1).abs();
    // One that lies on the edge of the picture is drawn inside it.
    let x = (dots(from.0.min(to.0)) - if level { 0 } else { thick / 2 }).min(WIDTH - thick).max(0);
    let y = dots(from.1.min(to.1)) - if level { thick / 2 } else { 0 };
    let length = if level { to.0 - from.0 } else { to.1 - from.1 }.abs();
    let (dash, gap) = if dashed { DASH } else { (length, 0.0) };
    let mut at = 0.0;
    while at < length {
        let (start, end) = (dots(at), dots((at + dash).min(length)));
        if level {
            raster.fill((x + start, y), (end - start, thick));
        } else {
            raster.fill((x, y + start), (thick, end - start));
        }
        at += dash + gap;
    }
}

/// A stroke of a pen: every dot that lies under it.
fn pen(stroke: &[Dab], margin: f32, raster: &mut Raster) {
    // A stroke of one point is a dot: a line from it to itself.
    let ends = stroke.iter().zip(stroke.iter().skip(1).chain(stroke.last()));
    for (from, to) in ends {
        let (x, y) = (from.x - margin, from.y);
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let reach = (from.weight.max(to.weight) / 2.0).max(DOT / 2.0);
        let (left, right) = (dots(x + dx.min(0.0) - reach), dots(x + dx.max(0.0) + reach));
        let (top, bottom) = (dots(y + dy.min(0.0) - reach), dots(y + dy.max(0.0) + reach));
        let length = dx * dx + dy * dy;
        for (column, row) in (top..=bottom).flat_map(|row| (left..=right).map(move |c| (c, row))) {
            let (px, py) = (column as f32 * DOT - x, row as f32 * DOT - y);
            let share = if length > 0.0 { (px * dx + py * dy) / length } else { 0.0 };
            let share = share.clamp(0.0, 1.0);
            if f32::hypot(px - share * dx, py - share * dy) <= reach {
                raster.blacken(column, row);
            }
        }
    }
}

/// The dark modules, each of the same whole number of dots.
fn modules(code: &Modules, at: (f32, f32), side: f32, raster: &mut Raster) {
    let dot = dots(side / f32::from(code.side.max(1))).max(1);
    let (left, top) = (dots(at.0), dots(at.1));
    for &(column, row, length) in &code.runs {
        let place = (left + i32::from(column) * dot, top + i32::from(row) * dot);
        raster.fill(place, (i32::from(length) * dot, dot));
    }
}
