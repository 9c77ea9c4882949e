//! The ways a query can be read. `xian` is 西安 or 先, or four initials: letters are cut into full
//! syllables, taken one by one as initials, or mixed; everything else stands for itself. Where
//! letters meet other characters, or a blank was typed, the query also has pieces that may stand
//! apart in what it finds: `个体sl` finds 个体工商户设立登记.

use super::fold::fold;
use super::sound::initial_bit;

/// What one character of a line must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// This character.
    Literal(char),
    /// Any whose reading begins with this letter (one bit).
    Initial(u32),
    /// Any that is read so; with the bit of its initial.
    Syllable(String, u32),
    /// Any whose reading begins so; with the bit of its initial.
    Beginning(String, u32),
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

/// The syllables that occur in the guide, sorted: no other can find anything.
pub struct Syllables<'s>(pub &'s [&'static str]);

impl Syllables<'_> {
    fn has(&self, text: &str) -> bool {
        self.0.binary_search(&text).is_ok()
    }

    /// The syllables that begin with `text`.
    pub fn beginning_with<'t>(&'t self, text: &'t str) -> impl Iterator<Item = &'static str> + 't {
        let from = self.0.partition_point(|s| *s < text);
        self.0[from..].iter().copied().take_while(move |s| s.starts_with(text))
    }
}

/// How letters are cut.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// Into full syllables, the last of a run perhaps unfinished.
    Full,
    /// Into syllables and initials (zh, ch and sh included) in any mixture.
    Mixed,
}

/// The longest syllable, in letters (`zhuang`).
const LONGEST_SYLLABLE: usize = 6;
const MOST_FULL: usize = 24;
const MOST_MIXED: usize = 64;
/// Steps of the search for readings: a bound on time, far above what real queries need.
const MOST_STEPS: usize = 8192;

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

    /// The readings to try first: letters as full syllables, and letters as initials.
    pub fn plain_readings(&self, syllables: &Syllables<'_>) -> Vec<Reading> {
        let mut readings = vec![self.initials()];
        for reading in self.cut(syllables, Cut::Full, MOST_FULL) {
            match reading.parts.as_slice() {
                // A lone beginning would have to be looked for everywhere its letter is.
                [Part::Beginning(text, bit)] => {
                    readings.extend(syllables.beginning_with(text).map(|s| Reading {
                        parts: vec![Part::Syllable(s.to_owned(), *bit)],
                        gaps: Vec::new(),
                    }));
                }
                _ => readings.push(reading),
            }
        }
        readings.dedup();
        readings
    }

    /// The readings to try where the plain ones find too little.
    pub fn mixed_readings(&self, syllables: &Syllables<'_>) -> Vec<Reading> {
        self.cut(syllables, Cut::Mixed, MOST_MIXED)
    }

    fn initials(&self) -> Reading {
        let part = |c: &char| letter_bit(*c).map_or(Part::Literal(*c), Part::Initial);
        let gaps = (1..self.chars.len()).filter(|i| self.begins[*i]).collect();
        Reading { parts: self.chars.iter().map(part).collect(), gaps }
    }

    fn cut(&self, syllables: &Syllables<'_>, cut: Cut, most: usize) -> Vec<Reading> {
        if !self.chars.iter().any(char::is_ascii_lowercase) {
            return Vec::new();
        }
        let mut cutting = Cutting {
            chars: &self.chars,
            begins: &self.begins,
            syllables,
            cut,
            most,
            steps: 0,
            so_far: Reading::default(),
            dead: vec![false; self.chars.len() + 1],
            readings: Vec::new(),
        };
        cutting.from(0);
        cutting.readings
    }
}

fn letter_bit(c: char) -> Option<u32> {
    u8::try_from(c).ok().and_then(initial_bit)
}

struct Cutting<'q> {
    chars: &'q [char],
    begins: &'q [bool],
    syllables: &'q Syllables<'q>,
    cut: Cut,
    most: usize,
    steps: usize,
    so_far: Reading,
    /// Positions from which no reading reaches the end.
    dead: Vec<bool>,
    readings: Vec<Reading>,
}

impl Cutting<'_> {
    /// Reads on from `at`, long pieces first. Whether the end was reached.
    fn from(&mut self, at: usize) -> bool {
        let Some(c) = self.chars.get(at).copied() else {
            self.readings.push(self.so_far.clone());
            return true;
        };
        self.steps += 1;
        if self.dead[at] || self.steps > MOST_STEPS || self.readings.len() >= self.most {
            return false;
        }
        let Some(bit) = letter_bit(c) else { return self.step(Part::Literal(c), at, at + 1) };
        let run = self.chars[at..].iter().take_while(|c| c.is_ascii_lowercase()).count();
        let mut reached = false;
        for length in (1..=run.min(LONGEST_SYLLABLE)).rev() {
            let piece: String = self.chars[at..at + length].iter().collect();
            let ends_run = length == run;
            let part = if length == 1 && (ends_run || self.cut == Cut::Mixed) {
                Some(Part::Initial(bit))
            } else if ends_run && self.syllables.beginning_with(&piece).next().is_some() {
                Some(Part::Beginning(piece, bit))
            } else if self.syllables.has(&piece) {
                Some(Part::Syllable(piece, bit))
            } else if self.cut == Cut::Mixed && matches!(piece.as_str(), "zh" | "ch" | "sh") {
                Some(Part::Beginning(piece, bit))
            } else {
                None
            };
            if let Some(part) = part {
                reached |= self.step(part, at, at + length);
            }
        }
        // Nothing was cut short by a limit, so nothing will be found here later either.
        if !reached && self.steps <= MOST_STEPS && self.readings.len() < self.most {
            self.dead[at] = true;
        }
        reached
    }

    fn step(&mut self, part: Part, at: usize, next: usize) -> bool {
        let is_gap = at > 0 && self.begins[at];
        if is_gap {
            self.so_far.gaps.push(self.so_far.parts.len());
        }
        self.so_far.parts.push(part);
        let reached = self.from(next);
        self.so_far.parts.pop();
        if is_gap {
            self.so_far.gaps.pop();
        }
        reached
    }
}
