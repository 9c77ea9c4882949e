//! Conditions (适用条件): when a part of a template stands on the paper.
//!
//! `视为受理 & !容缺材料 | 规则=当场书面`: names joined by `&`, alternatives by `|`, `!` for not. A
//! name is true where the field or list of that name has something to say; `选项=值` where the case
//! has that value. Nothing written is always true.

use serde::{Deserialize, Serialize};

/// When something applies: one of the alternatives, all of whose literals hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct When {
    alternatives: Vec<Vec<Literal>>,
}

/// One name, or its opposite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    pub(crate) atom: Atom,
    pub(crate) negated: bool,
}

/// What can be true or not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Atom {
    /// The field or list has something to say.
    Present(String),
    /// The case has this value.
    Is(String, String),
}

/// A condition that can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("适用条件“{text}”读不懂：{why}")]
pub struct BadCondition {
    /// As written.
    pub text: String,
    /// What is wrong with it.
    pub why: &'static str,
}

impl When {
    /// Whether it holds, asking `holds` for each name.
    pub(crate) fn holds(&self, holds: &impl Fn(&Atom) -> bool) -> bool {
        self.alternatives.is_empty()
            || self
                .alternatives
                .iter()
                .any(|all| all.iter().all(|literal| holds(&literal.atom) != literal.negated))
    }

    /// Every name in it.
    pub(crate) fn atoms(&self) -> impl Iterator<Item = &Atom> {
        self.alternatives.iter().flatten().map(|literal| &literal.atom)
    }

    /// Whether it always holds.
    pub(crate) fn is_always(&self) -> bool {
        self.alternatives.is_empty()
    }
}

impl TryFrom<String> for When {
    type Error = BadCondition;

    fn try_from(text: String) -> Result<Self, BadCondition> {
        let bad = |why| BadCondition { text: text.clone(), why };
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let literal = |written: &str| {
            let written = written.trim();
            let (negated, name) = match written.strip_prefix('!') {
                Some(rest) => (true, rest.trim()),
                None => (false, written),
            };
            if name.is_empty() {
                return Err(bad("缺少名称"));
            }
            if name.contains(['!', '(', ')', '（', '）']) {
                return Err(bad("只能用 & | ! 和 ="));
            }
            let atom = match name.split_once('=') {
                None => Atom::Present(name.to_owned()),
                Some((choice, value)) if choice.trim().is_empty() || value.trim().is_empty() => {
                    return Err(bad("等号两边都要有内容"));
                }
                Some((choice, value)) => {
                    Atom::Is(choice.trim().to_owned(), value.trim().to_owned())
                }
            };
            Ok(Literal { atom, negated })
        };
        let alternatives = text
            .split('|')
            .map(|all| all.split('&').map(literal).collect::<Result<Vec<_>, _>>())
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self { alternatives })
    }
}

impl From<When> for String {
    fn from(when: When) -> Self {
        let literal = |l: &Literal| {
            let not = if l.negated { "!" } else { "" };
            match &l.atom {
                Atom::Present(name) => format!("{not}{name}"),
                Atom::Is(choice, value) => format!("{not}{choice}={value}"),
            }
        };
        let all = |all: &Vec<Literal>| all.iter().map(literal).collect::<Vec<_>>().join(" & ");
        when.alternatives.iter().map(all).collect::<Vec<_>>().join(" | ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(text: &str) -> When {
        When::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn alternatives_hold_where_all_of_one_do() {
        let true_ones = |names: &'static [&'static str]| {
            move |atom: &Atom| match atom {
                Atom::Present(name) => names.contains(&name.as_str()),
                Atom::Is(choice, value) => names.contains(&format!("{choice}={value}").as_str()),
            }
        };
        let condition = when("甲 & !乙 | 丙=一");
        assert!(condition.holds(&true_ones(&["甲"])));
        assert!(!condition.holds(&true_ones(&["甲", "乙"])));
        assert!(condition.holds(&true_ones(&["甲", "乙", "丙=一"])));
        assert!(!condition.holds(&true_ones(&["丙=二"])));
        assert!(when("").holds(&true_ones(&[])));
    }

    #[test]
    fn what_is_written_reads_back() {
        for text in ["", "甲", "!甲", "甲 & !乙 | 丙=一", "!丙=一"] {
            assert_eq!(String::from(when(text)), text);
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for text in ["&", "甲 &", "!", "=一", "甲=", "（甲 | 乙）& 丙", "!!甲"] {
            assert!(When::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
