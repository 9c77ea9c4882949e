//! Tables: the labels at the top, and lists of materials with a head that is repeated.
//! Where a sheet has no room for columns, `listed` stands in.

use super::block::{SetText, baseline, set, width_of};
use super::flow::Piece;
use super::geometry::Cells;
use super::glyphs::{Density, Setter, Shaper};
use super::line::{Line, Measure};
use super::marks::BLANK;
use super::page::{Ink, Item};
use crate::error::DocumentError;
use crate::paper::{Column, Pair, Row, Table, Text};

/// The rules.
const HAIR: f32 = 0.6;
/// A cell whose text was broken.
struct Cell {
    x: f32,
    width: f32,
    /// Inside it, at its sides.
    side: f32,
    text: SetText,
    density: Density,
    centred: bool,
    tinted: bool,
}

impl Cell {
    fn of(
        text: &Text,
        bold: bool,
        (x, width): (f32, f32),
        centred: bool,
        setter: &Setter<'_, impl Shaper>,
    ) -> Result<Self, DocumentError> {
        let Cells { size, side, .. } = setter.sheet.cells;
        let measure = Measure { size, width: width - 2.0 * side, indent: 0.0, justify: false };
        let text = set(setter.shape(text, bold)?, measure);
        Ok(Self { x, width, side, text, density: setter.density, centred, tinted: false })
    }

    fn height(&self) -> f32 {
        self.needs(self.text.lines.len())
    }

    /// How high it is with that many lines.
    fn needs(&self, lines: usize) -> f32 {
        lines_high(lines) * self.density.row + 2.0 * self.density.cell
    }

    /// Its box of `height` at `top`, the text in the middle of it.
    fn items(&self, top: f32, height: f32, items: &mut Vec<Item>) {
        let (x, width) = (self.x, self.width);
        if self.tinted {
            items.push(Item::Fill { x, y: top, width, height, ink: Ink::Tint });
        }
        items.push(Item::Frame { x, y: top, width, height, weight: HAIR, dashed: false });
        let leading = self.density.row;
        let slack = (height - self.height()) / 2.0 + self.density.cell;
        let mut y = top + slack + baseline(leading, self.text.size);
        for line in &self.text.lines {
            let inner = width - 2.0 * self.side;
            let shift = if self.centred { (inner - line.width).max(0.0) / 2.0 } else { 0.0 };
            items.push(Item::run(line, x + self.side + shift, y, self.text.size, Ink::Black));
            y += leading;
        }
    }

    /// Its first `count` lines, and the rest.
    fn torn(&self, count: usize) -> (Self, Self) {
        let cut = count.min(self.text.lines.len());
        let part = |lines: &[Line]| Self {
            text: SetText { lines: lines.to_vec(), size: self.text.size },
            ..*self
        };
        (part(&self.text.lines[..cut]), part(&self.text.lines[cut..]))
    }
}

#[expect(clippy::cast_precision_loss, reason = "a cell has far fewer than 2^24 lines")]
fn lines_high(count: usize) -> f32 {
    count as f32
}

/// Cells side by side, at least `least` high, as pieces: one, or several where no page could hold it.
fn band(cells: Vec<Cell>, least: f32, tallest: f32) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = cells;
    loop {
        let height = rest.iter().map(Cell::height).fold(0.0, f32::max);
        if height <= tallest {
            pieces.push(boxed(&rest, height.max(least)));
            return pieces;
        }
        let mut count = 1;
        while rest.iter().any(|c| c.needs(count + 1) <= tallest) {
            count += 1;
        }
        let (head, tail): (Vec<Cell>, Vec<Cell>) = rest.iter().map(|c| c.torn(count)).unzip();
        pieces.push(boxed(&head, tallest));
        rest = tail;
    }
}

fn boxed(cells: &[Cell], height: f32) -> Piece {
    let mut items = Vec::new();
    cells.iter().for_each(|cell| cell.items(0.0, height, &mut items));
    Piece { height, items, ..Piece::default() }
}

/// Whether the value is left for a pen.
pub(crate) fn written_in(pair: &Pair) -> bool {
    pair.value.0.iter().all(|span| span.text.trim().is_empty())
        || pair.value.0.iter().any(|span| span.text.contains(BLANK))
}

/// The table at the top: labels tinted, values beside them.
pub(crate) fn pairs(
    rows: &[Vec<Pair>],
    setter: &Setter<'_, impl Shaper>,
) -> Result<Vec<Piece>, DocumentError> {
    let sheet = setter.sheet;
    let Cells { label: label_width, first, tallest, .. } = sheet.cells;
    let mut pieces = Vec::new();
    for row in rows {
        let mut x = sheet.margin;
        let mut cells = Vec::new();
        for (i, pair) in row.iter().enumerate() {
            let share = match (row.len(), i) {
                (1, _) => sheet.width(),
                (_, 0) => first,
                _ => sheet.width() - first,
            };
            let mut label =
                Cell::of(&Text::of(pair.label.as_str()), false, (x, label_width), true, setter)?;
            label.tinted = true;
            cells.push(label);
            cells.push(Cell::of(
                &pair.value,
                false,
                (x + label_width, share - label_width),
                false,
                setter,
            )?);
            x += share;
        }
        let least = if row.iter().any(written_in) { sheet.end.step } else { 0.0 };
        pieces.extend(band(cells, least, tallest));
    }
    if let Some(first) = pieces.first_mut() {
        first.above = 4.0;
    }
    Ok(pieces)
}

