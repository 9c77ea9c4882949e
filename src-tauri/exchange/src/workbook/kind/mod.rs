//! What a column holds: how a cell of it is read as JSON, and JSON written as a cell.

mod dates;
mod unfit;

use serde_json::{Value, json};
use yichuang_domain::named::Named;

use self::dates::{date, days, ranges};
pub use self::unfit::Unfit;
use crate::cell::{Cell, narrow, whole};

/// Names in JSON with the words that people read.
pub type Words = fn() -> Vec<(&'static str, &'static str)>;

/// The names and words of an enum.
pub fn of<T: Named>() -> Vec<(&'static str, &'static str)> {
    T::ALL.iter().map(|value| (value.name(), value.word())).collect()
}

/// What a column holds.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Any text.
    Text,
    /// A code or an id of many digits: text, never a number.
    Code,
    /// A whole number.
    Whole,
    /// Money in yuan; in JSON in fen.
    Yuan,
    /// 是 or 否.
    Flag,
    /// A date.
    Date,
    /// Several days, single or `从至到`.
    Days,
    /// One of the words.
    One(Words),
    /// One of the words, or any other text.
    Open(Words),
    /// Several of the words.
    Many(Words),
    /// Several of the words, or any other text.
    ManyOpen(Words),
    /// Texts, one a line.
    Lines,
    /// Codes, one a line.
    Codes,
    /// A condition; see [`super::condition`].
    When,
}

/// What an empty list is written as where an empty cell means something else.
pub const NONE: &str = "无";

impl Kind {
    /// The words that a drop-down offers.
    pub fn drop_down(self) -> Vec<&'static str> {
        match self {
            Self::Flag => vec!["是", "否"],
            Self::One(words) | Self::Open(words) => words().into_iter().map(|(_, w)| w).collect(),
            _ => Vec::new(),
        }
    }

    /// Every word of the column.
    pub fn words(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::One(w) | Self::Open(w) | Self::Many(w) | Self::ManyOpen(w) => w(),
            _ => Vec::new(),
        }
    }

    /// Whether nothing else than the words may stand there.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Flag | Self::One(_))
    }

    /// Whether the column is kept as text whatever is typed.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Code | Self::Codes | Self::Lines | Self::When)
    }

    /// Reads a cell. `questions` are those of the matter, for [`Kind::When`].
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn read(self, cell: &Cell, questions: &[Value]) -> Result<Value, Unfit> {
        if let Cell::Fault(name) = cell {
            return Err(Unfit::Fault(name.clone()));
        }
        match self {
            Self::Text => Ok(json!(cell.shown())),
            Self::Code => code(cell).map(Value::from),
            Self::Whole => number(cell).map(Value::from),
            Self::Yuan => fen(cell).map(Value::from),
            Self::Flag => flag(cell),
            Self::Date => date(cell).map(|date| json!(date.to_string())),
            Self::Days => days(cell),
            Self::One(words) => name_of(&cell.shown(), &words(), false).map(Value::from),
            Self::Open(words) => name_of(&cell.shown(), &words(), true).map(Value::from),
            Self::Many(words) => names(cell, &words(), false),
            Self::ManyOpen(words) => names(cell, &words(), true),
            Self::Lines => Ok(Value::Array(lines(cell).map(|l| json!(unescape(l))).collect())),
            Self::Codes => {
                let text = code(cell)?;
                let parts = text.split(['\n', '、', '；', ';', ',', '，']).map(str::trim);
                Ok(parts.filter(|p| !p.is_empty()).map(Value::from).collect())
            }
            Self::When => Ok(super::condition::parse(&cell.shown(), questions)?),
        }
    }

    /// Writes a value as a cell; none where there is nothing to write.
    pub fn write(self, value: &Value) -> Option<Cell> {
        match (self, value) {
            (_, Value::Null) => None,
            (Self::When, when) => super::condition::write(when).and_then(|t| Cell::text(&t)),
            (Self::Yuan, Value::Number(fen)) => Some(Cell::Number(fen.as_f64()? / 100.0)),
            (_, Value::Number(number)) => Some(Cell::Number(number.as_f64()?)),
            (_, Value::Bool(flag)) => Cell::text(if *flag { "是" } else { "否" }),
            (Self::Date, Value::String(text)) => text.parse().ok().map(Cell::Date),
            (_, Value::String(name)) => {
                let words = self.words();
                let word = words.iter().find(|(n, _)| n == name).map(|(_, word)| *word);
                Cell::text(word.unwrap_or(name))
            }
            (Self::Days, Value::Array(days)) => Cell::text(&ranges(days)),
            (Self::Many(_) | Self::ManyOpen(_), Value::Array(list)) if list.is_empty() => {
                Cell::text(NONE)
            }
            (Self::Many(words) | Self::ManyOpen(words), Value::Array(list)) => {
                let words = words();
                let word = |name: &str| {
                    words
                        .iter()
                        .find(|(n, _)| *n == name)
                        .map_or(name.to_owned(), |(_, w)| (*w).into())
                };
                let shown: Vec<String> = list.iter().filter_map(Value::as_str).map(word).collect();
                Cell::text(&shown.join("、"))
            }
            (Self::Lines, Value::Array(list)) => {
                let lines: Vec<String> =
                    list.iter().filter_map(Value::as_str).map(escape).collect();
                Cell::text(&lines.join("\n"))
            }
            (_, Value::Array(list)) => {
                let codes: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
                Cell::text(&codes.join("\n"))
            }
            (_, Value::Object(_)) => None,
        }
    }
}

