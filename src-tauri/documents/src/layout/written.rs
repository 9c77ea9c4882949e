//! A signature that was written on a screen, put where the line to sign on is.

use yichuang_domain::signature::{HARDEST, HEIGHT, PenPoint, Strokes, WIDTH};

use super::geometry::MM;
use super::page::{Dab, Item};

/// Room above the line: what a name needs that is written in a hurry.
pub(super) const ROOM: f32 = 15.0 * MM;
/// The line of the pen at half its press; the lightest touch still prints.
const PEN: f32 = 0.9;
/// The line at its hardest press, half of which lies outside of where the pen was.
const WIDEST: f32 = PEN * (LIGHTEST + HARDENED);
/// Of [`PEN`]: what is drawn without any press, and what the hardest adds.
const LIGHTEST: f32 = 0.45;
const HARDENED: f32 = 1.1;
/// How much larger than the box a small signature is drawn at most.
const ENLARGED: f32 = 1.6;

/// The strokes, as large as fits into `width` and [`ROOM`], their lower edge at `bottom`.
pub(super) fn written(strokes: &Strokes, left: f32, bottom: f32, width: f32) -> Item {
    let (from_x, from_y, to_x, to_y) = strokes.bounds();
    let fits = |room: f32, units: i32| room / units.max(1) as f32;
    let whole = fits(width, WIDTH).min(fits(ROOM, HEIGHT));
    let scale = fits(width - WIDEST, to_x - from_x).min(fits(ROOM - WIDEST, to_y - from_y));
    let scale = scale.min(whole * ENLARGED);
    let top = bottom - (to_y - from_y) as f32 * scale - WIDEST;
    let dab = |point: &PenPoint| Dab {
        x: left + WIDEST / 2.0 + (point.x - from_x) as f32 * scale,
        y: top + WIDEST / 2.0 + (point.y - from_y) as f32 * scale,
        weight: PEN * (LIGHTEST + HARDENED * point.p as f32 / HARDEST as f32),
    };
    let lines = strokes.lines().iter();
    Item::Written { strokes: lines.map(|stroke| stroke.iter().map(dab).collect()).collect() }
}
