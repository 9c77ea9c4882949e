//! Asking for one's own case (办件进度查询): the check code (查询码) that a receipt carries, and the
//! address where it can be asked.
//!
//! The code is not stored anywhere and does not travel. Window and hub derive it from what both have
//! since the enrolment: each its own private key and the other's public key, which by X25519 make
//! the same secret. So a window that was never online since then prints codes that its hub will
//! accept, and nobody else can make one.

use std::fmt;

use data_encoding::{Encoding, Specification};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use utoipa::ToSchema;
use yichuang_domain::numbering::CaseNumber;
use yichuang_domain::typed::half_width;

use crate::keys::{PrivateKey, PublicKey};
use crate::mark::PaperMark;

/// What is said before the number, so that this use of the shared secret meets no other.
const PURPOSE: &str = "yichuang-progress/1 ";

/// Crockford's letters: no `I L O U`.
const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many characters a code has, without the dash.
pub const CODE_LEN: usize = 8;

/// The bytes of a code: 40 bits, each five of them a character.
const CODE_BYTES: usize = 5;

/// The most characters of an address, so that a code with mark and address stays easy to scan.
const ADDRESS_LEN: usize = 64;

/// A check code: eight of Crockford's characters, 40 bits. Guessing is slow at the hub, which
/// counts failures.
#[derive(Clone, PartialEq, Eq)]
pub struct CheckCode(String);

impl fmt::Debug for CheckCode {
    /// Shows nothing: who has it may see the case.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CheckCode")
    }
}

fn letters() -> Option<Encoding> {
    let mut said = Specification::new();
    said.symbols.push_str(ALPHABET);
    said.encoding().ok()
}

impl CheckCode {
    /// The code of a case. `own` and `other` are the keys of the device that gave out the number
    /// and of its hub, seen from either side.
    pub fn of(own: &PrivateKey, other: &PublicKey, case: &CaseNumber) -> Self {
        let secret = own.shared_with(other);
        let code = Hmac::<Sha256>::new_from_slice(&secret).ok().and_then(|mut mac| {
            mac.update(PURPOSE.as_bytes());
            mac.update(case.as_str().as_bytes());
            let sum = mac.finalize().into_bytes();
            Some(letters()?.encode(sum.get(..CODE_BYTES)?))
        });
        // A key of any length is one, and the letters are 32 different ones: there is always a code.
        Self(code.unwrap_or_default())
    }

    /// A code as typed: however large, wide or parted, and with the letters that are misread for
    /// digits. None if it can't be a code.
    pub fn read(typed: &str) -> Option<Self> {
        let mut code = String::with_capacity(CODE_LEN);
        for c in typed.chars() {
            match half_width(c).to_ascii_uppercase() {
                '-' | '\u{2013}' | '\u{2014}' | '\u{2212}' => {}
                c if c.is_whitespace() => {}
                'O' => code.push('0'),
                'I' | 'L' => code.push('1'),
                c if ALPHABET.contains(c) => code.push(c),
                _ => return None,
            }
            if code.len() > CODE_LEN {
                return None;
            }
        }
        (code.len() == CODE_LEN).then_some(Self(code))
    }

    /// The eight characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As printed: `7K2M-9QAB`.
    pub fn shown(&self) -> String {
        let (one, other) = self.0.split_at_checked(CODE_LEN / 2).unwrap_or((&self.0, ""));
        format!("{one}-{other}")
    }
}

/// Where applicants reach a hub's page: `https://HOST` or `https://HOST:PORT`, in small letters.
/// No path, because a code holds the address in capitals, which only a host may be written in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String)]
pub struct ProgressAddress(String);

/// Text that is no such address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("查询网址须是 https://主机名 或 https://主机名:端口，不带路径，至多{ADDRESS_LEN}个字符")]
pub struct NotAnAddress;

impl ProgressAddress {
    /// Reads an address; one slash at its end is let pass.
    ///
    /// # Errors
    /// [`NotAnAddress`].
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim().to_ascii_lowercase();
        let text = text.strip_suffix('/').unwrap_or(&text);
        let host = text.strip_prefix("https://").ok_or(NotAnAddress)?;
        let (name, port) = match host.split_once(':') {
            None => (host, None),
            Some((name, port)) => (name, Some(port)),
        };
        let label = |label: &str| {
            !label.is_empty()
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let is_port = |port: &str| {
            !port.starts_with('0') && port.parse::<u16>().is_ok_and(|n| n.to_string() == port)
        };
        let sound =
            text.len() <= ADDRESS_LEN && name.split('.').all(label) && port.is_none_or(is_port);
        if sound { Ok(Self(text.to_owned())) } else { Err(NotAnAddress) }
    }

