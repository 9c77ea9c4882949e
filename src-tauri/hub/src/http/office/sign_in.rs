//! Signing in and out, and one's own password.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use tokio::sync::OwnedSemaphorePermit;

use super::page::{Here, Trouble, form_token, notice, page as framed};
use super::visitor::{AnyVisitor, Posted, Visitor, cookie, fields, from_elsewhere, is_secure};
use crate::http::Shared;
use crate::http::answer::Failure;
use crate::http::proxies::Asker;
use crate::http::steps::blocking;
use crate::office::passwords;
use crate::office::sign_in::{self as signing, Attempt, SignedIn};

/// How long somebody may wait for a password to be compared.
const TURN: Duration = Duration::from_secs(20);

/// Waits for a place to compare a password in.
pub(super) async fn comparing(shared: &Shared) -> Result<OwnedSemaphorePermit, Trouble> {
    let comparing = Arc::clone(&shared.office.comparing);
    match tokio::time::timeout(TURN, comparing.acquire_owned()).await {
        Ok(Ok(place)) => Ok(place),
        _ => Err(Failure::unavailable().into()),
    }
}

fn form(login: &str, why: Option<&str>, status: StatusCode) -> Response {
    let body = html! {
        section.card.narrow.sign-in {
            h1 { "登录" }
            @if let Some(why) = why { (notice("bad", why)) }
            form method="post" action="/office/sign-in" autocomplete="on" {
                label { "登录名"
                    input name="login" value=(login) required maxlength="64" autocomplete="username"
                        autofocus[login.is_empty()];
                }
                label { "口令"
                    input name="password" type="password" required maxlength="200"
                        autocomplete="current-password" autofocus[!login.is_empty()];
                }
                button.primary type="submit" { "登录" }
            }
            p.quiet { "账号由大厅中心管理员建立。30分钟没有操作，或登录满12小时，须重新登录。" }
        }
    };
    let mut response = framed(None, "登录", Here::Nowhere, &body);
    *response.status_mut() = status;
    response
}

/// The form.
pub(super) async fn page() -> Response {
    form("", None, StatusCode::OK)
}

/// Signs in.
pub(super) async fn sign_in(
    State(shared): State<Arc<Shared>>,
    Asker(from): Asker,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Trouble> {
    if from_elsewhere(&headers) {
        return Err(Trouble::told(StatusCode::FORBIDDEN, "请从登录页面登录"));
    }
    let secure = is_secure(&shared, &headers);
    let fields = fields(request).await?;
    let login = fields.get("login").to_owned();
    let attempt =
        Attempt { login: login.clone(), password: fields.get("password").to_owned(), from };
    let place = comparing(&shared).await?;
    let done = blocking(&shared, move |shared| {
        let done = signing::sign_in(&shared.store, &attempt, shared.clock.now());
        drop(place);
        Ok(done?)
    })
    .await?;
    let again = |why: &str, status| Ok(form(&login, Some(why), status));
    let wait = StatusCode::TOO_MANY_REQUESTS;
    match done {
        SignedIn::Yes(token) => Ok(with_cookie(Redirect::to("/office"), Some(&token), secure)),
        SignedIn::Wrong => {
            again("登录名或口令不对。连续输错5次，账号会暂停登录", StatusCode::UNAUTHORIZED)
        }
        SignedIn::Resting(minutes) => again(&format!("输错次数过多，请{minutes}分钟后再试"), wait),
        SignedIn::TooMany => again("从这个网络地址登录失败过多，请十分钟后再试", wait),
    }
}

fn with_cookie(to: Redirect, token: Option<&str>, secure: bool) -> Response {
    let mut response = to.into_response();
    // Letters, digits and marks that every header may have.
    if let Ok(value) = HeaderValue::from_str(&cookie(token, secure)) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}

/// Signs out.
pub(super) async fn sign_out(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    posted: Posted<AnyVisitor>,
) -> Result<Response, Trouble> {
    let secure = is_secure(&shared, &headers);
    let AnyVisitor(Visitor { account, token, address, .. }) = posted.visitor;
    blocking(&shared, move |shared| {
        let (now, address) = (shared.clock.now(), address.to_string());
        Ok(signing::sign_out(&shared.store, &token, &account, &address, now)?)
    })
    .await?;
    Ok(with_cookie(Redirect::to("/office/sign-in"), None, secure))
}

fn password_form(visitor: &Visitor, why: Option<&str>) -> Response {
    let body = html! {
        section.card.narrow {
            h1 { "修改口令" }
            @if visitor.account.must_change {
                (notice("warn", "现在的口令是别人替您设的，请先换成只有您知道的"))
            }
            @if let Some(why) = why { (notice("bad", why)) }
            form method="post" action="/office/password" {
                (form_token(visitor))
                label { "现在的口令"
                    input name="old" type="password" required autocomplete="current-password";
                }
                label { "新口令" span.hint { "至少" (passwords::SHORTEST) "个字符，含字母、数字、符号中的两种" }
                    input name="password" type="password" required minlength=(passwords::SHORTEST)
                        maxlength="128" autocomplete="new-password";
                }
                label { "再输一次新口令"
                    input name="again" type="password" required autocomplete="new-password";
                }
                button.primary type="submit" { "修改" }
            }
            p.quiet { "修改以后，这个账号在别处的登录全部退出，本页也须重新登录。" }
        }
    };
    let mut response = framed(Some(visitor), "修改口令", Here::Password, &body);
    if why.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// The form for one's own password.
pub(super) async fn password_page(AnyVisitor(visitor): AnyVisitor) -> Response {
    password_form(&visitor, None)
}

/// Changes one's own password. Every session of the account ends with the old one.
pub(super) async fn change_password(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    posted: Posted<AnyVisitor>,
) -> Result<Response, Trouble> {
    let Posted { visitor: AnyVisitor(visitor), fields } = posted;
    let secure = is_secure(&shared, &headers);
    let new = fields.get("password").to_owned();
    if new != fields.get("again") {
        return Ok(password_form(&visitor, Some("两次输入的新口令不一样")));
    }
    if let Err(refused) = passwords::check(&new, &visitor.account.login) {
        return Ok(password_form(&visitor, Some(&refused.message)));
    }
    let attempt = Attempt {
        login: visitor.account.login.clone(),
        password: fields.get("old").to_owned(),
        from: visitor.address,
    };
    if attempt.password == new {
        return Ok(password_form(&visitor, Some("新口令与现在的口令一样，请换一个")));
    }
    let place = comparing(&shared).await?;
    let done = blocking(&shared, move |shared| {
        let Ok(hash) = passwords::hash(&new) else { return Ok(Some(SignedIn::Wrong)) };
        let done = signing::change_password(&shared.store, &attempt, &hash, shared.clock.now());
        drop(place);
        Ok(done?)
    })
    .await?;
    match done {
        None => Ok(with_cookie(Redirect::to("/office/sign-in"), None, secure)),
        Some(SignedIn::Resting(_) | SignedIn::TooMany) => {
            Ok(password_form(&visitor, Some("输错次数过多，请稍后再试")))
        }
        Some(_) => Ok(password_form(&visitor, Some("现在的口令不对"))),
    }
}
