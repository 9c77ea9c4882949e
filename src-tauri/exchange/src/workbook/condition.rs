//! Conditions (`when`) as a clerk writes them.
//!
//! ```text
//! 困难身份=低保或特困人员          one question, by its text or id, and a choice, by its text or id
//! q1=a/b                          any of several choices
//! q1=a；代办=是                   all of these (also written 且, between blanks)
//! q1=a 或 q2=b；代办=是           either suffices (also written on two lines); 或 binds less than ；
//! “申请人；类型”=a                a name with a sign in it stands in quotes
//! ```
//!
//! This module owns the writing only. Whether a question exists and comes early enough is judged
//! by the guide's check, like everywhere else.

use serde_json::{Map, Value, json};
use yichuang_domain::matter::AGENT_QUESTION;

/// Why a condition can't be read, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A part without `=`.
    #[error("“{0}”应写成“问题=选项”，如“q1=a；代办=是”；文字里有“；”“ 或 ”“ 且 ”的，请用“”括起来")]
    NoEquals(String),
    /// A part with nothing before or after `=`.
    #[error("“{0}”的等号前后都要有内容，如“q1=a”")]
    NothingThere(String),
    /// More than one `=`.
    #[error("“{0}”里有两个等号；两个条件之间请用“；”或前后带空格的“或”“且”分开")]
    TwoEquals(String),
    /// A quote that does not end.
    #[error("“{0}”里的引号没有成对，请补上另一半")]
    OpenQuote(String),
    /// A question twice in one alternative.
    #[error("同一组条件里问题“{0}”写了两次；任选其一请写成“{0}=甲/乙”")]
    Twice(String),
}

/// The names that the application's own question has, and its answers.
const AGENT_NAMES: [&str; 3] = ["代办", "委托代办", AGENT_QUESTION];
const AGENT_CHOICES: [(&str, &str); 4] =
    [("是", "yes"), ("否", "no"), ("yes", "yes"), ("no", "no")];

/// A stretch of a condition: as typed, or out of quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Name {
    text: String,
    quoted: bool,
}

/// Reads a condition as the JSON of `when`. `questions` are those of the matter, as far as they
/// are known.
///
/// # Errors
/// [`Unreadable`].
pub fn parse(text: &str, questions: &[Value]) -> Result<Value, Unreadable> {
    let mut clauses = Vec::new();
    for alternative in split(text, &["\n或 ", "\n", " 或 "])? {
        let mut clause = Map::new();
        for term in split(&alternative, &["；", ";", " 且 "])? {
            let (question, wanted) = read_term(&term, questions)?;
            if clause.contains_key(&question) {
                return Err(Unreadable::Twice(question));
            }
            clause.insert(question, wanted);
        }
        if !clause.is_empty() {
            clauses.push(Value::Object(clause));
        }
    }
    Ok(match clauses.len() {
        1 => clauses.remove(0),
        _ => Value::Array(clauses),
    })
}

fn read_term(term: &str, questions: &[Value]) -> Result<(String, Value), Unreadable> {
    let sides = split(term, &["=", "＝"])?;
    let (question, wanted) = match sides.as_slice() {
        [_] => return Err(Unreadable::NoEquals(term.to_owned())),
        [question, wanted] => (unquote(question), wanted),
        _ => return Err(Unreadable::TwoEquals(term.to_owned())),
    };
    if question.text.is_empty() || wanted.trim().is_empty() {
        return Err(Unreadable::NothingThere(term.to_owned()));
    }
    if !question.quoted && AGENT_NAMES.contains(&question.text.as_str()) {
        let choices = choices(wanted, |name| {
            AGENT_CHOICES.iter().find(|(word, _)| *word == name.text).map(|(_, id)| *id)
        })?;
        return Ok((AGENT_QUESTION.to_owned(), choices));
    }
    let found = questions.iter().find(|q| q["id"] == question.text.as_str());
    let found = found.or_else(|| questions.iter().find(|q| q["text"] == question.text.as_str()));
    let options = found.and_then(|q| q["choices"].as_array()).map_or(&[][..], Vec::as_slice);
    let choices = choices(wanted, |name| {
        let by = |key: &str| options.iter().find(|c| c[key] == name.text.as_str());
        by("id").or_else(|| by("text")).and_then(|c| c["id"].as_str())
    })?;
    let id = found.and_then(|q| q["id"].as_str()).map_or(question.text, str::to_owned);
    Ok((id, choices))
}

