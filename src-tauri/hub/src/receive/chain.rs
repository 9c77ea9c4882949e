//! Whether the events of a batch follow from what is there: what repeats, and what is new.

use std::collections::HashMap;

use yichuang_protocol::push::{Item, ItemOutcome, PushRequest, Rejection};
use yichuang_protocol::{Fault, FaultCode, Position};

use crate::error::StepError;
use crate::judge::Arrived;
use crate::store::{Device, HeldEvent, Tx};

/// A batch that follows.
pub(super) struct Chain {
    /// The places in the batch of the events that are new, in order.
    pub(super) fresh: Vec<usize>,
    /// The end of the log with them.
    pub(super) head: Position,
    /// What was there before, as far as the batch repeats it.
    held: HashMap<u64, HeldEvent>,
}

impl Chain {
    /// Goes through a batch from where the log ends.
    ///
    /// # Errors
    /// A [`Fault`] `gap` or `fork` for the first event that does not follow; or the store's.
    pub(super) fn follow(
        tx: &Tx<'_>,
        device: &Device,
        request: &PushRequest,
        arrived: &[Arrived],
        mut head: Position,
    ) -> Result<Self, StepError> {
        let repeated: Vec<u64> =
            arrived.iter().map(Arrived::seq).filter(|seq| *seq <= head.seq).collect();
        let held = match repeated.as_slice() {
            [] => HashMap::new(),
            places => tx.events_at(&device.log, places)?,
        };
        let mut hashes: HashMap<u64, &str> =
            held.iter().map(|(seq, event)| (*seq, event.hash.as_str())).collect();
        let mut fresh = Vec::with_capacity(arrived.len());
        for (i, (sealed, arrived)) in request.events.iter().zip(arrived).enumerate() {
            let seq = arrived.seq();
            if seq <= head.seq {
                if hashes.get(&seq).is_none_or(|hash| *hash != sealed.hash) {
                    return Err(forked(i).into());
                }
                continue;
            }
            if seq != head.seq + 1 {
                let message = format!("应接第{}条记录，收到的却是第{seq}条", head.seq + 1);
                return Err(Fault::at(FaultCode::Gap, format!("events[{i}]"), message).into());
            }
            if arrived.prev_hash() != head.head {
                return Err(forked(i).into());
            }
            hashes.insert(seq, &sealed.hash);
            head = Position { seq, head: sealed.hash.clone() };
            fresh.push(i);
        }
        Ok(Self { fresh, head, held })
    }

    /// What is said to each event of the batch, with what was said to the new ones.
    pub(super) fn items(&self, arrived: &[Arrived], verdicts: &[Option<Rejection>]) -> Vec<Item> {
        let verdicts: HashMap<usize, &Option<Rejection>> =
            self.fresh.iter().copied().zip(verdicts).collect();
        let mut said: HashMap<u64, Option<Rejection>> =
            self.held.iter().map(|(seq, event)| (*seq, event.rejection.clone())).collect();
        let item = |(i, arrived): (usize, &Arrived)| {
            let seq = arrived.seq();
            let (rejection, new) = match verdicts.get(&i) {
                Some(verdict) => {
                    said.insert(seq, (*verdict).clone());
                    ((*verdict).clone(), true)
                }
                None => (said.get(&seq).cloned().flatten(), false),
            };
            let outcome = match rejection {
                Some(rejection) => ItemOutcome::Rejected { rejection },
                None if new => ItemOutcome::Accepted,
                None => ItemOutcome::AlreadyHave,
            };
            Item { seq, outcome }
        };
        arrived.iter().enumerate().map(item).collect()
    }
}

fn forked(i: usize) -> Fault {
    let message = "本机的记录与大厅中心已有的记录不一致：可能有两个程序用了同一份数据，\
                   或本机用旧备份恢复过。请停止办件并联系管理员";
    Fault::at(FaultCode::Fork, format!("events[{i}]"), message)
}
