//! The roster's part of a sync: which devices there are. It comes after the papers and fails no
//! sync: a window without a new roster judges by the one it has, and says how old that is.

use jiff::Timestamp;
use yichuang_domain::case::event::Hash;
use yichuang_protocol::roster::{self, BadRoster, PATH, RosterReply, RosterRequest};
use yichuang_protocol::{FaultCode, Roster, SignedText};
use yichuang_storage::{StorageError, StoredRoster};

use crate::books::Books;
use crate::error::SyncError;
use crate::line::ask_in_session;
use crate::run::Exchange;
use crate::trust::replaces;

/// Why the hub's roster was not kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RosterError {
    /// It proves nothing.
    #[error(transparent)]
    Bad(#[from] BadRoster),
    /// It is older than the one that is here.
    #[error("大厅中心给出的设备名册比本机的还旧")]
    Older,
    /// The exchange failed.
    #[error(transparent)]
    Exchange(#[from] SyncError),
}

impl From<StorageError> for RosterError {
    fn from(error: StorageError) -> Self {
        Self::Exchange(error.into())
    }
}

impl RosterError {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Bad(BadRoster::Untrusted) => "roster-untrusted",
            Self::Bad(_) => "roster-damaged",
            Self::Older => "roster-older",
            Self::Exchange(error) => error.code(),
        }
    }
}

impl Exchange<'_> {
    /// Fetches the roster and reports what went wrong with it, if anything did.
    pub(crate) fn bring_roster(&mut self, now: Timestamp) {
        let trouble = match self.try_roster(now) {
            Ok(()) => None,
            // A hub of before there were rosters.
            Err(RosterError::Exchange(SyncError::Refused { code, .. }))
                if code == FaultCode::NotFound.as_str() =>
            {
                None
            }
            Err(error) => {
                tracing::warn!(code = error.code(), "the roster of devices was not taken");
                Some(error.code())
            }
        };
        self.books.report.roster_trouble = trouble;
    }

    fn try_roster(&self, now: Timestamp) -> Result<(), RosterError> {
        self.go_on()?;
        let have = self.books.roster_digest()?;
        let reply: RosterReply =
            ask_in_session(self.line, PATH, &self.token, &RosterRequest { have })?;
        self.books.keep_roster(reply, now)
    }
}

impl Books<'_> {
    /// The roster that is here. What no longer proves itself counts as none, and is fetched anew.
    fn kept_roster(&self) -> Result<Option<(Roster, String)>, StorageError> {
        Ok(self.store.roster()?.and_then(|here| {
            let signed = SignedText { text: here.statement, signature: here.signature };
            Some((Roster::open(&self.trusted.key, &signed, &here.list).ok()?, here.list))
        }))
    }

    /// The digest of the roster that is here.
    ///
    /// # Errors
    /// The storage's.
    pub(crate) fn roster_digest(&self) -> Result<Option<Hash>, StorageError> {
        Ok(self.kept_roster()?.map(|(kept, _)| kept.digest))
    }

    /// Keeps a roster, if this hub signed it and it may replace the one that is here.
    ///
    /// # Errors
    /// [`RosterError`].
    pub(crate) fn keep_roster(
        &self,
        reply: RosterReply,
        now: Timestamp,
    ) -> Result<(), RosterError> {
        let key = &self.trusted.key;
        let kept = self.kept_roster()?;
        let said = roster::statement(key, &reply.statement)?;
        if kept.as_ref().is_some_and(|(kept, _)| !replaces(said.as_of, kept.as_of, now)) {
            return Err(RosterError::Older);
        }
        let list = reply.list.or(kept.map(|(_, list)| list)).ok_or(BadRoster::OtherList)?;
        Roster::open(key, &reply.statement, &list)?;
        let SignedText { text: statement, signature } = reply.statement;
        self.store.keep_roster(&StoredRoster { statement, signature, list })?;
        Ok(())
    }
}
