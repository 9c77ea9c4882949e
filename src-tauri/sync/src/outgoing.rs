//! What a window has to send, batch by batch, each made ready to travel.

use std::collections::VecDeque;

use yichuang_domain::case::SealedEvent;
use yichuang_protocol::limits::{BATCH_EVENTS, EVENT_BYTES, batch_len};
use yichuang_protocol::push::PushRequest;
use yichuang_storage::Store;

use crate::error::SyncError;
use crate::line::{Line, Packed, written};

/// The next events of the log.
#[derive(Debug)]
pub(crate) struct Batch {
    /// The position before the first.
    pub(crate) after: u64,
    /// The events, in order; never none.
    pub(crate) events: Vec<SealedEvent>,
}

impl Batch {
    /// The position of the last event.
    pub(crate) fn end(&self) -> u64 {
        self.after + self.events.len() as u64
    }
}

/// The log behind a place, what is written meanwhile included.
pub(crate) struct Outgoing<'a> {
    store: &'a Store,
    /// Up to where batches were made.
    after: u64,
    /// What was read and is in no batch yet.
    read: VecDeque<SealedEvent>,
}

impl<'a> Outgoing<'a> {
    pub(crate) fn after(store: &'a Store, after: u64) -> Self {
        Self { store, after, read: VecDeque::new() }
    }

    /// The next batch, and the request that carries it; none at the end of the log.
    ///
    /// # Errors
    /// `event-too-large`; or the storage's.
    pub(crate) fn next(&mut self, line: &dyn Line) -> Result<Option<(Batch, Packed)>, SyncError> {
        if self.read.is_empty() {
            self.read.extend(self.store.unsent(self.after, BATCH_EVENTS)?);
        }
        let len = batch_len(self.read.iter().map(|event| event.text.len()));
        let events: Vec<SealedEvent> = self.read.drain(..len).collect();
        if events.is_empty() {
            return Ok(None);
        }
        let after = self.after;
        if let Some(i) = events.iter().position(|event| event.text.len() > EVENT_BYTES) {
            return Err(SyncError::EventTooLarge { seq: after + 1 + i as u64 });
        }
        self.after += events.len() as u64;
        let request = PushRequest { events };
        let body = line.pack(written(&request)?);
        Ok(Some((Batch { after, events: request.events }, body)))
    }
}
