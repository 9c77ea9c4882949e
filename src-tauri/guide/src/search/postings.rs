//! Which lines hold which neighbours: for a sound, and for two sounds side by side, the lines
//! they occur in. Looking at the rarest pair of a query leaves few lines to test exactly.

use std::collections::HashMap;

use super::lines::{Fit, Lines};
use super::query::{Part, Reading, Syllables};
use super::sound::Readings;

/// A sound as a small number: an edge, a syllable or an initial, or the bucket of a character
/// that nobody knows how to say.
type Sound = u16;

const LINE_START: Sound = 0;
const LINE_END: Sound = 1;
const WORD_START: Sound = 2;
const FIRST_SOUND: Sound = 8;
const FIRST_MUTE: Sound = 2048;
const MUTES: u32 = 4096;
/// Stands for "whatever follows".
const ANYTHING: Sound = u16::MAX;

fn pair(left: Sound, right: Sound) -> u32 {
    u32::from(left) << 16 | u32::from(right)
}

fn mute(c: char) -> Sound {
    FIRST_MUTE + Sound::try_from(u32::from(c) % MUTES).unwrap_or_default()
}

/// Lines by pair of sounds, in ascending order.
#[derive(Default)]
struct Table {
    keys: Vec<u32>,
    starts: Vec<u32>,
    lines: Vec<u32>,
}

impl Table {
    /// From entries of `pair << 32 | line`.
    fn new(mut entries: Vec<u64>) -> Self {
        entries.sort_unstable();
        entries.dedup();
        let mut table = Self { lines: Vec::with_capacity(entries.len()), ..Self::default() };
        for entry in entries {
            let key = (entry >> 32) as u32;
            if table.keys.last() != Some(&key) {
                table.keys.push(key);
                table.starts.push(u32::try_from(table.lines.len()).unwrap_or(u32::MAX));
            }
            table.lines.push(entry as u32);
        }
        table.starts.push(u32::try_from(table.lines.len()).unwrap_or(u32::MAX));
        table
    }

