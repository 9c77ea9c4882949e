//! One search: every way to fit in its order, until there are enough hits.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::HashSet;

use super::SearchIndex;
use super::fold::fold;
use super::found::{Found, Hit};
use super::lines::Fit;
use super::marks::Marks;
use super::matcher::Matcher;
use super::query::{Part, Query, Reading};
use super::usage::Usage;

/// So many of a reading's candidates are looked at to see whether it fits often; if not, all of
/// them are tested at once too.
const PROBE: usize = 256;
/// Lines of a scan that are passed over because a character is said otherwise in them.
const MOST_MISREAD: usize = 512;
/// Lines that are tested for what fits less well than plainly: a bound on time, far above what
/// queries need that mean something.
const MOST_TESTS: usize = 24_000;
/// With fewer hits than this, a slip is allowed for.
const TOO_FEW: usize = 3;
/// Lines that are tested for slips, most telling readings first: likewise.
const MOST_SLIP_TESTS: usize = 12_000;

/// A line that a reading fits (by its index).
type Fitting = (u32, usize);

/// One search under way.
pub struct Search<'s> {
    index: &'s SearchIndex,
    usage: &'s Usage,
    /// The lines of what the window uses most.
    used: Vec<u32>,
    /// Only matters of these departments.
    within: Option<Vec<bool>>,
    /// Whether something fits as a whole: then nothing else was meant.
    fits_whole: bool,
    /// How many lines may still be tested.
    tests: Cell<usize>,
    found: Found,
}

impl<'s> Search<'s> {
    /// Nothing found yet, of at most `limit` matters.
    pub fn new(index: &'s SearchIndex, usage: &'s Usage, limit: usize) -> Self {
        let used = usage.matters().flat_map(|m| index.lines_of(m)).collect();
        let (tests, found) = (Cell::new(usize::MAX), Found::new(limit, index.names));
        Self { index, usage, used, within: None, fits_whole: false, tests, found }
    }

    /// The best matters for the query, best first.
    pub fn run(mut self, query: &Query) -> Vec<Hit> {
        let alphabet = &self.index.alphabet;
        let plain = query.plain_readings(alphabet);
        self.by_name(&plain, Some(&query.text()));
        if self.found.is_full() {
            return self.found.hits;
        }
        self.tests.set(MOST_TESTS);
        let mixed = query.mixed_readings(alphabet, &plain);
        self.by_name(&mixed, None);
        let all = [plain, mixed].concat();
        let apart: Vec<Reading> = all.iter().filter(|r| !r.gaps.is_empty()).cloned().collect();
        let fitting = (0..apart.len()).flat_map(|i| self.scan(&apart, i, Fit::Apart)).collect();
        let misread = self.add(fitting, &apart, Fit::Apart);
        self.add_misread(&misread, &apart, Fit::Apart);
        self.by_department_and_name(query);
        self.by_department(&all);
        if self.found.hits.len() < TOO_FEW && !self.fits_whole {
            self.found.allow_slip();
            self.by_slip(query);
        }
        self.found.hits
    }

    /// Whether a matter is no new one, or none that is wanted.
    fn is_out(&self, matter: u32) -> bool {
        self.found.has(matter)
            || self.within.as_ref().is_some_and(|w| !self.index.departments.has(w, matter))
    }

    /// Adds what is found by names and aliases, and by a code where one is given.
    fn by_name(&mut self, readings: &[Reading], code: Option<&str>) {
        let (index, before) = (self.index, self.found.hits.len());
        let mut fitting: [Vec<Fitting>; Fit::WHOLE.len()] = Default::default();
        let mut many: Vec<usize> = Vec::new();
        for (i, reading) in readings.iter().enumerate() {
            let lines = index.postings.candidates(reading, Fit::Inner, &index.alphabet);
            if lines.len() > index.few && self.fits_often(reading, lines) {
                many.push(i);
            } else {
                self.test(readings, i, lines, &mut fitting);
            }
        }
        let mut misread = Vec::new();
        for (fit, mut fitting) in Fit::WHOLE.into_iter().zip(fitting) {
            if self.found.is_full() {
                return;
            }
            for i in &many {
                fitting.extend(self.scan(readings, *i, fit));
            }
            misread.push((fit, self.add(fitting, readings, fit)));
            if let Some(code) = code {
                self.by_code(code, fit);
            }
            self.fits_whole |= fit == Fit::Exact && self.found.hits.len() > before;
        }
        for (fit, lines) in misread {
            self.add_misread(&lines, readings, fit);
        }
    }

