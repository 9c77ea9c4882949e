//! 更正: puts right what a case says of who applies, in every case that was filed together with it,
//! and makes the papers that say so anew. What was printed before stays in the archive.

use jiff::civil::Date;
use yichuang_domain::case::{EventBody, Parties};
use yichuang_domain::correction::{self, CorrectionInput};
use yichuang_storage::Tx;

use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::CaseView;

/// Offers the next time what is right, and no longer what was not.
fn remember(
    tx: &Tx<'_>,
    was: &Parties,
    now: &Parties,
    on: Date,
    matter_name: &str,
) -> Result<(), DeskError> {
    if let (Some(was), Some(now)) = (&was.agent, &now.agent)
        && was != now
    {
        tx.forget_party(was)?;
        tx.keep_party(None, now, on, matter_name)?;
    }
    if was.applicant != now.applicant {
        tx.forget_party(&was.applicant.party)?;
        tx.keep_party(Some(now.applicant.kind), &now.applicant.party, on, matter_name)?;
    }
    Ok(())
}

impl Desk {
    /// Corrects who applies, as somebody saw them. Cases of one bundle that say the same of them, and
    /// are in hand here, are corrected together.
    ///
    /// # Errors
    /// [`DeskError::Stale`] where they were corrected since; as [`correction::prepare`]; `not-now`; [`DeskError::Document`] where a paper can't be made,
    /// and then nothing was corrected.
    pub fn correct_parties(
        &self,
        id: &str,
        input: &CorrectionInput,
        seen: &Parties,
    ) -> Result<CaseView, DeskError> {
        let on = self.clock.today();
        self.step(id, |tx, pinned, case, actor| {
            let was = case.parties();
            if was != *seen {
                return Err(DeskError::Stale);
            }
            let together = self.together(tx, pinned, case)?;
            let mut after = Vec::new();
            for (case, matter) in together.cases() {
                let own = case.id.to_string() == id;
                // Of a bundle, one may apply as a person here and as their business there.
                let now = case.parties();
                let same = now.applicant.party == was.applicant.party && now.agent == was.agent;
                // Where it would not apply, what else that matter minds is no obstacle here.
                let probe = EventBody::PartiesCorrected {
                    was: now.clone(),
                    now,
                    on,
                    reason: String::new(),
                };
                if !same || (!own && case.next_state(&probe).is_none()) {
                    continue;
                }
                let event = correction::prepare(case, matter, input, on)?;
                after.push(self.append(tx, case, actor, event)?);
            }
            let owed: Vec<_> = after.iter().map(correction::papers).collect();
            let papers = together.after(after)?;
            self.issue_together(tx, &papers, actor, on, &owed)?;
            let Some((case, matter)) = papers.cases().next() else { return Ok(()) };
            remember(tx, &was, &case.parties(), on, &matter.name)
        })
    }
}
