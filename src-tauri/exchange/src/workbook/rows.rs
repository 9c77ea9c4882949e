//! From cells to the JSON value of a package: which sheet, which column, which object.

use std::collections::{BTreeMap, HashMap};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use yichuang_guide::FORMAT;
use yichuang_guide::form::MAX_FORM_BYTES;

use super::FormFiles;
use super::grid::Grid;
use super::sheets::{CHOICE, Column, FILE, OWNER, Rows, SHEETS, Sheet, YEAR};
use crate::cell::{Cell, narrow};
use crate::made::Made;
use crate::origin::{Head, Origins};
use crate::problem::{CellProblem, Spot};
use crate::value::{at, list_at, put};

/// Sheets that speak to people only.
pub(super) const FOR_PEOPLE: [&str; 2] = ["说明", "问题清单"];
/// The example row of a template begins so, and is left out.
pub(super) const EXAMPLE: &str = "示例：";
/// In how many rows the heads are looked for: people put a title above them.
const HEAD_WITHIN: usize = 10;

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

/// A name without what people add to it in passing.
fn tab(name: &str) -> String {
    let plain = narrow(name);
    plain.chars().filter(|c| !c.is_whitespace() && *c != '*').collect()
}

/// The columns of a sheet as they stand in this file.
struct Layout {
    /// By the number of the column, from 0.
    columns: Vec<(u32, &'static Column)>,
    /// The row of the heads, from 0.
    head_row: u32,
    /// The sheet's number in the origins.
    number: usize,
}

type Cells = BTreeMap<u32, Cell>;

/// Values that a row gives, by their paths.
type Filled = Vec<(&'static str, Value)>;

struct Build<'f> {
    value: Value,
    origins: Origins,
    problems: Vec<CellProblem>,
    /// The index of a matter by its code.
    matters: HashMap<String, usize>,
    /// Whether the code of some matter could not be read: then a row that names a matter that is
    /// not there says nothing new.
    unread_codes: bool,
    forms: &'f dyn FormFiles,
}

impl Build<'_> {
    fn missing(&mut self, sheet: &Sheet, grids: &[Grid]) {
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
    fn layout(&mut self, sheet: &'static Sheet, grid: &Grid) -> Option<Layout> {
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

    fn sheet(&mut self, sheet: &'static Sheet, grid: &Grid) {
        let Some(layout) = self.layout(sheet, grid) else { return };
        if let Rows::List(key) = sheet.rows {
            self.origins.list(key, layout.number);
            self.value[key] = json!([]);
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
    }

    fn fault(&mut self, line: &Line<'_>, path: &str, code: &str, message: impl Into<String>) {
        let (spot, head) = line.spot(path);
        self.problems.push(CellProblem::error(spot, head, code, message));
    }

    /// Reads the cells of the columns that `wanted` picks. `matter` is the index of the matter
    /// that the row belongs to.
    fn read(
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

    /// The content of a form, from the file that its row names.
    fn form(&mut self, line: &Line<'_>) -> Option<String> {
        let name = line.cell(FILE)?.shown();
        if name.contains(['/', '\\']) || name.starts_with('.') {
            self.fault(line, FILE, "bad-file-name", "只写文件名，不要带目录");
            return None;
        }
        match self.forms.read(&name) {
            Ok(bytes) if bytes.len() > MAX_FORM_BYTES => {
                let most = MAX_FORM_BYTES / 1024 / 1024;
                let message = format!("文件“{name}”超过{most}MB，请压缩后再放入");
                self.fault(line, FILE, "bad-form", message);
                None
            }
            Ok(bytes) => Some(STANDARD.encode(bytes)),
            Err(error) => {
                let message = format!(
                    "读不到文件“{name}”（{error}）；请放到工作簿旁边“工作簿名-表格”文件夹里"
                );
                self.fault(line, FILE, "no-such-file", message);
                None
            }
        }
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
    fn owner(&mut self, line: &Line<'_>) -> Option<usize> {
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

    /// A row of a choice. The question it belongs to is the one of its id, else of its text, else
    /// that of the row before; it comes back with its matter.
    fn choice_row(
        &mut self,
        line: &Line<'_>,
        previous: Option<(usize, usize)>,
    ) -> Option<(usize, usize)> {
        let matter = self.owner(line)?;
        let about = self.read(line, Some(matter), |p| p != OWNER && !p.starts_with(CHOICE));
        let choice = self.read(line, Some(matter), |path| path.starts_with(CHOICE));
        let given = |key: &str| about.iter().find(|(path, _)| *path == key).map(|(_, v)| v);
        let list = list_at(&mut self.value["matters"][matter], "questions");
        let found = match (given("id"), given("text")) {
            (Some(id), _) => list.iter().position(|q| &q["id"] == id),
            (None, Some(text)) => list.iter().position(|q| &q["text"] == text),
            (None, None) => previous.filter(|(of, _)| *of == matter).map(|(_, at)| at),
        };
        let at = match found {
            Some(at) => at,
            None if given("id").is_none() && given("text").is_none() => {
                let message = "没有写明是哪个问题的选项，请填“问题”或“问题编号”";
                self.fault(line, "text", "missing-field", message);
                return previous;
            }
            None => {
                let id = free_id(list, |n| format!("q{n}"));
                list.push(json!({ "id": id, "choices": [] }));
                list.len() - 1
            }
        };
        let question = &mut list[at];
        let mut differs = Vec::new();
        for (path, value) in about {
            match question.get(path) {
                Some(there) if found.is_some() && *there != value => differs.push(path),
                _ => question[path] = value,
            }
        }
        let choices = list_at(question, "choices");
        let mut object = json!({});
        for (path, value) in choice {
            put(&mut object, path.trim_start_matches(CHOICE), value);
        }
        if object.get("id").is_none() && line.cell("choices.id").is_none() {
            object["id"] = json!(free_id(choices, letters));
        }
        let index = choices.len();
        choices.push(object);
        let place = format!("matters[{matter}].questions[{at}]");
        self.origins.row(place.clone(), line.layout.number, line.row + 1, "");
        let place = format!("{place}.choices[{index}]");
        self.origins.row(place, line.layout.number, line.row + 1, CHOICE);
        for path in differs {
            let message = "同一问题的几行这里写得不一样，请改成一样，或只在第一行填写";
            self.fault(line, path, "rows-differ", message);
        }
        Some((matter, at))
    }
}

/// A row that is being read.
struct Line<'a> {
    grid: &'a Grid,
    layout: &'a Layout,
    /// From 0.
    row: u32,
    cells: &'a Cells,
}

impl Line<'_> {
    fn column(&self, path: &str) -> Option<(u32, &'static Column)> {
        self.layout.columns.iter().find(|(_, c)| c.path == path).copied()
    }

    fn cell(&self, path: &str) -> Option<&Cell> {
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
fn free_id(list: &[Value], id: impl Fn(usize) -> String) -> String {
    let mut n = list.len() + 1;
    loop {
        let candidate = id(n);
        if !list.iter().any(|object| object["id"] == candidate.as_str()) {
            return candidate;
        }
        n += 1;
    }
}

/// `a`, `b`, … `z`, `a27`.
fn letters(n: usize) -> String {
    match u8::try_from(n) {
        Ok(n @ 1..=26) => char::from(b'a' + n - 1).to_string(),
        _ => format!("a{n}"),
    }
}

fn push(value: &mut Value, key: &str, object: Value) {
    list_at(value, key).push(object);
}
