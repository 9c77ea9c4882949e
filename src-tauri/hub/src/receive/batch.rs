//! What a batch knows and changes, gathered so that each case is asked for and folded once.

use std::collections::HashMap;

use yichuang_domain::case::event::{CaseId, Event};
use yichuang_protocol::push::Rejection;

use crate::judge::{Arrived, Known, judge, new_number};
use crate::store::{Device, StoreError, Tx};

/// A case as the batch sees it.
struct CaseNow {
    /// The log it was filed in, if it was.
    filed_in: Option<String>,
    /// Whether an event of it in this log was rejected.
    parked: bool,
    /// Whether it was filed in this batch: then what follows is all there is of it.
    new: bool,
    /// What this batch adds to it.
    added: Vec<Event>,
}

/// The cases of one batch.
pub(super) struct Batch<'t, 'c> {
    tx: &'t Tx<'c>,
    device: &'t Device,
    trial: bool,
    cases: HashMap<CaseId, CaseNow>,
}

impl<'t, 'c> Batch<'t, 'c> {
    /// Of a device.
    pub(super) fn new(tx: &'t Tx<'c>, device: &'t Device) -> Result<Self, StoreError> {
        let trial = tx.trial()?.unwrap_or(false);
        Ok(Self { tx, device, trial, cases: HashMap::new() })
    }

    fn case(&mut self, id: CaseId) -> Result<&mut CaseNow, StoreError> {
        use std::collections::hash_map::Entry;
        Ok(match self.cases.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let filed_in = self.tx.case_origin(id)?;
                let parked = self.tx.is_parked(&self.device.origin, id)?;
                place.insert(CaseNow { filed_in, parked, new: false, added: Vec::new() })
            }
        })
    }

    /// Judges the next event, and takes in its case where it is a filing. Why not, if not.
    pub(super) fn admit(&mut self, arrived: Arrived) -> Result<Option<Rejection>, StoreError> {
        let (tx, device, trial) = (self.tx, self.device, self.trial);
        let id = arrived.case();
        let (filed_in, parked) = match id {
            None => (None, false),
            Some(id) => {
                let case = self.case(id)?;
                (case.filed_in.clone(), case.parked)
            }
        };
        let number = match &arrived {
            Arrived::Event(event) => new_number(event, filed_in.as_deref()).cloned(),
            Arrived::Envelope(_) => None,
        };
        let number_of =
            number.as_ref().map(|n| tx.case_with_number(n.as_str())).transpose()?.flatten();
        let known = Known { device, trial, parked, filed_in, number_of };
        let verdict = judge(&arrived, &known);
        let Some(id) = id else { return Ok(verdict.err()) };
        let case = self.case(id)?;
        match (verdict, arrived) {
            (Err(rejection), _) => {
                case.parked = true;
                Ok(Some(rejection))
            }
            (Ok(()), Arrived::Envelope(_)) => Ok(None),
            (Ok(()), Arrived::Event(event)) => {
                if let Some(number) = number {
                    tx.add_case(id, number.as_str(), &device.origin)?;
                    case.filed_in = Some(device.origin.clone());
                    case.new = true;
                }
                case.added.push(*event);
                Ok(None)
            }
        }
    }

    /// Folds what changed. Called when every event of the batch is stored.
    pub(super) fn settle(self) -> Result<(), StoreError> {
        for (id, case) in self.cases {
            if case.added.is_empty() {
                continue;
            }
            if case.new {
                self.tx.fold(id, case.added)?;
            } else {
                self.tx.refold(id)?;
            }
        }
        Ok(())
    }
}
