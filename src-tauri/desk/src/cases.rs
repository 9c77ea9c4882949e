//! Coming back to a case: lists, search, the case whole with its timeline.

use std::collections::HashMap;

use jiff::civil::Date;
use yichuang_domain::calendar::WorkCalendar;
use yichuang_domain::case::event::{Event, EventBody};
use yichuang_domain::case::words::{detail, title};
use yichuang_domain::case::{AwaitedFor, IssuedDocument};
use yichuang_domain::case::{Case, CaseState};
use yichuang_domain::checklist::{Check, CheckedMaterial};
use yichuang_domain::handover::deliver_by;
use yichuang_domain::urgency::Urgency;
use yichuang_storage::upstream::is_practice_origin;
use yichuang_storage::{CaseListRow, CaseQuery, Parked, PrintJobQuery};

use crate::conflicts::conflicts;
use crate::desk::Desk;
use crate::error::DeskError;
use crate::evaluation::services;
use crate::transfer::window_of;
use crate::view::{
    ActionView, CaseAction, CaseFilter, CasePage, CaseRow, CaseView, NoticeItem, PaperView,
    TimelineEntry, Upload,
};
use crate::workbench::waiting;

/// What the rows of a list need to say whether they were sent, and what presses.
pub(crate) struct UploadStates {
    /// This window at its hub; none where it joined none.
    window: Option<String>,
    /// The days at which the lights change, and the calendar they are counted by.
    urgency: Urgency,
    calendar: WorkCalendar,
    /// Up to where each log of this window was acknowledged; none where it joined no hub.
    acknowledged: HashMap<String, u64>,
    parked: HashMap<String, Parked>,
    news: HashMap<String, String>,
}

impl UploadStates {
    fn of(&self, row: &CaseListRow) -> Upload {
        if is_practice_origin(&row.origin) {
            return Upload::Local;
        }
        let Some(acknowledged) = self.acknowledged.get(&row.last_origin) else {
            // Nothing of it is this window's: the hub told of it.
            return if self.window.is_some() { Upload::Sent } else { Upload::Local };
        };
        match self.parked.get(&row.id) {
            Some(p) => Upload::Rejected {
                code: p.code.clone(),
                field: p.field.clone(),
                message: p.message.clone(),
            },
            None if row.last_seq > *acknowledged => Upload::Waiting,
            None => Upload::Sent,
        }
    }

    pub(crate) fn row(&self, row: CaseListRow) -> CaseRow {
        let state = CaseState::ALL.into_iter().find(|s| s.as_str() == row.state);
        let state = state.unwrap_or(CaseState::Received);
        let day = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<Date>().ok());
        let waits = matches!(state, CaseState::Decided | CaseState::ReadyForHandover);
        let decided_on = day(&row.decided_on).filter(|_| waits);
        let deliver_by = decided_on.map(|on| deliver_by(on, &self.calendar).on);
        let pressing = match state {
            CaseState::Received => day(&row.notify_by),
            _ => deliver_by.or_else(|| day(&row.due).filter(|_| state.clock_runs())),
        };
        CaseRow {
            upload: self.of(&row),
            news: self.news.get(&row.id).cloned(),
            id: row.id,
            number: row.number,
            state,
            matter_name: row.matter_name,
            applicant: row.applicant,
            filed_on: row.filed_on,
            due: row.due,
            due_estimated: row.due_estimated,
            notify_by: row.notify_by.filter(|_| state == CaseState::Received),
            deliver_by: deliver_by.map(|day| day.to_string()),
            light: pressing.map(|day| self.urgency.light(day)),
            conflict: row.conflicts > 0,
            elsewhere: self.window.as_deref().is_some_and(|own| own != row.holder)
                && !is_practice_origin(&row.origin),
        }
    }
}

