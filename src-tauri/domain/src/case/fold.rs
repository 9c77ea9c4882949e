//! A case as the fold of its events, in one order that every machine agrees on: by Lamport
//! number, then origin, then position in the origin's log, then content. An event that does not
//! apply where it comes is kept as a conflict; nothing is overwritten and nothing dropped.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::conflict::{Conflict, Settled};
use super::event::{Event, EventBody, OriginId};
use super::state::CaseState;
use super::{
    Arrival, Asked, AwaitedFor, Case, DecisionTaken, IssuedDocument, ResultDelivered, log, relay,
};
use crate::attachment::Attachment;
use crate::correction;
use crate::evaluation::{Evaluated, Occasion, Visit};
use crate::matter::Delivery;
use crate::signature::HandSignature;

/// The events of one case as they are folded: those that were handed on as if read in their own
/// logs, each once, in the order that every machine agrees on.
pub fn in_order(events: Vec<Event>) -> Vec<Event> {
    let mut events: Vec<Event> = events.into_iter().map(relay::unwrapped).collect();
    events.sort_by(|a, b| {
        (a.lamport, &a.origin, a.seq)
            .cmp(&(b.lamport, &b.origin, b.seq))
            .then_with(|| by_content(a, b))
    });
    events.dedup();
    events
}

/// Between two events of one place in one log, which there are where a hub was put back to a backup
/// and wrote on: any order will do that is the same everywhere.
fn by_content(one: &Event, other: &Event) -> Ordering {
    if one == other {
        return Ordering::Equal;
    }
    let text = |event: &Event| serde_json::to_string(event).unwrap_or_default();
    text(one).cmp(&text(other))
}

/// The logs of windows among those that a case has events in: the one it was filed in, and those
/// that had or got it by any transfer, also by one that did not apply. All others are the hub's.
fn windows(filed: &Event, events: &[Event]) -> HashSet<OriginId> {
    let handed = events.iter().filter_map(|event| match &event.body {
        EventBody::Transferred { from, to, .. } => Some([from.origin.clone(), to.origin.clone()]),
        _ => None,
    });
    handed.flatten().chain([filed.origin.clone()]).collect()
}

impl Case {
    /// Folds the events of one case. The order given does not matter, nor do repeats.
    /// None where no filing is among them.
    pub fn fold(events: Vec<Event>) -> Option<Self> {
        // Ordered by the logs they stand in, and read as their windows'.
        let mut events: Vec<Event> = in_order(events).into_iter().map(log::of_window).collect();
        let start = events.iter().position(|e| matches!(e.body, EventBody::Filed { .. }))?;
        let filed = events.remove(start);
        let windows = windows(&filed, &events);
        let mut case = Self::filed(filed)?;
        let mut set_aside = Vec::new();
        for event in events {
            case.take(event, &windows, &mut set_aside);
        }
        Some(case)
    }

    fn filed(event: Event) -> Option<Self> {
        let EventBody::Filed {
            number,
            matter,
            guide,
            filed_on,
            applicant,
            agent,
            answers,
            materials,
            listed,
            notify_by,
            practice,
            bundle,
        } = event.body
        else {
            return None;
        };
        let visit =
            Visit { on: filed_on, occasion: Occasion::Filing, served_by: event.actor.clone() };
        Some(Self {
            id: event.case,
            number,
            state: CaseState::Received,
            matter,
            guide,
            origin: event.origin,
            holder: None,
            filed_by: event.actor,
            filed_on,
            applicant,
            agent,
            answers,
            materials,
            listed,
            arrived: Vec::new(),
            asked: Vec::new(),
            stopped: None,
            notify_by,
            notice_on: None,
            accepted_on: None,
            deemed: false,
            due: None,
            extended: false,
            clock_stopped_on: None,
            documents: Vec::new(),
            attachments: Vec::new(),
            decision: None,
            delivered: None,
            visits: vec![visit],
            evaluations: Vec::new(),
            practice,
            bundle,
            lamport: event.lamport,
            conflicts: Vec::new(),
        })
    }

    /// Takes in the next event of the order; one that does not apply goes behind the conflicts, and
    /// to those set aside, which stand in the same order.
    fn take(&mut self, event: Event, windows: &HashSet<OriginId>, set_aside: &mut Vec<Event>) {
        self.lamport = self.lamport.max(event.lamport);
        // That a paper came out of a printer, that a material was scanned, or what somebody said of
        // a service is a fact, whoever has the case in hand by then.
        let is_fact = matches!(
            event.body,
            EventBody::DocumentPrinted { .. }
                | EventBody::AttachmentAdded { .. }
                | EventBody::Evaluated { .. }
        );
        let out_of_turn =
            !is_fact && windows.contains(&event.origin) && event.origin != self.held_by();
        let next = if out_of_turn { None } else { self.next_state(&event.body) };
        let Some(next) = next else {
            self.conflicts.push(Conflict {
                origin: event.origin.clone(),
                seq: event.seq,
                actor: event.actor.clone(),
                state: Some(self.state),
                event: event.body.clone(),
                settled: None,
            });
            set_aside.push(event);
            return;
        };
        self.state = next;
        let EventBody::ConflictSettled { of, adopted, reason } = event.body else {
            self.count_visit(&event, windows);
            self.apply(event);
            return;
        };
        let Some(at) = self.open_conflict_at(&of) else { return };
        if let Some(conflict) = self.conflicts.get_mut(at) {
            conflict.settled = Some(Settled { adopted, by: event.actor, reason });
        }
        let aside = set_aside.get(at).filter(|_| adopted);
        if let Some(aside) = aside
            && let Some(next) = self.next_state(&aside.body)
        {
            self.state = next;
            self.count_visit(aside, windows);
            self.apply(aside.clone());
        }
    }

