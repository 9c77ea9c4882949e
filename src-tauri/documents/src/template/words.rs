//! Words of a template (用语): text with fields in braces, and parts that stand only sometimes.
//!
//! `{申请人}` is a field, `**…**` is bold, `{{` and `}}` are braces. A plain string is one part that
//! always stands; a list holds parts with conditions of their own.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::when::When;

/// Words: parts that follow one another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(try_from = "Written", into = "Written")]
#[ts(type = "string | (string | { when: string, text: string })[]")]
pub struct Words {
    pub(crate) parts: Vec<Phrase>,
}

/// A part, and when it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) when: When,
    pub(crate) tokens: Vec<Token>,
}

/// A stretch of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) bold: bool,
    pub(crate) what: What,
}

/// Words as they are, or a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Say(String),
    Field(String),
}

/// As it stands in the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    One(String),
    Many(Vec<WrittenPart>),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum WrittenPart {
    Always(String),
    Sometimes(Conditional),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Conditional {
    when: When,
    text: String,
}

/// Words that can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("用语“{text}”读不懂：{why}")]
pub struct BadWords {
    /// As written.
    pub text: String,
    /// What is wrong with it.
    pub why: &'static str,
}

impl Words {
    /// Whether nothing is ever said.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.iter().all(|part| part.tokens.is_empty())
    }
}

/// Reads one part.
fn tokens(text: &str) -> Result<Vec<Token>, BadWords> {
    let bad = |why| BadWords { text: text.to_owned(), why };
    let mut tokens = Vec::new();
    let mut bold = false;
    let mut said = String::new();
    let mut rest = text;
    let say = |said: &mut String, bold: bool, tokens: &mut Vec<Token>| {
        let said = std::mem::take(said);
        match tokens.last_mut() {
            _ if said.is_empty() => {}
            Some(Token { bold: before, what: What::Say(text) }) if *before == bold => {
                text.push_str(&said);
            }
            _ => tokens.push(Token { bold, what: What::Say(said) }),
        }
    };
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("{{") {
            said.push('{');
            rest = after;
        } else if let Some(after) = rest.strip_prefix("}}") {
            said.push('}');
            rest = after;
        } else if let Some(after) = rest.strip_prefix("**") {
            say(&mut said, bold, &mut tokens);
            bold = !bold;
            rest = after;
        } else if let Some(after) = rest.strip_prefix('{') {
            say(&mut said, bold, &mut tokens);
            let (name, after) = after.split_once('}').ok_or_else(|| bad("花括号没有合上"))?;
            let name = name.trim();
            if name.is_empty() || name.contains('{') {
                return Err(bad("花括号里要有一个字段名"));
            }
            tokens.push(Token { bold, what: What::Field(name.to_owned()) });
            rest = after;
        } else if c == '}' {
            return Err(bad("多了一个右花括号"));
        } else {
            said.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    say(&mut said, bold, &mut tokens);
    if bold { Err(bad("粗体的 ** 没有合上")) } else { Ok(tokens) }
}

fn written(tokens: &[Token]) -> String {
    let mut text = String::new();
    let mut bold = false;
    for token in tokens {
        if token.bold != bold {
            text.push_str("**");
            bold = token.bold;
        }
        match &token.what {
            What::Say(said) => text.push_str(&said.replace('{', "{{").replace('}', "}}")),
            What::Field(name) => text.push_str(&format!("{{{name}}}")),
        }
    }
    if bold {
        text.push_str("**");
    }
    text
}

impl TryFrom<Written> for Words {
    type Error = BadWords;

    fn try_from(written: Written) -> Result<Self, BadWords> {
        let phrase = |when, text: String| Ok(Phrase { when, tokens: tokens(&text)? });
        let mut parts = match written {
            Written::One(text) => vec![phrase(When::default(), text)?],
            Written::Many(parts) => parts
                .into_iter()
                .map(|part| match part {
                    WrittenPart::Always(text) => phrase(When::default(), text),
                    WrittenPart::Sometimes(part) => phrase(part.when, part.text),
                })
                .collect::<Result<Vec<_>, _>>()?,
        };
        // One part that always says nothing (`""`, `"****"`) is the same as none.
        if matches!(parts.as_slice(), [only] if only.when.is_always() && only.tokens.is_empty()) {
            parts.clear();
        }
        Ok(Self { parts })
    }
}

impl From<Words> for Written {
    fn from(words: Words) -> Self {
        match words.parts.as_slice() {
            [] => Self::One(String::new()),
            [only] if only.when.is_always() => Self::One(written(&only.tokens)),
            parts => Self::Many(
                parts
                    .iter()
                    .map(|part| {
                        let text = written(&part.tokens);
                        if part.when.is_always() {
                            WrittenPart::Always(text)
                        } else {
                            WrittenPart::Sometimes(Conditional { when: part.when.clone(), text })
                        }
                    })
                    .collect(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(json: &str) -> Words {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn fields_and_bold_are_read() {
        let words = words(r#""请**{申请人}**补{{正}}""#);
        let what: Vec<_> = words.parts[0].tokens.iter().map(|t| (t.bold, t.what.clone())).collect();
        assert_eq!(
            what,
            [
                (false, What::Say("请".to_owned())),
                (true, What::Field("申请人".to_owned())),
                (false, What::Say("补{正}".to_owned())),
            ]
        );
    }

    #[test]
    fn what_is_written_reads_back() {
        for json in [
            r#""""#,
            r#""请**{申请人}**补{{正}}""#,
            r#"["甲",{"when":"代理人","text":"乙{代理人}"},"丙"]"#,
            r#"[{"when":"代理人","text":"乙"}]"#,
        ] {
            assert_eq!(serde_json::to_string(&words(json)).unwrap(), json);
        }
    }

    #[test]
    fn one_part_that_says_nothing_is_none() {
        for json in [r#""""#, r#""****""#, r#"[]"#, r#"[""]"#, r#"["****"]"#] {
            assert_eq!(words(json), Words { parts: Vec::new() }, "{json}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for json in
            [r#""{申请人""#, r#""}""#, r#""{}""#, r#""**甲""#, r#"[{"when":"&","text":""}]"#]
        {
            assert!(serde_json::from_str::<Words>(json).is_err(), "{json}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[{}*甲a ]{0,12}") {
            let json = serde_json::to_string(&text).unwrap();
            if let Ok(words) = serde_json::from_str::<Words>(&json) {
                let again: Words =
                    serde_json::from_str(&serde_json::to_string(&words).unwrap()).unwrap();
                prop_assert_eq!(again, words);
            }
        }
    }
}
