//! 出件: how the result of a case reaches the applicant, and what is put on record of it.
//!
//! This module owns who may be given a result, what must be known of them, and by when it has to
//! be delivered (行政许可法 第44条). What else the law knows, 留置送达 and 公告送达, is the department's
//! to do, not a window's.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::applicant::{ApplicantKind, Party, PartyInput};
use crate::calendar::{DueDate, WorkCalendar};
use crate::case::Case;
use crate::case::event::{Decision, EventBody};
use crate::document::DocumentKind;
use crate::ink;
use crate::intake::{LONGEST_NAME, too_long};
use crate::matter::{Delivery, Limit, LimitUnit, Matter};
use crate::named::named;
use crate::refusal::{Refusal, RefusalCode};

/// 颁发、送达 within ten days of the decision (行政许可法 第44条), which are workdays (第82条). Other
/// matters have no such limit in law; here the window reminds of them by the same.
pub const DELIVERY_LIMIT: Limit = Limit { value: 10, unit: LimitUnit::Workdays };
/// The most copies of a result: more is a slip of the finger.
pub const MOST_COPIES: u16 = 99;
/// Characters of a postal number (邮件号码): UPU S10 has 13, couriers have up to twenty-odd.
const POSTAL_NUMBER: std::ops::RangeInclusive<usize> = 8..=30;

/// Who is given the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ReceiverRole {
    /// 申请人本人
    Applicant,
    /// 代理人: who applied in the applicant's name
    Agent,
    /// 代领人: somebody else, on their authority
    Other,
}

named!(ReceiverRole {
    Applicant "applicant" "本人",
    Agent "agent" "代理人",
    Other "other" "代领人",
});

/// What the clerk says of a handover, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HandoverInput {
    /// How it reaches them.
    pub delivery: Delivery,
    /// To whom; of what is posted or sent, the addressee.
    pub role: ReceiverRole,
    /// Who came, where that is neither applicant nor agent.
    #[serde(default)]
    #[ts(as = "Option<PartyInput>", optional)]
    pub receiver: PartyInput,
    /// 代领依据: by what they may receive it.
    #[serde(default)]
    #[ts(as = "Option<String>", optional)]
    pub authority: String,
    /// 件数.
    pub copies: u16,
    /// 邮寄单号.
    #[serde(default)]
    #[ts(as = "Option<String>", optional)]
    pub postal_number: String,
    /// Whether the clerk compared the original of the receiver's document with who stands there.
    pub identity_checked: bool,
}

/// How a result was delivered, as it stays on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HandoverFacts {
    /// How it reached them.
    pub delivery: Delivery,
    /// To whom.
    pub role: ReceiverRole,
    /// Who.
    pub receiver: Party,
    /// 代领依据; empty for the applicant.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub authority: String,
    /// 件数.
    pub copies: u16,
    /// 邮寄单号; empty where nothing was posted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub postal_number: String,
}

impl HandoverFacts {
    /// How it was delivered, in the words of a 送达回证: a result that is collected is 直接送达.
    pub fn way(&self) -> &str {
        match &self.delivery {
            Delivery::Window => "直接送达",
            other => other.label(),
        }
    }

    /// Who received it and how, for the case's history.
    pub fn told(&self) -> String {
        let Self { delivery, role, receiver, authority, copies, postal_number } = self;
        let name = &receiver.name;
        let who = match (role, authority.is_empty()) {
            (ReceiverRole::Applicant, _) => name.clone(),
            (_, true) => format!("{name}（{}）", role_word(*role)),
            (_, false) => format!("{name}（{}，{authority}）", role_word(*role)),
        };
        match delivery {
            Delivery::Window => format!("{who}领取，{copies}件"),
            Delivery::Post => format!("邮寄给{who}，{copies}件，单号{postal_number}"),
            other => format!("{}给{who}，{copies}件", other.label()),
        }
    }
}

fn role_word(role: ReceiverRole) -> &'static str {
    use crate::named::Named as _;
    role.word()
}

/// What is handed out: the result that the guide names, or the decision that it is not given
/// (行政许可法 第38条: a written one).
pub fn result_name(case: &Case, matter: &Matter) -> String {
    match case.decision.as_ref().map(|taken| taken.decision) {
        Some(Decision::Denied) if matter.is_licence() => "不予行政许可决定书".to_owned(),
        Some(Decision::Denied) => format!("不予办理决定书（{}）", matter.name),
        Some(Decision::Granted) | None => matter.result.name.clone(),
    }
}

/// The last day to deliver what was decided on a day.
pub fn deliver_by(decided_on: Date, calendar: &WorkCalendar) -> DueDate {
    calendar.due(decided_on, DELIVERY_LIMIT)
}

/// Who can be given the result of a case over the counter, in the order offered.
pub fn roles(case: &Case, matter: &Matter) -> Vec<ReceiverRole> {
    let person = case.applicant.kind == ApplicantKind::Person;
    let can = |role: &ReceiverRole| match role {
        ReceiverRole::Applicant => person,
        ReceiverRole::Agent => case.agent.is_some(),
        // A body always sends somebody.
        ReceiverRole::Other => !person || matter.agent_allowed,
    };
    [ReceiverRole::Applicant, ReceiverRole::Agent, ReceiverRole::Other]
        .into_iter()
        .filter(can)
        .collect()
}

