//! What a step needs to be told, and what is refused.

use jiff::civil::Date;

use super::{ContactWay, Finding, FollowUp, FollowUpStep, StepKind};
use crate::intake::{LONGEST_REASON, parse_date, too_long};
use crate::named::Named as _;
use crate::refusal::{Refusal, RefusalCode};

/// The most tries that one entry tells of.
const MOST_TRIES: u32 = 20;

/// What somebody filled in for a step, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepInput {
    /// The name of a [`Finding`].
    pub finding: String,
    /// 情况复杂.
    pub complex: bool,
    /// A day.
    pub on: String,
    /// The name of a [`ContactWay`].
    pub way: String,
    /// A number.
    pub tries: String,
    /// What there is to say.
    pub words: String,
}

/// Examines what was filled in for a step of a task, on a day.
///
/// # Errors
/// `not-now` where the step does not follow; `not-allowed`, `bad-date`, `empty-text` and `too-long`
/// with the field at fault.
pub fn prepare(
    kind: StepKind,
    input: &StepInput,
    task: &FollowUp,
    today: Date,
) -> Result<FollowUpStep, Refusal> {
    if !task.state.offered().contains(&kind) {
        let message = format!("差评现在是“{}”，不能办理“{}”", task.state.word(), kind.word());
        return Err(Refusal::new(RefusalCode::NotNow, "step", message));
    }
    let choose = |field, message: &str| Refusal::new(RefusalCode::NotAllowed, field, message);
    let way = || {
        let found = ContactWay::from_name(&input.way);
        found.ok_or_else(|| choose("way", "请选择联系方式"))
    };
    Ok(match kind {
        StepKind::Verify => {
            let finding = Finding::from_name(&input.finding)
                .ok_or_else(|| choose("finding", "请选择核实结论"))?;
            let complex = input.complex && finding == Finding::Upheld;
            let words = said(input, "请写明查明的事实；不采纳的，写明理由和依据")?;
            FollowUpStep::Verify { finding, complex, words }
        }
        StepKind::Mend => {
            let on = day(input, task, today)?;
            FollowUpStep::Mend {
                on, words: said(input, "请写明整改了什么、由谁整改")?
            }
        }
        StepKind::Visit => {
            let (on, way) = (day(input, task, today)?, way()?);
            FollowUpStep::Visit { on, way, words: said(input, "请写明申请人怎样说")? }
        }
        StepKind::Miss => {
            let (on, way) = (day(input, task, today)?, way()?);
            let tries = input.tries.trim().parse().unwrap_or(0);
            if !(1..=MOST_TRIES).contains(&tries) {
                let message = format!("联系次数须为1至{MOST_TRIES}次");
                return Err(choose("tries", &message));
            }
            FollowUpStep::Miss { on, way, tries, words: text(input)? }
        }
        StepKind::Reopen => {
            FollowUpStep::Reopen { on: today, words: said(input, "请写明为什么要复核")? }
        }
    })
}

/// A day between the service and today.
fn day(input: &StepInput, task: &FollowUp, today: Date) -> Result<Date, Refusal> {
    let on = parse_date(input.on.trim(), "on")?;
    let refuse = |message| Err(Refusal::new(RefusalCode::BadDate, "on", message));
    if on > today {
        return refuse("日期在今天之后，请填写已经办理的日期");
    }
    if on < task.service {
        return refuse("日期早于这次服务，请核对");
    }
    Ok(on)
}

fn text(input: &StepInput) -> Result<String, Refusal> {
    let text = input.words.replace("\r\n", "\n").trim().to_owned();
    too_long("words", &text, LONGEST_REASON)?;
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        let message = "里面有不能显示的控制符，请删去后重写";
        return Err(Refusal::new(RefusalCode::NotAllowed, "words", message));
    }
    Ok(text)
}

fn said(input: &StepInput, otherwise: &str) -> Result<String, Refusal> {
    let text = text(input)?;
    if text.is_empty() {
        return Err(Refusal::new(RefusalCode::EmptyText, "words", otherwise));
    }
    Ok(text)
}
