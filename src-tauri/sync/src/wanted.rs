//! Cases of other windows that this one asks for (接办): what is asked, and what is noted of the
//! answer. A case that is given comes with the events of the hub's log.

use yichuang_protocol::FaultCode;
use yichuang_protocol::transfer::{
    PATH, TransferOutcome, TransferReply, TransferRequest, WANTED, Wanted,
};

use crate::books::Books;
use crate::error::SyncError;
use crate::line::ask_in_session;
use crate::run::Exchange;
use crate::trust::tidy;

impl Exchange<'_> {
    /// Asks for the cases that are wanted here and were not refused.
    ///
    /// # Errors
    /// [`SyncError`].
    pub(crate) fn ask_for_cases(&mut self) -> Result<(), SyncError> {
        let Some(request) = self.books.wanted()? else { return Ok(()) };
        match ask_in_session(self.line, PATH, &self.token, &request) {
            Ok(reply) => self.books.note_transfers(&request, &reply),
            // A hub of before there were transfers: they wait until it is upgraded.
            Err(SyncError::Refused { code, .. }) if code == FaultCode::NotFound.as_str() => {
                tracing::warn!("the hub knows no transfers yet");
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

impl Books<'_> {
    /// The request for what is wanted here; none where nothing is.
    ///
    /// # Errors
    /// The storage's.
    pub(crate) fn wanted(&self) -> Result<Option<TransferRequest>, SyncError> {
        let open = self.store.wanted_cases()?.into_iter().filter(|case| case.refused.is_none());
        let wanted: Vec<Wanted> = open
            .take(WANTED)
            .map(|case| Wanted { number: case.number, reason: case.reason, actor: case.actor })
            .collect();
        Ok((!wanted.is_empty()).then_some(TransferRequest { wanted }))
    }

    /// Notes what the hub refused of what was asked.
    ///
    /// # Errors
    /// The storage's.
    pub(crate) fn note_transfers(
        &self,
        asked: &TransferRequest,
        reply: &TransferReply,
    ) -> Result<(), SyncError> {
        for answer in &reply.answers {
            let TransferOutcome::Refused { code, message } = &answer.outcome else { continue };
            if asked.wanted.iter().any(|wanted| wanted.number == answer.number) {
                self.store.refuse_wanted(&answer.number, &tidy(code), &tidy(message))?;
            }
        }
        Ok(())
    }
}
