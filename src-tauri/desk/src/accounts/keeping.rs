//! What administrators do with accounts: adding, roles, names, PINs that were forgotten, and
//! accounts that are no longer used. Each is put on record with who did it.
//!
//! An account is never deleted, and one administrator always stays.

use yichuang_domain::case::Actor;
use yichuang_domain::clerk::{AccountChange, AccountRecord, ClerkRole, ClerkRoles};
use yichuang_storage::Tx;
use yichuang_storage::clerks::StoredClerk;

use super::{NAME_TAKEN, NO_ACCOUNT, pin};
use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::{AccountView, AccountsView, ClerkView};

/// How many records are shown.
const SHOWN: u32 = 100;

/// Who changes an account, and when: what every record holds.
struct Keeper<'a> {
    desk: &'a Desk,
    by: Option<Actor>,
}

impl Keeper<'_> {
    fn record(&self, tx: &Tx<'_>, clerk: Actor, change: AccountChange) -> Result<(), DeskError> {
        let at = self.desk.clock.now();
        Ok(tx.record_account(&AccountRecord { at, clerk, by: self.by.clone(), change })?)
    }

    /// Changes an account in one step with its record; nothing is recorded of what changes nothing.
    fn change(
        &self,
        id: &str,
        change: impl FnOnce(&Tx<'_>, &StoredClerk) -> Result<Vec<AccountChange>, DeskError>,
    ) -> Result<(), DeskError> {
        self.desk.store.write(|tx| {
            let clerk = tx.clerk(id)?.ok_or(NO_ACCOUNT)?;
            let kept = tx.anybody_is(ClerkRole::Administrator)?;
            let changes = change(tx, &clerk)?;
            if kept && !tx.anybody_is(ClerkRole::Administrator)? {
                return Err(DeskError::LastAdministrator);
            }
            let clerk = Actor { id: clerk.id, name: clerk.name };
            changes.into_iter().try_for_each(|change| self.record(tx, clerk.clone(), change))
        })
    }
}

