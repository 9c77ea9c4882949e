//! The back office decides a case: an event in the hub's own log for the window that filed it.

use jiff::Timestamp;
use yichuang_domain::beijing;
use yichuang_domain::case::event::{Actor, Decision, EventBody};
use yichuang_domain::{Refusal, ink};
use yichuang_protocol::office::{DecideReply, DecideRequest};
use yichuang_protocol::{Fault, FaultCode};

use crate::append::{Appended, NotAppended, append};
use crate::error::StepError;
use crate::store::HubStore;

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
    let printed =
        |refusal: Refusal| Fault::at(FaultCode::BadField, &refusal.field, refusal.message);
    let reason = ink::words("reason", &request.reason).map_err(printed)?;
    if request.decision == Decision::Denied && reason.is_empty() {
        let message = "不予许可须书面说明理由（行政许可法第三十八条），请填写理由";
        return Err(Fault::at(FaultCode::EmptyReason, "reason", message).into());
    }
    if reason.chars().count() > REASON_CHARS {
        let message = format!("理由不能超过{REASON_CHARS}字");
        return Err(Fault::at(FaultCode::BadField, "reason", message).into());
    }
    let number = request.result_number.as_deref().unwrap_or_default();
    let result_number = ink::number("result_number", number).map_err(printed)?;
    if result_number.chars().count() > RESULT_NUMBER_CHARS {
        let message = format!("结果证号不能超过{RESULT_NUMBER_CHARS}字");
        return Err(Fault::at(FaultCode::BadField, "result_number", message).into());
    }
    let on = beijing::day(now);
    let body = EventBody::Decided {
        decision: request.decision,
        on,
        reason,
        result_number: Some(result_number).filter(|number| !number.is_empty()),
        basis: String::new(),
        remedies: String::new(),
    };
    let number = request.case.trim();
    let decided = store.write(|tx| {
        let Some(found) = tx.find_case(number)? else {
            let message = format!("大厅中心没有编号为“{number}”的办件");
            return Err(Fault::at(FaultCode::UnknownCase, "case", message).into());
        };
        let actor = Actor { id: "office".to_owned(), name: "后台审批".to_owned() };
        append(tx, &found, None, &actor, &body, now).map_err(refused)
    })?;
    let Appended { case: decided, origin, seq } = decided;
    tracing::info!(%origin, seq, "a case was decided");
    Ok(DecideReply {
        case_number: decided.number.to_string(),
        state: decided.state.as_str().to_owned(),
        decided_on: on,
    })
}

fn refused(why: NotAppended) -> StepError {
    match why {
        NotAppended::Store(error) => error.into(),
        why => Fault::at(FaultCode::NotNow, "case", why.to_string()).into(),
    }
}
