use proptest::prelude::*;
use rustybuzz::ttf_parser::{Face, GlyphId, OutlineBuilder, RawFaceTables, Tag};

use super::*;
use crate::fontfile::FontFile;
use crate::tests::fonts;

/// What another reader of fonts sees, as points along each ring, in ems: the oracle.
#[derive(Default)]
struct Trace {
    rings: Vec<Vec<Place>>,
    em: f32,
}

/// Points on a curve: with 20 the line through them leaves a large curve by a tenth of a unit.
const POINTS: u8 = 20;

impl Trace {
    fn of(face: &Face<'_>, id: u16) -> Vec<Vec<Place>> {
        let mut trace = Self { rings: Vec::new(), em: f32::from(face.units_per_em()) };
        face.outline_glyph(GlyphId(id), &mut trace);
        trace.rings
    }

    fn put(&mut self, x: f32, y: f32) {
        let em = self.em;
        self.rings.last_mut().unwrap().push((x / em, y / em));
    }

    fn curve(&mut self, pulls: &[Place]) {
        let (x, y) = *self.rings.last().unwrap().last().unwrap();
        let start = (x * self.em, y * self.em);
        for i in 1..=POINTS {
            let t = f32::from(i) / f32::from(POINTS);
            // De Casteljau: for any number of pulls.
            let mut places: Vec<Place> = [&[start], pulls].concat();
            while places.len() > 1 {
                let mix = |a: f32, b: f32| a + (b - a) * t;
                let pairs = places.windows(2);
                places = pairs.map(|p| (mix(p[0].0, p[1].0), mix(p[0].1, p[1].1))).collect();
            }
            self.put(places[0].0, places[0].1);
        }
    }
}

impl OutlineBuilder for Trace {
    fn move_to(&mut self, x: f32, y: f32) {
        self.rings.push(Vec::new());
        self.put(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.put(x, y);
    }
    fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
        self.curve(&[(a, b), (x, y)]);
    }
    fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
        self.curve(&[(a, b), (c, d), (x, y)]);
    }
    fn close(&mut self) {
        let ring = self.rings.last_mut().unwrap();
        ring.push(ring[0]);
    }
}

fn from_line(at: Place, a: Place, b: Place) -> f32 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (x, y) = (at.0 - a.0, at.1 - a.1);
    let t = ((x * dx + y * dy) / (dx * dx + dy * dy).max(1e-12)).clamp(0.0, 1.0);
    (x - t * dx).hypot(y - t * dy)
}

/// The farthest that a point of some rings, of every five, lies from others.
fn farthest(rings: &[Vec<Place>], others: &[Vec<Place>]) -> f32 {
    let from = |at: Place| {
        let lines = others.iter().flat_map(|ring| ring.windows(2));
        lines.map(|line| from_line(at, line[0], line[1])).fold(f32::INFINITY, f32::min)
    };
    rings.iter().flatten().step_by(5).map(|at| from(*at)).fold(0.0, f32::max)
}

/// Half a unit for rounding, across, what one curve for several may add, and a tenth.
const NEAR: f32 = (0.71 + ASIDE + 0.1) / GRID as f32;

fn extent(ring: &[Place]) -> f32 {
    let side = |of: fn(&Place) -> f32| {
        let (low, high) = ring
            .iter()
            .map(of)
            .fold((f32::MAX, f32::MIN), |(low, high), at| (low.min(at), high.max(at)));
        high - low
    };
    side(|at| at.0).max(side(|at| at.1))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, ..ProptestConfig::default() })]

    #[test]
    fn a_cut_glyph_is_drawn_as_before(picks in prop::collection::hash_set(1u16..30_000, 1..8)) {
        for file in [
            "NotoSerifSC-Regular.ttf",
            "NotoSansSC-Regular.ttf",
            "NotoSansMongolian-Regular.ttf",
            "NotoSansArabic-Regular.ttf",
            "BabelStoneHan.ttf",
            "HanaMinB.ttf",
        ] {
            let path = fonts().join(file);
            let bytes = std::fs::read(&path).unwrap();
            let face = Face::parse(&bytes, 0).unwrap();
            let picks: Vec<u16> =
                picks.iter().map(|pick| 1 + pick % (face.number_of_glyphs() - 1)).collect();
            let cut = FontFile::open(&path).unwrap().cut("YAAAAA", &picks).unwrap();
            let frame = Face::parse(&cut.frame, 0).unwrap();
            let table = |tag| frame.raw_face().table(Tag::from_bytes(tag)).unwrap();
            let small = Face::from_raw_tables(RawFaceTables {
                head: table(b"head"),
                hhea: table(b"hhea"),
                maxp: table(b"maxp"),
                hmtx: Some(table(b"hmtx")),
                cff: Some(&cut.program),
                ..RawFaceTables::default()
            }).unwrap();
            prop_assert_eq!(usize::from(small.number_of_glyphs()), picks.len() + 1);
            for (new, old) in (1u16..).zip(picks) {
                let (now, mut before) = (Trace::of(&small, new), Trace::of(&face, old));
                let added = farthest(&now, &before);
                prop_assert!(added <= NEAR, "{file} {old}: {added}");
                // What is smaller than the grid may be gone.
                before.retain(|ring| extent(ring) > 1.0 / f32::from(GRID));
                let lost = farthest(&before, &now);
                prop_assert!(lost <= NEAR, "{file} {old}: {lost}");
                let width = |face: &Face<'_>, id| {
                    let width = face.glyph_hor_advance(GlyphId(id)).unwrap();
                    f32::from(width) / f32::from(face.units_per_em())
                };
                prop_assert!((width(&small, new) - width(&face, old)).abs() <= 0.51 / f32::from(GRID));
                prop_assert_eq!(width(&small, new), crate::fontfile::advance(&face, GlyphId(old)));
            }
        }
    }
}

