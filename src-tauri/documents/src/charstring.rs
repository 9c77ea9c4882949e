//! Outlines as the fonts in a paper have them: charstrings (Adobe Technical Note 5177).
//!
//! What is written has no hints and no parts, and a coordinate of it is a multiple of 1/[`GRID`]
//! em. The curves of a font file are quadratic; most fonts were drawn in cubic ones, each of which
//! became several. They become one again here, which is what makes the files small:
//! `docs/decisions/0021-outline-grid-and-bold.md`.

use crate::outline::{Dot, Rings, middle, units};

/// Units of an em in the fonts that papers carry: at 10.5 points one unit is 19 µm, less than a
/// dot of a printer with 1,200 dots an inch. Divides 1000, so that widths in the PDF are whole.
pub(crate) const GRID: u16 = 200;

/// How far, in units of the grid, one curve may run from the several that it replaces.
const ASIDE: f32 = 0.5;

/// A place, in units of the grid.
type Place = (f32, f32);

/// One step of a ring.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Line(Place),
    /// Two places that pull, and the end.
    Curve(Place, Place, Place),
}

// Operators (4.1, 4.3 of the note).
const H_MOVE: u8 = 22;
const V_MOVE: u8 = 4;
const MOVE: u8 = 21;
const LINE: u8 = 5;
const H_LINE: u8 = 6;
const V_LINE: u8 = 7;
const CURVE: u8 = 8;
const HH_CURVE: u8 = 27;
const HV_CURVE: u8 = 31;
const VH_CURVE: u8 = 30;
const VV_CURVE: u8 = 26;
const END: u8 = 14;

/// The most numbers that may stand before an operator (appendix B of the note).
const MOST_NUMBERS: usize = 48;

/// Writes a glyph, a unit of whose rings is `scale` of the grid. `width` is in units of the grid;
/// that of the em need not be written. None if the glyph is too large for the grid.
pub(crate) fn write(rings: &Rings, scale: f32, width: u16) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    if width != GRID {
        number(i16::try_from(width).ok()?, &mut bytes);
    }
    let mut pen = (0, 0);
    for ring in rings {
        let Some((start, steps)) = steps(ring, scale) else { continue };
        let start = fit(start)?;
        let mut at = start;
        let mut chain = Chain::default();
        for step in steps {
            chain.add(taken(step, &mut at)?);
        }
        // A ring that the grid leaves nothing of is not drawn.
        if chain.is_empty() {
            continue;
        }
        match between(pen, start)? {
            (dx, 0) => operation(H_MOVE, &[dx], &mut bytes),
            (0, dy) => operation(V_MOVE, &[dy], &mut bytes),
            (dx, dy) => operation(MOVE, &[dx, dy], &mut bytes),
        }
        chain.end(&mut bytes);
        pen = at;
    }
    bytes.push(END);
    Some(bytes)
}

/// The start of a ring and its steps, without the line that closes it: that is drawn by itself.
/// None for a ring of nothing.
fn steps(ring: &[Dot], scale: f32) -> Option<(Place, Vec<Step>)> {
    let ring: Vec<Dot> =
        ring.iter().map(|dot| Dot { x: dot.x * scale, y: dot.y * scale, on: dot.on }).collect();
    let begin = ring.iter().position(|dot| dot.on);
    let start = match begin {
        Some(begin) => *ring.get(begin)?,
        None => middle(*ring.first()?, *ring.last()?),
    };
    let (before, behind) = ring.split_at(begin.map_or(0, |begin| begin + 1));
    let mut steps = Vec::with_capacity(ring.len());
    let mut from = start;
    let mut pulls: Vec<Dot> = Vec::new();
    for &dot in behind.iter().chain(before.iter().take(begin.unwrap_or(0))) {
        if !dot.on {
            pulls.push(dot);
            continue;
        }
        match pulls.is_empty() {
            true => steps.push(Step::Line((dot.x, dot.y))),
            false => curves(from, &pulls, dot, &mut steps),
        }
        pulls.clear();
        from = dot;
    }
    if !pulls.is_empty() {
        curves(from, &pulls, start, &mut steps);
    }
    Some(((start.x, start.y), steps))
}

/// Quadratic curves with these pulls, as one cubic curve if that is what they were made from.
fn curves(from: Dot, pulls: &[Dot], to: Dot, steps: &mut Vec<Step>) {
    let (Some(first), Some(last)) = (pulls.first(), pulls.last()) else { return };
    let one = cubic(from, *first, *last, to, pulls.len());
    if pulls.len() == 1 || runs_along(from, pulls, to, one) {
        let (a, b) = one;
        steps.push(Step::Curve(a, b, (to.x, to.y)));
        return;
    }
    let mut from = from;
    for (i, pull) in pulls.iter().enumerate() {
        let end = pulls.get(i + 1).map_or(to, |next| middle(*pull, *next));
        let (a, b) = cubic(from, *pull, *pull, end, 1);
        steps.push(Step::Curve(a, b, (end.x, end.y)));
        from = end;
    }
}

/// The pulls of a cubic curve that was made into `count` quadratic ones of equal parts: it leaves
/// and arrives in the directions of the first and the last of them, `count` times as far.
fn cubic(from: Dot, first: Dot, last: Dot, to: Dot, count: usize) -> (Place, Place) {
    let far = units(i32::try_from(count).unwrap_or(i32::MAX)) * 2.0 / 3.0;
    let toward =
        |end: Dot, pull: Dot| (end.x + (pull.x - end.x) * far, end.y + (pull.y - end.y) * far);
    (toward(from, first), toward(to, last))
}

