//! 统计: what the cases of a period come to, for who runs the hall and for who leads a department.
//! What a figure is, `domain::figures` says, for these pages as for a window's own.

mod asked;
mod behind;
mod chart;
mod counting;
mod export;
mod reading;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use jiff::ToSpan as _;
use jiff::civil::Date;
use maud::{Markup, html};
use yichuang_domain::Refusal;
use yichuang_domain::beijing;
use yichuang_domain::figures::{Figure, HallGroup, Period, Rate, Tally};
use yichuang_domain::follow_up::counts::FollowUpCounts;
use yichuang_domain::named::Named as _;

use self::asked::{Asked, Wanted};
use self::counting::Counted;
use super::page::{Here, Trouble, notice, page as framed};
use super::visitor::{FiguresReader, Visitor};
use crate::http::Shared;
use crate::http::steps::blocking;

/// How many groups the page shows; a workbook has all of them.
const GROUPS: usize = 400;

/// The figures that stand above the table, beside the rates.
const ABOVE: [Figure; 9] = [
    Figure::Filed,
    Figure::Accepted,
    Figure::Decided,
    Figure::Overdue,
    Figure::Notices,
    Figure::HandedOver,
    Figure::Reprints,
    Figure::Materials,
    Figure::Services,
];

/// The figures of each line of the table; all of them are in the workbook.
const COLUMNS: [Figure; 12] = [
    Figure::Filed,
    Figure::Accepted,
    Figure::TurnedAway,
    Figure::Decided,
    Figure::DecidedOnTime,
    Figure::Overdue,
    Figure::Notices,
    Figure::SecondNotices,
    Figure::Extensions,
    Figure::Ended,
    Figure::HandedOver,
    Figure::Evaluated,
];

/// The addresses.
pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/figures", get(page))
        .route("/figures/cases", get(behind::page))
        .route("/figures/export", get(export::workbook))
}

/// Whose figures they are.
fn scope(visitor: &Visitor, wanted: Option<&Wanted>) -> String {
    match wanted.and_then(|wanted| wanted.department.clone()) {
        Some(department) => department,
        None if visitor.account.role.is_of_departments() => "全部部门".to_owned(),
        None => "全大厅".to_owned(),
    }
}

async fn page(
    State(shared): State<Arc<Shared>>,
    FiguresReader(visitor): FiguresReader,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let today = beijing::day(shared.clock.now());
    let wanted = match asked.wanted(&visitor.account, today) {
        Ok(wanted) => wanted,
        Err(refusal) => return Ok(refused(&visitor, &asked, today, &refusal)),
    };
    let counted = counting::count(&shared, &wanted, (today, visitor.trial)).await?;
    let ratings = match visitor.account.role.follows_up_ratings() {
        false => None,
        true => {
            let Period { from, to } = wanted.period;
            let counts = blocking(&shared, move |shared| {
                Ok(shared.store.read(|tx| tx.follow_up_counts(from, to))?)
            });
            Some(counts.await?)
        }
    };
    let body = html! {
        (head(&visitor, &asked, today, Some(&wanted), None))
        @if counted.total.get(Figure::Filed) == 0 {
            section.card { p.empty { "这段时间没有收件。可以换一个起止日期再看" } }
        } @else {
            (above(&wanted, &counted.total))
            @if let Some(ratings) = &ratings { (followed_up(ratings)) }
            (table(&wanted, &counted))
            section.card {
                div.head {
                    h2 { "走势" }
                    span.legend { i.filed {} "收件" i.decided {} "其中已办结" }
                }
                (chart::chart(&counted.bars, counted.by.word()))
            }
            p.quiet {
                "统计的是这段时间收件的办件，办理情况截至" (today) "。比率向下取整，没有可比的不计。"
                @if visitor.trial { "这是演练大厅中心，统计的都是演练办件。" }
            }
        }
    };
    Ok(framed(Some(&visitor), "统计", Here::Figures, &body))
}

