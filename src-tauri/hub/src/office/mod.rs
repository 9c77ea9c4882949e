//! 后台分类审批: what stands behind the pages of the back office. Accounts and their sessions, the
//! audit, the acts on a case, and following up poor ratings. What a step needs and who may take it is `domain::review`; how it
//! gets into a case is [`crate::append`]; the pages are `http/office`.

pub mod accounts;
pub mod acts;
pub mod audit;
pub mod follow_ups;
pub mod guides;
pub mod passwords;
pub mod sign_in;

pub use guides::Guides;

use std::sync::Arc;

use tokio::sync::Semaphore;

/// How many passwords are compared at once: each takes 19 MiB and a processor for a while.
const COMPARED_AT_ONCE: usize = 2;
/// How many figures are counted at once: each reads every case of a period.
const COUNTED_AT_ONCE: usize = 2;

/// What the pages of a hub share.
#[derive(Clone, Debug)]
pub struct Office {
    /// The guide releases that were looked at last.
    pub guides: Arc<Guides>,
    /// Taken by whoever compares or makes a password.
    pub comparing: Arc<Semaphore>,
    /// Taken by whoever counts figures.
    pub counting: Arc<Semaphore>,
}

impl Default for Office {
    fn default() -> Self {
        let seats = |count| Arc::new(Semaphore::new(count));
        Self {
            guides: Arc::default(),
            comparing: seats(COMPARED_AT_ONCE),
            counting: seats(COUNTED_AT_ONCE),
        }
    }
}
