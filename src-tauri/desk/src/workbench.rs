//! The desk at a glance: what waits, the most urgent first.

use std::collections::HashMap;

use yichuang_domain::case::CaseState;
use yichuang_storage::CaseQuery;

use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::Workbench;

/// How many lines of each kind the workbench shows at most.
const LINES: u32 = 50;

impl Desk {
    /// The desk at a glance.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub fn workbench(&self) -> Result<Workbench, DeskError> {
        self.actor()?;
        let lines = |states: &[CaseState]| {
            self.case_rows(&CaseQuery {
                states: states.to_vec(),
                by_due: true,
                in_hand: true,
                limit: LINES,
                ..CaseQuery::default()
            })
        };
        // In the order it came in: a clerk reads what is newest first.
        let order: HashMap<String, usize> =
            self.store.news()?.into_iter().zip(0..).map(|((id, _), at)| (id, at)).collect();
        let mut news = self.case_rows(&CaseQuery {
            news: true,
            in_hand: true,
            limit: LINES,
            ..CaseQuery::default()
        })?;
        news.sort_by_key(|row| order.get(&row.id).copied());
        let filed_today = CaseQuery {
            filed_on: Some(self.clock.today()),
            filed_here: true,
            ..CaseQuery::default()
        };
        Ok(Workbench {
            drafts: self.drafts()?,
            news,
            notice_due: lines(&[CaseState::Received])?,
            supplement_waiting: lines(&[CaseState::NoticeGiven, CaseState::SupplementAsked])?,
            ready_to_accept: lines(&[CaseState::Supplemented])?,
            under_way: lines(&[
                CaseState::Accepted,
                CaseState::AcceptedDeferred,
                CaseState::DeemedAccepted,
                CaseState::InReview,
                CaseState::ClockStopped,
            ])?,
            decided: lines(&[CaseState::Decided, CaseState::ReadyForHandover])?,
            attention: self.case_rows(&CaseQuery {
                attention: true,
                limit: LINES,
                ..CaseQuery::default()
            })?,
            ledgers: self.ledger_counts()?,
            filed_today: self.store.count_cases(&filed_today)?,
        })
    }
}
