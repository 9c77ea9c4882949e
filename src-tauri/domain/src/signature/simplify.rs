//! Thinning out a stroke (Ramer–Douglas–Peucker): a pen says two hundred times a second where it
//! is, and most of that lies on the way between its neighbours.
//!
//! David Douglas, Thomas Peucker: Algorithms for the reduction of the number of points required to
//! represent a digitized line or its caricature. Cartographica 10 (1973).

use super::PenPoint;

/// How far a point that is left out may lie from the line that is kept, in units of the box.
pub const TOLERANCE: f64 = 1.5;
/// How much the press of a point that is left out may differ from that of the line there.
pub const PRESSURE_TOLERANCE: f64 = 24.0;

/// The points of a stroke that are enough. They are points of the stroke, its first and its last
/// among them, so nothing leaves the box that was in it.
pub(super) fn simplify(stroke: &[PenPoint]) -> Vec<PenPoint> {
    let mut kept = vec![false; stroke.len()];
    if let Some(first) = kept.first_mut() {
        *first = true;
    }
    if let Some(last) = kept.last_mut() {
        *last = true;
    }
    // A list instead of recursion: a hostile stroke must not be as deep as it is long.
    let mut open = vec![(0, stroke.len().saturating_sub(1))];
    while let Some((from, to)) = open.pop() {
        let Some(at) = furthest(stroke, from, to) else { continue };
        kept[at] = true;
        open.extend([(from, at), (at, to)]);
    }
    stroke.iter().zip(kept).filter(|(_, kept)| *kept).map(|(point, _)| *point).collect()
}

/// The point between two others that the line from one to the other misses most; none where it
/// misses none by more than is tolerated.
fn furthest(stroke: &[PenPoint], from: usize, to: usize) -> Option<usize> {
    let (start, end) = (*stroke.get(from)?, *stroke.get(to)?);
    let mut worst = 1.0;
    let mut found = None;
    for (at, point) in stroke.iter().enumerate().take(to).skip(from + 1) {
        let off = off(*point, start, end);
        if off > worst {
            worst = off;
            found = Some(at);
        }
    }
    found
}

/// How far a point is from a straight line with an even press, in what is tolerated.
fn off(point: PenPoint, start: PenPoint, end: PenPoint) -> f64 {
    let of = |value: i32| f64::from(value);
    let along = (of(end.x) - of(start.x), of(end.y) - of(start.y));
    let to = (of(point.x) - of(start.x), of(point.y) - of(start.y));
    let length = along.0 * along.0 + along.1 * along.1;
    let share = if length > 0.0 {
        ((to.0 * along.0 + to.1 * along.1) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let distance = f64::hypot(to.0 - share * along.0, to.1 - share * along.1);
    let press = of(start.p) + share * (of(end.p) - of(start.p));
    (distance / TOLERANCE).max((of(point.p) - press).abs() / PRESSURE_TOLERANCE)
}
