//! The desk itself: what every action needs at hand.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use uuid::Uuid;
use yichuang_documents::Press;
use yichuang_documents::print::{Spooler, system_spooler};
use yichuang_domain::case::Actor;
use yichuang_storage::Store;

use crate::browse::CountedUsage;
use crate::clock::Clock;
use crate::error::DeskError;
use crate::evaluation::CounterScreen;
use crate::guide::Guide;
use crate::templates::Templates;
use crate::view::ClerkView;

/// A window's desk over one data folder.
pub struct Desk {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) spooler: Box<dyn Spooler>,
    /// This run of the program, as the print journal names it.
    pub(crate) session: String,
    pub(crate) guide: RwLock<Option<Arc<Guide>>>,
    /// The earlier release that a case was last seen under: reading one takes long.
    pub(crate) pinned: Mutex<Option<Arc<Guide>>>,
    pub(crate) usage: Mutex<Option<CountedUsage>>,
    /// The screen that the applicant sees.
    pub(crate) counter: CounterScreen,
    fonts: PathBuf,
    own_fonts: Option<PathBuf>,
    press: OnceLock<Press>,
    pub(crate) templates: RwLock<Option<Arc<Templates>>>,
    clerk: Mutex<Option<ClerkView>>,
}

impl Desk {
    /// A desk over an open database. `fonts` is the folder of the fonts for papers; they are read
    /// when the first paper is made, not before: the first screen must not wait for them.
    pub fn new(store: Store, clock: Arc<dyn Clock>, fonts: &Path) -> Self {
        Self {
            store,
            clock,
            spooler: system_spooler(),
            session: Uuid::new_v4().to_string(),
            guide: RwLock::new(None),
            pinned: Mutex::new(None),
            usage: Mutex::new(None),
            counter: CounterScreen::default(),
            fonts: fonts.to_owned(),
            own_fonts: None,
            press: OnceLock::new(),
            templates: RwLock::new(None),
            clerk: Mutex::new(None),
        }
    }

    /// With a folder into which the hall puts fonts of its own. It need not be there.
    #[must_use]
    pub fn with_own_fonts(mut self, folder: PathBuf) -> Self {
        self.own_fonts = Some(folder);
        self
    }

    /// The database, for what goes upstream.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The clock.
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// The press.
    pub(crate) fn press(&self) -> Result<&Press, DeskError> {
        if let Some(press) = self.press.get() {
            return Ok(press);
        }
        let own: Vec<&Path> = self.own_fonts.iter().map(PathBuf::as_path).collect();
        let press = Press::open(&self.fonts, &own)?;
        Ok(self.press.get_or_init(|| press))
    }

    /// Reads the fonts ahead of the first paper, in the background.
    ///
    /// # Errors
    /// [`DeskError::Document`] if they can't be read.
    pub fn warm_up(&self) -> Result<(), DeskError> {
        Ok(self.press()?.warm_up()?)
    }

    /// Who is signed in.
    pub fn clerk(&self) -> Option<ClerkView> {
        self.clerk.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_clerk(&self, clerk: Option<ClerkView>) {
        let mut here = self.clerk.lock().unwrap_or_else(PoisonError::into_inner);
        let same = here.as_ref().map(|one| &one.id) == clerk.as_ref().map(|one| &one.id);
        *here = clerk;
        drop(here);
        // What one clerk asked somebody to sign is no other's to take back or to use.
        if !same {
            self.drop_signing();
        }
    }

    /// Refuses where nobody is signed in.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub fn require_clerk(&self) -> Result<(), DeskError> {
        self.actor().map(|_| ())
    }

    /// Who acts.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub(crate) fn actor(&self) -> Result<Actor, DeskError> {
        let clerk = self.clerk().ok_or(DeskError::NotSignedIn)?;
        Ok(Actor { id: clerk.id, name: clerk.name })
    }
}
