//! The forms of the steps that a case can take now, as they are, or as somebody filled them in.

use maud::{Markup, html};
use yichuang_domain::named::Named as _;
use yichuang_domain::review::{self, Step};

use super::case::{Looked, NotTaken};
use super::page::{form_token, notice};
use super::visitor::Visitor;
use crate::append::Seen;

/// The forms.
pub(super) fn forms(visitor: &Visitor, looked: &Looked, failed: Option<&NotTaken>) -> Markup {
    let of = |step: Step| failed.filter(|failed| failed.step == step);
    // What was written for a step that can't be taken any more is shown, not lost.
    let orphan = failed.filter(|failed| !looked.steps.contains(&failed.step));
    html! {
        section.card.steps {
            h2 { "办理" }
            @if let Some(failed) = orphan {
                @for text in failed.fields.written() {
                    p { "您填写的内容（" (failed.step.word()) "）：" }
                    pre.kept { (text) }
                }
            }
            @if looked.steps.is_empty() {
                p.empty { (nothing(looked)) }
            }
            @for step in &looked.steps { (form(visitor, looked, *step, of(*step))) }
        }
    }
}

fn nothing(looked: &Looked) -> &'static str {
    use yichuang_domain::case::CaseState as S;
    match looked.found.case.state {
        S::Received | S::NoticeGiven | S::Supplemented => "办件还在窗口受理，受理后在这里审查",
        S::ReadyForHandover => "结果已转窗口，等待出件",
        _ => "这件办件现在没有需要后台办理的事",
    }
}

fn form(visitor: &Visitor, looked: &Looked, step: Step, failed: Option<&NotTaken>) -> Markup {
    let case = &looked.found.case;
    let plain = matches!(step, Step::Review | Step::Resume | Step::Ready);
    let inner = html! {
        form method="post" action={ "/office/cases/" (case.id) "/" (step.name()) } {
            (form_token(visitor))
            input type="hidden" name="seen" value=(Seen::of(&looked.found));
            @if let Some(failed) = failed { (notice("bad", &failed.message)) }
            (fields(looked, step, failed))
            p.quiet { (explained(step)) }
            button type="submit" .primary[step != Step::Deny] .danger[step == Step::Deny] {
                @match step {
                    Step::Ask => "发出补正要求",
                    Step::StopClock => "停止计时",
                    Step::Extend => "批准延期",
                    Step::Grant => "准予，办结",
                    Step::Deny => "不予许可，办结",
                    _ => (step.word()),
                }
            }
        }
    };
    html! {
        @if plain { div.step { (inner) } }
        @else {
            details.step name="step" open[failed.is_some()] {
                summary { (step.word()) }
                (inner)
            }
        }
    }
}

fn explained(step: Step) -> &'static str {
    match step {
        Step::Review => "记下审查从现在开始，由您办理",
        Step::Ask => "补正要求随同步到窗口，由窗口通知申请人、登记补交。补正期间计时不停",
        Step::StopClock => {
            "只有办事指南为本事项列明、依法不计入期限的程序才停止计时，须书面告知申请人所需时间"
        }
        Step::Resume => "程序已经结束：按停止时剩余的期限从今天起接着算",
        Step::Extend => "只能延长一次，由负责人批准，理由须告知申请人（行政许可法第四十二条）",
        Step::Grant => "办结后不能更改",
        Step::Deny => {
            "须说明理由和依据，并告知复议、诉讼的途径（行政许可法第三十八条）。办结后不能更改"
        }
        Step::Ready => "结果已经备好，转窗口统一出件",
    }
}

/// A text of the form: as it was written, or as it begins.
fn text(failed: Option<&NotTaken>, name: &str, begins: &str) -> String {
    failed.map_or_else(|| begins.to_owned(), |failed| failed.fields.get(name).to_owned())
}

fn at_fault(failed: Option<&NotTaken>, name: &str) -> Option<&'static str> {
    failed.is_some_and(|failed| failed.field == name).then_some("true")
}

fn area(failed: Option<&NotTaken>, name: &str, label: &str, begins: &str, must: bool) -> Markup {
    html! {
        label { (label)
            textarea name=(name) rows="3" maxlength="1000" required[must]
                aria-invalid=[at_fault(failed, name)] { (text(failed, name, begins)) }
        }
    }
}

fn fields(looked: &Looked, step: Step, failed: Option<&NotTaken>) -> Markup {
    let case = &looked.found.case;
    let matter = looked.followed.matter(case);
    match step {
        Step::Review | Step::Resume | Step::Ready => html! {},
        Step::Ask => html! {
            fieldset aria-invalid=[at_fault(failed, "items")] {
                legend { "要补正的材料，各写明哪里不符、怎样补正" }
                @for m in &case.materials {
                    @let id = &m.material.id;
                    @let mend = format!("mend.{id}");
                    @let ticked = failed.is_some_and(|f| f.fields.all("items").any(|i| i == id));
                    div.item {
                        label.tick { input type="checkbox" name="items" value=(id) checked[ticked]; (m.material.name) }
                        textarea name=(mend) rows="2" maxlength="500" aria-label={ (m.material.name) "：怎样补正" }
                            aria-invalid=[at_fault(failed, &mend)] { (text(failed, &mend, "")) }
                    }
                }
            }
            (area(failed, "reason", "理由和依据", "", true))
        },
        Step::StopClock => html! {
            fieldset aria-invalid=[at_fault(failed, "procedure")] {
                legend { "程序" }
                @let procedures = matter.map(|m| m.special_procedures.as_slice()).unwrap_or_default();
                @for procedure in procedures.iter().filter(|p| p.stops_clock) {
                    @let name = procedure.kind.label();
                    label.tick {
                        input type="radio" name="procedure" value=(name) required
                            checked[text(failed, "procedure", "") == name];
                        (name) span.quiet { "，约" (procedure.days) "日；依据：" (procedure.ground()) }
                    }
                }
            }
            (area(failed, "reason", "在本办件中需要的理由", "", true))
        },
        Step::Extend => html! {
            @let unit = case.due.as_ref().zip(matter)
                .map(|(due, matter)| yichuang_domain::issue::extension_unit(matter, due).label());
            label { "延长" (unit.unwrap_or("日"))
                input name="days" type="number" min="1" max="30" required value=(text(failed, "days", ""))
                    aria-invalid=[at_fault(failed, "days")];
            }
            (area(failed, "reason", "理由", "", true))
        },
        Step::Grant => html! {
            label { "结果证号" span.hint { "没有可不填" }
                input name="result_number" maxlength="100" value=(text(failed, "result_number", ""))
                    aria-invalid=[at_fault(failed, "result_number")];
            }
            (area(failed, "reason", "说明（可不填）", "", false))
        },
        Step::Deny => {
            let basis = matter.map(|m| m.basis.join("；")).unwrap_or_default();
            let remedies = review::remedies(looked.followed.department(case));
            html! {
                (area(failed, "reason", "理由", "", true))
                (area(failed, "basis", "法律依据（请改为具体条款）", &basis, true))
                (area(failed, "remedies", "救济途径", &remedies, true))
            }
        }
    }
}
