//! Which lines hold which neighbours: for a sound, and for two sounds side by side, the lines
//! they occur in. Looking at the rarest pair of a query leaves few lines to test exactly.

use super::lines::{Fit, Lines};
use super::query::{Part, Reading};
use super::sound::{Alphabet, CharId, Syllable};

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

fn mute(id: CharId) -> Sound {
    FIRST_MUTE + Sound::try_from(id % MUTES).unwrap_or_default()
}

/// Lines by pair of sounds, in ascending order.
#[derive(Default)]
struct Table {
    keys: Vec<u32>,
    starts: Vec<u32>,
    lines: Vec<u32>,
}

impl Table {
    /// Of every line, where a character sounds as `sounds` says.
    fn new(lines: &Lines, sounds: &[Vec<Sound>]) -> Self {
        let mut entries: Vec<u64> = Vec::new();
        for line in 0..lines.len() {
            let mut add = |left: Sound, right: Sound| {
                entries.push(u64::from(pair(left, right)) << 32 | line as u64);
            };
            let mut before: &[Sound] = &[LINE_START];
            for token in lines.line(line) {
                let now = sounds.get(token.id() as usize).map_or(&[][..], Vec::as_slice);
                for sound in now {
                    before.iter().for_each(|left| add(*left, *sound));
                    add(*sound, ANYTHING);
                    if token.starts_word() {
                        add(WORD_START, *sound);
                    }
                }
                before = now;
            }
            before.iter().for_each(|left| add(*left, LINE_END));
        }
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
    by_syllable: Table,
    by_initial: Table,
}

impl Postings {
    /// Of every line. The alphabet has learnt its readings.
    pub fn new(lines: &Lines, alphabet: &Alphabet) -> Self {
        let table = |sound: &dyn Fn(Syllable) -> Option<Sound>| {
            let sounds: Vec<Vec<Sound>> = (0..alphabet.len())
                .map(|id| {
                    let mut sounds: Vec<Sound> = alphabet.said(id).filter_map(sound).collect();
                    sounds.sort_unstable();
                    sounds.dedup();
                    if sounds.is_empty() { vec![mute(id)] } else { sounds }
                })
                .collect();
            Table::new(lines, &sounds)
        };
        Self {
            by_syllable: table(&|s| Some(syllable_sound(s))),
            by_initial: table(&|s| initial_sound(alphabet, s)),
        }
    }

    /// A superset of the lines where `reading` fits so, in ascending order.
    pub fn candidates(&self, reading: &Reading, fit: Fit, alphabet: &Alphabet) -> &[u32] {
        let mut heard: Vec<Option<Heard>> = Vec::with_capacity(reading.parts.len());
        for part in &reading.parts {
            match hear(part, alphabet) {
                Hearing::Nothing => return &[],
                Hearing::Anything => heard.push(None),
                Hearing::Sound(sound) => heard.push(Some(sound)),
            }
        }
        let edges = match (fit, heard.first(), heard.last()) {
            (Fit::Exact, Some(first), Some(last)) => [
                first.map(|first| self.get(LINE_START, first)),
                last.map(|last| self.get(last, LINE_END)),
            ],
            (Fit::Prefix, Some(Some(first)), _) => [Some(self.get(LINE_START, *first)), None],
            (Fit::Word, Some(Some(first)), _) => [Some(self.get(WORD_START, *first)), None],
            _ => [None, None],
        };
        let singles = heard.iter().flatten().map(|one| self.get(*one, ANYTHING));
        let side_by_side = |i: &usize| fit != Fit::Apart || !reading.gaps.contains(&(i + 1));
        let pairs = (1..heard.len()).map(|i| i - 1).filter(side_by_side);
        let pairs = pairs.filter_map(|i| Some(self.get(heard[i]?, heard[i + 1]?)));
        let lists = edges.into_iter().flatten().chain(singles).chain(pairs);
        lists.min_by_key(|lines| lines.len()).unwrap_or(&[])
    }

    /// Whether some line may have these parts side by side.
    pub fn has_pair(&self, left: &Part, right: &Part, alphabet: &Alphabet) -> bool {
        match (hear(left, alphabet), hear(right, alphabet)) {
            (Hearing::Sound(left), Hearing::Sound(right)) => !self.get(left, right).is_empty(),
            (Hearing::Nothing, _) | (_, Hearing::Nothing) => false,
            (Hearing::Anything, _) | (_, Hearing::Anything) => true,
        }
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
/// where there is but one.
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

/// What a part of a query is looked up by.
enum Hearing {
    /// No line can have it.
    Nothing,
    /// Every line may have it.
    Anything,
    Sound(Heard),
}

fn hear(part: &Part, alphabet: &Alphabet) -> Hearing {
    let by_initial = |s: Syllable, syllable: Option<Sound>| {
        initial_sound(alphabet, s)
            .map_or(Hearing::Nothing, |initial| Hearing::Sound(Heard { syllable, initial }))
    };
    let of_syllable = |s: Syllable| by_initial(s, Some(syllable_sound(s)));
    match part {
        Part::Char(id) => match alphabet.said(*id).next() {
            Some(syllable) => of_syllable(syllable),
            None => Hearing::Sound(Heard::from(mute(*id))),
        },
        Part::Said(syllables) if syllables.len() == 1 => of_syllable(syllables.start),
        Part::Said(syllables) => by_initial(syllables.start, None),
        Part::Any => Hearing::Anything,
    }
}

fn syllable_sound(syllable: Syllable) -> Sound {
    FIRST_SOUND.saturating_add(syllable)
}

fn initial_sound(alphabet: &Alphabet, syllable: Syllable) -> Option<Sound> {
    match alphabet.initial(syllable)? {
        letter @ b'a'..=b'z' => Some(FIRST_SOUND + Sound::from(letter - b'a')),
        digit @ b'0'..=b'9' => Some(FIRST_SOUND + 26 + Sound::from(digit - b'0')),
        _ => None,
    }
}
