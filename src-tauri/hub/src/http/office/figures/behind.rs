//! The cases behind a number. A department's lead goes on to each; who runs the hall decides none
//! of them, and is told no applicant's name.

use std::ops::ControlFlow;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use yichuang_domain::beijing;
use yichuang_domain::case::Case;
use yichuang_domain::figures::Figure;
use yichuang_domain::named::Named as _;

use super::asked::Asked;
use super::counting::place;
use super::reading::each;
use crate::http::Shared;
use crate::http::office::case::id_of;
use crate::http::office::page::{Here, Trouble, in_address, page as framed};
use crate::http::office::queue::tone;
use crate::http::office::visitor::{FiguresReader, Visitor};
use crate::http::steps::blocking;

/// How many cases a page lists.
const LINES: usize = 50;

/// A line of the list.
struct Line {
    case: Case,
    station: String,
    window: String,
    /// How often the case counts.
    times: u32,
}

/// The list.
pub(super) async fn page(
    State(shared): State<Arc<Shared>>,
    FiguresReader(visitor): FiguresReader,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let today = beijing::day(shared.clock.now());
    let bad = |message: &str| Trouble::told(StatusCode::UNPROCESSABLE_ENTITY, message);
    let wanted = asked.wanted(&visitor.account, today).map_err(|refusal| bad(&refusal.message))?;
    let figure = Figure::from_name(&asked.figure).ok_or_else(Trouble::not_found)?;
    let after = match asked.after.as_str() {
        "" => None,
        id => {
            let id = id_of(id)?;
            let found =
                blocking(&shared, move |shared| Ok(shared.store.read(|tx| tx.filed_place(id))?));
            Some(found.await?.ok_or_else(Trouble::not_found)?)
        }
    };
    let key = Some(asked.key.as_str()).filter(|key| !key.is_empty());
    let (mut lines, mut name) = (Vec::new(), None);
    let mut more = false;
    each(&shared, &wanted.query(), after, visitor.trial, |filed| {
        let (group, called) = wanted.group.of(&filed.case, &place(&filed));
        let times = figure.of(&filed.case, today);
        if times == 0 || key.is_some_and(|key| key != group) {
            return ControlFlow::Continue(());
        }
        if lines.len() == LINES {
            more = true;
            return ControlFlow::Break(());
        }
        name.get_or_insert(called);
        let (station, window) = (filed.station, filed.window);
        lines.push(Line { case: filed.case, station, window, times });
        ControlFlow::Continue(())
    })
    .await?;
    let address = wanted.behind(figure.name(), key);
    let last = lines.last().map(|line| line.case.id.to_string());
    let body = html! {
        p.back { a href=(wanted.address("")) { "← 统计" } }
        div.head {
            h1 { (figure.word()) }
            @if let (Some(_), Some(name)) = (key, &name) { span { (name) } }
            span.quiet {
                (super::scope(&visitor, Some(&wanted))) "，收件日期" (wanted.period.from) "至" (wanted.period.to)
            }
        }
        @if lines.is_empty() { p.empty { "没有这样的办件" } } @else {
            (table(&visitor, &lines))
            nav.pages aria-label="翻页" {
                span { "本页" (lines.len()) "件，按收件日期排列" }
                @if !asked.after.is_empty() { a href=(address) { "回到开头" } }
                @if let (true, Some(last)) = (more, last) {
                    a href={ (address) "&after=" (in_address(&last)) } rel="next" { "下一页" }
                }
            }
        }
    };
    Ok(framed(Some(&visitor), figure.word(), Here::Figures, &body))
}

fn table(visitor: &Visitor, lines: &[Line]) -> Markup {
    let own = visitor.account.role.sees_cases();
    let times = lines.iter().any(|line| line.times > 1);
    html! {
        table.list {
            thead { tr {
                th { "办件编号" } th { "事项" }
                @if own { th { "申请人" } } @else { th { "部门" } }
                th { "站点" } th { "窗口" } th { "收件" } th { "应办结" } th { "办结" }
                @if times { th { "计数" } }
                th { "状态" }
            } }
            tbody {
                @for Line { case, station, window, times: count } in lines {
                    tr {
                        td.number {
                            @if own { a href={ "/office/cases/" (case.id) } { (case.number) } }
                            @else { (case.number) }
                        }
                        td { (case.matter.name) }
                        @if own { td { (case.applicant.party.name) } }
                        @else { td { (case.matter.department) } }
                        td.narrow-column { (station) }
                        td.narrow-column { (window) "号" }
                        td.day { (case.filed_on) }
                        td.day { @if let Some(due) = &case.due { (due.on) } @else { "—" } }
                        td.day { @if let Some(taken) = &case.decision { (taken.on) } @else { "—" } }
                        @if times { td.day { (count) } }
                        td.narrow-column { span.state.(tone(case.state)) { (case.state.label()) } }
                    }
                }
            }
        }
    }
}
