//! The steps of a case after its filing: notice, supplement, acceptance, withdrawal. Each loads
//! the case inside the write, so that a stale screen can't overwrite what happened meanwhile.

use jiff::civil::Date;
use yichuang_domain::bundle;
use yichuang_domain::calendar::WorkCalendar;
use yichuang_domain::case::AwaitedFor;
use yichuang_domain::case::{Actor, Case, CaseState, EventBody};
use yichuang_domain::checklist::Check;
use yichuang_domain::determination::{self, acceptance_documents};
use yichuang_domain::document::DocumentKind;
use yichuang_domain::intake::{LONGEST_REASON, parse_date, too_long};
use yichuang_domain::matter::{MaterialId, Matter};
use yichuang_domain::scenario::{Supplement, check_supplement};
use yichuang_domain::{Refusal, RefusalCode, ink};
use yichuang_storage::Tx;

use crate::desk::Desk;
use crate::error::DeskError;
use crate::guide::Guide;
use crate::transfer::refuse_held_elsewhere;
use crate::view::CaseView;

/// What a case follows.
#[derive(Clone, Copy)]
pub(crate) struct Pinned<'g> {
    /// The release it was filed by.
    pub(crate) guide: &'g Guide,
    /// Its matter there.
    pub(crate) matter: &'g Matter,
    /// The calendar in use.
    pub(crate) calendar: &'g WorkCalendar,
}

impl Desk {
    /// The day of a step: today. Only practice may choose another one.
    pub(crate) fn day(&self, on: Option<&str>) -> Result<Date, DeskError> {
        match on {
            Some(text) if self.mode()?.is_practice() => Ok(parse_date(text, "on")?),
            _ => Ok(self.clock.today()),
        }
    }

    /// Loads a case with its pinned guide, runs `step` on it in one write, and shows the case.
    /// The days are counted by the calendar of the guide in use: what is a workday is a fact that
    /// becomes known, not a rule of the release the case follows.
    pub(crate) fn step(
        &self,
        id: &str,
        step: impl FnOnce(&Tx<'_>, &Pinned<'_>, Case, &Actor) -> Result<(), DeskError>,
    ) -> Result<CaseView, DeskError> {
        let actor = self.actor()?;
        let not_found = DeskError::NotFound { what: "这件办件" };
        let case = self.store.case(id)?.ok_or(not_found)?;
        let guide = self.pinned_guide(&case.guide)?;
        let current = self.guide()?;
        let pinned = Pinned {
            guide: &guide,
            matter: guide.matter(&case.matter.code)?,
            calendar: &current.package.calendar,
        };
        self.store.write(|tx| {
            let case = tx.case(id)?.ok_or(DeskError::NotFound { what: "这件办件" })?;
            refuse_held_elsewhere(tx, &case)?;
            step(tx, &pinned, case, &actor)
        })?;
        self.case(id)
    }

    pub(crate) fn append(
        &self,
        tx: &Tx<'_>,
        case: &Case,
        actor: &Actor,
        event: EventBody,
    ) -> Result<Case, DeskError> {
        if case.next_state(&event).is_none() {
            return Err(DeskError::not_now(format!(
                "办件现在是“{}”，不能进行这一步",
                case.state.label()
            )));
        }
        Ok(tx.append(actor, case.id, vec![event], self.clock.now())?)
    }

    /// 出具一次性告知书. Where the notice comes too late by the matter's rule, the case counts as
    /// accepted from the day of receipt instead (行政许可法 第32条第四项). Cases that were filed
    /// together get one notice.
    ///
    /// # Errors
    /// `date-before-filing`, `not-now`, [`DeskError::Document`].
    pub fn give_notice(&self, id: &str, on: Option<&str>) -> Result<CaseView, DeskError> {
        let on = self.day(on)?;
        self.step(id, |tx, pinned, case, actor| {
            if on < case.filed_on {
                let message = "告知日期早于收件日期，请核对";
                return Err(Refusal::new(RefusalCode::DateBeforeFiling, "on", message).into());
            }
            let notice = |case: &Case, matter: &Matter| {
                let calendar = pinned.calendar;
                if determination::is_deemed_accepted(matter, calendar, case.filed_on, on) {
                    return EventBody::DeemedAccepted {
                        on: case.filed_on,
                        due: bundle::due(case.bundle.as_ref(), matter, calendar, case.filed_on),
                        noticed_on: on,
                    };
                }
                EventBody::NoticeGiven { on, listed: case.listed.clone() }
            };
            self.step_together(tx, pinned, (case, actor), on, notice, |case| {
                match case.state == CaseState::NoticeGiven {
                    true => vec![DocumentKind::OneTimeNotice],
                    false => acceptance_papers(case),
                }
            })
        })
    }

