//! The page where applicants ask for their cases: `/p` and, as the codes of papers have it, `/P/…`.
//! For anybody on the internet, so it says nothing without number and code, keeps nothing in the
//! browser, and loads nothing from elsewhere.

mod pages;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Form, FromRequest as _, Path, Request, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use maud::Markup;
use serde::Deserialize;
use yichuang_protocol::{CheckCode, Fault, FaultCode, PaperMark};

use super::Shared;
use super::answer::Failure;
use super::proxies::Asker;
use super::steps::blocking;
use crate::progress::{self, Answered, Asked, Scanned};
use pages::{Asking, Trouble};

/// The most bytes of a question: number and code, with room for how browsers write them.
const QUESTION_BYTES: usize = 2048;
/// How long a question may take to arrive.
const PATIENCE: Duration = Duration::from_secs(20);

/// Its addresses.
pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/p", get(ask).post(answer))
        .route("/p/{which}", get(ask_for))
        .route("/P/{which}", get(ask_for))
        .route("/p/style.css", get(style))
        .layer(DefaultBodyLimit::max(QUESTION_BYTES))
}

/// A page, with what keeps it to the one who asked.
struct Page(StatusCode, Markup);

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let headers = [
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "no-referrer"),
            (
                header::CONTENT_SECURITY_POLICY,
                "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; \
                 frame-ancestors 'none'",
            ),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::X_FRAME_OPTIONS, "DENY"),
            (HeaderName::from_static("x-robots-tag"), "noindex, nofollow, noarchive"),
        ];
        (self.0, headers, Html(self.1.into_string())).into_response()
    }
}

/// Closed: as if there were no such address.
fn closed() -> Response {
    Failure(Fault::new(FaultCode::NotFound, "大厅中心没有这个地址")).into_response()
}

async fn style(State(shared): State<Arc<Shared>>) -> Response {
    if shared.progress_address.is_none() {
        return closed();
    }
    let kind = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "max-age=300"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (kind, include_str!("style.css")).into_response()
}

async fn ask(State(shared): State<Arc<Shared>>) -> Response {
    if shared.progress_address.is_none() {
        return closed();
    }
    Page(StatusCode::OK, pages::form(&Asking::default())).into_response()
}

/// With a number, or with the mark of a paper that was scanned.
async fn ask_for(State(shared): State<Arc<Shared>>, Path(which): Path<String>) -> Response {
    if shared.progress_address.is_none() {
        return closed();
    }
    let Ok(mark) = PaperMark::parse(&which) else {
        let number = progress::read_number(&which).map(|number| number.to_string());
        let asking = Asking { number: number.unwrap_or_default(), ..Asking::default() };
        return Page(StatusCode::OK, pages::form(&asking)).into_response();
    };
    let number = mark.case.to_string();
    let proven = {
        let mark = mark.clone();
        blocking(&shared, move |s| Ok(progress::prove(&s.store, &mark)?)).await
    };
    match proven {
        Ok(scanned) => {
            let foreign = matches!(scanned, Scanned::Foreign);
            let trouble = foreign.then_some(Trouble::ForeignPaper);
            let asking = Asking { number, scanned: Some((mark, scanned)), trouble };
            Page(StatusCode::OK, pages::form(&asking)).into_response()
        }
        Err(failure) => away(&failure),
    }
}

/// What is typed into the page.
#[derive(Deserialize)]
struct Question {
    #[serde(default)]
    number: String,
    #[serde(default)]
    code: String,
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    Asker(from): Asker,
    request: Request,
) -> Response {
    if shared.progress_address.is_none() {
        return closed();
    }
    let read = tokio::time::timeout(PATIENCE, Form::<Question>::from_request(request, &())).await;
    let Ok(Ok(Form(typed))) = read else {
        return again(StatusCode::BAD_REQUEST, "", Trouble::Unreadable);
    };
    let Some(number) = progress::read_number(&typed.number) else {
        return again(StatusCode::BAD_REQUEST, &typed.number, Trouble::NoNumber);
    };
    let Some(code) = CheckCode::read(&typed.code) else {
        return again(StatusCode::BAD_REQUEST, number.as_str(), Trouble::NoCode);
    };
    let shown = number.to_string();
    let asked = blocking(&shared, move |s| {
        let now = s.clock.now();
        let asked = progress::ask(&s.store, &s.progress_guard, from, (&number, &code), now)?;
        Ok((asked, now))
    });
    match asked.await {
        Err(failure) => away(&failure),
        Ok((Asked::Answered(Answered::Case(case, device)), now)) => {
            Page(StatusCode::OK, pages::case(&case, &device, now)).into_response()
        }
        Ok((Asked::Answered(Answered::NotArrived), _)) => {
            Page(StatusCode::OK, pages::not_arrived(&shown)).into_response()
        }
        Ok((Asked::Answered(Answered::Wrong), _)) => {
            again(StatusCode::NOT_FOUND, &shown, Trouble::Wrong)
        }
        Ok((Asked::TooMany(wait), _)) => {
            tracing::warn!("questions for the progress of a case failed too often");
            let mut told = again(StatusCode::TOO_MANY_REQUESTS, &shown, Trouble::TooMany(wait));
            told.headers_mut().insert(header::RETRY_AFTER, wait.seconds.into());
            told
        }
    }
}

/// The form once more, with what was wrong.
fn again(status: StatusCode, number: &str, trouble: Trouble) -> Response {
    // What is no number is shown again to be put right, as far as it could be one.
    let number = number.chars().take(64).collect();
    let asking = Asking { number, trouble: Some(trouble), ..Asking::default() };
    Page(status, pages::form(&asking)).into_response()
}

/// The hub can't tell just now.
fn away(failure: &Failure) -> Response {
    let status = StatusCode::from_u16(failure.0.code.status());
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Page(status, pages::away()).into_response()
}

#[cfg(test)]
mod tests;
