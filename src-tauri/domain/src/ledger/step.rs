//! Which step may follow, and what it must say.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::facts::{LONG, SHORT, required, text};
use super::{
    LedgerAct, LedgerEntry, LedgerFacts, LedgerKind, LedgerOutcome, LedgerReply, LedgerState,
    NoteKind,
};
use crate::calendar::WorkCalendar;
use crate::case::Actor;
use crate::named::{Named, named};
use crate::refusal::{Refusal, RefusalCode};

/// The most characters of a reason.
const REASON: usize = 200;

/// What somebody wants to do to an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum LedgerStep {
    /// 记事
    Note {
        /// What about.
        note: NoteKind,
        /// The words.
        text: String,
    },
    /// 转办
    Refer {
        /// To whom.
        to: String,
        /// What is asked of them; may be empty.
        text: String,
    },
    /// 延长期限
    Extend {
        /// Why.
        reason: String,
    },
    /// 办结
    Close {
        /// What came of it.
        outcome: LedgerOutcome,
        /// The answer, or what was found and done.
        text: String,
        /// How the person learned it.
        reply: LedgerReply,
    },
    /// 重新办理
    Reopen {
        /// Why.
        reason: String,
    },
    /// 作废
    Void {
        /// Why.
        reason: String,
    },
}

/// A kind of step, the correction among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// 办结
    Close,
    /// 记事
    Note,
    /// 转办
    Refer,
    /// 延长期限
    Extend,
    /// 更正
    Correct,
    /// 重新办理
    Reopen,
    /// 作废
    Void,
}

named!(StepKind {
    Close "close" "办结",
    Note "note" "记事",
    Refer "refer" "转办",
    Extend "extend" "延长期限",
    Correct "correct" "更正",
    Reopen "reopen" "重新办理",
    Void "void" "作废",
});

impl LedgerStep {
    /// Its kind.
    pub fn kind(&self) -> StepKind {
        match self {
            Self::Note { .. } => StepKind::Note,
            Self::Refer { .. } => StepKind::Refer,
            Self::Extend { .. } => StepKind::Extend,
            Self::Close { .. } => StepKind::Close,
            Self::Reopen { .. } => StepKind::Reopen,
            Self::Void { .. } => StepKind::Void,
        }
    }
}

/// Who acts.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    /// The account.
    pub actor: &'a Actor,
    /// 组长.
    pub lead: bool,
}

