//! Outlines of glyphs, read from a font file (OpenType `glyf`) at full resolution. How they are
//! written into a paper: `charstring`.

/// A composed glyph has parts, a part may have parts; the format sets no end to it.
const DEEPEST: u8 = 8;

/// A point of an outline.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Dot {
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// On the curve; otherwise it pulls a quadratic curve.
    pub(crate) on: bool,
}

/// Closed rings of points, in units of the font.
pub(crate) type Rings = Vec<Vec<Dot>>;

/// The rings of a glyph, its parts put together. `glyph` gives the bytes of a glyph by its id.
/// None where they are torn.
pub(crate) fn rings(glyph: &mut impl FnMut(u16) -> Option<Vec<u8>>, id: u16) -> Option<Rings> {
    composed(glyph, id, 0)
}

fn composed(glyph: &mut impl FnMut(u16) -> Option<Vec<u8>>, id: u16, depth: u8) -> Option<Rings> {
    let bytes = glyph(id)?;
    if bytes.is_empty() {
        return Some(Rings::new());
    }
    let mut reader = Reader { bytes: &bytes, at: 0 };
    let contours = reader.signed()?;
    reader.at = 10;
    match usize::try_from(contours) {
        Ok(count) => simple(&mut reader, count),
        Err(_) if depth < DEEPEST => {
            let mut all = Rings::new();
            loop {
                let part = Part::read(&mut reader)?;
                for ring in composed(glyph, part.id, depth + 1)? {
                    all.push(ring.into_iter().map(|dot| part.moved(dot)).collect());
                }
                if !part.more {
                    return Some(all);
                }
            }
        }
        Err(_) => None,
    }
}

const ON: u8 = 0x01;
const SHORT: [u8; 2] = [0x02, 0x04];
const REPEAT: u8 = 0x08;
/// Of a short step: it goes up. Of a long one: there is none, the coordinate stays.
const SAME: [u8; 2] = [0x10, 0x20];

fn simple(reader: &mut Reader<'_>, count: usize) -> Option<Rings> {
    let mut ends = Vec::with_capacity(count);
    for _ in 0..count {
        ends.push(usize::from(reader.word()?));
    }
    let points = ends.last().map_or(0, |last| last + 1);
    let hints = usize::from(reader.word()?);
    reader.at += hints;
    let mut flags = Vec::with_capacity(points);
    while flags.len() < points {
        let flag = reader.byte()?;
        let times = if flag & REPEAT == 0 { 0 } else { usize::from(reader.byte()?) };
        flags.extend(std::iter::repeat_n(flag, times + 1));
    }
    let mut axis = |a: usize| {
        let mut at = 0i32;
        let mut places = Vec::with_capacity(points);
        for flag in &flags[..points] {
            at += match (flag & SHORT[a] != 0, flag & SAME[a] != 0) {
                (true, true) => i32::from(reader.byte()?),
                (true, false) => -i32::from(reader.byte()?),
                (false, true) => 0,
                (false, false) => i32::from(reader.signed()?),
            };
            places.push(at);
        }
        Some(places)
    };
    let (xs, ys) = (axis(0)?, axis(1)?);
    let mut rings = Rings::with_capacity(count);
    let mut start = 0;
    for end in ends {
        let ring = start..end.checked_add(1)?;
        start = ring.end;
        let dot = |i: usize| {
            let (x, y) = (units(*xs.get(i)?), units(*ys.get(i)?));
            Some(Dot { x, y, on: flags[i] & ON != 0 })
        };
        rings.push(ring.map(dot).collect::<Option<Vec<_>>>()?);
    }
    Some(rings)
}

/// A part of a composed glyph and where it goes.
struct Part {
    id: u16,
    more: bool,
    /// Column by column; the last one is the shift.
    matrix: [[f32; 2]; 3],
}

impl Part {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        const WORDS: u16 = 0x0001;
        const SHIFTED: u16 = 0x0002;
        const SCALE: u16 = 0x0008;
        const MORE: u16 = 0x0020;
        const TWO_SCALES: u16 = 0x0040;
        const MATRIX: u16 = 0x0080;
        let flags = reader.word()?;
        let id = reader.word()?;
        let (x, y) = if flags & WORDS != 0 {
            (i32::from(reader.signed()?), i32::from(reader.signed()?))
        } else {
            // Two bytes with a sign each.
            let [x, y] = reader.word()?.to_be_bytes();
            (i32::from(x.cast_signed()), i32::from(y.cast_signed()))
        };
        let shift = if flags & SHIFTED != 0 { [units(x), units(y)] } else { [0.0, 0.0] };
        let mut ratio = || reader.signed().map(|n| f32::from(n) / 16384.0);
        let [a, b] = if flags & SCALE != 0 {
            let scale = ratio()?;
            [[scale, 0.0], [0.0, scale]]
        } else if flags & TWO_SCALES != 0 {
            [[ratio()?, 0.0], [0.0, ratio()?]]
        } else if flags & MATRIX != 0 {
            [[ratio()?, ratio()?], [ratio()?, ratio()?]]
        } else {
            [[1.0, 0.0], [0.0, 1.0]]
        };
        Some(Self { id, more: flags & MORE != 0, matrix: [a, b, shift] })
    }

    fn moved(&self, dot: Dot) -> Dot {
        let [a, b, shift] = self.matrix;
        let along = |i: usize| a[i] * dot.x + b[i] * dot.y + shift[i];
        Dot { x: along(0), y: along(1), on: dot.on }
    }
}

/// The point of the curve that stands between two that pull.
pub(crate) fn middle(a: Dot, b: Dot) -> Dot {
    Dot { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0, on: true }
}

/// A ring as cubic curves, in ems; `true` marks a control point. It begins and ends on the curve.
pub(crate) fn cubic(ring: &[Dot], em: f32) -> Vec<(f32, f32, bool)> {
    let (Some(first), Some(last)) = (ring.first(), ring.last()) else { return Vec::new() };
    let start = match (first.on, last.on) {
        (true, _) => *first,
        (false, true) => *last,
        (false, false) => middle(*first, *last),
    };
    let mut line = vec![(start.x / em, start.y / em, false)];
    let mut from = start;
    let mut pull: Option<Dot> = None;
    let mut go = |to: Dot, pull: Option<Dot>| {
        if let Some(pull) = pull {
            let toward = |end: f32, pull: f32| (end + (pull - end) * 2.0 / 3.0) / em;
            line.push((toward(from.x, pull.x), toward(from.y, pull.y), true));
            line.push((toward(to.x, pull.x), toward(to.y, pull.y), true));
        }
        // The ring begins with the place where the pen already is.
        if pull.is_some() || (to.x, to.y) != (from.x, from.y) {
            line.push((to.x / em, to.y / em, false));
        }
        from = to;
    };
    for dot in ring.iter().chain([&start]) {
        match (pull, dot.on) {
            (_, true) => go(*dot, pull.take()),
            (None, false) => pull = Some(*dot),
            (Some(before), false) => {
                go(middle(before, *dot), Some(before));
                pull = Some(*dot);
            }
        }
    }
    line
}

#[expect(clippy::cast_precision_loss, reason = "font units are far below 2^24")]
pub(crate) fn units(value: i32) -> f32 {
    value as f32
}

/// Big-endian numbers, one after the other.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied();
        self.at += 1;
        byte
    }

    fn word(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes([self.byte()?, self.byte()?]))
    }

    fn signed(&mut self) -> Option<i16> {
        self.word().map(u16::cast_signed)
    }
}

#[cfg(test)]
#[path = "outline_tests.rs"]
mod tests;
