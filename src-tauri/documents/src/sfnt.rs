//! Cutting a small font out of a large one: some glyphs, renumbered (OpenType, `glyf` outlines).
//!
//! The PDF writer makes its own subset, but to do so it copies the font several times and walks
//! every glyph of it: 31,000 touches all over 10 MB for each file. Given a font that holds only
//! what a paper uses, it has nothing to walk.

use rustybuzz::ttf_parser::{Face, Tag};

/// A font of the glyphs in `wanted`, which get the ids 1, 2, 3, …; 0 stays the missing glyph, and
/// the parts of composed glyphs follow behind. None if `face` has no `glyf` outlines or is torn.
pub(crate) fn cut(face: &Face<'_>, wanted: &[u16]) -> Option<Vec<u8>> {
    let table = |tag: &[u8; 4]| face.raw_face().table(Tag::from_bytes(tag));
    let (glyf, loca) = (table(b"glyf")?, table(b"loca")?);
    let long = number(table(b"head")?, 50, 2)? == 1;
    let outline = |id: u16| {
        let place = |i: usize| match long {
            true => number(loca, 4 * i, 4),
            false => number(loca, 2 * i, 2).map(|half| 2 * half),
        };
        glyf.get(place(usize::from(id))?..place(usize::from(id) + 1)?)
    };

    let mut ids = vec![0];
    ids.extend_from_slice(wanted);
    let mut outlines = Vec::new();
    let mut offsets = vec![0u32];
    let mut metrics = Vec::new();
    let mut at = 0;
    while let Some(&id) = ids.get(at) {
        let mut bytes = outline(id)?.to_vec();
        for part in parts(&bytes)? {
            let old = u16::try_from(number(&bytes, part, 2)?).ok()?;
            // The first id is the missing glyph, never a part.
            let new = match ids.iter().skip(1).position(|known| *known == old) {
                Some(position) => position + 1,
                None => {
                    ids.push(old);
                    ids.len() - 1
                }
            };
            bytes.get_mut(part..part + 2)?.copy_from_slice(&u16::try_from(new).ok()?.to_be_bytes());
        }
        outlines.extend(bytes);
        outlines.resize(outlines.len().next_multiple_of(4), 0);
        offsets.push(u32::try_from(outlines.len()).ok()?);
        let id = rustybuzz::ttf_parser::GlyphId(id);
        metrics.extend(face.glyph_hor_advance(id).unwrap_or(0).to_be_bytes());
        metrics.extend(face.glyph_hor_side_bearing(id).unwrap_or(0).to_be_bytes());
        at += 1;
    }

    let count = u16::try_from(ids.len()).ok()?.to_be_bytes();
    let patched = |tag: &[u8; 4], at: usize, value: [u8; 2]| {
        let mut bytes = table(tag)?.to_vec();
        bytes.get_mut(at..at + 2)?.copy_from_slice(&value);
        Some(bytes)
    };
    let mut tables = vec![
        (*b"cmap", one_entry()),
        (*b"glyf", outlines),
        (*b"head", patched(b"head", 50, [0, 1])?),
        (*b"hhea", patched(b"hhea", 34, count)?),
        (*b"hmtx", metrics),
        (*b"loca", offsets.iter().flat_map(|offset| offset.to_be_bytes()).collect()),
        (*b"maxp", patched(b"maxp", 4, count)?),
    ];
    for tag in [b"OS/2", b"cvt ", b"fpgm", b"name", b"prep"] {
        tables.extend(table(tag).map(|bytes| (*tag, bytes.to_vec())));
    }
    // Version 3: without the names of glyphs, which are numbered anew.
    let mut post = table(b"post")?.get(..32)?.to_vec();
    post.get_mut(..4)?.copy_from_slice(&[0, 3, 0, 0]);
    tables.push((*b"post", post));
    tables.sort_by_key(|(tag, _)| *tag);
    Some(assemble(&tables))
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    Some(digits.iter().fold(0, |value, byte| (value << 8) | usize::from(*byte)))
}

