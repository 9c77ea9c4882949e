//! The policy's part of a sync: how long this station may be away, and when it last was not. It
//! fails no sync: a window without a new policy goes by the one it has.

use jiff::{SignedDuration, Timestamp};
use yichuang_protocol::policy::{
    PATH, PolicyReply, PolicyRequest, PolicyStatement, UntrustedPolicy, statement,
};
use yichuang_protocol::{FaultCode, SignedText};
use yichuang_storage::{Enrolment, StorageError, StoredPolicy};

use crate::books::Books;
use crate::error::SyncError;
use crate::line::ask_in_session;
use crate::run::Exchange;
use crate::trust::replaces;

/// Why the hub's policy was not kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PolicyError {
    /// It proves nothing.
    #[error(transparent)]
    Untrusted(#[from] UntrustedPolicy),
    /// It is older than the one that is here.
    #[error("大厅中心给出的离网管理办法比本机的还旧")]
    Older,
    /// The exchange failed.
    #[error(transparent)]
    Exchange(#[from] SyncError),
}

impl From<StorageError> for PolicyError {
    fn from(error: StorageError) -> Self {
        Self::Exchange(error.into())
    }
}

impl Exchange<'_> {
    /// Notes that hub and window have exchanged what they had, by the hub's clock.
    ///
    /// # Errors
    /// The storage's.
    pub(crate) fn note_exchange(&self, now: Timestamp) -> Result<(), SyncError> {
        let skew = SignedDuration::from_millis(self.books.report.clock_skew);
        // A clock that is beyond all time is none: the next exchange tells.
        if let Ok(at) = now.checked_sub(skew) {
            self.books.store.note_exchange(at)?;
        }
        Ok(())
    }

    /// Fetches the policy of this window's station.
    pub(crate) fn bring_policy(&mut self, now: Timestamp) {
        match self.try_policy(now) {
            Ok(()) => {}
            // A hub of before there were policies.
            Err(PolicyError::Exchange(SyncError::Refused { code, .. }))
                if code == FaultCode::NotFound.as_str() => {}
            Err(error) => tracing::warn!(%error, "the policy of the station was not taken"),
        }
    }

    fn try_policy(&self, now: Timestamp) -> Result<(), PolicyError> {
        self.go_on()?;
        let reply = ask_in_session(self.line, PATH, &self.token, &PolicyRequest {})?;
        self.books.keep_policy(reply, now)
    }
}

impl Books<'_> {
    /// Keeps a policy, if this hub signed it for this station and it may replace the one that is
    /// here.
    ///
    /// # Errors
    /// [`PolicyError`].
    pub(crate) fn keep_policy(
        &self,
        reply: PolicyReply,
        now: Timestamp,
    ) -> Result<(), PolicyError> {
        let enrolment = self.store.enrolment()?.ok_or(SyncError::NotEnrolled)?;
        let said = self.proven(&enrolment, &reply.statement)?;
        let kept = self.store.away_policy()?.and_then(|kept| {
            let signed = SignedText { text: kept.statement, signature: kept.signature };
            // What no longer proves itself counts as none.
            self.proven(&enrolment, &signed).ok()
        });
        if kept.as_ref().is_some_and(|kept| !replaces(said.as_of, kept.as_of, now)) {
            return Err(PolicyError::Older);
        }
        let SignedText { text: statement, signature } = reply.statement;
        self.store.keep_away_policy(&StoredPolicy { statement, signature })?;
        Ok(())
    }

    fn proven(
        &self,
        enrolment: &Enrolment,
        signed: &SignedText,
    ) -> Result<PolicyStatement, UntrustedPolicy> {
        statement(&self.trusted.key, (&enrolment.region, &enrolment.station), signed)
    }
}