/// Examines a handover of `case` on the day `on`.
///
/// # Errors
/// The first fault, in the order of the fields; `not-now` where nothing waits to be handed over, or
/// where the day is before the decision.
pub fn prepare(
    input: &HandoverInput,
    case: &Case,
    matter: &Matter,
    on: Date,
) -> Result<EventBody, Refusal> {
    let refuse = |code, field: &str, message: &str| Err(Refusal::new(code, field, message));
    let Some(decision) = case.decision.as_ref().filter(|_| waits(case)) else {
        let message = format!("办件现在是“{}”，没有待出件的结果", case.state.label());
        return Err(Refusal::new(RefusalCode::NotNow, "case", message));
    };
    if on < decision.on {
        return refuse(RefusalCode::NotNow, "on", "出件日期早于办结日期，请核对");
    }
    let (at_window, posted) = match input.delivery {
        Delivery::Window => (true, false),
        Delivery::Post => (false, true),
        Delivery::Electronic => (false, false),
        Delivery::Other(_) => {
            let message = "请选择窗口领取、邮寄送达或者电子送达";
            return refuse(RefusalCode::NotAllowed, "delivery", message);
        }
    };
    let (receiver, authority) = receiver(input, case, matter, at_window)?;
    if input.copies == 0 || input.copies > MOST_COPIES {
        let message = format!("件数应当是1至{MOST_COPIES}");
        return Err(Refusal::new(RefusalCode::NotAllowed, "copies", message));
    }
    let postal_number = if posted { postal_number(&input.postal_number)? } else { String::new() };
    if at_window && !input.identity_checked {
        let message = "请核对领取人的证件原件，核对一致后勾选";
        return refuse(RefusalCode::NotAllowed, "identity_checked", message);
    }
    let (delivery, role, copies) = (input.delivery.clone(), input.role, input.copies);
    let name = receiver.name.clone();
    let facts = HandoverFacts { delivery, role, receiver, authority, copies, postal_number };
    Ok(EventBody::HandedOver { receiver: name, on, facts: Some(facts), signature: None })
}

/// 送达回证 and 领取凭条: what the receiver signs, or what goes into the file with the proof of
/// posting.
pub fn papers(facts: &HandoverFacts) -> &'static [DocumentKind] {
    match facts.delivery {
        Delivery::Window => &[DocumentKind::ResultSlip, DocumentKind::DeliveryReceipt],
        _ => &[DocumentKind::DeliveryReceipt],
    }
}

/// Refuses to have a handover signed on a screen where nobody stands at the window.
///
/// # Errors
/// `not-allowed` at `delivery`.
pub fn signable(facts: &HandoverFacts) -> Result<(), Refusal> {
    match facts.delivery {
        Delivery::Window => Ok(()),
        _ => {
            let message = "只有窗口领取的结果才由领取人当面签名";
            Err(Refusal::new(RefusalCode::NotAllowed, "delivery", message))
        }
    }
}

/// Whether a result waits to be handed over.
pub fn waits(case: &Case) -> bool {
    let over = EventBody::HandedOver {
        receiver: String::new(),
        on: case.filed_on,
        facts: None,
        signature: None,
    };
    case.next_state(&over).is_some()
}

fn receiver(
    input: &HandoverInput,
    case: &Case,
    matter: &Matter,
    at_window: bool,
) -> Result<(Party, String), Refusal> {
    let refuse = |code, field: &str, message: &str| Err(Refusal::new(code, field, message));
    if at_window && !roles(case, matter).contains(&input.role) {
        return match input.role {
            ReceiverRole::Applicant => {
                let message = "单位的结果由其经办人领取，请登记经办人";
                refuse(RefusalCode::NotAllowed, "role", message)
            }
            ReceiverRole::Agent => {
                refuse(RefusalCode::NotAllowed, "role", "这件办件收件时没有代理人，请登记代领人")
            }
            ReceiverRole::Other => {
                let message = "本事项须申请人本人到场办理，结果也由本人领取，不能代领";
                refuse(RefusalCode::AgentNotAllowed, "role", message)
            }
        };
    }
    match input.role {
        ReceiverRole::Applicant => Ok((case.applicant.party.clone(), String::new())),
        ReceiverRole::Agent => match &case.agent {
            Some(agent) => Ok((agent.clone(), "授权委托书".to_owned())),
            None => refuse(RefusalCode::NotAllowed, "role", "这件办件收件时没有代理人"),
        },
        ReceiverRole::Other => {
            let receiver = input.receiver.check("receiver")?;
            let authority = ink::line("authority", &input.authority)?;
            if authority.is_empty() {
                let message = "请填写代领的依据，例如授权委托书、单位介绍信";
                return refuse(RefusalCode::EmptyText, "authority", message);
            }
            too_long("authority", &authority, LONGEST_NAME)?;
            Ok((receiver, authority))
        }
    }
}

/// Letters and digits, written without blanks and in capitals.
fn postal_number(text: &str) -> Result<String, Refusal> {
    let number: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let sound = number.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !sound || !POSTAL_NUMBER.contains(&number.len()) {
        let message = "请填写邮寄单号：8至30位字母和数字，在面单的条码下面";
        return Err(Refusal::new(RefusalCode::NotAllowed, "postal_number", message));
    }
    Ok(number.to_ascii_uppercase())
}

#[cfg(test)]
mod tests;
