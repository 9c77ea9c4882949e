//! A case whole: who applies, what was brought, what happened, and what can be done.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use futures_util::StreamExt as _;
use maud::{Markup, html};
use serde::Deserialize;
use yichuang_domain::Refusal;
use yichuang_domain::applicant::Party;
use yichuang_domain::attachment::Attachment;
use yichuang_domain::beijing;
use yichuang_domain::calendar::WorkCalendar;
use yichuang_domain::case::event::{Decision, Event};
use yichuang_domain::case::{Case, CaseId, words};
use yichuang_domain::checklist::CheckedMaterial;
use yichuang_domain::identity::mask;
use yichuang_domain::named::Named as _;
use yichuang_domain::review::{self, Step};
use yichuang_domain::urgency::{Urgency, pressing};

use super::forms;
use super::page::{Here, Trouble, notice, page as framed};
use super::queue::tone;
use super::visitor::{Fields, Official, Visitor};
use crate::append::history;
use crate::http::Shared;
use crate::http::steps::blocking;
use crate::office::acts::{ground, visible};
use crate::office::audit::{self, Deed};
use crate::office::guides::Followed;
use crate::store::{StoreError, StoredCase};

/// How many scans are looked for at once.
const LOOKED_AT_ONCE: usize = 16;

/// A form that was not taken, with what it said.
pub(super) struct NotTaken {
    pub(super) step: Step,
    pub(super) fields: Fields,
    pub(super) status: StatusCode,
    /// The field at fault; empty where none is.
    pub(super) field: String,
    pub(super) message: String,
}

impl NotTaken {
    pub(super) fn refused(step: Step, fields: Fields, refusal: Refusal) -> Self {
        let Refusal { field, message, .. } = refusal;
        Self { step, fields, status: StatusCode::UNPROCESSABLE_ENTITY, field, message }
    }

    pub(super) fn conflict(step: Step, fields: Fields, message: String) -> Self {
        let status = StatusCode::CONFLICT;
        Self { step, fields, status, field: String::new(), message }
    }
}

/// What the page shows.
pub(super) struct Looked {
    pub(super) found: StoredCase,
    pub(super) events: Vec<Event>,
    pub(super) followed: Followed,
    pub(super) calendar: WorkCalendar,
    pub(super) steps: Vec<Step>,
}

