//! 发文字号: the number that a hall's rules ask for on a formal paper, for instance
//! `根市监受字〔2026〕第A7K3-0001号`, by a pattern that the hall sets.
//!
//! Each window counts for itself, so a pattern must name the window: without it two windows that
//! are offline would give the same number to two papers. The number that the program itself goes by
//! is [`crate::document::DocumentNumber`], which follows from the case.

use serde::{Deserialize, Serialize};

/// A checked pattern: words with each of `{机关代字}` and `{文种}` at most once, and each of `{年}`,
/// `{窗口}` and `{流水}` exactly once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NumberPattern(String);

/// A pattern that could give one number twice, or can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("字号格式“{text}”不能用：{why}")]
pub struct BadPattern {
    /// As written.
    pub text: String,
    /// What is wrong with it.
    pub why: &'static str,
}

/// What a number is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberParts<'a> {
    /// 机关代字, for instance 根市监.
    pub authority: &'a str,
    /// 文种, for instance 受.
    pub kind: &'a str,
    /// The year of issue.
    pub year: i16,
    /// The code of the window's device, which the hub gave out once.
    pub device: &'a str,
    /// Which of that authority, kind and year at this window, from 1.
    pub sequence: u32,
}

/// A pattern that most halls can take as it is.
pub const USUAL_PATTERN: &str = "{机关代字}{文种}字〔{年}〕第{窗口}-{流水}号";
/// The longest pattern, in characters.
const LONGEST: usize = 60;
/// Needed once each.
const NEEDED: [&str; 3] = ["{年}", "{窗口}", "{流水}"];
/// Allowed once each.
const ALLOWED: [&str; 2] = ["{机关代字}", "{文种}"];

impl NumberPattern {
    /// The number of one paper.
    pub fn write(&self, parts: &NumberParts<'_>) -> String {
        self.0
            .replace("{年}", &parts.year.to_string())
            .replace("{窗口}", parts.device)
            .replace("{流水}", &format!("{:04}", parts.sequence))
            .replace("{机关代字}", parts.authority)
            .replace("{文种}", parts.kind)
    }
}

impl TryFrom<String> for NumberPattern {
    type Error = BadPattern;

    fn try_from(text: String) -> Result<Self, BadPattern> {
        let bad = |why| BadPattern { text: text.clone(), why };
        let count = |token: &str| text.matches(token).count();
        if text.chars().count() > LONGEST {
            return Err(bad("太长，最多60个字"));
        }
        if NEEDED.iter().any(|token| count(token) != 1) {
            return Err(bad("要有{年}、{窗口}、{流水}各一处，否则不同窗口可能编出同一个号"));
        }
        if ALLOWED.iter().any(|token| count(token) > 1) {
            return Err(bad("{机关代字}和{文种}各最多一处"));
        }
        let bare =
            NEEDED.iter().chain(&ALLOWED).fold(text.clone(), |t, token| t.replace(token, "·"));
        if bare.contains(['{', '}']) || bare.chars().any(char::is_control) {
            return Err(bad("只能用{机关代字}、{文种}、{年}、{窗口}、{流水}"));
        }
        // Side by side their digits could be read in two ways.
        let apart = |a: &str, b: &str| !text.contains(&format!("{a}{b}"));
        let numbers = ["{年}", "{窗口}", "{流水}"];
        let clear = numbers.iter().all(|a| numbers.iter().all(|b| a == b || apart(a, b)));
        if clear {
            Ok(Self(text))
        } else {
            Err(bad("{年}、{窗口}、{流水}之间要有别的字隔开"))
        }
    }
}

impl From<NumberPattern> for String {
    fn from(pattern: NumberPattern) -> Self {
        pattern.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pattern(text: &str) -> Result<NumberPattern, BadPattern> {
        NumberPattern::try_from(text.to_owned())
    }

    fn parts<'a>(year: i16, device: &'a str, sequence: u32) -> NumberParts<'a> {
        NumberParts { authority: "根市监", kind: "受", year, device, sequence }
    }

    #[test]
    fn a_number_is_written_as_the_hall_wants_it() {
        let pattern = pattern(USUAL_PATTERN).unwrap();
        assert_eq!(pattern.write(&parts(2026, "A7K3", 1)), "根市监受字〔2026〕第A7K3-0001号");
        assert_eq!(pattern.write(&parts(2026, "A7K3", 12345)), "根市监受字〔2026〕第A7K3-12345号");
    }

    #[test]
    fn a_pattern_that_could_give_a_number_twice_is_refused() {
        for text in [
            "",
            "{机关代字}{文种}字〔{年}〕第{流水}号",
            "〔{年}〕{窗口}",
            "{年}{窗口}{流水}",
            "〔{年}〕{窗口}{流水}号",
            "〔{年}〕{窗口}-{流水}-{流水}",
            "〔{年}〕{窗口}-{流水}{月}",
            "〔{年}〕{窗口}-{流水}号\n",
        ] {
            assert!(pattern(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn different_papers_have_different_numbers(
            before in "[a-z字〔第-]{1,5}",
            between in "[字〕第-]{1,3}",
            a in (2000i16..2100, "[0-9A-Z]{4}", 1u32..100_000),
            b in (2000i16..2100, "[0-9A-Z]{4}", 1u32..100_000),
        ) {
            prop_assume!(a != b);
            let pattern = pattern(&format!("{before}{{年}}{between}{{窗口}}{between}{{流水}}")).unwrap();
            let write = |x: &(i16, String, u32)| pattern.write(&parts(x.0, &x.1, x.2));
            prop_assert_ne!(write(&a), write(&b));
        }
    }
}
