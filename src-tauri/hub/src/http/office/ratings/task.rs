//! A poor rating whole: what was said of which service, whom to call, what was done about it.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use yichuang_domain::applicant::Party;
use yichuang_domain::beijing;
use yichuang_domain::calendar::DueDate;
use yichuang_domain::case::Case;
use yichuang_domain::case::event::CaseId;
use yichuang_domain::follow_up::{FollowUpStep, StepKind};
use yichuang_domain::identity::mask;
use yichuang_domain::named::Named as _;
use yichuang_domain::urgency::Urgency;

use super::{forms, lamp, standing};
use crate::http::Shared;
use crate::http::office::case::id_of;
use crate::http::office::page::{Here, Trouble, notice, page as framed};
use crate::http::office::visitor::{Fields, HallLead, Visitor};
use crate::http::steps::blocking;
use crate::office::audit::{self, Deed};
use crate::store::{StoreError, StoredCase, StoredFollowUp, TakenStep};

/// A form that was not taken, with what it said.
pub(super) struct Failed {
    pub(super) kind: StepKind,
    pub(super) fields: Fields,
    pub(super) status: StatusCode,
    /// The field at fault; empty where none is.
    pub(super) field: String,
    pub(super) message: String,
}

/// What the page shows.
pub(super) struct Looked {
    pub(super) found: StoredFollowUp,
    case: StoredCase,
    steps: Vec<TakenStep>,
    due: Option<DueDate>,
    seen: Urgency,
}

/// Which task an address names.
pub(super) fn named(case: &str, service: &str) -> Result<(CaseId, Date), Trouble> {
    let service = service.parse().map_err(|_| Trouble::not_found())?;
    Ok((id_of(case)?, service))
}

/// Reads a task; that somebody looked, at a name and a phone number, is written down.
async fn look(
    shared: &Arc<Shared>,
    visitor: &Visitor,
    (case, service): (CaseId, Date),
) -> Result<Looked, Trouble> {
    let Visitor { account, address, .. } = visitor.clone();
    let looked = blocking(shared, move |shared| {
        let now = shared.clock.now();
        let newest = shared.office.guides.newest(&shared.store)?;
        let calendar = newest.map(|guide| guide.calendar.clone()).unwrap_or_default();
        let seen = Urgency::on(beijing::day(now), &calendar);
        Ok(shared.store.write(|tx| {
            let Some(found) = tx.follow_up(case, service)? else { return Ok(None) };
            let case = tx.case_by_id(case)?.ok_or(StoreError::Unreadable("办件"))?;
            let (detail, from) = (format!("{service}的服务"), address.to_string());
            let entry = audit::of(&account, Deed::SawRating, &found.number, detail, &from, now);
            audit::note(tx, &entry)?;
            let steps = tx.follow_up_steps(found.case, service)?;
            let due = tx.follow_up_limits()?.due(&found.task, &calendar);
            Ok::<_, StoreError>(Some(Looked { found, case, steps, due, seen }))
        })?)
    })
    .await?;
    looked.ok_or_else(Trouble::not_found)
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    done: String,
}

