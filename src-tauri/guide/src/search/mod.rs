//! Finding a matter while the clerk types (in memory, built once for each guide release).
//!
//! A query finds a matter by any piece of its name, of an alias, of its code or of its
//! department's name: Chinese characters, full pinyin, initials, or any mixture, without regard
//! to case, width, blanks and punctuation. Names and aliases are looked up by their rarest pair
//! of neighbouring sounds ([`postings`]), sifted by a few bits ([`marks`]) and then tested exactly
//! ([`lines`]), so that the time hardly grows with the number of matters that do not fit.
//!
//! Order of the hits: the whole text, then its beginning, the beginning of a word in it, the
//! inside; in each of these names before aliases before codes; then the order of the guide.
//! Mixtures of syllables and initials come after all of these, and after them queries whose
//! pieces stand apart in the name (个体sl for 个体工商户设立登记). Matters found by the name of their department come last, because it fits them all alike.

mod codes;
mod fold;
mod lines;
mod marks;
mod postings;
mod query;
mod sound;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use self::codes::Codes;
use self::lines::{Fit, Lines};
use self::marks::Marks;
use self::postings::Postings;
use self::query::{Query, Reading};
use self::sound::Alphabet;
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
    alphabet: Alphabet,
    /// Every name in guide order, then every alias in guide order.
    lines: Lines,
    /// The text of each line, to show what fits in it.
    texts: Vec<Box<str>>,
    /// The matter of each line.
    matters: Vec<u32>,
    names: usize,
    /// [`FEW`], except in tests.
    few: usize,
    marks: Marks,
    postings: Postings,
    codes: Codes,
    departments: Lines,
    /// The matters of each department, in guide order.
    of_department: Vec<Vec<u32>>,
}

/// What a hit was found in, best first.
#[derive(Clone, Copy)]
enum Field {
    Name,
    Alias,
    Code,
    Department,
}

/// A reading whose candidates are at most so many is tested against all of them at once; one
/// with more is tested fit by fit, and stops when there are enough hits.
const FEW: usize = 2048;

/// A line that a reading fits (by its index).
type Fitting = (u32, usize);

impl SearchIndex {
    /// Indexes every matter of `package`.
    pub fn build(package: &GuidePackage) -> Self {
        let mut alphabet = Alphabet::default();
        let mut lines = Lines::default();
        let mut departments = Lines::default();
        let mut department_at: HashMap<&str, usize> = HashMap::new();
        for (i, department) in package.departments.iter().enumerate() {
            departments.push(&department.name, &mut alphabet);
            department_at.insert(&department.code, i);
        }
        let mut of_department = vec![Vec::new(); package.departments.len()];
        for (i, matter) in (0u32..).zip(&package.matters) {
            if let Some(at) = department_at.get(matter.department.as_str()) {
                of_department[*at].push(i);
            }
        }
        let names = (0u32..).zip(&package.matters).map(|(i, m)| (i, m.name.as_str()));
        let aliases = (0u32..)
            .zip(&package.matters)
            .flat_map(|(i, m)| m.aliases.iter().map(move |alias| (i, alias.as_str())));
        let mut texts: Vec<Box<str>> = Vec::new();
        let mut matters = Vec::new();
        for (matter, text) in names.chain(aliases) {
            lines.push(text, &mut alphabet);
            texts.push(text.into());
            matters.push(matter);
        }
        alphabet.learn();
        Self {
            marks: Marks::new(&lines, &alphabet),
            postings: Postings::new(&lines, &alphabet),
            codes: Codes::new(package.matters.iter().map(|m| m.code.as_str())),
            names: package.matters.len(),
            few: FEW,
            alphabet,
            lines,
            texts,
            matters,
            departments,
            of_department,
        }
    }

    /// The best `limit` matters for what was typed, best first, each at most once. Nothing for
    /// a text of blanks and punctuation.
    pub fn search(&self, text: &str, limit: usize) -> Vec<Hit> {
        let query = Query::new(text);
        if query.is_empty() || limit == 0 {
            return Vec::new();
        }
        let mut found = Found::new(limit, self.names);
        let plain = query.plain_readings(&self.alphabet);
        self.by_name(&plain, Some(&query.text()), 0, &mut found);
        if found.is_full() {
            return found.hits;
        }
        let mixed = query.mixed_readings(&self.alphabet, &plain);
        self.by_name(&mixed, None, 1, &mut found);
        let apart: Vec<Reading> =
            plain.iter().chain(&mixed).filter(|r| !r.gaps.is_empty()).cloned().collect();
        let fitting =
            (0..apart.len()).flat_map(|i| self.scan(&apart, i, Fit::Apart, &found)).collect();
        self.add(fitting, &apart, Fit::Apart, 2, &mut found);
        self.by_department(&[plain, mixed].concat(), &mut found);
        found.hits
    }