/// The form again, with what was typed and what is wrong with it.
fn refused(visitor: &Visitor, asked: &Asked, today: Date, refusal: &Refusal) -> Response {
    let body = html! {
        (head(visitor, asked, today, None, Some(refusal)))
        (notice("bad", &refusal.message))
    };
    let mut response = framed(Some(visitor), "统计", Here::Figures, &body);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

fn head(
    visitor: &Visitor,
    asked: &Asked,
    today: Date,
    wanted: Option<&Wanted>,
    refusal: Option<&Refusal>,
) -> Markup {
    let (from, to) = asked.days(today);
    let group = asked.group(visitor.account.role);
    let bad = |name: &str| refusal.is_some_and(|r| r.field == name).then_some("true");
    let quick = quick(today);
    html! {
        div.head {
            h1 { "统计" }
            span.quiet { (scope(visitor, wanted)) }
            @if let Some(wanted) = wanted {
                a.button.right href=(wanted.address("/export")) { "导出表格" }
            }
        }
        form.filters.plain method="get" action="/office/figures" {
            label { "收件日期从" input type="date" name="from" value=(from) required aria-invalid=[bad("from")]; }
            label { "到" input type="date" name="to" value=(to) required aria-invalid=[bad("to")]; }
            label { "分组" select name="group" {
                @for one in HallGroup::ALL {
                    option value=(one.name()) selected[*one == group] { "按" (one.word()) }
                }
            } }
            button.primary type="submit" { "统计" }
            nav.quick aria-label="常用时间" {
                @for (word, period) in &quick {
                    @let here = wanted.is_some_and(|wanted| wanted.period == *period);
                    a href={ "/office/figures?from=" (period.from) "&to=" (period.to) "&group=" (group.name()) }
                        aria-current=[here.then_some("true")] { (word) }
                }
            }
        }
    }
}

/// Periods that are asked for every month and every year.
fn quick(today: Date) -> Vec<(&'static str, Period)> {
    let this = Period::month_to(today);
    let last = today.first_of_month().checked_sub(1.day()).unwrap_or(today);
    let year = today.first_of_year();
    let before = year.checked_sub(1.day()).unwrap_or(today);
    vec![
        ("本月", this),
        ("上月", Period { from: last.first_of_month(), to: last }),
        ("今年", Period { from: year, to: today }),
        ("去年", Period { from: before.first_of_year(), to: before }),
    ]
}

/// A rate as people read it: 98.7%, rounded down.
fn percent(per_mille: Option<u64>) -> String {
    per_mille.map_or_else(|| "—".to_owned(), |rate| format!("{}.{}%", rate / 10, rate % 10))
}

fn rate(tally: &Tally, rate: Rate) -> String {
    percent(tally.per_mille(rate).map(u64::from))
}

fn number(wanted: &Wanted, tally: &Tally, figure: Figure, key: Option<&str>) -> Markup {
    match tally.get(figure) {
        0 => html! { span.quiet { "0" } },
        count => html! { a href=(wanted.behind(figure.name(), key)) { (count) } },
    }
}

fn above(wanted: &Wanted, total: &Tally) -> Markup {
    html! {
        ul.tiles aria-label="合计" {
            @for figure in ABOVE {
                li { b { (number(wanted, total, figure, None)) } span { (figure.word()) } }
            }
            @for one in Rate::ALL {
                @let (part, whole) = one.of();
                li.rate {
                    b { (rate(total, *one)) }
                    span { (one.word()) }
                    span.quiet {
                        (number(wanted, total, part, None)) "/" (number(wanted, total, whole, None))
                    }
                }
            }
        }
    }
}

fn followed_up(counts: &FollowUpCounts) -> Markup {
    html! {
        ul.tiles aria-label="差评回访" {
            li { b { (counts.poor) } span { "差评" } }
            li { b { (counts.unverified) } span { "待核实" } }
            li { b { (counts.not_adopted) } span { "不采纳" } }
            li { b { (counts.mended) } span { "已整改" } }
            li { b { (counts.visited) } span { "已回访" } }
            li { b { (counts.unreached) } span { "联系不上" } }
            li.rate {
                b { (percent(counts.mended_per_mille())) } span { "整改率" }
                span.quiet { (counts.mended) "/" (counts.adopted()) }
            }
            li.rate {
                b { (percent(counts.visited_per_mille())) } span { "回访率" }
                span.quiet { (counts.visited) "/" (counts.adopted()) }
            }
            li.go { a href="/office/poor-ratings" { "去差评回访" } }
        }
    }
}

fn table(wanted: &Wanted, counted: &Counted) -> Markup {
    let line = |name: Markup, tally: &Tally, key: Option<&str>| {
        html! {
            tr {
                th scope="row" { (name) }
                @for figure in COLUMNS { td { (number(wanted, tally, figure, key)) } }
                @for one in Rate::ALL { td { (rate(tally, *one)) } }
            }
        }
    };
    html! {
        table.list.figures {
            thead { tr {
                th scope="col" { (wanted.group.word()) }
                @for figure in COLUMNS { th scope="col" { (figure.word()) } }
                @for one in Rate::ALL { th scope="col" { (one.word()) } }
            } }
            tbody {
                @for row in counted.groups.iter().take(GROUPS) {
                    (line(html! { (row.name) }, &row.tally, Some(&row.key)))
                }
            }
            tfoot { (line(html! { "合计" }, &counted.total, None)) }
        }
        @if counted.groups.len() > GROUPS {
            p.quiet { "共" (counted.groups.len()) "组，这里列出前" (GROUPS) "组，全部的请导出表格" }
        }
    }
}
