//! Taking a step with a task: from the form to the rules, and back with a reason where it was not
//! taken.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use yichuang_domain::follow_up::{StepInput, StepKind};
use yichuang_domain::named::Named as _;

use super::task::{Failed, named, shown};
use crate::error::StepError;
use crate::http::Shared;
use crate::http::office::page::Trouble;
use crate::http::office::visitor::{Fields, HallLead, Posted};
use crate::http::steps::blocking;
use crate::office::follow_ups::{Doing, NotTaken, take};

fn filled(fields: &Fields) -> StepInput {
    let text = |name: &str| fields.get(name).to_owned();
    StepInput {
        finding: text("finding"),
        complex: fields.has("complex"),
        on: text("on"),
        way: text("way"),
        tries: text("tries"),
        words: text("words"),
    }
}

/// Takes a step.
pub(super) async fn act(
    State(shared): State<Arc<Shared>>,
    Path((case, service, step)): Path<(String, String, String)>,
    posted: Posted<HallLead>,
) -> Result<Response, Trouble> {
    let Posted { visitor: HallLead(visitor), fields } = posted;
    let (case, service) = named(&case, &service)?;
    let kind = StepKind::from_name(&step).ok_or_else(Trouble::not_found)?;
    // A form that does not say when it was made is taken for an old one.
    let seen = fields.get("seen").parse().unwrap_or(u32::MAX);
    let (input, account) = (filled(&fields), visitor.account.clone());
    let address = visitor.address.to_string();
    let outcome = blocking(&shared, move |shared| {
        let doing = Doing { account: &account, case, service, seen, address: &address };
        match take(&shared.store, &doing, kind, &input, shared.clock.now()) {
            Err(NotTaken::Store(error)) => Err(StepError::Store(error)),
            outcome => Ok(outcome),
        }
    })
    .await?;
    let failed = |status, field: &str, message: String| Failed {
        kind,
        fields,
        status,
        field: field.to_owned(),
        message,
    };
    let failed = match outcome {
        Ok(_) => {
            let to = format!("/office/poor-ratings/{case}/{service}?done={}", kind.name());
            return Ok(Redirect::to(&to).into_response());
        }
        Err(NotTaken::NoTask) => return Err(Trouble::not_found()),
        Err(NotTaken::Refused(refusal)) => {
            failed(StatusCode::UNPROCESSABLE_ENTITY, &refusal.field, refusal.message)
        }
        Err(why) => failed(StatusCode::CONFLICT, "", why.to_string()),
    };
    shown(&shared, &visitor, (case, service), None, Some(failed)).await
}
