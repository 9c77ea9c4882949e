//! The texts that are searched, folded and laid out in one block of memory.

use std::ops::Range;

use super::fold::fold;
use super::polyphones::right_readings;
use super::query::{Part, Reading};
use super::sound::{Alphabet, CharId};

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

/// A character of a line: its number, whether a word begins with it, and which of its readings
/// is right here, in the bits that no character's number reaches.
#[derive(Clone, Copy)]
pub struct LineToken(u32);

const WORD_START: u32 = 1 << 31;
const RIGHT_SHIFT: u32 = 28;
const RIGHT: u32 = 7 << RIGHT_SHIFT;

impl LineToken {
    fn new(id: CharId, starts_word: bool, right: Option<usize>) -> Self {
        let word = if starts_word { WORD_START } else { 0 };
        let right = right.and_then(|nth| u32::try_from(nth + 1).ok()).filter(|n| *n < 8);
        Self(id & !(WORD_START | RIGHT) | word | right.unwrap_or(0) << RIGHT_SHIFT)
    }

    /// The character's number.
    pub fn id(self) -> CharId {
        self.0 & !(WORD_START | RIGHT)
    }

    /// Whether a word begins with it.
    pub fn starts_word(self) -> bool {
        self.0 & WORD_START != 0
    }

    /// Which of its readings is right, where that is known.
    fn right(self) -> Option<usize> {
        ((self.0 & RIGHT) >> RIGHT_SHIFT).checked_sub(1).map(|nth| nth as usize)
    }
}

/// Lines of folded text.
#[derive(Default)]
pub struct Lines {
    tokens: Vec<LineToken>,
    ends: Vec<u32>,
}

impl Lines {
    /// Adds a line.
    pub fn push(&mut self, text: &str, alphabet: &mut Alphabet) {
        let tokens = fold(text);
        for (token, right) in tokens.iter().zip(right_readings(&tokens)) {
            self.tokens.push(LineToken::new(alphabet.meet(token.c), token.starts_word, right));
        }
        self.ends.push(u32::try_from(self.tokens.len()).unwrap_or(u32::MAX));
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The characters of a line.
    pub fn line(&self, line: usize) -> &[LineToken] {
        let start = line.checked_sub(1).and_then(|l| self.ends.get(l)).map_or(0, |e| *e as usize);
        let end = self.ends.get(line).map_or(start, |e| *e as usize);
        self.tokens.get(start..end).unwrap_or_default()
    }

    /// Which tokens of a line the query fits, where it fits as asked for.
    pub fn places(
        &self,
        line: usize,
        reading: &Reading,
        fit: Fit,
        alphabet: &Alphabet,
    ) -> Option<Vec<Range<usize>>> {
        let tokens = self.line(line);
        let first = |from: usize, parts: &[Part], words_only: bool| {
            let last = tokens.len().checked_sub(parts.len())?;
            let mut places = from..=last;
            let at = places.find(|at| {
                (!words_only || tokens[*at].starts_word()) && fits(&tokens[*at..], parts, alphabet)
            })?;
            Some(at..at + parts.len())
        };
        if fit != Fit::Apart {
            return first(0, &reading.parts, fit == Fit::Word).map(|place| vec![place]);
        }
        let mut from = 0;
        let pieces = reading.pieces().map(|piece| {
            let place = first(from, piece, false)?;
            from = place.end;
            Some(place)
        });
        pieces.collect()
    }

    /// Whether the query was typed in a reading that these characters of the line do not have
    /// there: `zhongzu` for 重组.
    pub fn is_misread(
        &self,
        line: usize,
        reading: &Reading,
        fit: Fit,
        alphabet: &Alphabet,
    ) -> bool {
        let tokens = self.line(line);
        let places = self.places(line, reading, fit, alphabet).unwrap_or_default();
        places.into_iter().flatten().zip(&reading.parts).any(|(at, part)| {
            let Some(token) = tokens.get(at) else { return false };
            let right = token.right().and_then(|nth| alphabet.nth_said(token.id(), nth));
            matches!((part, right), (Part::Said(typed), Some(right)) if !typed.contains(&right))
        })
    }
}

/// Whether `tokens` begin with what `parts` ask for.
pub fn fits(tokens: &[LineToken], parts: &[Part], alphabet: &Alphabet) -> bool {
    parts.iter().zip(tokens).all(|(part, token)| match part {
        Part::Char(wanted) => token.id() == *wanted,
        Part::Said(syllables) => alphabet.is_said(token.id(), syllables),
        Part::Any => true,
    })
}
