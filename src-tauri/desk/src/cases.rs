//! Coming back to a case: lists, search, the case whole with its timeline.

use std::collections::HashMap;

use yichuang_domain::calendar::chinese_date;
use yichuang_domain::case::event::{Decision, Event, EventBody};
use yichuang_domain::case::fold::IssuedDocument;
use yichuang_domain::case::{Case, CaseState};
use yichuang_domain::checklist::Check;
use yichuang_domain::printing::PrintProof;
use yichuang_storage::{CaseListRow, CaseQuery, Parked, PrintJobQuery};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::{
    ActionView, CaseAction, CaseFilter, CasePage, CaseRow, CaseView, NoticeItem, PaperView,
    TimelineEntry, Upload,
};

/// What the rows of a list need to say whether they were sent.
pub(crate) struct UploadStates {
    origin: Option<String>,
    acknowledged: u64,
    parked: HashMap<String, Parked>,
}

impl UploadStates {
    fn of(&self, row: &CaseListRow) -> Upload {
        if self.origin.as_deref() != Some(row.last_origin.as_str()) {
            return Upload::Local;
        }
        match self.parked.get(&row.id) {
            Some(p) => Upload::Rejected {
                code: p.code.clone(),
                field: p.field.clone(),
                message: p.message.clone(),
            },
            None if row.last_seq > self.acknowledged => Upload::Waiting,
            None => Upload::Sent,
        }
    }

    pub(crate) fn row(&self, row: CaseListRow) -> CaseRow {
        let state = CaseState::ALL.into_iter().find(|s| s.as_str() == row.state);
        let state = state.unwrap_or(CaseState::Received);
        CaseRow {
            upload: self.of(&row),
            id: row.id,
            number: row.number,
            state,
            matter_name: row.matter_name,
            applicant: row.applicant,
            filed_on: row.filed_on,
            due: row.due,
            due_estimated: row.due_estimated,
            notify_by: row.notify_by.filter(|_| state == CaseState::Received),
            conflict: row.conflicts > 0,
        }
    }
}

impl Desk {
    pub(crate) fn upload_states(&self) -> Result<UploadStates, DeskError> {
        // The first refusal of a case is its reason; what was refused after it follows from it.
        let parked = self.store.parked()?.into_iter().rev();
        Ok(UploadStates {
            origin: self.store.enrolment()?.map(|e| e.origin),
            acknowledged: self.store.sync_state()?.acknowledged_seq,
            parked: parked.map(|p| (p.case.clone(), p)).collect(),
        })
    }

    /// A page of cases.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub fn list_cases(&self, filter: CaseFilter) -> Result<CasePage, DeskError> {
        self.actor()?;
        let query = CaseQuery {
            text: filter.text,
            states: filter.states,
            unsent: filter.unsent,
            offset: filter.offset,
            limit: if filter.limit == 0 { 50 } else { filter.limit.min(500) },
            ..CaseQuery::default()
        };
        let total = self.store.count_cases(&query)?;
        Ok(CasePage { total, rows: self.case_rows(&query)? })
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
            actions: actions(&case),
            upload: states.of(&row),
            due_explained: case.due.as_ref().map(|d| d.explain()),
            case,
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
            job: job.map(|job| self.print_job_view(job)).transpose()?,
            given: self.store.given_papers(&number)?.pop().map(|given| given.way),
            number,
        })
    }
}

fn sent(event: &Event, states: &UploadStates) -> bool {
    match &states.origin {
        Some(own) if *own == event.origin => event.seq <= states.acknowledged,
        _ => event.origin.starts_with("hub"),
    }
}

fn notice_items(case: &Case) -> Vec<NoticeItem> {
    let listed = case.materials.iter().filter(|m| case.listed.contains(&m.material.id));
    listed
        .map(|m| NoticeItem {
            id: m.material.id.clone(),
            name: m.material.name.clone(),
            check: m.check.unwrap_or(Check::Missing),
            reason: m.reason.clone(),
            standard: m.material.standard.clone(),
            arrived_on: case
                .arrived
                .iter()
                .find(|a| a.id == m.material.id)
                .map(|a| a.on.to_string()),
        })
        .collect()
}

/// Asks the state machine about each step; the words say what stands in the way.
fn actions(case: &Case) -> Vec<ActionView> {
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
                ids: case.open_items().into_iter().take(1).cloned().collect(),
            },
            "没有等待补正的材料",
        ),
        (
            CaseAction::Accept,
            EventBody::Accepted { on: today, due: None, deferred: Vec::new() },
            match case.open_items().is_empty() {
                true => "办件已经有了结论",
                false => "告知书所列材料还没有补齐",
            },
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
            let arrived = action == CaseAction::Supplement && case.open_items().is_empty();
            let open = case.next_state(&event).is_some() && !arrived;
            ActionView { action, obstacle: (!open).then(|| why.to_owned()) }
        })
        .collect()
}

