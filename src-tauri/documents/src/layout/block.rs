//! The blocks of a paper as pieces for the pages.

use super::flow::Piece;
use super::glyphs::{Cluster, Setter, Shaper};
use super::line::{Line, Measure, break_lines, widest_kept};
use super::page::{Ink, Item};
use super::{listed, signature, table};
use crate::error::DocumentError;
use crate::paper::{Block, Text};

/// Text that was broken into lines at the size that suits it.
pub(crate) struct SetText {
    pub(crate) lines: Vec<Line>,
    pub(crate) size: f32,
}

/// Breaks `clusters` at `measure`, up to a quarter smaller where that keeps a name, a number or a
/// date on one line.
pub(crate) fn set(clusters: Vec<Cluster>, mut measure: Measure) -> SetText {
    let kept = widest_kept(&clusters);
    if kept * measure.size > measure.width {
        let fitting = measure.width / kept * 0.999;
        if fitting >= measure.size * 0.75 {
            measure.size = fitting;
        }
    }
    SetText { lines: break_lines(clusters, measure), size: measure.size }
}

/// The baseline in a line of `leading`, from its top, for Noto Sans SC: its Han characters sit
/// 0.88 em above and 0.12 em below the baseline.
pub(crate) fn baseline(leading: f32, size: f32) -> f32 {
    (leading - size) / 2.0 + size * 0.88
}

/// Every piece, and the heads of the tables.
pub(crate) fn pieces(
    blocks: &[Block],
    setter: &Setter<'_, impl Shaper>,
) -> Result<(Vec<Piece>, Vec<Piece>), DocumentError> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut heads = Vec::new();
    let mut after_table = false;
    for block in blocks {
        let first = pieces.len();
        match block {
            Block::Address(text) => pieces.extend(address(text, setter)?),
            Block::Heading(text) => pieces.extend(heading(text, setter)?),
            Block::Paragraph(text) => {
                pieces.extend(paragraph(text, 2.0 * setter.sheet.body, setter)?)
            }
            Block::Pairs(rows) if setter.sheet.roll => pieces.extend(listed::pairs(rows, setter)?),
            Block::Pairs(rows) => pieces.extend(table::pairs(rows, setter)?),
            Block::Table(content) => {
                let (head, rows) = if setter.sheet.roll {
                    listed::table(content, heads.len(), setter)?
                } else {
                    table::table(content, heads.len(), setter)?
                };
                pieces.push(head.clone());
                heads.push(head);
                pieces.extend(rows);
            }
            Block::Ruled(lines) => pieces.extend(ruled(*lines, setter)),
            Block::Signature(content) => {
                // The seal and the signatures never stand alone on a page.
                if let Some(last) = pieces.last_mut() {
                    last.with_next = true;
                }
                pieces.push(signature::signature(content, setter)?);
            }
        }
        if let (Some(piece), true) = (pieces.get_mut(first), after_table) {
            piece.above = piece.above.max(setter.density.heading);
        }
        after_table = matches!(block, Block::Table(_) | Block::Pairs(_));
    }
    Ok((pieces, heads))
}

fn address(text: &Text, setter: &Setter<'_, impl Shaper>) -> Result<Vec<Piece>, DocumentError> {
    let mut pieces = paragraph(text, 0.0, setter)?;
    pieces.iter_mut().for_each(|p| p.with_next = true);
    if let Some(first) = pieces.first_mut() {
        first.above = 8.0;
    }
    Ok(pieces)
}

fn heading(text: &Text, setter: &Setter<'_, impl Shaper>) -> Result<Vec<Piece>, DocumentError> {
    let measure = Measure {
        size: setter.sheet.body,
        width: setter.sheet.width(),
        indent: 0.0,
        justify: false,
    };
    let text = set(setter.shape(text, true)?, measure);
    let mut pieces = stacked(&text, setter);
    pieces.iter_mut().for_each(|p| p.with_next = true);
    if let Some(first) = pieces.first_mut() {
        first.above = setter.density.heading;
    }
    if let Some(last) = pieces.last_mut() {
        last.height += 2.0;
    }
    Ok(pieces)
}

fn paragraph(
    text: &Text,
    indent: f32,
    setter: &Setter<'_, impl Shaper>,
) -> Result<Vec<Piece>, DocumentError> {
    let measure =
        Measure { size: setter.sheet.body, width: setter.sheet.width(), indent, justify: true };
    let text = set(setter.shape(text, false)?, measure);
    let mut pieces = stacked(&text, setter);
    let count = pieces.len();
    for (i, piece) in pieces.iter_mut().enumerate() {
        // No single line of a paragraph at the foot or at the top of a page.
        piece.with_next = i + 1 < count && (count <= 3 || i == 0 || i + 2 == count);
    }
    if let Some(first) = pieces.first_mut() {
        first.above = setter.density.paragraph;
    }
    Ok(pieces)
}

/// Lines to write on, as far apart as writing by hand needs.
fn ruled(lines: u8, setter: &Setter<'_, impl Shaper>) -> Vec<Piece> {
    let step = setter.sheet.end.step;
    let piece = Piece { height: step, items: vec![across(setter, step)], ..Piece::default() };
    vec![piece; usize::from(lines.max(1))]
}

/// A rule over the whole width.
pub(crate) fn across(setter: &Setter<'_, impl Shaper>, y: f32) -> Item {
    let left = setter.sheet.margin;
    Item::Rule { from: (left, y), to: (left + setter.sheet.width(), y), weight: 0.6, dashed: false }
}

/// One piece for each line.
fn stacked(text: &SetText, setter: &Setter<'_, impl Shaper>) -> Vec<Piece> {
    let (leading, left) = (setter.density.leading, setter.sheet.margin);
    let piece = |line: &Line| Piece {
        height: leading,
        items: vec![Item::run(line, left, baseline(leading, text.size), text.size, Ink::Black)],
        ..Piece::default()
    };
    text.lines.iter().map(piece).collect()
}

/// The width of `text` on one line at `size`.
pub(crate) fn width_of(
    text: &Text,
    size: f32,
    setter: &Setter<'_, impl Shaper>,
) -> Result<f32, DocumentError> {
    Ok(setter.shape(text, false)?.iter().map(Cluster::advance).sum::<f32>() * size)
}

/// One line in a box: left, centred or right in `width` from `x`, with its baseline at `y`.
pub(crate) fn one_line(
    text: &Text,
    bold: bool,
    place: Place,
    setter: &Setter<'_, impl Shaper>,
) -> Result<Vec<Item>, DocumentError> {
    let Place { x, y, width, size, ink, align } = place;
    let clusters = setter.shape(text, bold)?;
    let natural = clusters.iter().map(Cluster::advance).sum::<f32>() * size;
    // One line that is too long for its place is set smaller, down to a third.
    let size =
        if natural > width { (size * width / natural * 0.999).max(size / 3.0) } else { size };
    let measure = Measure { size, width: f32::MAX, indent: 0.0, justify: false };
    let lines = break_lines(clusters, measure);
    let shift = |line: &Line| match align {
        Align::Left => 0.0,
        Align::Centre => (width - line.width) / 2.0,
        Align::Right => width - line.width,
    };
    Ok(lines.iter().map(|line| Item::run(line, x + shift(line), y, size, ink)).collect())
}

/// Where a line stands in its place.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
}

/// A place for one line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) x: f32,
    /// The baseline.
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) size: f32,
    pub(crate) ink: Ink,
    pub(crate) align: Align,
}
