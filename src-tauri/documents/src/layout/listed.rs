//! Tables on a sheet too narrow for columns: every pair and every row under the one before, no
//! boxes. A row is its number and name, a line of what the other columns say, and its notes.

use super::block::{SetText, across, baseline, set};
use super::flow::Piece;
use super::glyphs::{Setter, Shaper};
use super::line::Measure;
use super::page::{Ink, Item};
use super::table::{summary, written_in};
use crate::error::DocumentError;
use crate::paper::{Pair, Row, Table, Text};

/// Room for a running number of two digits and a stop.
const NUMBER: f32 = 19.0;

fn broken(
    text: &Text,
    bold: bool,
    width: f32,
    setter: &Setter<'_, impl Shaper>,
) -> Result<SetText, DocumentError> {
    let measure = Measure { size: setter.sheet.cells.size, width, indent: 0.0, justify: false };
    Ok(set(setter.shape(text, bold)?, measure))
}

/// Puts lines at `x` from `y` on, and returns where they end.
fn lines(
    text: &SetText,
    (x, mut y): (f32, f32),
    setter: &Setter<'_, impl Shaper>,
    items: &mut Vec<Item>,
) -> f32 {
    let row = setter.density.row;
    for line in &text.lines {
        items.push(Item::run(line, x, y + baseline(row, text.size), text.size, Ink::Black));
        y += row;
    }
    y
}

/// Labels at the left, values beside them, between two rules.
pub(crate) fn pairs(
    rows: &[Vec<Pair>],
    setter: &Setter<'_, impl Shaper>,
) -> Result<Vec<Piece>, DocumentError> {
    let (sheet, cell) = (setter.sheet, setter.density.cell);
    let label = sheet.cells.label;
    let mut pieces = Vec::new();
    for pair in rows.iter().flatten() {
        let mut items = Vec::new();
        let name = broken(&Text::of(format!("{}：", pair.label)), false, label, setter)?;
        let value = broken(&pair.value, false, sheet.width() - label, setter)?;
        let left = lines(&name, (sheet.margin, cell / 2.0), setter, &mut items);
        let right = lines(&value, (sheet.margin + label, cell / 2.0), setter, &mut items);
        let mut height = left.max(right) + cell / 2.0;
        if written_in(pair) {
            height = height.max(sheet.end.step);
            let down = (height - left.max(right) - cell).max(0.0);
            items = items.into_iter().map(|item| item.lowered(down)).collect();
        }
        if value.lines.is_empty() {
            items.push(Item::Rule {
                from: (sheet.margin + label, height),
                to: (sheet.margin + sheet.width(), height),
                weight: 0.6,
                dashed: false,
            });
        }
        pieces.push(Piece { height, items, ..Piece::default() });
    }
    if let Some(first) = pieces.first_mut() {
        first.above = 4.0;
        first.items.push(across(setter, 0.0));
    }
    if let Some(last) = pieces.last_mut() {
        last.height += cell;
        last.items.push(across(setter, last.height));
    }
    Ok(pieces)
}

/// The head (the `index`-th of the paper) and the rows.
pub(crate) fn table(
    table: &Table,
    index: usize,
    setter: &Setter<'_, impl Shaper>,
) -> Result<(Piece, Vec<Piece>), DocumentError> {
    let (sheet, cell) = (setter.sheet, setter.density.cell);
    let lead = table.columns.iter().skip(1).find(|c| c.lead);
    let titles = table.columns.first().into_iter().chain(lead).map(|c| c.title.as_str());
    let title = Text::of(titles.collect::<Vec<_>>().join("　"));
    let mut items = vec![across(setter, 0.0)];
    let title = broken(&title, true, sheet.width(), setter)?;
    let height = lines(&title, (sheet.margin, cell), setter, &mut items) + cell;
    items.push(across(setter, height));
    let head = Piece { above: 4.0, with_next: true, height, items, ..Piece::default() };
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        rows.push(Piece { head: Some(index), ..listed(table, row, setter)? });
    }
    Ok((head, rows))
}

fn listed(
    table: &Table,
    row: &Row,
    setter: &Setter<'_, impl Shaper>,
) -> Result<Piece, DocumentError> {
    let (sheet, cell) = (setter.sheet, setter.density.cell);
    let mut items = Vec::new();
    let mut numbered = 0.0;
    if let Some(number) = row.cells.first() {
        let number = broken(number, true, NUMBER - 2.0, setter)?;
        numbered = lines(&number, (sheet.margin, cell), setter, &mut items);
    }
    let place = (sheet.margin + NUMBER, sheet.width() - NUMBER);
    let mut y = cell;
    let cells = table.columns.iter().zip(&row.cells).skip(1);
    for (_, name) in cells.filter(|(column, _)| column.lead) {
        y = lines(&broken(name, true, place.1, setter)?, (place.0, y), setter, &mut items);
    }
    let rest = summary(&table.columns, row);
    for text in std::iter::once(&rest).filter(|text| !text.is_empty()).chain(&row.notes) {
        y = lines(&broken(text, false, place.1, setter)?, (place.0, y), setter, &mut items);
    }
    let height = y.max(numbered) + cell;
    items.push(across(setter, height));
    Ok(Piece { height, items, ..Piece::default() })
}