/// The page.
pub(super) async fn page(
    State(shared): State<Arc<Shared>>,
    HallLead(visitor): HallLead,
    Path((case, service)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let done = StepKind::from_name(&asked.done);
    shown(&shared, &visitor, named(&case, &service)?, done, None).await
}

/// The page, perhaps with a form that was not taken.
pub(super) async fn shown(
    shared: &Arc<Shared>,
    visitor: &Visitor,
    which: (CaseId, Date),
    done: Option<StepKind>,
    failed: Option<Failed>,
) -> Result<Response, Trouble> {
    let looked = look(shared, visitor, which).await?;
    let found = &looked.found;
    let body = html! {
        p.back { a href="/office/poor-ratings" { "← 差评回访" } }
        div.head {
            h1 { (found.rating.satisfaction.word()) }
            (standing(found))
            span.number { (found.number) }
            span { (found.matter) }
        }
        @if let Some(kind) = done { (notice("good", &format!("已记下：{}", kind.word()))) }
        @if let Some(failed) = &failed { (notice("bad", &failed.message)) }
        div.columns {
            div {
                (rating(&looked))
                (parties(&looked.case.case))
                (timeline(&looked))
            }
            div {
                (limits(&looked))
                (forms::forms(visitor, &looked, failed.as_ref()))
            }
        }
    };
    let mut response = framed(Some(visitor), &found.number, Here::Ratings, &body);
    if let Some(failed) = &failed {
        *response.status_mut() = failed.status;
    }
    Ok(response)
}

fn rating(looked: &Looked) -> Markup {
    let StoredFollowUp { rating, channel, task, station, window, .. } = &looked.found;
    let case = &looked.case.case;
    let visit = case.visits.iter().find(|visit| visit.on == task.service);
    html! {
        section.card {
            h2 { "评价" }
            dl {
                dt { "满意度" } dd { b { (rating.satisfaction.word()) } span.quiet { "（" (channel.word()) "）" } }
                dt { "原因" }
                dd {
                    @if rating.reasons.is_empty() { span.quiet { "没有填写" } }
                    @for reason in &rating.reasons { div { (reason.word()) } }
                }
                dt { "意见和建议" }
                dd {
                    @if rating.words.is_empty() { span.quiet { "没有填写" } }
                    @else { div.said { (rating.words) } }
                }
                dt { "服务" }
                dd {
                    (task.service)
                    @if let Some(visit) = visit {
                        "，" (visit.occasion.word()) "，接待人" (visit.served_by.name)
                    }
                }
                dt { "收件窗口" } dd { (station) " " (window) "号，收件人" (case.filed_by.name) }
                dt { "实施主体" } dd { (case.matter.department) }
            }
        }
    }
}

/// Whom to speak to. A number in whole only for who asks for it.
fn parties(case: &Case) -> Markup {
    let one = |word: &str, party: &Party| {
        html! {
            dt { (word) } dd { (party.name) }
            dt { "电话" }
            dd {
                @match &party.phone {
                    Some(phone) => details.masked { summary { (mask(phone)) } (phone) },
                    None => span.quiet { "没有登记" },
                }
            }
        }
    };
    html! {
        section.card {
            h2 { "联系" }
            dl {
                (one("申请人", &case.applicant.party))
                @if let Some(agent) = &case.agent { (one("代理人", agent)) }
            }
            p.quiet { "只用于核实和回访，查看已记入审计。评价人的信息不得泄露，不得要求改评" }
        }
    }
}

fn timeline(looked: &Looked) -> Markup {
    html! {
        section.card {
            h2 { "办理经过" }
            ol.timeline {
                @for taken in looked.steps.iter().rev() {
                    li {
                        time { (beijing::written(taken.at)) }
                        b { (taken.step.kind().word()) }
                        span.quiet { " " (taken.name) "（" (taken.login) "）" }
                        (told(&taken.step))
                    }
                }
                li { time { (beijing::written(looked.found.came_at)) } b { "差评到达大厅中心" } }
            }
        }
    }
}

fn told(step: &FollowUpStep) -> Markup {
    let (head, words) = match step {
        FollowUpStep::Verify { finding, complex, words } => {
            let complex = if *complex { "，情况复杂" } else { "" };
            (format!("{}{complex}", finding.word()), words)
        }
        FollowUpStep::Mend { on, words } => (format!("{on}整改"), words),
        FollowUpStep::Visit { on, way, words } => (format!("{on}{}回访", way.word()), words),
        FollowUpStep::Miss { on, way, tries, words } => {
            (format!("{}联系{tries}次，最近一次{on}", way.word()), words)
        }
        FollowUpStep::Reopen { on, words } => (format!("时限自{on}次日起重新计算"), words),
    };
    html! {
        div { (head) }
        @if !words.is_empty() { div.said { (words) } }
    }
}

fn limits(looked: &Looked) -> Markup {
    let task = &looked.found.task;
    html! {
        section.card {
            h2 { "时限" }
            dl {
                dt { "收到" } dd { (beijing::day(looked.found.came_at)) }
                dt { "应完成" }
                dd {
                    @match &looked.due {
                        Some(due) => {
                            b { (due.on) } (lamp(Some(due.on), &looked.seen))
                            div.quiet { (due.explain()) }
                        },
                        None => span.quiet { "已经办结" },
                    }
                }
                @if task.complex { dt { "情况" } dd { "复杂" } }
                @if task.tries > 0 { dt { "联系" } dd { "已有" (task.tries) "次没有联系上" } }
            }
        }
    }
}
