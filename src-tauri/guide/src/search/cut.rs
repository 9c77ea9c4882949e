//! Cutting a query into its readings: a walk through what can be read at each place, with a slip
//! of the hand where one is allowed for.

use super::query::{Part, Query, Reading};
use super::slip::{self, Slip};
use super::sound::Alphabet;

/// Whether the guide has two parts side by side.
pub type MayFollow<'f> = dyn Fn(&Part, &Part) -> bool + 'f;

/// How letters are cut.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// One by one.
    Initials,
    /// Into full syllables, the last of a run perhaps unfinished.
    Full,
    /// Into syllables and initials (zh, ch and sh included) in any mixture.
    Mixed,
}

/// The longest syllable, in letters (`zhuang`).
const LONGEST_SYLLABLE: usize = 6;
/// A single syllable with a slip would be nearly any syllable.
const LEAST_SLIPPED: usize = 2;
/// Steps of the walk: a bound on time, far above what real queries need.
const MOST_STEPS: usize = 2048;

/// A query being cut into readings.
pub struct Cutting<'q> {
    query: &'q Query,
    alphabet: &'q Alphabet,
    cut: Cut,
    most: usize,
    steps: usize,
    so_far: Reading,
    /// Whether the readings wanted have a slip, and whether the one so far has it.
    slip: Option<bool>,
    may_follow: Option<&'q MayFollow<'q>>,
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
    /// At most `most` readings.
    pub fn new(query: &'q Query, alphabet: &'q Alphabet, cut: Cut, most: usize) -> Self {
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
    pub fn slipped(self, may_follow: &'q MayFollow<'q>) -> Self {
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
    pub fn all(mut self) -> Vec<Reading> {
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
            let least = if self.slip.is_some() { LEAST_SLIPPED } else { 1 };
            if self.slip != Some(false) && self.so_far.parts.len() >= least {
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
