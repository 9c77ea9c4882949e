//! 后台分类审批: what stands behind the pages of the back office. Accounts and their sessions, the
//! audit, and the acts on a case. What a step needs and who may take it is `domain::review`; how it
//! gets into a case is [`crate::append`]; the pages are `http/office`.

pub mod accounts;
pub mod acts;
pub mod audit;
pub mod guides;
pub mod passwords;
pub mod sign_in;

pub use guides::Guides;

use std::sync::Arc;

use tokio::sync::Semaphore;

/// How many passwords are compared at once: each takes 19 MiB and a processor for a while.
const COMPARED_AT_ONCE: usize = 2;

/// What the pages of a hub share.
#[derive(Clone, Debug)]
pub struct Office {
    /// The guide releases that were looked at last.
    pub guides: Arc<Guides>,
    /// Taken by whoever compares or makes a password.
    pub comparing: Arc<Semaphore>,
}

impl Default for Office {
    fn default() -> Self {
        Self { guides: Arc::default(), comparing: Arc::new(Semaphore::new(COMPARED_AT_ONCE)) }
    }
}