/// Why a step is not open, in the clerk's words; none where it is.
pub fn obstacle(entry: &LedgerEntry, step: StepKind, by: By<'_>) -> Option<&'static str> {
    let open = entry.state.is_open();
    match step {
        _ if entry.state == LedgerState::Void => Some("这一条已作废，只能查看"),
        StepKind::Reopen if open => Some("还没有办结，不用重新办理"),
        StepKind::Reopen | StepKind::Correct => None,
        // An answered question that was written twice owes nobody anything.
        StepKind::Void if !open && entry.kind != LedgerKind::Consultation => {
            Some("已经办结，不能作废；登记有误请更正")
        }
        StepKind::Close | StepKind::Note | StepKind::Refer | StepKind::Extend if !open => {
            Some("已经办结；有新情况请先重新办理")
        }
        StepKind::Close if concerns(entry, by.actor) => {
            Some("投诉涉及您本人，请由组长或其他人员办结")
        }
        StepKind::Void if concerns(entry, by.actor) => {
            Some("投诉涉及您本人，请由组长或其他人员处理")
        }
        StepKind::Extend if entry.limits.extended.is_none() => Some("这类登记不能延长期限"),
        StepKind::Extend if entry.extended => Some("已经延长过一次，不能再延长"),
        StepKind::Extend if !by.lead => Some("延长期限由组长决定，请组长登录后办理"),
        _ => None,
    }
}

/// Whether a complaint names who is signed in. A name that is part of another's only costs the
/// help of a colleague; the other way round, somebody would judge themselves.
fn concerns(entry: &LedgerEntry, actor: &Actor) -> bool {
    let name = actor.name.trim();
    entry.kind == LedgerKind::Complaint && !name.is_empty() && entry.facts.about.contains(name)
}

/// Whether somebody may see who brought it. Who asks a question stands in the ledger for everybody;
/// who complains is for leads and for who wrote it down, and never for whom it is about: nobody is
/// to pay for a complaint (不得打击报复).
pub fn shows_person(entry: &LedgerEntry, by: By<'_>) -> bool {
    if entry.kind != LedgerKind::Complaint || entry.registered_by.id == by.actor.id {
        return true;
    }
    by.lead && !concerns(entry, by.actor)
}

fn allowed(entry: &LedgerEntry, step: StepKind, by: By<'_>) -> Result<(), Refusal> {
    match obstacle(entry, step, by) {
        None => Ok(()),
        Some(words) => {
            let own = concerns(entry, by.actor) && entry.state.is_open();
            let recused = own && matches!(step, StepKind::Close | StepKind::Void);
            let code = if recused { RefusalCode::Recused } else { RefusalCode::NotNow };
            Err(Refusal::new(code, "step", words))
        }
    }
}

/// What is written for a step.
///
/// # Errors
/// [`RefusalCode::NotNow`] and [`RefusalCode::Recused`] where it is not open; else what is missing
/// or wrong, by the field's name.
pub fn prepare(
    entry: &LedgerEntry,
    step: LedgerStep,
    by: By<'_>,
    calendar: &WorkCalendar,
) -> Result<LedgerAct, Refusal> {
    allowed(entry, step.kind(), by)?;
    Ok(match step {
        LedgerStep::Note { note, text: words } => {
            LedgerAct::Noted { note, text: required(&words, "text", LONG, "请写明情况")? }
        }
        LedgerStep::Refer { to, text: words } => LedgerAct::Referred {
            to: required(&to, "to", SHORT, "请写明转给哪个单位或人员")?,
            text: text(&words, "text", LONG)?,
        },
        LedgerStep::Extend { reason } => {
            let due = entry.limits.extended(entry.facts.on, calendar);
            let due = due
                .ok_or_else(|| Refusal::new(RefusalCode::NotNow, "step", "这类登记不能延长期限"))?;
            let reason = required(&reason, "reason", REASON, "请写明延长的原因")?;
            LedgerAct::Extended { due, reason }
        }
        LedgerStep::Close { outcome, text, reply } => close(entry, outcome, &text, reply)?,
        LedgerStep::Reopen { reason } => LedgerAct::Reopened {
            reason: required(&reason, "reason", REASON, "请写明重新办理的原因")?,
        },
        LedgerStep::Void { reason } => LedgerAct::Voided {
            reason: required(&reason, "reason", REASON, "请写明作废的原因")?,
        },
    })
}

fn close(
    entry: &LedgerEntry,
    outcome: LedgerOutcome,
    words: &str,
    reply: LedgerReply,
) -> Result<LedgerAct, Refusal> {
    let refused =
        |field: &str, message: String| Err(Refusal::new(RefusalCode::NotAllowed, field, message));
    if !LedgerOutcome::of(entry.kind).contains(&outcome) {
        let message = format!("{}不能以“{}”办结", entry.kind.word(), outcome.word());
        return refused("outcome", message);
    }
    if reply == LedgerReply::Anonymous && !entry.facts.is_anonymous() {
        return refused("reply", "对方留了姓名或联系方式，应当答复本人".to_owned());
    }
    // Only who was looked for can be said not to be found.
    if reply == LedgerReply::NotReached && entry.missed == 0 {
        return refused("reply", "请先记下什么时候联系过、没有联系上".to_owned());
    }
    let missing = match entry.kind {
        LedgerKind::Consultation => "请写明怎样答复的",
        LedgerKind::Obstruction => "请写明怎样解决的，或者为什么不能办",
        LedgerKind::Complaint => "请写明查到什么、怎样处理的",
        LedgerKind::Assistance => "请写明帮办的结果",
    };
    Ok(LedgerAct::Closed { outcome, text: required(words, "text", LONG, missing)?, reply })
}

/// What is written for a correction.
///
/// # Errors
/// As [`prepare`]; [`RefusalCode::NotNow`] on `facts` where nothing would change.
pub fn correct(
    entry: &LedgerEntry,
    facts: LedgerFacts,
    reason: &str,
    by: By<'_>,
    (today, calendar): (Date, &WorkCalendar),
) -> Result<LedgerAct, Refusal> {
    allowed(entry, StepKind::Correct, by)?;
    let facts = facts.checked(entry.kind, today)?;
    if facts == entry.facts {
        return Err(Refusal::new(RefusalCode::NotNow, "facts", "没有改动，不用更正"));
    }
    let reason = required(reason, "reason", REASON, "请写明更正的原因")?;
    let mut due = match facts.on == entry.facts.on {
        true => entry.due.clone(),
        false => entry.limits.due(facts.on, calendar),
    };
    if facts.on != entry.facts.on && entry.extended {
        due.settle = entry.limits.extended(facts.on, calendar).unwrap_or(due.settle);
    }
    Ok(LedgerAct::Corrected { facts, due, reason })
}
