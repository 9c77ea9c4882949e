//! Running a transaction again that another one was in the way of.

use std::time::Duration;

use crate::store::StoreError;

/// How often a transaction is run at most. Under steady conflict the last try begins some three
/// seconds after the first.
const TRIES: u32 = 16;
/// The pause before the second try, spread by half; doubled with each try.
const FIRST_PAUSE: Duration = Duration::from_millis(4);
/// The longest pause, spread by half.
const LONGEST_PAUSE: Duration = Duration::from_millis(400);

/// The tries of one transaction.
#[derive(Debug, Default)]
pub(in crate::store) struct Retry {
    failed: u32,
}

impl Retry {
    /// Waits before the next try.
    ///
    /// # Errors
    /// [`StoreError::Contended`] if there were enough.
    pub(in crate::store) fn pause(&mut self) -> Result<(), StoreError> {
        self.failed += 1;
        if self.failed >= TRIES {
            return Err(StoreError::Contended);
        }
        let pause = FIRST_PAUSE.saturating_mul(1 << (self.failed - 1)).min(LONGEST_PAUSE);
        std::thread::sleep(spread(pause)?);
        Ok(())
    }
}

/// Half to one and a half of it, so that those who met once do not meet again.
fn spread(pause: Duration) -> Result<Duration, StoreError> {
    let mut byte = [0u8; 1];
    getrandom::fill(&mut byte).map_err(StoreError::Random)?;
    Ok(pause.mul_f64(0.5 + f64::from(byte[0]) / 255.0))
}