/// Where a glyph names its parts; nowhere if it is drawn itself.
fn parts(glyph: &[u8]) -> Option<Vec<usize>> {
    const WORDS: usize = 0x0001;
    const SCALE: usize = 0x0008;
    const MORE: usize = 0x0020;
    const TWO_SCALES: usize = 0x0040;
    const MATRIX: usize = 0x0080;
    let composed = glyph.first().is_some_and(|byte| byte & 0x80 != 0);
    let mut places = Vec::new();
    let mut at = 10;
    if !composed {
        return Some(places);
    }
    loop {
        let flags = number(glyph, at, 2)?;
        places.push(at + 2);
        at += 4 + if flags & WORDS != 0 { 4 } else { 2 };
        at += match flags {
            f if f & SCALE != 0 => 2,
            f if f & TWO_SCALES != 0 => 4,
            f if f & MATRIX != 0 => 8,
            _ => 0,
        };
        if flags & MORE == 0 {
            return Some(places);
        }
    }
}

/// A character table (format 12) of one entry: the format requires the table, and the writer is
/// given ids.
fn one_entry() -> Vec<u8> {
    let table: [u32; 7] = [12 << 16, 28, 0, 1, 0x20, 0x20, 1];
    // Version 0, one subtable: platform 3 (Windows), encoding 10 (all of Unicode), at offset 12.
    let mut bytes = vec![0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12];
    bytes.extend(table.iter().flat_map(|word| word.to_be_bytes()));
    bytes
}

/// The file. Its checksums are left 0: the writer makes its own for what goes into the PDF.
fn assemble(tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let short = |value: usize| u16::try_from(value).unwrap_or(u16::MAX).to_be_bytes();
    let long = |value: usize| u32::try_from(value).unwrap_or(u32::MAX).to_be_bytes();
    let count = tables.len();
    let power = count.max(1).ilog2();
    let range = 16usize << power;
    let mut bytes = vec![0, 1, 0, 0];
    bytes.extend(short(count));
    bytes.extend(short(range));
    bytes.extend(short(usize::try_from(power).unwrap_or(0)));
    bytes.extend(short((16 * count).saturating_sub(range)));
    let mut at = 12 + 16 * count;
    for (tag, table) in tables {
        bytes.extend(tag);
        bytes.extend([0; 4]);
        bytes.extend(long(at));
        bytes.extend(long(table.len()));
        at += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        bytes.extend(table);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};

    use super::*;
    use crate::tests::fonts;

    #[derive(Default, PartialEq, Debug)]
    struct Trace(Vec<(u8, [i32; 6])>);

    impl Trace {
        fn add(&mut self, kind: u8, points: [f32; 6]) {
            // Font units: whole numbers, or halves of them in composed glyphs.
            #[expect(clippy::cast_possible_truncation, reason = "font units are small")]
            self.0.push((kind, points.map(|p| (p * 16.0) as i32)));
        }
    }

    impl OutlineBuilder for Trace {
        fn move_to(&mut self, x: f32, y: f32) {
            self.add(0, [x, y, 0.0, 0.0, 0.0, 0.0]);
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.add(1, [x, y, 0.0, 0.0, 0.0, 0.0]);
        }
        fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
            self.add(2, [a, b, x, y, 0.0, 0.0]);
        }
        fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
            self.add(3, [a, b, c, d, x, y]);
        }
        fn close(&mut self) {
            self.add(4, [0.0; 6]);
        }
    }

    fn drawn(face: &Face<'_>, id: u16) -> Trace {
        let mut trace = Trace::default();
        face.outline_glyph(GlyphId(id), &mut trace);
        trace
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn a_cut_glyph_is_drawn_as_before(picks in prop::collection::hash_set(1u16..1200, 0..80)) {
            for file in ["NotoSansSC-Regular.ttf", "NotoSansMongolian-Regular.ttf"] {
                let bytes = std::fs::read(fonts().join(file)).unwrap();
                let face = Face::parse(&bytes, 0).unwrap();
                let picks: Vec<u16> = picks.iter().copied().collect();
                let cut = cut(&face, &picks).unwrap();
                let small = Face::parse(&cut, 0).unwrap();
                for (new, old) in (1u16..).zip(picks) {
                    prop_assert_eq!(drawn(&small, new), drawn(&face, old));
                    let advance = |face: &Face<'_>, id| face.glyph_hor_advance(GlyphId(id));
                    prop_assert_eq!(advance(&small, new), advance(&face, old));
                }
            }
        }
    }
}
