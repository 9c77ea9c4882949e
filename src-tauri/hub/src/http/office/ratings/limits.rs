//! The limits for following up, which are a hall's own (按本地办法).

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yichuang_domain::Refusal;
use yichuang_domain::follow_up::FollowUpLimits;

use crate::http::Shared;
use crate::http::office::page::{Here, Trouble, form_token, notice, page as framed};
use crate::http::office::visitor::{Fields, HallLead, Posted, Visitor};
use crate::http::steps::blocking;
use crate::office::follow_ups::set_limits;

/// The form, as the limits stand, or as somebody filled it in.
pub(super) fn form(
    visitor: &Visitor,
    limits: &FollowUpLimits,
    failed: Option<(&Fields, &Refusal)>,
) -> Markup {
    let field = |name: &str, word: &str, stands: u16| {
        let value = failed.map_or_else(|| stands.to_string(), |(f, _)| f.get(name).to_owned());
        let bad = failed.is_some_and(|(_, refusal)| refusal.field == name).then_some("true");
        html! {
            label { (word)
                input type="number" name=(name) min="1" max="60" required value=(value) aria-invalid=[bad];
            }
        }
    };
    let FollowUpLimits { verify, mend, complex } = limits;
    html! {
        details.limits open[failed.is_some()] {
            summary {
                "办理时限（按本地办法）：核实" (verify) "、整改和回访" (mend) "、情况复杂"
                (complex) "个工作日"
            }
            @if let Some((_, refusal)) = failed { (notice("bad", &refusal.message)) }
            form.filters method="post" action="/office/poor-ratings/limits" {
                (form_token(visitor))
                (field("verify", "核实", *verify))
                (field("mend", "整改和回访", *mend))
                (field("complex", "情况复杂", *complex))
                button type="submit" { "设定" }
            }
            p.quiet { "都从差评到达大厅中心（或重新复核）的次日起算。国家文件没有规定天数，请按本地办法填写" }
        }
    }
}

/// Sets them.
pub(super) async fn set(
    State(shared): State<Arc<Shared>>,
    posted: Posted<HallLead>,
) -> Result<Response, Trouble> {
    let Posted { visitor: HallLead(visitor), fields } = posted;
    let [verify, mend, complex] = ["verify", "mend", "complex"].map(|name| fields.get(name));
    let limits = match FollowUpLimits::parse(verify, mend, complex) {
        Ok(limits) => limits,
        Err(refusal) => return refused(&shared, &visitor, &fields, &refusal).await,
    };
    let (account, address) = (visitor.account, visitor.address.to_string());
    blocking(&shared, move |shared| {
        Ok(set_limits(&shared.store, &account, &limits, &address, shared.clock.now())?)
    })
    .await?;
    Ok(Redirect::to("/office/poor-ratings?done=limits").into_response())
}

async fn refused(
    shared: &Arc<Shared>,
    visitor: &Visitor,
    fields: &Fields,
    refusal: &Refusal,
) -> Result<Response, Trouble> {
    let stands =
        blocking(shared, |shared| Ok(shared.store.read(|tx| tx.follow_up_limits())?)).await?;
    let body = html! {
        p.back { a href="/office/poor-ratings" { "← 差评回访" } }
        div.head { h1 { "办理时限" } }
        (form(visitor, &stands, Some((fields, refusal))))
    };
    let mut response = framed(Some(visitor), "差评回访", Here::Ratings, &body);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
