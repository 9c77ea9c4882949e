//! 收件 of a bundle: one draft becomes a case for each of its matters, with one set of papers, in
//! one write.

use uuid::Uuid;
use yichuang_domain::bundle::{BundleRef, promise};
use yichuang_domain::determination::Determination;

use super::{Seen, Together, find, joint};
use crate::desk::Desk;
use crate::error::DeskError;
use crate::filing::{consequences, filed, keep_parties};
use crate::profile::number_source;
use crate::scans::announcements;
use crate::view::{CaseView, ProfileMode};

impl Desk {
    /// Files a draft of a bundle: a number and a case for every matter that is taken, their papers
    /// and the end of the draft, together or not at all. `confirmed` are the determinations that
    /// the clerk saw and agreed to, in the order of the bundle. Shows the leading case.
    ///
    /// # Errors
    /// As [`Desk::file_case`]; [`DeskError::Changed`] for a draft of one matter.
    pub fn file_bundle(
        &self,
        draft: &str,
        confirmed: &[Determination],
        notice_later: bool,
    ) -> Result<CaseView, DeskError> {
        let actor = self.actor()?;
        let guide = self.guide()?;
        let loaded = self.load_draft(draft)?;
        let chosen = loaded.bundle.ok_or(DeskError::Changed)?;
        let typed = self.as_of_now(loaded.intake)?;
        let bundle = find(&guide, &chosen.id)?;
        let joint = joint(&guide, bundle).taking(&chosen.taken);
        let examined = joint.examine(&guide.package.calendar, &Seen::of(&joint, &typed).intake)?;
        if !examined.parts.iter().map(|(_, e)| &e.determination).eq(confirmed) {
            return Err(DeskError::Changed);
        }
        let live = self.mode()? == ProfileMode::Live;
        let on_the_spot = examined.parts.iter().any(|(at, examined)| {
            let member = joint.members().get(*at);
            !examined.determination.listed.is_empty()
                && member.is_some_and(|matter| matter.supplement.days == 0)
        });
        if notice_later && live && on_the_spot {
            return Err(DeskError::not_now("其中有事项应当场一次性告知，不能先收件后告知"));
        }

        let had_scans = !self.store.draft_attachments(draft)?.is_empty();
        let at = self.clock.now();
        let lead = self.store.write(|tx| {
            let scans = tx.draft_attachments(draft)?;
            if !tx.remove_draft(draft)? {
                return Err(DeskError::DraftGone);
            }
            let source = number_source(tx, &guide.package.region.code)?;
            let mut numbers = Vec::with_capacity(examined.parts.len());
            for (_, part) in &examined.parts {
                numbers.push(tx.next_number(&source, part.filed_on)?);
            }
            let leads = examined.parts.iter().position(|(member, _)| *member == joint.lead());
            let taken = leads.and_then(|place| examined.parts.get(place));
            let limit = taken.filter(|(_, part)| part.determination.stopped.is_none());
            let limit = limit.and_then(|(member, _)| promise(joint.members().get(*member)?));
            let lead = numbers.get(leads.unwrap_or(0)).cloned().ok_or(super::NO_MATTER)?;
            let reference = BundleRef {
                id: bundle.id.clone(),
                name: bundle.name.clone(),
                lead: lead.clone(),
                cases: numbers.clone(),
                limit,
            };
            let mut cases = Vec::new();
            let mut papers = Vec::new();
            let mut filed_on = self.clock.today();
            let mut lead_id = Uuid::nil();
            for ((member, part), number) in examined.parts.into_iter().zip(numbers) {
                let matter = joint.members().get(member).ok_or(super::NO_MATTER)?;
                filed_on = part.filed_on;
                let id = Uuid::now_v7();
                if number == lead {
                    lead_id = id;
                }
                let (steps, kinds) = consequences(&part.determination, filed_on, notice_later);
                let there = scans.iter().flat_map(|scan| {
                    let ids = joint.ids_there(member, std::slice::from_ref(&scan.material));
                    ids.map(|id| yichuang_storage::DraftAttachment {
                        material: id.clone(),
                        announced: scan.announced.clone(),
                    })
                    .collect::<Vec<_>>()
                });
                let scans = announcements(there.collect(), &part.materials);
                keep_parties(tx, &part, &bundle.name)?;
                let practice = source.practice;
                let mut events =
                    vec![filed(&guide, matter, part, number, practice, Some(reference.clone()))?];
                events.extend(steps);
                events.extend(scans);
                cases.push(tx.append(&actor, id, events, at)?);
                papers.push(kinds);
            }
            let together = Together::of(&guide, joint, limit, cases)?;
            self.issue_together(tx, &together, &actor, filed_on, &papers)?;
            Ok::<_, DeskError>(lead_id)
        })?;
        if had_scans {
            self.drop_scans();
        }
        self.case(&lead.to_string())
    }
}
