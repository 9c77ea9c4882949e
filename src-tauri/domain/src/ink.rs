//! Which characters may stand in a text that will be printed.
//!
//! A text that is pasted brings marks along that nobody sees: the direction of writing, where a word
//! may be broken, the beginning of a file. They have no ink and say nothing, so they are left out
//! ([`without_marks`]), where the text comes in and once more where it is printed, for what was kept
//! before. What a paper could never show as itself is refused where it comes in, by its code point:
//! somebody can still put it right there. Whether the fonts have a character is theirs to say; a
//! number that is given out is held to those that every window's fonts have ([`number`]).

use unicode_general_category::{GeneralCategory as Category, get_general_category};

use crate::refusal::{Refusal, RefusalCode};

/// Whether a character leaves nothing on paper and shapes no letter around it, wherever it stands.
/// The list is written out, as no category says it: some format characters of Arabic have ink.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{200B}'
        | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{FE0E}' | '\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E007F}')
}

/// Characters without ink that shape the letters of some scripts, and are marks everywhere else.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{180E}' | '\u{200C}' | '\u{200D}')
}

/// Letters that a joiner shapes: from Arabic to the scripts of India and Tibet, and Mongolian with
/// the selectors of its forms.
fn is_shaped(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{0FFF}' | '\u{1800}'..='\u{18AF}')
}

/// Whether `c` leaves nothing on paper where it stands behind `before`.
pub fn has_no_ink(before: Option<char>, c: char) -> bool {
    is_mark(c) || is_joiner(c) && !before.is_some_and(|b| is_shaped(b) || is_joiner(b))
}

/// A text without the marks that have no ink. Everything that has any stays.
pub fn without_marks(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut before = None;
    for c in text.chars().filter(|c| !is_mark(*c)) {
        if !has_no_ink(before, c) {
            kept.push(c);
            before = Some(c);
        }
    }
    kept
}

/// What a character is that no paper shows as itself, whatever fonts there are.
fn never_printed(c: char) -> Option<&'static str> {
    match get_general_category(c) {
        Category::Control | Category::LineSeparator | Category::ParagraphSeparator => {
            Some("换行或控制字符")
        }
        Category::PrivateUse => Some("自造字，换一台机器就会变样"),
        Category::Format => Some("看不见的符号"),
        // The planes of Chinese characters grow from one edition of Unicode to the next, and a hall
        // may have a font for a name of the newest.
        Category::Unassigned if !matches!(c, '\u{20000}'..='\u{3FFFD}') => Some("没有定义的字符"),
        _ if is_emoji(c) => Some("表情符号"),
        _ => None,
    }
}

/// The blocks of pictures. Signs such as ★ and ✓, and letters and figures in circles and squares,
/// are none.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1F0FF}' | '\u{1F1E6}'..='\u{1F1FF}' | '\u{1F300}'..='\u{1FAFF}'
        | '\u{20E3}')
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn refused(field: &str, c: char, what: &str) -> Refusal {
    let code = format!("U+{:04X}", u32::from(c));
    let shown = match get_general_category(c) {
        Category::Control
        | Category::Format
        | Category::PrivateUse
        | Category::Unassigned
        | Category::LineSeparator
        | Category::ParagraphSeparator => code,
        _ => format!("“{c}”（{code}）"),
    };
    let message = format!("其中的{shown}不能打印在文书上：{what}，请删去或改写");
    Refusal::new(RefusalCode::Unprintable, field, message)
}

/// A text of one line that will be printed, such as a name or an address: without marks and without
/// blanks around it; it may be empty.
///
/// # Errors
/// `unprintable` at `field`, naming the character.
pub fn line(field: &str, text: &str) -> Result<String, Refusal> {
    checked(field, text, |_| false)
}

/// Words that will be printed, such as a reason. They may have lines, which become blanks on paper.
///
/// # Errors
/// `unprintable` at `field`, naming the character.
pub fn words(field: &str, text: &str) -> Result<String, Refusal> {
    checked(field, text, is_break)
}

/// A number that is given out, of which the paper must be made at any window whatever fonts the hall
/// added there: letters, figures, Chinese characters and their signs.
///
/// # Errors
/// `unprintable` at `field`, naming the character.
pub fn number(field: &str, text: &str) -> Result<String, Refusal> {
    let number = line(field, text)?;
    match number.chars().find(|c| !is_of_numbers(*c)) {
        None => Ok(number),
        Some(c) => Err(refused(field, c, "证号只用汉字、字母、数字和常用标点")),
    }
}

/// The characters of which numbers are made. Every bundled font chain has them; a test of the papers
/// says so.
pub fn is_of_numbers(c: char) -> bool {
    matches!(c, ' '..='~' | '·' | '—' | '–' | '×' | '“' | '”' | '‘' | '’' | '…' | '№' | '℃'
        | 'Ⅰ'..='Ⅻ' | '①'..='⑩' | '\u{3000}'..='\u{3003}' | '\u{3005}'..='\u{3011}'
        | '\u{3014}' | '\u{3015}' | '㈠'..='㈩' | '\u{FF01}'..='\u{FF5E}' | '￥'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

fn checked(field: &str, text: &str, allowed: fn(char) -> bool) -> Result<String, Refusal> {
    let text = without_marks(text);
    let text = text.trim();
    let mut before = None;
    for c in text.chars() {
        // A joiner that stayed belongs to the letter before it.
        let joined = is_joiner(c) && before.is_some();
        if let Some(what) = never_printed(c).filter(|_| !joined && !allowed(c)) {
            return Err(refused(field, c, what));
        }
        before = Some(c);
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests;
