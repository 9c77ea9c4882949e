//! Who visits: an account with a session, by its cookie; and forms, which carry the session's token.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Form, FromRequest, FromRequestParts, Request};
use axum::http::header::{COOKIE, HeaderMap};
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode};
use yichuang_domain::review::Role;

use super::page::Trouble;
use crate::http::Shared;
use crate::http::proxies::Asker;
use crate::http::steps::blocking;
use crate::office::audit::{self, Deed};
use crate::office::sign_in::{account_of, form_token};
use crate::secrets;
use crate::store::Account;

/// The name of the cookie.
const SESSION: &str = "yichuang_office";
/// The most bytes of a form. Its longest are a page of reasons and a line for each material.
const FORM_BYTES: usize = 256 * 1024;
/// How long a form may take to arrive.
const FORM_PATIENCE: Duration = Duration::from_secs(60);

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(super) struct Visitor {
    pub(super) account: Account,
    /// Whether the hub is for practice.
    pub(super) trial: bool,
    /// From where.
    pub(super) address: IpAddr,
    /// The session's token.
    pub(super) token: String,
}

impl Visitor {
    /// What this session's forms carry.
    pub(super) fn form_token(&self) -> String {
        form_token(&self.token)
    }
}

/// Whether the browser came over TLS: this hub ended it, or the proxy before it says that it did. A
/// visitor who claims so only keeps the cookie from their own plain connection.
pub(super) fn is_secure(shared: &Shared, headers: &HeaderMap) -> bool {
    let forwarded = headers.get("x-forwarded-proto").and_then(|value| value.to_str().ok());
    shared.tls.load(std::sync::atomic::Ordering::Relaxed)
        || forwarded.is_some_and(|scheme| scheme.eq_ignore_ascii_case("https"))
}

/// The cookie that begins a session, or ends it where there is no token.
pub(super) fn cookie(token: Option<&str>, secure: bool) -> String {
    let (value, age) = match token {
        Some(token) => (token, ""),
        None => ("", "; Max-Age=0"),
    };
    let secure = if secure { "; Secure" } else { "" };
    format!("{SESSION}={value}; Path=/office; HttpOnly; SameSite=Strict{secure}{age}")
}

fn token_of(headers: &HeaderMap) -> Option<String> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    let (_, token) = pairs.find(|(name, _)| name.trim() == SESSION)?;
    let token = token.trim();
    (token.len() == 64 && token.bytes().all(|b| b.is_ascii_hexdigit())).then(|| token.to_owned())
}

/// The session of a request; none where nobody is signed in.
async fn visitor(parts: &Parts, shared: &Arc<Shared>) -> Result<Option<Visitor>, Trouble> {
    let Some(token) = token_of(&parts.headers) else { return Ok(None) };
    let asked = token.clone();
    let found = blocking(shared, move |shared| {
        let account = account_of(&shared.store, &asked, shared.clock.now())?;
        let trial = shared.store.read(|tx| tx.trial())?.unwrap_or(false);
        Ok(account.map(|account| (account, trial)))
    })
    .await?;
    let Asker(address) = Asker::of(shared, parts);
    Ok(found.map(|(account, trial)| Visitor { account, trial, address, token }))
}

/// Somebody signed in, whose password may still have to be replaced.
pub(super) struct AnyVisitor(pub(super) Visitor);

impl FromRequestParts<Arc<Shared>> for AnyVisitor {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Trouble> {
        visitor(parts, shared).await?.map(Self).ok_or(Trouble::SignIn)
    }
}

impl FromRequestParts<Arc<Shared>> for Visitor {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Trouble> {
        let AnyVisitor(visitor) = AnyVisitor::from_request_parts(parts, shared).await?;
        if visitor.account.must_change { Err(Trouble::ChangePassword) } else { Ok(visitor) }
    }
}

/// Somebody who may see cases.
pub(super) struct Official(pub(super) Visitor);

impl FromRequestParts<Arc<Shared>> for Official {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Trouble> {
        let visitor = Visitor::from_request_parts(parts, shared).await?;
        let path = parts.uri.path().to_owned();
        if visitor.account.role.sees_cases() {
            return Ok(Self(visitor));
        }
        Err(forbidden(shared, &visitor, path).await)
    }
}

/// Somebody who may see figures.
pub(super) struct FiguresReader(pub(super) Visitor);

impl FromRequestParts<Arc<Shared>> for FiguresReader {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Trouble> {
        let visitor = Visitor::from_request_parts(parts, shared).await?;
        let path = parts.uri.path().to_owned();
        if visitor.account.role.sees_figures() {
            return Ok(Self(visitor));
        }
        Err(forbidden(shared, &visitor, path).await)
    }
}

/// Somebody who follows up poor ratings.
pub(super) struct HallLead(pub(super) Visitor);