    fn get(&self, left: Sound, right: Sound) -> &[u32] {
        let Ok(at) = self.keys.binary_search(&pair(left, right)) else { return &[] };
        &self.lines[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// Lines by their neighbouring syllables and initials.
pub struct Postings {
    syllables: Vec<&'static str>,
    by_syllable: Table,
    by_initial: Table,
}

impl Postings {
    /// Of every line.
    pub fn new(lines: &Lines) -> Self {
        let mut known: Vec<&'static str> = Vec::new();
        let mut readings: HashMap<char, Readings> = HashMap::new();
        for line in 0..lines.len() {
            for (c, _) in lines.tokens(line) {
                readings.entry(c).or_insert_with(|| {
                    let said = Readings::of(c);
                    known.extend(said.iter());
                    said
                });
            }
        }
        known.sort_unstable();
        known.dedup();
        let sounds_by = |sound: &dyn Fn(&str) -> Option<Sound>| -> Table {
            let sounds = readings.iter().map(|(c, said)| {
                let mut sounds: Vec<Sound> = said.iter().filter_map(sound).collect();
                sounds.sort_unstable();
                sounds.dedup();
                (*c, if sounds.is_empty() { vec![mute(*c)] } else { sounds })
            });
            table(lines, &sounds.collect())
        };
        let by_syllable = sounds_by(&|said| syllable_sound(&known, said));
        let by_initial = sounds_by(&initial_sound);
        Self { syllables: known, by_syllable, by_initial }
    }

    /// The syllables that occur.
    pub fn syllables(&self) -> Syllables<'_> {
        Syllables(&self.syllables)
    }

    /// A superset of the lines where `reading` fits so, in ascending order.
    pub fn candidates(&self, reading: &Reading, fit: Fit) -> &[u32] {
        let Some(heard) = reading.parts.iter().map(|p| self.hear(p)).collect::<Option<Vec<_>>>()
        else {
            return &[];
        };
        let (Some(first), Some(last)) = (heard.first(), heard.last()) else { return &[] };
        let edges = match fit {
            Fit::Exact => [self.get(LINE_START, *first), self.get(*last, LINE_END)],
            Fit::Prefix => [self.get(LINE_START, *first); 2],
            Fit::Word => [self.get(WORD_START, *first); 2],
            Fit::Inner | Fit::Apart => [self.get(*first, ANYTHING); 2],
        };
        let singles = heard.iter().map(|one| self.get(*one, ANYTHING));
        let side_by_side = |i: &usize| fit != Fit::Apart || !reading.gaps.contains(&(i + 1));
        let pairs = (0..heard.len() - 1).filter(side_by_side);
        let pairs = pairs.map(|i| self.get(heard[i], heard[i + 1]));
        edges.into_iter().chain(singles).chain(pairs).min_by_key(|lines| lines.len()).unwrap_or(&[])
    }

    /// What to look a part up by; none if no line has it.
    fn hear(&self, part: &Part) -> Option<Heard> {
        let initial = |bit: u32| FIRST_SOUND + Sound::try_from(bit.trailing_zeros()).unwrap_or(0);
        Some(match part {
            Part::Initial(bit) | Part::Beginning(_, bit) => {
                Heard { syllable: None, initial: initial(*bit) }
            }
            Part::Syllable(said, bit) => Heard {
                syllable: Some(syllable_sound(&self.syllables, said)?),
                initial: initial(*bit),
            },
            Part::Literal(c) => match Readings::of(*c).iter().next() {
                None => Heard { syllable: Some(mute(*c)), initial: mute(*c) },
                Some(said) => Heard {
                    syllable: Some(syllable_sound(&self.syllables, said)?),
                    initial: initial_sound(said)?,
                },
            },
        })
    }

    fn get(&self, left: impl Into<Heard>, right: impl Into<Heard>) -> &[u32] {
        let (left, right) = (left.into(), right.into());
        match (left.syllable, right.syllable) {
            (Some(left), Some(right)) => self.by_syllable.get(left, right),
            _ => self.by_initial.get(left.initial, right.initial),
        }
    }
}

/// A part of a query as sounds. Every line with that part has the initial, and the syllable too
/// where one is known.
#[derive(Clone, Copy)]
struct Heard {
    syllable: Option<Sound>,
    initial: Sound,
}

impl From<Sound> for Heard {
    /// An edge, or anything: the same in both tables.
    fn from(sound: Sound) -> Self {
        Self { syllable: Some(sound), initial: sound }
    }
}

fn syllable_sound(known: &[&'static str], said: &str) -> Option<Sound> {
    let at = known.binary_search(&said).ok()?;
    Sound::try_from(at).ok().map(|at| FIRST_SOUND + at)
}

fn initial_sound(said: &str) -> Option<Sound> {
    match said.bytes().next()? {
        letter @ b'a'..=b'z' => Some(FIRST_SOUND + Sound::from(letter - b'a')),
        digit @ b'0'..=b'9' => Some(FIRST_SOUND + 26 + Sound::from(digit - b'0')),
        _ => None,
    }
}

fn table(lines: &Lines, sounds: &HashMap<char, Vec<Sound>>) -> Table {
    let mut entries: Vec<u64> = Vec::new();
    for line in 0..lines.len() {
        let mut add = |left: Sound, right: Sound| {
            entries.push(u64::from(pair(left, right)) << 32 | line as u64);
        };
        let mut before: &[Sound] = &[LINE_START];
        for (c, starts_word) in lines.tokens(line) {
            let now = sounds.get(&c).map_or(&[][..], Vec::as_slice);
            for sound in now {
                before.iter().for_each(|left| add(*left, *sound));
                add(*sound, ANYTHING);
                if starts_word {
                    add(WORD_START, *sound);
                }
            }
            before = now;
        }
        before.iter().for_each(|left| add(*left, LINE_END));
    }
    Table::new(entries)
}
