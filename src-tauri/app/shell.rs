//! The program around a desk: its data folder, whether it is open, and what runs beside it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use yichuang_desk::view::{Phase, Status};
use yichuang_desk::{Clock, Desk, DeskError, SystemClock};
use yichuang_storage::key::{self, KeyPlace};
use yichuang_storage::{DATABASE_FILE, StorageError, Store};

use crate::applicant::ApplicantScreens;
use crate::demonstration::DemonstrationState;
use crate::ferry::FerryWork;
use crate::ipc::failure::Failure;
use crate::paths;
use crate::training::{Place, refusal};
use crate::upstream::{self, Upstream};

/// Set to open a protected profile without typing: for machines that start by themselves.
pub(crate) const PASSPHRASE_VARIABLE: &str = "YICHUANG_PASSPHRASE";

/// The program over one data folder. Commands of both doors come here.
pub struct Shell {
    folder: PathBuf,
    clock: Arc<dyn Clock>,
    /// That of the records.
    desk: RwLock<Option<Arc<Desk>>>,
    pub(crate) place: RwLock<Place>,
    pub(crate) upstream: Upstream,
    pub(crate) demonstration: DemonstrationState,
    pub(crate) ferry: FerryWork,
    pub(crate) applicant: ApplicantScreens,
}

/// The passphrase of the environment.
pub(crate) fn passphrase() -> Option<String> {
    std::env::var(PASSPHRASE_VARIABLE).ok()
}

