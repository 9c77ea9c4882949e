//! The form in which names and queries meet: one token for each character that can be typed to
//! find something. Case and width are gone, and so are blanks and punctuation; traditional
//! characters are simplified ones, as far as one can be had for the other without its context.

use std::collections::HashMap;
use std::sync::LazyLock;

use hanconv::RawDictionary::TSCharacters;
use unicode_normalization::UnicodeNormalization;

/// Characters that are written so in simplified text too, where they mean something else
/// (乾坤, 宫商角徵羽).
const OWN_MEANING: [char; 2] = ['乾', '徵'];

/// The simplified character of each traditional one, after OpenCC.
static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let single = |text: &str| {
        let mut chars = text.chars();
        chars.next().filter(|_| chars.as_str().is_empty())
    };
    TSCharacters
        .iter()
        .filter_map(|(from, to)| single(from).zip(single(to)))
        .filter(|(from, to)| from != to && !OWN_MEANING.contains(from))
        .collect()
});

/// A character of the folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The character.
    pub c: char,
    /// Which character of the original text it comes from.
    pub origin: u32,
    /// Whether a blank or punctuation stands before it, or nothing.
    pub starts_word: bool,
}

/// Folds `text`. A name may fold to nothing (only punctuation); it can't be found by name then.
pub fn fold(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 3);
    let mut starts_word = true;
    for (origin, original) in text.chars().enumerate() {
        let origin = u32::try_from(origin).unwrap_or(u32::MAX);
        for c in std::iter::once(original).nfkc().flat_map(char::to_lowercase) {
            if can_be_typed(c) {
                // On a keyboard ü is v (lü is typed lv).
                let c = if c == 'ü' { 'v' } else { simplified(c) };
                tokens.push(Token { c, origin, starts_word });
                starts_word = false;
            } else if !is_mark(c) {
                starts_word = true;
            }
        }
    }
    tokens
}

fn simplified(c: char) -> char {
    if c.is_ascii() { c } else { SIMPLIFIED.get(&c).copied().unwrap_or(c) }
}

/// Letters and digits of every script, and the private-use characters that older systems print
/// rare names with.
fn can_be_typed(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

/// Marks that belong to the character before: they go, without parting a word.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{200B}'..='\u{200F}')
}
