//! From cells to the JSON value of a package: which sheet, which column, which object.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};
use yichuang_guide::FORMAT;

use super::FormFiles;
use super::grid::Grid;
use super::layout::{Layout, tab};
use super::sheets::{Column, FILE, OWNER, Rows, SHEETS, Sheet, YEAR};
use crate::cell::Cell;
use crate::made::Made;
use crate::origin::Origins;
use crate::problem::{CellProblem, Spot};
use crate::value::{at, list_at, put};

/// Sheets that speak to people only.
pub(super) const FOR_PEOPLE: [&str; 2] = ["说明", "问题清单"];
/// The example row of a template begins so, and is left out.
pub(super) const EXAMPLE: &str = "示例：";

/// Makes the value of a package from sheets.
pub(super) fn package(grids: &[Grid], forms: &dyn FormFiles) -> Made {
    let mut build = Build {
        value: json!({ "format": FORMAT }),
        origins: Origins::default(),
        problems: Vec::new(),
        matters: HashMap::new(),
        unread_codes: false,
        forms,
    };
    let named = |name: &str| grids.iter().find(|g| tab(&g.name) == name);
    for sheet in SHEETS {
        match named(sheet.name) {
            Some(grid) => build.sheet(sheet, grid),
            None if sheet.needed => build.missing(sheet, grids),
            None => {}
        }
    }
    for grid in grids {
        let name = tab(&grid.name);
        let known = SHEETS.iter().any(|s| s.name == name) || FOR_PEOPLE.contains(&name.as_str());
        if !known && !grid.rows.is_empty() {
            let spot = Spot { sheet: grid.name.clone(), ..Spot::default() };
            let message = "没有叫这个名字的工作表，内容已忽略；如改过名请改回";
            build.problems.push(CellProblem::warning(spot, "", "unknown-sheet", message));
        }
    }
    Made { value: build.value, origins: build.origins, problems: build.problems }
}

pub(super) type Cells = BTreeMap<u32, Cell>;

/// Values that a row gives, by their paths.
pub(super) type Filled = Vec<(&'static str, Value)>;

/// A package in the making.
pub(super) struct Build<'f> {
    pub(super) value: Value,
    pub(super) origins: Origins,
    pub(super) problems: Vec<CellProblem>,
    /// The index of a matter by its code.
    matters: HashMap<String, usize>,
    /// Whether the code of some matter could not be read: then a row that names a matter that is
    /// not there says nothing new.
    unread_codes: bool,
    pub(super) forms: &'f dyn FormFiles,
}

