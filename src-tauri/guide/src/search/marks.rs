//! A few bits for each line that tell what it can't hold. They lie side by side, so that going
//! through many lines touches little memory; only a line that passes is tested for real.

use super::lines::{Fit, Lines};
use super::query::{Part, Reading};
use super::sound::{Alphabet, CharId, Syllable};

/// Sets of: three initials side by side; two initials; a syllable before an initial; an initial
/// before a syllable. Each combination has one of 64 bits, shared with others.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Bits([u64; 4]);

/// How one character may be said, reduced to what the bits are made of.
#[derive(Clone, Copy)]
struct Sound {
    initial: u64,
    /// None where several syllables are possible.
    syllable: Option<u64>,
}

fn bit(of: u64) -> u64 {
    // Fibonacci hashing: the top six bits of the product.
    1 << (of.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 58)
}

fn said(alphabet: &Alphabet, syllable: Syllable, one: bool) -> Sound {
    let initial = u64::from(alphabet.initial(syllable).unwrap_or_default());
    Sound { initial, syllable: one.then_some(u64::from(syllable)) }
}

fn mute(id: CharId) -> Sound {
    Sound { initial: 256 + u64::from(id), syllable: Some(u64::from(u16::MAX) + u64::from(id)) }
}

/// The sounds of a character of a line: all of its readings.
fn sounds(id: CharId, alphabet: &Alphabet) -> Vec<Sound> {
    let sounds: Vec<Sound> = alphabet.said(id).map(|s| said(alphabet, s, true)).collect();
    if sounds.is_empty() { vec![mute(id)] } else { sounds }
}

/// The sound that every line with this part has among its own, if there is one.
fn sound(part: &Part, alphabet: &Alphabet) -> Option<Sound> {
    match part {
        Part::Char(id) => {
            let first = alphabet.said(*id).next();
            Some(first.map_or_else(|| mute(*id), |s| said(alphabet, s, true)))
        }
        Part::Said(syllables) => Some(said(alphabet, syllables.start, syllables.len() == 1)),
        Part::Any => None,
    }
}

impl Bits {
    fn add_three(&mut self, left: Sound, middle: Sound, right: Sound) {
        self.0[0] |= bit(left.initial << 40 | middle.initial << 20 | right.initial);
    }

    fn add_pair(&mut self, left: Sound, right: Sound) {
        self.0[1] |= bit(left.initial << 20 | right.initial);
        if let Some(syllable) = left.syllable {
            self.0[2] |= bit(syllable << 20 | right.initial);
        }
        if let Some(syllable) = right.syllable {
            self.0[3] |= bit(left.initial << 20 | syllable);
        }
    }

    fn hold(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).all(|(mine, other)| mine & other == other)
    }
}

/// The bits of every line.
pub struct Marks {
    lines: Vec<Bits>,
}

/// What a line must hold for a reading to fit it.
pub struct Need(Bits);

impl Marks {
    /// Of every line. The alphabet has learnt its readings.
    pub fn new(lines: &Lines, alphabet: &Alphabet) -> Self {
        let of_char: Vec<Vec<Sound>> = (0..alphabet.len()).map(|id| sounds(id, alphabet)).collect();
        let of_line = |line: usize| {
            let mut bits = Bits::default();
            let (mut two_before, mut before): (&[Sound], &[Sound]) = (&[], &[]);
            for token in lines.line(line) {
                let now = of_char.get(token.id() as usize).map_or(&[][..], Vec::as_slice);
                for right in now {
                    for middle in before {
                        bits.add_pair(*middle, *right);
                        two_before.iter().for_each(|left| bits.add_three(*left, *middle, *right));
                    }
                }
                (two_before, before) = (before, now);
            }
            bits
        };
        Self { lines: (0..lines.len()).map(of_line).collect() }
    }

    /// What a line needs for `reading` to fit so.
    pub fn need(reading: &Reading, fit: Fit, alphabet: &Alphabet) -> Need {
        let mut bits = Bits::default();
        let sounds: Vec<Option<Sound>> = reading.parts.iter().map(|p| sound(p, alphabet)).collect();
        let apart = |from: usize, to: usize| {
            fit == Fit::Apart && reading.gaps.iter().any(|gap| (from + 1..=to).contains(gap))
        };
        for (i, two) in sounds.windows(2).enumerate() {
            if let [Some(left), Some(right)] = two
                && !apart(i, i + 1)
            {
                bits.add_pair(*left, *right);
            }
        }
        for (i, three) in sounds.windows(3).enumerate() {
            if let [Some(left), Some(middle), Some(right)] = three
                && !apart(i, i + 2)
            {
                bits.add_three(*left, *middle, *right);
            }
        }
        Need(bits)
    }

    /// Whether a line may fit. If not, it does not.
    pub fn may_fit(&self, line: usize, need: &Need) -> bool {
        self.lines.get(line).is_some_and(|bits| bits.hold(&need.0))
    }
}
