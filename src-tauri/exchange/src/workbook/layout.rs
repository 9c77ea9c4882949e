//! Finding sheets and columns: by their names, wherever they stand.

use std::collections::{BTreeMap, HashMap};

use super::grid::Grid;
use super::rows::{Build, Cells};
use super::sheets::{Column, SHEETS, Sheet};
use crate::cell::narrow;
use crate::origin::Head;
use crate::problem::{CellProblem, Spot};

/// In how many rows the heads are looked for: people put a title above them.
const HEAD_WITHIN: usize = 10;

/// A name without what people add to it in passing.
pub(super) fn tab(name: &str) -> String {
    let plain = narrow(name);
    plain.chars().filter(|c| !c.is_whitespace() && *c != '*').collect()
}

/// The columns of a sheet as they stand in this file.
pub(super) struct Layout {
    /// By the number of the column, from 0.
    pub(super) columns: Vec<(u32, &'static Column)>,
    /// The row of the heads, from 0.
    pub(super) head_row: u32,
    /// The sheet's number in the origins.
    pub(super) number: usize,
}

impl Build<'_> {
    /// Says that a sheet is missing, and which one it may be.
    pub(super) fn missing(&mut self, sheet: &Sheet, grids: &[Grid]) {
        let heads: Vec<String> = sheet.columns.iter().map(|c| tab(c.head)).collect();
        // Most of what stands in its first row are heads of this sheet.
        let found = |grid: &&Grid| {
            let first = grid.rows.values().next().map_or(0, BTreeMap::len);
            let cells = grid.rows.values().next().into_iter().flat_map(BTreeMap::values);
            let heads = cells.filter(|cell| heads.contains(&tab(&cell.shown()))).count();
            heads >= 2 && heads * 2 > first
        };
        let known = |grid: &Grid| SHEETS.iter().any(|s| s.name == tab(&grid.name));
        let like = grids.iter().filter(|g| !known(g)).find(found);
        let message = match like {
            Some(grid) => {
                format!("缺少工作表“{}”；工作表“{}”看起来就是它，请改名", sheet.name, grid.name)
            }
            None => format!("缺少工作表“{}”，请按模板补上", sheet.name),
        };
        self.problems.push(CellProblem::error(Spot::default(), "", "missing-sheet", message));
    }

    /// Finds the heads of a sheet.
    pub(super) fn layout(&mut self, sheet: &'static Sheet, grid: &Grid) -> Option<Layout> {
        let heads: HashMap<String, &'static Column> =
            sheet.columns.iter().map(|c| (tab(c.head), c)).collect();
        let known = |cells: &Cells| {
            cells.values().filter(|cell| heads.contains_key(&tab(&cell.shown()))).count()
        };
        let candidates = grid.rows.iter().take(HEAD_WITHIN);
        // Of equals the first: the example row can't have more heads than the heads.
        let best = candidates.rev().max_by_key(|(_, cells)| known(cells));
        let Some((&head_row, cells)) = best.filter(|(_, cells)| known(cells) > 0) else {
            // A sheet without rows is like one that is not there.
            if sheet.needed || !grid.rows.is_empty() {
                let spot = Spot { sheet: grid.name.clone(), ..Spot::default() };
                let message = "找不到表头，请按模板写上各栏的名称";
                self.problems.push(CellProblem::error(spot, "", "no-heads", message));
            }
            return None;
        };
        let spot = |column: u32| Spot { sheet: grid.name.clone(), row: head_row + 1, column };
        let mut columns: Vec<(u32, &'static Column)> = Vec::new();
        for (&at, cell) in cells {
            let text = cell.shown();
            match heads.get(&tab(&text)) {
                Some(column) if columns.iter().any(|(_, c)| c.path == column.path) => {
                    let message = format!("“{text}”这一栏有两列，请只留一列");
                    let spot = spot(at + 1);
                    self.problems.push(CellProblem::error(
                        spot,
                        &text,
                        "duplicate-column",
                        message,
                    ));
                }
                Some(column) => columns.push((at, column)),
                None => {
                    let message = format!("没有“{text}”这一栏，内容已忽略；如改过名请改回");
                    let spot = spot(at + 1);
                    self.problems.push(CellProblem::warning(
                        spot,
                        &text,
                        "unknown-column",
                        message,
                    ));
                }
            }
        }
        for column in sheet.columns.iter().filter(|c| c.needed) {
            if !columns.iter().any(|(_, c)| c.path == column.path) {
                let message = format!("缺少“{}”这一栏，请按模板补上", column.head);
                self.problems.push(CellProblem::error(
                    spot(0),
                    column.head,
                    "missing-column",
                    message,
                ));
            }
        }
        let heads = sheet.columns.iter().map(|column| Head {
            path: column.path.to_owned(),
            text: column.head.to_owned(),
            column: columns.iter().find(|(_, c)| c.path == column.path).map_or(0, |(at, _)| at + 1),
        });
        let number = self.origins.sheet(&grid.name, heads.collect());
        Some(Layout { columns, head_row, number })
    }
}