    /// Whether at least one in sixteen of some lines fits.
    fn fits_often(&self, reading: &Reading, lines: &[u32]) -> bool {
        let index = self.index;
        if index.few == 0 {
            return true;
        }
        let matcher = Matcher::new(reading, &index.alphabet);
        let some = lines.iter().step_by((lines.len() / PROBE).max(1));
        let fitting = some.filter(|l| matcher.best(index.lines.line(**l as usize)).is_some());
        fitting.count() >= PROBE / 16
    }

    /// Counts a test of a line; false when there were enough.
    fn may_test(&self) -> bool {
        let left = self.tests.get();
        self.tests.set(left.saturating_sub(1));
        left > 0
    }

    /// Tests a reading against all of these lines.
    fn test(
        &self,
        readings: &[Reading],
        i: usize,
        lines: &[u32],
        fitting: &mut [Vec<Fitting>; Fit::WHOLE.len()],
    ) {
        let index = self.index;
        if lines.is_empty() {
            return;
        }
        let reading = &readings[i];
        let matcher = Matcher::new(reading, &index.alphabet);
        let need = Marks::need(reading, Fit::Inner, &index.alphabet);
        for line in lines.iter().take_while(|_| self.may_test()) {
            if !index.marks.may_fit(*line as usize, &need) {
                continue;
            }
            if let Some(fit) = matcher.best(index.lines.line(*line as usize)) {
                fitting[fit as usize].push((*line, i));
            }
        }
    }

    fn is_misread(&self, line: u32, reading: &Reading, fit: Fit) -> bool {
        let SearchIndex { lines, alphabet, .. } = self.index;
        lines.is_misread(line as usize, reading, fit, alphabet)
    }

    /// The lines that a reading fits: those of what is used most, and then the first ones with
    /// new matters, as many as are missing.
    fn scan(&self, readings: &[Reading], i: usize, fit: Fit) -> Vec<Fitting> {
        let (index, reading) = (self.index, &readings[i]);
        let lines = index.postings.candidates(reading, fit, &index.alphabet);
        if lines.is_empty() {
            return Vec::new();
        }
        let matcher = Matcher::new(reading, &index.alphabet);
        let need = Marks::need(reading, fit, &index.alphabet);
        let fits = |line: &u32| {
            let at = *line as usize;
            index.marks.may_fit(at, &need)
                && !self.is_out(index.matters[at])
                && matcher.fits(index.lines.line(at), fit)
        };
        let used = self.used.iter().filter(|line| fits(line));
        let mut fitting: Vec<Fitting> = used.map(|line| (*line, i)).collect();
        let mut new: HashSet<u32> = HashSet::new();
        for line in lines.iter().take_while(|_| self.may_test()) {
            if new.len() >= self.found.missing() {
                break;
            }
            if fits(line) {
                fitting.push((*line, i));
                if fitting.len() > MOST_MISREAD || !self.is_misread(*line, reading, fit) {
                    new.insert(index.matters[*line as usize]);
                }
            }
        }
        fitting
    }

    /// Adds lines of one class of fit. Gives back those that fit only by a reading of a character
    /// that is wrong in its word: they come after every right one.
    fn add(&mut self, mut fitting: Vec<Fitting>, readings: &[Reading], fit: Fit) -> Vec<Fitting> {
        let index = self.index;
        self.found.next_class();
        let used = |line: u32| Reverse(self.usage.count(index.matters[line as usize]));
        fitting.sort_unstable_by_key(|(line, reading)| (used(*line), *line, *reading));
        let mut misread = Vec::new();
        for (line, reading) in fitting {
            if self.found.is_full() {
                break;
            }
            if self.is_out(index.matters[line as usize]) {
                continue;
            }
            match self.is_misread(line, &readings[reading], fit) {
                true => misread.push((line, reading)),
                false => self.add_line(line as usize, &readings[reading], fit),
            }
        }
        misread
    }

