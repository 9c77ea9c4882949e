//! What a batch knows and changes, gathered so that everything is asked for and written once.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use yichuang_domain::case::Case;
use yichuang_domain::case::event::{CaseId, Event, EventBody};
use yichuang_domain::case::log::window_of;
use yichuang_protocol::PublicKey;
use yichuang_protocol::push::Rejection;

use crate::judge::{Arrived, Known, judge, new_number};
use crate::parties;
use crate::store::{Device, KeptCase, StoreError, Tx};

/// The new events of a batch, judged.
pub(super) struct Batch<'t> {
    device: &'t Device,
    /// The events, in order.
    events: Vec<&'t Arrived>,
    /// Why each is not applied, if it is not.
    pub(super) rejections: Vec<Option<Rejection>>,
    /// The cases of this log that were there, with their numbers.
    known: HashMap<CaseId, String>,
    /// The cases that the batch files, with their numbers.
    filed: HashMap<CaseId, String>,
    /// The cases that another log filed, as far as they are known.
    elsewhere: HashMap<CaseId, String>,
}

/// What the hub knows that bears on the batch.
struct Background<'t> {
    device: &'t Device,
    hub: PublicKey,
    trial: bool,
    /// The cases filed in this log, with their numbers.
    own: HashMap<CaseId, String>,
    /// The cases filed in another log, as far as they are known.
    elsewhere: HashMap<CaseId, String>,
    /// The cases of which an event in this log was rejected.
    parked: HashSet<CaseId>,
    /// The cases that the device has or had in hand without having filed them.
    transferred: HashSet<CaseId>,
    /// The devices that the batch hands cases on to.
    heirs: HashMap<String, Device>,
    /// The numbers of the batch that are taken.
    numbers: HashMap<String, CaseId>,
}

impl<'t> Batch<'t> {
    /// Judges the events of a batch at `fresh`, and takes the cases that it files.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn take_in(
        tx: &Tx<'_>,
        device: &'t Device,
        arrived: &'t [Arrived],
        fresh: &[usize],
    ) -> Result<Self, StoreError> {
        let events: Vec<&Arrived> = fresh.iter().map(|place| &arrived[*place]).collect();
        let mut background = Background::ask(tx, device, &events)?;
        let mut claimed = HashSet::new();
        // Judged as if no other window had filed these cases; then they are taken, and where
        // another has one after all, judged again with that. Each round learns of such a case, so
        // it ends; hardly ever is there a second one.
        let (rejections, filed) = loop {
            let (rejections, filed) = background.judge(&events);
            let wanted: Vec<CaseId> =
                filed.keys().filter(|id| !claimed.contains(*id)).copied().collect();
            let taken =
                if wanted.is_empty() { HashSet::new() } else { tx.claim(&device.origin, &wanted)? };
            let missed: Vec<CaseId> = wanted.into_iter().filter(|id| !taken.contains(id)).collect();
            claimed.extend(taken);
            if missed.is_empty() {
                break (rejections, filed);
            }
            background.elsewhere.extend(tx.filed_in(&missed)?);
        };
        let for_nothing: Vec<CaseId> =
            claimed.into_iter().filter(|id| !filed.contains_key(id)).collect();
        if !for_nothing.is_empty() {
            tx.unclaim(&for_nothing)?;
        }
        let Background { own: known, elsewhere, .. } = background;
        Ok(Self { device, events, rejections, known, filed, elsewhere })
    }

    /// Which events were rejected, for the log.
    pub(super) fn rejected(&self) -> Vec<(u64, String)> {
        let codes = self.rejections.iter().map(|r| r.as_ref().map(|r| r.code.clone()));
        let events = self.events.iter().map(|event| event.seq());
        events.zip(codes).filter_map(|(seq, code)| Some((seq, code?))).collect()
    }

    /// Folds what changed. Called when every event of the batch is stored.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn settle(&self, tx: &Tx<'_>, now: Timestamp) -> Result<(), StoreError> {
        let mut new: HashMap<CaseId, Vec<Event>> = HashMap::new();
        let mut known = HashSet::new();
        // Cases of several windows, with the log that filed each.
        let mut shared: HashMap<CaseId, &str> = HashMap::new();
        for (event, rejection) in self.events.iter().zip(&self.rejections) {
            let Arrived::Event(event) = event else { continue };
            if rejection.is_some() {
                continue;
            }
            if let Some(filed_in) = self.elsewhere.get(&event.case) {
                shared.insert(event.case, filed_in);
            } else if parties::is_transfer(event) {
                shared.insert(event.case, &self.device.origin);
            }
            if self.elsewhere.contains_key(&event.case) {
                continue;
            }
            if self.filed.contains_key(&event.case) {
                // Everything that there is of it came with this batch.
                new.entry(event.case).or_default().push(Event::clone(event));
            } else {
                known.insert(event.case);
            }
        }
        let mut known: Vec<CaseId> = known.into_iter().collect();
        if !known.is_empty() {
            for case in tx.parties(&known)?.into_keys() {
                shared.insert(case, &self.device.origin);
            }
        }
        known.retain(|case| !shared.contains_key(case));
        if !known.is_empty() {
            new.extend(tx.case_events(&tx.logs_of_cases(self.device)?, &known)?);
        }
        let folded: Vec<Case> = new
            .into_values()
            .map(|events| Case::fold(events).ok_or(StoreError::Unreadable("收件记录")))
            .collect::<Result<_, _>>()?;
        let mut kept = Vec::with_capacity(folded.len());
        for case in &folded {
            let number = self.filed.get(&case.id).or_else(|| self.known.get(&case.id));
            let number = number.ok_or(StoreError::Unreadable("收件记录"))?;
            kept.push(KeptCase { origin: &self.device.origin, number, case });
        }
        tx.keep_cases(&kept, now)?;
        // After a backup another window may have come first with what it knows of a case.
        let filed: Vec<CaseId> = self.filed.keys().copied().collect();
        for (case, other) in tx.refused_elsewhere(&self.device.origin, &filed)? {
            if window_of(&other) == self.device.origin {
                continue;
            }
            parties::share(tx, case, &self.device.origin, &other, now)?;
        }
        for (case, filed_in) in shared {
            parties::share(tx, case, filed_in, &self.device.log, now)?;
        }
        Ok(())
    }
}

