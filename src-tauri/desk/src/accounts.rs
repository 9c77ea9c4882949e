//! Accounts: the first one, more of them, signing in and out.
//!
//! Signing in changes nothing but who acts: work that was not sent stays, whoever did it.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use jiff::{SignedDuration, Timestamp};

use yichuang_storage::clerks::{PRACTICE_CLERK_ID, StoredClerk};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::ClerkView;

/// Wrong PINs in a row before an account rests.
const TRIES: u32 = 5;
/// The longest rest, in minutes.
const LONGEST_REST: i64 = 30;

fn check_pin(pin: &str) -> Result<(), DeskError> {
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

fn check_name(name: &str) -> Result<&str, DeskError> {
    let name = name.trim();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(DeskError::BadClerkName("请填写姓名"));
    }
    if name.chars().count() > 50 {
        return Err(DeskError::BadClerkName("姓名不能超过50个字"));
    }
    Ok(name)
}

fn hash(pin: &str) -> Result<String, DeskError> {
    let hash = Argon2::default().hash_password(pin.as_bytes()).map_err(|_| DeskError::WeakPin)?;
    Ok(hash.to_string())
}

fn matches(pin: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

/// How long an account rests after that many wrong PINs: nothing below [`TRIES`], then a minute,
/// doubled with every further one.
fn rest(failures: u32) -> Option<i64> {
    let over = failures.checked_sub(TRIES)?;
    Some((1i64 << over.min(10)).min(LONGEST_REST))
}

fn view(clerk: StoredClerk) -> ClerkView {
    ClerkView { id: clerk.id, name: clerk.name, lead: clerk.lead }
}

impl Desk {
    /// The name of the lead who is signed in.
    ///
    /// # Errors
    /// [`DeskError::NotLead`], [`DeskError::NotSignedIn`].
    pub(crate) fn lead(&self) -> Result<String, DeskError> {
        let actor = self.actor()?;
        if self.store.is_lead(&actor.id)? { Ok(actor.name) } else { Err(DeskError::NotLead) }
    }

    /// Whom the sign-in screen offers.
    ///
    /// # Errors
    /// [`DeskError::Storage`].
    pub fn clerks(&self) -> Result<Vec<ClerkView>, DeskError> {
        let clerks = self.store.clerks()?.into_iter();
        Ok(clerks.filter(|clerk| !clerk.pin_hash.is_empty()).map(view).collect())
    }

    /// Makes the first account and signs it in.
    ///
    /// # Errors
    /// [`DeskError::NotFirst`], [`DeskError::WeakPin`], [`DeskError::BadClerkName`].
    pub fn first_account(&self, name: &str, pin: &str) -> Result<(), DeskError> {
        let clerk = self.make_account(uuid::Uuid::now_v7().to_string(), name, pin, true)?;
        self.set_clerk(Some(clerk));
        Ok(())
    }

    /// Adds an account; only somebody who is signed in can.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`], [`DeskError::WeakPin`], [`DeskError::BadClerkName`].
    pub fn add_clerk(&self, name: &str, pin: &str) -> Result<ClerkView, DeskError> {
        self.actor()?;
        self.make_account(uuid::Uuid::now_v7().to_string(), name, pin, false)
    }

    fn make_account(
        &self,
        id: String,
        name: &str,
        pin: &str,
        first: bool,
    ) -> Result<ClerkView, DeskError> {
        let name = check_name(name)?;
        check_pin(pin)?;
        let pin_hash = hash(pin)?;
        let at = self.clock.now();
        self.store.write(|tx| {
            if first && tx.clerk_count()? > 0 {
                return Err(DeskError::NotFirst);
            }
            if !tx.add_clerk(&id, name, &pin_hash, at)? {
                return Err(DeskError::BadClerkName("已有同名账号，请加以区分"));
            }
            // Who is first makes the others, and is their lead: without one nobody could be made it.
            let lead = id != PRACTICE_CLERK_ID && !tx.has_lead()?;
            if lead {
                tx.set_lead(&id, true)?;
            }
            Ok(ClerkView { id: id.clone(), name: name.to_owned(), lead })
        })
    }

    /// Signs somebody in.
    ///
    /// # Errors
    /// [`DeskError::WrongPin`], [`DeskError::PinLocked`], [`DeskError::NotFound`].
    pub fn sign_in(&self, id: &str, pin: &str) -> Result<(), DeskError> {
        let clerk = self.prove(id, pin)?;
        self.set_clerk(Some(clerk));
        Ok(())
    }

    /// Proves by their PIN that it is they, and changes nothing else.
    ///
    /// # Errors
    /// As [`Self::sign_in`].
    pub(crate) fn prove(&self, id: &str, pin: &str) -> Result<ClerkView, DeskError> {
        let clerk = self.store.clerk(id)?.ok_or(DeskError::NotFound { what: "该账号" })?;
        let now = self.clock.now();
        if let Some(minutes) = clerk.locked_until.and_then(|until| minutes_left(now, until)) {
            return Err(DeskError::PinLocked { minutes });
        }
        let right = matches(pin, &clerk.pin_hash);
        let failures = if right { 0 } else { clerk.failures + 1 };
        let rest = rest(failures);
        let until = rest.map(|minutes| now + SignedDuration::from_mins(minutes));
        if failures != clerk.failures || clerk.locked_until.is_some() {
            self.store.write(|tx| tx.set_clerk_failures(id, failures, until))?;
        }
        match (right, rest) {
            (true, _) => Ok(view(clerk)),
            (false, Some(minutes)) => Err(DeskError::PinLocked { minutes }),
            (false, None) => Err(DeskError::WrongPin { left: TRIES - failures }),
        }
    }

    /// Signs in whoever is signed in at the desk that training was entered from. Their account here
    /// has no PIN: it can't be signed in to by anybody, and no secret of theirs is copied.
    ///
    /// # Errors
    /// [`DeskError::NotTraining`] in a database of records.
    pub fn sign_in_trainee(&self, who: &ClerkView) -> Result<(), DeskError> {
        if !self.is_training()? {
            return Err(DeskError::NotTraining);
        }
        let at = self.clock.now();
        let here = self.store.clerk(&who.id)?.is_some();
        let taken = |name: &str| self.store.clerks().map(|all| all.iter().any(|c| c.name == name));
        let mut name = who.name.clone();
        while !here && taken(&name)? {
            name.push('′');
        }
        self.store.write(|tx| {
            if !here {
                tx.add_clerk(&who.id, &name, "", at)?;
            }
            tx.set_lead(&who.id, who.lead)
        })?;
        let name = self.store.clerk(&who.id)?.map_or(name, |clerk| clerk.name);
        self.set_clerk(Some(ClerkView { id: who.id.clone(), name, lead: who.lead }));
        Ok(())
    }

    /// Signs out. Drafts and unsent work stay.
    pub fn sign_out(&self) {
        self.set_clerk(None);
    }

    /// Signs in the practice clerk, made where it is not there yet. Only a scripted case does.
    ///
    /// # Errors
    /// [`DeskError::RealRecords`] in a profile with real records.
    pub fn sign_in_practice_clerk(&self) -> Result<(), DeskError> {
        if !self.mode()?.is_practice() {
            return Err(DeskError::RealRecords);
        }
        let here = self.clerks()?.into_iter().find(|c| c.id == PRACTICE_CLERK_ID);
        let clerk = match here {
            Some(clerk) => clerk,
            None => {
                let id = PRACTICE_CLERK_ID.to_owned();
                self.make_account(id, PRACTICE_CLERK, PRACTICE_PIN, false)?
            }
        };
        self.set_clerk(Some(clerk));
        Ok(())
    }
}

/// The account that plays scripted cases.
pub const PRACTICE_CLERK: &str = "演练员";
/// Its PIN, for those who want to look around afterwards. It opens practice records only.
pub const PRACTICE_PIN: &str = "246810";

/// Whole minutes until `until`, at least one; none if it has passed. A clock that was set back
/// does not lengthen the rest.
fn minutes_left(now: Timestamp, until: Timestamp) -> Option<i64> {
    let left = until.duration_since(now);
    (left > SignedDuration::ZERO).then(|| ((left.as_secs() + 59) / 60).clamp(1, LONGEST_REST))
}
