//! The mark of a paper (防伪标记): what its QR code holds, so that anybody who knows the device's
//! public key can tell a genuine paper without a network.
//!
//! A mark is text of digits, capitals and dashes only. QR codes have a mode for these that needs
//! 5.5 bits a character, addresses can hold them as they are, and a scanner that types (the usual
//! kind) gets them through an input method for Chinese, which would change other signs:
//!
//! ```text
//! YC2-150785-ZX-7K2M-20261124-0001-A-SJ01-20261124-MFRGGZDFMZTWQ2LKNNWG23TP…
//!     办件编号                        文书 签发日   BASE32(摘要 16 字节 + 签名 64 字节)
//! ```
//!
//! Where a window took the case over from another, its device's code stands before the paper:
//! `…-0001-A-9QW4-SL01-…`.
//!
//! The signature covers everything before it. Reading is strict: every mark has one form, and what
//! is not exactly that is none.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use jiff::civil::Date;
use yichuang_domain::document::DocumentKind;
use yichuang_domain::numbering::{CaseNumber, is_valid_code};

use crate::keys::{PrivateKey, PublicKey, Unsigned};

/// What every mark begins with. `YC1/…` was the unsigned text of the first papers.
pub const PREFIX: &str = "YC2-";

/// The bytes of the content's digest. Sixteen are enough: who could find two papers with the same
/// digest holds the device's key already, and for a second paper to a given one it takes 2¹²⁸ tries.
pub const CONTENT_BYTES: usize = 16;

/// The most characters that can be a mark with a prefix; longer texts are not looked at.
const LONGEST: usize = 512;

/// The mark of one paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperMark {
    /// 办件编号.
    pub case: CaseNumber,
    /// The code of the device that issued it.
    pub device: String,
    /// The letters of the paper's kind: two to four capitals.
    pub letters: String,
    /// Which paper of that kind in the case, from 1.
    pub nth: u32,
    /// 签发日期.
    pub issued_on: Date,
    /// The beginning of the SHA-256 of what the paper says.
    pub content: [u8; CONTENT_BYTES],
    /// The device's signature of all this.
    signature: [u8; 64],
}

/// Text that is no mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAMark {
    /// Something else.
    #[error("not a mark of a paper")]
    Other,
    /// It begins as a mark does, but was damaged or changed.
    #[error("a damaged mark of a paper")]
    Damaged,
}

impl PaperMark {
    /// Makes the mark of the `nth` (from 1) paper of a kind that a device issues in a case.
    pub fn sign(
        (device, key): (&str, &PrivateKey),
        case: &CaseNumber,
        (kind, nth): (DocumentKind, u32),
        issued_on: Date,
        content: &[u8; 32],
    ) -> Self {
        let mut mark = Self {
            case: case.clone(),
            device: device.to_owned(),
            letters: kind.letters().to_owned(),
            nth,
            issued_on,
            content: std::array::from_fn(|i| content[i]),
            signature: [0; 64],
        };
        mark.signature = key.signature_bytes(&mark.signed_text());
        mark
    }

    /// Whether the device with that key made it.
    ///
    /// # Errors
    /// [`Unsigned::BadSignature`].
    pub fn verify(&self, key: &PublicKey) -> Result<(), Unsigned> {
        key.verify_bytes(&self.signed_text(), &self.signature)
    }

    /// The kind of the paper; none where this program knows no such kind.
    pub fn kind(&self) -> Option<DocumentKind> {
        DocumentKind::with_letters(&self.letters)
    }

    fn signed_text(&self) -> String {
        let content = data_encoding::HEXLOWER.encode(&self.content);
        format!("yichuang-paper/1 {} {content}", self.head())
    }

    /// Everything before the digest.
    fn head(&self) -> String {
        let Self { case, device, letters, nth, issued_on: on, .. } = self;
        let (year, month, day) = (on.year(), on.month(), on.day());
        let by = if device == case.device() { String::new() } else { format!("{device}-") };
        format!("{PREFIX}{case}-{by}{letters}{nth:02}-{year:04}{month:02}{day:02}")
    }

    /// Reads a mark, by itself or behind the address of a hall's page (`HTTPS://HOST/P/`).
    ///
    /// # Errors
    /// [`NotAMark`].
    pub fn parse(text: &str) -> Result<Self, NotAMark> {
        if text.len() > LONGEST {
            return Err(NotAMark::Other);
        }
        let mark = match text.strip_prefix("HTTPS://") {
            Some(address) => address.split_once("/P/").map(|(_, mark)| mark),
            None => Some(text),
        };
        let mark = mark.filter(|mark| mark.starts_with(PREFIX)).ok_or(NotAMark::Other)?;
        Self::read(mark).ok_or(NotAMark::Damaged)
    }

    fn read(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix(PREFIX)?.rsplitn(4, '-');
        let (sealed, on, paper) = (parts.next()?, parts.next()?, parts.next()?);
        let (case, device) = case_and_device(parts.next()?)?;
        let digits = paper.find(|c: char| c.is_ascii_digit())?;
        let (letters, nth) = paper.split_at_checked(digits)?;
        let is_kind = (2..=4).contains(&letters.len())
            && letters.bytes().all(|byte| byte.is_ascii_uppercase());
        let bytes = BASE32_NOPAD.decode(sealed.as_bytes()).ok()?;
        let (content, signature) = bytes.split_first_chunk::<CONTENT_BYTES>()?;
        let mark = Self {
            case,
            device,
            letters: is_kind.then(|| letters.to_owned())?,
            nth: nth.parse().ok().filter(|nth| *nth > 0)?,
            issued_on: Date::strptime("%Y%m%d", on).ok()?,
            content: *content,
            signature: signature.try_into().ok()?,
        };
        // What reads the same but is written otherwise (`+1`, `001`) is none.
        (mark.to_string() == text).then_some(mark)
    }
}