impl Desk {
    pub(crate) fn upload_states(&self) -> Result<UploadStates, DeskError> {
        // The first refusal of a case is its reason; what was refused after it follows from it.
        let parked = self.store.parked()?.into_iter().rev();
        let calendar = self.work_calendar();
        Ok(UploadStates {
            urgency: Urgency::on(self.clock.today(), &calendar),
            calendar,
            window: self.store.enrolment()?.map(|enrolment| enrolment.origin),
            acknowledged: match self.store.enrolment()? {
                None => HashMap::new(),
                Some(_) => {
                    let logs = self.store.own_logs()?.into_iter();
                    logs.map(|own| (own.log, own.acknowledged)).collect()
                }
            },
            parked: parked.map(|p| (p.case.clone(), p)).collect(),
            news: self.store.news()?.into_iter().collect(),
        })
    }

    /// A page of cases.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub fn list_cases(&self, filter: CaseFilter) -> Result<CasePage, DeskError> {
        self.actor()?;
        let base = filter.queue.map(waiting).unwrap_or_default();
        let query = CaseQuery {
            text: filter.text,
            states: if filter.queue.is_some() { base.states.clone() } else { filter.states },
            unsent: filter.unsent,
            offset: filter.offset,
            limit: if filter.limit == 0 { 50 } else { filter.limit.min(500) },
            ..base
        };
        let total = self.store.count_cases(&query)?;
        Ok(CasePage { total, rows: self.case_rows(&query)? })
    }

    /// Notes that a clerk looks at a case: what the department did with it is no news any more.
    ///
    /// # Errors
    /// [`DeskError::NotFound`], [`DeskError::NotSignedIn`].
    pub fn seen_case(&self, id: &str) -> Result<(), DeskError> {
        self.actor()?;
        let case = self.store.case(id)?.ok_or(DeskError::NotFound { what: "这件办件" })?;
        Ok(self.store.write(|tx| tx.forget_news(case.id))?)
    }

    /// The lines of the cases that match. The command line asks with nobody signed in.
    ///
    /// # Errors
    /// [`DeskError::Storage`].
    pub fn case_rows(&self, query: &CaseQuery) -> Result<Vec<CaseRow>, DeskError> {
        let states = self.upload_states()?;
        Ok(self.store.list_cases(query)?.into_iter().map(|row| states.row(row)).collect())
    }

    /// A case, whole.
    ///
    /// # Errors
    /// [`DeskError::NotFound`], [`DeskError::NotSignedIn`].
    pub fn case(&self, id: &str) -> Result<CaseView, DeskError> {
        self.actor()?;
        let not_found = || DeskError::NotFound { what: "这件办件" };
        let case = self.store.case(id)?.ok_or_else(not_found)?;
        let row = self.store.case_row(id)?.ok_or_else(not_found)?;
        let events = self.store.case_events(case.id)?;
        let states = self.upload_states()?;
        let holder = match states.window.as_deref() {
            Some(own) if own != case.held_by() && !is_practice_origin(&case.origin) => {
                Some(holder_name(&case, &events))
            }
            _ => None,
        };
        let timeline = events.iter().map(|event| TimelineEntry {
            at: event.at.to_string(),
            title: title(&event.body).to_owned(),
            detail: detail(&case, &event.body),
            actor: event.actor.name.clone(),
            from_hub: event.origin.starts_with("hub"),
            sent: sent(event, &states),
        });
        Ok(CaseView {
            outcome: case.outcome(),
            notice_items: notice_items(&case),
            papers: case
                .documents
                .iter()
                .map(|document| self.paper_view(document))
                .collect::<Result<_, _>>()?,
            scans: self.scans_of(&case)?,
            timeline: timeline.collect(),
            actions: actions(&case, holder.as_deref()),
            holder,
            conflicts: conflicts(&case, &events),
            upload: states.of(&row),
            linked: self.linked_cases(&case)?,
            services: services(&case),
            due_explained: case.due.as_ref().map(|d| d.explain()),
            case: case.without_evaluations(),
        })
    }
}

impl Desk {
    fn paper_view(&self, document: &IssuedDocument) -> Result<PaperView, DeskError> {
        let number = document.number.to_string();
        let last =
            PrintJobQuery { number: Some(number.clone()), limit: 1, ..PrintJobQuery::default() };
        let job = self.store.print_jobs(&last)?.pop();
        Ok(PaperView {
            formal: document.formal.clone(),
            kind: document.kind,
            title: document.kind.title().to_owned(),
            issued_at: document.at.to_string(),
            printed: document.printed,
            outdated: document.outdated,
            archived: self.store.has_document(&number)?,
            job: job.map(|job| self.print_job_view(job)).transpose()?,
            given: self.store.given_papers(&number)?.pop().map(|given| given.way),
            number,
        })
    }
}

