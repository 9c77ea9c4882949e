//! Work goes upstream by itself: one thread that sleeps, is woken by an action, and tries again
//! later when the hub can't be reached. Nobody waits for it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use yichuang_desk::releases::Offer;
use yichuang_desk::view::{ParkedCase, SyncFailure, SyncStatus};
use yichuang_desk::{Desk, DeskError};
use yichuang_protocol::ReleaseStatement;
use yichuang_storage::{AttachmentsWaiting, CaseQuery};
use yichuang_sync::{Declined, GuideShelf, SyncError, SyncReport, retry};

use crate::ipc::failure::Failure;
use crate::shell::Shell;

/// How long after a sync that went well the next one starts by itself: what the hub decided
/// meanwhile should not wait longer.
const CALM: Duration = Duration::from_secs(60);
/// How long after a failure that will not pass by itself.
const HOPELESS: Duration = Duration::from_secs(600);

#[derive(Default)]
struct State {
    woken: bool,
    running: bool,
    failure: Option<SyncFailure>,
    /// Why the list of 帮您办 was not exchanged to its end.
    help: Option<&'static str>,
}

/// Where the exchange with the hub stands in this process.
#[derive(Default)]
pub(crate) struct Upstream {
    state: Mutex<State>,
    bell: Condvar,
    stopped: AtomicBool,
}

/// Keeps the thread going; it ends when this is dropped.
pub(crate) struct Keeper(Arc<Shell>);

impl Drop for Keeper {
    fn drop(&mut self) {
        self.0.upstream.stopped.store(true, Ordering::Relaxed);
        self.0.upstream.wake();
    }
}

impl Shell {
    /// Starts the thread.
    pub(crate) fn keep_upstream(self: Arc<Self>) -> Keeper {
        let shell = self.clone();
        std::thread::spawn(move || shell.upstream.keep(&shell));
        Keeper(self)
    }
}

impl Upstream {
    /// Something happened that the hub should know soon.
    pub(crate) fn wake(&self) {
        self.change(|state| state.woken = true);
        self.bell.notify_all();
    }

    /// Notes what kept the shared list from being exchanged, by whichever way it was tried.
    pub(crate) fn note_help(&self, trouble: Option<&'static str>) {
        self.change(|state| state.help = trouble);
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn keep(&self, shell: &Shell) {
        let mut failures = 0;
        let mut cleared = false;
        let mut pause = Duration::ZERO;
        loop {
            self.wait(pause);
            if self.stopped.load(Ordering::Relaxed) {
                return;
            }
            let Some(desk) = shell.records_at_hand() else {
                pause = CALM;
                continue;
            };
            if let Err(error) = desk.see_clock() {
                tracing::warn!(code = error.code(), "the clock was not noted");
            }
            if !cleared {
                // What an earlier run was interrupted in.
                desk.clear_scans();
                cleared = true;
            }
            pause = match self.attempt(&desk) {
                Ok(more) => {
                    failures = 0;
                    if more { Duration::ZERO } else { CALM }
                }
                Err(failure) if failure.passing => {
                    failures += 1;
                    retry::delay(failures, retry::random())
                }
                Err(_) => HOPELESS,
            };
        }
    }

    /// Waits until woken, or for `pause` at most.
    fn wait(&self, pause: Duration) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.bell.wait_timeout_while(state, pause, |state| !state.woken);
        waited.unwrap_or_else(PoisonError::into_inner).0.woken = false;
    }

    /// Syncs once; whether more scans can go at once.
    fn attempt(&self, desk: &Desk) -> Result<bool, SyncFailure> {
        self.change(|state| state.running = true);
        let result = self.run(desk);
        if let Err(failure) = &result {
            tracing::warn!(code = failure.code, "sync failed");
        }
        self.change(|state| {
            state.running = false;
            state.failure = result.as_ref().err().cloned();
        });
        result
    }

    fn run(&self, desk: &Desk) -> Result<bool, SyncFailure> {
        match desk.store().enrolment() {
            Ok(None) => Ok(false),
            Ok(Some(_)) => match sync(desk, &self.stopped) {
                Ok(report) => {
                    self.note_help(report.help_trouble);
                    Ok(report.attachments.more)
                }
                Err(error) => Err(failure(&error)),
            },
            Err(error) => Err(failure(&SyncError::from(error))),
        }
    }