/// A case number, with the code of another device behind it or without.
fn case_and_device(text: &str) -> Option<(CaseNumber, String)> {
    if let Ok(case) = CaseNumber::try_from(text.to_owned()) {
        let device = case.device().to_owned();
        return Some((case, device));
    }
    let (case, device) = text.rsplit_once('-').filter(|(_, device)| is_valid_code(device))?;
    Some((CaseNumber::try_from(case.to_owned()).ok()?, device.to_owned()))
}

impl fmt::Display for PaperMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sealed = [self.content.as_slice(), &self.signature].concat();
        write!(f, "{}-{}", self.head(), BASE32_NOPAD.encode(&sealed))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;
    use yichuang_domain::numbering::NumberSource;

    use super::*;

    pub(crate) fn key() -> PrivateKey {
        PrivateKey::from_seed(&[11; 32])
    }

    pub(crate) fn mark(practice: bool) -> PaperMark {
        let source = NumberSource {
            region: "150785".to_owned(),
            station: "ZX".to_owned(),
            device: if practice { "0F3A99C1" } else { "7K2M" }.to_owned(),
            practice,
        };
        let on = "2026-11-24".parse().unwrap();
        let case = CaseNumber::new(&source, on, 1);
        PaperMark::sign(
            (case.device(), &key()),
            &case,
            (DocumentKind::MaterialReceipt, 1),
            on,
            &[7; 32],
        )
    }

    #[test]
    fn a_mark_reads_back_with_and_without_an_address() {
        for practice in [false, true] {
            let made = mark(practice);
            let text = made.to_string();
            assert_eq!(PaperMark::parse(&text), Ok(made.clone()));
            let address = format!("HTTPS://ZWFW.GENHE.GOV.CN:7400/P/{text}");
            assert_eq!(PaperMark::parse(&address), Ok(made.clone()));
            assert_eq!(made.verify(&key().public()), Ok(()));
            assert_eq!(made.kind(), Some(DocumentKind::MaterialReceipt));
            assert!(made.verify(&PrivateKey::from_seed(&[12; 32]).public()).is_err());
        }
    }

    #[test]
    fn a_mark_is_made_for_the_short_mode_of_a_code() {
        for (practice, len) in [(false, 177), (true, 184)] {
            let text = mark(practice).to_string();
            assert_eq!(text.len(), len);
            let plain = |b: u8| b.is_ascii_digit() || b.is_ascii_uppercase() || b == b'-';
            assert!(text.bytes().all(plain), "{text}");
        }
    }

    #[test]
    fn other_text_is_no_mark() {
        let text = mark(false).to_string();
        let others = [
            "",
            "YC1/150785-ZX-7K2M-20261124-0001-A-SJ01/2026-11-24",
            "https://example.cn/P/YC2-",
            "HTTPS://EXAMPLE.CN/Q/YC2-",
            "HTTPS://",
            "办件编号",
            &"YC2-".repeat(1000),
        ];
        for other in others {
            assert_eq!(PaperMark::parse(other), Err(NotAMark::Other), "{other}");
        }
        let damaged = [
            "YC2-".to_owned(),
            "YC2----".to_owned(),
            text.to_lowercase().replacen("yc2-", "YC2-", 1),
            text.replace("SJ01", "SJ001"),
            text.replace("SJ01", "SJ00"),
            text.replace("SJ01", "SJ+1"),
            text.replace("SJ01", "01"),
            text.replace("SJ01-20261124", "SJ01-20261332"),
            format!("{text}A"),
            format!("{text}\n"),
            format!("{text}="),
            text[..text.len() - 8].to_owned(),
            format!("HTTPS://A/P/B/P/{text}"),
        ];
        for damaged in &damaged {
            let read = PaperMark::parse(damaged);
            assert!(read.is_err(), "{damaged}");
        }
    }

    #[test]
    fn a_signature_for_another_purpose_makes_no_mark() {
        let mut made = mark(false);
        made.signature = key().signature_bytes(&made.head());
        assert!(made.verify(&key().public()).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn no_changed_byte_is_genuine(practice: bool, at: prop::sample::Index, to: u8) {
            let mut bytes = mark(practice).to_string().into_bytes();
            let at = at.index(bytes.len());
            prop_assume!(bytes[at] != to);
            bytes[at] = to;
            let text = String::from_utf8_lossy(&bytes);
            let genuine = PaperMark::parse(&text).is_ok_and(|m| m.verify(&key().public()).is_ok());
            prop_assert!(!genuine, "{text}");
        }

        #[test]
        fn no_text_breaks_the_reading(text in "(HTTPS://.{0,9}/P/)?(YC2-)?[0-9A-Z-]{0,60}.{0,200}") {
            if let Ok(mark) = PaperMark::parse(&text) {
                prop_assert!(text.ends_with(&mark.to_string()));
            }
        }

        #[test]
        fn no_part_of_another_paper_makes_a_genuine_one(
            nth in 2u32..40, day in 1i8..23, content: [u8; 32],
        ) {
            prop_assume!(content[..16] != [7; 16]);
            let made = mark(false);
            let other = [
                PaperMark { nth, ..made.clone() },
                PaperMark { issued_on: made.issued_on.with().day(day).build().unwrap(), ..made.clone() },
                PaperMark { content: std::array::from_fn(|i| content[i]), ..made.clone() },
                PaperMark { letters: "SL".to_owned(), ..made.clone() },
                PaperMark { case: mark(true).case, ..made },
            ];
            for other in other {
                let read = PaperMark::parse(&other.to_string()).unwrap();
                prop_assert!(read.verify(&key().public()).is_err());
            }
        }
    }
}
