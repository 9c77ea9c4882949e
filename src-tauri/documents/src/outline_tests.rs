use proptest::prelude::*;
use rustybuzz::ttf_parser::{Face, GlyphId, OutlineBuilder};

use super::*;
use crate::fontfile::FontFile;
use crate::tests::fonts;

/// What another reader of fonts sees: the oracle.
#[derive(Default)]
struct Trace(Vec<(u8, [f32; 4])>);

impl OutlineBuilder for Trace {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push((0, [x, y, 0.0, 0.0]));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push((1, [x, y, 0.0, 0.0]));
    }
    fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
        self.0.push((2, [a, b, x, y]));
    }
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        panic!("no cubic curves in glyf");
    }
    fn close(&mut self) {
        self.0.push((3, [0.0; 4]));
    }
}

/// In ems.
fn trace(face: &Face<'_>, id: u16) -> Vec<(u8, [f32; 4])> {
    let mut trace = Trace::default();
    face.outline_glyph(GlyphId(id), &mut trace);
    let em = f32::from(face.units_per_em());
    trace.0.into_iter().map(|(kind, points)| (kind, points.map(|p| p / em))).collect()
}

/// Half a unit for rounding, and as much again for a point that stands between two others.
const NEAR: f32 = 1.01 / GRID as f32;

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn a_cut_glyph_is_drawn_as_before(picks in prop::collection::hash_set(1u16..30_000, 1..60)) {
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
            let cut = FontFile::open(&path).unwrap().cut("YAAAAA", &picks).unwrap().program;
            let small = Face::parse(&cut, 0).unwrap();
            for (new, old) in (1u16..).zip(picks) {
                let (now, before) = (trace(&small, new), trace(&face, old));
                prop_assert_eq!(now.len(), before.len(), "{} {}", file, old);
                for (now, before) in now.iter().zip(&before) {
                    prop_assert_eq!(now.0, before.0);
                    for (now, before) in now.1.iter().zip(before.1) {
                        prop_assert!((now - before).abs() <= NEAR, "{file} {old}: {now} {before}");
                    }
                }
                let width = |face: &Face<'_>, id| {
                    let width = face.glyph_hor_advance(GlyphId(id)).unwrap();
                    f32::from(width) / f32::from(face.units_per_em())
                };
                prop_assert!((width(&small, new) - width(&face, old)).abs() <= NEAR / 2.0);
                prop_assert_eq!(width(&small, new), crate::fontfile::advance(&face, GlyphId(old)));
            }
        }
    }

    #[test]
    fn torn_glyphs_are_refused_and_never_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let _ = rings(&mut |_| Some(bytes.clone()), 7);
        // A glyph that is a part of itself.
        let mut own_part = bytes;
        own_part.splice(0..own_part.len().min(2), [0xFF, 0xFF]);
        let _ = rings(&mut |_| Some(own_part.clone()), 7);
    }
}

#[test]
fn a_ring_as_cubic_curves_is_the_same_ring() {
    let dot = |x: f32, y: f32, on: bool| Dot { x, y, on };
    // A corner, a curve, and two pulls in a row: a point of the curve stands between them.
    let ring = [dot(0.0, 0.0, true), dot(3.0, 3.0, false), dot(6.0, 0.0, false)];
    let line = cubic(&ring, 1.0);
    let on: Vec<_> = line.iter().filter(|point| !point.2).map(|point| (point.0, point.1)).collect();
    assert_eq!(on, [(0.0, 0.0), (4.5, 1.5), (0.0, 0.0)]);
    assert_eq!(line.len(), 7);
    assert_eq!(line[1], (2.0, 2.0, true));
}