fn dot(x: f32, y: f32, on: bool) -> Dot {
    Dot { x, y, on }
}

/// A cubic curve as three quadratic ones, as makers of fonts do it.
fn in_three([a, b, c, d]: [Place; 4]) -> Vec<Dot> {
    let mix = |a: Place, b: Place, t: f32| (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
    let pull = |i: f32| {
        // The pulls of a third, by its ends and the directions there.
        let at = |t: f32| {
            let (ab, bc, cd) = (mix(a, b, t), mix(b, c, t), mix(c, d, t));
            let (abc, bcd) = (mix(ab, bc, t), mix(bc, cd, t));
            (mix(abc, bcd, t), (3.0 * (bcd.0 - abc.0), 3.0 * (bcd.1 - abc.1)))
        };
        let ((p, u), (q, v)) = (at(i / 3.0), at((i + 1.0) / 3.0));
        let first = (p.0 + u.0 / 9.0, p.1 + u.1 / 9.0);
        let last = (q.0 - v.0 / 9.0, q.1 - v.1 / 9.0);
        match i {
            0.0 => mix(p, first, 1.5),
            2.0 => mix(q, last, 1.5),
            _ => mix(mix(p, first, 1.5), mix(q, last, 1.5), 0.5),
        }
    };
    let mut ring = vec![dot(a.0, a.1, true)];
    ring.extend([0.0, 1.0, 2.0].map(pull).map(|(x, y)| dot(x, y, false)));
    ring.push(dot(d.0, d.1, true));
    ring
}

#[test]
fn a_curve_that_became_several_is_one_again() {
    let drawn = [(0.0, 0.0), (0.0, 60.0), (40.0, 100.0), (100.0, 100.0)];
    let (start, steps) = steps(&in_three(drawn), 1.0).unwrap();
    assert_eq!(start, drawn[0]);
    let [Step::Curve(a, b, end)] = steps[..] else { panic!("{steps:?}") };
    for (now, before) in [a, b, end].iter().zip(&drawn[1..]) {
        assert!((now.0 - before.0).hypot(now.1 - before.1) < 0.01, "{now:?} {before:?}");
    }
}

#[test]
fn curves_that_were_never_one_stay_apart() {
    // A wave.
    let ring = [
        dot(0.0, 0.0, true),
        dot(10.0, 30.0, false),
        dot(30.0, -30.0, false),
        dot(50.0, 30.0, false),
        dot(60.0, 0.0, true),
    ];
    let (_, steps) = steps(&ring, 1.0).unwrap();
    assert_eq!(steps.len(), 3, "{steps:?}");
    assert!(matches!(steps[0], Step::Curve(.., (20.0, 0.0))), "{steps:?}");
}

#[test]
fn a_ring_may_begin_anywhere_and_have_no_point_on_the_curve() {
    let corners = [(0.0, 0.0), (0.0, 10.0), (10.0, 10.0), (10.0, 0.0)];
    let ring = corners.map(|(x, y)| dot(x, y, false));
    let (start, round) = steps(&ring, 1.0).unwrap();
    assert_eq!(start, (5.0, 0.0));
    assert_eq!(round.len(), 4, "{round:?}");
    assert!(matches!(round[3], Step::Curve(.., (5.0, 0.0))), "{round:?}");
    let late = [dot(10.0, 0.0, false), dot(0.0, 0.0, true), dot(0.0, 10.0, true)];
    let (start, steps) = steps(&late, 1.0).unwrap();
    assert_eq!(start, (0.0, 0.0));
    assert_eq!(steps.len(), 2, "{steps:?}");
    assert!(matches!(steps[1], Step::Curve(.., (0.0, 0.0))), "{steps:?}");
}

/// The examples of the note (5176, table 4).
#[test]
fn numbers_are_as_short_as_they_can_be() {
    let written = |value: i16| {
        let mut bytes = Vec::new();
        number(value, &mut bytes);
        bytes
    };
    assert_eq!(written(0), [0x8B]);
    assert_eq!(written(100), [0xEF]);
    assert_eq!(written(-100), [0x27]);
    assert_eq!(written(1000), [0xFA, 0x7C]);
    assert_eq!(written(-1000), [0xFE, 0x7C]);
    assert_eq!(written(10_000), [0x1C, 0x27, 0x10]);
    assert_eq!(written(-10_000), [0x1C, 0xD8, 0xF0]);
}

#[test]
fn steps_in_turns_share_an_operator() {
    let square = [(0.0, 0.0), (0.0, 5.0), (5.0, 5.0), (5.0, 0.0)].map(|(x, y)| dot(x, y, true));
    let bytes = write(&vec![square.to_vec()], 1.0, GRID).unwrap();
    // To (0, 0); up 5, right 5, down 5; the last line closes the ring by itself.
    assert_eq!(bytes, [139, H_MOVE, 144, 144, 134, V_LINE, END]);
    let narrow = write(&Rings::new(), 1.0, 100).unwrap();
    assert_eq!(narrow, [239, END]);
    assert_eq!(write(&vec![square.to_vec()], 1e6, GRID), None);
    assert_eq!(write(&vec![square.to_vec()], 0.01, GRID).unwrap(), [END]);
}