impl Desk {
    /// Whoever is signed in, as an administrator.
    fn keeper(&self) -> Result<Keeper<'_>, DeskError> {
        Ok(Keeper { desk: self, by: Some(self.administrator()?) })
    }

    /// An administrator who does something to somebody else's account.
    fn keeper_of_other(&self, id: &str) -> Result<Keeper<'_>, DeskError> {
        let keeper = self.keeper()?;
        let own = keeper.by.as_ref().is_some_and(|by| by.id == id);
        if own { Err(DeskError::OwnAccount) } else { Ok(keeper) }
    }

    /// Every account, and what was done to them.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`], [`DeskError::NotRole`].
    pub fn accounts(&self) -> Result<AccountsView, DeskError> {
        self.keeper()?;
        let accounts = self.store.clerks()?.into_iter().map(|clerk| AccountView {
            pin_is_temporary: clerk.pin_is_temporary,
            retired: clerk.retired,
            id: clerk.id,
            name: clerk.name,
            roles: clerk.roles,
        });
        Ok(AccountsView {
            accounts: accounts.collect(),
            records: self.store.account_records(SHOWN)?,
        })
    }

    /// Adds an account, with the PIN that its owner chose. Where nobody is an administrator yet,
    /// as after a scripted case, whoever is signed in may, and makes one with every role.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`], [`DeskError::NotRole`], [`DeskError::WeakPin`],
    /// [`DeskError::BadClerkName`]; `unprintable` for a name that no paper shows.
    pub fn add_clerk(
        &self,
        name: &str,
        pin: &str,
        roles: &ClerkRoles,
    ) -> Result<ClerkView, DeskError> {
        let keeper = self.keeper()?;
        let id = uuid::Uuid::now_v7().to_string();
        if !self.store.anybody_is(ClerkRole::Administrator)? {
            return self.make_account(id, name, pin, keeper.by);
        }
        let name = &*self.check_name(name)?;
        let pin_hash = pin::hash(pin)?;
        self.store.write(|tx| {
            if !tx.add_clerk(&id, name, &pin_hash, self.clock.now())? {
                return Err(NAME_TAKEN);
            }
            tx.set_roles(&id, roles)?;
            let clerk = Actor { id: id.clone(), name: name.to_owned() };
            keeper.record(tx, clerk, AccountChange::Added { roles: roles.clone() })
        })?;
        Ok(ClerkView { id, name: name.to_owned(), roles: roles.clone() })
    }

    /// Gives an account this name and these roles, both or neither. What was done under another
    /// name keeps that.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`], [`DeskError::NotRole`], [`DeskError::NotFound`],
    /// [`DeskError::BadClerkName`]; [`DeskError::LastAdministrator`] where nobody would be left to
    /// give roles.
    pub fn set_account(&self, id: &str, name: &str, roles: &ClerkRoles) -> Result<(), DeskError> {
        let keeper = self.keeper()?;
        let name = &*self.check_name(name)?;
        keeper.change(id, |tx, clerk| {
            let mut changes = Vec::new();
            if *roles != clerk.roles {
                tx.set_roles(id, roles)?;
                changes.push(AccountChange::RolesSet { roles: roles.clone() });
            }
            if name != clerk.name {
                if !tx.rename_clerk(id, name)? {
                    return Err(NAME_TAKEN);
                }
                let (from, to) = (clerk.name.clone(), name.to_owned());
                changes.push(AccountChange::Renamed { from, to });
            }
            Ok(changes)
        })?;
        if let Some(own) = self.clerk().filter(|clerk| clerk.id == id) {
            let (name, roles) = (name.to_owned(), roles.clone());
            self.set_clerk(Some(ClerkView { name, roles, ..own }));
        }
        Ok(())
    }

    /// Sets a PIN for somebody who forgot theirs. It holds for one sign-in, at which they set
    /// their own: whoever knows another's PIN could act under their name.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`], [`DeskError::NotRole`], [`DeskError::NotFound`],
    /// [`DeskError::WeakPin`]; [`DeskError::OwnAccount`], whose PIN is changed knowing it.
    pub fn reset_pin(&self, id: &str, pin: &str) -> Result<(), DeskError> {
        self.reset_pin_as(&self.keeper_of_other(id)?, id, pin)
    }

    fn reset_pin_as(&self, keeper: &Keeper<'_>, id: &str, pin: &str) -> Result<(), DeskError> {
        let pin_hash = pin::hash(pin)?;
        keeper.change(id, |tx, _| {
            tx.set_pin(id, &pin_hash, true)?;
            Ok(vec![AccountChange::PinReset])
        })
    }

    /// The same for an administrator's own, where nobody else could: by whoever can run programs
    /// on this computer over this data, and on record as such.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for a name that no account has, [`DeskError::WeakPin`].
    pub fn reset_pin_on_computer(&self, name: &str, pin: &str) -> Result<(), DeskError> {
        let found = self.store.clerks()?.into_iter().find(|clerk| clerk.name == name.trim());
        let id = found.ok_or(NO_ACCOUNT)?.id;
        self.reset_pin_as(&Keeper { desk: self, by: None }, &id, pin)
    }

    /// Takes an account out of use, or back into it. Its records and its name stay.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`], [`DeskError::NotRole`], [`DeskError::NotFound`],
    /// [`DeskError::OwnAccount`].
    pub fn set_retired(&self, id: &str, retired: bool) -> Result<(), DeskError> {
        self.keeper_of_other(id)?.change(id, |tx, clerk| {
            tx.set_retired(id, retired.then(|| self.clock.now()))?;
            let change = if retired { AccountChange::Retired } else { AccountChange::Restored };
            Ok(if clerk.retired == retired { Vec::new() } else { vec![change] })
        })
    }

    /// Changes the PIN of whoever is signed in, who knows the present one.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`]; [`DeskError::WrongPin`], [`DeskError::PinLocked`];
    /// [`DeskError::WeakPin`], [`DeskError::SamePin`].
    pub fn change_pin(&self, old: &str, new: &str) -> Result<(), DeskError> {
        let actor = self.actor()?;
        self.replace_pin(&actor.id, old, new)
    }

    /// Signs in somebody whose PIN another had set, with one of their own from now on.
    ///
    /// # Errors
    /// Those of [`Self::sign_in`] and of [`Self::change_pin`].
    pub fn sign_in_with_new_pin(&self, id: &str, old: &str, new: &str) -> Result<(), DeskError> {
        self.replace_pin(id, old, new)?;
        self.sign_in(id, new)
    }

    fn replace_pin(&self, id: &str, old: &str, new: &str) -> Result<(), DeskError> {
        let clerk = self.knows_pin(id, old)?;
        let pin_hash = pin::hash(new)?;
        if old == new {
            return Err(DeskError::SamePin);
        }
        let by = Some(Actor { id: clerk.id, name: clerk.name });
        Keeper { desk: self, by }.change(id, |tx, _| {
            tx.set_pin(id, &pin_hash, false)?;
            Ok(vec![AccountChange::PinChanged])
        })
    }
}