impl Build<'_> {
    fn sheet(&mut self, sheet: &'static Sheet, grid: &Grid) {
        let Some(layout) = self.layout(sheet, grid) else { return };
        match sheet.rows {
            Rows::List(key) => {
                self.origins.list(key, layout.number);
                self.value[key] = json!([]);
            }
            Rows::Years => self.origins.list("calendar", layout.number),
            _ => {}
        }
        let mut previous = None;
        for (&row, cells) in grid.rows.range(layout.head_row + 1..) {
            let mut known = layout.columns.iter().filter_map(|(at, _)| cells.get(at));
            let Some(first) = known.next() else { continue };
            if first.shown().starts_with(EXAMPLE) || first.shown().starts_with("示例:") {
                continue;
            }
            let line = Line { grid, layout: &layout, row, cells };
            match sheet.rows {
                Rows::Package => self.package_row(&line),
                Rows::List(key) => self.list_row(&line, key),
                Rows::Years => self.year_row(&line),
                Rows::Inside(path) => self.inside_row(&line, path),
                Rows::Choices => previous = self.choice_row(&line, previous),
            }
        }
        if sheet.rows == Rows::Package {
            // Where there is no row, what is missing belongs into the one below the heads.
            self.origins.row(String::new(), layout.number, layout.head_row + 2, "");
        }
    }

    /// Notes an error of a cell.
    pub(super) fn fault(
        &mut self,
        line: &Line<'_>,
        path: &str,
        code: &str,
        message: impl Into<String>,
    ) {
        let (spot, head) = line.spot(path);
        self.problems.push(CellProblem::error(spot, head, code, message));
    }

    /// Reads the cells of the columns that `wanted` picks. `matter` is the index of the matter
    /// that the row belongs to.
    pub(super) fn read(
        &mut self,
        line: &Line<'_>,
        matter: Option<usize>,
        wanted: impl Fn(&str) -> bool,
    ) -> Filled {
        let questions = matter.and_then(|i| self.value["matters"][i]["questions"].as_array());
        let questions = questions.map_or(&[][..], Vec::as_slice);
        let mut filled = Vec::new();
        let mut unfit = Vec::new();
        for (at, column) in &line.layout.columns {
            let Some(cell) = line.cells.get(at).filter(|_| wanted(column.path)) else { continue };
            match column.kind.read(cell, questions) {
                Ok(value) => filled.push((column.path, value)),
                Err(why) => unfit.push((column.path, why)),
            }
        }
        for (path, why) in unfit {
            self.fault(line, path, why.code(), why.to_string());
        }
        filled
    }

    fn package_row(&mut self, line: &Line<'_>) {
        if self.value.get("release").is_some() {
            let message = "“版本”表只能有一行，请删去多余的行";
            self.fault(line, "release", "more-than-one-row", message);
            return;
        }
        self.origins.row(String::new(), line.layout.number, line.row + 1, "");
        for (path, value) in self.read(line, None, |_| true) {
            put(&mut self.value, path, value);
        }
    }

    fn list_row(&mut self, line: &Line<'_>, key: &'static str) {
        let filled = self.read(line, None, |path| path != FILE);
        let mut object = json!({});
        for (path, value) in filled {
            put(&mut object, path, value);
        }
        if key == "forms"
            && let Some(content) = self.form(line)
        {
            object["content"] = json!(content);
        }
        let index = self.value[key].as_array().map_or(0, Vec::len);
        self.origins.row(format!("{key}[{index}]"), line.layout.number, line.row + 1, "");
        if key == "matters" {
            match object["code"].as_str() {
                Some(code) => drop(self.matters.entry(code.to_owned()).or_insert(index)),
                None => self.unread_codes = true,
            }
        }
        push(&mut self.value, key, object);
    }

    fn year_row(&mut self, line: &Line<'_>) {
        let mut filled = self.read(line, None, |_| true);
        let year = filled.iter().position(|(path, _)| *path == YEAR);
        let Some(year) = year.and_then(|i| filled.swap_remove(i).1.as_u64()) else {
            if line.cell(YEAR).is_none() {
                self.fault(line, YEAR, "missing-field", "缺少“年度”，请补上");
            }
            return;
        };
        let place = format!("calendar.years.{year}");
        let years = at(&mut self.value, "calendar.years");
        if years.get(year.to_string()).is_some() {
            self.fault(line, YEAR, "duplicate-id", format!("{year}年写了两行，请合成一行"));
            return;
        }
        let mut object = json!({ "source": "", "holidays": [], "workdays": [] });
        for (path, value) in filled {
            put(&mut object, path, value);
        }
        years[year.to_string()] = object;
        self.origins.row(place, line.layout.number, line.row + 1, "");
    }

    /// The matter that a row belongs to.
    pub(super) fn owner(&mut self, line: &Line<'_>) -> Option<usize> {
        let filled = self.read(line, None, |path| path == OWNER);
        let Some((_, Value::String(code))) = filled.into_iter().next() else {
            if line.cell(OWNER).is_none() {
                let message = "没有写明是哪个事项的，请填“事项”表里的实施编码";
                self.fault(line, OWNER, "missing-field", message);
            }
            return None;
        };
        let found = self.matters.get(&code).copied();
        if found.is_none() && !self.unread_codes {
            let message = format!("“事项”表里没有实施编码“{code}”，请改正或补上该事项");
            self.fault(line, OWNER, "unknown-matter", message);
        }
        found
    }

    fn inside_row(&mut self, line: &Line<'_>, path: &'static str) {
        let Some(matter) = self.owner(line) else { return };
        let filled = self.read(line, Some(matter), |path| path != OWNER);
        let mut object = json!({});
        for (path, value) in filled {
            put(&mut object, path, value);
        }
        let list = list_at(&mut self.value["matters"][matter], path);
        if path == "materials" && object.get("id").is_none() && line.cell("id").is_none() {
            object["id"] = json!(free_id(list, |n| format!("m{n}")));
        }
        let place = format!("matters[{matter}].{path}[{}]", list.len());
        list.push(object);
        self.origins.row(place, line.layout.number, line.row + 1, "");
    }
}

/// A row that is being read.
pub(super) struct Line<'a> {
    grid: &'a Grid,
    pub(super) layout: &'a Layout,
    /// From 0.
    pub(super) row: u32,
    cells: &'a Cells,
}

impl Line<'_> {
    fn column(&self, path: &str) -> Option<(u32, &'static Column)> {
        self.layout.columns.iter().find(|(_, c)| c.path == path).copied()
    }

    /// The cell of a column.
    pub(super) fn cell(&self, path: &str) -> Option<&Cell> {
        self.column(path).and_then(|(at, _)| self.cells.get(&at))
    }

    fn spot(&self, path: &str) -> (Spot, &'static str) {
        let column = self.column(path);
        let spot = Spot {
            sheet: self.grid.name.clone(),
            row: self.row + 1,
            column: column.map_or(0, |(at, _)| at + 1),
        };
        (spot, column.map_or("", |(_, c)| c.head))
    }
}

/// The first id of its sort that the list does not have.
pub(super) fn free_id(list: &[Value], id: impl Fn(usize) -> String) -> String {
    let mut n = list.len() + 1;
    loop {
        let candidate = id(n);
        if !list.iter().any(|object| object["id"] == candidate.as_str()) {
            return candidate;
        }
        n += 1;
    }
}

fn push(value: &mut Value, key: &str, object: Value) {
    list_at(value, key).push(object);
}