/// Whether a cubic curve stays near quadratic ones, at the ends and middles of each.
fn runs_along(from: Dot, pulls: &[Dot], to: Dot, (a, b): (Place, Place)) -> bool {
    let part = 1.0 / units(i32::try_from(pulls.len()).unwrap_or(i32::MAX));
    let near = |t: f32, x: f32, y: f32| {
        let s = 1.0 - t;
        let along = |p0: f32, p1: f32, p2: f32, p3: f32| {
            s * s * s * p0 + 3.0 * s * s * t * p1 + 3.0 * s * t * t * p2 + t * t * t * p3
        };
        let dx = along(from.x, a.0, b.0, to.x) - x;
        let dy = along(from.y, a.1, b.1, to.y) - y;
        dx * dx + dy * dy <= ASIDE * ASIDE
    };
    let mut start = from;
    let mut t = 0.0;
    pulls.iter().enumerate().all(|(i, pull)| {
        let end = pulls.get(i + 1).map_or(to, |next| middle(*pull, *next));
        let half = |a: f32, pull: f32, b: f32| (a + 2.0 * pull + b) / 4.0;
        let (x, y) = (half(start.x, pull.x, end.x), half(start.y, pull.y, end.y));
        let along = near(t + part / 2.0, x, y) && near(t + part, end.x, end.y);
        start = end;
        t += part;
        along
    })
}

/// An operator and its numbers; none for a step that the grid leaves nothing of.
type Operation = Option<(u8, Vec<i16>)>;

/// A step from `at`, which is moved. None if it is too large.
fn taken(step: Step, at: &mut (i16, i16)) -> Option<Operation> {
    let mut go = |to: Place| {
        let to = fit(to)?;
        let moved = between(*at, to)?;
        *at = to;
        Some(moved)
    };
    Some(match step {
        Step::Line(to) => match go(to)? {
            (0, 0) => None,
            (dx, 0) => Some((H_LINE, vec![dx])),
            (0, dy) => Some((V_LINE, vec![dy])),
            (dx, dy) => Some((LINE, vec![dx, dy])),
        },
        Step::Curve(a, b, to) => match (go(a)?, go(b)?, go(to)?) {
            ((0, 0), (0, 0), (0, 0)) => None,
            ((ax, 0), (bx, by), (0, cy)) => Some((HV_CURVE, vec![ax, bx, by, cy])),
            ((0, ay), (bx, by), (cx, 0)) => Some((VH_CURVE, vec![ay, bx, by, cx])),
            ((ax, 0), (bx, by), (cx, 0)) => Some((HH_CURVE, vec![ax, bx, by, cx])),
            ((0, ay), (bx, by), (0, cy)) => Some((VV_CURVE, vec![ay, bx, by, cy])),
            ((ax, ay), (bx, by), (cx, cy)) => Some((CURVE, vec![ax, ay, bx, by, cx, cy])),
        },
    })
}

/// Operations one after the other, as many as possible under one operator.
#[derive(Default)]
struct Chain {
    bytes: Vec<u8>,
    numbers: Vec<i16>,
    operator: Option<u8>,
    /// What may follow under the same operator: lines and curves that take turns.
    next: Option<u8>,
}

impl Chain {
    fn add(&mut self, operation: Operation) {
        let Some((operator, numbers)) = operation else { return };
        if self.next != Some(operator) || self.numbers.len() + numbers.len() > MOST_NUMBERS {
            self.flush();
            self.operator = Some(operator);
        }
        self.numbers.extend(numbers);
        self.next = Some(match operator {
            H_LINE => V_LINE,
            V_LINE => H_LINE,
            HV_CURVE => VH_CURVE,
            VH_CURVE => HV_CURVE,
            same => same,
        });
    }

    fn is_empty(&self) -> bool {
        self.operator.is_none()
    }

    fn flush(&mut self) {
        if let Some(operator) = self.operator {
            operation(operator, &self.numbers, &mut self.bytes);
            self.numbers.clear();
        }
    }

    fn end(mut self, bytes: &mut Vec<u8>) {
        self.flush();
        bytes.extend(self.bytes);
    }
}

fn operation(operator: u8, numbers: &[i16], bytes: &mut Vec<u8>) {
    numbers.iter().for_each(|value| number(*value, bytes));
    bytes.push(operator);
}

/// A number (3.2 of the note; the same in the dictionaries of a font but for the largest).
pub(crate) fn number(value: i16, bytes: &mut Vec<u8>) {
    let two = |first: u8, rest: i16| {
        let [high, low] = rest.to_be_bytes();
        [first + high, low]
    };
    match value {
        -107..=107 => bytes.push((value + 139).to_le_bytes()[0]),
        108..=1131 => bytes.extend(two(247, value - 108)),
        -1131..=-108 => bytes.extend(two(251, -108 - value)),
        _ => {
            bytes.push(28);
            bytes.extend(value.to_be_bytes());
        }
    }
}

fn between(from: (i16, i16), to: (i16, i16)) -> Option<(i16, i16)> {
    Some((to.0.checked_sub(from.0)?, to.1.checked_sub(from.1)?))
}

/// The nearest place on the grid.
fn fit(place: Place) -> Option<(i16, i16)> {
    let fit = |place: f32| {
        let place = place.round();
        #[expect(clippy::cast_possible_truncation, reason = "whole, and far inside the range")]
        (place.abs() < 16_000.0).then_some(place as i16)
    };
    Some((fit(place.0)?, fit(place.1)?))
}

#[cfg(test)]
#[path = "charstring_tests.rs"]
mod tests;
