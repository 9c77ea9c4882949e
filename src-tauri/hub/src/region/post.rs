//! Telling the platform, round after round, in the background.
//!
//! A round takes what comes next, sends it, and only when the platform has answered moves the
//! cursors, in one transaction with what was refused. So a round that breaks off anywhere is simply
//! done again, and the platform tells by the ids what it has. Of several hub processes one posts:
//! the one that has the lease, a row with an end. Who lost it in the middle writes nothing.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::codes::Codes;
use super::link::{Link, Told, Trouble};
use super::records::{Made, Record, Unmade};
use super::source;
use super::tables::Table;
use crate::error::StepError;
use crate::gauges;
use crate::http::{Failure, Shared, blocking};
use crate::secrets;
use crate::store::{ArrivedEvent, DeadRecord, DeadState, StoreError, Tx};

/// For how long a process has the lease, unless it takes it again: longer than a request may take.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How many events of a log a round takes at most.
const EVENTS: usize = 100;
/// How many devices a round looks at.
const DEVICES: usize = 10;
/// How many records that somebody wants sent again a round takes.
const RETRIES: usize = 50;
/// How many records a request carries at most.
const BATCH: usize = 200;
/// How long to wait where there is nothing to tell.
const IDLE: Duration = Duration::from_secs(5);
/// How long to wait after the first failure, and at most.
const FIRST: Duration = Duration::from_secs(2);
const LONGEST: Duration = Duration::from_secs(300);

/// What tells the platform.
pub struct Poster {
    link: Link,
    codes: Codes,
    /// This process among others, at random.
    holder: String,
    /// The code of the last device that was looked at.
    looked_at: Mutex<String>,
}

/// What came of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// So many records were taken, and so many not.
    Told {
        /// Taken.
        taken: usize,
        /// Not taken: on the list now.
        buried: usize,
    },
    /// There was nothing to tell.
    Nothing,
    /// Another process posts.
    NotMine,
    /// It has to be done again, not before some time if that was said.
    Later(Trouble, Option<Duration>),
}

/// What a round has to tell.
#[derive(Default)]
struct Load {
    records: Vec<(Record, ArrivedPlace)>,
    unmade: Vec<(Unmade, ArrivedPlace)>,
    /// Records that were wanted again.
    again: Vec<String>,
    reach: Vec<(String, u64)>,
}

/// Where an event stands.
type ArrivedPlace = (String, u64);

impl Poster {
    /// One that has sent nothing yet.
    ///
    /// # Errors
    /// [`StoreError::Random`].
    pub fn new(link: Link, codes: Codes) -> Result<Self, StoreError> {
        Ok(Self { link, codes, holder: secrets::token()?, looked_at: Mutex::default() })
    }

    /// Its code tables.
    pub fn codes(&self) -> &Codes {
        &self.codes
    }

    /// Rounds without end.
    pub(crate) async fn run(self: Arc<Self>, shared: Arc<Shared>) -> Infallible {
        let mut failures = 0;
        loop {
            let wait = match Arc::clone(&self).round(&shared).await {
                Ok(Round::Told { taken, buried }) => {
                    failures = 0;
                    if taken + buried > 0 {
                        tracing::info!(taken, buried, "the regional platform was told");
                    }
                    Duration::ZERO
                }
                Ok(Round::Nothing | Round::NotMine) => {
                    failures = 0;
                    IDLE
                }
                Ok(Round::Later(trouble, at_least)) => {
                    failures += 1;
                    tracing::warn!(code = trouble.code(), failures, "the platform is told later");
                    pause(failures).max(at_least.unwrap_or_default().min(LONGEST))
                }
                // Told where it happened.
                Err(_) => {
                    failures += 1;
                    pause(failures)
                }
            };
            tokio::time::sleep(wait).await;
        }
    }

    /// Lets another process go on at once, where this one ends in good order.
    pub(crate) async fn end(self: Arc<Self>, shared: &Arc<Shared>) {
        let free = move |s: &Shared| Ok(s.store.write(|tx| tx.free_region_lease(&self.holder))?);
        if blocking(shared, free).await.is_err() {
            tracing::debug!("another process posts when the lease of this one is over");
        }
    }

