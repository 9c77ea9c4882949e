//! The texts that are searched, folded and laid out in one block of memory, and the exact test
//! of a line against a reading of the query.

use std::ops::Range;

use super::fold::fold;
use super::query::{Part, Reading};
use super::sound::{Alphabet, CharId};

/// Marks a token that begins a word, in a bit that no character's number reaches.
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
    /// The number of each character, with [`WORD_START`].
    tokens: Vec<u32>,
    ends: Vec<u32>,
}

impl Lines {
    /// Adds a line.
    pub fn push(&mut self, text: &str, alphabet: &mut Alphabet) {
        for token in fold(text) {
            let word = if token.starts_word { WORD_START } else { 0 };
            self.tokens.push(alphabet.meet(token.c) | word);
        }
        self.ends.push(u32::try_from(self.tokens.len()).unwrap_or(u32::MAX));
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    fn line(&self, line: usize) -> &[u32] {
        let start = line.checked_sub(1).and_then(|l| self.ends.get(l)).map_or(0, |e| *e as usize);
        let end = self.ends.get(line).map_or(start, |e| *e as usize);
        self.tokens.get(start..end).unwrap_or_default()
    }

    /// The characters of a line, and whether each begins a word.
    pub fn chars(&self, line: usize) -> impl Iterator<Item = (CharId, bool)> + '_ {
        self.line(line).iter().map(|t| (t & !WORD_START, t & WORD_START != 0))
    }

    /// How the query fits in one piece, at its best.
    pub fn best(&self, line: usize, reading: &Reading, alphabet: &Alphabet) -> Option<Fit> {
        let tokens = self.line(line);
        let length = reading.parts.len();
        let mut places = (0..=tokens.len().checked_sub(length)?)
            .filter(|at| fits(&tokens[*at..], &reading.parts, alphabet));
        match places.next()? {
            0 if tokens.len() == length => Some(Fit::Exact),
            0 => Some(Fit::Prefix),
            first => {
                let word =
                    std::iter::once(first).chain(places).any(|at| tokens[at] & WORD_START != 0);
                Some(if word { Fit::Word } else { Fit::Inner })
            }
        }
    }

    /// Whether the query fits as asked for. (What fits better fits [`Fit::Inner`] as well.)
    pub fn fits(&self, line: usize, reading: &Reading, fit: Fit, alphabet: &Alphabet) -> bool {
        let tokens = self.line(line);
        let parts = reading.parts.as_slice();
        if tokens.len() < parts.len() {
            return false;
        }
        let last = tokens.len() - parts.len();
        match fit {
            Fit::Exact => last == 0 && fits(tokens, parts, alphabet),
            Fit::Prefix => fits(tokens, parts, alphabet),
            Fit::Word => (0..=last)
                .any(|at| tokens[at] & WORD_START != 0 && fits(&tokens[at..], parts, alphabet)),
            Fit::Inner => (0..=last).any(|at| fits(&tokens[at..], parts, alphabet)),
            Fit::Apart => self.places(line, reading, fit, alphabet).is_some(),
        }
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
                (!words_only || tokens[*at] & WORD_START != 0)
                    && fits(&tokens[*at..], parts, alphabet)
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
}

/// Whether `tokens` begin with what `parts` ask for.
fn fits(tokens: &[u32], parts: &[Part], alphabet: &Alphabet) -> bool {
    parts.iter().zip(tokens).all(|(part, token)| {
        let id = token & !WORD_START;
        match part {
            Part::Char(wanted) => id == *wanted,
            Part::Said(syllables) => alphabet.is_said(id, syllables),
        }
    })
}
