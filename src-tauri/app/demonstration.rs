//! A scripted case in the real window: the screens fetch the script, play it through their own
//! controls, and say how it went.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use crate::cli::play::{self, Ending};
use crate::ipc::contract::{Demonstration, DemonstrationEnd};
use crate::shell::Shell;

/// What to do with the result.
type Finish = Box<dyn Fn(Ending) + Send>;

struct Running {
    scenario: Value,
    out: PathBuf,
    finish: Finish,
}

/// The script of this window, if it was started for one.
#[derive(Default)]
pub(crate) struct DemonstrationState(Mutex<Option<Running>>);

impl DemonstrationState {
    /// Sets the script; `finish` gets the result when the window has played it.
    pub(crate) fn set(
        &self,
        scenario: Value,
        out: PathBuf,
        finish: impl Fn(Ending) + Send + 'static,
    ) {
        let running = Running { scenario, out, finish: Box::new(finish) };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(running);
    }

    /// The script.
    pub(crate) fn script(&self) -> Option<Demonstration> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.as_ref().map(|running| Demonstration { scenario: running.scenario.clone() })
    }

    /// The window played it, or could not.
    pub(crate) fn end(&self, shell: &Shell, end: &DemonstrationEnd) {
        let running = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(running) = running {
            (running.finish)(play::ending_of_window(shell, &running.scenario, &running.out, end));
        }
    }
}
