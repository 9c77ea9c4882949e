//! One ferry file at a time: who works on it, and who watches.

use std::sync::{Arc, Mutex, PoisonError};

use yichuang_protocol::ferry::{Phase, Progress};

use crate::ipc::contract::{FerryPhase, FerryProgress};
use crate::ipc::failure::Failure;

/// The work on a ferry file in this process, if there is any.
#[derive(Default)]
pub(crate) struct FerryWork(Mutex<Option<Arc<Progress>>>);

/// The right to work on a ferry file; given back when dropped.
pub(crate) struct Turn<'a> {
    work: &'a FerryWork,
    progress: Arc<Progress>,
}

impl FerryWork {
    fn slot(&self) -> std::sync::MutexGuard<'_, Option<Arc<Progress>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins work.
    ///
    /// # Errors
    /// `ferry-busy` while other work is under way.
    pub(crate) fn begin(&self) -> Result<Turn<'_>, Failure> {
        let mut slot = self.slot();
        if slot.is_some() {
            let message = "正在处理另一份摆渡文件，请等它完成或先取消";
            return Err(Failure::refused("ferry-busy", None, message));
        }
        let progress = Arc::new(Progress::default());
        *slot = Some(progress.clone());
        Ok(Turn { work: self, progress })
    }

    /// How far the work is; none where there is none.
    pub(crate) fn progress(&self) -> Option<FerryProgress> {
        let standing = self.slot().as_ref()?.standing();
        Some(FerryProgress {
            phase: match standing.phase {
                Phase::Copying => FerryPhase::Copying,
                Phase::Proving => FerryPhase::Proving,
                Phase::Taking => FerryPhase::Taking,
                Phase::Scans => FerryPhase::Scans,
                // The hub alone writes answers.
                Phase::Events | Phase::Answering => FerryPhase::Events,
            },
            done: standing.done.min(standing.of),
            of: standing.of,
        })
    }

    /// Asks the work to stop, if there is any.
    pub(crate) fn stop(&self) {
        if let Some(progress) = self.slot().as_ref() {
            progress.stop();
        }
    }
}

impl Turn<'_> {
    /// What the work tells of itself.
    pub(crate) fn progress(&self) -> &Progress {
        &self.progress
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.work.slot() = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_at_a_time_and_a_stop_reaches_only_the_one_under_way() {
        let work = FerryWork::default();
        assert_eq!(work.progress(), None);
        work.stop();
        let turn = work.begin().unwrap_or_else(|failure| panic!("{}", failure.message));
        assert!(turn.progress().go_on().is_ok(), "a stop from before is none of its own");
        assert_eq!(work.begin().map(|_| ()).map_err(|f| f.code), Err("ferry-busy".to_owned()));
        turn.progress().begin(Phase::Scans, 10);
        turn.progress().add(4);
        let seen = work.progress();
        assert_eq!(seen, Some(FerryProgress { phase: FerryPhase::Scans, done: 4, of: 10 }));
        work.stop();
        assert!(turn.progress().go_on().is_err());
        drop(turn);
        assert!(work.begin().is_ok_and(|turn| turn.progress().go_on().is_ok()));
    }
}
