//! 出件: giving the result of a case to whoever may have it, with the papers that prove it.

use yichuang_domain::case::Case;
use yichuang_domain::case::event::EventBody;
use yichuang_domain::handover::{self, HandoverFacts, HandoverInput};
use yichuang_domain::particulars::Particulars;
use yichuang_domain::{Refusal, RefusalCode};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::papers::Issue;
use crate::view::{AlsoWaiting, CaseView, OfferedHandover};

/// What goes with a handover beside what was typed.
#[derive(Clone, Debug, Default)]
pub struct HandoverBeside {
    /// By which the receiver was asked to sign on a screen; none where they sign on paper.
    pub signature: Option<String>,
    /// Cases filed together with it whose results go out at the same time, by their ids.
    pub also: Vec<String>,
}

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
            also: self.also_waiting(&case)?,
            roles: handover::roles(&case, matter),
            deliveries: matter.result.delivery.clone(),
            deliver_by: deliver_by.to_string(),
            late: deliver_by < self.clock.today(),
        })
    }

    /// Those filed together with a case whose results wait in this window's hands, too.
    fn also_waiting(&self, case: &Case) -> Result<Vec<AlsoWaiting>, DeskError> {
        let mut also = Vec::new();
        for linked in self.linked_cases(case)? {
            let found = linked.id.as_deref().map(|id| self.store.case(id)).transpose()?.flatten();
            let waits = |other: &Case| handover::waits(other) && other.held_by() == case.held_by();
            if let Some(other) = found.filter(waits) {
                also.push(AlsoWaiting {
                    id: other.id.to_string(),
                    number: other.number.to_string(),
                    matter_name: other.matter.name,
                });
            }
        }
        Ok(also)
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
        self.hand_over_with(id, input, on, &HandoverBeside::default())
    }

    /// 出件 as before, where the receiver may have signed on a screen, and may take the results of
    /// what was filed together with it along: all of them, each with its papers, or none.
    ///
    /// # Errors
    /// As before, of any of them; `not-now` at `signature` where nothing was signed for exactly
    /// this handover: who takes several signs on paper; `not-now` at `also` for a case that was not
    /// filed together with it or is in other hands.
    pub fn hand_over_with(
        &self,
        id: &str,
        input: &HandoverInput,
        on: Option<&str>,
        beside: &HandoverBeside,
    ) -> Result<CaseView, DeskError> {
        let on = self.day(on)?;
        if beside.signature.is_some() && !beside.also.is_empty() {
            let message = "几件一并出件，请领取人在纸上签字";
            return Err(Refusal::new(RefusalCode::NotNow, "signature", message).into());
        }
        let view = self.step(id, |tx, pinned, case, actor| {
            let own = case.id;
            let together = self.together(tx, pinned, case)?;
            let taken = |case: &Case| {
                let named = |id: &String| *id == case.id.to_string();
                case.id == own || beside.also.iter().any(named)
            };
            let taken: Vec<_> = together.cases().filter(|(case, _)| taken(case)).collect();
            let wanted = beside.also.iter().filter(|id| **id != own.to_string()).count() + 1;
            if taken.len() != wanted {
                let message = "要一并出件的办件不在本窗口手里，请重新打开";
                return Err(Refusal::new(RefusalCode::NotNow, "also", message).into());
            }
            // What is wrong with what was typed is wrong of every case: it stands at its own field.
            if let Some((case, matter)) = taken.iter().find(|(case, _)| case.id == own) {
                handover::prepare(input, case, matter, on)?;
            }
            for (case, matter) in taken {
                let prepared = handover::prepare(input, case, matter, on);
                let mut event = prepared.map_err(|refusal| match case.id == own {
                    true => refusal,
                    false => of_another(refusal, &matter.name),
                })?;
                let facts = facts_of(&event)?.clone();
                let token = beside.signature.as_deref();
                let signed = token.map(|token| self.signed_for(token, (own, on, &facts), actor));
                let signed = signed.transpose()?;
                if let EventBody::HandedOver { signature, .. } = &mut event {
                    signature.clone_from(&signed);
                }
                let papers = handover::papers(&facts);
                let particulars = Particulars::Handover { on, facts, signature: signed };
                let case = self.append(tx, case, actor, event)?;
                let guide = pinned.guide;
                let issue = Issue { guide, matter, actor, on, particulars: &particulars };
                self.issue(tx, &issue, case, papers)?;
            }
            Ok(())
        })?;
        // Whatever was signed for this case is on record now, or was not wanted.
        self.forget_signing(id);
        Ok(view)
    }
}

/// What is refused of a case that was to go along: which one, and that it can be left.
fn of_another(refusal: Refusal, matter: &str) -> Refusal {
    let message = format!("{matter}：{}；可以不勾选，另行出件", refusal.message);
    Refusal::new(refusal.code, "also", message)
}

/// What a prepared handover says of receiver and way.
pub(crate) fn facts_of(event: &EventBody) -> Result<&HandoverFacts, DeskError> {
    match event {
        EventBody::HandedOver { facts: Some(facts), .. } => Ok(facts),
        _ => Err(DeskError::not_now("这件办件没有待出件的结果")),
    }
}
