//! 差评回访: the poor ratings that wait for somebody, the most urgent first, and those that are over.
//! Nothing of this ever reaches a window.

mod acting;
mod forms;
mod limits;
mod task;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::civil::Date;
use maud::{Markup, html};
use yichuang_domain::beijing;
use yichuang_domain::follow_up::{FollowUpLimits, FollowUpState};
use yichuang_domain::named::Named as _;
use yichuang_domain::urgency::{Light, Urgency};

use super::page::{Here, Trouble, notice, page as framed, pages};
use super::shelves::{Asked, LINES, Shelf, Sought};
use super::visitor::HallLead;
use crate::http::Shared;
use crate::http::steps::blocking;
use crate::store::{COUNTED, StoreError, StoredFollowUp};

use FollowUpState as S;

/// The choices, in the order shown; the first is what waits for somebody.
static SHELVES: [Shelf<FollowUpState>; 6] = [
    Shelf { name: "open", word: "待办", states: &[S::Arrived, S::Upheld, S::Mended] },
    Shelf { name: "arrived", word: "待核实", states: &[S::Arrived] },
    Shelf { name: "upheld", word: "待整改", states: &[S::Upheld] },
    Shelf { name: "mended", word: "待回访", states: &[S::Mended] },
    Shelf { name: "done", word: "已办结", states: &[S::Visited, S::Unreached] },
    Shelf { name: "not-adopted", word: "不采纳", states: &[S::NotAdopted] },
];

impl Shelf<FollowUpState> {
    fn is_open(&self) -> bool {
        self.states.iter().all(|state| state.is_open())
    }
}

/// The addresses.
pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/poor-ratings", get(page))
        .route("/poor-ratings/limits", post(limits::set))
        .route("/poor-ratings/{case}/{service}", get(task::page))
        .route("/poor-ratings/{case}/{service}/{step}", post(acting::act))
}

/// A line of the list.
struct Line {
    task: StoredFollowUp,
    /// The last day for what is next; none where it is over.
    due: Option<Date>,
}

struct Found {
    lines: Vec<Line>,
    total: u64,
    counts: Vec<u64>,
    lights: Vec<(Light, u64)>,
    seen: Urgency,
    limits: FollowUpLimits,
    guide: bool,
}

/// Reads a page of a shelf. What waits is read whole and sorted here, because limits and the
/// calendar may change after it came; there is never much of it. What is over is leafed through.
fn look(shared: &Shared, sought: &Sought<FollowUpState>) -> Result<Found, StoreError> {
    let Sought { shelf, light, text, page, .. } = sought;
    let newest = shared.office.guides.newest(&shared.store)?;
    let calendar = newest.as_ref().map(|guide| guide.calendar.clone()).unwrap_or_default();
    let seen = Urgency::on(beijing::day(shared.clock.now()), &calendar);
    let skipped = (page - 1) * LINES;
    shared.store.read(|tx| {
        let limits = tx.follow_up_limits()?;
        let line = |task: StoredFollowUp| {
            let due = limits.last_day(&task.task, &calendar);
            Line { task, due }
        };
        let counts = SHELVES.iter().map(|shelf| tx.count_follow_ups(shelf.states, ""));
        let counts = counts.collect::<Result<Vec<_>, _>>()?;
        let found = |lines, total, lights| Found {
            lines,
            total,
            counts,
            lights,
            seen,
            limits,
            guide: newest.is_some(),
        };
        if !shelf.is_open() {
            let lines = tx.follow_ups(shelf.states, text, LINES as usize, skipped)?;
            let total = tx.count_follow_ups(shelf.states, text)?;
            return Ok(found(lines.into_iter().map(line).collect(), total, Vec::new()));
        }
        let all = tx.follow_ups(shelf.states, text, COUNTED as usize, 0)?;
        let mut lines: Vec<Line> = all.into_iter().map(line).collect();
        let lit = |line: &Line| line.due.map(|due| seen.light(due));
        let count = |light: &Light| {
            (*light, lines.iter().filter(|line| lit(line) == Some(*light)).count() as u64)
        };
        let lights = Light::ALL.iter().map(count).collect();
        lines.retain(|line| light.is_none() || lit(line) == *light);
        lines.sort_by(|a, b| (a.due, &a.task.number).cmp(&(b.due, &b.task.number)));
        let total = lines.len() as u64;
        let shown = lines.into_iter().skip(skipped as usize).take(LINES as usize);
        Ok(found(shown.collect(), total, lights))
    })
}

