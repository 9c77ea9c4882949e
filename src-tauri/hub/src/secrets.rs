//! Random secrets, and comparing them without telling how far they match.

use subtle::ConstantTimeEq as _;
use yichuang_domain::case::event::sha256_hex;
use yichuang_protocol::enrol::{CODE_ALPHABET, CODE_LEN};

use crate::store::StoreError;

/// Letters and digits of a device code: any of them is valid in a case number, none is misread.
const DEVICE_ALPHABET: &[u8; 30] = CODE_ALPHABET;

fn letters(alphabet: &[u8], len: usize) -> Result<String, StoreError> {
    // Bytes that would favour the first letters are thrown away.
    let limit = 256 - 256 % alphabet.len();
    let mut text = String::with_capacity(len);
    let mut bytes = [0u8; 32];
    while text.len() < len {
        getrandom::fill(&mut bytes).map_err(StoreError::Random)?;
        let good = bytes.iter().map(|b| usize::from(*b)).filter(|b| *b < limit);
        let needed = len - text.len();
        text.extend(good.take(needed).map(|b| char::from(alphabet[b % alphabet.len()])));
    }
    Ok(text)
}

/// A one-time enrolment code: 12 characters, 58 bits.
///
/// # Errors
/// [`StoreError::Random`].
pub fn enrol_code() -> Result<String, StoreError> {
    letters(CODE_ALPHABET, CODE_LEN)
}

/// A device code of four characters. Random rather than counted: a hub set up anew, or restored
/// from a backup, would count from where it already was, and two devices would make the same
/// numbers.
///
/// # Errors
/// [`StoreError::Random`].
pub fn device_code() -> Result<String, StoreError> {
    letters(DEVICE_ALPHABET, 4)
}

/// 256 bits in lower-case hexadecimal: a token or a nonce.
///
/// # Errors
/// [`StoreError::Random`].
pub fn token() -> Result<String, StoreError> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(StoreError::Random)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What is stored of a secret. A plain hash is enough: every secret here is random.
pub fn digest(secret: &str) -> String {
    sha256_hex(secret.as_bytes())
}

/// Whether two secrets are the same, in a time that does not depend on where they differ.
pub fn same(one: &str, other: &str) -> bool {
    digest(one).as_bytes().ct_eq(digest(other).as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use yichuang_domain::numbering::is_valid_code;
    use yichuang_protocol::enrol::normalise_code;

    use super::*;

    #[test]
    fn codes_have_their_form() {
        for _ in 0..200 {
            let code = enrol_code().unwrap();
            assert_eq!(normalise_code(&code), Some(code));
            let device = device_code().unwrap();
            assert!(device.len() == 4 && is_valid_code(&device));
        }
        assert_ne!(token().unwrap(), token().unwrap());
        assert!(same("a", "a") && !same("a", "b") && !same("a", ""));
    }
}