impl Shell {
    /// The program over a data folder, not opened yet: the first screen must not wait for a disk.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            clock: Arc::new(SystemClock),
            desk: RwLock::new(None),
            place: RwLock::default(),
            upstream: Upstream::default(),
            demonstration: DemonstrationState::default(),
            ferry: FerryWork::default(),
            applicant: ApplicantScreens::default(),
        }
    }

    /// The data folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// The desk of the records, whatever the screens stand before. What goes upstream takes this
    /// one and no other.
    pub(crate) fn records_at_hand(&self) -> Option<Arc<Desk>> {
        self.desk.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Opens the folder's database, making it where there is none.
    ///
    /// # Errors
    /// `locked`, `wrong-passphrase`, `storage-…`, `key-…`.
    pub fn open(&self, typed: Option<&str>) -> Result<Arc<Desk>, Failure> {
        if let Some(desk) = self.records_at_hand() {
            return Ok(desk);
        }
        let mut slot = self.desk.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(desk) = &*slot {
            return Ok(desk.clone());
        }
        let kept = passphrase();
        let store = Store::open(&self.folder, typed.or(kept.as_deref()))?;
        let desk = Desk::new(store, self.clock.clone(), &paths::fonts_folder());
        let desk = Arc::new(desk.with_own_fonts(paths::own_fonts_folder(&self.folder)));
        *slot = Some(desk.clone());
        self.upstream.wake();
        Ok(desk)
    }

    /// Opens the folder and takes the bundled guide into use where there is none.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_or_make(&self) -> Result<Arc<Desk>, Failure> {
        let desk = self.open(None)?;
        desk.ensure_guide()?;
        Ok(desk)
    }

    /// Opens the profile that is in the folder. For commands that copy one, or answer for its day:
    /// those run every night by themselves, and in a mistyped folder they would find a new and empty
    /// profile in order for ever.
    ///
    /// # Errors
    /// `no-profile` where the folder has none; as [`Self::open`].
    pub fn open_made(&self) -> Result<Arc<Desk>, Failure> {
        if self.records_at_hand().is_none() && self.is_unmade()? {
            let message = format!(
                "“{}”里没有一窗的数据，请核对 --data；第一次使用的，先打开一次窗口",
                self.folder.display()
            );
            return Err(Failure::refused("no-profile", Some("data"), message));
        }
        self.open_or_make()
    }

    /// Opens the folder and reads the guide on a thread of its own, while the web view loads. The
    /// first screen asks again and shows what stands in the way.
    pub(crate) fn make_ready(self: &Arc<Self>) {
        let shell = self.clone();
        std::thread::spawn(move || {
            let ready = shell.status();
            tracing::debug!(ready = ready.is_ok(), "read ahead");
        });
    }

    /// The desk that the screens stand before.
    ///
    /// # Errors
    /// `locked` until the folder was opened.
    pub fn desk(&self) -> Result<Arc<Desk>, Failure> {
        match self.training() {
            Some(desk) => Ok(desk),
            None => self.records_at_hand().map_or_else(|| self.open_or_make(), Ok),
        }
    }

    /// The desk of the records, for what goes to the hub or comes from there.
    ///
    /// # Errors
    /// `training` while the screens stand before that of training; `locked`.
    pub(crate) fn records(&self) -> Result<Arc<Desk>, Failure> {
        if self.training().is_some() { Err(refusal()) } else { self.desk() }
    }

    /// Passes on what an action came to, and lets it go upstream at once.
    pub(crate) fn acted<View>(&self, result: Result<View, DeskError>) -> Result<View, Failure> {
        let view = result?;
        self.upstream.wake();
        Ok(view)
    }

    /// Whether the first start still has to ask how the data is protected.
    pub(crate) fn is_unmade(&self) -> Result<bool, Failure> {
        let place = key::place(&self.folder).map_err(StorageError::from)?;
        Ok(place == KeyPlace::None && !self.folder.join(DATABASE_FILE).exists())
    }

    /// Where the program stands.
    ///
    /// # Errors
    /// `storage-…` if the database can't be opened.
    pub fn status(&self) -> Result<Status, Failure> {
        let mut status = Status {
            phase: Phase::FirstStart,
            profile: None,
            clerk: None,
            keeps: false,
            clerks: Vec::new(),
            guide: None,
            today: self.clock.today().to_string(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            wants_passphrase: false,
            training: false,
        };
        if let Some(desk) = self.training() {
            self.training_status(&desk, &mut status)?;
            return Ok(status);
        }
        if self.records_at_hand().is_none()
            && self.is_unmade()?
            && passphrase().is_none()
            && !key::keyring_works()
        {
            status.wants_passphrase = true;
            return Ok(status);
        }
        let desk = match self.desk() {
            Ok(desk) => desk,
            Err(failure) if matches!(&*failure.code, "locked" | "wrong-passphrase") => {
                status.phase = Phase::Locked;
                return Ok(status);
            }
            Err(failure) => return Err(failure),
        };
        desk.ensure_guide()?;
        status.clerks = desk.clerks()?;
        status.clerk = desk.clerk();
        status.keeps = desk.administrator().is_ok();
        status.phase = match (&status.clerk, status.clerks.is_empty()) {
            (Some(_), _) => Phase::SignedIn,
            (None, true) => Phase::FirstStart,
            (None, false) => Phase::SignedOut,
        };
        status.profile = Some(desk.profile()?);
        status.guide = desk.guide_view()?;
        Ok(status)
    }

    /// Joins a hub with a one-time code.
    ///
    /// # Errors
    /// `practice-profile`, `bad-enrol-code`, `hub-unreachable`, …
    pub fn join_hub(&self, hub: &str, code: &str, authority: Option<&str>) -> Result<(), Failure> {
        upstream::join(&*self.records()?, hub, code, authority)?;
        self.upstream.wake();
        Ok(())
    }

    /// Whether the work has gone upstream.
    ///
    /// # Errors
    /// `storage-…`.
    pub(crate) fn upstream_status(&self) -> Result<yichuang_desk::view::SyncStatus, Failure> {
        let mut status = self.upstream.status(&*self.desk()?)?;
        if self.training().is_some() {
            // What the thread is doing is about the records.
            status.running = false;
            status.failure = None;
        }
        Ok(status)
    }
}
