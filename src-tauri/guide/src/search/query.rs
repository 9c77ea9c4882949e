//! The ways a query can be read. `xian` is 西安 or 先, or four initials: letters are cut into full
//! syllables, taken one by one as initials, or mixed; everything else stands for itself. Where
//! letters meet other characters, or a blank was typed, the query also has pieces that may stand
//! apart in what it finds: `个体sl` finds 个体工商户设立登记.

use std::ops::Range;

use super::fold::fold;
use super::sound::{Alphabet, CharId, Syllable};

/// What one character of a line must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// This character.
    Char(CharId),
    /// Any that is said as one of these syllables: one for a full syllable, many for an initial
    /// or the beginning of a syllable.
    Said(Range<Syllable>),
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

/// How letters are cut.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// One by one.
    Initials,
    /// Into full syllables, the last of a run perhaps unfinished.
    Full,
    /// Into syllables and initials (zh, ch and sh included) in any mixture.
    Mixed,
}

/// The longest syllable, in letters (`zhuang`).
const LONGEST_SYLLABLE: usize = 6;
const MOST_FULL: usize = 16;
const MOST_MIXED: usize = 32;
/// Steps of the search for readings: a bound on time, far above what real queries need.
const MOST_STEPS: usize = 2048;

/// A query, folded.
pub struct Query {
    chars: Vec<char>,
    /// For each character whether a piece begins with it.
    begins: Vec<bool>,
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

    fn has_letters(&self) -> bool {
        self.chars.iter().any(char::is_ascii_lowercase)
    }

    fn cut(&self, alphabet: &Alphabet, cut: Cut, most: usize) -> Vec<Reading> {
        let mut cutting = Cutting {
            query: self,
            alphabet,
            cut,
            most,
            steps: 0,
            so_far: Reading::default(),
            dead: vec![false; self.chars.len() + 1],
            readings: Vec::new(),
        };
        cutting.read_from(0);
        cutting.readings
    }
}

struct Cutting<'q> {
    query: &'q Query,
    alphabet: &'q Alphabet,
    cut: Cut,
    most: usize,
    steps: usize,
    so_far: Reading,
    /// Positions from which no reading reaches the end.
    dead: Vec<bool>,
    readings: Vec<Reading>,
}

impl Cutting<'_> {
    fn is_over(&self) -> bool {
        self.steps > MOST_STEPS || self.readings.len() >= self.most
    }

    /// Reads on from `start`, long pieces first, and keeps every reading that reaches the end.
    /// A loop over an explicit stack: a query may be longer than the call stack is deep.
    fn read_from(&mut self, start: usize) {
        // What to do next: take a part and go on, or take it back again.
        enum Step {
            Take(Part, usize, usize),
            Back { found: usize, at: usize, gap: bool },
        }
        let mut stack: Vec<Step> = Vec::new();
        let push_parts = |this: &mut Self, at: usize, stack: &mut Vec<Step>| {
            this.steps += 1;
            if at == this.query.chars.len() {
                this.readings.push(this.so_far.clone());
            } else if !this.dead[at] && this.steps <= MOST_STEPS {
                // The stack gives back the last first: the longest piece must come last.
                let parts = this.parts_at(at);
                stack.extend(parts.into_iter().map(|(part, next)| Step::Take(part, at, next)));
            }
        };
        push_parts(self, start, &mut stack);
        while let Some(step) = stack.pop() {
            match step {
                Step::Take(..) if self.is_over() => {}
                Step::Take(part, at, next) => {
                    let gap = at > 0 && self.query.begins[at];
                    if gap {
                        self.so_far.gaps.push(self.so_far.parts.len());
                    }
                    self.so_far.parts.push(part);
                    stack.push(Step::Back { found: self.readings.len(), at: next, gap });
                    push_parts(self, next, &mut stack);
                }
                Step::Back { found, at, gap } => {
                    self.so_far.parts.pop();
                    if gap {
                        self.so_far.gaps.pop();
                    }
                    // Nothing was cut short by a limit, so nothing will be found later either.
                    if self.readings.len() == found && !self.is_over() {
                        self.dead[at] = true;
                    }
                }
            }
        }
    }

    /// What can be read at `at` and where it ends, short pieces first.
    fn parts_at(&self, at: usize) -> Vec<(Part, usize)> {
        let chars = &self.query.chars[at..];
        let Some(first) = chars.first().copied() else { return Vec::new() };
        if !first.is_ascii_lowercase() {
            // A character that the guide does not have leads nowhere.
            let id = self.alphabet.id(first);
            return id.map(|id| (Part::Char(id), at + 1)).into_iter().collect();
        }
        let run = chars.iter().take_while(|c| c.is_ascii_lowercase()).count();
        let longest = if self.cut == Cut::Initials { 1 } else { run.min(LONGEST_SYLLABLE) };
        let mut parts = Vec::new();
        for length in 1..=longest {
            let piece: String = chars[..length].iter().collect();
            let may_be_beginning = match self.cut {
                Cut::Initials => true,
                Cut::Full => length == run,
                Cut::Mixed => {
                    length == run || length == 1 || matches!(piece.as_str(), "zh" | "ch" | "sh")
                }
            };
            let beginning = self.alphabet.beginning_with(&piece);
            if beginning.is_empty() {
                break;
            }
            if may_be_beginning {
                parts.push((Part::Said(beginning), at + length));
            } else if let Some(s) = self.alphabet.syllable(&piece) {
                parts.push((Part::Said(s..s + 1), at + length));
            }
        }
        parts
    }
}