    /// One round.
    ///
    /// # Errors
    /// The hub's own trouble; nothing was moved.
    pub(crate) async fn round(self: Arc<Self>, shared: &Arc<Shared>) -> Result<Round, Failure> {
        let this = Arc::clone(&self);
        let load = blocking(shared, move |s| this.load(s)).await?;
        let Some(load) = load else { return Ok(Round::NotMine) };
        if load.records.is_empty() && load.unmade.is_empty() && load.reach.is_empty() {
            return Ok(Round::Nothing);
        }
        let records: Vec<Record> = load.records.iter().map(|(record, _)| record.clone()).collect();
        let mut refused = Vec::new();
        let mut waiting: Vec<&[Record]> = records.chunks(BATCH).rev().collect();
        while let Some(batch) = waiting.pop() {
            let this = Arc::clone(&self);
            if !blocking(shared, move |s| this.lease(s)).await? {
                return Ok(Round::NotMine);
            }
            match (self.link.tell(batch).await, batch) {
                (Told::Taken(not), _) => refused.extend(not),
                (Told::Refused(reason), [record]) => refused.push((record.id.clone(), reason)),
                // Something in it is at fault: halved until it is alone, the rest goes on.
                (Told::Refused(_), _) => {
                    let (one, other) = batch.split_at(batch.len() / 2);
                    waiting.extend([other, one]);
                }
                (Told::Later(trouble, wait), _) => return Ok(Round::Later(trouble, wait)),
            }
        }
        blocking(shared, move |s| self.close(s, &load, &refused)).await
    }

    fn lease(&self, shared: &Shared) -> Result<bool, StepError> {
        let now = shared.clock.now();
        Ok(shared.store.write(|tx| tx.take_region_lease(&self.holder, now, LEASE))?)
    }

    /// What comes next; none where another process posts.
    fn load(&self, shared: &Shared) -> Result<Option<Load>, StepError> {
        if !self.lease(shared)? {
            return Ok(None);
        }
        let after = self.looked_at.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (load, last) = shared.store.read(|tx| self.read(tx, &after))?;
        *self.looked_at.lock().unwrap_or_else(PoisonError::into_inner) = last;
        Ok(Some(load))
    }

    /// What comes next behind a device, and the last device looked at.
    fn read(&self, tx: &Tx<'_>, after: &str) -> Result<(Load, String), StoreError> {
        let mut load = Load::default();
        for wanted in tx.buried(DeadState::Retry, RETRIES)? {
            let before = wanted.seq.saturating_sub(1);
            let event = tx.arrived_after(&wanted.origin, before, 1)?.pop();
            let made = event.map(|event| self.made(tx, &event)).transpose()?;
            let same = |made: &Result<Record, Unmade>| match made {
                Ok(record) => record.id == wanted.record,
                Err(unmade) => unmade.id == wanted.record,
            };
            // What would not be made any more is taken off the list.
            let found = made.unwrap_or_default().into_iter().find(same);
            load.take(found, &(wanted.origin, wanted.seq));
            load.again.push(wanted.record);
        }
        let mut devices = tx.region_behind(after, DEVICES)?;
        if devices.is_empty() && !after.is_empty() {
            devices = tx.region_behind("", DEVICES)?;
        }
        let last = devices.last().map(|device| device.code.clone()).unwrap_or_default();
        let pending = source::pending(tx, &devices, EVENTS)?;
        for event in &pending.events {
            load.take_all(event, self.made(tx, event)?);
        }
        load.reach = pending.reach.into_iter().collect();
        Ok((load, last))
    }

