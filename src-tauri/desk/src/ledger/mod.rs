//! The ledgers (台账): writing an entry down, and every step after it. Each writes one record more;
//! nothing is written over.

mod export;
mod list;
#[cfg(test)]
mod tests;
mod windows;

use uuid::Uuid;
use yichuang_domain::case::Actor;
use yichuang_domain::clerk::ClerkRole;
use yichuang_domain::intake::parse_date;
use yichuang_domain::ledger::{
    By, LedgerAct, LedgerCase, LedgerEntry, LedgerFacts, LedgerKind, LedgerLimitSet, LedgerMatter,
    LedgerRecord, LedgerStep, correct, prepare, shows_person,
};
use yichuang_domain::numbering::CaseNumber;
use yichuang_domain::{Refusal, RefusalCode};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::profile::{mode_of, number_source};
use crate::view::{LedgerEntryView, LedgerInput};

pub use export::LedgerFile;

fn not_found() -> DeskError {
    DeskError::NotFound { what: "这条登记" }
}

/// Who acts, and what they may.
pub(crate) struct Acting {
    pub(crate) actor: Actor,
    pub(crate) lead: bool,
}

impl Acting {
    pub(crate) fn by(&self) -> By<'_> {
        By { actor: &self.actor, lead: self.lead }
    }
}

impl Desk {
    pub(crate) fn acting(&self) -> Result<Acting, DeskError> {
        let actor = self.actor()?;
        let lead = self.store.has_role(&actor.id, ClerkRole::Lead)?;
        Ok(Acting { actor, lead })
    }

    /// What was typed, with matter and case looked up.
    fn ledger_facts(&self, input: LedgerInput) -> Result<LedgerFacts, DeskError> {
        let on = match input.on.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => parse_date(text, "on")?,
            None => self.clock.today(),
        };
        let matter = match input.matter.as_deref() {
            Some(code) => {
                let guide = self.guide()?;
                let matter = guide.matter(code)?;
                Some(LedgerMatter { code: matter.code.clone(), name: matter.name.clone() })
            }
            None => None,
        };
        Ok(LedgerFacts {
            channel: input.channel,
            on,
            person: input.person,
            contact: input.contact,
            content: input.content,
            about: input.about,
            matter,
            case: self.ledger_case(&input.case_number)?,
        })
    }

    fn ledger_case(&self, number: &str) -> Result<Option<LedgerCase>, DeskError> {
        let number = number.trim();
        if number.is_empty() {
            return Ok(None);
        }
        let unknown = || {
            let message = "本机没有这个编号的办件，请核对；其他窗口的办件请写在内容里";
            Refusal::new(RefusalCode::UnknownCase, "case_number", message)
        };
        let number = CaseNumber::try_from(number.to_owned()).map_err(|_| unknown())?;
        let case = self.store.case_numbered(&number)?.ok_or_else(unknown)?;
        Ok(Some(LedgerCase { id: case.id.to_string(), number: case.number.to_string() }))
    }

    /// Writes an entry down; with `settled`, a step that settles it at once, in the same write: a
    /// question is mostly answered while the person waits.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`]; [`DeskError::Refused`] with the field.
    pub fn register_ledger(
        &self,
        kind: LedgerKind,
        input: LedgerInput,
        settled: Option<LedgerStep>,
    ) -> Result<LedgerEntryView, DeskError> {
        let acting = self.acting()?;
        let today = self.clock.today();
        let facts = self.ledger_facts(input)?.checked(kind, today)?;
        let calendar = self.work_calendar();
        let (region, _) = self.region();
        let at = self.clock.now();
        let id = Uuid::now_v7().to_string();
        self.store.write(|tx| {
            let limits = tx.ledger_limits()?.of(kind);
            let number = tx.next_ledger_number(kind, &number_source(tx, &region)?, today)?;
            let due = limits.due(facts.on, &calendar);
            let practice = mode_of(tx.enrolment()?.as_ref()).is_practice();
            let act = LedgerAct::Registered { number, kind, facts, limits, due, practice };
            let record = LedgerRecord { at, actor: acting.actor.clone(), act };
            let entry = tx.add_ledger_record(&id, &record)?;
            if let Some(step) = settled {
                let act = prepare(&entry, step, acting.by(), &calendar)?;
                let record = LedgerRecord { at, actor: acting.actor.clone(), act };
                tx.add_ledger_record(&id, &record)?;
            }
            Ok::<_, DeskError>(())
        })?;
        self.ledger_entry(&id)
    }

    /// Takes a step. `seen` is the revision that was looked at.
    ///
    /// # Errors
    /// [`DeskError::Stale`] where somebody wrote in between; [`DeskError::Refused`].
    pub fn step_ledger(
        &self,
        (id, seen): (&str, u32),
        step: LedgerStep,
    ) -> Result<LedgerEntryView, DeskError> {
        let acting = self.acting()?;
        let calendar = self.work_calendar();
        self.write_ledger((id, seen), &acting, |entry| {
            Ok(prepare(entry, step, acting.by(), &calendar)?)
        })
    }

    /// Corrects what an entry says. Who may not see the person can't change them either.
    ///
    /// # Errors
    /// As [`Self::step_ledger`].
    pub fn correct_ledger(
        &self,
        (id, seen): (&str, u32),
        input: LedgerInput,
        reason: &str,
    ) -> Result<LedgerEntryView, DeskError> {
        let acting = self.acting()?;
        let calendar = self.work_calendar();
        let today = self.clock.today();
        let mut facts = self.ledger_facts(input)?;
        self.write_ledger((id, seen), &acting, |entry| {
            if !shows_person(entry, acting.by()) {
                facts.person.clone_from(&entry.facts.person);
                facts.contact.clone_from(&entry.facts.contact);
            }
            // The name of a matter is that of the day it was asked about.
            if let (Some(new), Some(old)) = (&mut facts.matter, &entry.facts.matter)
                && new.code == old.code
            {
                new.name.clone_from(&old.name);
            }
            Ok(correct(entry, facts, reason, acting.by(), (today, &calendar))?)
        })
    }

    fn write_ledger(
        &self,
        (id, seen): (&str, u32),
        acting: &Acting,
        prepared: impl FnOnce(&LedgerEntry) -> Result<LedgerAct, DeskError>,
    ) -> Result<LedgerEntryView, DeskError> {
        let at = self.clock.now();
        self.store.write(|tx| {
            let entry = tx.ledger_entry(id)?.ok_or_else(not_found)?;
            if entry.revision != seen {
                return Err(DeskError::Stale);
            }
            let act = prepared(&entry)?;
            let record = LedgerRecord { at, actor: acting.actor.clone(), act };
            tx.add_ledger_record(id, &record)?;
            Ok(())
        })?;
        self.ledger_entry(id)
    }

    /// The limits in use.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub fn ledger_limits(&self) -> Result<LedgerLimitSet, DeskError> {
        self.actor()?;
        Ok(self.store.ledger_limits()?)
    }

    /// Sets the limits of what is written from now on. Only a lead can.
    ///
    /// # Errors
    /// [`DeskError::NotRole`]; [`DeskError::Refused`] with the field.
    pub fn set_ledger_limits(&self, limits: &LedgerLimitSet) -> Result<LedgerLimitSet, DeskError> {
        let acting = self.acting()?;
        if !acting.lead {
            return Err(DeskError::NotRole(ClerkRole::Lead));
        }
        limits.check()?;
        let at = self.clock.now();
        self.store.write(|tx| tx.set_ledger_limits(limits, &acting.actor.id, at))?;
        self.ledger_limits()
    }
}
