use proptest::prelude::*;

use super::*;

proptest! {
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
