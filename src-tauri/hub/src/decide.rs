//! The back office decides a case: an event in the hub's own log for the window that filed it.

use jiff::Timestamp;
use yichuang_domain::case::Case;
use yichuang_domain::case::event::{Actor, Decision, Event, EventBody, SealedEvent};
use yichuang_protocol::office::{DecideReply, DecideRequest};
use yichuang_protocol::{Fault, FaultCode};

use crate::clock::day_in_china;
use crate::error::StepError;
use crate::judge::may_follow;
use crate::store::{HubStore, KeptCase, NewEvent, StoreError};

/// The most characters of a reason.
const REASON_CHARS: usize = 2000;
/// The most characters of a result number.
const RESULT_NUMBER_CHARS: usize = 100;

/// Decides a case.
///
/// # Errors
/// `unknown-case`, `empty-reason`, `bad-field`, `not-now`; or the store's.
pub fn decide(
    store: &HubStore,
    request: &DecideRequest,
    now: Timestamp,
) -> Result<DecideReply, StepError> {
    let reason = request.reason.trim();
    if request.decision == Decision::Denied && reason.is_empty() {
        let message = "不予许可须书面说明理由（行政许可法第三十八条），请填写理由";
        return Err(Fault::at(FaultCode::EmptyReason, "reason", message).into());
    }
    if reason.chars().count() > REASON_CHARS {
        let message = format!("理由不能超过{REASON_CHARS}字");
        return Err(Fault::at(FaultCode::BadField, "reason", message).into());
    }
    let result_number = request.result_number.as_deref().map(str::trim).filter(|n| !n.is_empty());
    if result_number.is_some_and(|n| n.chars().count() > RESULT_NUMBER_CHARS) {
        let message = format!("结果证号不能超过{RESULT_NUMBER_CHARS}字");
        return Err(Fault::at(FaultCode::BadField, "result_number", message).into());
    }
    let on = day_in_china(now);
    let body = EventBody::Decided {
        decision: request.decision,
        on,
        reason: reason.to_owned(),
        result_number: result_number.map(str::to_owned),
    };
    let (decided, origin, seq) = store.write(|tx| {
        let Some(found) = tx.find_case(request.case.trim())? else {
            let message = format!("大厅中心没有编号为“{}”的办件", request.case.trim());
            return Err(Fault::at(FaultCode::UnknownCase, "case", message).into());
        };
        let case = found.case;
        if found.rejected > 0 {
            let message = "这件办件有记录被退回、尚未处理，暂不能办结";
            return Err(Fault::at(FaultCode::NotNow, "case", message).into());
        }
        if !may_follow(&case, &body) {
            let message = format!("办件现为“{}”，不能办结", case.state.label());
            return Err(Fault::at(FaultCode::NotNow, "case", message).into());
        }
        let device = tx.device(&case.origin)?.ok_or(StoreError::Unreadable("设备登记"))?;
        let origin = tx.hub_log(&device)?;
        let head = tx.head(&origin)?;
        let event = Event {
            origin: origin.clone(),
            seq: head.seq + 1,
            at: now,
            clock_skew: Some(0),
            lamport: case.lamport + 1,
            actor: Actor { id: "office".to_owned(), name: "后台审批".to_owned() },
            case: case.id,
            body: body.clone(),
            prev_hash: head.head,
        };
        let sealed = SealedEvent::seal(&event).map_err(|_| StoreError::Unreadable("办结记录"))?;
        let (seq, case) = (event.seq, Some(event.case));
        let decided = NewEvent { seq, case, sealed: &sealed, rejection: None };
        tx.append(&origin, &[decided], now)?;
        let logs = tx.logs_of_cases(&device)?;
        let events = tx.case_events(&logs, &[event.case])?.remove(&event.case);
        let decided = events.and_then(Case::fold).ok_or(StoreError::Unreadable("收件记录"))?;
        let (origin, number) = (&device.origin, request.case.trim());
        tx.keep_cases(&[KeptCase { origin, number, case: &decided }])?;
        Ok::<_, StepError>((decided, event.origin, seq))
    })?;
    tracing::info!(%origin, seq, "a case was decided");
    Ok(DecideReply {
        case_number: decided.number.to_string(),
        state: decided.state.as_str().to_owned(),
        decided_on: on,
    })
}
