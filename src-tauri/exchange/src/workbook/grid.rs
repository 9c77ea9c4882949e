//! From the bytes of a workbook to cells, sparse: a sheet with one cell at its far corner costs
//! one cell.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Dimensions, Reader as _, Xlsx, XlsxError};
use jiff::civil::Date;

use super::unpacked::{self, Unfit};
use crate::cell::Cell;
use crate::problem::{CellProblem, Spot};

/// The largest workbook read, in bytes.
const MAX_BYTES: usize = 64 * 1024 * 1024;
/// The most cells read. A guide of 20,000 matters has about three million.
const MAX_CELLS: usize = 6_000_000;
/// The most bytes of text read: what a package may have. Many cells can share one long text, so
/// that a small file would fill the memory.
const MAX_TEXT: usize = 256 * 1024 * 1024;

/// A sheet. Rows and columns count from 0.
#[derive(Debug)]
pub struct Grid {
    /// As on its tab.
    pub name: String,
    /// Rows that hold anything, hidden ones included.
    pub rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
}

/// Reads every sheet.
///
/// # Errors
/// The problem that keeps the file from being read.
pub fn read(bytes: &[u8]) -> Result<Vec<Grid>, CellProblem> {
    if bytes.len() > MAX_BYTES {
        return Err(fault("too-large", "工作簿超过64MB，请删去无关的图片和工作表"));
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        let message = "这是旧的.xls格式，或设了打开密码；请取消密码，另存为.xlsx再导入";
        return Err(fault("old-workbook", message));
    }
    unpacked::look(bytes, MAX_CELLS as u64).map_err(|unfit| match unfit {
        Unfit::TooLarge => fault(
            "too-large",
            "工作簿解压后过大，不是一份指南；请用表格软件打开，只留下模板里的工作表，另存为.xlsx再导入",
        ),
        Unfit::TooManyTexts => damaged(),
    })?;
    // The reader of the format is not ours; on a damaged file it may panic where it should
    // refuse. Nothing of it is kept then.
    let read = catch_unwind(AssertUnwindSafe(|| read_sheets(bytes)));
    read.unwrap_or_else(|_| Err(damaged()))
}

fn fault(code: &str, message: &str) -> CellProblem {
    CellProblem::error(Spot::default(), "", code, message)
}

fn damaged() -> CellProblem {
    fault("bad-workbook", "工作簿已损坏，读不出来；请用表格软件打开后另存为.xlsx再导入")
}

fn refused(_: XlsxError) -> CellProblem {
    damaged()
}

fn read_sheets(bytes: &[u8]) -> Result<Vec<Grid>, CellProblem> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(refused)?;
    let mut left = Room { cells: MAX_CELLS, text: MAX_TEXT };
    let mut grids = Vec::new();
    for name in book.sheet_names() {
        // A sheet of charts has no cells.
        let Ok(merged) = book.merge_cells_by_sheet_name(&name) else { continue };
        let mut rows: BTreeMap<u32, BTreeMap<u32, Cell>> = BTreeMap::new();
        let mut reader = book.worksheet_cells_reader(&name).map_err(refused)?;
        while let Some(cell) = reader.next_cell().map_err(refused)? {
            let (row, column) = cell.get_position();
            if let Some(value) = value(cell.get_value()) {
                left.take(&value)?;
                rows.entry(row).or_default().insert(column, value);
            }
        }
        spread(&mut rows, &merged, &mut left)?;
        grids.push(Grid { name, rows });
    }
    Ok(grids)
}

/// How much more may be read.
struct Room {
    cells: usize,
    text: usize,
}

impl Room {
    fn take(&mut self, cell: &Cell) -> Result<(), CellProblem> {
        let length = match cell {
            Cell::Text(text) => text.len(),
            _ => 0,
        };
        let (cells, text) = (self.cells.checked_sub(1), self.text.checked_sub(length));
        self.cells =
            cells.ok_or_else(|| fault("too-large", "工作簿的单元格太多，请删去无关的工作表"))?;
        self.text =
            text.ok_or_else(|| fault("too-large", "工作簿的文字超过256MB，请删去无关的工作表"))?;
        Ok(())
    }
}

fn value(data: &DataRef<'_>) -> Option<Cell> {
    match data {
        DataRef::Empty => None,
        DataRef::String(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Int(number) => Some(Cell::Number(*number as f64)),
        DataRef::Float(number) => Some(Cell::Number(*number)),
        DataRef::Bool(flag) => Some(Cell::Flag(*flag)),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let date = i16::try_from(year).ok().zip(i8::try_from(month).ok());
            let date = date.zip(i8::try_from(day).ok());
            let date = date.and_then(|((y, m), d)| Date::new(y, m, d).ok());
            Some(date.map_or(Cell::Number(moment.as_f64()), Cell::Date))
        }
        DataRef::DateTime(span) => Some(Cell::Number(span.as_f64())),
        DataRef::DateTimeIso(text) => {
            let date = text.get(..10).and_then(|day| day.parse().ok());
            date.map(Cell::Date).or_else(|| Cell::text(text))
        }
        DataRef::DurationIso(text) => Cell::text(text),
        DataRef::Error(error) => Some(Cell::Fault(error.to_string())),
    }
}

/// A merged area says in each of its cells what it shows, as a person reads it.
fn spread(
    rows: &mut BTreeMap<u32, BTreeMap<u32, Cell>>,
    merged: &[Dimensions],
    left: &mut Room,
) -> Result<(), CellProblem> {
    for area in merged {
        let Some(value) = rows.get(&area.start.0).and_then(|r| r.get(&area.start.1)).cloned()
        else {
            continue;
        };
        // Only down: a title merged over columns would fill fields that it is not about.
        let column = area.start.1;
        for row in area.start.0.saturating_add(1)..=area.end.0 {
            // An area over a whole column reaches beyond what is filled in.
            if rows.range(row..).next().is_none() {
                break;
            }
            if let Some(cells) = rows.get_mut(&row) {
                left.take(&value)?;
                cells.entry(column).or_insert_with(|| value.clone());
            }
        }
    }
    Ok(())
}