async fn page(
    State(shared): State<Arc<Shared>>,
    HallLead(visitor): HallLead,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let mut sought = Sought::of("/office/poor-ratings", &SHELVES, &asked);
    // What is over presses nobody.
    sought.light = sought.light.filter(|_| sought.shelf.is_open());
    let sought = Arc::new(sought);
    let wanted = sought.clone();
    let found = blocking(&shared, move |shared| Ok(look(shared, &wanted)?)).await?;
    let last = found.total.min(COUNTED).div_ceil(LINES).max(1);
    let (shelf, narrowed) = (sought.shelf, sought.light.is_some() || !sought.text.is_empty());
    let waiting = |at: usize| {
        let count = found.counts.get(at).copied().unwrap_or_default();
        html! { " " (count.min(COUNTED)) @if count > COUNTED { "多" } }
    };
    let body = html! {
        div.head {
            h1 { "差评回访" }
            (sought.search("办件编号"))
        }
        @if asked.done == "limits" { (notice("good", "办理时限已设定，对待办的差评同样适用")) }
        @if visitor.trial {
            (notice("warn", "这是演练大厅中心：演练办件的评价不是真实评价，不立件回访"))
        } @else if !found.guide {
            (notice("warn", "大厅中心还没有发布办事指南：工作日只按周末计算，时限可能不准"))
        }
        (sought.ways(&SHELVES, waiting))
        @if shelf.is_open() { (sought.lights(&found.lights)) }
        @if found.lines.is_empty() {
            p.empty { (nothing(shelf, narrowed)) }
        } @else {
            (table(&found, shelf.is_open()))
            (pages(sought.at, &sought.query(shelf.name, sought.light), sought.page, last, found.total))
        }
        (limits::form(&visitor, &found.limits, None))
    };
    Ok(framed(Some(&visitor), "差评回访", Here::Ratings, &body))
}

fn nothing(shelf: &Shelf<FollowUpState>, narrowed: bool) -> &'static str {
    match shelf.name {
        _ if narrowed => "没有符合条件的差评",
        "open" => "没有待办的差评。窗口上传的“不满意”“非常不满意”会自动列在这里",
        _ => "没有差评",
    }
}

fn table(found: &Found, open: bool) -> Markup {
    html! {
        table.list {
            thead { tr {
                @if open { th { "时限" } }
                th { "办件编号" } th { "事项" } th { "站点" } th { "窗口" }
                th { "服务日期" } th { "评价" } th { "收到" }
                @if open { th { "应完成" } }
                th { "环节" }
            } }
            tbody {
                @for Line { task, due } in &found.lines {
                    tr {
                        @if open { td.narrow-column { (lamp(*due, &found.seen)) } }
                        td.number { a href=(address_of(task)) { (task.number) } }
                        td { (task.matter) }
                        td.narrow-column { (task.station) }
                        td.narrow-column { (task.window) "号" }
                        td.day { (task.task.service) }
                        td.narrow-column { (task.rating.satisfaction.word()) }
                        td.day { (beijing::day(task.came_at)) }
                        @if open { td.day { @if let Some(due) = due { (due) } } }
                        td.narrow-column { (standing(task)) }
                    }
                }
            }
        }
    }
}

/// Where the page of a task is.
fn address_of(task: &StoredFollowUp) -> String {
    format!("/office/poor-ratings/{}/{}", task.case, task.task.service)
}

/// Where a task stands.
fn standing(task: &StoredFollowUp) -> Markup {
    let tone = match task.task.state {
        S::Arrived => "waiting",
        S::Upheld | S::Mended => "going",
        S::Visited => "good",
        S::Unreached | S::NotAdopted => "over",
    };
    html! { span.state.(tone) { (task.task.state.word()) } }
}

fn lamp(due: Option<Date>, seen: &Urgency) -> Markup {
    match due.map(|due| seen.light(due)) {
        Some(light) => html! { span.light.(light.name()) { (light.word()) } },
        None => html! {},
    }
}
