//! Putting the tables together: one matter from the rows that name it.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Value, json};
use yichuang_guide::FORMAT;
use yichuang_guide::codes::Upstream;

use super::columns::{Column, MATERIAL, MATTER, OPERATION, TRANSPORT, Take};
use super::sheet::{Line, Sheet, Sort};
use super::text::{self, Table};
use super::{Frame, TableFile};
use crate::cell::{Cell, narrow};
use crate::made::Made;
use crate::origin::{Head, Origins};
use crate::problem::{CellProblem, Spot};
use crate::value::{list_at, put};
use crate::workbook::kind::Kind;

/// Makes the value of a package from tables.
pub(super) fn package(files: &[TableFile], upstream: Upstream, frame: &Frame) -> Made {
    let mut build = Build {
        value: json!({
            "format": FORMAT,
            "status": if frame.official { "official" } else { "sample" },
            "release": frame.release,
            "issued_on": frame.issued_on,
            "region": frame.region,
            "calendar": frame.calendar,
            "departments": [],
            "matters": [],
        }),
        origins: Origins::default(),
        problems: Vec::new(),
        matters: HashMap::new(),
        by_code: HashMap::new(),
        upstream,
    };
    let mut tables = Vec::new();
    for file in files {
        match text::read(&file.name, &file.bytes) {
            Ok(table) => tables.push((file.name.as_str(), table)),
            Err(problems) => build.problems.extend(problems),
        }
    }
    // Matters first, then what is said about them, then their materials.
    tables.sort_by_key(|(_, table)| Sort::of(table));
    let mut seen = HashSet::new();
    let mut ordered = Vec::new();
    for (name, table) in &tables {
        match Sort::of(table) {
            Sort::Unknown => {
                let spot = Spot { sheet: (*name).to_owned(), row: 1, column: 0 };
                let message = "表头里没有task_code，不是事项表或材料表，请核对文件";
                build.problems.push(CellProblem::error(spot, "", "unknown-table", message));
            }
            sort => {
                let sheet = build.sheet(name, table, sort, &mut seen);
                build.rows(&sheet, sort, &mut ordered);
            }
        }
    }
    build.materials(ordered);
    build.say_what_is_missing(files, &seen);
    Made { value: build.value, origins: build.origins, problems: build.problems }
}

/// A matter by its 实施编码 and, where it is told apart so, its 业务办理项编码.
type Key = (String, String);

/// A package in the making.
pub(super) struct Build {
    value: Value,
    origins: Origins,
    pub(super) problems: Vec<CellProblem>,
    matters: HashMap<Key, usize>,
    /// Every matter of a 实施编码.
    by_code: HashMap<String, Vec<usize>>,
    pub(super) upstream: Upstream,
}

/// A material with what decides its place: the matter, its own number, the order of the file.
type Placed = (usize, u64, usize, Value, (usize, u32));

