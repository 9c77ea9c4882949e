//! The exact test of a line against a reading, as a shift-and automaton: one step for each
//! character of the line, whatever the reading.

use super::lines::{Fit, LineToken, fits};
use super::query::{Part, Reading};
use super::sound::Alphabet;

/// How many parts the automaton sees; what is longer is compared to its end where it fits so far.
const MOST_PARTS: usize = 64;

/// A reading, ready to be tested against many lines.
pub struct Matcher<'r> {
    reading: &'r Reading,
    alphabet: &'r Alphabet,
    /// For each character the parts it fits, one bit each.
    masks: Vec<u64>,
    /// The parts that any character fits.
    any: u64,
}

impl<'r> Matcher<'r> {
    /// Of a reading of the same alphabet.
    pub fn new(reading: &'r Reading, alphabet: &'r Alphabet) -> Self {
        let mut masks = vec![0; alphabet.len() as usize];
        let mut any = 0;
        for (i, part) in reading.parts.iter().take(MOST_PARTS).enumerate() {
            let mut allow = |id: u32| {
                if let Some(mask) = masks.get_mut(id as usize) {
                    *mask |= 1 << i;
                }
            };
            match part {
                Part::Char(id) => allow(*id),
                Part::Said(syllables) => alphabet.chars_said(syllables).for_each(allow),
                Part::Any => any |= 1 << i,
            }
        }
        Self { reading, alphabet, masks, any }
    }

    fn mask(&self, token: LineToken) -> u64 {
        self.masks.get(token.id() as usize).copied().unwrap_or(0) | self.any
    }

    /// How the query fits in one piece, at its best.
    pub fn best(&self, tokens: &[LineToken]) -> Option<Fit> {
        let length = self.reading.parts.len();
        let seen = length.min(MOST_PARTS);
        let goal = 1u64 << seen.checked_sub(1)?;
        let (mut state, mut best) = (0u64, None);
        for (i, token) in tokens.iter().enumerate() {
            state = (state << 1 | 1) & self.mask(*token);
            if state & goal == 0 {
                continue;
            }
            let start = i + 1 - seen;
            if length > seen && !self.fits_at(tokens, start) {
                continue;
            }
            match start {
                0 if tokens.len() == length => return Some(Fit::Exact),
                0 => return Some(Fit::Prefix),
                _ if tokens[start].starts_word() => return Some(Fit::Word),
                _ => best = Some(Fit::Inner),
            }
        }
        best
    }

    fn fits_at(&self, tokens: &[LineToken], start: usize) -> bool {
        let (tokens, parts) = (&tokens[start..], &self.reading.parts);
        tokens.len() >= parts.len() && fits(tokens, parts, self.alphabet)
    }

    /// Whether the query fits so, or better.
    pub fn fits(&self, tokens: &[LineToken], fit: Fit) -> bool {
        match fit {
            Fit::Exact => {
                tokens.len() == self.reading.parts.len() && self.fits(tokens, Fit::Prefix)
            }
            Fit::Prefix => self.fits_at(tokens, 0),
            Fit::Word | Fit::Inner => self.best(tokens).is_some_and(|best| best <= fit),
            Fit::Apart => self.fits_apart(tokens),
        }
    }

    /// Whether the pieces follow each other in the line. A query of pieces that is longer than
    /// the automaton finds nothing.
    fn fits_apart(&self, tokens: &[LineToken]) -> bool {
        let length = self.reading.parts.len();
        if length > MOST_PARTS {
            return false;
        }
        let mut starts = self.reading.gaps.iter().copied().chain(std::iter::once(length));
        let (mut start, mut state) = (0, 0u64);
        let mut end = starts.next().unwrap_or(length);
        for token in tokens {
            state = (state << 1 | 1 << start) & self.mask(*token);
            if state >> (end - 1) & 1 == 1 {
                let Some(next) = starts.next() else { return true };
                (start, end, state) = (end, next, 0);
            }
        }
        false
    }
}
