//! Looking into a ledger.

use jiff::civil::Date;
use yichuang_domain::intake::parse_date;
use yichuang_domain::ledger::shared::hands_key;
use yichuang_domain::ledger::{
    By, LedgerAct, LedgerEntry, LedgerFacts, LedgerKind, LedgerOutcome, LedgerRecord, LedgerState,
    StepKind, detail, obstacle, shows_person, title,
};
use yichuang_domain::named::Named as _;
use yichuang_domain::urgency::Urgency;
use yichuang_storage::{
    KeptHelp, LedgerCounted, LedgerQuery, LedgerStates, LedgerViewer, StoredLedgerEntry,
};

use super::windows::Windows;
use super::{Acting, not_found};
use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::{
    LedgerCountView, LedgerEntryView, LedgerFilter, LedgerHistory, LedgerPage, LedgerRow,
    LedgerShow, LedgerStepView,
};

/// How many names of helpers are offered.
const HELPERS: u32 = 50;

/// Whether there is a person that `by` may not see.
pub(super) fn is_hidden(entry: &LedgerEntry, by: By<'_>) -> bool {
    !entry.facts.is_anonymous() && !shows_person(entry, by)
}

/// What a row is seen by.
struct Seen<'a> {
    by: By<'a>,
    urgency: &'a Urgency,
    windows: &'a Windows,
    arrived: &'a [String],
}

fn row(stored: StoredLedgerEntry, seen: &Seen<'_>) -> LedgerRow {
    let StoredLedgerEntry { id, entry, origin, aside } = stored;
    let (by, urgency) = (seen.by, seen.urgency);
    let person_hidden = is_hidden(&entry, by);
    let pressing = entry.pressing();
    let contact = entry.due.contact.as_ref().filter(|due| Some(due.on) == pressing);
    let contact = contact.filter(|_| entry.contacted_on.is_none());
    LedgerRow {
        window: origin.and_then(|origin| seen.windows.other(&origin)),
        aside,
        arrived: seen.arrived.contains(&id),
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

/// A record with where it stands, of a ledger that stays here or of the list that is shared.
struct Told {
    record: LedgerRecord,
    window: Option<String>,
    aside: bool,
    unsent: bool,
    refused: Option<String>,
}

fn history(records: Vec<Told>, names: bool) -> Vec<LedgerHistory> {
    let mut before: Option<LedgerFacts> = None;
    let mut lines = Vec::with_capacity(records.len());
    for told in records {
        let record = told.record;
        lines.push(LedgerHistory {
            at: record.at.to_string(),
            title: title(&record.act).to_owned(),
            detail: detail(&record.act, before.as_ref(), names),
            actor: record.actor.name,
            window: told.window,
            aside: told.aside,
            unsent: told.unsent,
            refused: told.refused,
        });
        if let LedgerAct::Registered { facts, .. } | LedgerAct::Corrected { facts, .. } = record.act
            && !told.aside
        {
            before = Some(facts);
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
                LedgerShow::Here => LedgerStates::Of(self.store.own_origin()?),
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
        let assistance = query.kind == LedgerKind::Assistance;
        let seen = Seen {
            by: acting.by(),
            urgency: &self.urgency(),
            windows: &self.windows()?,
            arrived: &self.store.help_news(&acting.actor.name)?,
        };
        let rows = self.store.list_ledger(&query)?;
        Ok(LedgerPage {
            total: self.store.count_ledger(&query)?,
            rows: rows.into_iter().map(|stored| row(stored, &seen)).collect(),
            counts: self.ledger_counts()?,
            shared: assistance && self.store.enrolment()?.is_some(),
            helpers: if assistance { self.helpers()? } else { Vec::new() },
        })
    }

    /// How much of every ledger is owed, by this window and who is signed in.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub(crate) fn ledger_counts(&self) -> Result<Vec<LedgerCountView>, DeskError> {
        let urgency = self.urgency();
        let name = self.actor()?.name;
        let window = self.store.own_origin()?;
        let arrived = u32::try_from(self.store.help_news(&name)?.len()).unwrap_or(u32::MAX);
        let counts = LedgerKind::ALL.iter().map(|kind| {
            let of = LedgerCounted { window: &window, name: &name };
            let count = self.store.ledger_count(*kind, urgency.orange_to, of)?;
            Ok(LedgerCountView {
                kind: *kind,
                open: count.open,
                arrived: if *kind == LedgerKind::Assistance { arrived } else { 0 },
                pressing: count.pressing,
                light: count.nearest.map(|day| urgency.light(day)),
                nearest: count.nearest.map(|day| day.to_string()),
            })
        });
        counts.collect()
    }

    /// The records of an entry, whichever list it is of; whether that is the shared one.
    fn told(&self, id: &str, windows: &Windows) -> Result<(Vec<Told>, bool), DeskError> {
        if let Some(shared) = self.store.help_records(id)? {
            let told = |kept: KeptHelp| Told {
                window: windows.other(&kept.origin),
                record: kept.record,
                aside: kept.aside,
                unsent: !kept.listed,
                refused: kept.refused,
            };
            return Ok((shared.into_iter().map(told).collect(), true));
        }
        let told =
            |record| Told { record, window: None, aside: false, unsent: false, refused: None };
        Ok((self.store.ledger_records(id)?.into_iter().map(told).collect(), false))
    }

    /// Who helps: the names that the list knows, then those of this window's accounts.
    fn helpers(&self) -> Result<Vec<String>, DeskError> {
        let mut names = self.store.helper_names(HELPERS)?;
        for clerk in self.store.clerks()? {
            if !names.iter().any(|name| hands_key(name) == hands_key(&clerk.name)) {
                names.push(clerk.name);
            }
        }
        Ok(names)
    }

    /// An entry, whole. Whose hands it came into has looked at it by that.
    ///
    /// # Errors
    /// [`DeskError::NotFound`], [`DeskError::NotSignedIn`].
    pub fn ledger_entry(&self, id: &str) -> Result<LedgerEntryView, DeskError> {
        let acting = self.acting()?;
        let mut entry = self.store.ledger_entry(id)?.ok_or_else(not_found)?;
        if self.store.help_news(&acting.actor.name)?.iter().any(|news| news == id) {
            self.store.write(|tx| tx.forget_help_news(id, &acting.actor.name))?;
        }
        let person_hidden = is_hidden(&entry, acting.by());
        let windows = self.windows()?;
        let (records, shared) = self.told(id, &windows)?;
        let window = records.iter().find(|told| !told.aside).and_then(|told| told.window.clone());
        let case_here = match &entry.facts.case {
            Some(case) => self.store.case(&case.id)?.is_some(),
            None => false,
        };
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
            history: history(records, !person_hidden),
            steps,
            outcomes: LedgerOutcome::of(entry.kind).to_vec(),
            shared,
            window: window.filter(|_| shared),
            case_here,
            entry,
        })
    }
}