fn code(cell: &Cell) -> Result<String, Unfit> {
    match cell {
        Cell::Number(_) => Err(Unfit::NumericCode),
        other => Ok(narrow(&other.shown()).trim().to_owned()),
    }
}

fn number(cell: &Cell) -> Result<u64, Unfit> {
    let found = match cell {
        Cell::Number(number) => whole(*number),
        other => {
            let text = narrow(&other.shown());
            let text = text.trim();
            text.parse().ok().or_else(|| text.parse().ok().and_then(whole))
        }
    };
    found.ok_or_else(|| Unfit::NotWhole(cell.shown()))
}

fn fen(cell: &Cell) -> Result<u64, Unfit> {
    let unfit = || Unfit::NotMoney(cell.shown());
    let yuan: f64 = match cell {
        Cell::Number(number) => *number,
        other => {
            let text = narrow(&other.shown());
            text.trim().trim_end_matches('元').trim().parse().map_err(|_| unfit())?
        }
    };
    let fen = (yuan * 100.0).round();
    // What a cell shows as 12.5 is not always 1250 hundredths to the last bit.
    if (yuan * 100.0 - fen).abs() > 1e-6 {
        return Err(unfit());
    }
    whole(fen).ok_or_else(unfit)
}

fn flag(cell: &Cell) -> Result<Value, Unfit> {
    let flag = match cell {
        Cell::Flag(flag) => Some(*flag),
        Cell::Number(n) if *n == 1.0 => Some(true),
        Cell::Number(n) if *n == 0.0 => Some(false),
        other => match narrow(&other.shown()).trim().to_lowercase().as_str() {
            "是" | "true" | "1" | "√" | "有" | "y" | "yes" => Some(true),
            "否" | "false" | "0" | "×" | "无" | "n" | "no" => Some(false),
            _ => None,
        },
    };
    flag.map(Value::Bool).ok_or_else(|| Unfit::NotFlag(cell.shown()))
}

fn name_of(
    word: &str,
    words: &[(&'static str, &'static str)],
    open: bool,
) -> Result<String, Unfit> {
    let plain = narrow(word);
    let plain = plain.trim();
    let found = words.iter().find(|(name, w)| *name == plain || narrow(w) == plain);
    match found {
        Some((name, _)) => Ok((*name).to_owned()),
        None if open => Ok(word.to_owned()),
        None => {
            let words: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
            Err(Unfit::UnknownWord { word: word.to_owned(), words: words.join("、") })
        }
    }
}

fn names(cell: &Cell, words: &[(&'static str, &'static str)], open: bool) -> Result<Value, Unfit> {
    let text = cell.shown();
    if text == NONE {
        return Ok(json!([]));
    }
    let parts = text.split(['\n', '、', '；', ';', ',', '，', '/']).map(str::trim);
    let each = parts.filter(|p| !p.is_empty()).map(|p| name_of(p, words, open).map(Value::from));
    each.collect()
}

fn lines(cell: &Cell) -> impl Iterator<Item = String> {
    let text = cell.shown();
    let lines: Vec<String> = text.lines().map(|l| l.trim().to_owned()).collect();
    lines.into_iter().filter(|l| !l.is_empty())
}

/// A text of several lines inside a list of lines: `\n` for the break, `\\` for the sign itself.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n")
}

fn unescape(text: String) -> String {
    if !text.contains('\\') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        match (c, signs.peek()) {
            ('\\', Some('n')) => {
                signs.next();
                out.push('\n');
            }
            ('\\', Some('\\')) => {
                signs.next();
                out.push('\\');
            }
            (c, _) => out.push(c),
        }
    }
    out
}
