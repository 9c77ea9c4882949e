//! The desk at a glance: what waits, the most urgent first.

use std::collections::HashMap;

use yichuang_domain::case::CaseState;
use yichuang_storage::CaseQuery;

use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::{Queue, QueueView, Workbench};

/// How many cases of each queue the workbench has at most; the list of cases has all.
const LINES: u32 = 50;

/// Which cases wait for that.
pub(crate) fn waiting(queue: Queue) -> CaseQuery {
    use CaseState as S;
    let in_hand = CaseQuery { in_hand: true, ..CaseQuery::default() };
    let by_due =
        |states: &[S]| CaseQuery { states: states.to_vec(), by_due: true, ..in_hand.clone() };
    match queue {
        Queue::News => CaseQuery { news: true, ..in_hand },
        Queue::NoticeDue => by_due(&[S::Received]),
        Queue::SupplementWaiting => by_due(&[S::NoticeGiven, S::SupplementAsked]),
        Queue::ReadyToAccept => by_due(&[S::Supplemented]),
        Queue::UnderWay => by_due(&[
            S::Accepted,
            S::AcceptedDeferred,
            S::DeemedAccepted,
            S::InReview,
            S::ClockStopped,
        ]),
        Queue::Decided => by_due(&[S::Decided, S::ReadyForHandover]),
        Queue::Attention => CaseQuery { attention: true, ..CaseQuery::default() },
    }
}

impl Desk {
    /// The desk at a glance.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub fn workbench(&self) -> Result<Workbench, DeskError> {
        self.actor()?;
        let glance = |queue| {
            let query = CaseQuery { limit: LINES, ..waiting(queue) };
            let rows = self.case_rows(&query)?;
            let total = match u32::try_from(rows.len()) {
                Ok(all) if all < LINES => all,
                _ => self.store.count_cases(&query)?,
            };
            Ok::<_, DeskError>(QueueView { total, rows })
        };
        // In the order it came in: a clerk reads what is newest first.
        let order: HashMap<String, usize> =
            self.store.news()?.into_iter().zip(0..).map(|((id, _), at)| (id, at)).collect();
        let mut news = glance(Queue::News)?;
        news.rows.sort_by_key(|row| order.get(&row.id).copied());
        let filed_today = CaseQuery {
            filed_on: Some(self.clock.today()),
            filed_here: true,
            ..CaseQuery::default()
        };
        Ok(Workbench {
            drafts: self.drafts()?,
            news,
            notice_due: glance(Queue::NoticeDue)?,
            supplement_waiting: glance(Queue::SupplementWaiting)?,
            ready_to_accept: glance(Queue::ReadyToAccept)?,
            under_way: glance(Queue::UnderWay)?,
            decided: glance(Queue::Decided)?,
            attention: glance(Queue::Attention)?,
            ledgers: self.ledger_counts()?,
            filed_today: self.store.count_cases(&filed_today)?,
        })
    }
}
