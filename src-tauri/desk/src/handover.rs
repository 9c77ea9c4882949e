//! 出件: giving the result of a case to whoever may have it, with the papers that prove it.

use yichuang_domain::case::event::EventBody;
use yichuang_domain::handover::{self, HandoverFacts, HandoverInput};
use yichuang_domain::particulars::Particulars;

use crate::desk::Desk;
use crate::error::DeskError;
use crate::papers::Issue;
use crate::view::{CaseView, OfferedHandover};

impl Desk {
    /// How the result of a case can be handed over now.
    ///
    /// # Errors
    /// [`DeskError::NotFound`], [`DeskError::NotSignedIn`]; `not-now` where nothing waits.
    pub fn offered_handover(&self, id: &str) -> Result<OfferedHandover, DeskError> {
        self.actor()?;
        let case = self.store.case(id)?.ok_or(DeskError::NotFound { what: "这件办件" })?;
        let decided = case.decision.as_ref().filter(|_| handover::waits(&case));
        let decided = decided.ok_or_else(|| DeskError::not_now("这件办件没有待出件的结果"))?;
        let guide = self.pinned_guide(&case.guide)?;
        let matter = guide.matter(&case.matter.code)?;
        let deliver_by = handover::deliver_by(decided.on, &self.guide()?.package.calendar).on;
        Ok(OfferedHandover {
            roles: handover::roles(&case, matter),
            deliveries: matter.result.delivery.clone(),
            deliver_by: deliver_by.to_string(),
            late: deliver_by < self.clock.today(),
        })
    }

    /// 出件, with the papers to sign on paper: a slip where somebody collects it, the 送达回证 in any
    /// case.
    ///
    /// # Errors
    /// The first fault of what was typed; `not-now`; [`DeskError::Document`].
    pub fn hand_over(
        &self,
        id: &str,
        input: &HandoverInput,
        on: Option<&str>,
    ) -> Result<CaseView, DeskError> {
        self.hand_over_signed(id, input, on, None)
    }

    /// 出件 as before, where the receiver may have signed on a screen: `signature` is the token of
    /// what they were asked.
    ///
    /// # Errors
    /// As before; `not-now` at `signature` where nothing was signed for exactly this handover.
    pub fn hand_over_signed(
        &self,
        id: &str,
        input: &HandoverInput,
        on: Option<&str>,
        signature: Option<&str>,
    ) -> Result<CaseView, DeskError> {
        let on = self.day(on)?;
        let view = self.step(id, |tx, pinned, case, actor| {
            let mut event = handover::prepare(input, &case, pinned.matter, on)?;
            let facts = facts_of(&event)?.clone();
            let signed =
                signature.map(|token| self.signed_for(token, (case.id, on, &facts), actor));
            let signed = signed.transpose()?;
            if let EventBody::HandedOver { signature, .. } = &mut event {
                signature.clone_from(&signed);
            }
            let papers = handover::papers(&facts);
            let particulars = Particulars::Handover { on, facts, signature: signed };
            let case = self.append(tx, &case, actor, event)?;
            let (guide, matter) = (pinned.guide, pinned.matter);
            let issue = Issue { guide, matter, actor, on, particulars: &particulars };
            self.issue(tx, &issue, case, papers)
        })?;
        // Whatever was signed for this case is on record now, or was not wanted.
        self.forget_signing(id);
        Ok(view)
    }
}

/// What a prepared handover says of receiver and way.
pub(crate) fn facts_of(event: &EventBody) -> Result<&HandoverFacts, DeskError> {
    match event {
        EventBody::HandedOver { facts: Some(facts), .. } => Ok(facts),
        _ => Err(DeskError::not_now("这件办件没有待出件的结果")),
    }
}
