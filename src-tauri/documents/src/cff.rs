//! Writing a small font: some glyphs of a large one, renumbered, in the compact font format
//! (Adobe Technical Note 5176), as a PDF embeds it (ISO 32000-1, 9.9: `CIDFontType0C`).
//!
//! It is keyed by number, not by name: a glyph's number is its place here. It holds no hints and
//! no private routines; repetition is left to the packing of the file.

use std::sync::Arc;

use crate::charstring::{GRID, number};

/// What is said of a whole font; lengths on the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lines {
    pub(crate) ascent: i16,
    pub(crate) descent: i16,
}

/// The first string of its own that a font names; those before are of the standard.
const FIRST_OWN: i16 = 391;

/// Operators of a dictionary (tables 9, 10 and 23 of the note); 12 begins one of two bytes.
const FONT_BOX: &[u8] = &[5];
const CHARSET: &[u8] = &[15];
const CHARSTRINGS: &[u8] = &[17];
const PRIVATE: &[u8] = &[18];
const DEFAULT_WIDTH: &[u8] = &[20];
const FONT_MATRIX: &[u8] = &[12, 7];
const ORDERING: &[u8] = &[12, 30];
const COUNT: &[u8] = &[12, 34];
const FONTS: &[u8] = &[12, 36];
const FONT_OF_GLYPH: &[u8] = &[12, 37];

/// A font named `name` of these charstrings, which get the numbers 0, 1, 2, …; the first one is
/// what is drawn for a missing glyph. None if there are too many.
pub(crate) fn write(name: &str, lines: Lines, glyphs: &[Arc<Vec<u8>>]) -> Option<Vec<u8>> {
    let count = u16::try_from(glyphs.len()).ok()?;
    let glyphs: Vec<&[u8]> = glyphs.iter().map(|glyph| glyph.as_slice()).collect();
    let charset = charset(count);
    let font_of_glyph = font_of_glyph(count);
    let charstrings = index(&glyphs)?;
    let mut private = Vec::new();
    entry(&[GRID.cast_signed()], DEFAULT_WIDTH, &mut private);

    let before = [vec![1, 0, 4, 4], index(&[name.as_bytes()])?].concat();
    let behind = [index(&[b"Adobe", b"Identity"])?, index(&[])?].concat();
    // Offsets are written in five bytes whatever they are, so the length is known without them.
    let top_of =
        |at: [usize; 4]| top(lines, count.cast_signed(), at).and_then(|top| index(&[&top]));
    let start = before.len() + top_of([0; 4])?.len() + behind.len();
    let charset_at = start;
    let font_of_glyph_at = charset_at + charset.len();
    let charstrings_at = font_of_glyph_at + font_of_glyph.len();
    let private_at = charstrings_at + charstrings.len();
    let fonts_at = private_at + private.len();
    let mut font = Vec::new();
    number(i16::try_from(private.len()).ok()?, &mut font);
    offset(private_at, &mut font)?;
    font.extend(PRIVATE);
    let top = top_of([charset_at, font_of_glyph_at, charstrings_at, fonts_at])?;
    let fonts = index(&[&font])?;
    Some([before, top, behind, charset, font_of_glyph, charstrings, private, fonts].concat())
}

/// What is said of the font, and where its tables stand.
fn top(lines: Lines, count: i16, at: [usize; 4]) -> Option<Vec<u8>> {
    let mut top = Vec::new();
    // The ordering comes first: by it a font is known to be keyed by number.
    entry(&[FIRST_OWN, FIRST_OWN + 1, 0], ORDERING, &mut top);
    for one in [true, false, false, true, false, false] {
        top.extend(if one { UNIT } else { &[139] });
    }
    top.extend(FONT_MATRIX);
    entry(&[0, lines.descent, GRID.cast_signed(), lines.ascent], FONT_BOX, &mut top);
    entry(&[count], COUNT, &mut top);
    for (at, operator) in at.into_iter().zip([CHARSET, FONT_OF_GLYPH, CHARSTRINGS, FONTS]) {
        offset(at, &mut top)?;
        top.extend(operator);
    }
    Some(top)
}

/// A unit of the grid in ems, 0.005, as a decimal fraction: `.005` in half bytes (table 5).
const UNIT: &[u8] = &[30, 0xA0, 0x05, 0xFF];

fn entry(numbers: &[i16], operator: &[u8], dictionary: &mut Vec<u8>) {
    numbers.iter().for_each(|value| number(*value, dictionary));
    dictionary.extend(operator);
}

fn offset(at: usize, dictionary: &mut Vec<u8>) -> Option<()> {
    dictionary.push(29);
    dictionary.extend(i32::try_from(at).ok()?.to_be_bytes());
    Some(())
}

/// Every glyph but the missing one is numbered from 1 (13, format 2).
fn charset(count: u16) -> Vec<u8> {
    let mut table = vec![2];
    if let Some(more) = count.checked_sub(2) {
        table.extend([1u16, more].iter().flat_map(|word| word.to_be_bytes()));
    }
    table
}

/// Every glyph belongs to the only font (19, format 3).
fn font_of_glyph(count: u16) -> Vec<u8> {
    let mut table = vec![3, 0, 1, 0, 0, 0];
    table.extend(count.to_be_bytes());
    table
}

/// Things one after the other and where each begins (5 of the note). None if they are too many.
fn index(things: &[&[u8]]) -> Option<Vec<u8>> {
    let mut table = u16::try_from(things.len()).ok()?.to_be_bytes().to_vec();
    if things.is_empty() {
        return Some(table);
    }
    let mut at = 1;
    let mut offsets = vec![at];
    for thing in things {
        at += u32::try_from(thing.len()).ok()?;
        offsets.push(at);
    }
    let size = match at {
        0..=0xFF => 1,
        0x100..=0xFFFF => 2,
        0x1_0000..=0xFF_FFFF => 3,
        _ => 4,
    };
    table.push(size);
    for at in offsets {
        table.extend(&at.to_be_bytes()[4 - usize::from(size)..]);
    }
    things.iter().for_each(|thing| table.extend(*thing));
    Some(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_is_that_of_the_grid() {
        assert_eq!(GRID, 200, "UNIT says 0.005");
    }

    #[test]
    fn offsets_are_as_short_as_they_can_be() {
        assert_eq!(index(&[]).unwrap(), [0, 0]);
        assert_eq!(index(&[b"ab", b"c"]).unwrap(), [0, 2, 1, 1, 3, 4, b'a', b'b', b'c']);
        let long = index(&[&[7; 300]]).unwrap();
        assert_eq!(long[..7], [0, 1, 2, 0, 1, 1, 45]);
    }
}