/// The choices wanted. The text of a choice may hold the very signs that stand between choices,
/// so the whole is looked up first.
fn choices<'c>(
    wanted: &str,
    id_of: impl Fn(&Name) -> Option<&'c str>,
) -> Result<Value, Unreadable> {
    if let Some(id) = id_of(&unquote(wanted)) {
        return Ok(json!(id));
    }
    let mut ids = Vec::new();
    for part in split(wanted, &["/", "、", ",", "，"])? {
        let name = unquote(&part);
        if name.text.is_empty() {
            return Err(Unreadable::NothingThere(wanted.to_owned()));
        }
        // One that is not known stays as it is: the check says so, with the choices there are.
        let id = id_of(&name).map_or(name.text.clone(), str::to_owned);
        ids.push(json!(id));
    }
    Ok(match ids.len() {
        1 => ids.remove(0),
        _ => Value::Array(ids),
    })
}

/// Splits at any of the signs that stand outside quotes. Empty parts between terms are dropped,
/// as behind a last `；`; around `=` they stay.
fn split(text: &str, signs: &[&str]) -> Result<Vec<String>, Unreadable> {
    let keeps_empty = signs.contains(&"=") || signs.contains(&"/");
    let mut parts = vec![String::new()];
    let mut closing = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let sign = closing.is_none().then(|| signs.iter().find(|s| rest.starts_with(**s)));
        if let Some(sign) = sign.flatten() {
            parts.push(String::new());
            rest = &rest[sign.len()..];
            continue;
        }
        match closing {
            Some(close) if c == close => closing = None,
            None => closing = closing_of(c),
            Some(_) => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    if closing.is_some() {
        return Err(Unreadable::OpenQuote(text.to_owned()));
    }
    parts.retain(|part| keeps_empty || !part.trim().is_empty());
    Ok(parts)
}

fn closing_of(c: char) -> Option<char> {
    match c {
        '“' => Some('”'),
        '「' => Some('」'),
        '"' => Some('"'),
        _ => None,
    }
}

fn unquote(text: &str) -> Name {
    let text = text.trim();
    let quoted = text.chars().next().and_then(closing_of).and_then(|close| {
        let open = text.chars().next().map_or(0, char::len_utf8);
        text.get(open..).and_then(|rest| rest.strip_suffix(close))
    });
    match quoted {
        Some(inner) => Name { text: inner.to_owned(), quoted: true },
        None => Name { text: text.to_owned(), quoted: false },
    }
}

/// Writes the JSON of `when` so that [`parse`] reads the same; none where it holds always.
pub fn write(when: &Value) -> Option<String> {
    let clauses = match when {
        Value::Array(clauses) => clauses.as_slice(),
        single => std::slice::from_ref(single),
    };
    let mut lines = Vec::new();
    for clause in clauses {
        let terms: Vec<String> = clause
            .as_object()?
            .iter()
            .map(|(question, wanted)| {
                let wanted = match wanted {
                    Value::Array(many) => many.as_slice(),
                    single => std::slice::from_ref(single),
                };
                let agent = question == AGENT_QUESTION;
                let ids = wanted.iter().filter_map(Value::as_str);
                let ids: Vec<String> = ids.map(|id| word_of(id, agent)).collect();
                let name = if agent { "代办".to_owned() } else { quote(question) };
                format!("{name}={}", ids.join("/"))
            })
            .collect();
        // A clause of no terms holds always, and so does a condition with such a clause.
        if terms.is_empty() {
            return None;
        }
        lines.push(terms.join("；"));
    }
    (!lines.is_empty()).then(|| lines.join("\n或 "))
}

fn word_of(id: &str, agent: bool) -> String {
    match id {
        "yes" if agent => "是".to_owned(),
        "no" if agent => "否".to_owned(),
        id => quote(id),
    }
}

/// An id in quotes where it could be read as something else.
fn quote(id: &str) -> String {
    let signs = ['=', '＝', '；', ';', '/', '、', ',', '，', '“', '「', '"'];
    if AGENT_NAMES.contains(&id) || id.contains(signs) || id.contains(char::is_whitespace) {
        // Whichever quotes the id does not hold itself.
        let (open, close) = [('“', '”'), ('「', '」'), ('"', '"')]
            .into_iter()
            .find(|(_, close)| !id.contains(*close))
            .unwrap_or(('“', '”'));
        return format!("{open}{id}{close}");
    }
    id.to_owned()
}
