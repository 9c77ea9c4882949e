//! Reading the cases of a period, one page after the other: never all of them in memory, and the
//! database and its seats free in between.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::OwnedSemaphorePermit;

use crate::http::Shared;
use crate::http::answer::Failure;
use crate::http::office::page::Trouble;
use crate::http::steps::blocking;
use crate::store::{FiledCase, FiledPlace, FiledQuery};

/// How many cases are read at once.
pub(super) const AT_ONCE: usize = 200;
/// How long somebody may wait for others who count.
const TURN: Duration = Duration::from_secs(20);

async fn turn(shared: &Shared) -> Result<OwnedSemaphorePermit, Trouble> {
    let counting = Arc::clone(&shared.office.counting);
    match tokio::time::timeout(TURN, counting.acquire_owned()).await {
        Ok(Ok(turn)) => Ok(turn),
        _ => Err(Failure::unavailable().into()),
    }
}

/// Shows `see` the cases of a query behind a place, until it has seen enough. Only those of the
/// hub's own kind: practice is never counted among real work.
///
/// # Errors
/// [`Trouble`] where the database can't be asked, or too many count.
pub(super) async fn each(
    shared: &Arc<Shared>,
    query: &FiledQuery,
    mut after: Option<FiledPlace>,
    practice: bool,
    mut see: impl FnMut(FiledCase) -> ControlFlow<()>,
) -> Result<(), Trouble> {
    let _turn = turn(shared).await?;
    loop {
        let (query, behind) = (query.clone(), after.take());
        let page = blocking(shared, move |shared| {
            Ok(shared.store.read(|tx| tx.cases_filed(&query, behind.as_ref(), AT_ONCE))?)
        })
        .await?;
        let whole = page.len() == AT_ONCE;
        for filed in page {
            after = Some(filed.place.clone());
            if filed.case.practice == practice && see(filed).is_break() {
                return Ok(());
            }
        }
        if !whole {
            return Ok(());
        }
    }
}
