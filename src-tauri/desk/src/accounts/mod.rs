//! Accounts: the first one, signing in and out. What administrators do with them is in
//! [`keeping`], the PIN's own rules in [`pin`].
//!
//! Signing in changes nothing but who acts: work that was not sent stays, whoever did it.

mod keeping;
mod pin;
#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};

use yichuang_documents::DocumentError;
use yichuang_domain::case::Actor;
use yichuang_domain::clerk::{AccountChange, AccountRecord, ClerkRole, ClerkRoles};
use yichuang_domain::named::Named as _;
use yichuang_domain::{Refusal, RefusalCode, ink};
use yichuang_storage::clerks::{PRACTICE_CLERK_ID, StoredClerk};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::ClerkView;

const NAME_TAKEN: DeskError = DeskError::BadClerkName("已有同名账号，请加以区分");
const NO_ACCOUNT: DeskError = DeskError::NotFound { what: "该账号" };

fn view(clerk: StoredClerk) -> ClerkView {
    ClerkView { id: clerk.id, name: clerk.name, roles: clerk.roles }
}

impl Desk {
    /// A name that an account can have. It stands on every paper that its owner issues, so whoever
    /// has one that can't be printed could file nothing.
    fn check_name(&self, name: &str) -> Result<String, DeskError> {
        let name = ink::line("name", name)?;
        if name.is_empty() {
            return Err(DeskError::BadClerkName("请填写姓名"));
        }
        if name.chars().count() > 50 {
            return Err(DeskError::BadClerkName("姓名不能超过50个字"));
        }
        // Fonts that can't be read are no fault of a name; the first paper says so.
        let drawn = self.press().map(|press| press.require_drawn("姓名", &name));
        if let Ok(Err(error @ DocumentError::NoGlyph { .. })) = drawn {
            return Err(Refusal::new(RefusalCode::Unprintable, "name", error.to_string()).into());
        }
        Ok(name)
    }

    /// The name of whoever is signed in, if they have a role.
    ///
    /// # Errors
    /// [`DeskError::NotRole`], [`DeskError::NotSignedIn`].
    pub(crate) fn acting_as(&self, role: ClerkRole) -> Result<String, DeskError> {
        let actor = self.actor()?;
        if self.store.has_role(&actor.id, role)? {
            Ok(actor.name)
        } else {
            Err(DeskError::NotRole(role))
        }
    }

    /// Whoever is signed in, if they are an administrator, or if nobody is, as after scripted
    /// cases: then nobody could be made one.
    ///
    /// # Errors
    /// [`DeskError::NotRole`], [`DeskError::NotSignedIn`].
    pub fn administrator(&self) -> Result<Actor, DeskError> {
        let actor = self.actor()?;
        if self.store.anybody_is(ClerkRole::Administrator)? {
            self.acting_as(ClerkRole::Administrator)?;
        }
        Ok(actor)
    }

    /// Whom the sign-in screen offers.
    ///
    /// # Errors
    /// [`DeskError::Storage`].
    pub fn clerks(&self) -> Result<Vec<ClerkView>, DeskError> {
        let clerks = self.store.clerks()?.into_iter();
        Ok(clerks.filter(|clerk| !clerk.pin_hash.is_empty() && !clerk.retired).map(view).collect())
    }

    /// Makes the first account and signs it in.
    ///
    /// # Errors
    /// [`DeskError::NotFirst`], [`DeskError::WeakPin`], [`DeskError::BadClerkName`].
    pub fn first_account(&self, name: &str, pin: &str) -> Result<(), DeskError> {
        let clerk = self.make_account(uuid::Uuid::now_v7().to_string(), name, pin, None)?;
        self.set_clerk(Some(clerk));
        Ok(())
    }

    /// Makes an account where nobody could give roles: it has every one, but for the account that
    /// plays scripted cases. `by` is whoever is signed in; the very first makes itself.
    fn make_account(
        &self,
        id: String,
        name: &str,
        pin: &str,
        by: Option<Actor>,
    ) -> Result<ClerkView, DeskError> {
        let name = &*self.check_name(name)?;
        let pin_hash = pin::hash(pin)?;
        let at = self.clock.now();
        let clerk = Actor { id: id.clone(), name: name.to_owned() };
        let practised = id == PRACTICE_CLERK_ID;
        let roles: ClerkRoles = match practised {
            true => ClerkRoles::new(),
            false => ClerkRole::ALL.iter().copied().collect(),
        };
        self.store.write(|tx| {
            if by.is_none() && !practised && tx.clerk_count()? > 0 {
                return Err(DeskError::NotFirst);
            }
            if by.is_some() && tx.anybody_is(ClerkRole::Administrator)? {
                return Err(DeskError::NotRole(ClerkRole::Administrator));
            }
            if !tx.add_clerk(&id, name, &pin_hash, at)? {
                return Err(NAME_TAKEN);
            }
            tx.set_roles(&id, &roles)?;
            let change = AccountChange::Added { roles: roles.clone() };
            let by = Some(by.clone().unwrap_or_else(|| clerk.clone()));
            tx.record_account(&AccountRecord { at, clerk: clerk.clone(), by, change })?;
            Ok(ClerkView { id: id.clone(), name: name.to_owned(), roles: roles.clone() })
        })
    }