/// The window that has the case in hand, as people name it.
fn holder_name(case: &Case, events: &[Event]) -> String {
    match &case.holder {
        Some(holder) => holder.window.clone(),
        None => window_of(events, &case.origin).unwrap_or_else(|| case.number.device().to_owned()),
    }
}

fn sent(event: &Event, states: &UploadStates) -> bool {
    match states.acknowledged.get(&event.origin) {
        Some(acknowledged) => event.seq <= *acknowledged,
        // Of another log, and here: it came by the hub. Practice of before the window joined did not.
        None => states.window.is_some() && !is_practice_origin(&event.origin),
    }
}

/// What the applicant has to bring: for the review, of what was deferred, else for the notice.
fn notice_items(case: &Case) -> Vec<NoticeItem> {
    let awaited = case.awaited();
    let review = case.asked.last().filter(|_| awaited.of == AwaitedFor::Review);
    let arrived = review.map_or(&case.arrived, |asked| &asked.arrived);
    let mend = |id: &str| {
        let item = review?.items.iter().find(|item| item.id == id)?;
        Some(item.mend.clone())
    };
    let listed = case.materials.iter().filter(|m| awaited.asked.contains(&m.material.id));
    let item = |m: &CheckedMaterial| {
        let mend = mend(&m.material.id);
        NoticeItem {
            id: m.material.id.clone(),
            name: m.material.name.clone(),
            check: match mend {
                Some(_) => Check::Defective,
                None => m.check.unwrap_or(Check::Missing),
            },
            reason: mend.unwrap_or_else(|| m.reason.clone()),
            standard: m.material.standard.clone(),
            arrived_on: arrived.iter().find(|a| a.id == m.material.id).map(|a| a.on.to_string()),
        }
    };
    listed.map(item).collect()
}

/// Asks the state machine about each step; the words say what stands in the way. Where another
/// window has the case in hand, that does.
fn actions(case: &Case, holder: Option<&str>) -> Vec<ActionView> {
    let today = case.filed_on;
    let candidates = [
        (
            CaseAction::GiveNotice,
            EventBody::NoticeGiven { on: today, listed: case.listed.clone() },
            match case.notice_on {
                Some(_) => "已经告知过：一件办件只告知一次",
                None => "没有需要补正的材料",
            },
        ),
        (
            CaseAction::Supplement,
            EventBody::Supplemented {
                on: today,
                ids: case.awaited().open.into_iter().take(1).collect(),
            },
            "没有等待补正的材料",
        ),
        (
            CaseAction::Accept,
            EventBody::Accepted { on: today, due: None, deferred: Vec::new() },
            match (case.accepted_on, case.open_items().is_empty()) {
                (Some(_), _) => "已经受理",
                (None, true) => "办件已经有了结论",
                (None, false) => "告知书所列材料还没有补齐",
            },
        ),
        (
            CaseAction::HandOver,
            EventBody::HandedOver {
                receiver: String::new(),
                on: today,
                facts: None,
                signature: None,
            },
            match case.delivered {
                Some(_) => "结果已经出件",
                None => "还没有办结，没有可以出件的结果",
            },
        ),
        (
            CaseAction::Correct,
            EventBody::PartiesCorrected {
                was: case.parties(),
                now: case.parties(),
                on: today,
                reason: String::new(),
            },
            "结果已经出件或者办件已经结束，不能更正",
        ),
        (
            CaseAction::Withdraw,
            EventBody::Withdrawn { reason: String::new(), on: today },
            "办件已经办结，不能撤回",
        ),
    ];
    candidates
        .into_iter()
        .map(|(action, event, why)| {
            let arrived = action == CaseAction::Supplement && case.awaited().open.is_empty();
            let open = case.next_state(&event).is_some() && !arrived;
            let obstacle = match holder {
                Some(window) => Some(format!("现由{window}号窗口办理")),
                None => (!open).then(|| why.to_owned()),
            };
            ActionView { action, obstacle }
        })
        .collect()
}
