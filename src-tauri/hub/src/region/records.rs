//! From an event and its case to rows of the platform. Pure.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use yichuang_domain::case::Case;
use yichuang_domain::case::Settled;
use yichuang_domain::case::event::{Decision, Event, EventBody, Hash, sha256_hex};
use yichuang_domain::checklist::Check;
use yichuang_domain::document::DocumentKind;
use yichuang_domain::evaluation::Evaluated;
use yichuang_domain::matter::MaterialId;
use yichuang_domain::named::Named as _;

use super::codes::{Coded, Codes, NoCode};
use super::tables::{self, Operation, Table};

/// How the platform separates several values of one field.
const SEPARATOR: &str = "^";
/// Characters of an 实施编码: 18 of the credit code, 1 of the level, 12 of the 基本编码.
const TASK_CODE: usize = 31;
/// Characters of a 统一社会信用代码.
const CREDIT_CODE: usize = 18;

/// A row for the platform.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// The same whenever it is made again: by it a platform tells what it has.
    pub id: String,
    /// Which table.
    pub table: Table,
    /// What the row does.
    pub operation: Operation,
    /// 办件编号.
    pub project: String,
    row: BTreeMap<&'static str, String>,
}

impl std::fmt::Debug for Record {
    /// Shows nothing of what the row says: names and identity numbers.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Record").field("id", &self.id).field("table", &self.table).finish()
    }
}

impl Record {
    /// The values in the order of the table's columns, as part of a batch.
    pub fn values<'r>(&'r self, batch: &'r str) -> impl Iterator<Item = &'r str> {
        self.table.columns().map(move |column| match column {
            "cd_batch" => batch,
            column => self.row.get(column).map_or("", String::as_str),
        })
    }

    /// The same as JSON.
    pub fn to_json(&self, batch: &str) -> Value {
        let cells = self.table.columns().zip(self.values(batch));
        Value::Object(
            cells.map(|(name, value)| (name.to_owned(), value.into())).collect::<Map<_, _>>(),
        )
    }
}

/// A record that can't be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmade {
    /// The id that it would have.
    pub id: String,
    /// Which table.
    pub table: Table,
    /// 办件编号.
    pub project: String,
    /// Why, for machines.
    pub code: &'static str,
    /// Why, in words.
    pub message: String,
}

/// What came of an event.
pub type Made = Vec<Result<Record, Unmade>>;

/// What is asked when a clock runs again: the event that stopped it, and its hash.
pub type StopOf<'a> = &'a dyn Fn() -> Option<(Event, Hash)>;

/// The records of an event of a case, in the order of the tables. None for practice, for an event
/// that does not apply, and for one that the platform has no row for.
pub fn records(event: &Event, hash: &str, case: &Case, codes: &Codes, stopped: StopOf<'_>) -> Made {
    if case.practice || case.conflicts.iter().any(|conflict| conflict.is_of(event)) {
        return Vec::new();
    }
    // What counts after all is told when somebody says so, as what it is.
    let adopted = adopted(event, case);
    let event = adopted.as_ref().unwrap_or(event);
    let maker = Maker { event, hash, case, codes };
    let mut made = Vec::new();
    if maker.ends_intake() {
        made.push(maker.accept(Operation::Insert));
        made.extend(maker.materials(None));
    } else if maker.moves_due() || maker.corrects() {
        made.push(maker.accept(Operation::Update));
    }
    if let EventBody::Supplemented { ids, .. } = &event.body
        && case.deemed
    {
        made.extend(maker.materials(Some(ids)));
    }
    made.extend(maker.process());
    made.extend(maker.special(stopped));
    made.extend(maker.result());
    made.extend(maker.evaluation());
    made
}

/// The event that a settlement makes count, at the time and by the hand of the settlement.
fn adopted(settlement: &Event, case: &Case) -> Option<Event> {
    let EventBody::ConflictSettled { of, adopted: true, reason } = &settlement.body else {
        return None;
    };
    // Of several at one place the one that was settled so.
    let so = Settled { adopted: true, by: settlement.actor.clone(), reason: reason.clone() };
    let mut conflicts = case.conflicts.iter();
    let conflict = conflicts.find(|c| c.is_at(of) && c.settled.as_ref() == Some(&so))?;
    Some(Event { body: conflict.event.clone(), ..settlement.clone() })
}

struct Maker<'a> {
    event: &'a Event,
    hash: &'a str,
    case: &'a Case,
    codes: &'a Codes,
}

/// A row in the making.
struct Making<'a> {
    maker: &'a Maker<'a>,
    record: Record,
    missing: Option<NoCode>,
}