    fn add_misread(&mut self, lines: &[Fitting], readings: &[Reading], fit: Fit) {
        self.found.next_class();
        for (line, reading) in lines {
            if !self.is_out(self.index.matters[*line as usize]) {
                self.add_line(*line as usize, &readings[*reading], fit);
            }
        }
    }

    fn add_line(&mut self, line: usize, reading: &Reading, fit: Fit) {
        let index = self.index;
        let (matter, text) = (index.matters[line], &index.texts[line]);
        let tokens = fold(text);
        let shown = |place: std::ops::Range<usize>| {
            let last = tokens.get(place.end.checked_sub(1)?)?;
            Some((tokens.get(place.start)?.origin, last.origin.saturating_add(1)))
        };
        let places = index.lines.places(line, reading, fit, &index.alphabet);
        let highlights = places.into_iter().flatten().filter_map(shown).collect();
        let alias = (line >= index.names).then(|| text.to_string());
        self.found.add(matter, alias, highlights);
    }

    fn by_code(&mut self, code: &str, fit: Fit) {
        let codes = &self.index.codes;
        self.found.next_class();
        for matter in self.usage.matters().filter_map(|m| u32::try_from(m).ok()) {
            if codes.fits(matter, code, fit) {
                self.found.add(matter, None, Vec::new());
            }
        }
        for matter in codes.find(code, fit, self.found.missing(), |m| self.found.has(m)) {
            self.found.add(matter, None, Vec::new());
        }
    }

    /// Adds what fits with one slip: first the readings with the fewest candidates, until enough
    /// lines were tested.
    fn by_slip(&mut self, query: &Query) {
        let index = self.index;
        let may_follow =
            |left: &Part, right: &Part| index.postings.has_pair(left, right, &index.alphabet);
        let mut readings = query.slip_readings(&index.alphabet, &may_follow);
        let candidates = |r: &Reading| index.postings.candidates(r, Fit::Inner, &index.alphabet);
        readings.retain(|reading| !candidates(reading).is_empty());
        readings.sort_by_key(|reading| candidates(reading).len());
        let mut fitting: [Vec<Fitting>; Fit::WHOLE.len()] = Default::default();
        self.tests.set(MOST_SLIP_TESTS);
        for (i, reading) in readings.iter().enumerate() {
            self.test(&readings, i, candidates(reading), &mut fitting);
        }
        for (fit, fitting) in Fit::WHOLE.into_iter().zip(fitting) {
            let misread = self.add(fitting, &readings, fit);
            self.add_misread(&misread, &readings, fit);
        }
        // Something has this very piece in its code, or the letters fit a name.
        if !self.found.hits.is_empty() {
            return;
        }
        for matter in index.codes.near(&query.text(), self.found.missing()) {
            self.found.add(matter, None, Vec::new());
        }
    }

    /// Adds what fits where one piece of the query names a department and the rest the matter.
    fn by_department_and_name(&mut self, query: &Query) {
        for (department, name) in query.splits() {
            if self.found.is_full() {
                return;
            }
            let alphabet = &self.index.alphabet;
            let fits = self.index.departments.fits(&department.plain_readings(alphabet), alphabet);
            if fits.is_empty() {
                continue;
            }
            self.within = Some(self.index.departments.set(&fits));
            let plain = name.plain_readings(alphabet);
            self.by_name(&plain, None);
            let mixed = name.mixed_readings(alphabet, &plain);
            self.by_name(&mixed, None);
            self.within = None;
        }
    }

    fn by_department(&mut self, readings: &[Reading]) {
        if self.found.is_full() {
            return;
        }
        for (_, department) in self.index.departments.fits(readings, &self.index.alphabet) {
            self.found.next_class();
            let mut matters = self.index.departments.matters(department).to_vec();
            matters.sort_by_key(|matter| Reverse(self.usage.count(*matter)));
            for matter in matters {
                self.found.add(matter, None, Vec::new());
            }
        }
    }
}
