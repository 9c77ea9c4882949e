//! Looking into a ledger.

use jiff::civil::Date;
use yichuang_domain::intake::parse_date;
use yichuang_domain::ledger::{
    By, LedgerAct, LedgerEntry, LedgerFacts, LedgerKind, LedgerOutcome, LedgerRecord, LedgerState,
    StepKind, detail, obstacle, shows_person, title,
};
use yichuang_domain::named::Named as _;
use yichuang_domain::urgency::Urgency;
use yichuang_storage::{LedgerQuery, LedgerStates, LedgerViewer, StoredLedgerEntry};

use super::{Acting, not_found};
use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::{
    LedgerCountView, LedgerEntryView, LedgerFilter, LedgerHistory, LedgerPage, LedgerRow,
    LedgerShow, LedgerStepView,
};

/// Whether there is a person that `by` may not see.
pub(super) fn is_hidden(entry: &LedgerEntry, by: By<'_>) -> bool {
    !entry.facts.is_anonymous() && !shows_person(entry, by)
}

fn row(stored: StoredLedgerEntry, by: By<'_>, urgency: &Urgency) -> LedgerRow {
    let StoredLedgerEntry { id, entry } = stored;
    let person_hidden = is_hidden(&entry, by);
    let pressing = entry.pressing();
    let contact = entry.due.contact.as_ref().filter(|due| Some(due.on) == pressing);
    let contact = contact.filter(|_| entry.contacted_on.is_none());
    LedgerRow {
        id,
        state: entry.state,
        on: entry.facts.on.to_string(),
        channel: entry.facts.channel,
        person_hidden,
        pressing: pressing.map(|day| day.to_string()),
        contact_first: contact.is_some(),
        estimated: contact.unwrap_or(&entry.due.settle).estimated,
        light: pressing.map(|day| urgency.light(day)),
        on_time: entry.on_time(),
        number: entry.number,
        person: if person_hidden { String::new() } else { entry.facts.person },
        content: entry.facts.content,
        about: entry.facts.about,
        matter: entry.facts.matter.map(|matter| matter.name),
        case: entry.facts.case,
        referred_to: entry.referred_to,
        outcome: entry.resolution.map(|done| done.outcome),
    }
}

fn history(records: &[LedgerRecord], names: bool) -> Vec<LedgerHistory> {
    let mut before: Option<LedgerFacts> = None;
    let mut lines = Vec::with_capacity(records.len());
    for record in records {
        lines.push(LedgerHistory {
            at: record.at.to_string(),
            title: title(&record.act).to_owned(),
            detail: detail(&record.act, before.as_ref(), names),
            actor: record.actor.name.clone(),
        });
        if let LedgerAct::Registered { facts, .. } | LedgerAct::Corrected { facts, .. } =
            &record.act
        {
            before = Some(facts.clone());
        }
    }
    lines
}

impl Desk {
    fn urgency(&self) -> Urgency {
        Urgency::on(self.clock.today(), &self.work_calendar())
    }

    pub(super) fn ledger_query(
        &self,
        filter: LedgerFilter,
        acting: &Acting,
    ) -> Result<LedgerQuery, DeskError> {
        let day = |text: Option<String>, field: &str| -> Result<Option<Date>, DeskError> {
            let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
            Ok(text.map(|text| parse_date(&text, field)).transpose()?)
        };
        Ok(LedgerQuery {
            kind: filter.kind,
            text: filter.text,
            states: match filter.show {
                LedgerShow::All => LedgerStates::All,
                LedgerShow::Open => LedgerStates::Open,
                LedgerShow::Overdue => LedgerStates::Overdue(self.clock.today()),
                LedgerShow::Closed => LedgerStates::Only(LedgerState::Closed),
                LedgerShow::Void => LedgerStates::Only(LedgerState::Void),
                LedgerShow::Mine => LedgerStates::With(acting.actor.name.clone()),
            },
            from: day(filter.from, "from")?,
            to: day(filter.to, "to")?,
            viewer: match acting.lead {
                true => LedgerViewer::Lead,
                false => LedgerViewer::Clerk(acting.actor.id.clone()),
            },
            offset: filter.offset,
            limit: if filter.limit == 0 { 50 } else { filter.limit.min(500) },
        })
    }

    /// A page of a ledger.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`]; [`DeskError::Refused`] for a day that is none.
    pub fn ledger(&self, filter: LedgerFilter) -> Result<LedgerPage, DeskError> {
        let acting = self.acting()?;
        let query = self.ledger_query(filter, &acting)?;
        let urgency = self.urgency();
        let rows = self.store.list_ledger(&query)?;
        Ok(LedgerPage {
            total: self.store.count_ledger(&query)?,
            rows: rows.into_iter().map(|stored| row(stored, acting.by(), &urgency)).collect(),
            counts: self.ledger_counts()?,
        })
    }

    /// How much of every ledger is owed.
    ///
    /// # Errors
    /// [`DeskError::Storage`].
    pub(crate) fn ledger_counts(&self) -> Result<Vec<LedgerCountView>, DeskError> {
        let urgency = self.urgency();
        let counts = LedgerKind::ALL.iter().map(|kind| {
            let count = self.store.ledger_count(*kind, urgency.orange_to)?;
            Ok(LedgerCountView {
                kind: *kind,
                open: count.open,
                pressing: count.pressing,
                light: count.nearest.map(|day| urgency.light(day)),
                nearest: count.nearest.map(|day| day.to_string()),
            })
        });
        counts.collect()
    }

    /// An entry, whole.
    ///
    /// # Errors
    /// [`DeskError::NotFound`], [`DeskError::NotSignedIn`].
    pub fn ledger_entry(&self, id: &str) -> Result<LedgerEntryView, DeskError> {
        let acting = self.acting()?;
        let mut entry = self.store.ledger_entry(id)?.ok_or_else(not_found)?;
        let person_hidden = is_hidden(&entry, acting.by());
        let records = self.store.ledger_records(id)?;
        let pressing = entry.pressing();
        let steps = StepKind::ALL.iter().map(|step| LedgerStepView {
            step: *step,
            obstacle: obstacle(&entry, *step, acting.by()).map(str::to_owned),
        });
        let steps = steps.collect();
        let view_light = pressing.map(|day| self.urgency().light(day));
        if person_hidden {
            entry.facts.person.clear();
            entry.facts.contact.clear();
        }
        Ok(LedgerEntryView {
            id: id.to_owned(),
            person_hidden,
            pressing: pressing.map(|day| day.to_string()),
            light: view_light,
            due_explained: entry.due.settle.explain(),
            on_time: entry.on_time(),
            history: history(&records, !person_hidden),
            steps,
            outcomes: LedgerOutcome::of(entry.kind).to_vec(),
            entry,
        })
    }
}