    /// Whether the work has gone upstream.
    ///
    /// # Errors
    /// `storage-…`.
    pub(crate) fn status(&self, desk: &Desk) -> Result<SyncStatus, Failure> {
        let store = desk.store();
        let enrolment = store.enrolment()?;
        let position = store.sync_state()?;
        let waiting = match &enrolment {
            Some(_) => store.unsent_events()?,
            None => 0,
        };
        let help = store.unsent_help()?;
        let scans = match &enrolment {
            Some(_) => store.attachments_waiting()?,
            None => AttachmentsWaiting::default(),
        };
        let unsent = CaseQuery { unsent: true, ..CaseQuery::default() };
        let unsent_cases = if enrolment.is_some() { store.count_cases(&unsent)? } else { 0 };
        let mut parked: Vec<ParkedCase> = Vec::new();
        for refused in store.parked()? {
            if parked.iter().any(|p| p.case == refused.case) {
                continue;
            }
            let row = store.case_row(&refused.case)?;
            parked.push(ParkedCase {
                case: refused.case,
                number: row.map(|row| row.number).unwrap_or_default(),
                code: refused.code,
                field: refused.field,
                message: refused.message,
            });
        }
        let guide_failure = store.guide_trouble()?.map(|trouble| SyncFailure {
            code: trouble.code,
            message: trouble.message,
            passing: trouble.passing,
        });
        let away = desk.away()?;
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(SyncStatus {
            enrolled: enrolment.is_some(),
            hub: enrolment.map(|e| e.hub_url),
            unsent_events: u32::try_from(waiting).unwrap_or(u32::MAX),
            unsent_cases,
            unsent_help: u32::try_from(help).unwrap_or(u32::MAX),
            scans_waiting: u32::try_from(scans.count).unwrap_or(u32::MAX),
            scan_bytes_waiting: scans.bytes,
            last_sync: position.last_sync.map(|at| at.to_string()),
            running: state.running,
            failure: state.failure.clone(),
            guide_failure,
            help_trouble: state.help.map(str::to_owned),
            parked,
            acknowledged_seq: u32::try_from(position.acknowledged_seq).unwrap_or(u32::MAX),
            away,
        })
    }
}

/// The desk as the place where guide releases of the hub go.
pub(crate) struct Shelf<'a>(pub(crate) &'a Desk);

fn offer(said: &ReleaseStatement) -> Offer<'_> {
    Offer { release: said.release, region: &said.region, digest: &said.digest }
}

fn declined(error: DeskError) -> Declined {
    let first = match &error {
        DeskError::BadGuide(problems) => problems.first(),
        _ => None,
    };
    let message = match first {
        Some(first) => format!("{error}，第一处：{}（{}）", first.message, first.place),
        None => error.to_string(),
    };
    Declined { code: error.code(), message }
}

impl GuideShelf for Shelf<'_> {
    fn wants(&self, said: &ReleaseStatement) -> Result<bool, Declined> {
        self.0.wants_release(offer(said)).map_err(declined)
    }

    fn take(&self, said: &ReleaseStatement, text: &[u8]) -> Result<(), Declined> {
        self.0.take_release(offer(said), text).map_err(declined)
    }
}

/// Syncs once.
///
/// # Errors
/// [`SyncError`].
pub(crate) fn sync(desk: &Desk, stop: &AtomicBool) -> Result<SyncReport, SyncError> {
    yichuang_sync::run(desk.store(), &Shelf(desk), &|| desk.clock().now(), stop)
}

fn failure(error: &SyncError) -> SyncFailure {
    SyncFailure {
        code: error.code().to_owned(),
        message: error.to_string(),
        passing: error.is_passing(),
    }
}

/// Joins a hub with a one-time code.
///
/// # Errors
/// `practice-profile`, `bad-enrol-code`, `hub-unreachable`, …
pub(crate) fn join(
    desk: &Desk,
    hub: &str,
    code: &str,
    authority: Option<&str>,
) -> Result<(), Failure> {
    yichuang_sync::enrol(desk.store(), hub, code, authority, &|| desk.clock().now())?;
    Ok(())
}
