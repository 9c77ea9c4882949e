//! The ways a query can be read. `xian` is 西安 or 先, or four initials: letters are cut into full
//! syllables, taken one by one as initials, or mixed; everything else stands for itself. Where
//! letters meet other characters, or a blank was typed, the query also has pieces that may stand
//! apart in what it finds: `个体sl` finds 个体工商户设立登记.

use std::ops::Range;

use super::cut::{Cut, Cutting, MayFollow};
use super::fold::fold;
use super::slip;
use super::sound::{Alphabet, CharId, Syllable};

/// What one character of a line must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// This character.
    Char(CharId),
    /// Any that is said as one of these syllables: one for a full syllable, many for an initial
    /// or the beginning of a syllable.
    Said(Range<Syllable>),
    /// Any character at all: the typed one was wrong, or is missing.
    Any,
}

/// One way to read the query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// One for each character of the line.
    pub parts: Vec<Part>,
    /// Where in `parts` a piece begins that may stand apart from the one before.
    pub gaps: Vec<usize>,
}

impl Reading {
    /// The pieces, each of them contiguous.
    pub fn pieces(&self) -> impl Iterator<Item = &[Part]> {
        let starts = std::iter::once(0).chain(self.gaps.iter().copied());
        let ends = self.gaps.iter().copied().chain(std::iter::once(self.parts.len()));
        starts.zip(ends).map(|(start, end)| &self.parts[start..end])
    }
}

const MOST_FULL: usize = 16;
const MOST_MIXED: usize = 32;
const MOST_SLIPS: usize = 384;
/// Ways to split a query into a department and a name.
const MOST_SPLITS: usize = 4;

/// A query, folded.
pub struct Query {
    pub(super) chars: Vec<char>,
    /// For each character whether a piece begins with it.
    pub(super) begins: Vec<bool>,
}

impl Query {
    /// Folds what was typed.
    pub fn new(text: &str) -> Self {
        let mut query = Self { chars: Vec::new(), begins: Vec::new() };
        for word in text.split_whitespace() {
            for (i, token) in fold(word).iter().enumerate() {
                let before = query.chars.last().map(char::is_ascii_lowercase);
                let changes = before.is_some_and(|b| b != token.c.is_ascii_lowercase());
                query.begins.push(i == 0 || changes);
                query.chars.push(token.c);
            }
        }
        query
    }

    /// Whether nothing is left to look for.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The folded text.
    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// The readings to try first: letters as initials, and letters as full syllables.
    pub fn plain_readings(&self, alphabet: &Alphabet) -> Vec<Reading> {
        let mut readings = self.cut(alphabet, Cut::Initials, 1);
        if !self.has_letters() {
            return readings;
        }
        for reading in self.cut(alphabet, Cut::Full, MOST_FULL) {
            match reading.parts.as_slice() {
                // A lone beginning would have to be looked for everywhere its letter is.
                [Part::Said(syllables)] => readings.extend(
                    syllables
                        .clone()
                        .map(|s| Reading { parts: vec![Part::Said(s..s + 1)], gaps: Vec::new() }),
                ),
                _ => readings.push(reading),
            }
        }
        readings
    }

    /// The readings to try where the plain ones find too little.
    pub fn mixed_readings(&self, alphabet: &Alphabet, plain: &[Reading]) -> Vec<Reading> {
        if !self.has_letters() {
            return Vec::new();
        }
        let mut readings = self.cut(alphabet, Cut::Mixed, MOST_MIXED);
        readings.retain(|reading| !plain.contains(reading));
        readings
    }

    /// The readings with exactly one slip of the hand; none for a query too short for that.
    ///
    /// `may_follow` tells whether the guide has two parts side by side: what it does not have is
    /// not read on.
    pub fn slip_readings(&self, alphabet: &Alphabet, may_follow: &MayFollow<'_>) -> Vec<Reading> {
        if !slip::may_slip(&self.chars) {
            return Vec::new();
        }
        let mut cuts = vec![Cut::Initials];
        if self.has_letters() {
            cuts.push(Cut::Full);
        }
        let slipped = |cut| Cutting::new(self, alphabet, cut, MOST_SLIPS).slipped(may_follow).all();
        cuts.into_iter().flat_map(slipped).collect()
    }

    /// The ways to take the query for a department and a piece of a name, in either order: one
    /// word of it, or one piece where letters meet other characters.
    pub fn splits(&self) -> Vec<(Self, Self)> {
        let piece = |range: Range<usize>| {
            let mut begins = self.begins[range.clone()].to_vec();
            if let Some(first) = begins.first_mut() {
                *first = true;
            }
            Self { chars: self.chars[range].to_vec(), begins }
        };
        let borders = (1..self.chars.len()).filter(|at| self.begins[*at]);
        borders
            .take(MOST_SPLITS)
            .flat_map(|at| {
                let (left, right) = (piece(0..at), piece(at..self.chars.len()));
                [(left, right), (piece(at..self.chars.len()), piece(0..at))]
            })
            .collect()
    }

    fn has_letters(&self) -> bool {
        self.chars.iter().any(char::is_ascii_lowercase)
    }

    fn cut(&self, alphabet: &Alphabet, cut: Cut, most: usize) -> Vec<Reading> {
        Cutting::new(self, alphabet, cut, most).all()
    }
}
