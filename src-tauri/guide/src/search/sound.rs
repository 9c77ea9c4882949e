//! How characters are said: their readings without tones, and the numbers that stand for the
//! characters and readings of one guide.

use std::collections::HashMap;
use std::ops::Range;

use pinyin::ToPinyinMulti;

/// How many readings of a character count. Behind the fourth come readings that only
/// dictionaries know.
const MOST_READINGS: usize = 4;

const KEYS: &str = "abcdefghijklmnopqrstuvwxyz0123456789";

/// The number of a character of this guide.
pub type CharId = u32;
/// The number of a syllable of this guide, in alphabetical order.
pub type Syllable = u16;

/// Fills the places of readings that a character does not have.
const SILENT: Syllable = Syllable::MAX;

/// The readings of `c`, most common first, each once: toneless pinyin with v for ü; a Latin
/// letter or a digit is said as it is typed; none where nobody knows.
pub fn readings(c: char) -> Vec<&'static str> {
    if c.is_ascii() {
        return KEYS.find(c).map(|at| &KEYS[at..=at]).into_iter().collect();
    }
    let mut said: Vec<&'static str> = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten().filter_map(|r| typed(r.plain())) {
        if !said.contains(&reading) && said.len() < MOST_READINGS {
            said.push(reading);
        }
    }
    said
}

/// A reading as it is typed on a keyboard.
fn typed(plain: &'static str) -> Option<&'static str> {
    match plain {
        "lü" => Some("lv"),
        "nü" => Some("nv"),
        "lüe" => Some("lve"),
        "nüe" => Some("nve"),
        "ê" => Some("e"),
        // The others are interjections such as ḿ: nobody types them to find a matter.
        other => other.bytes().all(|b| b.is_ascii_lowercase()).then_some(other),
    }
}

/// The characters of a guide and how they are said.
#[derive(Default)]
pub struct Alphabet {
    ids: HashMap<char, CharId>,
    chars: Vec<char>,
    /// Sorted. No other syllable can find anything.
    syllables: Vec<&'static str>,
    /// The readings of each character; unused places are [`SILENT`].
    said: Vec<[Syllable; MOST_READINGS]>,
    /// The characters that can be said as each syllable.
    chars_said: Vec<Vec<CharId>>,
}

impl Alphabet {
    /// The number of `c`; a new one where it was not met before. Its readings are known after
    /// [`Self::learn`].
    pub fn meet(&mut self, c: char) -> CharId {
        *self.ids.entry(c).or_insert_with(|| {
            self.chars.push(c);
            CharId::try_from(self.chars.len() - 1).unwrap_or(CharId::MAX)
        })
    }

    /// Looks up the readings of every character met.
    pub fn learn(&mut self) {
        let said: Vec<Vec<&'static str>> = self.chars.iter().map(|c| readings(*c)).collect();
        self.syllables = said.iter().flatten().copied().collect();
        self.syllables.sort_unstable();
        self.syllables.dedup();
        self.said = said
            .iter()
            .map(|list| {
                let mut numbers = [SILENT; MOST_READINGS];
                for (number, reading) in numbers.iter_mut().zip(list) {
                    *number = self.syllable(reading).unwrap_or(SILENT);
                }
                numbers
            })
            .collect();
        self.chars_said = vec![Vec::new(); self.syllables.len()];
        for (id, said) in (0..).zip(&self.said) {
            for syllable in said {
                if let Some(chars) = self.chars_said.get_mut(usize::from(*syllable)) {
                    chars.push(id);
                }
            }
        }
    }

    /// The characters that can be said as one of these syllables; some come twice.
    pub fn chars_said(&self, syllables: &Range<Syllable>) -> impl Iterator<Item = CharId> + '_ {
        let range = usize::from(syllables.start)..usize::from(syllables.end);
        self.chars_said.get(range).unwrap_or_default().iter().flatten().copied()
    }

    /// The syllable that a character is said as in its `nth` reading.
    pub fn nth_said(&self, id: CharId, nth: usize) -> Option<Syllable> {
        self.said.get(id as usize).and_then(|said| said.get(nth)).copied()
    }

    /// Every syllable with its number, in alphabetical order.
    pub fn syllables(&self) -> impl Iterator<Item = (Syllable, &'static str)> + '_ {
        (0..).zip(self.syllables.iter().copied())
    }

    /// How many characters were met; their numbers run from 0.
    pub fn len(&self) -> CharId {
        CharId::try_from(self.chars.len()).unwrap_or(CharId::MAX)
    }

    /// The number of a character, if the guide has it.
    pub fn id(&self, c: char) -> Option<CharId> {
        self.ids.get(&c).copied()
    }

    /// The syllables that a character can be said as.
    pub fn said(&self, id: CharId) -> impl Iterator<Item = Syllable> + '_ {
        let said = self.said.get(id as usize);
        said.into_iter().flatten().copied().filter(|s| *s != SILENT)
    }

    /// Whether a character can be said as one of these syllables.
    pub fn is_said(&self, id: CharId, syllables: &Range<Syllable>) -> bool {
        self.said.get(id as usize).is_some_and(|said| said.iter().any(|s| syllables.contains(s)))
    }

    /// The number of a syllable, if the guide has it.
    pub fn syllable(&self, text: &str) -> Option<Syllable> {
        self.syllables.binary_search(&text).ok().and_then(|at| Syllable::try_from(at).ok())
    }

    /// The syllables that begin with `text`.
    pub fn beginning_with(&self, text: &str) -> Range<Syllable> {
        let from = self.syllables.partition_point(|s| *s < text);
        let count = self.syllables[from..].partition_point(|s| s.starts_with(text));
        let number = |at: usize| Syllable::try_from(at).unwrap_or(SILENT);
        number(from)..number(from + count)
    }

    /// The first letter (or digit) of a syllable.
    pub fn initial(&self, syllable: Syllable) -> Option<u8> {
        self.syllables.get(usize::from(syllable)).and_then(|s| s.bytes().next())
    }
}
