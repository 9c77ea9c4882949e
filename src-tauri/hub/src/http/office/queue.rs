//! 我的待办: the cases of a department, the most urgent first.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use jiff::ToSpan as _;
use maud::{Markup, html};
use yichuang_domain::beijing;
use yichuang_domain::case::CaseState;
use yichuang_domain::named::Named as _;
use yichuang_domain::urgency::{Light, Urgency};

use super::page::{Here, Trouble, notice, page as framed, pages};
use super::shelves::{Asked, LINES, Shelf, Sought};
use super::visitor::Official;
use crate::http::Shared;
use crate::http::steps::blocking;
use crate::store::{Account, COUNTED, QueueQuery, QueuedCase, StoreError};

use CaseState as S;

/// The choices, in the order shown; the first is what waits for somebody here.
static SHELVES: [Shelf<CaseState>; 8] = [
    Shelf {
        name: "open",
        word: "待办",
        states: &[
            S::Accepted,
            S::AcceptedDeferred,
            S::DeemedAccepted,
            S::InReview,
            S::SupplementAsked,
            S::ClockStopped,
            S::Decided,
        ],
    },
    Shelf {
        name: "new",
        word: "待审查",
        states: &[S::Accepted, S::AcceptedDeferred, S::DeemedAccepted],
    },
    Shelf { name: "review", word: "审查中", states: &[S::InReview] },
    Shelf { name: "asked", word: "等待补正", states: &[S::SupplementAsked] },
    Shelf { name: "stopped", word: "特别程序", states: &[S::ClockStopped] },
    Shelf { name: "decided", word: "已办结待转出件", states: &[S::Decided] },
    Shelf {
        name: "window",
        word: "窗口受理中",
        states: &[S::Received, S::NoticeGiven, S::Supplemented],
    },
    Shelf {
        name: "done",
        word: "已结束",
        states: &[
            S::ReadyForHandover,
            S::HandedOver,
            S::Archived,
            S::NotRequired,
            S::OutOfScope,
            S::Refused,
            S::Withdrawn,
            S::Returned,
        ],
    },
];

struct Found {
    lines: Vec<QueuedCase>,
    total: u64,
    lights: Vec<(Light, u64)>,
    seen: Urgency,
    guide: bool,
}

/// The last days that a light stands for.
fn span(light: Light, seen: &Urgency) -> (Option<jiff::civil::Date>, Option<jiff::civil::Date>) {
    let after = |day: jiff::civil::Date| day.checked_add(1.day()).ok();
    match light {
        Light::Red => (None, seen.today.checked_sub(1.day()).ok()),
        Light::Orange => (Some(seen.today), Some(seen.orange_to)),
        Light::Yellow => (after(seen.orange_to), Some(seen.yellow_to)),
        Light::Green => (after(seen.yellow_to), Some(jiff::civil::date(9999, 12, 30))),
    }
}

fn look(
    shared: &Shared,
    account: &Account,
    sought: &Sought<CaseState>,
) -> Result<Found, StoreError> {
    let newest = shared.office.guides.newest(&shared.store)?;
    let calendar = newest.as_ref().map(|guide| guide.calendar.clone()).unwrap_or_default();
    let seen = Urgency::on(beijing::day(shared.clock.now()), &calendar);
    let query = |light: Option<Light>| {
        let (from, to) = light.map_or((None, None), |light| span(light, &seen));
        QueueQuery {
            department: account.department.clone(),
            states: sought.shelf.states.to_vec(),
            text: sought.text.clone(),
            from,
            to,
        }
    };
    shared.store.read(|tx| {
        let wanted = query(sought.light);
        let count = |light: &Light| Ok((*light, tx.count_queue(&query(Some(*light)))?));
        Ok(Found {
            total: tx.count_queue(&wanted)?,
            lines: tx.queue(&wanted, LINES as usize, (sought.page - 1) * LINES)?,
            lights: Light::ALL.iter().map(count).collect::<Result<_, StoreError>>()?,
            seen,
            guide: newest.is_some(),
        })
    })
}

/// The list.
pub(super) async fn page(
    State(shared): State<Arc<Shared>>,
    Official(visitor): Official,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let sought = Arc::new(Sought::of("/office/cases", &SHELVES, &asked));
    let (account, wanted) = (visitor.account.clone(), sought.clone());
    let found = blocking(&shared, move |shared| Ok(look(shared, &account, &wanted)?)).await?;
    let last = found.total.min(COUNTED).div_ceil(LINES).max(1);
    let body = html! {
        div.head {
            h1 { "我的待办" }
            (sought.search("办件编号或申请人"))
        }
        @if !found.guide {
            (notice("warn", "大厅中心还没有发布办事指南：工作日只按周末计算，红黄灯可能不准，特别程序和延期不能办理"))
        }
        (sought.ways(&SHELVES, |_| html! {}))
        (sought.lights(&found.lights))
        @if found.lines.is_empty() {
            p.empty { "没有" @if !sought.text.is_empty() { "符合条件的" } "办件" }
        } @else {
            (table(&found, visitor.account.department.is_none()))
            (pages(sought.at, &sought.query(sought.shelf.name, sought.light), sought.page, last, found.total))
        }
    };
    Ok(framed(Some(&visitor), "我的待办", Here::Cases, &body))
}

fn table(found: &Found, departments: bool) -> Markup {
    html! {
        table.list {
            thead { tr {
                th { "期限" } th { "办件编号" } th { "事项" }
                @if departments { th { "部门" } }
                th { "申请人" } th { "收件" } th { "应办结" } th { "状态" }
            } }
            tbody {
                @for line in &found.lines {
                    tr {
                        td.narrow-column { (lamp(line, &found.seen)) }
                        td.number { a href={ "/office/cases/" (line.id) } { (line.number) } }
                        td { (line.matter) }
                        @if departments { td { (line.department) } }
                        td { (line.applicant) }
                        td.day { (line.filed_on) }
                        td.day { @if let Some(due) = line.due { (due) } @else { "—" } }
                        td.narrow-column { span.state.(tone(line.state)) { (line.state.label()) } }
                    }
                }
            }
        }
    }
}

fn lamp(line: &QueuedCase, seen: &Urgency) -> Markup {
    match line.urgent_by.map(|day| seen.light(day)) {
        Some(light) => html! { span.light.(light.name()) { (light.word()) } },
        None if line.state == CaseState::ClockStopped => html! { span.quiet { "停止计时" } },
        None => html! { span.quiet { "—" } },
    }
}

/// The colour of a state.
pub(super) fn tone(state: CaseState) -> &'static str {
    match state {
        S::Accepted | S::AcceptedDeferred | S::DeemedAccepted | S::InReview => "going",
        S::SupplementAsked | S::ClockStopped | S::Received | S::NoticeGiven | S::Supplemented => {
            "waiting"
        }
        S::Decided | S::ReadyForHandover | S::HandedOver => "good",
        _ => "over",
    }
}