impl Build {
    fn sheet<'t>(
        &mut self,
        name: &'t str,
        table: &'t Table,
        sort: Sort,
        seen: &mut HashSet<&'static str>,
    ) -> Sheet<'t> {
        let known = if sort == Sort::Materials { &MATERIAL[..] } else { &MATTER[..] };
        let mut columns: Vec<(usize, &'static Column)> = Vec::new();
        let mut strange = Vec::new();
        for (at, head) in table.heads.iter().enumerate() {
            match known.iter().find(|c| c.name == head) {
                Some(column) if columns.iter().all(|(_, c)| c.name != column.name) => {
                    seen.insert(column.name);
                    columns.push((at, column));
                }
                None if TRANSPORT.contains(&head.as_str()) || head.is_empty() => {}
                _ => strange.push(head.as_str()),
            }
        }
        if !strange.is_empty() {
            let spot = Spot { sheet: name.to_owned(), row: 1, column: 0 };
            let message = format!("这些栏不认识或重复，已忽略：{}", strange.join("、"));
            self.problems.push(CellProblem::warning(spot, "", "unknown-column", message));
        }
        let heads = columns.iter().map(|(at, column)| Head {
            path: column.path.to_owned(),
            text: column.name.to_owned(),
            column: u32::try_from(at + 1).unwrap_or(0),
        });
        let number = self.origins.sheet(name, heads.collect());
        if sort == Sort::Matters {
            self.origins.list("matters", number);
            self.origins.list("departments", number);
        }
        Sheet { name, number, columns, rows: &table.rows }
    }

    fn rows(&mut self, sheet: &Sheet<'_>, sort: Sort, materials: &mut Vec<Placed>) {
        // A code that several rows share is told apart by the 业务办理项.
        let mut codes: HashMap<&str, usize> = HashMap::new();
        let lines = || {
            let all = sheet.rows.iter().map(|(row, cells)| Line { sheet, row: *row, cells });
            all.filter(|line| !line.get(OPERATION).is_some_and(|o| o.eq_ignore_ascii_case("d")))
        };
        for line in lines() {
            *codes.entry(line.get("task_code").unwrap_or_default()).or_default() += 1;
        }
        for line in lines() {
            let Some(code) = line.get("task_code").map(narrow) else {
                let message = "没有task_code，不知道是哪个事项，请补上";
                self.problems.push(line.problem("task_code", "missing-field", message));
                continue;
            };
            let item = line.get("task_handle_item").map(narrow).unwrap_or_default();
            match sort {
                Sort::Matters => {
                    let shared = codes.get(code.as_str()).is_some_and(|n| *n > 1);
                    self.matter(line, code, item, shared);
                }
                Sort::Extension => {
                    for matter in self.found(line, &code, &item) {
                        self.extend(line, matter);
                    }
                }
                Sort::Materials => {
                    for matter in self.found(line, &code, &item) {
                        let placed = self.material(line, matter, materials.len());
                        materials.push(placed);
                    }
                }
                Sort::Unknown => {}
            }
        }
    }

    /// The matters that a row is about: that of the 业务办理项, else all of the code.
    fn found(&mut self, line: Line<'_>, code: &str, item: &str) -> Vec<usize> {
        if let Some(matter) = self.matters.get(&(code.to_owned(), item.to_owned())) {
            return vec![*matter];
        }
        match self.by_code.get(code) {
            Some(all) if item.is_empty() || all.len() == 1 => all.clone(),
            _ => {
                let message = format!("事项表里没有task_code“{code}”，请改正或补上该事项");
                self.problems.push(line.problem("task_code", "unknown-matter", message));
                Vec::new()
            }
        }
    }

    fn matter(&mut self, line: Line<'_>, code: String, item: String, shared: bool) {
        let index = self.value["matters"].as_array().map_or(0, Vec::len);
        let place = format!("matters[{index}]");
        self.origins.row(place, line.sheet.number, line.row, "");
        let mut matter = json!({});
        self.fill(line, &mut matter);
        let own = if shared && !item.is_empty() { item.clone() } else { code.clone() };
        matter["code"] = json!(own);
        assume(&mut matter);
        self.gather(line, &mut matter);
        self.department(line, &mut matter);
        list_at(&mut self.value, "matters").push(matter);
        self.matters.entry((code.clone(), item)).or_insert(index);
        self.by_code.entry(code).or_default().push(index);
    }

    /// What a regional table says more about a matter.
    fn extend(&mut self, line: Line<'_>, index: usize) {
        let mut more = json!({});
        self.fill(line, &mut more);
        self.gather(line, &mut more);
        for (_, column) in &line.sheet.columns {
            let place = format!("matters[{index}].{}", column.path);
            self.origins.row(place, line.sheet.number, line.row, column.path);
        }
        let matter = &mut self.value["matters"][index];
        let code = matter["code"].clone();
        merge(matter, more);
        matter["code"] = code;
    }

    /// Columns that only together make a value.
    fn gather(&mut self, line: Line<'_>, matter: &mut Value) {
        if let Some(address) = line.get("transact_addr") {
            let mut place = json!({ "address": address });
            if let Some(hours) = line.get("transact_time") {
                place["hours"] = json!(hours);
            }
            put(matter, "reference.service.places", json!([place]));
        }
        if let Some(flow) = line.get("handle_flow") {
            put(matter, "reference.steps", json!([{ "name": "办理流程", "action": flow }]));
        }
        let flag = |name: &str| {
            line.get(name).and_then(Cell::text).and_then(|c| Kind::Flag.read(&c, &[]).ok())
        };
        if flag("is_fee") == Some(Value::Bool(true)) {
            let mut fee = json!({ "name": "收费项目" });
            if let Some(basis) = line.get("fee_basis") {
                fee["basis"] = json!(basis);
            }
            if let Some(online) = flag("is_pay_online") {
                fee["online_payment"] = online;
            }
            put(matter, "reference.fees", json!([fee]));
            let message = "收费，但表里没有项目和金额，文书上不会写收费；请在导出的工作簿里补上";
            self.warn(line.problem("is_fee", "fee-without-amount", message));
        }
        if let Some(text) = line.get("special_procedure").filter(|t| !["无", "0"].contains(t)) {
            let message =
                format!("特别程序“{text}”没有写明种类和天数，已略去；请在导出的工作簿里补上");
            self.warn(line.problem("special_procedure", "special-procedure", message));
        }
    }

    /// Notes a problem as a warning.
    pub(super) fn warn(&mut self, problem: CellProblem) {
        self.problems.push(CellProblem { severity: yichuang_guide::Severity::Warning, ..problem });
    }

    /// The department of a row, made where it is the first of it.
    fn department(&mut self, line: Line<'_>, matter: &mut Value) {
        let Some(code) = line.get("dept_code").map(narrow) else { return };
        matter["department"] = json!(code);
        let list = list_at(&mut self.value, "departments");
        if list.iter().any(|d| d["code"] == code.as_str()) {
            return;
        }
        let mut department = json!({ "code": code });
        for (key, column) in [
            ("name", "dept_name"),
            ("phone", "link_way"),
            ("complaint_phone", "supervise_way"),
            ("address", "link_addr"),
        ] {
            if let Some(text) = line.get(column) {
                department[key] = json!(text);
            }
        }
        let place = format!("departments[{}]", list.len());
        list.push(department);
        self.origins.row(place, line.sheet.number, line.row, "@department.");
    }

    fn material(&mut self, line: Line<'_>, matter: usize, at: usize) -> Placed {
        let mut material = json!({});
        self.fill(line, &mut material);
        let order = line.get("order_num").and_then(|n| narrow(n).trim().parse().ok());
        (matter, order.unwrap_or(u64::MAX), at, material, (line.sheet.number, line.row))
    }

    /// Materials in the order that their own numbers give.
    fn materials(&mut self, mut placed: Vec<Placed>) {
        placed.sort_by_key(|(matter, order, at, ..)| (*matter, *order, *at));
        for (matter, _, _, mut material, (sheet, row)) in placed {
            let list = list_at(&mut self.value["matters"][matter], "materials");
            material["id"] = json!(format!("m{}", list.len() + 1));
            let place = format!("matters[{matter}].materials[{}]", list.len());
            list.push(material);
            self.origins.row(place, sheet, row, "");
        }
    }

    /// Says what no table had, and what was taken for it.
    fn say_what_is_missing(&mut self, files: &[TableFile], seen: &HashSet<&'static str>) {
        let matters = self.value["matters"].as_array().map_or(&[][..], Vec::as_slice);
        let others = matters.iter().filter(|m| m["kind"] != "licence").count();
        let nameless: Vec<usize> = matters
            .iter()
            .enumerate()
            .filter(|(_, m)| m["result"]["name"].is_null())
            .map(|(i, _)| i)
            .collect();
        let mut said: BTreeMap<&str, String> = BTreeMap::new();
        if !files.is_empty() {
            said.insert(
                "no-situations",
                "地区表没有情形、一件事、主题、补正规则和受理方式：情形为空，受理方式按先收件后受理；\
                 需要的请导出工作簿补充"
                    .to_owned(),
            );
        }
        if others > 0 {
            said.insert(
                "assumed-supplement",
                format!("{others}个非行政许可事项的补正规则按地方规定、5个工作日内告知、逾期不视为受理，请核对"),
            );
        }
        if !nameless.is_empty() {
            said.insert(
                "assumed-result",
                format!("{}个事项没有结果名称，按“办理结果”，请核对", nameless.len()),
            );
        }
        let missing: Vec<&str> = MATTER
            .iter()
            .chain(&MATERIAL)
            .filter(|c| !matches!(c.take, Take::Unused) && !seen.contains(c.name))
            .map(|c| c.name)
            .collect();
        if !missing.is_empty() {
            let message = format!("各表都没有这些栏，按没有填写处理：{}", missing.join("、"));
            said.insert("missing-column", message);
        }
        for matter in nameless {
            put(&mut self.value["matters"][matter], "result.name", json!("办理结果"));
        }
        for (code, message) in said {
            self.problems.push(CellProblem::warning(Spot::default(), "", code, message));
        }
    }
}

/// Adds what `more` says to `value`; what is there already stays where both say something.
fn merge(value: &mut Value, more: Value) {
    match (value, more) {
        (Value::Object(there), Value::Object(more)) => {
            for (key, inner) in more {
                merge(there.entry(key).or_insert(Value::Null), inner);
            }
        }
        (there @ Value::Null, more) => *there = more,
        _ => {}
    }
}

/// What tables never say and a matter can't do without. That it was taken is said at the end.
fn assume(matter: &mut Value) {
    if matter["kind"] != "licence" {
        matter["supplement"] = json!({
            "rule": "local", "days": 5, "unit": "workdays", "deemed_accepted": false,
        });
    }
    for limit in ["statutory_limit", "promised_limit"] {
        // A unit without a number says nothing.
        if matter[limit].is_object() && matter[limit].get("value").is_none() {
            matter[limit] = Value::Null;
        }
    }
}