fn title(event: &EventBody) -> &'static str {
    match event {
        EventBody::Filed { .. } => "收件",
        EventBody::Stopped { .. } => "不受理",
        EventBody::NoticeGiven { .. } => "一次告知",
        EventBody::Supplemented { .. } => "补正",
        EventBody::Accepted { .. } => "受理",
        EventBody::DeemedAccepted { .. } => "视为受理",
        EventBody::DocumentIssued { .. } => "出具文书",
        EventBody::DocumentPrinted { nth: 0 | 1, proof: None, .. } => "送打印",
        EventBody::DocumentPrinted { nth: 0 | 1, .. } => "打印文书",
        EventBody::DocumentPrinted { .. } => "补打",
        EventBody::AttachmentAdded { .. } => "添加扫描件",
        EventBody::AttachmentRemoved { .. } => "移除扫描件",
        EventBody::ReviewStarted {} => "开始审查",
        EventBody::ClockStopped { .. } => "特别程序",
        EventBody::ClockResumed { .. } => "恢复计时",
        EventBody::LimitRecounted { .. } => "期限重算",
        EventBody::LimitExtended { .. } => "延期",
        EventBody::Decided { .. } => "办结",
        EventBody::ReadyForHandover {} => "待出件",
        EventBody::HandedOver { .. } => "出件",
        EventBody::Archived {} => "归档",
        EventBody::Withdrawn { .. } => "撤回",
        EventBody::Returned { .. } => "退件",
        EventBody::Relayed { .. } => "转录",
    }
}

fn detail(case: &Case, event: &EventBody) -> String {
    let names = |ids: &[String]| {
        let names: Vec<_> = ids.iter().map(|id| case.material_name(id)).collect();
        names.join("、")
    };
    match event {
        EventBody::Filed { number, filed_on, .. } => {
            format!("{number}，{}", chinese_date(*filed_on))
        }
        EventBody::Stopped { stopped } => stopped.stop.reason.clone(),
        EventBody::NoticeGiven { on, listed } => {
            format!("{}告知{}项：{}", chinese_date(*on), listed.len(), names(listed))
        }
        EventBody::Supplemented { on, ids } => format!("{}收到{}", chinese_date(*on), names(ids)),
        EventBody::Accepted { on, due, .. } | EventBody::DeemedAccepted { on, due, .. } => {
            match due {
                Some(due) => {
                    format!("{}受理，应于{}前办结", chinese_date(*on), chinese_date(due.on))
                }
                None => format!("{}受理", chinese_date(*on)),
            }
        }
        EventBody::DocumentIssued { kind, number, .. } => format!("{}（{number}）", kind.title()),
        EventBody::DocumentPrinted { number, printer, nth, proof, reason, .. } => {
            let how = match proof {
                None => format!("{number} 第{nth}次送“{printer}”"),
                Some(PrintProof::System) => format!("{number} 第{nth}次打印，“{printer}”"),
                Some(PrintProof::Clerk) => {
                    format!("{number} 第{nth}次打印，“{printer}”，窗口人员确认出纸")
                }
            };
            let why = reason.as_ref().map_or(String::new(), |r| format!("，原因：{}", r.words()));
            format!("{how}{why}")
        }
        EventBody::AttachmentAdded { material, announced } => {
            format!("{}：{}", case.material_name(material), announced.name)
        }
        EventBody::AttachmentRemoved { material, hash, reason } => {
            let found = case.attachments.iter().find(|a| a.announced.hash == *hash);
            let name = found.map_or("", |a| a.announced.name.as_str());
            format!("{}：{name}，原因：{reason}", case.material_name(material))
        }
        EventBody::ClockStopped { kind, reason, .. } => format!("{}：{reason}", kind.label()),
        EventBody::ClockResumed { due, .. } => {
            due.as_ref().map_or(String::new(), |d| format!("应于{}前办结", chinese_date(d.on)))
        }
        EventBody::LimitRecounted { limit, was } => {
            format!("{}改为{}（{}）", chinese_date(*was), chinese_date(limit.on), limit.explain())
        }
        EventBody::LimitExtended { limit, was, approver, reason } => {
            let (was, until) = (chinese_date(*was), chinese_date(limit.on));
            format!("{was}延长至{until}，{approver}批准：{reason}")
        }
        EventBody::Decided { decision, reason, result_number, .. } => {
            let word = match decision {
                Decision::Granted => "准予",
                Decision::Denied => "不予",
            };
            let number = result_number.as_ref().map_or(String::new(), |n| format!("，证号{n}"));
            format!("{word}{number} {reason}").trim_end().to_owned()
        }
        EventBody::HandedOver { receiver, .. } => receiver.clone(),
        EventBody::Withdrawn { reason, .. } | EventBody::Returned { reason, .. } => reason.clone(),
        EventBody::ReviewStarted {}
        | EventBody::ReadyForHandover {}
        | EventBody::Archived {}
        | EventBody::Relayed { .. } => String::new(),
    }
}
