//! From records to the entry that they make.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    LedgerAct, LedgerDue, LedgerFacts, LedgerKind, LedgerLimits, LedgerOutcome, LedgerRecord,
    LedgerReply, LedgerState, NoteKind,
};
use crate::beijing::day;
use crate::case::Actor;

/// What came of an entry, and who said so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Resolution {
    /// What.
    pub outcome: LedgerOutcome,
    /// In words.
    pub text: String,
    /// How the person learned it.
    pub reply: LedgerReply,
    /// The day, at the counter.
    #[ts(type = "string")]
    pub on: Date,
    /// Who.
    pub by: Actor,
}

/// An entry, as its records make it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerEntry {
    /// 台账编号.
    pub number: String,
    /// Which ledger.
    pub kind: LedgerKind,
    /// Where it stands.
    pub state: LedgerState,
    /// How many records it has: who acts says which they saw.
    pub revision: u32,
    /// What it says now.
    pub facts: LedgerFacts,
    /// The limits it was written under.
    pub limits: LedgerLimits,
    /// Its last days.
    pub due: LedgerDue,
    /// Whether the last day was moved.
    pub extended: bool,
    /// The day the person was first spoken to.
    #[ts(type = "string | null")]
    pub contacted_on: Option<Date>,
    /// How often it was tried in vain.
    pub missed: u32,
    /// Who looks at it, where it was passed on.
    pub referred_to: Option<String>,
    /// What came of it; none while it is open.
    pub resolution: Option<Resolution>,
    /// Who wrote it.
    pub registered_by: Actor,
    /// When.
    #[ts(type = "string")]
    pub registered_at: Timestamp,
    /// 演练.
    pub practice: bool,
}

impl LedgerEntry {
    /// The entry that the records make; none where they don't begin with a registration.
    pub fn fold(records: &[LedgerRecord]) -> Option<Self> {
        let (first, rest) = records.split_first()?;
        let LedgerAct::Registered { number, kind, facts, limits, due, practice } = &first.act
        else {
            return None;
        };
        let mut entry = Self {
            number: number.clone(),
            kind: *kind,
            state: LedgerState::Open,
            revision: 1,
            facts: facts.clone(),
            limits: *limits,
            due: due.clone(),
            extended: false,
            contacted_on: None,
            missed: 0,
            referred_to: None,
            resolution: None,
            registered_by: first.actor.clone(),
            registered_at: first.at,
            practice: *practice,
        };
        for record in rest {
            entry.take(record);
        }
        Some(entry)
    }

    pub(super) fn take(&mut self, record: &LedgerRecord) {
        self.revision += 1;
        match &record.act {
            LedgerAct::Registered { .. } => {}
            LedgerAct::Corrected { facts, due, .. } => {
                self.facts = facts.clone();
                self.due = due.clone();
            }
            LedgerAct::Noted { note, .. } => match note {
                NoteKind::Reached => {
                    // Notes of a shared list come in the order in which windows sent them.
                    let on = day(record.at);
                    self.contacted_on = Some(self.contacted_on.map_or(on, |first| first.min(on)));
                }
                NoteKind::Missed => self.missed += 1,
                NoteKind::Progress => {}
            },
            LedgerAct::Referred { to, .. } => {
                self.state = LedgerState::Referred;
                self.referred_to = Some(to.clone());
            }
            LedgerAct::Extended { due, .. } => {
                self.extended = true;
                self.due.settle = due.clone();
            }
            LedgerAct::Closed { outcome, text, reply } => {
                self.state = LedgerState::Closed;
                self.resolution = Some(Resolution {
                    outcome: *outcome,
                    text: text.clone(),
                    reply: *reply,
                    on: day(record.at),
                    by: record.actor.clone(),
                });
            }
            LedgerAct::Reopened { .. } => {
                self.state = match self.referred_to {
                    Some(_) => LedgerState::Referred,
                    None => LedgerState::Open,
                };
                self.resolution = None;
            }
            LedgerAct::Voided { .. } => self.state = LedgerState::Void,
        }
    }

    /// The last day that presses now: that of the first contact until it was made, then that of
    /// settling it. None where nothing is owed. Who left no name and no contact can't be spoken to.
    pub fn pressing(&self) -> Option<Date> {
        if !self.state.is_open() {
            return None;
        }
        let contact = self.due.contact.as_ref().map(|due| due.on);
        let waits = self.contacted_on.is_none() && !self.facts.is_anonymous();
        let settle = self.due.settle.on;
        Some(contact.filter(|_| waits).map_or(settle, |contact| contact.min(settle)))
    }

    /// Whether it was settled on time; none while it is open or where it was voided.
    pub fn on_time(&self) -> Option<bool> {
        let done = self.resolution.as_ref().filter(|_| self.state == LedgerState::Closed)?;
        Some(done.on <= self.due.settle.on)
    }
}
