//! The frame of a small font (OpenType): what the writer must know to show glyphs by their ids,
//! their names and widths. Its glyphs are blank: the writer would decode each for its width.

use std::sync::Arc;

use crate::cff::{self, Lines};
use crate::charstring::{self, GRID};
use crate::outline::Rings;

/// A font named `name` of blanks of these widths, which get the ids 0, 1, 2, …. None if there are
/// too many.
pub(crate) fn frame(name: &str, lines: Lines, widths: &[u16]) -> Option<Vec<u8>> {
    let count = u16::try_from(widths.len()).ok()?;
    let blank = Arc::new(charstring::write(&Rings::new(), 1.0, GRID)?);
    let blanks = vec![blank; widths.len()];
    let widest = widths.iter().copied().max().unwrap_or(0);
    let metrics = widths.iter().flat_map(|width| words(&[*width, 0])).collect();
    assemble(&[
        (*b"CFF ", cff::write(name, lines, &blanks)?),
        (*b"cmap", one_entry()),
        (*b"head", head(lines)),
        (*b"hhea", hhea(lines, widest, count)),
        (*b"hmtx", metrics),
        (*b"maxp", words(&[0, 0x5000, count])),
        (*b"name", names(name)?),
    ])
}

/// Table `cmap` of one entry, in format 12.
fn one_entry() -> Vec<u8> {
    let table: [u32; 7] = [12 << 16, 28, 0, 1, 0x20, 0x20, 1];
    // Version 0, one subtable: platform 3 (Windows), encoding 10 (all of Unicode), at offset 12.
    let mut bytes = vec![0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12];
    bytes.extend(table.iter().flat_map(|word| word.to_be_bytes()));
    bytes
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// Table `head`: version, revision, checksum, magic number, flags (baseline at 0, left edge at
/// the side bearing), units, two dates, and the box of all glyphs.
fn head(lines: Lines) -> Vec<u8> {
    let (top, bottom) = (lines.ascent.cast_unsigned(), lines.descent.cast_unsigned());
    let mut table = words(&[1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0x0003, GRID]);
    table.extend([0; 16]);
    table.extend(words(&[0, bottom, GRID, top, 0, 6, 2, 0, 0]));
    table
}

/// Table `hhea`: version, lines, no gap, widest glyph, edges, an upright caret.
fn hhea(lines: Lines, widest: u16, count: u16) -> Vec<u8> {
    let (top, bottom) = (lines.ascent.cast_unsigned(), lines.descent.cast_unsigned());
    words(&[1, 0, top, bottom, 0, widest, 0, 0, widest, 1, 0, 0, 0, 0, 0, 0, 0, count])
}

/// Table `name`: only the name (id 6), for Windows, in UTF-16.
fn names(name: &str) -> Option<Vec<u8>> {
    let text: Vec<u16> = name.encode_utf16().collect();
    let length = u16::try_from(2 * text.len()).ok()?;
    let mut table = words(&[0, 1, 18, 3, 1, 0x0409, 6, length, 0]);
    table.extend(words(&text));
    Some(table)
}

/// The file. Its checksums are left 0: no reader of a PDF looks at them.
fn assemble(tables: &[([u8; 4], Vec<u8>)]) -> Option<Vec<u8>> {
    let count = u16::try_from(tables.len()).ok()?;
    let power = u16::try_from(count.max(1).ilog2()).ok()?;
    let range = 16 << power;
    let mut bytes = b"OTTO".to_vec();
    bytes.extend(words(&[count, range, power, 16 * count - range]));
    let mut at = 12 + 16 * u32::from(count);
    for (tag, table) in tables {
        let length = u32::try_from(table.len()).ok()?;
        bytes.extend(tag);
        bytes.extend([0; 4]);
        bytes.extend(at.to_be_bytes());
        bytes.extend(length.to_be_bytes());
        at = at.checked_add(length.checked_next_multiple_of(4)?)?;
    }
    for (_, table) in tables {
        bytes.extend(table);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
    }
    Some(bytes)
}
