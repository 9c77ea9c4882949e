//! The ways a query can be read. `xian` is 西安 or 先, or four initials: letters are cut into full
//! syllables, taken one by one as initials, or mixed; everything else stands for itself. Where
//! letters meet other characters, or a blank was typed, the query also has pieces that may stand
//! apart in what it finds: `个体sl` finds 个体工商户设立登记.

use std::ops::Range;

use super::fold::fold;
use super::slip::{self, Slip};
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
const MOST_SLIPS: usize = 384;
/// Ways to split a query into a department and a name.
const MOST_SPLITS: usize = 4;

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

    /// The readings with exactly one slip of the hand; none for a query too short for that.
    ///
    /// `may_follow` tells whether the guide has two parts side by side: what it does not have is
    /// not read on.
    pub fn slip_readings(
        &self,
        alphabet: &Alphabet,
        may_follow: &dyn Fn(&Part, &Part) -> bool,
    ) -> Vec<Reading> {
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

struct Cutting<'q> {
    query: &'q Query,
    alphabet: &'q Alphabet,
    cut: Cut,
    most: usize,
    steps: usize,
    so_far: Reading,
    /// Whether the readings wanted have a slip, and whether the one so far has it.
    slip: Option<bool>,
    may_follow: Option<&'q dyn Fn(&Part, &Part) -> bool>,
    /// Positions from which no reading reaches the end, with and without a slip before.
    dead: [Vec<bool>; 2],
    /// What can be read at each position, where that was asked before.
    pieces: Vec<Option<Vec<(Part, usize)>>>,
    readings: Vec<Reading>,
}

/// What to do next: take parts and go on, or take them back again.
enum Step {
    Take { parts: Vec<Part>, at: usize, next: usize, slips: bool },
    Back { found: usize, at: usize, parts: usize, gap: bool, slips: bool },
}

impl<'q> Cutting<'q> {
    fn new(query: &'q Query, alphabet: &'q Alphabet, cut: Cut, most: usize) -> Self {
        let places = query.chars.len() + 1;
        Self {
            query,
            alphabet,
            cut,
            most,
            steps: 0,
            so_far: Reading::default(),
            slip: None,
            may_follow: None,
            dead: [vec![false; places], vec![false; places]],
            pieces: vec![None; places],
            readings: Vec::new(),
        }
    }

    /// Readings with exactly one slip instead of none.
    fn slipped(self, may_follow: &'q dyn Fn(&Part, &Part) -> bool) -> Self {
        Self { slip: Some(false), may_follow: Some(may_follow), ..self }
    }

    /// Whether the last parts can stand side by side; `new` of them were not looked at before.
    fn may_go_on(&self, new: usize) -> bool {
        let Some(may_follow) = self.may_follow else { return true };
        let parts = &self.so_far.parts;
        let from = parts.len().saturating_sub(new + 1);
        parts[from..].windows(2).all(|two| may_follow(&two[0], &two[1]))
    }

    fn is_over(&self) -> bool {
        self.steps > MOST_STEPS || self.readings.len() >= self.most
    }

    /// Every reading of the whole query, long pieces first. A loop over an explicit stack: a
    /// query may be longer than the call stack is deep.
    fn all(mut self) -> Vec<Reading> {
        let mut stack: Vec<Step> = Vec::new();
        self.go_on(0, &mut stack);
        while let Some(step) = stack.pop() {
            match step {
                Step::Take { .. } if self.is_over() => {}
                Step::Take { parts, at, next, slips } => {
                    let gap = at > 0 && next > at && self.query.begins[at];
                    if gap {
                        self.so_far.gaps.push(self.so_far.parts.len());
                    }
                    let (found, count) = (self.readings.len(), parts.len());
                    self.so_far.parts.extend(parts);
                    if slips {
                        self.slip = Some(true);
                    }
                    stack.push(Step::Back { found, at: next, parts: count, gap, slips });
                    if self.may_go_on(count) {
                        self.go_on(next, &mut stack);
                    }
                }
                Step::Back { found, at, parts, gap, slips } => {
                    // Nothing was cut short by a limit or by what stands before, so nothing will
                    // be found later either.
                    if self.may_follow.is_none() && self.readings.len() == found && !self.is_over()
                    {
                        self.dead[usize::from(self.slip == Some(true))][at] = true;
                    }
                    self.so_far.parts.truncate(self.so_far.parts.len() - parts);
                    if gap {
                        self.so_far.gaps.pop();
                    }
                    if slips {
                        self.slip = Some(false);
                    }
                }
            }
        }
        self.readings
    }

    /// Keeps a reading that reached the end, or lines up what can be read at `at`.
    fn go_on(&mut self, at: usize, stack: &mut Vec<Step>) {
        self.steps += 1;
        if at == self.query.chars.len() {
            if self.slip != Some(false) && !self.so_far.parts.is_empty() {
                self.readings.push(self.so_far.clone());
            }
            return;
        }
        if self.dead[usize::from(self.slip == Some(true))][at] || self.steps > MOST_STEPS {
            return;
        }
        if self.slip == Some(false) {
            let slips = self.slips_at(at).into_iter();
            stack.extend(slips.map(|Slip { parts, next }| Step::Take {
                parts,
                at,
                next,
                slips: true,
            }));
        }
        if self.pieces[at].is_none() {
            self.pieces[at] = Some(self.parts_at(at));
        }
        // The stack gives back the last first: the longest piece must come last.
        let pieces = self.pieces[at].iter().flatten().cloned();
        stack.extend(pieces.map(|(part, next)| Step::Take {
            parts: vec![part],
            at,
            next,
            slips: false,
        }));
    }

    /// What may have been meant at `at`, with one slip.
    fn slips_at(&self, at: usize) -> Vec<Slip> {
        let chars = &self.query.chars;
        if self.cut != Cut::Initials && chars[at].is_ascii_lowercase() {
            return slip::of_syllables(chars, at, self.alphabet);
        }
        slip::of_characters(chars, at, |c| {
            if !c.is_ascii_lowercase() {
                return self.alphabet.id(c).map(Part::Char);
            }
            let said = self.alphabet.beginning_with(c.encode_utf8(&mut [0; 4]));
            (!said.is_empty()).then_some(Part::Said(said))
        })
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
