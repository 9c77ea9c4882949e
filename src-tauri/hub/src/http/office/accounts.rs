//! Accounts, for the administrator.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use yichuang_domain::named::Named as _;
use yichuang_domain::review::Role;

use super::page::{Here, Trouble, form_token, in_address, notice, page as framed};
use super::sign_in::comparing;
use super::visitor::{Administrator, Fields, Posted, Visitor};
use crate::error::{HubError, Refused, StepError};
use crate::http::Shared;
use crate::http::steps::blocking;
use crate::office::accounts::{self as keeping, MadePassword, NewAccount};
use crate::office::audit::{self, Deed};
use crate::store::{Account, StoreError};

/// What came of a form.
enum Came {
    Nothing,
    /// A password was made, which is shown this once.
    Made(MadePassword),
    Done(&'static str),
    Refused(Refused, Fields),
}

/// Apart what is told to people and what is the hub's own trouble.
fn told<T>(done: Result<T, HubError>) -> Result<Result<T, Refused>, StepError> {
    match done {
        Ok(done) => Ok(Ok(done)),
        Err(HubError::Refused(refused)) => Ok(Err(refused)),
        Err(HubError::Store(error)) => Err(error.into()),
        Err(error) => {
            tracing::error!(code = error.code(), "an account could not be kept");
            Err(StoreError::Unreadable("账号").into())
        }
    }
}

/// The list.
pub(super) async fn page(
    State(shared): State<Arc<Shared>>,
    Administrator(visitor): Administrator,
) -> Result<Response, Trouble> {
    shown(&shared, &visitor, Came::Nothing).await
}

async fn shown(shared: &Arc<Shared>, visitor: &Visitor, came: Came) -> Result<Response, Trouble> {
    let (accounts, departments) = blocking(shared, |shared| {
        let accounts = shared.store.read(|tx| tx.accounts())?;
        let guide = shared.office.guides.newest(&shared.store)?;
        let departments = guide.iter().flat_map(|guide| &guide.departments);
        let departments: Vec<String> = departments.map(|d| d.name.clone()).collect();
        Ok((accounts, departments))
    })
    .await?;
    let refused = match &came {
        Came::Refused(refused, fields) => Some((refused, fields)),
        _ => None,
    };
    let body = html! {
        div.head { h1 { "账号" } }
        @match &came {
            Came::Nothing => {},
            Came::Done(what) => (notice("good", what)),
            Came::Made(made) => div.notice.good role="status" {
                p { "账号 " b { (made.login) } " 的初始口令：" code { (made.password) } }
                p { "只显示这一次，请当面交给本人，首次登录须更换。" }
            },
            Came::Refused(refused, _) => (notice("bad", &refused.message)),
        }
        div.columns {
            div { section.card {
                table.list {
                    thead { tr { th { "登录名" } th { "姓名" } th { "角色" } th { "部门" } th { "状态" } th { "操作" } } }
                    tbody { @for account in &accounts { (line(visitor, account)) } }
                }
            } }
            div { section.card { h2 { "新建账号" } (new_form(visitor, &departments, refused)) } }
        }
    };
    let mut response = framed(Some(visitor), "账号", Here::Accounts, &body);
    if refused.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn line(visitor: &Visitor, account: &Account) -> Markup {
    let button = |change: &str, word: &str| {
        html! {
            form method="post" action={ "/office/accounts/" (in_address(&account.login)) "/" (change) } {
                (form_token(visitor))
                button.small type="submit" { (word) }
            }
        }
    };
    html! {
        tr {
            td { (account.login) }
            td { (account.name) }
            td { (account.role.word()) }
            td {
                @match &account.department {
                    Some(department) => (department),
                    None if account.role.is_of_departments() => "全部",
                    None => span.quiet { "—" },
                }
            }
            td { @if account.disabled { "已停用" } @else if account.must_change { "待首次登录" } @else { "在用" } }
            td { div.buttons {
                @if account.login == visitor.account.login { span.quiet { "本人" } }
                @else if account.disabled { (button("enable", "恢复")) }
                @else { (button("password", "重置口令")) (button("disable", "停用")) }
            } }
        }
    }
}

fn new_form(
    visitor: &Visitor,
    departments: &[String],
    refused: Option<(&Refused, &Fields)>,
) -> Markup {
    let was = |name: &str| refused.map_or("", |(_, fields)| fields.get(name));
    let bad = |name: &str| refused.is_some_and(|(r, _)| r.field == name).then_some("true");
    html! {
        form method="post" action="/office/accounts" {
            (form_token(visitor))
            label { "登录名"
                input name="login" value=(was("login")) required maxlength="32" autocomplete="off"
                    aria-invalid=[bad("login")];
            }
            label { "姓名" span.hint { "写入办理记录" }
                input name="name" value=(was("name")) required maxlength="60" autocomplete="off"
                    aria-invalid=[bad("name")];
            }
            label { "角色"
                select name="role" {
                    @for role in Role::ALL {
                        option value=(role.name()) selected[was("role") == role.name()] { (role.word()) }
                    }
                }
            }
            label { "部门" span.hint { "与指南里的实施主体全称一致；大厅负责人和管理员不填" }
                input name="department" value=(was("department")) maxlength="60" list="departments"
                    autocomplete="off" aria-invalid=[bad("department")];
                datalist id="departments" { @for name in departments { option value=(name); } }
            }
            label.tick { input type="checkbox" name="all" checked[was("all") == "on"]; "可看全部部门的办件" }
            button.primary type="submit" { "建立" }
        }
    }
}

fn asked(fields: &Fields) -> Result<NewAccount, Refused> {
    let role = Role::from_name(fields.get("role"))
        .ok_or_else(|| Refused::new("bad-account", "role", "请选择角色"))?;
    let department = fields.get("department").trim();
    let all = fields.has("all") || !role.is_of_departments();
    if !all && department.is_empty() {
        let message = "请填写部门，或勾选可看全部部门的办件";
        return Err(Refused::new("bad-account", "department", message));
    }
    Ok(NewAccount {
        login: fields.get("login").to_owned(),
        name: fields.get("name").to_owned(),
        department: (!all).then(|| department.to_owned()),
        role,
    })
}

/// Makes an account.
pub(super) async fn add(
    State(shared): State<Arc<Shared>>,
    posted: Posted<Administrator>,
) -> Result<Response, Trouble> {
    let Posted { visitor: Administrator(visitor), fields } = posted;
    let asked = match asked(&fields) {
        Ok(asked) => asked,
        Err(refused) => return shown(&shared, &visitor, Came::Refused(refused, fields)).await,
    };
    let (by, address) = (visitor.account.clone(), visitor.address.to_string());
    let place = comparing(&shared).await?;
    let made = blocking(&shared, move |shared| {
        let now = shared.clock.now();
        let prepared = match told(keeping::prepare(&asked))? {
            Ok(prepared) => prepared,
            Err(refused) => return Ok(Err(refused)),
        };
        drop(place);
        let detail = format!("{}（{}）", prepared.account().login, prepared.account().role.word());
        told(shared.store.write(|tx| {
            keeping::insert(tx, &prepared, now)?;
            audit::note(tx, &audit::of(&by, Deed::AddedAccount, "", &*detail, &address, now))?;
            Ok(prepared.made.clone())
        }))
    })
    .await?;
    let came = match made {
        Ok(made) => Came::Made(made),
        Err(refused) => Came::Refused(refused, fields),
    };
    shown(&shared, &visitor, came).await
}

/// Disables an account, lets it sign in again, or gives it another password.
pub(super) async fn change(
    State(shared): State<Arc<Shared>>,
    Path((login, change)): Path<(String, String)>,
    posted: Posted<Administrator>,
) -> Result<Response, Trouble> {
    let Posted { visitor: Administrator(visitor), fields } = posted;
    let deed = match change.as_str() {
        "disable" => Deed::DisabledAccount,
        "enable" => Deed::EnabledAccount,
        "password" => Deed::ResetPassword,
        _ => return Err(Trouble::not_found()),
    };
    let (by, address) = (visitor.account.clone(), visitor.address.to_string());
    let place = comparing(&shared).await?;
    let done = blocking(&shared, move |shared| {
        let now = shared.clock.now();
        let entry = audit::of(&by, deed, "", login.as_str(), &address, now);
        let made = match deed {
            Deed::ResetPassword => match told(keeping::password_for(&login))? {
                Ok(made) => Some(made),
                Err(refused) => return Ok(Err(refused)),
            },
            _ => None,
        };
        drop(place);
        told(shared.store.write(|tx| {
            match &made {
                None => {
                    keeping::disable(tx, &login, deed == Deed::DisabledAccount, now)?;
                }
                Some((_, hash)) => keeping::give_password(tx, &login, hash)?,
            }
            audit::note(tx, &entry)?;
            Ok(made.as_ref().map(|(made, _)| made.clone()))
        }))
    })
    .await?;
    let came = match done {
        Ok(Some(made)) => Came::Made(made),
        Ok(None) if deed == Deed::EnabledAccount => Came::Done("账号已恢复"),
        Ok(None) => Came::Done("账号已停用，它的登录已全部退出"),
        Err(refused) => Came::Refused(refused, fields),
    };
    shown(&shared, &visitor, came).await
}
