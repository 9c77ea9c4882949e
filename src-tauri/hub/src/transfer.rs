//! Step 10: a window takes over cases that another window of its station has in hand.

use jiff::Timestamp;
use yichuang_domain::beijing;
use yichuang_domain::case::event::{EventBody, Holder};
use yichuang_domain::numbering::CaseNumber;
use yichuang_protocol::transfer::{
    LONGEST_REASON, TransferOutcome, TransferRefusal, TransferReply, TransferRequest, Transferred,
    WANTED, Wanted,
};
use yichuang_protocol::{Fault, FaultCode};

use crate::append::{NotAppended, append};
use crate::error::StepError;
use crate::store::{Device, HubStore, StoreError, Tx};

/// The longest 工号 or name of a clerk, in characters.
const LONGEST_NAME: usize = 100;

/// What a case that is not given is answered with.
type Refused = (TransferRefusal, String);

/// Gives the cases that a window asks for, each by itself.
///
/// # Errors
/// `too-large`; or the store's.
pub fn transfer(
    store: &HubStore,
    device: &Device,
    request: &TransferRequest,
    now: Timestamp,
) -> Result<TransferReply, StepError> {
    if request.wanted.len() > WANTED {
        let message = "一次申请接办的办件过多，请升级本机程序";
        return Err(Fault::at(FaultCode::TooLarge, "wanted", message).into());
    }
    let mut answers = Vec::with_capacity(request.wanted.len());
    for wanted in &request.wanted {
        let outcome = match store.write(|tx| give(tx, device, wanted, now))? {
            Ok(()) => TransferOutcome::Given,
            Err((code, message)) => {
                let code = code.as_str().to_owned();
                TransferOutcome::Refused { code, message }
            }
        };
        answers.push(Transferred { number: wanted.number.clone(), outcome });
    }
    Ok(TransferReply { answers })
}

fn is_well_formed(wanted: &Wanted) -> bool {
    let fits = |text: &str, longest| {
        !text.trim().is_empty()
            && text.chars().count() <= longest
            && !text.chars().any(char::is_control)
    };
    fits(&wanted.reason, LONGEST_REASON)
        && fits(&wanted.actor.id, LONGEST_NAME)
        && fits(&wanted.actor.name, LONGEST_NAME)
}

fn give(
    tx: &Tx<'_>,
    device: &Device,
    wanted: &Wanted,
    now: Timestamp,
) -> Result<Result<(), Refused>, StoreError> {
    let refused = |code, message: &str| Ok(Err((code, message.to_owned())));
    let number =
        CaseNumber::try_from(wanted.number.clone()).ok().filter(|_| is_well_formed(wanted));
    let Some(number) = number else {
        return refused(TransferRefusal::Malformed, "接办申请的办件编号、原因或经办人有误");
    };
    let Some(found) = tx.find_case(number.as_str())? else {
        let message = "大厅中心没有这件办件：请核对编号；原窗口可能还没有上传";
        return refused(TransferRefusal::UnknownCase, message);
    };
    let case = &found.case;
    let holder = tx.device(case.held_by())?.ok_or(StoreError::Unreadable("设备登记"))?;
    if holder.origin == device.origin {
        return Ok(Ok(()));
    }
    if (&holder.region, &holder.station) != (&device.region, &device.station) {
        let message = "这件办件在另一站点，只能由同一站点的窗口接办";
        return refused(TransferRefusal::OtherStation, message);
    }
    let body = EventBody::Transferred {
        from: named(&holder),
        to: named(device),
        on: beijing::day(now),
        reason: wanted.reason.trim().to_owned(),
    };
    match append(tx, &found, None, &wanted.actor, &body, now) {
        Ok(_) => Ok(Ok(())),
        Err(NotAppended::Store(error)) => Err(error),
        Err(NotAppended::Parked) => {
            let message = "这件办件有记录被退回、尚未处理，暂不能交接：请先由原窗口处理";
            refused(TransferRefusal::CaseParked, message)
        }
        Err(NotAppended::NotNow(state)) => {
            let message = format!("办件现为“{}”，窗口已没有可办的事项", state.label());
            Ok(Err((TransferRefusal::NotNow, message)))
        }
        // Nobody looked before: there is nothing that it could have moved on from.
        Err(moved @ NotAppended::Moved) => Ok(Err((TransferRefusal::NotNow, moved.to_string()))),
    }
}

fn named(device: &Device) -> Holder {
    let Device { origin, code, window, .. } = device;
    Holder { origin: origin.clone(), device: code.clone(), window: window.clone() }
}

#[cfg(test)]
mod tests;