/// A table: its head (the `index`-th of the paper) and its rows.
pub(crate) fn table(
    table: &Table,
    index: usize,
    setter: &Setter<'_, impl Shaper>,
) -> Result<(Piece, Vec<Piece>), DocumentError> {
    let places = places(&table.columns, setter)?;
    let mut cells = Vec::new();
    for (column, place) in table.columns.iter().zip(&places) {
        let mut cell = Cell::of(&Text::of(column.title.as_str()), true, *place, true, setter)?;
        cell.tinted = true;
        cells.push(cell);
    }
    let height = cells.iter().map(Cell::height).fold(0.0, f32::max);
    let head = Piece { above: 4.0, with_next: true, ..boxed(&cells, height) };
    let mut rows = Vec::new();
    for row in &table.rows {
        let mut pieces = body_row(&table.columns, &places, row, setter)?;
        pieces.iter_mut().for_each(|piece| piece.head = Some(index));
        rows.extend(pieces);
    }
    Ok((head, rows))
}

/// Where the columns stand. Their widths are shares of the sheet's; on a small one a column keeps
/// room for its title, at the cost of the one that names the row.
fn places(
    columns: &[Column],
    setter: &Setter<'_, impl Shaper>,
) -> Result<Vec<(f32, f32)>, DocumentError> {
    let (sheet, cells) = (setter.sheet, setter.sheet.cells);
    let total: f32 = columns.iter().map(|c| c.width).sum();
    let scale = sheet.width() / total.max(1.0);
    let mut widths = Vec::with_capacity(columns.len());
    for column in columns {
        let title = width_of(&Text::of(column.title.as_str()), cells.size, setter)?;
        let needed = title + 2.0 * cells.side + 0.1;
        let share = column.width * scale;
        widths.push(if column.lead { share } else { share.max(needed) });
    }
    let over = widths.iter().sum::<f32>() - sheet.width();
    let lead = columns.iter().position(|c| c.lead).unwrap_or(columns.len().saturating_sub(1));
    if let Some(width) = widths.get_mut(lead) {
        *width = (*width - over).max(sheet.width() / 4.0);
    }
    // Titles too long to stand beside one another give way together.
    let fit = (sheet.width() / widths.iter().sum::<f32>()).min(1.0);
    let mut x = sheet.margin;
    let place = |width: f32| {
        let place = (x, width * fit);
        x += place.1;
        place
    };
    Ok(widths.into_iter().map(place).collect())
}

/// One row: the running number at its left over the whole height, the cells beside it, and the
/// notes under them.
fn body_row(
    columns: &[Column],
    places: &[(f32, f32)],
    row: &Row,
    setter: &Setter<'_, impl Shaper>,
) -> Result<Vec<Piece>, DocumentError> {
    let mut cells = Vec::new();
    for ((column, place), text) in columns.iter().zip(places).zip(&row.cells) {
        cells.push((column, Cell::of(text, false, *place, column.centred, setter)?));
    }
    let after_number = places.get(1).map_or(setter.sheet.margin, |p| p.0);
    let wide = (after_number, setter.sheet.margin + setter.sheet.width() - after_number);
    let torn = cells.iter().any(|(column, cell)| column.lead && cell.text.lines.len() > 1);

    let mut bands: Vec<Vec<Cell>> = Vec::new();
    let mut cells = cells.into_iter().map(|(_, cell)| cell);
    let number = cells.next();
    if torn {
        for (_, text) in columns.iter().zip(&row.cells).skip(1).filter(|c| c.0.lead) {
            bands.push(vec![Cell::of(text, false, wide, false, setter)?]);
        }
        let summary = summary(columns, row);
        bands.push(vec![Cell::of(&summary, false, wide, false, setter)?]);
    } else {
        bands.push(cells.collect());
    }
    for note in &row.notes {
        bands.push(vec![Cell::of(note, false, wide, false, setter)?]);
    }
    Ok(stacked(number, bands, setter.sheet.cells.tallest))
}

/// What the cells say that neither number nor name the row, with their titles.
pub(crate) fn summary(columns: &[Column], row: &Row) -> Text {
    let mut summary = Text::default();
    for (column, text) in columns.iter().zip(&row.cells).skip(1) {
        if !column.lead && !text.is_empty() {
            let blank = if summary.is_empty() { "" } else { "　" };
            summary = summary.say(format!("{blank}{}：", column.title)).then(text.clone());
        }
    }
    summary
}

/// Bands one under the other with the number beside them; torn between bands, and inside one only
/// where it is too high for a page.
fn stacked(number: Option<Cell>, bands: Vec<Vec<Cell>>, tallest: f32) -> Vec<Piece> {
    let pieces: Vec<Piece> =
        bands.into_iter().flat_map(|cells| band(cells, 0.0, tallest)).collect();
    let mut rows: Vec<Piece> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if row.height + piece.height <= tallest => {
                let top = row.height;
                row.items.extend(piece.items.into_iter().map(|item| item.lowered(top)));
                row.height += piece.height;
            }
            _ => rows.push(piece),
        }
    }
    let Some(number) = number else { return rows };
    if let [row] = rows.as_mut_slice() {
        row.height = row.height.max(number.height());
    }
    for (i, row) in rows.iter_mut().enumerate() {
        let shown = if i == 0 { number.text.lines.len() } else { 0 };
        number.torn(shown).0.items(0.0, row.height, &mut row.items);
    }
    rows
}
