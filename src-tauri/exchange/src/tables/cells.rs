//! Reading the cells of a row: codes by the tables of one system, and what they stand for.

use serde_json::{Value, json};
use yichuang_domain::named::Named as _;
use yichuang_guide::codes::Served;

use super::build::Build;
use super::columns::{Coded, Column, NEEDED, Take};
use super::sheet::Line;
use crate::cell::{Cell, narrow};
use crate::value::put;
use crate::workbook::kind::Kind;

impl Build {
    /// Reads the cells of a row into an object.
    pub(super) fn fill(&mut self, line: Line<'_>, object: &mut Value) {
        for (at, column) in &line.sheet.columns {
            let Some(text) = line.cells.get(*at).and_then(Option::as_deref) else { continue };
            let Some(cell) = Cell::text(text) else { continue };
            let plain = match column.take {
                Take::Special | Take::Unused => continue,
                Take::Text => Kind::Text,
                Take::Lines => Kind::Lines,
                Take::Whole => Kind::Whole,
                Take::Flag => Kind::Flag,
                Take::Date => Kind::Date,
                Take::Single => {
                    put(object, column.path, json!([text]));
                    continue;
                }
                Take::Names => {
                    let names: Vec<&str> = parts(text).collect();
                    put(object, column.path, json!(names));
                    continue;
                }
                Take::Served => {
                    let served = self.served(line, column, text);
                    put(object, column.path, served);
                    continue;
                }
                Take::Code(codes) => {
                    if let Some(name) = self.name(line, column, &codes(self.upstream), text) {
                        put(object, column.path, json!(name));
                    }
                    continue;
                }
                Take::Codes(codes) => {
                    let codes = codes(self.upstream);
                    let names: Vec<String> =
                        parts(text).filter_map(|t| self.name(line, column, &codes, t)).collect();
                    put(object, column.path, json!(names));
                    continue;
                }
            };
            match plain.read(&cell, &[]) {
                Ok(value) => put(object, column.path, value),
                Err(why) => {
                    self.problems.push(line.problem(column.name, why.code(), why.to_string()));
                }
            }
        }
    }

    /// The name in JSON for a code or word. One that is not known is reported, never guessed:
    /// an error where the matter can't do without, else it is left out with a warning.
    fn name(
        &mut self,
        line: Line<'_>,
        column: &Column,
        coded: &Coded,
        text: &str,
    ) -> Option<String> {
        let plain = narrow(text);
        let plain = plain.trim();
        let word = coded.words.iter().find(|(word, _)| narrow(word) == plain);
        // 事项类型 is `01` in one table and `1` in another: the same number.
        let same = |code: &str| {
            code == plain || code.trim_start_matches('0') == plain.trim_start_matches('0')
        };
        let code = coded.codes.iter().flatten().find(|(code, _)| same(code));
        if let Some((_, name)) = word.or(code) {
            return Some((*name).to_owned());
        }
        let system = self.upstream.word();
        let words: Vec<&str> = coded.words.iter().map(|(word, _)| *word).collect();
        let words = words.join("、");
        let message = match coded.codes {
            Some(_) => format!("{system}的码表里没有“{text}”，请改成：{words}"),
            None => format!("没有登记{system}这一栏的码表，不能猜测“{text}”，请改成：{words}"),
        };
        let problem = line.problem(column.name, "unknown-code", message);
        if NEEDED.contains(&column.path) {
            self.problems.push(problem);
        } else {
            self.warn(problem);
        }
        None
    }

    /// The kinds of applicant that a window takes in.
    fn served(&mut self, line: Line<'_>, column: &Column, text: &str) -> Value {
        let table = self.upstream.served();
        let words = Served::ALL.iter().map(|s| (s.word(), s.name())).collect();
        let coded = Coded { codes: table.map(|t| t.names()), words };
        let mut kinds: Vec<&str> = Vec::new();
        for part in parts(text) {
            let Some(name) = self.name(line, column, &coded, part) else { continue };
            let Some(served) = Served::from_name(&name) else { continue };
            match served.applicant() {
                Some(kind) if !kinds.contains(&kind.as_str()) => kinds.push(kind.as_str()),
                Some(_) => {}
                None => {
                    let message =
                        format!("窗口不收“{}”的申请，这一类服务对象已略去", served.word());
                    self.warn(line.problem(column.name, "unknown-audience", message));
                }
            }
        }
        json!(kinds)
    }
}

/// Several codes or names in one cell; platforms write `^` between them.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let signs = ['^', ',', '，', '、', ';', '；', '|', '\n'];
    text.split(signs).map(str::trim).filter(|part| !part.is_empty())
}
