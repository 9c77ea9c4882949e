//! The pages of the back office: forms and plain HTML, no script. Translates between requests and
//! what stands behind ([`crate::office`]), and knows no rule.

mod accounts;
mod acting;
mod audit;
mod case;
mod figures;
mod forms;
mod page;
mod queue;
mod ratings;
mod scans;
mod shelves;
mod sign_in;
mod visitor;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use yichuang_domain::review::Role;

use super::Shared;
use page::Trouble;
use visitor::Visitor;

/// Where the pages are.
pub(crate) const ROOT: &str = "/office";

const STYLE: &str = include_str!("style.css");

/// What a page may load: its own stylesheet and pictures, and nothing that runs.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'",
);

/// The pages' addresses.
pub(super) fn routes() -> Router<Arc<Shared>> {
    let pages = Router::new()
        .route("/", get(home))
        .route("/sign-in", get(sign_in::page).post(sign_in::sign_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/password", get(sign_in::password_page).post(sign_in::change_password))
        .route("/cases", get(queue::page))
        .route("/cases/{id}", get(case::page))
        .route("/cases/{id}/{step}", post(acting::act))
        .route("/cases/{id}/scans/{hash}", get(scans::scan))
        .merge(figures::routes())
        .merge(ratings::routes())
        .route("/accounts", get(accounts::page).post(accounts::add))
        .route("/accounts/{login}/{change}", post(accounts::change))
        .route("/audit", get(audit::page))
        .route("/style.css", get(style))
        .fallback(|_: Uri| async { Trouble::not_found() })
        .method_not_allowed_fallback(|| async { Trouble::not_found() })
        .layer(axum::middleware::from_fn(guarded));
    Router::new().nest(ROOT, pages).route("/office/", get(|| async { Redirect::to(ROOT) }))
}

async fn home(visitor: Visitor) -> Redirect {
    Redirect::to(match visitor.account.role {
        Role::Reviewer | Role::Lead => "/office/cases",
        Role::HallLead => "/office/figures",
        Role::Administrator => "/office/accounts",
    })
}

async fn style() -> Response {
    let kind = HeaderValue::from_static("text/css; charset=utf-8");
    ([(header::CONTENT_TYPE, kind)], STYLE).into_response()
}

/// Says to the browser what it must not do with a page. An answer may be stricter by itself.
async fn guarded(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let set = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        ),
    ];
    for (name, value) in set {
        headers.entry(name).or_insert(value);
    }
    response
}

#[cfg(test)]
mod tests;
