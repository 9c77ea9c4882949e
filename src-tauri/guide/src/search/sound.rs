//! How a character is said: its readings without tones.

use pinyin::ToPinyinMulti;

/// How many readings of a character count. Behind the fourth come readings that only
/// dictionaries know.
const MOST_READINGS: usize = 4;

const KEYS: &str = "abcdefghijklmnopqrstuvwxyz0123456789";

/// The readings of a character, most common first, each once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Readings {
    said: [&'static str; MOST_READINGS],
    count: usize,
}

impl Readings {
    /// The readings of `c`: toneless pinyin with v for ü; a Latin letter or a digit is said as it
    /// is typed; empty where nobody knows.
    pub fn of(c: char) -> Self {
        let mut readings = Self::default();
        if c.is_ascii() {
            if let Some(at) = KEYS.find(c) {
                readings.push(&KEYS[at..=at]);
            }
            return readings;
        }
        for reading in c.to_pinyin_multi().into_iter().flatten() {
            readings.push(typed(reading.plain()));
        }
        readings
    }

    fn push(&mut self, reading: &'static str) {
        if self.count < MOST_READINGS && !reading.is_empty() && !self.iter().any(|r| r == reading) {
            self.said[self.count] = reading;
            self.count += 1;
        }
    }

    /// The readings.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.said[..self.count].iter().copied()
    }

    /// One bit for each letter that a reading begins with.
    pub fn initials(&self) -> u32 {
        self.iter().filter_map(|r| initial_bit(r.as_bytes()[0])).fold(0, |mask, bit| mask | bit)
    }
}

/// The bit of an initial letter; none for anything but `a` to `z`.
pub fn initial_bit(letter: u8) -> Option<u32> {
    letter.is_ascii_lowercase().then(|| 1 << (letter - b'a'))
}

/// A reading as it is typed on a keyboard.
fn typed(plain: &'static str) -> &'static str {
    match plain {
        "lü" => "lv",
        "nü" => "nv",
        "lüe" => "lve",
        "nüe" => "nve",
        "ê" => "e",
        other if other.bytes().all(|b| b.is_ascii_lowercase()) => other,
        // Interjections such as ḿ: nobody types them to find a matter.
        _ => "",
    }
}