    /// Counts the service that an event at a window tells of: one a day, however much was done.
    fn count_visit(&mut self, event: &Event, windows: &HashSet<OriginId>) {
        let (on, occasion) = match &event.body {
            EventBody::Supplemented { on, .. } => (*on, Occasion::Supplement),
            EventBody::Withdrawn { on, .. } => (*on, Occasion::Withdrawal),
            EventBody::HandedOver { on, facts, .. }
                if facts.as_ref().is_none_or(|f| f.delivery == Delivery::Window) =>
            {
                (*on, Occasion::Handover)
            }
            _ => return,
        };
        if windows.contains(&event.origin) && !self.visits.iter().any(|visit| visit.on == on) {
            self.visits.push(Visit { on, occasion, served_by: event.actor.clone() });
        }
    }

    /// Notes what was said of a service: what was said first stays, and not wanting to say does not
    /// stand against saying it later.
    fn note_evaluation(&mut self, evaluated: Evaluated) {
        let found = self.evaluations.iter_mut().find(|e| e.service == evaluated.service);
        match found {
            None => self.evaluations.push(evaluated),
            Some(declined) if declined.evaluation.is_none() => *declined = evaluated,
            Some(_) => {}
        }
    }

    /// Puts down what an event says, once it is known to apply.
    fn apply(&mut self, event: Event) {
        match event.body {
            EventBody::Stopped { stopped } => self.stopped = Some(stopped),
            EventBody::NoticeGiven { on, .. } => self.notice_on = Some(on),
            EventBody::Supplemented { on, ids } => {
                let of = self.awaited().of;
                let arrived = match self.asked.last_mut() {
                    Some(asked) if of == AwaitedFor::Review => &mut asked.arrived,
                    _ => &mut self.arrived,
                };
                for id in ids {
                    if !arrived.iter().any(|a| a.id == id) {
                        arrived.push(Arrival { id, on });
                    }
                }
            }
            EventBody::SupplementAsked { on, items, reason } => {
                self.asked.push(Asked { on, items, reason, arrived: Vec::new() });
            }
            EventBody::Accepted { on, due, .. } => {
                self.accepted_on = Some(on);
                self.due = due;
            }
            EventBody::DeemedAccepted { on, due, .. } => {
                self.accepted_on = Some(on);
                self.deemed = true;
                self.due = due;
            }
            EventBody::ClockStopped { on, .. } => self.clock_stopped_on = Some(on),
            EventBody::ClockResumed { due, .. } => {
                self.due = due;
                self.clock_stopped_on = None;
            }
            EventBody::LimitExtended { limit, .. } => {
                self.due = Some(limit);
                self.extended = true;
            }
            EventBody::LimitRecounted { limit, .. } => match self.state {
                CaseState::Received => self.notify_by = Some(limit),
                _ => self.due = Some(limit),
            },
            EventBody::DocumentIssued { kind, number, sha256, formal } => {
                self.documents.push(IssuedDocument {
                    kind,
                    number,
                    sha256,
                    formal,
                    at: event.at,
                    printed: 0,
                    outdated: false,
                    issued_in: (event.origin != self.origin).then_some(event.origin),
                });
            }
            EventBody::DocumentPrinted { number, .. } => {
                if let Some(document) = self.documents.iter_mut().find(|d| d.number == number) {
                    document.printed += 1;
                }
            }
            EventBody::AttachmentAdded { material, announced } => {
                let added_in = (event.origin != self.origin).then_some(event.origin);
                self.attachments.push(Attachment { material, announced, removed: None, added_in });
            }
            EventBody::AttachmentRemoved { material, hash, reason } => {
                self.remove_attachment(&material, &hash, reason);
            }
            EventBody::Decided { decision, on, reason, result_number, basis, remedies } => {
                self.decision =
                    Some(DecisionTaken { decision, on, reason, result_number, basis, remedies });
            }
            EventBody::HandedOver { receiver, on, facts, signature } => {
                let signed = signature.as_ref().map(HandSignature::fact);
                self.delivered = Some(ResultDelivered { receiver, on, facts, signed });
            }
            EventBody::Evaluated { service, channel, evaluation } => {
                self.note_evaluation(Evaluated { service, channel, evaluation });
            }
            EventBody::PartiesCorrected { now, .. } => {
                self.applicant = now.applicant;
                self.agent = now.agent;
                for document in &mut self.documents {
                    document.outdated |= correction::outdates(document.kind, self.state);
                }
            }
            EventBody::Transferred { to, .. } => {
                self.holder = (to.origin != self.origin).then_some(to);
            }
            EventBody::ConflictSettled { .. }
            | EventBody::Filed { .. }
            | EventBody::ReviewStarted {}
            | EventBody::ReadyForHandover {}
            | EventBody::Archived {}
            | EventBody::Withdrawn { .. }
            | EventBody::Returned { .. }
            | EventBody::Relayed { .. } => {}
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
