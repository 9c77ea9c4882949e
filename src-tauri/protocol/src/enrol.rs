//! Step 0, once in a device's life: joining a hub with a one-time code.
//!
//! The device makes its key pair itself; only the public half leaves it. The same code sent again
//! with the same key (the answer was lost) gives the same answer; with another key it is used up.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yichuang_domain::case::event::OriginId;
use yichuang_domain::typed::half_width;

/// Where it is sent: `POST`.
pub const PATH: &str = "/v1/enrol";

/// The characters of a code: no `0 O 1 I L U`, which are misread or misheard.
pub const CODE_ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many characters a code has, without the dashes.
pub const CODE_LEN: usize = 12;

/// A device asks to join.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EnrolRequest {
    /// The one-time code, in the form of [`normalise_code`].
    pub code: String,
    /// The device's public key, base64.
    pub device_key: String,
    /// The device's signature of [`proof`]: it holds the private half.
    pub signature: String,
}

/// What the device is from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EnrolReply {
    /// The hub's id.
    pub hub: String,
    /// The hub's public key, base64: every later acknowledgement is checked with it.
    pub hub_key: String,
    /// The name of the device's log.
    pub origin: OriginId,
    /// The device code in case numbers; given out once and never again.
    pub device: String,
    /// 行政区划代码.
    pub region: String,
    /// 站点代码.
    pub station: String,
    /// 窗口.
    pub window: String,
    /// 大厅名称, as printed on papers.
    pub hall: String,
    /// Whether the hub takes practice cases only, and the window with it.
    pub trial: bool,
    /// The hub's clock.
    #[schema(value_type = String, format = DateTime)]
    pub server_time: Timestamp,
}

/// What the device signs.
pub fn proof(code: &str, device_key: &str) -> String {
    format!("yichuang-enrol/1 {code} {device_key}")
}

/// A code as typed, in the one form: upper case, full-width made half, without blanks and
/// dashes. None if it can't be a code.
pub fn normalise_code(typed: &str) -> Option<String> {
    let mut code = String::with_capacity(CODE_LEN);
    for c in typed.chars() {
        match half_width(c).to_ascii_uppercase() {
            '-' | '\u{2013}' | '\u{2014}' | '\u{2212}' => {}
            c if c.is_whitespace() => {}
            c if c.is_ascii() && CODE_ALPHABET.contains(&(c as u8)) => code.push(c),
            _ => return None,
        }
        if code.len() > CODE_LEN {
            return None;
        }
    }
    (code.len() == CODE_LEN).then_some(code)
}

/// A code as shown: `ABCD-EFGH-JKMN`.
pub fn show_code(code: &str) -> String {
    let chars: Vec<char> = code.chars().collect();
    chars.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_read_however_it_was_typed() {
        for typed in
            ["ABCD-EFGH-JKMN", " abcd efgh jkmn ", "ＡＢＣＤ－ＥＦＧＨ－ＪＫＭＮ", "ABCD—EFGHJKMN"]
        {
            assert_eq!(normalise_code(typed).as_deref(), Some("ABCDEFGHJKMN"), "{typed}");
        }
        for typed in ["", "ABCD", "ABCD-EFGH-JKMNP", "ABCD-EFGH-JKM0", "户口", &"A".repeat(9999)]
        {
            assert_eq!(normalise_code(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_shown_code_reads_back(code in "[2-9A-HJKMNP-TV-Z]{12}") {
            prop_assert_eq!(normalise_code(&show_code(&code)), Some(code));
        }

        #[test]
        fn no_typing_breaks_it(typed in any::<String>()) {
            if let Some(code) = normalise_code(&typed) {
                prop_assert_eq!(code.len(), CODE_LEN);
            }
        }
    }
}
