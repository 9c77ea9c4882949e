//! The list of records that the platform did not get (未上报清单): looking through it, sending again,
//! giving up.

use serde::Serialize;

use crate::error::{HubError, Refused};
use crate::store::{DeadRecord, DeadState, HubStore, StoreError};

/// The most records of a listing.
const LISTED: usize = 1000;

/// The list, by what became of them.
#[derive(Debug, Serialize)]
pub struct DeadList {
    /// Those that wait for somebody.
    pub dead: Vec<DeadRecord>,
    /// Those that are sent again with the next round.
    pub retry: Vec<DeadRecord>,
    /// Those that were given up.
    pub dropped: Vec<DeadRecord>,
}

/// The list.
///
/// # Errors
/// The store's.
pub fn list(store: &HubStore) -> Result<DeadList, StoreError> {
    store.read(|tx| {
        let of = |state| tx.buried(state, LISTED);
        Ok(DeadList {
            dead: of(DeadState::Dead)?,
            retry: of(DeadState::Retry)?,
            dropped: of(DeadState::Dropped)?,
        })
    })
}

/// How many records were settled.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Settled {
    /// How many.
    pub settled: u64,
}

/// Has one record, or all that wait, sent again; what they say is made anew, with the code tables
/// as they then are.
///
/// # Errors
/// `unknown-record`; or the store's.
pub fn retry(store: &HubStore, record: Option<&str>) -> Result<Settled, HubError> {
    settle(store, record, DeadState::Retry)
}

/// Gives up one record. It stays on the list as given up.
///
/// # Errors
/// `unknown-record`; or the store's.
pub fn drop(store: &HubStore, record: &str) -> Result<Settled, HubError> {
    settle(store, Some(record), DeadState::Dropped)
}

fn settle(store: &HubStore, record: Option<&str>, state: DeadState) -> Result<Settled, HubError> {
    let settled = store.write(|tx| tx.settle_buried(record, state))?;
    match record {
        Some(record) if settled == 0 => {
            let message = format!("未上报清单里没有记录“{record}”：可用 region dead list 查看");
            Err(Refused::new("unknown-record", "record", message).into())
        }
        _ => Ok(Settled { settled }),
    }
}
