//! The PIN: what is too easy, how it is kept, and how long an account rests after wrong ones.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

use crate::error::DeskError;

/// Wrong PINs in a row before an account rests.
pub(super) const TRIES: u32 = 5;
/// The longest rest, in minutes.
pub(super) const LONGEST_REST: i64 = 30;

fn check(pin: &str) -> Result<(), DeskError> {
    let digits: Vec<u8> = pin.bytes().collect();
    let steady =
        |step: i16| digits.windows(2).all(|pair| i16::from(pair[1]) - i16::from(pair[0]) == step);
    let strong = (6..=32).contains(&digits.len())
        && digits.iter().all(u8::is_ascii_digit)
        && !steady(0)
        && !steady(1)
        && !steady(-1);
    if strong { Ok(()) } else { Err(DeskError::WeakPin) }
}

/// What is kept of a PIN.
///
/// # Errors
/// [`DeskError::WeakPin`] for one that is too easy.
pub(super) fn hash(pin: &str) -> Result<String, DeskError> {
    check(pin)?;
    let hash = Argon2::default().hash_password(pin.as_bytes()).map_err(|_| DeskError::WeakPin)?;
    Ok(hash.to_string())
}

/// Whether a PIN is the one that a hash was made of.
pub(super) fn matches(pin: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

/// How long an account rests after that many wrong PINs: nothing below [`TRIES`], then a minute,
/// doubled with every further one.
pub(super) fn rest(failures: u32) -> Option<i64> {
    let over = failures.checked_sub(TRIES)?;
    Some((1i64 << over.min(10)).min(LONGEST_REST))
}