    /// Signs in whoever has that name, or that id. Names are unique.
    ///
    /// # Errors
    /// As [`Self::sign_in`].
    pub fn sign_in_named(&self, who: &str, pin: &str) -> Result<(), DeskError> {
        let who = who.trim();
        let clerks = self.store.clerks()?;
        let named = clerks.iter().find(|clerk| clerk.name == who || clerk.id == who);
        self.sign_in(&named.ok_or(NO_ACCOUNT)?.id, pin)
    }

    /// Signs somebody in.
    ///
    /// # Errors
    /// [`DeskError::WrongPin`], [`DeskError::PinLocked`], [`DeskError::NotFound`];
    /// [`DeskError::TemporaryPin`] for a PIN that somebody else set.
    pub fn sign_in(&self, id: &str, pin: &str) -> Result<(), DeskError> {
        let clerk = self.prove(id, pin)?;
        self.set_clerk(Some(clerk));
        Ok(())
    }

    /// Proves by their PIN that it is they, and changes nothing else. A PIN that somebody else
    /// knows proves nothing.
    ///
    /// # Errors
    /// As [`Self::sign_in`].
    pub(crate) fn prove(&self, id: &str, pin: &str) -> Result<ClerkView, DeskError> {
        let clerk = self.knows_pin(id, pin)?;
        if clerk.pin_is_temporary { Err(DeskError::TemporaryPin) } else { Ok(view(clerk)) }
    }

    /// The account whose PIN that is. It counts as wrong before it is looked at, which takes long
    /// and holds up nobody, and is forgiven when it was right: so many at once are as many.
    fn knows_pin(&self, id: &str, pin: &str) -> Result<StoredClerk, DeskError> {
        let now = self.clock.now();
        let (clerk, failures) = self.store.write(|tx| {
            let found = tx.clerk(id)?.filter(|clerk| !clerk.retired);
            let clerk = found.ok_or(NO_ACCOUNT)?;
            if let Some(minutes) = clerk.locked_until.and_then(|until| minutes_left(now, until)) {
                return Err(DeskError::PinLocked { minutes });
            }
            let failures = clerk.failures.saturating_add(1);
            let rest = pin::rest(failures).map(SignedDuration::from_mins);
            tx.set_clerk_failures(id, failures, rest.and_then(|rest| now.checked_add(rest).ok()))?;
            Ok((clerk, failures))
        })?;
        if !pin::matches(pin, &clerk.pin_hash) {
            return Err(match pin::rest(failures) {
                Some(minutes) => DeskError::PinLocked { minutes },
                None => DeskError::WrongPin { left: pin::TRIES.saturating_sub(failures) },
            });
        }
        self.store.write(|tx| tx.set_clerk_failures(id, 0, None))?;
        Ok(clerk)
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
        let all = self.store.clerks()?;
        let here = all.iter().any(|clerk| clerk.id == who.id);
        let mut name = who.name.clone();
        while all.iter().any(|clerk| clerk.id != who.id && clerk.name == name) {
            name.push('′');
        }
        self.store.write(|tx| {
            // A name that was corrected among the records is corrected here, too.
            match here {
                true => tx.rename_clerk(&who.id, &name)?,
                false => tx.add_clerk(&who.id, &name, "", at)?,
            };
            tx.set_roles(&who.id, &who.roles)
        })?;
        self.set_clerk(Some(ClerkView { id: who.id.clone(), name, roles: who.roles.clone() }));
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
        let clerk = match self.store.clerk(PRACTICE_CLERK_ID)? {
            Some(clerk) => view(clerk),
            None => {
                let id = PRACTICE_CLERK_ID.to_owned();
                self.make_account(id, PRACTICE_CLERK, PRACTICE_PIN, None)?
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

/// Whole minutes until `until`, at least one; none if it has passed. More than the longest rest is
/// left only where the clock was set back since: that rest is over, or it would last until the wrong
/// time comes true.
fn minutes_left(now: Timestamp, until: Timestamp) -> Option<i64> {
    let left = until.duration_since(now);
    let rests = left > SignedDuration::ZERO && left <= SignedDuration::from_mins(pin::LONGEST_REST);
    rests.then(|| ((left.as_secs() + 59) / 60).max(1))
}
