//! What an administrator sees of long work, and their word to stop it (Ctrl-C).

use std::io::{IsTerminal as _, Write as _};
use std::time::Duration;

use tokio::sync::oneshot;
use yichuang_protocol::ferry::Progress;

use super::order_to_stop;
use crate::error::HubError;
use crate::ferry::FerryRefused;

/// How often the line on the terminal is written anew.
const TICK: Duration = Duration::from_millis(500);

/// Does work whose progress is shown on the terminal, where there is one, and which stops when the
/// process is told to.
///
/// # Errors
/// The work's.
pub(super) fn watched<T>(
    work: impl FnOnce(&Progress) -> Result<T, FerryRefused>,
) -> Result<T, HubError> {
    let progress = Progress::default();
    let (end, ended) = oneshot::channel::<()>();
    let done = std::thread::scope(|scope| {
        scope.spawn(|| {
            let built = tokio::runtime::Builder::new_current_thread().enable_all().build();
            // Without it the work goes on, unseen.
            if let Ok(runtime) = built {
                runtime.block_on(watch(&progress, ended));
            }
        });
        let done = work(&progress);
        drop(end);
        done
    });
    Ok(done?)
}

async fn watch(progress: &Progress, mut ended: oneshot::Receiver<()>) {
    let Ok(stop) = order_to_stop() else { return };
    let mut stop = std::pin::pin!(stop);
    let mut told = false;
    let mut tick = tokio::time::interval(TICK);
    loop {
        tokio::select! {
            _ = &mut ended => break,
            () = &mut stop, if !told => {
                told = true;
                progress.stop();
            }
            _ = tick.tick() => say(&progress.standing().to_string()),
        }
    }
    say("");
}

/// Writes the line on the terminal anew, where there is one.
pub(super) fn say(line: &str) {
    let mut out = std::io::stderr().lock();
    if out.is_terminal() {
        // Nobody waits for a line that can't be shown.
        let _ = write!(out, "\r\x1b[K{line}").and_then(|()| out.flush());
    }
}