    /// Adds what is found by names and aliases, and by a code where one is given.
    fn by_name(&self, readings: &[Reading], code: Option<&str>, handicap: u32, found: &mut Found) {
        let mut fitting: [Vec<Fitting>; Fit::WHOLE.len()] = Default::default();
        let mut many: Vec<usize> = Vec::new();
        for (i, reading) in readings.iter().enumerate() {
            let lines = self.postings.candidates(reading, Fit::Inner, &self.alphabet);
            if lines.len() > self.few {
                many.push(i);
                continue;
            }
            let need = Marks::need(reading, Fit::Inner, &self.alphabet);
            for line in lines.iter().filter(|l| self.marks.may_fit(**l as usize, &need)) {
                if let Some(fit) = self.lines.best(*line as usize, reading, &self.alphabet) {
                    fitting[fit as usize].push((*line, i));
                }
            }
        }
        for (fit, mut fitting) in Fit::WHOLE.into_iter().zip(fitting) {
            if found.is_full() {
                return;
            }
            for i in &many {
                fitting.extend(self.scan(readings, *i, fit, found));
            }
            self.add(fitting, readings, fit, handicap, found);
            if let Some(code) = code {
                for matter in self.codes.find(code, fit, found.missing(), |m| found.has(m)) {
                    found.add(matter, None, Vec::new(), score(fit, Field::Code, 0));
                }
            }
        }
    }

    /// The first lines with new matters that a reading fits, as many as are missing.
    fn scan(&self, readings: &[Reading], i: usize, fit: Fit, found: &Found) -> Vec<Fitting> {
        let reading = &readings[i];
        let need = Marks::need(reading, fit, &self.alphabet);
        let mut fitting = Vec::new();
        let mut new: HashSet<u32> = HashSet::new();
        for line in self.postings.candidates(reading, fit, &self.alphabet) {
            if new.len() >= found.missing() {
                break;
            }
            let matter = self.matters[*line as usize];
            if self.marks.may_fit(*line as usize, &need)
                && !found.has(matter)
                && self.lines.fits(*line as usize, reading, fit, &self.alphabet)
            {
                fitting.push((*line, i));
                new.insert(matter);
            }
        }
        fitting
    }

    fn add(
        &self,
        mut fitting: Vec<Fitting>,
        readings: &[Reading],
        fit: Fit,
        handicap: u32,
        found: &mut Found,
    ) {
        fitting.sort_unstable();
        for (line, reading) in fitting {
            if found.is_full() {
                return;
            }
            let line = line as usize;
            let (matter, text) = (self.matters[line], &self.texts[line]);
            if found.has(matter) {
                continue;
            }
            let is_name = line < self.names;
            let field = if is_name { Field::Name } else { Field::Alias };
            let tokens = fold::fold(text);
            let shown = |place: std::ops::Range<usize>| {
                let last = tokens.get(place.end.checked_sub(1)?)?;
                Some((tokens.get(place.start)?.origin, last.origin.saturating_add(1)))
            };
            let places = self.lines.places(line, &readings[reading], fit, &self.alphabet);
            let highlights = places.into_iter().flatten().filter_map(shown).collect();
            let alias = (!is_name).then(|| text.to_string());
            found.add(matter, alias, highlights, score(fit, field, handicap));
        }
    }

    fn by_department(&self, readings: &[Reading], found: &mut Found) {
        if found.is_full() {
            return;
        }
        let fits = (0..self.departments.len()).filter_map(|department| {
            let best = |r: &Reading| self.departments.best(department, r, &self.alphabet);
            readings.iter().filter_map(best).min().map(|fit| (fit, department))
        });
        let mut fits: Vec<(Fit, usize)> = fits.collect();
        fits.sort_unstable();
        for (fit, department) in fits {
            for matter in &self.of_department[department] {
                found.add(*matter, None, Vec::new(), score(fit, Field::Department, 0));
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

/// What was found so far.
struct Found {
    limit: usize,
    hits: Vec<Hit>,
    /// One bit for each matter.
    seen: Vec<u64>,
}

impl Found {
    fn new(limit: usize, matters: usize) -> Self {
        Self { limit, hits: Vec::new(), seen: vec![0; matters.div_ceil(64)] }
    }

    fn is_full(&self) -> bool {
        self.missing() == 0
    }

    fn missing(&self) -> usize {
        self.limit.saturating_sub(self.hits.len())
    }

    fn has(&self, matter: u32) -> bool {
        self.seen.get(matter as usize / 64).is_some_and(|bits| bits >> (matter % 64) & 1 == 1)
    }

    /// Adds a hit, unless the matter is there already or there are enough.
    fn add(&mut self, matter: u32, alias: Option<String>, ranges: Vec<(u32, u32)>, score: u32) {
        if self.is_full() || self.has(matter) {
            return;
        }
        if let Some(bits) = self.seen.get_mut(matter as usize / 64) {
            *bits |= 1 << (matter % 64);
        }
        self.hits.push(Hit { matter: matter as usize, alias, highlights: ranges, score });
    }
}
