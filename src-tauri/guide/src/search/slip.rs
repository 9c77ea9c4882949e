//! One slip of the hand: a character too many, one too few, a wrong one, or two swapped. Letters
//! slip inside the syllable they belong to, or across the border of two.

use super::query::Part;
use super::sound::Alphabet;

/// What may stand in a line where the query has a slip.
pub struct Slip {
    /// The parts that were meant.
    pub parts: Vec<Part>,
    /// Where the query goes on.
    pub next: usize,
}

/// A query shorter than this is not read with a slip: nearly anything would fit. A letter counts
/// one, any other character two.
const LEAST_WEIGHT: usize = 5;
const LONGEST_SYLLABLE: usize = 6;

/// Whether a query is long enough to be read with a slip. Digits are no words, and a year or
/// number that is nearly right is wrong.
pub fn may_slip(query: &[char]) -> bool {
    let weight: usize = query.iter().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    weight >= LEAST_WEIGHT && !query.iter().any(char::is_ascii_digit)
}

/// The slips of single characters at `at`, where `meant` tells what a character stands for.
pub fn of_characters(query: &[char], at: usize, meant: impl Fn(char) -> Option<Part>) -> Vec<Slip> {
    let Some(here) = query.get(at).copied() else { return Vec::new() };
    // Wrong, and one too many.
    let mut slips = vec![
        Slip { parts: vec![Part::Any], next: at + 1 },
        Slip { parts: Vec::new(), next: at + 1 },
    ];
    // One too few; at either end it would ask for nothing.
    if at > 0 {
        slips.push(Slip { parts: vec![Part::Any], next: at });
    }
    if let Some(after) = query.get(at + 1).copied()
        && after != here
        && let (Some(here), Some(after)) = (meant(here), meant(after))
    {
        slips.push(Slip { parts: vec![after, here], next: at + 2 });
    }
    slips
}

/// The syllables that are one slip away from what stands at `at`.
pub fn of_syllables(query: &[char], at: usize, alphabet: &Alphabet) -> Vec<Slip> {
    let run: Vec<u8> = query[at..]
        .iter()
        .take(2 * LONGEST_SYLLABLE)
        .map_while(|c| u8::try_from(*c).ok().filter(u8::is_ascii_lowercase))
        .collect();
    let mut slips = Vec::new();
    for (number, syllable) in alphabet.syllables() {
        let syllable = syllable.as_bytes();
        let shortest = syllable.len().saturating_sub(1).max(1);
        for length in shortest..=(syllable.len() + 1).min(run.len()) {
            if is_one_slip_away(&run[..length], syllable) {
                let parts = vec![Part::Said(number..number + 1)];
                slips.push(Slip { parts, next: at + length });
            }
        }
    }
    slips.extend(across_a_border(&run, at, alphabet));
    slips
}

/// Two syllables, the last letter of one swapped with the first of the next.
fn across_a_border(run: &[u8], at: usize, alphabet: &Alphabet) -> Vec<Slip> {
    let syllable = |text: &[u8]| {
        let number = alphabet.syllable(std::str::from_utf8(text).ok()?)?;
        Some(Part::Said(number..number + 1))
    };
    let mut slips = Vec::new();
    for border in 1..run.len().min(LONGEST_SYLLABLE + 1) {
        let mut swapped = run.to_vec();
        swapped.swap(border - 1, border);
        if swapped == run {
            continue;
        }
        let Some(left) = syllable(&swapped[..border]) else { continue };
        for end in border + 1..=(border + LONGEST_SYLLABLE).min(run.len()) {
            if let Some(right) = syllable(&swapped[border..end]) {
                slips.push(Slip { parts: vec![left.clone(), right], next: at + end });
            }
        }
    }
    slips
}

/// Whether `typed` became of `meant` by exactly one slip.
fn is_one_slip_away(typed: &[u8], meant: &[u8]) -> bool {
    let same = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (typed, meant) = (&typed[same..], &meant[same..]);
    match (typed, meant) {
        ([_, typed @ ..], [_, meant @ ..]) if typed == meant => true,
        ([a, b, typed @ ..], [c, d, meant @ ..]) if (a, b, typed) == (d, c, meant) => true,
        ([_, typed @ ..], meant) if typed == meant => true,
        (typed, [_, meant @ ..]) => typed == meant,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_one_letter_too_many_too_few_wrong_or_swapped() {
        for typed in
            ["shng", "hang", "shangg", "xhang", "sbang", "shagn", "hsang", "shan", "sshang"]
        {
            assert!(is_one_slip_away(typed.as_bytes(), b"shang"), "{typed}");
        }
        for typed in ["shang", "sh", "gnahs", "shga", "xyang", "shangxx", ""] {
            assert!(!is_one_slip_away(typed.as_bytes(), b"shang"), "{typed}");
        }
    }
}