    /// 登记补正: materials arrived that the notice listed, or that the review asked for. What was
    /// asked for once for several cases has arrived in all of them.
    ///
    /// # Errors
    /// `date-before-notice`, `not-in-notice`, `not-now`.
    pub fn record_supplement(
        &self,
        id: &str,
        on: Option<&str>,
        ids: &[MaterialId],
    ) -> Result<CaseView, DeskError> {
        let on = self.day(on)?;
        self.step(id, |tx, pinned, case, actor| {
            if ids.is_empty() {
                let message = "请至少勾选一份补交的材料";
                return Err(Refusal::new(RefusalCode::NotInNotice, "ids", message).into());
            }
            let arrived = |case: &Case, ids: Vec<MaterialId>| {
                let awaited = case.awaited();
                let since = awaited.since.unwrap_or(case.filed_on);
                let supplement = Supplement { on, ids };
                check_supplement(&supplement, since, &awaited.asked, ("on", "ids"))?;
                Ok::<_, Refusal>(EventBody::Supplemented { on, ids: supplement.ids })
            };
            let event = arrived(&case, ids.to_vec())?;
            let together = self.together(tx, pinned, case.clone())?;
            self.append(tx, &case, actor, event)?;
            for (other, _) in together.cases().filter(|(other, _)| other.id != case.id) {
                let mut ids = together.same(&case, ids, other);
                let open = other.awaited().open;
                ids.retain(|id| open.contains(id));
                // What a reviewer asked for is that department's own question, and where it does
                // not fit otherwise, that case is not waiting for it in the same way.
                let awaited = case.awaited().of;
                let alike = other.awaited().of == awaited && awaited != AwaitedFor::Review;
                if alike
                    && !ids.is_empty()
                    && let Ok(event) = arrived(other, ids)
                    && other.next_state(&event).is_some()
                {
                    self.append(tx, other, actor, event)?;
                }
            }
            Ok(())
        })
    }

    /// 受理, once everything in the notice arrived: on the day the last of it did. Cases that were
    /// filed together and have everything are accepted together.
    ///
    /// # Errors
    /// `not-now`, [`DeskError::Document`].
    pub fn accept(&self, id: &str, on: Option<&str>) -> Result<CaseView, DeskError> {
        let issued_on = self.day(on)?;
        self.step(id, |tx, pinned, case, actor| {
            let accepted = |case: &Case, matter: &Matter| {
                let last = case.arrived.iter().map(|a| a.on).max();
                let on = last.unwrap_or(case.filed_on);
                EventBody::Accepted {
                    on,
                    due: bundle::due(case.bundle.as_ref(), matter, pinned.calendar, on),
                    deferred: case.with_check(Check::Deferred),
                }
            };
            self.step_together(tx, pinned, (case, actor), issued_on, accepted, acceptance_papers)
        })
    }

    /// Takes a step in a case, and in those that were filed together with it and stand where it
    /// stands, and makes their papers.
    fn step_together(
        &self,
        tx: &Tx<'_>,
        pinned: &Pinned<'_>,
        (case, actor): (Case, &Actor),
        on: Date,
        event: impl Fn(&Case, &Matter) -> EventBody,
        papers: impl Fn(&Case) -> Vec<DocumentKind>,
    ) -> Result<(), DeskError> {
        let (id, state) = (case.id, case.state);
        let together = self.together(tx, pinned, case)?;
        let mut after = Vec::new();
        for (case, matter) in together.cases() {
            let event = event(case, matter);
            let fits = case.state == state && case.next_state(&event).is_some();
            if case.id == id || fits {
                after.push(self.append(tx, case, actor, event)?);
            }
        }
        let owed: Vec<_> = after.iter().map(papers).collect();
        self.issue_together(tx, &together.after(after)?, actor, on, &owed)
    }

    /// 撤回, at the applicant's wish. The number stays used.
    ///
    /// # Errors
    /// `not-now`; a reason is needed.
    pub fn withdraw(&self, id: &str, reason: &str) -> Result<CaseView, DeskError> {
        let reason = ink::words("reason", reason)?;
        let on = self.clock.today();
        self.step(id, |tx, _, case, actor| {
            if reason.is_empty() {
                let message = "请填写撤回的原因";
                return Err(Refusal::new(RefusalCode::NotAllowed, "reason", message).into());
            }
            too_long("reason", &reason, LONGEST_REASON)?;
            self.append(tx, &case, actor, EventBody::Withdrawn { reason, on }).map(|_| ())
        })
    }
}

fn acceptance_papers(case: &Case) -> Vec<DocumentKind> {
    acceptance_documents(&case.with_check(Check::Deferred), &case.with_check(Check::Committed))
}