    /// The address itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where number and code are asked for, as printed: short enough to be typed.
    pub fn page(&self) -> String {
        format!("{}/p", self.0)
    }

    /// What a paper's code holds: the page of this case for the one who scans it with a telephone,
    /// and the mark for the one who verifies the paper ([`PaperMark::parse`] reads it from there).
    pub fn with_mark(&self, mark: &PaperMark) -> String {
        format!("{}/P/{mark}", self.0.to_ascii_uppercase())
    }
}

impl TryFrom<String> for ProgressAddress {
    type Error = NotAnAddress;

    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        Self::parse(&text)
    }
}

impl From<ProgressAddress> for String {
    fn from(address: ProgressAddress) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use yichuang_domain::numbering::NumberSource;

    use super::*;

    fn key(seed: u8) -> PrivateKey {
        PrivateKey::from_seed(&[seed; 32])
    }

    fn number(sequence: u32) -> CaseNumber {
        let source = NumberSource {
            region: "150785".to_owned(),
            station: "ZX".to_owned(),
            device: "7K2M".to_owned(),
            practice: false,
        };
        CaseNumber::new(&source, "2026-11-24".parse().unwrap(), sequence)
    }

    /// Receipts are in the hands of people for months: their codes must be the same for ever.
    #[test]
    fn both_sides_make_the_same_code_for_ever() {
        let (device, hub) = (key(11), key(1));
        let at_window = CheckCode::of(&device, &hub.public(), &number(1));
        assert_eq!(at_window, CheckCode::of(&hub, &device.public(), &number(1)));
        assert_eq!(at_window.shown(), "76M2-37G2");
    }

    #[test]
    fn another_case_device_or_hub_has_another_code() {
        let code = CheckCode::of(&key(11), &key(1).public(), &number(1));
        for other in [
            CheckCode::of(&key(11), &key(1).public(), &number(2)),
            CheckCode::of(&key(12), &key(1).public(), &number(1)),
            CheckCode::of(&key(11), &key(2).public(), &number(1)),
            // What anybody can compute who has only the public halves.
            CheckCode::of(&key(1), &key(1).public(), &number(1)),
        ] {
            assert_ne!(code, other);
        }
        assert_eq!(format!("{code:?}"), "CheckCode");
    }

    #[test]
    fn a_code_is_read_however_it_was_typed() {
        for typed in ["7K2M-0QA1", " 7k2m oqai ", "７Ｋ２Ｍ－ＯＱＡｌ", "7K2M—0QAL", "7k2m0qa1"]
        {
            assert_eq!(CheckCode::read(typed).unwrap().as_str(), "7K2M0QA1", "{typed}");
        }
        for typed in ["", "7K2M", "7K2M-0QA11", "7K2M-0QAU", "查询码", &"7".repeat(9999)] {
            assert_eq!(CheckCode::read(typed), None, "{typed}");
        }
    }

    #[test]
    fn only_a_host_is_an_address() {
        let parse = |text| ProgressAddress::parse(text).map(String::from);
        assert_eq!(parse(" HTTPS://Cx.Genhe.gov.cn/ ").unwrap(), "https://cx.genhe.gov.cn");
        assert_eq!(parse("https://10.0.0.1:8443").unwrap(), "https://10.0.0.1:8443");
        let long = format!("https://{}.cn", "a".repeat(60));
        for bad in [
            "",
            "https://",
            "http://cx.genhe.gov.cn",
            "https://cx.genhe.gov.cn/jindu",
            "https://cx.genhe.gov.cn//",
            "https://a@b.cn",
            "https://a..cn",
            "https://-a.cn",
            "https://a.cn:0",
            "https://a.cn:080",
            "https://a.cn:99999",
            "https://a.cn:",
            "https://查询.cn",
            "https://a.cn?x",
            &long,
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_mark_reads_back_from_behind_the_address() {
        let address = ProgressAddress::parse("https://cx.genhe.gov.cn:8443").unwrap();
        let mark = crate::mark::tests::mark(false);
        let text = address.with_mark(&mark);
        assert!(text.starts_with("HTTPS://CX.GENHE.GOV.CN:8443/P/YC2-"), "{text}");
        assert_eq!(PaperMark::parse(&text), Ok(mark));
    }

    proptest! {
        #[test]
        fn no_typing_breaks_it(typed in any::<String>()) {
            if let Some(code) = CheckCode::read(&typed) {
                prop_assert_eq!(CheckCode::read(&code.shown()), Some(code));
            }
            if let Ok(address) = ProgressAddress::parse(&typed) {
                prop_assert_eq!(ProgressAddress::parse(address.as_str()), Ok(address));
            }
        }
    }
}
