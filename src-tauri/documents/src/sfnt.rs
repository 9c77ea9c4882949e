//! Taking a font file apart (OpenType, 4.5.1 font directory), so that each side carries only the
//! tables it reads.
//!
//! The PDF writer copies its font for every file and, when it makes a subset, walks every entry
//! of the character table against every glyph used: 7 million steps for a page. Glyphs are looked
//! up by this crate and written by their ids, so the writer gets a font whose character table has
//! one entry, without the tables for shaping: half the time for a page.

/// A table: its tag and its bytes.
type Table = ([u8; 4], Vec<u8>);

/// What looking up and shaping reads; outlines are left out.
const LOOKED_UP: [&[u8; 4]; 9] =
    [b"cmap", b"GDEF", b"GPOS", b"GSUB", b"head", b"hhea", b"hmtx", b"maxp", b"OS/2"];

/// What drawing reads.
const DRAWN: [&[u8; 4]; 13] = [
    b"OS/2", b"cvt ", b"fpgm", b"gasp", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp",
    b"name", b"post", b"prep",
];

/// The font for looking up: characters, widths, shaping.
pub(crate) fn for_lookup(font: &[u8]) -> Option<Vec<u8>> {
    Some(assemble(pick(font, &LOOKED_UP)?))
}

/// The font for drawing: outlines, and one entry in the character table because the format
/// requires the table.
pub(crate) fn for_drawing(font: &[u8]) -> Option<Vec<u8>> {
    let mut tables = pick(font, &DRAWN)?;
    tables.push((*b"cmap", one_entry()));
    tables.sort_by_key(|(tag, _)| *tag);
    Some(assemble(tables))
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    Some(digits.iter().fold(0, |value, byte| value << 8 | usize::from(*byte)))
}

/// The tables wanted, in the order of their tags; none if the file is no single TrueType font.
fn pick(font: &[u8], wanted: &[&[u8; 4]]) -> Option<Vec<Table>> {
    if font.get(..4)? != [0, 1, 0, 0] {
        return None;
    }
    let mut tables = Vec::new();
    for record in (0..number(font, 4, 2)?).map(|i| 12 + 16 * i) {
        let tag: [u8; 4] = font.get(record..record + 4)?.try_into().ok()?;
        if wanted.contains(&&tag) {
            let (offset, length) = (number(font, record + 8, 4)?, number(font, record + 12, 4)?);
            tables.push((tag, font.get(offset..offset.checked_add(length)?)?.to_vec()));
        }
    }
    Some(tables)
}

/// A character table (format 12) that has the blank.
fn one_entry() -> Vec<u8> {
    let table: [u32; 7] = [12 << 16, 28, 0, 1, 0x20, 0x20, 1];
    // Version 0, one subtable: platform 3 (Windows), encoding 10 (all of Unicode), at offset 12.
    let mut bytes = vec![0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12];
    bytes.extend(table.iter().flat_map(|word| word.to_be_bytes()));
    bytes
}

fn checksum(table: &[u8]) -> u32 {
    let word =
        |chunk: &[u8]| chunk.iter().zip([24, 16, 8, 0]).map(|(b, s)| u32::from(*b) << s).sum();
    table.chunks(4).fold(0u32, |sum, chunk| sum.wrapping_add(word(chunk)))
}

fn assemble(tables: Vec<Table>) -> Vec<u8> {
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
    for (tag, table) in &tables {
        bytes.extend(tag);
        bytes.extend(checksum(table).to_be_bytes());
        bytes.extend(long(at));
        bytes.extend(long(table.len()));
        at += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        bytes.extend(&table);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_assembled_is_picked_again() {
        let tables = vec![(*b"glyf", vec![1, 2, 3, 4, 5]), (*b"head", vec![9; 8])];
        let font = assemble(tables.clone());
        assert_eq!(font.len() % 4, 0);
        assert_eq!(pick(&font, &DRAWN).unwrap(), tables);
    }

    proptest! {
        #[test]
        fn no_file_makes_it_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..200), font: bool) {
            if font && bytes.len() >= 6 {
                bytes[..6].copy_from_slice(&[0, 1, 0, 0, 0, 9]);
            }
            let _ = for_drawing(&bytes);
            let _ = for_lookup(&bytes);
        }
    }
}