/// Reads a case for somebody; none where it is not theirs to see.
async fn look(shared: &Arc<Shared>, visitor: &Visitor, id: CaseId) -> Result<Looked, Trouble> {
    let Visitor { account, address, .. } = visitor.clone();
    let looked = blocking(shared, move |shared| {
        let now = shared.clock.now();
        let found = shared.store.write(|tx| {
            let Some(found) = visible(tx, &account, id)? else { return Ok(None) };
            let number = found.case.number.as_str();
            let entry = audit::of(&account, Deed::SawCase, number, "", &address.to_string(), now);
            audit::note(tx, &entry)?;
            let events = history(tx, &found.case)?;
            Ok::<_, StoreError>(Some((found, events)))
        })?;
        let Some((found, events)) = found else { return Ok(None) };
        let followed = shared.office.guides.followed(&shared.store, &found.case)?;
        let calendar = followed.calendar();
        let steps = match found.rejected {
            0 => review::offered(&ground(&followed, &found, &calendar, now), account.role),
            _ => Vec::new(),
        };
        Ok(Some(Looked { found, events, followed, calendar, steps }))
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

/// The id of a case in an address.
pub(super) fn id_of(text: &str) -> Result<CaseId, Trouble> {
    text.parse().map_err(|_| Trouble::not_found())
}

/// The page.
pub(super) async fn page(
    State(shared): State<Arc<Shared>>,
    Official(visitor): Official,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let done = Step::from_name(&asked.done);
    shown(&shared, &visitor, id_of(&id)?, done, None).await
}

/// The page, perhaps with a form that was not taken.
pub(super) async fn shown(
    shared: &Arc<Shared>,
    visitor: &Visitor,
    id: CaseId,
    done: Option<Step>,
    not_taken: Option<NotTaken>,
) -> Result<Response, Trouble> {
    let looked = look(shared, visitor, id).await?;
    let case = &looked.found.case;
    let held: Vec<bool> = futures_util::stream::iter(case.attached().cloned().collect::<Vec<_>>())
        .map(|scan| {
            let objects = shared.objects.clone();
            // A store that can't be asked just now shows scans as not there; opening one says why.
            async move {
                objects.holds(&scan.announced.hash, scan.announced.size).await.unwrap_or(false)
            }
        })
        .buffered(LOOKED_AT_ONCE)
        .collect()
        .await;
    let scans: Vec<(&Attachment, bool)> = case.attached().zip(held).collect();
    let seen = Urgency::on(beijing::day(shared.clock.now()), &looked.calendar);
    let body = html! {
        p.back { a href="/office/cases" { "← 我的待办" } }
        div.head {
            h1 { (case.matter.name) }
            span.state.(tone(case.state)) { (case.state.label()) }
            span.number { (case.number) }
        }
        @if let Some(bundle) = &case.bundle {
            p.bundle {
                "一件事：" (bundle.name) "，主办件 " (bundle.lead)
                @for number in bundle.cases.iter().filter(|number| **number != bundle.lead) {
                    "，联办件 " (number)
                }
            }
        }
        @if let Some(step) = done { (notice("good", &format!("已办理：{}", step.word()))) }
        @if let Some(failed) = &not_taken { (notice("bad", &failed.message)) }
        div.columns {
            div {
                (applicant(case))
                (materials(case, &scans))
                (timeline(case, &looked.events))
            }
            div {
                (standing(&looked, &seen))
                (forms::forms(visitor, &looked, not_taken.as_ref()))
            }
        }
    };
    let mut response = framed(Some(visitor), case.number.as_str(), Here::Cases, &body);
    if let Some(failed) = &not_taken {
        *response.status_mut() = failed.status;
    }
    Ok(response)
}

fn applicant(case: &Case) -> Markup {
    html! {
        section.card {
            h2 { "申请人" }
            dl {
                dt { "姓名或名称" } dd { (case.applicant.party.name) span.quiet { "（" (case.applicant.kind.label()) "）" } }
                (party(&case.applicant.party))
                @if let Some(agent) = &case.agent {
                    dt { "代理人" } dd { (agent.name) }
                    (party(agent))
                }
                dt { "收件" } dd { (case.filed_on) "，" (case.filed_by.name) }
            }
        }
    }
}

/// Numbers in whole only for who asks: other eyes may be near the screen.
fn party(party: &Party) -> Markup {
    let hidden = |text: &str| {
        html! { details.masked { summary { (mask(text)) } (text) } }
    };
    html! {
        dt { (party.id_type.label()) } dd { (hidden(&party.id_number)) }
        @if let Some(phone) = &party.phone { dt { "电话" } dd { (hidden(phone)) } }
    }
}

fn materials(case: &Case, scans: &[(&Attachment, bool)]) -> Markup {
    let of = |m: &CheckedMaterial| {
        let own = scans.iter().filter(|(scan, _)| scan.material == m.material.id);
        own.copied().collect::<Vec<_>>()
    };
    html! {
        section.card {
            h2 { "申请材料" span.quiet { " " (case.materials.len()) "份" } }
            @if case.materials.is_empty() { p.empty { "没有材料" } } @else {
                table.list {
                    thead { tr { th { "材料" } th { "窗口核对" } th { "扫描件" } } }
                    tbody {
                        @for m in &case.materials {
                            tr {
                                td {
                                    (m.material.name)
                                    @if !m.material.standard.is_empty() {
                                        div.quiet { (m.material.standard) }
                                    }
                                }
                                td {
                                    @match m.check {
                                        Some(check) => span.check.(check.as_str()) { (check.label()) },
                                        None => span.quiet { "未核对" },
                                    }
                                    @if !m.reason.is_empty() { div.quiet { (m.reason) } }
                                    @if let Some(on) = arrived(case, &m.material.id) {
                                        div.quiet { (on) "补交" }
                                    }
                                }
                                td { (links(case, &of(m))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn arrived(case: &Case, id: &str) -> Option<jiff::civil::Date> {
    let asked = case.asked.iter().flat_map(|asked| &asked.arrived);
    case.arrived.iter().chain(asked).filter(|a| a.id == id).map(|a| a.on).max()
}

fn links(case: &Case, scans: &[(&Attachment, bool)]) -> Markup {
    html! {
        @if scans.is_empty() { span.quiet { "—" } }
        @for (scan, held) in scans {
            div.scan {
                @if *held {
                    a href={ "/office/cases/" (case.id) "/scans/" (scan.announced.hash) }
                        target="_blank" rel="noopener" { (scan.announced.name) }
                    " " a.quiet href={ "/office/cases/" (case.id) "/scans/" (scan.announced.hash) "?save=1" }
                        { "保存" }
                } @else {
                    (scan.announced.name) span.quiet { "（窗口还没有传到）" }
                }
                span.quiet { " " (size(scan.announced.size)) }
            }
        }
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

fn timeline(case: &Case, events: &[Event]) -> Markup {
    html! {
        section.card {
            h2 { "办理经过" }
            ol.timeline {
                @for event in events.iter().rev() {
                    @let detail = words::detail(case, &event.body);
                    li {
                        time { (beijing::written(event.at)) }
                        b { (words::title(&event.body)) }
                        span.quiet {
                            " " (event.actor.name)
                            @if event.origin.starts_with("hub") { "（后台）" } @else { "（窗口）" }
                        }
                        @if !detail.is_empty() { div { (detail) } }
                    }
                }
            }
        }
    }
}

fn standing(looked: &Looked, seen: &Urgency) -> Markup {
    let StoredCase { case, window, station, rejected, .. } = &looked.found;
    let waiting = if case.state.is_open() { case.awaited().open } else { Vec::new() };
    html! {
        section.card {
            h2 { "期限" }
            dl {
                dt { "受理" } dd { @if let Some(on) = case.accepted_on { (on) } @else { "尚未受理" } }
                dt { "应办结" }
                dd {
                    @match &case.due {
                        Some(due) => {
                            b { (due.on) }
                            @if let Some(day) = pressing(case) {
                                @let light = seen.light(day);
                                " " span.light.(light.name()) { (light.word()) }
                            }
                            div.quiet { (due.explain()) }
                        },
                        None => span.quiet { "没有承诺期限" },
                    }
                }
                @if let Some(on) = case.clock_stopped_on { dt { "停止计时" } dd { "自" (on) "起" } }
                @if case.extended { dt { "延期" } dd { "已延长一次" } }
                @if !waiting.is_empty() {
                    dt { "等待补正" }
                    dd { @for id in &waiting { div { (case.material_name(id)) } } }
                }
                @if let Some(taken) = &case.decision {
                    dt { "结论" }
                    dd {
                        @match taken.decision {
                            Decision::Granted => b { "准予" },
                            Decision::Denied => b.denied { "不予许可" },
                        }
                        " " (taken.on)
                        @if let Some(number) = &taken.result_number { div { "结果证号 " (number) } }
                    }
                }
                dt { "窗口" } dd {
                    (station) " " (window) "号"
                    @if let Some(holder) = &case.holder {
                        div { "现由" (holder.window) "号窗口办理" }
                    }
                }
            }
            @if *rejected > 0 {
                (notice("bad", "这件办件有记录被退回、尚未处理，暂不能办理：请联系收件窗口"))
            }
            @if case.open_conflicts().count() > 0 {
                (notice("warn", &format!("有{}条记录与办件状态不符，已留存未生效，待窗口核实处理", case.open_conflicts().count())))
            }
        }
    }
}
