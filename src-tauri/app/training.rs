//! Training: the way in and out, and what no command can do meanwhile.
//!
//! In training the screens stand before another desk, over a database of its own in a folder of its
//! own. The desk of the records stays closed to them: nobody is signed in there, and every command
//! that reaches for the hub is refused before anything looks at it. The thread that sends records
//! upstream goes on, and knows their desk only ([decision 48](../../docs/decisions/0048-training.md)).

mod commands;

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLockWriteGuard};
use std::time::Duration;

use yichuang_desk::Desk;
use yichuang_desk::view::{ClerkView, Phase, Status};
use yichuang_storage::{Store, TRAINING_FOLDER, erase_training};

use self::commands::{OPEN, REFUSED};
use crate::ipc::failure::Failure;
use crate::paths;
use crate::shell::Shell;

/// Before which desk the screens stand.
#[derive(Default)]
pub(crate) enum Place {
    /// That of the records.
    #[default]
    Records,
    /// That of training.
    Training(Arc<Desk>),
}

/// How long a reset waits for what is still under way.
const LOOKS: u32 = 300;
const PAUSE: Duration = Duration::from_millis(10);

/// The refusal of what training cannot do.
pub(crate) fn refusal() -> Failure {
    let message = "训练中不能入网、上传、摆渡或改动正式数据；请先离开训练";
    Failure::refused("training", None, message)
}

impl Shell {
    /// Refuses a command that training cannot do.
    ///
    /// # Errors
    /// `training`.
    pub(crate) fn allow(&self, command: &str) -> Result<(), Failure> {
        if self.training().is_none() || (OPEN.contains(&command) && !REFUSED.contains(&command)) {
            return Ok(());
        }
        Err(refusal())
    }

    /// The desk of training, while the screens stand before it.
    pub(crate) fn training(&self) -> Option<Arc<Desk>> {
        match &*self.place.read().unwrap_or_else(PoisonError::into_inner) {
            Place::Training(desk) => Some(desk.clone()),
            Place::Records => None,
        }
    }

    fn training_folder(&self) -> PathBuf {
        self.folder().join(TRAINING_FOLDER)
    }

    fn place_to_change(&self) -> RwLockWriteGuard<'_, Place> {
        self.place.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Goes over to training: whoever is signed in goes along, and is signed out of the records.
    /// Nothing of the records is changed, and of them only the guide is taken along.
    ///
    /// # Errors
    /// `not-signed-in` where there are accounts and nobody is; `training-foreign` where the folder
    /// holds anything else; `locked`; `storage-…`.
    pub(crate) fn enter_training(&self) -> Result<Status, Failure> {
        if self.training().is_some() {
            return Shell::status(self);
        }
        let records =
            if self.is_unmade()? { self.records_at_hand() } else { Some(self.open(None)?) };
        let (mut who, mut guide) = (None, None);
        if let Some(records) = &records {
            who = records.clerk();
            if who.is_none() && !records.clerks()?.is_empty() {
                records.require_clerk()?;
            }
            guide = records.store().current_guide()?;
        }
        let mut place = self.place_to_change();
        if matches!(*place, Place::Training(_)) {
            // Somebody else was quicker.
            drop(place);
            return Shell::status(self);
        }
        let desk = self.training_desk()?;
        match guide {
            Some(guide) if !desk.uses_guide(&guide.digest)? => {
                desk.practise_with_guide(guide.text.as_bytes())?;
            }
            Some(_) => {}
            None => desk.ensure_guide()?,
        }
        if let Some(who) = &who {
            desk.sign_in_trainee(who)?;
        }
        *place = Place::Training(desk);
        drop(place);
        if let Some(records) = records {
            records.sign_out();
        }
        Shell::status(self)
    }

    fn training_desk(&self) -> Result<Arc<Desk>, Failure> {
        let store = Store::open_training(&self.training_folder())?;
        let desk = Desk::new(store, self.clock().clone(), &paths::fonts_folder());
        Ok(Arc::new(desk.with_own_fonts(paths::own_fonts_folder(self.folder()))))
    }

    /// Goes back to the records, where somebody has to sign in.
    ///
    /// # Errors
    /// `storage-…`.
    pub(crate) fn leave_training(&self) -> Result<Status, Failure> {
        *self.place_to_change() = Place::Records;
        Shell::status(self)
    }

    /// Signs out. In training, who came from the records has no PIN to come back with: they leave.
    pub(crate) fn lock(&self) -> Result<Status, Failure> {
        self.desk()?.sign_out();
        match self.training() {
            Some(desk) if desk.clerks()?.is_empty() => self.leave_training(),
            _ => Shell::status(self),
        }
    }

    /// Takes training back to its beginning: attempts, cards and accounts are gone. Trainers only.
    ///
    /// # Errors
    /// `not-training`, `not-trainer`; `training-busy` while something is under way.
    pub(crate) fn reset_training(&self) -> Result<Status, Failure> {
        let desk = self.training().ok_or(yichuang_desk::DeskError::NotTraining)?;
        let who = desk.may_reset_training()?;
        let came_along = desk.store().clerk(&who.id)?.is_some_and(|one| one.pin_hash.is_empty());
        let guide = desk.store().current_guide()?;
        drop(desk);
        // Held to the end: nobody may come by and find the records in the place of training.
        let mut place = self.place_to_change();
        let Place::Training(mut desk) = std::mem::take(&mut *place) else { return Err(refusal()) };
        let mut looks = 0;
        let closed = loop {
            match Arc::try_unwrap(desk) {
                Ok(alone) => break alone,
                Err(held) => desk = held,
            }
            looks += 1;
            if looks > LOOKS {
                *place = Place::Training(desk);
                let message = "还有操作没有做完，没有重置，请稍后再试";
                return Err(Failure::refused("training-busy", None, message));
            }
            std::thread::sleep(PAUSE);
        };
        drop(closed);
        let fresh = || -> Result<Arc<Desk>, Failure> {
            erase_training(&self.training_folder())?;
            let desk = self.training_desk()?;
            match guide {
                Some(guide) => desk.practise_with_guide(guide.text.as_bytes())?,
                None => desk.ensure_guide()?,
            }
            if came_along {
                desk.sign_in_trainee(&who)?;
            }
            Ok(desk)
        };
        // Where it can't be made anew, the screens are before the records again, signed out.
        *place = Place::Training(fresh()?);
        drop(place);
        Shell::status(self)
    }

    /// Where training stands.
    ///
    /// # Errors
    /// `storage-…`.
    pub(crate) fn training_status(&self, desk: &Desk, status: &mut Status) -> Result<(), Failure> {
        let clerks: Vec<ClerkView> = desk.clerks()?;
        status.training = true;
        status.clerk = desk.clerk();
        status.keeps = desk.administrator().is_ok();
        status.phase = match (&status.clerk, clerks.is_empty()) {
            (Some(_), _) => Phase::SignedIn,
            (None, true) => Phase::FirstStart,
            (None, false) => Phase::SignedOut,
        };
        status.clerks = clerks;
        status.profile = Some(desk.profile()?);
        status.guide = desk.guide_view()?;
        Ok(())
    }
}
