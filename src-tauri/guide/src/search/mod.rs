//! Finding a matter while the clerk types (in memory, built once for each guide release).
//!
//! A query finds a matter by any piece of its name, of an alias, of its code or of its
//! department's name: Chinese characters, full pinyin, initials, or any mixture, without regard
//! to case, width, blanks and punctuation. Names and aliases are looked up by their rarest pair
//! of neighbouring sounds ([`postings`]) and then tested exactly ([`lines`]), so that the time
//! does not grow with the number of matters that do not fit.
//!
//! Order of the hits: the whole text, then its beginning, the beginning of a word in it, the
//! inside; in each of these names before aliases before codes; then the order of the guide.
//! Mixtures of syllables and initials come after all of these, and after them queries whose
//! pieces stand apart in the name (个体sl for 个体工商户设立登记). Matters found by the name of their department come last, because it fits them all alike.

mod codes;
mod fold;
mod lines;
mod postings;
mod query;
mod sound;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use self::codes::Codes;
use self::lines::{Fit, Lines};
use self::postings::Postings;
use self::query::{Query, Reading};
use crate::package::GuidePackage;

/// A matter that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its index in `package.matters`.
    pub matter: usize,
    /// The alias it was found by; none where it was found by its name, code or department.
    pub alias: Option<String>,
    /// What fits, as half-open ranges of characters (not bytes) of the alias, or of the name
    /// where there is none. Empty where it was found by its code or department.
    pub highlights: Vec<(u32, u32)>,
    /// How well it fits: more is better. Only the order of the scores of one search means
    /// something.
    pub score: u32,
}

/// The index of one guide release.
pub struct SearchIndex {
    /// Every name in guide order, then every alias in guide order.
    lines: Lines,
    names: usize,
    aliases: Vec<Alias>,
    postings: Postings,
    codes: Codes,
    departments: Lines,
    /// The matters of each department, in guide order.
    of_department: Vec<Vec<u32>>,
}

struct Alias {
    matter: u32,
    text: Box<str>,
}

/// What a hit was found in, best first.
#[derive(Clone, Copy)]
enum Field {
    Name,
    Alias,
    Code,
    Department,
}

impl SearchIndex {
    /// Indexes every matter of `package`.
    pub fn build(package: &GuidePackage) -> Self {
        let mut lines = Lines::default();
        let mut aliases = Vec::new();
        let mut departments = Lines::default();
        let mut department_at: HashMap<&str, usize> = HashMap::new();
        for (i, department) in package.departments.iter().enumerate() {
            departments.push(&department.name);
            department_at.insert(&department.code, i);
        }
        let mut of_department = vec![Vec::new(); package.departments.len()];
        for (i, matter) in (0u32..).zip(&package.matters) {
            lines.push(&matter.name);
            if let Some(at) = department_at.get(matter.department.as_str()) {
                of_department[*at].push(i);
            }
        }
        for (i, matter) in (0u32..).zip(&package.matters) {
            for alias in &matter.aliases {
                lines.push(alias);
                aliases.push(Alias { matter: i, text: alias.as_str().into() });
            }
        }
        let postings = Postings::new(&lines);
        let codes = Codes::new(package.matters.iter().map(|m| m.code.as_str()));
        let names = package.matters.len();
        Self { lines, names, aliases, postings, codes, departments, of_department }
    }

    /// The best `limit` matters for what was typed, best first, each at most once. Nothing for
    /// a text of blanks and punctuation.
    pub fn search(&self, text: &str, limit: usize) -> Vec<Hit> {
        let query = Query::new(text);
        if query.is_empty() || limit == 0 {
            return Vec::new();
        }
        let mut found = Found { limit, ..Found::default() };
        let syllables = self.postings.syllables();
        let readings = query.plain_readings(&syllables);
        let code = query.text();
        for fit in Fit::WHOLE {
            self.by_name(&readings, fit, 0, &mut found);
            for matter in self.codes.find(&code, fit, found.missing(), &found.seen) {
                found.add(matter, None, Vec::new(), score(fit, Field::Code, 0));
            }
            if found.is_full() {
                return found.hits;
            }
        }
        let mixed = query.mixed_readings(&syllables);
        for fit in Fit::WHOLE {
            self.by_name(&mixed, fit, 1, &mut found);
        }
        let apart: Vec<Reading> =
            readings.iter().chain(&mixed).filter(|r| !r.gaps.is_empty()).cloned().collect();
        self.by_name(&apart, Fit::Apart, 2, &mut found);
        self.by_department(&readings, &mut found);
        self.by_department(&mixed, &mut found);
        found.hits
    }

    fn by_name(&self, readings: &[Reading], fit: Fit, handicap: u32, found: &mut Found) {
        if found.is_full() {
            return;
        }
        let mut fitting: Vec<(u32, Vec<(u32, u32)>)> = Vec::new();
        for reading in readings {
            let mut new: HashSet<u32> = HashSet::new();
            for line in self.postings.candidates(reading, fit) {
                if found.seen.contains(&self.matter_of(*line)) {
                    continue;
                }
                if let Some(ranges) = self.lines.find(*line as usize, reading, fit) {
                    fitting.push((*line, ranges));
                    new.insert(self.matter_of(*line));
                    if new.len() >= found.missing() {
                        break;
                    }
                }
            }
        }
        fitting.sort_unstable();
        for (line, ranges) in fitting {
            let alias = self.alias_of(line);
            let field = if alias.is_some() { Field::Alias } else { Field::Name };
            let alias = alias.map(|a| a.text.to_string());
            found.add(self.matter_of(line), alias, ranges, score(fit, field, handicap));
        }
    }

    fn alias_of(&self, line: u32) -> Option<&Alias> {
        (line as usize).checked_sub(self.names).and_then(|i| self.aliases.get(i))
    }

    fn matter_of(&self, line: u32) -> u32 {
        self.alias_of(line).map_or(line, |alias| alias.matter)
    }

    fn by_department(&self, readings: &[Reading], found: &mut Found) {
        for fit in Fit::WHOLE {
            for (department, matters) in self.of_department.iter().enumerate() {
                if found.is_full() {
                    return;
                }
                let fits = |r: &Reading| self.departments.find(department, r, fit).is_some();
                if readings.iter().any(fits) {
                    for matter in matters {
                        found.add(*matter, None, Vec::new(), score(fit, Field::Department, 0));
                    }
                }
            }
        }
    }
}

/// How good a hit is. Plain readings come before mixed ones (handicap 1) and those before pieces
/// that stand apart (handicap 2); departments come last.
fn score(fit: Fit, field: Field, handicap: u32) -> u32 {
    match field {
        Field::Department => 4u32.saturating_sub(fit as u32),
        field => 100 - 5 * fit as u32 - field as u32 - 20 * handicap,
    }
}

#[derive(Default)]
struct Found {
    limit: usize,
    hits: Vec<Hit>,
    seen: HashSet<u32>,
}

impl Found {
    fn is_full(&self) -> bool {
        self.missing() == 0
    }

    fn missing(&self) -> usize {
        self.limit.saturating_sub(self.hits.len())
    }

    /// Adds a hit, unless the matter is there already or there are enough.
    fn add(&mut self, matter: u32, alias: Option<String>, ranges: Vec<(u32, u32)>, score: u32) {
        if !self.is_full() && self.seen.insert(matter) {
            let matter = matter as usize;
            self.hits.push(Hit { matter, alias, highlights: ranges, score });
        }
    }
}
