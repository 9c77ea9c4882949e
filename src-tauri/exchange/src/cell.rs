//! A cell as it was read, and what its text is worth.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization as _;

/// What stands in a cell. A formula stands for the value it had when the file was saved.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text; never blank, line ends as `\n`, without blanks around it.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// A date; the time of day is dropped.
    Date(Date),
    /// A formula that failed, by its name (`#N/A`).
    Fault(String),
}

/// Whether a character is a blank that people don't see.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

impl Cell {
    /// A text as read; none where it says nothing.
    pub fn text(text: &str) -> Option<Self> {
        let lines = text.replace("_x000D_", "").replace("\r\n", "\n").replace('\r', "\n");
        let trimmed = lines.trim_matches(is_blank);
        (!trimmed.is_empty()).then(|| Self::Text(trimmed.to_owned()))
    }

    /// What a person reads in the cell.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Fault(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Flag(true) => "是".to_owned(),
            Self::Flag(false) => "否".to_owned(),
            Self::Date(date) => date.to_string(),
        }
    }
}

/// Full-width letters, digits and signs as plain ones.
pub fn narrow(text: &str) -> String {
    text.nfkc().collect()
}

/// A whole number that a cell holds exactly.
pub fn whole(number: f64) -> Option<u64> {
    // Above 2^53 a cell no longer tells neighbours apart.
    ((0.0..=9_007_199_254_740_992.0).contains(&number) && number.fract() == 0.0)
        .then_some(number as u64)
}
