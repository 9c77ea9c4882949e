//! The list of 帮您办 that the station shares, as part of a sync: what this window lacks of the hub's
//! list comes, what that lacks goes there. It comes after the papers and fails no sync: what did not
//! arrive counts as unsent, and goes with the next.

use yichuang_domain::ledger::LedgerKind;
use yichuang_domain::ledger::shared::BrokenHelp;
use yichuang_protocol::help::{
    HELP_RECORDS, HelpReply, HelpRequest, PATH, SentHelp, chained, check_voucher, help_len,
};
use yichuang_protocol::{FaultCode, Position};
use yichuang_storage::ListedHelp;

use crate::books::Books;
use crate::error::SyncError;
use crate::line::ask_in_session;
use crate::run::Exchange;
use crate::trust::tidy;

impl Exchange<'_> {
    /// Exchanges the list, and reports what went wrong with it, if anything did.
    pub(crate) fn bring_help(&mut self) {
        let trouble = match self.try_help() {
            Ok(()) => None,
            // A hub of before there was such a list: what is unsent waits.
            Err(SyncError::Refused { code, .. }) if code == FaultCode::NotFound.as_str() => None,
            Err(error) => {
                tracing::warn!(code = error.code(), "the list of 帮您办 was not exchanged");
                Some(error.code())
            }
        };
        self.books.report.help_trouble = trouble;
    }

    fn try_help(&self) -> Result<(), SyncError> {
        // First what is there: only then it is known what the hub lacks, if it was put back.
        self.fetch_help()?;
        let mut more = false;
        for records in self.books.help_to_send()? {
            more = self.exchange_help(records)?;
        }
        if more { self.fetch_help() } else { Ok(()) }
    }

    fn fetch_help(&self) -> Result<(), SyncError> {
        while self.exchange_help(Vec::new())? {}
        Ok(())
    }

    /// Whether the hub has more.
    fn exchange_help(&self, records: Vec<SentHelp>) -> Result<bool, SyncError> {
        self.go_on()?;
        let after = self.books.help_end()?;
        let request = HelpRequest { after: after.clone(), records };
        let reply: HelpReply = ask_in_session(self.line, PATH, &self.token, &request)?;
        let bad = |what| SyncError::BadAnswer { step: PATH, what };
        if reply.asked != after {
            return Err(bad("答的不是所问的位置"));
        }
        if reply.more && reply.records.is_empty() {
            return Err(bad("说还有记录却没有给出"));
        }
        self.books.take_help(&reply)?;
        Ok(reply.more)
    }
}

impl Books<'_> {
    /// Up to where this window holds the hub's list.
    ///
    /// # Errors
    /// The storage's.
    pub(crate) fn help_end(&self) -> Result<Position, SyncError> {
        let end = self.store.help_end()?;
        Ok(end.map_or_else(Position::start, |(seq, head)| Position { seq, head }))
    }

    /// What the hub's list lacks, in messages of what they may hold.
    ///
    /// # Errors
    /// The storage's.
    pub(crate) fn help_to_send(&self) -> Result<Vec<Vec<SentHelp>>, SyncError> {
        let mut waiting: Vec<SentHelp> = Vec::new();
        for unlisted in self.store.unlisted_help()? {
            let (sealed, signature) = (unlisted.sealed, unlisted.signature);
            waiting.push(SentHelp { text: sealed.text, hash: sealed.hash, signature });
        }
        let mut messages = Vec::new();
        while !waiting.is_empty() {
            let rest = waiting.split_off(help_len(waiting.iter().map(|sent| sent.text.len())));
            messages.push(std::mem::replace(&mut waiting, rest));
        }
        Ok(messages)
    }

    /// Takes in what the hub says of its list. An answer to what this window no longer holds, as a
    /// stick brings it, adds what is new in it.
    ///
    /// # Errors
    /// `bad-hub-answer`; `unknown-event` for what only a newer program knows. Nothing is kept then.
    pub(crate) fn take_help(&self, reply: &HelpReply) -> Result<(), SyncError> {
        let listed = self.opened(reply)?;
        for refused in &reply.refused {
            let (code, message) = (tidy(&refused.code), tidy(&refused.message));
            self.store.refuse_help(&refused.hash, &code, &message)?;
        }
        let own = self.help_end()?;
        if reply.from != reply.asked {
            // The hub has another list than this window: it was put back to a backup.
            if reply.from != Position::start() {
                return Err(SyncError::BadAnswer { step: PATH, what: "帮您办清单不连续" });
            }
            if reply.asked == own {
                tracing::warn!(held = own.seq, "the hub has another list of 帮您办: given back");
                self.store.take_help(true, &listed)?;
            }
            return Ok(());
        }
        if reply.from == own {
            return Ok(self.store.take_help(false, &listed)?);
        }
        let here = listed.iter().position(|new| new.place == own.seq && new.head == own.head);
        if let Some(new) = here.and_then(|at| listed.get(at + 1..)) {
            self.store.take_help(false, new)?;
        }
        Ok(())
    }

    /// The records of an answer, if the hub took each into the list of this station.
    fn opened(&self, reply: &HelpReply) -> Result<Vec<ListedHelp>, SyncError> {
        let bad = |what| SyncError::BadAnswer { step: PATH, what };
        if reply.records.len() > HELP_RECORDS {
            return Err(bad("记录过多"));
        }
        let enrolment = self.store.enrolment()?.ok_or(SyncError::NotEnrolled)?;
        let station = (enrolment.region.as_str(), enrolment.station.as_str());
        let mut at = reply.from.clone();
        let mut listed = Vec::with_capacity(reply.records.len());
        for signed in &reply.records {
            let sealed = signed.sealed();
            let record = sealed.open().map_err(|broken| match broken {
                BrokenHelp::Unreadable => SyncError::UnknownEvent,
                BrokenHelp::HashMismatch => bad("记录与其摘要不符"),
                BrokenHelp::TooLong => bad("记录过长"),
            })?;
            let word = (sealed.hash.as_str(), signed.signature.as_str());
            if check_voucher(&self.trusted.key, station, word).is_err() {
                return Err(bad("记录没有大厅中心的签名"));
            }
            if record.registers().is_some_and(|kind| kind != LedgerKind::Assistance) {
                return Err(bad("记录不属于帮您办"));
            }
            at = chained(&at, &sealed.hash);
            let (place, head) = (at.seq, at.head.clone());
            let signature = signed.signature.clone();
            listed.push(ListedHelp { record, sealed, place, head, signature });
        }
        Ok(listed)
    }
}
