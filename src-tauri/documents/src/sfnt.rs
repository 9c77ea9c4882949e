//! Writing a small font: some glyphs of a large one, renumbered (OpenType, `glyf` outlines).
//!
//! It holds the six tables that a PDF needs of a font whose glyphs are shown by their ids
//! (ISO 32000-1, 9.9), and two that the writer looks for: its name and a table of characters.

use std::sync::Arc;

use crate::outline::{Drawn, GRID};

/// What is said of a whole font; lengths on the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lines {
    pub(crate) ascent: i16,
    pub(crate) descent: i16,
}

/// A font named `name` of these glyphs and their widths, which get the ids 0, 1, 2, …; the first
/// one is what is drawn for a missing glyph. None if there are too many.
pub(crate) fn write(name: &str, lines: Lines, glyphs: &[(Arc<Drawn>, u16)]) -> Option<Vec<u8>> {
    let count = u16::try_from(glyphs.len()).ok()?;
    let mut outlines = Vec::new();
    let mut offsets = vec![0u32];
    let mut metrics = Vec::new();
    for (glyph, width) in glyphs {
        outlines.extend_from_slice(&glyph.bytes);
        outlines.resize(outlines.len().next_multiple_of(2), 0);
        offsets.push(u32::try_from(outlines.len()).ok()?);
        metrics.extend(width.to_be_bytes());
        metrics.extend(glyph.left.to_be_bytes());
    }
    let halves: Option<Vec<u16>> = offsets.iter().map(|at| u16::try_from(at / 2).ok()).collect();
    let (long, loca) = match halves {
        Some(halves) => (0, halves.iter().flat_map(|at| at.to_be_bytes()).collect()),
        None => (1, offsets.iter().flat_map(|at| at.to_be_bytes()).collect()),
    };
    let most = |of: fn(&Drawn) -> u16| glyphs.iter().map(|(glyph, _)| of(glyph)).max().unwrap_or(0);
    let widest = glyphs.iter().map(|(_, width)| *width).max().unwrap_or(0);
    let tables = [
        (*b"cmap", one_entry()),
        (*b"glyf", outlines),
        (*b"head", head(lines, long)),
        (*b"hhea", hhea(lines, widest, count)),
        (*b"hmtx", metrics),
        (*b"loca", loca),
        (*b"maxp", maxp(count, most(|glyph| glyph.points), most(|glyph| glyph.contours))),
        (*b"name", names(name)?),
    ];
    assemble(&tables)
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
/// the side bearing), units, two dates, the box of all glyphs, and the size of the offsets.
fn head(lines: Lines, long: u16) -> Vec<u8> {
    let (top, bottom) = (lines.ascent.cast_unsigned(), lines.descent.cast_unsigned());
    let mut table = words(&[1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0x0003, GRID]);
    table.extend([0; 16]);
    table.extend(words(&[0, bottom, GRID, top, 0, 6, 2, long, 0]));
    table
}

/// Table `hhea`: version, lines, no gap, widest glyph, edges, an upright caret.
fn hhea(lines: Lines, widest: u16, count: u16) -> Vec<u8> {
    let (top, bottom) = (lines.ascent.cast_unsigned(), lines.descent.cast_unsigned());
    words(&[1, 0, top, bottom, 0, widest, 0, 0, widest, 1, 0, 0, 0, 0, 0, 0, 0, count])
}

/// Table `maxp`: version, glyphs, points and contours of the largest; no parts, one zone, no
/// hints.
fn maxp(count: u16, points: u16, contours: u16) -> Vec<u8> {
    words(&[1, 0, count, points, contours, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
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
    let mut bytes = words(&[1, 0, count, range, power, 16 * count - range]);
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