    /// The records of an event. What can't be read goes to the list like what can't be made: the
    /// rest does not wait for it.
    fn made(&self, tx: &Tx<'_>, event: &ArrivedEvent) -> Result<Made, StoreError> {
        match source::made(tx, event, &self.codes) {
            Err(StoreError::Unreadable(what)) => Ok(vec![Err(Unmade {
                id: event.sealed.hash.chars().take(32).collect(),
                table: Table::Process,
                project: String::new(),
                code: "unreadable",
                message: format!("数据库中的{what}无法解读"),
            })]),
            made => made,
        }
    }

    /// Moves the cursors and notes what was not taken, unless the lease was lost.
    fn close(
        &self,
        shared: &Shared,
        load: &Load,
        refused: &[(String, String)],
    ) -> Result<Round, StepError> {
        let now = shared.clock.now();
        let places =
            load.records.iter().map(|(record, place)| (record.id.as_str(), (record, place)));
        let places: std::collections::HashMap<_, _> = places.collect();
        let mut buried: Vec<DeadRecord> =
            load.unmade.iter().map(|(unmade, place)| not_made(unmade, place, now)).collect();
        // An id that was never sent is none of ours.
        let known = refused.iter().filter_map(|(id, why)| Some((places.get(id.as_str())?, why)));
        buried.extend(known.map(|((record, place), why)| not_taken(record, place, why, now)));
        let closed = shared.store.write(|tx| {
            if !tx.take_region_lease(&self.holder, now, LEASE)? {
                return Ok::<_, StoreError>(false);
            }
            // First what was wanted again goes, so that what was refused again comes back.
            let gone = |id: &&String| !buried.iter().any(|dead| dead.record == **id);
            tx.unbury(load.again.iter().filter(gone).cloned().collect())?;
            for dead in &buried {
                tx.bury(dead)?;
            }
            for (origin, seq) in &load.reach {
                tx.set_region_cursor(origin, *seq)?;
            }
            Ok(true)
        })?;
        if !closed {
            return Ok(Round::NotMine);
        }
        let taken = load.records.len() + load.unmade.len() - buried.len();
        gauges::region(taken, buried.len());
        Ok(Round::Told { taken, buried: buried.len() })
    }
}

impl Load {
    fn take(&mut self, made: Option<Result<Record, Unmade>>, place: &ArrivedPlace) {
        match made {
            Some(Ok(record)) => self.records.push((record, place.clone())),
            Some(Err(unmade)) => self.unmade.push((unmade, place.clone())),
            None => {}
        }
    }

    fn take_all(&mut self, event: &ArrivedEvent, made: Made) {
        let place = (event.origin.clone(), event.seq);
        for one in made {
            self.take(Some(one), &place);
        }
    }
}

fn not_made(unmade: &Unmade, place: &ArrivedPlace, now: Timestamp) -> DeadRecord {
    DeadRecord {
        record: unmade.id.clone(),
        table: unmade.table.sheet().to_owned(),
        project: unmade.project.clone(),
        origin: place.0.clone(),
        seq: place.1,
        code: unmade.code.to_owned(),
        message: unmade.message.clone(),
        at: now,
        tries: 1,
        state: DeadState::Dead,
    }
}

fn not_taken(record: &Record, place: &ArrivedPlace, why: &str, now: Timestamp) -> DeadRecord {
    DeadRecord {
        record: record.id.clone(),
        table: record.table.sheet().to_owned(),
        project: record.project.clone(),
        origin: place.0.clone(),
        seq: place.1,
        code: "refused".to_owned(),
        message: why.to_owned(),
        at: now,
        tries: 1,
        state: DeadState::Dead,
    }
}

/// How long to wait after so many failures in a row: doubled each time, and spread by half, so that
/// halls that lost the platform together do not come back together.
fn pause(failures: u32) -> Duration {
    let whole = FIRST.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1).min(16)));
    let whole = whole.min(LONGEST);
    let mut random = [0u8; 2];
    // Without randomness everybody waits for the whole time, which is no harm.
    let spread =
        getrandom::fill(&mut random).map_or(0.0, |()| f64::from(u16::from_be_bytes(random)));
    whole.mul_f64(1.0 - spread / f64::from(u16::MAX) / 2.0)
}

#[cfg(test)]
mod tests;
