//! The audit, for the administrator: who signed in, looked at which case, did what.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use jiff::ToSpan as _;
use jiff::civil::Date;
use maud::html;
use serde::Deserialize;
use yichuang_domain::beijing;
use yichuang_domain::named::Named as _;

use super::page::{Here, Trouble, in_address, page as framed, pages};
use super::visitor::Administrator;
use crate::http::Shared;
use crate::http::steps::blocking;
use crate::office::audit::Deed;
use crate::store::{AuditQuery, COUNTED, StoreError};

/// How many entries a page shows.
const LINES: u64 = 50;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    act: String,
    from: String,
    to: String,
    page: String,
}

/// The list.
pub(super) async fn page(
    State(shared): State<Arc<Shared>>,
    Administrator(visitor): Administrator,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let number = asked.page.parse().unwrap_or(1).clamp(1, COUNTED / LINES);
    let act = Deed::from_name(&asked.act);
    let day = |text: &str| text.parse::<Date>().ok();
    let (from, to) = (day(&asked.from), day(&asked.to));
    let text: String = asked.q.trim().chars().take(100).collect();
    let query = AuditQuery {
        text: text.clone(),
        act: act.map_or(String::new(), |act| act.name().to_owned()),
        from: from.and_then(beijing::start_of),
        until: to.and_then(|day| day.checked_add(1.day()).ok()).and_then(beijing::start_of),
    };
    let (total, entries) = blocking(&shared, move |shared| {
        Ok(shared.store.read(|tx| {
            let total = tx.count_audit(&query)?;
            let entries = tx.audit(&query, LINES as usize, (number - 1) * LINES)?;
            Ok::<_, StoreError>((total, entries))
        })?)
    })
    .await?;
    let shown = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
    let chosen = act.map_or("", Deed::name);
    let address =
        format!("q={}&act={chosen}&from={}&to={}&", in_address(&text), shown(from), shown(to));
    let body = html! {
        div.head { h1 { "审计" } }
        form.filters method="get" action="/office/audit" role="search" {
            label { "内容" input type="search" name="q" value=(text) maxlength="100" placeholder="登录名、姓名、办件编号、说明"; }
            label { "行为" select name="act" {
                option value="" { "全部" }
                @for deed in Deed::ALL {
                    option value=(deed.name()) selected[deed.name() == chosen] { (deed.word()) }
                }
            } }
            label { "从" input type="date" name="from" value=(shown(from)); }
            label { "到" input type="date" name="to" value=(shown(to)); }
            button type="submit" { "查找" }
        }
        @if entries.is_empty() { p.empty { "没有符合条件的记录" } } @else {
            table.list {
                thead { tr { th { "时间" } th { "登录名" } th { "姓名" } th { "行为" } th { "办件编号" } th { "说明" } th { "网络地址" } } }
                tbody {
                    @for entry in &entries {
                        tr {
                            td.day { (beijing::written(entry.at)) }
                            td { (entry.login) }
                            td { (entry.name) }
                            td { (Deed::from_name(&entry.act).map_or(entry.act.as_str(), |deed| deed.word())) }
                            td.number { (entry.case_number) }
                            td { (entry.detail) }
                            td.day { (entry.address) }
                        }
                    }
                }
            }
            (pages("/office/audit", &address, number, total.min(COUNTED).div_ceil(LINES).max(1), total))
        }
    };
    Ok(framed(Some(&visitor), "审计", Here::Audit, &body))
}
