//! The frame of every page, and pages that say what went wrong.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::{DOCTYPE, Markup, html};
use yichuang_domain::named::Named as _;
use yichuang_domain::review::Role;

use super::visitor::{Fields, TOKEN, Visitor};
use crate::http::answer::Failure;
use crate::store::{COUNTED, StoreError};

/// Which page it is, for the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Here {
    Cases,
    Figures,
    Ratings,
    Accounts,
    Audit,
    Password,
    Nowhere,
}

/// A page.
pub(super) fn page(visitor: Option<&Visitor>, title: &str, here: Here, body: &Markup) -> Response {
    let tab = |to: &str, tab: Here, text: &str| {
        html! { a href=(to) aria-current=[(here == tab).then_some("page")] { (text) } }
    };
    let whole = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) " · 一窗后台审批" }
                link rel="stylesheet" href="/office/style.css";
            }
            body {
                header.bar {
                    a.brand href="/office" { "一窗" span { "后台审批" } }
                    @if let Some(visitor) = visitor {
                        @if visitor.trial { strong.trial { "演练" } }
                        nav aria-label="主菜单" {
                            @if visitor.account.role.sees_cases() {
                                (tab("/office/cases", Here::Cases, "我的待办"))
                            }
                            @if visitor.account.role.sees_figures() {
                                (tab("/office/figures", Here::Figures, "统计"))
                            }
                            @if visitor.account.role.follows_up_ratings() {
                                (tab("/office/poor-ratings", Here::Ratings, "差评回访"))
                            }
                            @if visitor.account.role == Role::Administrator {
                                (tab("/office/accounts", Here::Accounts, "账号"))
                                (tab("/office/audit", Here::Audit, "审计"))
                            }
                            (tab("/office/password", Here::Password, "修改口令"))
                        }
                        div.who {
                            span { (visitor.account.name) }
                            span.quiet { (belongs(visitor)) " · " (visitor.account.role.word()) }
                            form method="post" action="/office/sign-out" {
                                (form_token(visitor))
                                button.plain type="submit" { "退出" }
                            }
                        }
                    }
                }
                main { (body) }
            }
        }
    };
    Html(whole.into_string()).into_response()
}

fn belongs(visitor: &Visitor) -> &str {
    match (&visitor.account.department, visitor.account.role) {
        (_, Role::Administrator) => "大厅中心",
        (_, Role::HallLead) => "政务服务大厅",
        (Some(department), _) => department,
        (None, _) => "全部部门",
    }
}

/// The field that makes a form one of this session.
pub(super) fn form_token(visitor: &Visitor) -> Markup {
    html! { input type="hidden" name=(TOKEN) value=(visitor.form_token()); }
}

/// A message above a page.
pub(super) fn notice(tone: &str, message: &str) -> Markup {
    html! { p.notice.(tone) role="status" { (message) } }
}

/// Links to the pages of a list. `query` is what stands in the address before the page's number.
pub(super) fn pages(path: &str, query: &str, page: u64, last: u64, total: u64) -> Markup {
    let to = |page: u64| format!("{path}?{query}page={page}");
    html! {
        nav.pages aria-label="翻页" {
            span {
                "共" @if total > COUNTED { (COUNTED) "多" } @else { (total) } "条，第" (page) "/" (last) "页"
            }
            @if page > 1 { a href=(to(page - 1)) rel="prev" { "上一页" } }
            @if page < last { a href=(to(page + 1)) rel="next" { "下一页" } }
        }
    }
}

/// A value as part of an address.
pub(super) fn in_address(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    text.bytes().fold(String::new(), |mut out, b| {
        if plain(b) {
            out.push(char::from(b));
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
        out
    })
}

/// What keeps somebody from a page.
pub(super) enum Trouble {
    /// Nobody is signed in.
    SignIn,
    /// The password must be replaced first.
    ChangePassword,
    /// Something else, in words.
    Told {
        status: StatusCode,
        message: String,
        /// What was written in the form that was not taken.
        written: Vec<String>,
        visitor: Option<Box<Visitor>>,
    },
}

impl Trouble {
    /// In words.
    pub(super) fn told(status: StatusCode, message: &str) -> Self {
        Self::Told { status, message: message.to_owned(), written: Vec::new(), visitor: None }
    }

    pub(super) fn not_found() -> Self {
        Self::told(StatusCode::NOT_FOUND, "没有这个页面，或不属于本部门。请从上方菜单进入")
    }

    pub(super) fn forbidden(visitor: Visitor) -> Self {
        Self::Told {
            status: StatusCode::FORBIDDEN,
            message: "这个账号没有这项权限，本次访问已记入审计".to_owned(),
            written: Vec::new(),
            visitor: Some(Box::new(visitor)),
        }
    }

    /// A form of a session that ended.
    pub(super) fn ended(fields: &Fields) -> Self {
        Self::Told {
            status: StatusCode::UNAUTHORIZED,
            message: "登录已过期，没有提交。请重新登录后再办".to_owned(),
            written: fields.written().into_iter().map(str::to_owned).collect(),
            visitor: None,
        }
    }

    /// A form that is none of this session.
    pub(super) fn stale_form(visitor: Visitor, fields: &Fields) -> Self {
        Self::Told {
            status: StatusCode::FORBIDDEN,
            message: "表单已失效（可能重新登录过），没有提交。请返回页面重新填写".to_owned(),
            written: fields.written().into_iter().map(str::to_owned).collect(),
            visitor: Some(Box::new(visitor)),
        }
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        let status = StatusCode::from_u16(failure.0.code.status());
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let message = match status {
            StatusCode::SERVICE_UNAVAILABLE => "大厅中心暂时忙不过来，请稍后再试",
            _ => &failure.0.message,
        };
        Self::told(status, message)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Failure::from(error).into()
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let (status, message, written, visitor) = match self {
            Self::SignIn => return Redirect::to("/office/sign-in").into_response(),
            Self::ChangePassword => return Redirect::to("/office/password").into_response(),
            Self::Told { status, message, written, visitor } => (status, message, written, visitor),
        };
        let body = html! {
            section.card.narrow {
                h1 { "没有办成" }
                (notice("bad", &message))
                @if !written.is_empty() {
                    p { "您填写的内容在这里，可以复制：" }
                    @for text in &written { pre.kept { (text) } }
                }
                p { a.button href="/office" { @if visitor.is_some() { "回到首页" } @else { "去登录" } } }
            }
        };
        let mut response = page(visitor.as_deref(), "没有办成", Here::Nowhere, &body);
        *response.status_mut() = status;
        if status == StatusCode::SERVICE_UNAVAILABLE {
            let after = HeaderValue::from_static("5");
            response.headers_mut().insert(header::RETRY_AFTER, after);
        }
        response
    }
}
