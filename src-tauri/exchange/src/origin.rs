//! From a place in the JSON value back to the cell that it came from. The check of the guide
//! speaks of places (`matters[3].promised_limit.unit`); an editor looks for a cell.

use std::collections::{HashMap, HashSet};

use yichuang_guide::Problem;

use crate::problem::{CellProblem, Spot};

/// A column of a sheet: where its values go, and what stands at its head.
#[derive(Clone, Debug)]
pub struct Head {
    /// The path inside the object that a row makes, for instance `promised_limit.unit`.
    pub path: String,
    /// What stands at its head.
    pub text: String,
    /// From 1; 0 where this file does not have it.
    pub column: u32,
}

/// The row that made an object.
#[derive(Clone, Debug)]
struct Row {
    sheet: usize,
    row: u32,
    /// The prefix of the columns that fill this object; empty for most sheets.
    inside: &'static str,
}

/// Where the objects of a value came from.
#[derive(Debug, Default)]
pub struct Origins {
    sheets: Vec<(String, Vec<Head>)>,
    rows: HashMap<String, Row>,
    /// The sheets that make a list, by its key.
    lists: HashMap<String, usize>,
}

impl Origins {
    /// Knows another sheet; its number comes back.
    pub fn sheet(&mut self, name: &str, heads: Vec<Head>) -> usize {
        self.sheets.push((name.to_owned(), heads));
        self.sheets.len() - 1
    }

    /// Where a sheet comes among the sheets; what is said of the file as a whole comes first.
    pub fn order(&self, name: &str) -> Option<usize> {
        match self.sheets.iter().position(|(sheet, _)| sheet == name) {
            None if !name.is_empty() => Some(usize::MAX),
            found => found,
        }
    }

    /// Says that the list at `key` comes from a sheet.
    pub fn list(&mut self, key: &str, sheet: usize) {
        self.lists.insert(key.to_owned(), sheet);
    }

    /// Says that the object at `place` comes from that row (from 1); the first row named stays.
    pub fn row(&mut self, place: String, sheet: usize, row: u32, inside: &'static str) {
        self.rows.entry(place).or_insert(Row { sheet, row, inside });
    }

    /// The cell of a place, and the head of its column.
    fn spot(&self, place: &str) -> (Spot, &str) {
        let mut at = place;
        loop {
            if let Some(row) = self.rows.get(at) {
                let rest = place[at.len()..].trim_start_matches('.');
                if !(at.is_empty() && self.lists.contains_key(first_key(rest))) {
                    return self.in_row(row, rest);
                }
            }
            match at.rfind(['.', '[']) {
                Some(cut) => at = &at[..cut],
                None if at.is_empty() => break,
                None => at = "",
            }
        }
        let sheet = self.lists.get(first_key(place)).and_then(|i| self.sheets.get(*i));
        let sheet = sheet.map(|(name, _)| name.clone()).unwrap_or_default();
        (Spot { sheet, row: 0, column: 0 }, "")
    }

    fn in_row(&self, row: &Row, rest: &str) -> (Spot, &str) {
        let Some((name, heads)) = self.sheets.get(row.sheet) else {
            return (Spot::default(), "");
        };
        let path = format!("{}{}", row.inside, without_indices(rest));
        let inside = |outer: &str, inner: &str| {
            inner.strip_prefix(outer).is_some_and(|more| more.is_empty() || more.starts_with('.'))
        };
        // The longest column path that the place lies in, else the first that lies in the place.
        let holds = heads.iter().filter(|h| inside(&h.path, &path) && !h.path.is_empty());
        let head = holds
            .max_by_key(|h| h.path.len())
            .or_else(|| heads.iter().find(|h| !path.is_empty() && inside(&path, &h.path)));
        let spot = |column| Spot { sheet: name.clone(), row: row.row, column };
        match head {
            Some(head) => (spot(head.column), head.text.as_str()),
            None => (spot(0), ""),
        }
    }

    /// The problems of the check in the editor's terms. Where a cell could not be read at all,
    /// that is said already, and what follows from it is left out.
    pub fn tell(&self, problems: Vec<Problem>, said: &[CellProblem]) -> Vec<CellProblem> {
        let known: HashSet<&Spot> = said.iter().map(|p| &p.spot).collect();
        let told = problems.into_iter().map(|problem| {
            let (spot, head) = self.spot(&problem.place);
            CellProblem {
                message: self.in_words(&problem, head),
                spot,
                head: head.to_owned(),
                code: problem.code,
                severity: problem.severity,
            }
        });
        told.filter(|p| p.spot.column == 0 || !known.contains(&p.spot)).collect()
    }

    /// The check names keys and places; a sheet has heads and rows.
    fn in_words(&self, problem: &Problem, head: &str) -> String {
        let mut text = problem.message.clone();
        let place = without_indices(&problem.place);
        if let Some(key) = place.rsplit('.').next()
            && !head.is_empty()
        {
            text = text.replace(&format!("“{key}”"), &format!("“{head}”"));
        }
        for (key, sheet) in &self.lists {
            if let Some((name, _)) = self.sheets.get(*sheet) {
                text = text.replace(&format!("{key}里"), &format!("“{}”表里", name.trim()));
            }
        }
        while let Some((place, row)) = self.first_place(&text) {
            text = text.replace(&place, &row);
        }
        text
    }

    /// The first `matters[n]` of a message, and how to say it.
    fn first_place(&self, text: &str) -> Option<(String, String)> {
        let from = text.find("matters[")?;
        let place = &text[from..=from + text[from..].find(']')?];
        let row = self.rows.get(place)?;
        let (name, _) = self.sheets.get(row.sheet)?;
        Some((place.to_owned(), format!("“{}”表第{}行", name.trim(), row.row)))
    }
}

fn first_key(place: &str) -> &str {
    place.split(['.', '[']).next().unwrap_or_default()
}

fn without_indices(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut depth = 0;
    for c in path.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}
