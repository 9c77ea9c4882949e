//! The applicant's screen (申请人屏): how it is opened, and what may be called from it.
//!
//! It stands where anybody can touch it. So it has a way in of its own, by which it can ask what to
//! show and give the applicant's answer or signature, and nothing else.

use std::sync::OnceLock;

use crate::ipc::failure::Failure;

/// Everything that the screen may call.
const COMMANDS: [&str; 4] = ["applicant_screen", "answer_evaluation", "sign", "leave_signing"];

/// How the screen's page is told apart from the clerk's.
pub(crate) const PAGE: &str = "?applicant";

/// Refuses what is the clerk's to call.
///
/// # Errors
/// `not-from-here`.
pub(crate) fn allow(command: &str) -> Result<(), Failure> {
    if COMMANDS.contains(&command) {
        return Ok(());
    }
    Err(Failure::refused("not-from-here", None, "申请人屏不能进行这项操作"))
}

type Opener = Box<dyn Fn() -> Result<Option<String>, Failure> + Send + Sync>;

/// The way to open the screen, which the window or the loopback door gives.
#[derive(Default)]
pub(crate) struct ApplicantScreens(OnceLock<Opener>);

impl ApplicantScreens {
    /// Says how it is opened, once.
    pub(crate) fn opened_by(
        &self,
        open: impl Fn() -> Result<Option<String>, Failure> + Send + Sync + 'static,
    ) {
        // Whoever came first serves the clerk's page as well.
        let _ = self.0.set(Box::new(open));
    }

    /// Opens it; an address where the page has to.
    ///
    /// # Errors
    /// `window` where no window can be opened.
    pub(crate) fn open(&self) -> Result<Option<String>, Failure> {
        let none = || Failure::refused("window", None, "这里打不开申请人屏，请在一窗的窗口里打开");
        self.0.get().ok_or_else(none)?()
    }
}