impl<'t> Background<'t> {
    fn ask(tx: &Tx<'_>, device: &'t Device, events: &[&Arrived]) -> Result<Self, StoreError> {
        let trial = tx.trial()?.unwrap_or(false);
        let mut background = Self {
            device,
            hub: tx.hub_key()?.public(),
            trial,
            own: HashMap::new(),
            elsewhere: HashMap::new(),
            parked: HashSet::new(),
            transferred: HashSet::new(),
            heirs: HashMap::new(),
            numbers: HashMap::new(),
        };
        let mut cases = Vec::new();
        let mut first = HashMap::new();
        for event in events {
            if let Some(id) = event.case() {
                first.entry(id).or_insert_with(|| {
                    cases.push(id);
                    filing(event).is_some()
                });
            }
        }
        if cases.is_empty() {
            return Ok(background);
        }
        background.own = tx.numbers_of(&device.origin, &cases)?;
        for log in tx.logs_of_device(&device.origin)? {
            background.parked.extend(tx.parked(&log, &cases)?);
        }
        let numbers: HashSet<&str> = events.iter().filter_map(|event| filing(event)).collect();
        if !numbers.is_empty() {
            let numbers = numbers.into_iter().map(str::to_owned).collect();
            background.numbers = tx.cases_with(&device.origin, numbers)?;
        }
        // What begins with a filing is looked for by taking it.
        let strange: Vec<CaseId> = cases
            .into_iter()
            .filter(|id| !background.own.contains_key(id) && first.get(id) == Some(&false))
            .collect();
        if !strange.is_empty() {
            background.elsewhere = tx.filed_in(&strange)?;
            background.transferred =
                tx.cases_of_party(&device.origin, &strange)?.into_iter().collect();
        }
        for origin in events.iter().filter_map(|event| event.heir()) {
            if !background.heirs.contains_key(origin)
                && let Some(heir) = tx.device(origin)?
            {
                background.heirs.insert(origin.to_owned(), heir);
            }
        }
        Ok(background)
    }

    /// What is said to each event, and which cases they file.
    fn judge(&self, events: &[&Arrived]) -> (Vec<Option<Rejection>>, HashMap<CaseId, String>) {
        let (device, trial) = (self.device, self.trial);
        let mut filed: HashMap<CaseId, String> = HashMap::new();
        let mut numbers = self.numbers.clone();
        let mut parked = self.parked.clone();
        let mut judge_one = |arrived: &Arrived| {
            let id = arrived.case();
            let filed_in = id.and_then(|id| {
                let here = self.own.contains_key(&id) || filed.contains_key(&id);
                if here { Some(&device.origin) } else { self.elsewhere.get(&id) }
            });
            let number = match arrived {
                Arrived::Event(event) => new_number(event, filed_in.map(String::as_str)),
                Arrived::Envelope(_) => None,
            };
            let known = Known {
                device,
                hub: &self.hub,
                trial,
                parked: id.is_some_and(|id| parked.contains(&id)),
                filed_in: filed_in.cloned(),
                is_party: id.is_some_and(|id| self.transferred.contains(&id)),
                heir: arrived.heir().and_then(|origin| self.heirs.get(origin)),
                number_of: number.and_then(|number| numbers.get(number.as_str())).copied(),
            };
            let verdict = judge(arrived, &known);
            match (&verdict, id, number) {
                (Err(_), Some(id), _) => {
                    parked.insert(id);
                }
                (Ok(()), Some(id), Some(number)) => {
                    filed.insert(id, number.to_string());
                    numbers.insert(number.to_string(), id);
                }
                _ => {}
            }
            verdict.err()
        };
        let rejections = events.iter().map(|event| judge_one(event)).collect();
        (rejections, filed)
    }
}

/// The number that an event gives, if it is a filing.
fn filing(arrived: &Arrived) -> Option<&str> {
    match arrived {
        Arrived::Event(event) => match &event.body {
            EventBody::Filed { number, .. } => Some(number.as_str()),
            _ => None,
        },
        Arrived::Envelope(_) => None,
    }
}
