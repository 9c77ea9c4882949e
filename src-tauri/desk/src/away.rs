//! Being away from the hub: how the window stands with its station's policy, and a lead's word that
//! work goes on.
//!
//! Nothing asks this file whether it may go on: filing and printing never do, and a test holds them
//! to it.

use jiff::SignedDuration;
use yichuang_domain::away::{
    Away, AwayConfirmation, AwayPolicy, AwayStanding, ClockEvidence, LONGEST_CONFIRMATION,
};
use yichuang_domain::case::Actor;
use yichuang_domain::clerk::ClerkRole;
use yichuang_protocol::policy::statement;
use yichuang_protocol::{PublicKey, SignedText};
use yichuang_storage::{AwayFacts, CaseQuery};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::AwayView;

/// How many of the leads' words are shown.
const SHOWN: u32 = 5;
/// The longest reason, in characters.
const REASON: usize = 200;

/// A lead's word, as given.
#[derive(Clone, Copy, Debug)]
pub struct LeadsWord<'a> {
    /// The lead's account.
    pub lead: &'a str,
    /// Their PIN: it is their signature.
    pub pin: &'a str,
    /// For how many days.
    pub days: u32,
    /// Why.
    pub reason: &'a str,
}

impl Desk {
    /// The policy of this window's station, proven; none where the hub set no limits, or where what
    /// is kept proves nothing any more.
    fn away_policy(&self) -> Result<Option<AwayPolicy>, DeskError> {
        let Some(enrolment) = self.store.enrolment()? else { return Ok(None) };
        let Some(kept) = self.store.away_policy()? else { return Ok(None) };
        let signed = SignedText { text: kept.statement, signature: kept.signature };
        let Ok(hub) = PublicKey::from_bytes(&enrolment.hub_key) else { return Ok(None) };
        let said = statement(&hub, (&enrolment.region, &enrolment.station), &signed).ok();
        Ok(said.map(|said| said.policy).filter(|policy| *policy != AwayPolicy::default()))
    }

    /// Looks at the clock, so that one that goes back later is noticed.
    ///
    /// # Errors
    /// [`DeskError::Storage`].
    pub fn see_clock(&self) -> Result<(), DeskError> {
        Ok(self.store.see_clock(self.clock.now())?)
    }

    fn away_standing(&self, cases: u32) -> Result<(AwayStanding, Option<AwayPolicy>), DeskError> {
        let policy = self.away_policy()?;
        let confirmed = self.store.away_confirmations(1)?.pop();
        let away = Away {
            policy: policy.as_ref(),
            exchanged: self.store.exchanged()?,
            cases,
            now: self.store.seen_clock()?.at(self.clock.now()),
            confirmed: confirmed.as_ref(),
        };
        Ok((away.standing(), policy))
    }

    /// Why the clock is doubted, in words; empty where nothing speaks against it.
    fn clock_doubt(&self) -> Result<String, DeskError> {
        let now = self.clock.now();
        let records = self.store.unsent_times()?;
        let evidence = ClockEvidence {
            at_least: self.store.seen_clock()?.at(now),
            exchanged: self.store.exchanged()?,
            skew: self.store.sync_state()?.clock_skew.map(SignedDuration::from_millis),
            records: &records,
            now,
        };
        Ok(evidence.doubt().map_or_else(String::new, |doubt| doubt.words(now)))
    }

    fn unsent_cases(&self) -> Result<u32, DeskError> {
        if self.store.enrolment()?.is_none() {
            return Ok(0);
        }
        Ok(self.store.count_cases(&CaseQuery { unsent: true, ..CaseQuery::default() })?)
    }

    /// How the window stands with its station's policy.
    ///
    /// # Errors
    /// [`DeskError::Storage`].
    pub fn away(&self) -> Result<AwayView, DeskError> {
        let (standing, policy) = self.away_standing(self.unsent_cases()?)?;
        let AwayStanding { level, days, confirmed_until, words } = standing;
        Ok(AwayView {
            level,
            words,
            clock: self.clock_doubt()?,
            days,
            confirmed_until: confirmed_until.map(|at| at.to_string()),
            policy,
            confirmations: self.store.away_confirmations(SHOWN)?,
        })
    }

    /// A lead confirms that work goes on without the hub. Who is signed in stays so; both are put on
    /// record.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`], [`DeskError::NotLead`], [`DeskError::BadConfirmation`]; those of
    /// a sign-in for the PIN.
    pub fn confirm_away(&self, word: LeadsWord<'_>) -> Result<(), DeskError> {
        let clerk = self.actor()?;
        let reason = word.reason.trim();
        if reason.is_empty() || reason.chars().count() > REASON {
            return Err(DeskError::BadConfirmation { field: "reason" });
        }
        if !(1..=LONGEST_CONFIRMATION).contains(&word.days) {
            return Err(DeskError::BadConfirmation { field: "days" });
        }
        let lead = self.prove(word.lead, word.pin)?;
        if !lead.roles.contains(&ClerkRole::Lead) {
            return Err(DeskError::NotLead);
        }
        let cases = self.unsent_cases()?;
        let (standing, _) = self.away_standing(cases)?;
        let confirmation = AwayConfirmation {
            lead: Actor { id: lead.id, name: lead.name },
            at: self.store.seen_clock()?.at(self.clock.now()),
            days: word.days,
            reason: reason.to_owned(),
            exchanged: self.store.exchanged()?,
        };
        let facts = AwayFacts { days: standing.days, cases };
        self.store.write(|tx| tx.confirm_away(&confirmation, &clerk.id, facts))?;
        Ok(())
    }
}
