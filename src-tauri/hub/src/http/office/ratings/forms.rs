//! The forms of the steps that a task can take now, as they are, or as somebody filled them in.

use maud::{Markup, html};
use yichuang_domain::follow_up::{
    ContactWay, Finding, FollowUpState, StepKind, TRIES_BEFORE_GIVING_UP,
};
use yichuang_domain::named::Named as _;

use super::address_of;
use super::task::{Failed, Looked};
use crate::http::office::page::{form_token, notice};
use crate::http::office::visitor::Visitor;

/// The forms.
pub(super) fn forms(visitor: &Visitor, looked: &Looked, failed: Option<&Failed>) -> Markup {
    let state = looked.found.task.state;
    let offered = state.offered();
    // What was written for a step that can't be taken any more is shown, not lost.
    let orphan = failed.filter(|failed| !offered.contains(&failed.kind));
    html! {
        section.card.steps {
            h2 { "办理" }
            @if state.is_open() {
                p.quiet { "先核实，再整改、回访：上一步办好，下一步出现在这里。" }
            }
            @if let Some(failed) = orphan {
                p { "您填写的内容（" (failed.kind.word()) "）没有提交，可以复制：" }
                @for text in failed.fields.written() { pre.kept { (text) } }
            }
            @for (n, kind) in offered.iter().enumerate() {
                @let failed = failed.filter(|failed| failed.kind == *kind);
                @let usual = n == 0 && state.is_open();
                details.step name="step" open[failed.is_some() || (usual && orphan.is_none())] {
                    summary { (kind.word()) }
                    (form(visitor, looked, *kind, failed))
                }
            }
        }
    }
}

fn form(visitor: &Visitor, looked: &Looked, kind: StepKind, failed: Option<&Failed>) -> Markup {
    let found = &looked.found;
    html! {
        form method="post" action={ (address_of(found)) "/" (kind.name()) } {
            (form_token(visitor))
            input type="hidden" name="seen" value=(found.task.steps);
            @if let Some(failed) = failed { (notice("bad", &failed.message)) }
            (fields(kind, failed))
            p.quiet { (explained(kind, looked)) }
            button.primary type="submit" {
                @match kind {
                    StepKind::Verify => "记下核实结论",
                    StepKind::Mend => "记下整改",
                    StepKind::Visit => "记下回访，办结",
                    StepKind::Miss => "记下没有联系上",
                    StepKind::Reopen => "重新核实",
                }
            }
        }
    }
}

fn explained(kind: StepKind, looked: &Looked) -> String {
    match kind {
        StepKind::Verify => {
            "误评和恶意差评不采纳，须写明理由和依据；评价本身保留，不改动、不删除".to_owned()
        }
        StepKind::Mend => "谁办理谁负责整改；不得要求申请人改评".to_owned(),
        StepKind::Visit if looked.found.task.state == FollowUpState::Unreached => {
            "申请人后来联系上的，补记在这里".to_owned()
        }
        StepKind::Visit => "整改情况告知申请人，记下本人的说法".to_owned(),
        StepKind::Miss => {
            let before = looked.found.task.tries;
            format!(
                "累计{TRIES_BEFORE_GIVING_UP}次没有联系上的办结为“联系不上”，不计入已回访；已有{before}次"
            )
        }
        StepKind::Reopen => "申请人或窗口人员有异议的，从头核实；先前的记录都保留".to_owned(),
    }
}

fn text<'f>(failed: Option<&'f Failed>, name: &str) -> &'f str {
    failed.map_or("", |failed| failed.fields.get(name))
}

fn at_fault(failed: Option<&Failed>, name: &str) -> Option<&'static str> {
    failed.is_some_and(|failed| failed.field == name).then_some("true")
}

fn area(failed: Option<&Failed>, label: &str, must: bool) -> Markup {
    html! {
        label { (label)
            textarea name="words" rows="4" maxlength="1000" required[must]
                aria-invalid=[at_fault(failed, "words")] { (text(failed, "words")) }
        }
    }
}

/// The day of what was done, and how.
fn day(failed: Option<&Failed>, label: &str) -> Markup {
    html! {
        label { (label)
            input type="date" name="on" required value=(text(failed, "on"))
                aria-invalid=[at_fault(failed, "on")];
        }
    }
}

fn way(failed: Option<&Failed>) -> Markup {
    html! {
        fieldset aria-invalid=[at_fault(failed, "way")] {
            legend { "方式" }
            div.across {
                @for way in ContactWay::ALL {
                    label.tick {
                        input type="radio" name="way" value=(way.name()) required
                            checked[text(failed, "way") == way.name()];
                        (way.word())
                    }
                }
            }
        }
    }
}

fn fields(kind: StepKind, failed: Option<&Failed>) -> Markup {
    match kind {
        StepKind::Verify => html! {
            fieldset aria-invalid=[at_fault(failed, "finding")] {
                legend { "核实结论" }
                @for finding in Finding::ALL {
                    label.tick {
                        input type="radio" name="finding" value=(finding.name()) required
                            checked[text(failed, "finding") == finding.name()];
                        (finding.word())
                        @if *finding != Finding::Upheld { span.quiet { "（不采纳）" } }
                    }
                }
            }
            label.tick {
                input type="checkbox" name="complex" checked[text(failed, "complex") == "on"];
                "情况复杂，整改须较长时间" span.quiet { "（属实的）" }
            }
            (area(failed, "查明的事实、理由和依据", true))
        },
        StepKind::Mend => html! {
            (day(failed, "整改日期"))
            (area(failed, "整改了什么、由谁整改", true))
        },
        StepKind::Visit => html! {
            (day(failed, "回访日期"))
            (way(failed))
            (area(failed, "申请人怎样说", true))
        },
        StepKind::Miss => html! {
            (day(failed, "最近一次联系的日期"))
            (way(failed))
            label { "又联系了几次"
                input type="number" name="tries" min="1" max="20" required value=(text(failed, "tries"))
                    aria-invalid=[at_fault(failed, "tries")];
            }
            (area(failed, "说明（可不填）", false))
        },
        StepKind::Reopen => area(failed, "为什么要复核", true),
    }
}
