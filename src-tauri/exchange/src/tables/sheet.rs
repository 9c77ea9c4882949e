//! A table and its rows, as the columns know them.

use super::columns::Column;
use super::text::Table;
use crate::problem::{CellProblem, Spot};

/// What a table is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Matters,
    Extension,
    Materials,
    Unknown,
}

impl Sort {
    /// By its heads.
    pub(super) fn of(table: &Table) -> Self {
        let has = |name: &str| table.heads.iter().any(|head| head == name);
        match (has("task_code"), has("material_name"), has("task_name")) {
            (false, ..) => Self::Unknown,
            (_, true, _) => Self::Materials,
            (_, _, true) => Self::Matters,
            _ => Self::Extension,
        }
    }
}

/// A table in work.
pub(super) struct Sheet<'t> {
    pub(super) name: &'t str,
    pub(super) number: usize,
    pub(super) columns: Vec<(usize, &'static Column)>,
    pub(super) rows: &'t [(u32, Vec<Option<String>>)],
}

/// A row of it.
#[derive(Clone, Copy)]
pub(super) struct Line<'s> {
    pub(super) sheet: &'s Sheet<'s>,
    pub(super) row: u32,
    pub(super) cells: &'s [Option<String>],
}

impl<'s> Line<'s> {
    /// What stands in a column.
    pub(super) fn get(&self, name: &str) -> Option<&'s str> {
        let (at, _) = self.sheet.columns.iter().find(|(_, c)| c.name == name)?;
        self.cells.get(*at)?.as_deref()
    }

    /// A problem of a cell, an error.
    pub(super) fn problem(
        &self,
        name: &str,
        code: &str,
        message: impl Into<String>,
    ) -> CellProblem {
        let column = self.sheet.columns.iter().find(|(_, c)| c.name == name);
        let column = column.map_or(0, |(at, _)| u32::try_from(at + 1).unwrap_or(0));
        let spot = Spot { sheet: self.sheet.name.to_owned(), row: self.row, column };
        CellProblem::error(spot, name, code, message)
    }
}
