//! 开具文书: papers that the clerk asks for after the filing, and the acts that go with some of them.

use yichuang_domain::case::EventBody;
use yichuang_domain::issue::{self, PaperRequest};
use yichuang_domain::matter::{LimitUnit, MatterKind};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::papers::Issue;
use crate::view::{CaseView, OfferedPapers, OfferedProcedure};

impl Desk {
    /// The papers that a case can get now.
    ///
    /// # Errors
    /// [`DeskError::NotFound`], [`DeskError::NotSignedIn`].
    pub fn offered_papers(&self, id: &str) -> Result<OfferedPapers, DeskError> {
        self.actor()?;
        let case = self.store.case(id)?.ok_or(DeskError::NotFound { what: "这件办件" })?;
        let guide = self.pinned_guide(&case.guide)?;
        let matter = guide.matter(&case.matter.code)?;
        let procedures = matter.special_procedures.iter().map(|p| OfferedProcedure {
            name: p.kind.label().to_owned(),
            days: p.days,
            stops_clock: p.stops_clock,
        });
        let unit = case.due.as_ref().map(|due| issue::extension_unit(matter, due));
        // Practice chooses its day, so whatever can be got on some day is shown.
        let on = if self.mode()?.is_practice() { case.filed_on } else { self.clock.today() };
        Ok(OfferedPapers {
            kinds: issue::offered(&case, matter, on),
            procedures: procedures.collect(),
            extension_unit: unit.unwrap_or(LimitUnit::Workdays),
            longest_extension: match matter.kind {
                MatterKind::Licence => issue::LONGEST_LICENCE_EXTENSION,
                _ => issue::LONGEST_EXTENSION,
            },
            clock_stopped: case.clock_stopped_on.is_some(),
        })
    }

    /// Makes a paper on request, together with the act it tells of.
    ///
    /// # Errors
    /// `not-now`, `not-allowed`, `too-long`; [`DeskError::Document`].
    pub fn issue_paper(
        &self,
        id: &str,
        request: &PaperRequest,
        on: Option<&str>,
    ) -> Result<CaseView, DeskError> {
        let on = self.day(on)?;
        self.step(id, |tx, pinned, case, actor| {
            let prepared = issue::prepare(request, &case, pinned.matter, pinned.calendar, on)?;
            let case = match prepared.act {
                Some(act) => self.append(tx, &case, actor, act)?,
                None => case,
            };
            let particulars = &prepared.particulars;
            let (guide, matter) = (pinned.guide, pinned.matter);
            self.issue(
                tx,
                &Issue { guide, matter, actor, on, particulars },
                case,
                &[request.kind()],
            )
        })
    }

    /// 恢复计时: the special procedure is over, and the limit runs on.
    ///
    /// # Errors
    /// `not-now`.
    pub fn resume_clock(&self, id: &str, on: Option<&str>) -> Result<CaseView, DeskError> {
        let on = self.day(on)?;
        self.step(id, |tx, pinned, case, actor| {
            let since = case.clock_stopped_on.unwrap_or(on);
            if on < since {
                return Err(DeskError::not_now("恢复计时的日期早于停止计时的日期，请核对"));
            }
            let due =
                case.due.as_ref().map(|due| issue::resumed_due(due, pinned.calendar, since, on));
            self.append(tx, &case, actor, EventBody::ClockResumed { on, due }).map(|_| ())
        })
    }
}