impl FromRequestParts<Arc<Shared>> for HallLead {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Trouble> {
        let visitor = Visitor::from_request_parts(parts, shared).await?;
        let path = parts.uri.path().to_owned();
        if visitor.account.role.follows_up_ratings() {
            return Ok(Self(visitor));
        }
        Err(forbidden(shared, &visitor, path).await)
    }
}

/// Somebody who keeps the accounts.
pub(super) struct Administrator(pub(super) Visitor);

impl FromRequestParts<Arc<Shared>> for Administrator {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Trouble> {
        let visitor = Visitor::from_request_parts(parts, shared).await?;
        let path = parts.uri.path().to_owned();
        if visitor.account.role == Role::Administrator {
            return Ok(Self(visitor));
        }
        Err(forbidden(shared, &visitor, path).await)
    }
}

/// Writes down that somebody reached for what is not theirs.
async fn forbidden(shared: &Arc<Shared>, visitor: &Visitor, what: String) -> Trouble {
    let (account, address) = (visitor.account.clone(), visitor.address.to_string());
    let noted = blocking(shared, move |shared| {
        let now = shared.clock.now();
        let what: String = what.chars().take(200).collect();
        let entry = audit::of(&account, Deed::Forbidden, "", what, &address, now);
        Ok(shared.store.write(|tx| audit::note(tx, &entry))?)
    });
    match noted.await {
        Ok(()) => Trouble::forbidden(visitor.clone()),
        Err(error) => error.into(),
    }
}

/// A form that somebody sent from a page of their own session.
pub(super) struct Posted<V> {
    pub(super) visitor: V,
    pub(super) fields: Fields,
}

/// The fields of a form, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// A field; empty where the form has none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str())
    }

    /// Whether the form has a field.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(n, _)| n == name)
    }

    /// Every value of a field that may come several times.
    pub(super) fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// What somebody wrote: every text that is more than a token or a mark.
    pub(super) fn written(&self) -> Vec<&str> {
        let hidden = |name: &str| {
            matches!(
                name,
                TOKEN | "seen" | "items" | "password" | "old" | "finding" | "way" | "complex"
            )
        };
        let texts = self.0.iter().filter(|(name, value)| !hidden(name) && !value.trim().is_empty());
        texts.map(|(_, value)| value.as_str()).collect()
    }
}

/// The field that carries the session's token.
pub(super) const TOKEN: &str = "form";

/// Reads a form.
pub(super) async fn fields(request: Request) -> Result<Fields, Trouble> {
    let (parts, body) = request.into_parts();
    let read = tokio::time::timeout(FORM_PATIENCE, axum::body::to_bytes(body, FORM_BYTES)).await;
    let Ok(Ok(bytes)) = read else {
        let message = "提交的内容过大或传送超时，请缩短后再提交";
        return Err(Trouble::told(StatusCode::PAYLOAD_TOO_LARGE, message));
    };
    let request = Request::from_parts(parts, Body::from(bytes));
    match Form::<Vec<(String, String)>>::from_request(request, &()).await {
        Ok(Form(fields)) => Ok(Fields(fields)),
        Err(_) => Err(Trouble::told(StatusCode::BAD_REQUEST, "提交的内容无法识别，请返回重试")),
    }
}

/// Whether the browser says that another site sent the request.
pub(super) fn from_elsewhere(headers: &HeaderMap) -> bool {
    let site = headers.get(HeaderName::from_static("sec-fetch-site"));
    site.is_some_and(|site| site != "same-origin" && site != "none")
}

impl<V> FromRequest<Arc<Shared>> for Posted<V>
where
    V: FromRequestParts<Arc<Shared>, Rejection = Trouble> + Signed + Send,
{
    type Rejection = Trouble;

    async fn from_request(request: Request, shared: &Arc<Shared>) -> Result<Self, Trouble> {
        let (mut parts, body) = request.into_parts();
        let visitor = V::from_request_parts(&mut parts, shared).await;
        let elsewhere = from_elsewhere(&parts.headers);
        let path = parts.uri.path().to_owned();
        let fields = fields(Request::from_parts(parts, body)).await?;
        let visitor = match visitor {
            // What was written in a long while must not be lost with the session.
            Err(Trouble::SignIn) => return Err(Trouble::ended(&fields)),
            visitor => visitor?,
        };
        let signed = visitor.signed();
        if elsewhere || !secrets::same(fields.get(TOKEN), &signed.form_token()) {
            return match forbidden(shared, signed, format!("表单校验不符 {path}")).await {
                Trouble::Told { .. } => Err(Trouble::stale_form(signed.clone(), &fields)),
                trouble => Err(trouble),
            };
        }
        Ok(Self { visitor, fields })
    }
}

/// What says who is signed in.
pub(super) trait Signed {
    fn signed(&self) -> &Visitor;
}

macro_rules! signed {
    ($($type:ty),+) => {
        $(impl Signed for $type {
            fn signed(&self) -> &Visitor {
                &self.0
            }
        })+
    };
}
signed!(AnyVisitor, Official, HallLead, Administrator);