impl Making<'_> {
    fn set(mut self, column: &'static str, value: impl Into<String>) -> Self {
        self.record.row.insert(column, value.into());
        self
    }

    fn code(mut self, column: &'static str, coded: Coded, value: &str) -> Self {
        match self.maker.codes.code(coded, value).map(str::to_owned) {
            Ok(code) => self.set(column, code),
            Err(missing) => {
                self.missing.get_or_insert(missing);
                self
            }
        }
    }

    fn done(self) -> Result<Record, Unmade> {
        match self.missing {
            None => Ok(self.record),
            Some(missing) => Err(unmade(&self.record, "no-code", missing.to_string())),
        }
    }
}

fn unmade(record: &Record, code: &'static str, message: String) -> Unmade {
    let Record { id, table, project, .. } = record.clone();
    Unmade { id, table, project, code, message }
}

impl Maker<'_> {
    /// Begins a row. `part` tells apart rows of one table that come of one event, and `row` is
    /// what the row is about, the same for every record of it.
    fn begin(&self, table: Table, operation: Operation, part: &str, row: &str) -> Making<'_> {
        let of = |text: String| sha256_hex(text.as_bytes())[..32].to_owned();
        let sheet = table.sheet();
        let record = Record {
            id: of(format!("{sheet} {} {part}", self.hash)),
            table,
            operation,
            project: self.case.number.to_string(),
            row: BTreeMap::new(),
        };
        Making { maker: self, record, missing: None }
            .set("row_guid", of(format!("{sheet} {} {row}", self.case.id)))
            .set("project_no", self.case.number.as_str())
            .set("cd_operation", operation.letter())
            .set("cd_time", self.at())
            .set("data_source", self.codes.data_source())
    }

    fn at(&self) -> String {
        tables::time(self.event.at)
    }

    /// Whether it is the event with which the platform gets to know the case.
    fn ends_intake(&self) -> bool {
        match self.event.body {
            EventBody::Accepted { .. }
            | EventBody::DeemedAccepted { .. }
            | EventBody::Stopped { .. } => true,
            EventBody::Withdrawn { .. } | EventBody::Returned { .. } => {
                self.case.accepted_on.is_none()
            }
            _ => false,
        }
    }

    fn moves_due(&self) -> bool {
        let moves = matches!(
            self.event.body,
            EventBody::LimitExtended { .. }
                | EventBody::LimitRecounted { .. }
                | EventBody::ClockResumed { .. }
        );
        moves && self.case.accepted_on.is_some()
    }

    /// Whether it puts right what the platform was told of who applies.
    fn corrects(&self) -> bool {
        matches!(self.event.body, EventBody::PartiesCorrected { .. })
            && (self.case.accepted_on.is_some() || self.case.stopped.is_some())
    }

    fn accept(&self, operation: Operation) -> Result<Record, Unmade> {
        let case = self.case;
        let applicant = &case.applicant;
        let contact = case.agent.as_ref().unwrap_or(&applicant.party);
        let due = match &self.event.body {
            EventBody::Accepted { due, .. }
            | EventBody::DeemedAccepted { due, .. }
            | EventBody::ClockResumed { due, .. } => due.as_ref(),
            EventBody::LimitExtended { limit, .. } | EventBody::LimitRecounted { limit, .. } => {
                Some(limit)
            }
            EventBody::PartiesCorrected { .. } => case.due.as_ref(),
            _ => None,
        };
        let notice = case.documents.iter().rfind(|d| d.kind == DocumentKind::Acceptance);
        let number = notice.map(|d| d.formal.as_deref().unwrap_or(d.number.as_str()));
        let code = case.matter.code.as_str();
        let whole = code.len() == TASK_CODE && code.is_ascii();
        let (authority, catalogue) =
            if whole { (&code[..CREDIT_CODE], &code[CREDIT_CODE + 1..]) } else { ("", "") };
        self.begin(Table::Accept, operation, "", "")
            .set("catalog_code", catalogue)
            .set("task_code", code)
            .set("task_name", &*case.matter.name)
            .set("task_version", case.guide.release.to_string())
            .set("project_name", format!("关于{}的申请", case.matter.name))
            .set("applyer_name", &*applicant.party.name)
            .code("applyer_type", Coded::ApplicantKind, applicant.kind.as_str())
            .code("applyer_page_type", Coded::IdType, applicant.party.id_type.as_str())
            .set("applyer_page_code", &*applicant.party.id_number)
            .set("contact_name", &*contact.name)
            .code("contact_type", Coded::IdType, contact.id_type.as_str())
            .set("contact_code", &*contact.id_number)
            .set("contact_mobile", contact.phone.as_deref().unwrap_or_default())
            .code("apply_type", Coded::Channel, "window")
            .set("apply_date", tables::date(case.filed_on))
            .set("accept_date", case.accepted_on.map(tables::date).unwrap_or_default())
            .set("accept_doc_no", number.unwrap_or_default())
            .set("promise_date", due.map(|due| tables::date(due.on)).unwrap_or_default())
            // Also in a row that is put in its place because a day moved.
            .set("handle_user_name", &*case.filed_by.name)
            .set("org_code", authority)
            .set("org_name", &*case.matter.department)
            .done()
    }

    /// The materials in hand; those of a supplement where some are named.
    fn materials(&self, supplement: Option<&[MaterialId]>) -> Made {
        let arrived = |id: &MaterialId| self.case.arrived.iter().any(|a| a.id == *id);
        let how = |m: &yichuang_domain::checklist::CheckedMaterial| match (m.check, supplement) {
            (_, Some(ids)) => ids.contains(&m.material.id).then_some(Check::Present),
            (Some(check), None) if !check.is_open() => Some(check),
            (_, None) => arrived(&m.material.id).then_some(Check::Present),
        };
        let row = |m: &yichuang_domain::checklist::CheckedMaterial| {
            let (id, check) = (&m.material.id, how(m)?);
            let scans = self.case.attachments.iter();
            let scans = scans.filter(|scan| scan.material == *id && scan.removed.is_none());
            let names: Vec<&str> = scans.map(|scan| scan.announced.name.as_str()).collect();
            let copies = u16::from(m.material.originals) + u16::from(m.material.copies);
            let making = self
                .begin(Table::Material, Operation::Insert, id, id)
                .set("material_name", &*m.material.name)
                .code("get_type", Coded::ReceivedAs, check.as_str())
                .set("get_num", copies.to_string())
                .set("material_attach_name", names.join(SEPARATOR));
            Some(making.done())
        };
        self.case.materials.iter().filter_map(row).collect()
    }

    fn process(&self) -> Option<Result<Record, Unmade>> {
        let (step, act, explain): (_, _, &str) = match &self.event.body {
            EventBody::Filed { .. } => ("收件", "接收申请材料", ""),
            EventBody::Stopped { stopped } => ("受理", "不予受理", &stopped.stop.reason),
            EventBody::NoticeGiven { .. } => ("受理", "一次性告知补正", ""),
            EventBody::Supplemented { .. } => ("受理", "接收补正材料", ""),
            EventBody::Accepted { .. } => ("受理", "受理", ""),
            EventBody::PartiesCorrected { reason, .. } => ("受理", "更正申请人信息", reason),
            EventBody::DeemedAccepted { .. } => ("受理", "逾期未告知视为受理", ""),
            EventBody::ReviewStarted {} => ("审查", "开始审查", ""),
            EventBody::SupplementAsked { reason, .. } => ("审查", "要求补正材料", reason),
            EventBody::LimitExtended { reason, .. } => ("审查", "延长办理期限", reason),
            EventBody::Decided { reason, .. } => ("决定", "作出决定", reason),
            EventBody::ReadyForHandover {} => ("送达", "结果待领", ""),
            EventBody::HandedOver { .. } => ("送达", "送达结果", ""),
            EventBody::Withdrawn { reason, .. } => ("办结", "申请人撤回申请", reason),
            EventBody::Returned { reason, .. } => ("办结", "退件", reason),
            _ => return None,
        };
        let making = self
            .begin(Table::Process, Operation::Insert, "", self.hash)
            .set("process_name", step)
            .set("event_name", act)
            .set("event_start_time", self.at())
            .set("event_end_time", self.at())
            .set("handle_user_name", &*self.event.actor.name)
            .set("handle_explain", explain);
        Some(making.done())
    }

    fn special(&self, stopped: StopOf<'_>) -> Option<Result<Record, Unmade>> {
        match &self.event.body {
            EventBody::ClockStopped { .. } => {
                Some(self.stop(self.event, self.hash, Operation::Insert).done())
            }
            EventBody::ClockResumed { on, .. } => Some(match stopped() {
                Some((stop, hash)) => self
                    .stop(&stop, &hash, Operation::Update)
                    .set("end_time", tables::day(*on, self.event.at))
                    .set("result", "结束")
                    .done(),
                None => {
                    let making = self.begin(Table::Special, Operation::Update, "", self.hash);
                    let message = "找不到这次特别程序开始的记录".to_owned();
                    Err(unmade(&making.record, "no-beginning", message))
                }
            }),
            EventBody::LimitExtended { limit, approver, reason, .. } => Some(
                self.begin(Table::Special, Operation::Insert, "", self.hash)
                    .code("special_type", Coded::Special, "extension")
                    .set("special_name", "延长审批")
                    .set("special_time", self.at())
                    .set("special_reason", &**reason)
                    .set("applyer_user_name", &*self.event.actor.name)
                    .set("result", "同意")
                    .set("special_explain", format!("延长至{}", limit.on))
                    .set("end_time", tables::day(limit.on, self.event.at))
                    .set("handle_user_name", &**approver)
                    .done(),
            ),
            _ => None,
        }
    }

    /// The row of a special procedure, as its beginning tells it.
    fn stop(&self, stop: &Event, hash: &str, operation: Operation) -> Making<'_> {
        let making = self.begin(Table::Special, operation, "", hash);
        let EventBody::ClockStopped { kind, on, reason, .. } = &stop.body else { return making };
        making
            .code("special_type", Coded::Special, "procedure")
            .set("special_name", kind.label())
            .set("special_time", tables::day(*on, stop.at))
            .set("special_reason", &**reason)
            .set("applyer_user_name", &*stop.actor.name)
            .set("handle_user_name", &*self.event.actor.name)
    }

    fn result(&self) -> Option<Result<Record, Unmade>> {
        let decided = self.case.decision.as_ref();
        let closing = |decision| match decision {
            Decision::Granted => "granted",
            Decision::Denied => "denied",
        };
        let (how, on, explain, operation): (_, _, &str, _) = match &self.event.body {
            EventBody::Decided { decision, on, reason, .. } => {
                (closing(*decision), tables::date(*on), reason, Operation::Insert)
            }
            // The same row once more, now delivered.
            EventBody::HandedOver { .. } => {
                let taken = decided?;
                let how = closing(taken.decision);
                (how, tables::date(taken.on), taken.reason.as_str(), Operation::Update)
            }
            EventBody::Stopped { stopped } => (
                "refused",
                tables::date(self.case.filed_on),
                &stopped.stop.reason,
                Operation::Insert,
            ),
            EventBody::Withdrawn { reason, on } => {
                ("withdrawn", tables::date(*on), reason, Operation::Insert)
            }
            EventBody::Returned { reason, on } => {
                ("returned", tables::date(*on), reason, Operation::Insert)
            }
            _ => return None,
        };
        let number = decided.and_then(|taken| taken.result_number.as_deref());
        let delivered = matches!(self.event.body, EventBody::HandedOver { .. });
        let making = self
            .begin(Table::Result, operation, "", "")
            .set("result_date", on)
            .code("result_type", Coded::Closing, how)
            .set("result_explain", explain)
            .set("result_cetr_no", number.unwrap_or_default())
            .set("is_delivery_results", if delivered { "1" } else { "0" })
            .set("handle_user_name", &*self.event.actor.name);
        Some(making.done())
    }

    /// What an applicant said of a service, by the names of the grades: platforms number them in
    /// opposite directions. A service that nobody judged makes no row.
    fn evaluation(&self) -> Option<Result<Record, Unmade>> {
        let EventBody::Evaluated { service, channel, evaluation: Some(said) } = &self.event.body
        else {
            return None;
        };
        // A service is judged once: what came later is on record and not told.
        let counts = |e: &&Evaluated| e.service == *service && e.evaluation.as_ref() == Some(said);
        self.case.evaluations.iter().find(counts).filter(|_| self.codes.takes_evaluations())?;
        let (nth, visit) =
            self.case.visits.iter().enumerate().find(|(_, visit)| visit.on == *service)?;
        let reasons: Vec<_> = said.reasons.iter().map(|reason| reason.word()).collect();
        let row = service.to_string();
        let making = self
            .begin(Table::Evaluation, Operation::Insert, &row, &row)
            .set("task_code", &*self.case.matter.code)
            .set("task_name", &*self.case.matter.name)
            .set("service_number", (nth + 1).to_string())
            .set("service_time", tables::date(*service))
            .set("service_name", visit.occasion.word())
            .set("satisfaction", said.satisfaction.word())
            .set("reason", reasons.join(SEPARATOR))
            .set("writing_evaluation", &*said.words)
            .set("evaluate_channel", channel.word())
            .set("evaluate_time", self.at())
            .set("handle_user_name", &*visit.served_by.name);
        Some(making.done())
    }
}

#[cfg(test)]
mod tests;
