//! 收件: a draft becomes a case, with its number, its determination and its papers, in one write.

use uuid::Uuid;
use yichuang_domain::bundle::BundleRef;
use yichuang_domain::case::EventBody;
use yichuang_domain::case::event::MatterRef;
use yichuang_domain::checklist;
use yichuang_domain::determination::{Determination, Outcome};
use yichuang_domain::document::DocumentKind;
use yichuang_domain::intake::{self, Examined};
use yichuang_domain::matter::Matter;
use yichuang_domain::particulars::Particulars;
use yichuang_storage::Tx;

use crate::assess::relevant;
use crate::desk::Desk;
use crate::error::DeskError;
use crate::guide::Guide;
use crate::papers::Issue;
use crate::profile::number_source;
use crate::scans::announcements;
use crate::view::{CaseView, ProfileMode};

impl Desk {
    /// Files a draft: number, events, papers and the end of the draft, together or not at all.
    /// `confirmed` is the determination that the clerk saw and agreed to. With `notice_later` a
    /// case that needs a one-time notice is only received now; the notice follows within its days.
    ///
    /// # Errors
    /// The first fault of the intake, `not-in-force` if the matter is not taken on the day of
    /// filing, whenever the draft was begun; [`DeskError::Changed`] if something else than `confirmed`
    /// follows by now; [`DeskError::DraftGone`] if the draft is gone; [`DeskError::Document`] if a
    /// paper can't be made, `no-glyph` with the character.
    pub fn file_case(
        &self,
        draft: &str,
        confirmed: &Determination,
        notice_later: bool,
    ) -> Result<CaseView, DeskError> {
        let actor = self.actor()?;
        let guide = self.guide()?;
        let loaded = self.load_draft(draft)?;
        if loaded.bundle.is_some() {
            // Something else follows from it than from one matter: it is filed whole.
            return Err(DeskError::Changed);
        }
        let typed = self.as_of_now(loaded.intake)?;
        let matter = guide.matter(&typed.matter)?;
        if notice_later && matter.supplement.days == 0 && self.mode()? == ProfileMode::Live {
            return Err(DeskError::not_now("本事项应当场一次性告知，不能先收件后告知"));
        }
        let walk = checklist::walk(matter, &typed.answers, typed.agent.is_some());
        let applicable = checklist::applicable(matter, &walk.answers);
        let examined =
            intake::examine(matter, &guide.package.calendar, &relevant(&typed, &applicable))?;
        if examined.determination != *confirmed {
            return Err(DeskError::Changed);
        }

        // Those of materials that do not apply after all are left behind.
        let had_scans = !self.store.draft_attachments(draft)?.is_empty();
        let id = Uuid::now_v7();
        let at = self.clock.now();
        let filed_on = examined.filed_on;
        let (steps, papers) = consequences(&examined.determination, filed_on, notice_later);
        self.store.write(|tx| {
            let scans = tx.draft_attachments(draft)?;
            if !tx.remove_draft(draft)? {
                return Err(DeskError::DraftGone);
            }
            let source = number_source(tx, &guide.package.region.code)?;
            let number = tx.next_number(&source, filed_on)?;
            let scans = announcements(scans, &examined.materials);
            keep_parties(tx, &examined, &matter.name)?;
            let mut events = vec![filed(&guide, matter, examined, number, source.practice, None)?];
            events.extend(steps);
            events.extend(scans);
            tx.bind_training_case(draft, &id.to_string(), at)?;
            let case = tx.append(&actor, id, events, at)?;
            let issue = Issue {
                guide: &guide,
                matter,
                actor: &actor,
                on: filed_on,
                particulars: &Particulars::None,
            };
            self.issue(tx, &issue, case, &papers)
        })?;
        if had_scans {
            self.drop_scans();
        }
        self.case(&id.to_string())
    }
}

/// Remembers who applied and who came, for the next time.
pub(crate) fn keep_parties(
    tx: &Tx<'_>,
    examined: &Examined,
    matter_name: &str,
) -> Result<(), DeskError> {
    let on = examined.filed_on;
    if let Some(agent) = &examined.agent {
        tx.keep_party(None, agent, on, matter_name)?;
    }
    let applicant = &examined.applicant;
    Ok(tx.keep_party(Some(applicant.kind), &applicant.party, on, matter_name)?)
}

pub(crate) fn filed(
    guide: &Guide,
    matter: &Matter,
    examined: Examined,
    number: yichuang_domain::numbering::CaseNumber,
    practice: bool,
    bundle: Option<BundleRef>,
) -> Result<EventBody, DeskError> {
    Ok(EventBody::Filed {
        number,
        matter: MatterRef {
            code: matter.code.clone(),
            name: matter.name.clone(),
            department: guide.department(matter)?.name.clone(),
        },
        guide: guide.reference(),
        filed_on: examined.filed_on,
        applicant: examined.applicant,
        agent: examined.agent,
        answers: examined.answers,
        materials: examined.materials,
        listed: examined.determination.listed,
        notify_by: examined.determination.notify_by,
        practice,
        bundle,
    })
}

/// What follows the filing on the same day: the events, and the papers.
pub(crate) fn consequences(
    determination: &Determination,
    filed_on: jiff::civil::Date,
    notice_later: bool,
) -> (Vec<EventBody>, Vec<DocumentKind>) {
    let papers = determination.documents.clone();
    if let Some(stopped) = &determination.stopped {
        return (vec![EventBody::Stopped { stopped: stopped.clone() }], papers);
    }
    match determination.outcome {
        Outcome::OneTimeNotice if notice_later => (Vec::new(), vec![DocumentKind::MaterialReceipt]),
        Outcome::OneTimeNotice => {
            let listed = determination.listed.clone();
            (vec![EventBody::NoticeGiven { on: filed_on, listed }], papers)
        }
        _ => {
            let accepted = EventBody::Accepted {
                on: filed_on,
                due: determination.due.clone(),
                deferred: determination.deferred.clone(),
            };
            (vec![accepted], papers)
        }
    }
}
