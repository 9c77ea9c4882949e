//! Conflicts of a case, with both sides: what did not apply, and what it met.

use yichuang_domain::case::words::{detail, title};
use yichuang_domain::case::{Case, Conflict, Event, EventBody};

use crate::transfer::window_of;
use crate::view::{ConflictSide, ConflictView, SettledView};

/// How much of what the other side did after that is shown; the timeline has all of it.
const SHOWN: usize = 2;

/// The conflicts of a case whose events are these, in the order they are folded.
pub(crate) fn conflicts(case: &Case, events: &[Event]) -> Vec<ConflictView> {
    let side = |event: &Event| ConflictSide {
        title: title(&event.body).to_owned(),
        detail: detail(case, &event.body),
        actor: event.actor.name.clone(),
        at: event.at.to_string(),
        window: window_of(events, &event.place().origin),
        from_hub: event.origin.starts_with("hub"),
    };
    let view = |conflict: &Conflict| {
        let at = events.iter().position(|event| conflict.is_of(event))?;
        let (earlier, later) = (events.get(..at)?, events.get(at + 1..)?);
        let before = earlier.iter().rev().filter(|event| stands(case, event)).take(1);
        let others =
            |event: &&Event| event.place().origin != conflict.origin && stands(case, event);
        let unsettled = |event: &&Event| match &event.body {
            EventBody::ConflictSettled { of, .. } => !conflict.is_at(of),
            _ => true,
        };
        let after = later.iter().take_while(unsettled).filter(others).take(SHOWN);
        Some(ConflictView {
            origin: conflict.origin.clone(),
            seq: conflict.seq,
            aside: side(events.get(at)?),
            stands: before.chain(after).map(side).collect(),
            state: conflict.state,
            if_adopted: case.state_if_adopted(conflict),
            settled: conflict.settled.as_ref().map(|settled| SettledView {
                adopted: settled.adopted,
                by: settled.by.name.clone(),
                reason: settled.reason.clone(),
            }),
        })
    };
    case.conflicts.iter().filter_map(view).collect()
}

/// Whether an event applied, and is more than a paper, a scan or a word on a conflict.
fn stands(case: &Case, event: &Event) -> bool {
    let weighs = !matches!(
        event.body,
        EventBody::DocumentIssued { .. }
            | EventBody::DocumentPrinted { .. }
            | EventBody::AttachmentAdded { .. }
            | EventBody::AttachmentRemoved { .. }
            | EventBody::ConflictSettled { .. }
    );
    weighs && !case.conflicts.iter().any(|conflict| conflict.is_of(event))
}
