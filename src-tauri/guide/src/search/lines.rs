//! The texts that are searched, folded and laid out in one block of memory, and the exact test
//! of a line against a reading of the query.

use super::fold::fold;
use super::query::{Part, Reading};
use super::sound::Readings;

/// Marks a token that begins a word, in the bits that the letters leave.
const WORD_START: u32 = 1 << 31;

/// How well a line fits, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The whole line.
    Exact,
    /// Its beginning.
    Prefix,
    /// The beginning of a word in it.
    Word,
    /// Somewhere in it.
    Inner,
    /// Its pieces somewhere in it, in their order but apart.
    Apart,
}

impl Fit {
    /// Every fit of the query in one piece, best first.
    pub const WHOLE: [Self; 4] = [Self::Exact, Self::Prefix, Self::Word, Self::Inner];
}

/// Lines of folded text.
#[derive(Default)]
pub struct Lines {
    chars: Vec<char>,
    /// For each character the letters it can begin with, and whether it begins a word.
    masks: Vec<u32>,
    origins: Vec<u32>,
    ends: Vec<u32>,
}

impl Lines {
    /// Adds a line.
    pub fn push(&mut self, text: &str) {
        for token in fold(text) {
            let word = if token.starts_word { WORD_START } else { 0 };
            self.chars.push(token.c);
            self.masks.push(Readings::of(token.c).initials() | word);
            self.origins.push(token.origin);
        }
        self.ends.push(u32::try_from(self.chars.len()).unwrap_or(u32::MAX));
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    fn range(&self, line: usize) -> std::ops::Range<usize> {
        let start = line.checked_sub(1).and_then(|l| self.ends.get(l)).map_or(0, |e| *e as usize);
        start..self.ends.get(line).map_or(start, |e| *e as usize)
    }

    /// The characters of a line, and whether each begins a word.
    pub fn tokens(&self, line: usize) -> impl Iterator<Item = (char, bool)> + '_ {
        self.range(line).map(|t| (self.chars[t], self.masks[t] & WORD_START != 0))
    }

    /// Where in `line` the query fits as asked for, as half-open ranges of the characters of the
    /// original text.
    pub fn find(&self, line: usize, reading: &Reading, fit: Fit) -> Option<Vec<(u32, u32)>> {
        let range = self.range(line);
        if fit == Fit::Apart {
            let mut from = range.start;
            let found = reading.pieces().map(|piece| {
                let at = self.first(from..range.end, piece)?;
                from = at + piece.len();
                self.shown(at, piece.len())
            });
            return found.collect();
        }
        let parts = reading.parts.as_slice();
        let last = range.end.checked_sub(parts.len()).filter(|last| *last >= range.start)?;
        let at = match fit {
            Fit::Exact if last != range.start => None,
            Fit::Exact | Fit::Prefix => self.fits(range.start, parts).then_some(range.start),
            Fit::Word => (range.start..=last)
                .find(|t| self.masks[*t] & WORD_START != 0 && self.fits(*t, parts)),
            Fit::Inner | Fit::Apart => self.first(range, parts),
        }?;
        self.shown(at, parts.len()).map(|range| vec![range])
    }

    /// The first place in `range` where all of `parts` fit side by side.
    fn first(&self, range: std::ops::Range<usize>, parts: &[Part]) -> Option<usize> {
        let last = range.end.checked_sub(parts.len())?;
        (range.start..=last).find(|at| self.fits(*at, parts))
    }

    /// The characters of the original text behind `length` tokens, which is at least one.
    fn shown(&self, at: usize, length: usize) -> Option<(u32, u32)> {
        let last = self.origins.get((at + length).checked_sub(1)?)?;
        Some((*self.origins.get(at)?, last.saturating_add(1)))
    }

    fn fits(&self, at: usize, parts: &[Part]) -> bool {
        parts.iter().enumerate().all(|(i, part)| self.token_fits(at + i, part))
    }

    fn token_fits(&self, at: usize, part: &Part) -> bool {
        let said = |initial: u32, accepts: &dyn Fn(&str) -> bool| {
            self.masks[at] & initial != 0 && Readings::of(self.chars[at]).iter().any(accepts)
        };
        match part {
            Part::Literal(c) => self.chars[at] == *c,
            Part::Initial(bit) => self.masks[at] & bit != 0,
            Part::Syllable(s, bit) => said(*bit, &|reading| reading == s),
            Part::Beginning(s, bit) => said(*bit, &|reading| reading.starts_with(s.as_str())),
        }
    }
}
