//! Passwords: argon2id, what a good one is, and those that the program makes.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

use crate::error::Refused;
use crate::secrets;
use crate::store::StoreError;

/// The fewest characters.
pub const SHORTEST: usize = 10;
/// The most: more can't be meant, and each costs time to compare.
const LONGEST: usize = 128;

/// What is compared with where there is no such account, so that it takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzYWx0IG9mIG5vYm9keQ$\
                      mPk1q7uC9bSp6M6J9v0pO3oN1n3o0bH1cUe0i4c3m5Y";

/// Refuses a password that is too easy to guess.
///
/// # Errors
/// [`Refused`] `weak-password` at `password`.
pub fn check(password: &str, login: &str) -> Result<(), Refused> {
    let refuse = |message: &str| Err(Refused::new("weak-password", "password", message));
    let count = password.chars().count();
    if count < SHORTEST {
        return refuse("口令至少10个字符，请换一个更长的");
    }
    if count > LONGEST {
        return refuse("口令不能超过128个字符");
    }
    let kinds: [fn(&char) -> bool; 3] = [
        char::is_ascii_digit,
        |c| c.is_alphabetic(),
        |c| !c.is_alphabetic() && !c.is_ascii_digit(),
    ];
    let has = kinds.iter().filter(|kind| password.chars().any(|c| kind(&c))).count();
    if has < 2 {
        return refuse("口令须至少含字母、数字、符号中的两种");
    }
    if password.to_lowercase().contains(&login.to_lowercase()) {
        return refuse("口令不能包含登录名");
    }
    Ok(())
}

/// What is stored of a password.
///
/// # Errors
/// [`Refused`] if it can't be hashed, which no password that was checked is.
pub fn hash(password: &str) -> Result<String, Refused> {
    let hashed = Argon2::default().hash_password(password.as_bytes());
    let cannot = || Refused::new("weak-password", "password", "这个口令不能使用，请换一个");
    hashed.map(|hash| hash.to_string()).map_err(|_| cannot())
}

/// Whether a password is the one that was hashed. Without a hash it takes as long and is not.
pub fn matches(password: &str, hash: Option<&str>) -> bool {
    let right = PasswordHash::new(hash.unwrap_or(NOBODY))
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
    right && hash.is_some()
}

/// A password for somebody's first sign-in: twelve letters and digits, shown in three groups.
///
/// # Errors
/// [`StoreError::Random`].
pub fn made() -> Result<String, StoreError> {
    // The alphabet of enrolment codes has no digit for sure: a mark makes it two kinds.
    let code = secrets::enrol_code()?.to_lowercase();
    Ok(format!("{}-{}-{}", &code[..4], &code[4..8], &code[8..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easy_passwords_are_refused() {
        for weak in ["", "短口令1", "abcdefghijk", "12345678901", "Lina-2026-ok", &"a1".repeat(70)]
        {
            assert!(check(weak, "lina").is_err(), "{weak}");
        }
        for good in ["correct horse battery", "根河一窗后台审批口令2026", &made().unwrap()]
        {
            assert!(check(good, "lina").is_ok(), "{good}");
        }
    }

    #[test]
    fn a_password_matches_its_hash_and_nobody_has_one() {
        let kept = hash("correct horse").unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(matches("correct horse", Some(&kept)));
        assert!(!matches("correct horsE", Some(&kept)));
        assert!(!matches("correct horse", None));
        assert!(!matches("correct horse", Some("rubbish")));
        assert!(PasswordHash::new(NOBODY).is_ok(), "else it would take no time");
    }
}
