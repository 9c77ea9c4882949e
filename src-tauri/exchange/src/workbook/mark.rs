//! A copy of a workbook with the bad cells marked. It holds what the cells say, at the same
//! place; the looks of the original are not kept.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, ExcelDateTime, Format, Note, Workbook, Worksheet, XlsxError};
use yichuang_guide::Severity;

use super::grid::{self, Grid};
use super::rows::FOR_PEOPLE;
use crate::cell::Cell;
use crate::problem::{CellProblem, column_letters};

/// Copies a workbook and marks the cells that `problems` name, errors in red and warnings in
/// yellow, each with a note; the sheet 问题清单 lists all of them.
///
/// # Errors
/// [`XlsxError`]. A workbook that can't be read at all becomes one with the list only.
pub fn mark(bytes: &[u8], problems: &[CellProblem]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    list(book.add_worksheet(), problems)?;
    for grid in grid::read(bytes).unwrap_or_default() {
        if grid.name != FOR_PEOPLE[1] {
            copy(book.add_worksheet(), &grid, problems)?;
        }
    }
    book.save_to_buffer()
}

fn list(page: &mut Worksheet, problems: &[CellProblem]) -> Result<(), XlsxError> {
    page.set_name(FOR_PEOPLE[1])?;
    let bold = Format::new().set_bold();
    let columns =
        [("工作表", 12), ("行", 6), ("列", 6), ("栏目", 18), ("轻重", 8), ("问题和改法", 90)];
    for ((head, width), at) in columns.iter().zip(0u16..) {
        page.write_string_with_format(0, at, *head, &bold)?;
        page.set_column_width(at, f64::from(*width))?;
    }
    page.set_freeze_panes(1, 0)?;
    for (problem, row) in problems.iter().zip(1u32..) {
        let spot = &problem.spot;
        page.write_string(row, 0, &spot.sheet)?;
        if spot.row > 0 {
            page.write_number(row, 1, f64::from(spot.row))?;
        }
        page.write_string(row, 2, column_letters(spot.column))?;
        page.write_string(row, 3, &problem.head)?;
        page.write_string(row, 4, word(problem.severity))?;
        page.write_string_with_format(row, 5, &problem.message, &Format::new().set_text_wrap())?;
    }
    Ok(())
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "提醒",
    }
}

fn copy(page: &mut Worksheet, grid: &Grid, problems: &[CellProblem]) -> Result<(), XlsxError> {
    page.set_name(&grid.name)?;
    let mut marks: BTreeMap<(u32, u32), Vec<&CellProblem>> = BTreeMap::new();
    for problem in problems.iter().filter(|p| p.spot.sheet == grid.name) {
        // A problem of a whole row or sheet stands at its first cell.
        let spot = (problem.spot.row.max(1) - 1, problem.spot.column.max(1) - 1);
        marks.entry(spot).or_default().push(problem);
    }
    for (&row, cells) in &grid.rows {
        for (&at, cell) in cells {
            let Ok(at) = u16::try_from(at) else { continue };
            let marked = marks.get(&(row, u32::from(at)));
            write(page, row, at, Some(cell), &style(marked.map(Vec::as_slice)))?;
        }
    }
    for (&(row, at), problems) in &marks {
        let Ok(at) = u16::try_from(at) else { continue };
        if grid.rows.get(&row).is_none_or(|cells| !cells.contains_key(&u32::from(at))) {
            write(page, row, at, None, &style(Some(problems)))?;
        }
        let text: Vec<String> =
            problems.iter().map(|p| format!("{}：{}", word(p.severity), p.message)).collect();
        let note = Note::new(text.join("\n")).add_author_prefix(false).set_width(320);
        page.insert_note(row, at, &note)?;
    }
    Ok(())
}

fn style(problems: Option<&[&CellProblem]>) -> Format {
    let Some(problems) = problems else { return Format::new() };
    let refused = problems.iter().any(|p| p.severity == Severity::Error);
    Format::new().set_background_color(Color::RGB(if refused { 0xFFC7CE } else { 0xFFEB9C }))
}

fn write(
    page: &mut Worksheet,
    row: u32,
    at: u16,
    cell: Option<&Cell>,
    style: &Format,
) -> Result<(), XlsxError> {
    // What is retyped in a text cell stays text.
    let text = style.clone().set_num_format("@").set_text_wrap();
    match cell {
        None => page.write_blank(row, at, &text)?,
        Some(Cell::Number(number)) => page.write_number_with_format(row, at, *number, style)?,
        Some(Cell::Flag(flag)) => page.write_boolean_with_format(row, at, *flag, style)?,
        Some(Cell::Date(date)) => {
            let year = u16::try_from(date.year()).unwrap_or(1900);
            let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
            match ExcelDateTime::from_ymd(year, month, day) {
                Ok(moment) => {
                    let style = style.clone().set_num_format("yyyy-mm-dd");
                    page.write_datetime_with_format(row, at, &moment, &style)?
                }
                Err(_) => page.write_string_with_format(row, at, date.to_string(), &text)?,
            }
        }
        Some(Cell::Text(words) | Cell::Fault(words)) => {
            page.write_string_with_format(row, at, words, &text)?
        }
    };
    Ok(())
}
