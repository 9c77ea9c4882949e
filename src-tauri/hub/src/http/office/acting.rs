//! Taking a step with a case: from the form to the act, and back with a reason where it was not
//! done.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use yichuang_domain::case::event::AskedItem;
use yichuang_domain::named::Named as _;
use yichuang_domain::review::{Act, Step};

use super::case::{NotTaken, id_of, shown};
use super::page::Trouble;
use super::visitor::{Fields, Official, Posted};
use crate::append::{NotAppended, Seen};
use crate::error::StepError;
use crate::http::Shared;
use crate::http::steps::blocking;
use crate::office::acts::{Doing, NotDone, act as done};

/// The act that a form asks for.
fn asked(step: Step, fields: &Fields) -> Act {
    let text = |name: &str| fields.get(name).to_owned();
    match step {
        Step::Review => Act::Review,
        Step::Ask => Act::Ask {
            items: fields
                .all("items")
                .map(|id| AskedItem { id: id.to_owned(), mend: text(&format!("mend.{id}")) })
                .collect(),
            reason: text("reason"),
        },
        Step::StopClock => Act::StopClock { procedure: text("procedure"), reason: text("reason") },
        Step::Resume => Act::Resume,
        // What is no number of days is none that the law allows.
        Step::Extend => Act::Extend {
            days: fields.get("days").trim().parse().unwrap_or(0),
            reason: text("reason"),
        },
        Step::Grant => Act::Grant { reason: text("reason"), result_number: text("result_number") },
        Step::Deny => {
            Act::Deny { reason: text("reason"), basis: text("basis"), remedies: text("remedies") }
        }
        Step::Ready => Act::Ready,
    }
}

/// Takes a step.
pub(super) async fn act(
    State(shared): State<Arc<Shared>>,
    Path((id, step)): Path<(String, String)>,
    posted: Posted<Official>,
) -> Result<Response, Trouble> {
    let Posted { visitor: Official(visitor), fields } = posted;
    let id = id_of(&id)?;
    let step = Step::from_name(&step).ok_or_else(Trouble::not_found)?;
    // A form without the place it was made at can't be told from an old one.
    let Ok(seen) = fields.get("seen").parse::<Seen>() else {
        let moved = NotTaken::conflict(step, fields, NotAppended::Moved.to_string());
        return shown(&shared, &visitor, id, None, Some(moved)).await;
    };
    let wanted = asked(step, &fields);
    let account = visitor.account.clone();
    let address = visitor.address.to_string();
    let outcome = blocking(&shared, move |shared| {
        let doing = Doing { account: &account, id, seen, address: &address };
        let (store, guides) = (&shared.store, &shared.office.guides);
        match done(store, guides, &doing, &wanted, shared.clock.now()) {
            Err(NotDone::Case(NotAppended::Store(error))) => Err(StepError::Store(error)),
            outcome => Ok(outcome),
        }
    })
    .await?;
    let failed = match outcome {
        Ok(_) => {
            let to = format!("/office/cases/{id}?done={}", step.name());
            return Ok(Redirect::to(&to).into_response());
        }
        Err(NotDone::NoCase) => return Err(Trouble::not_found()),
        Err(NotDone::Refused(refusal)) => NotTaken::refused(step, fields, refusal),
        Err(NotDone::Case(why)) => NotTaken::conflict(step, fields, why.to_string()),
    };
    shown(&shared, &visitor, id, None, Some(failed)).await
}
