//! Conflicts (冲突): events that did not apply where they came, kept whole until a person has said
//! what is to become of them, and on record after that.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Case;
use super::event::{Actor, Event, EventBody, EventPlace, OriginId};
use super::state::CaseState;

/// An event that did not apply where it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Conflict {
    /// The window whose log it stands in, by the name of its first one.
    pub origin: OriginId,
    /// Where in it.
    #[ts(type = "number")]
    pub seq: u64,
    /// Who.
    pub actor: Actor,
    /// The state it met.
    pub state: Option<CaseState>,
    /// The event, whole.
    pub event: EventBody,
    /// What a person said of it; none while nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub settled: Option<Settled>,
}

/// What a person said of a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Settled {
    /// Whether the event counts after all.
    pub adopted: bool,
    /// Who said so.
    pub by: Actor,
    /// Why.
    pub reason: String,
}

impl Conflict {
    /// Where the event stands.
    pub fn is_at(&self, place: &EventPlace) -> bool {
        self.origin == place.origin && self.seq == place.seq
    }

    /// Whether it is `event` that did not apply. Two logs of one window have places of the same
    /// number, so the place alone does not tell.
    pub fn is_of(&self, event: &Event) -> bool {
        self.is_at(&event.place()) && self.event == event.body
    }

    /// Whether nobody has settled it.
    pub fn is_open(&self) -> bool {
        self.settled.is_none()
    }
}

impl Case {
    /// The conflicts that nobody has settled.
    pub fn open_conflicts(&self) -> impl Iterator<Item = &Conflict> {
        self.conflicts.iter().filter(|conflict| conflict.is_open())
    }

    /// The conflict that a settlement speaks of: of two that stand at one place, the first that is
    /// open.
    pub(super) fn open_conflict_at(&self, place: &EventPlace) -> Option<usize> {
        self.conflicts.iter().position(|conflict| conflict.is_open() && conflict.is_at(place))
    }

    /// The state that an event which did not apply would lead to if it were made to count as the
    /// case stands now; none where it can't be. Another window's taking of the case can't: it has
    /// to take it over anew.
    pub fn state_if_adopted(&self, conflict: &Conflict) -> Option<CaseState> {
        let never = matches!(
            conflict.event,
            EventBody::Transferred { .. } | EventBody::ConflictSettled { .. }
        );
        if never || !conflict.is_open() {
            return None;
        }
        self.next_state(&conflict.event)
    }

    /// Whether an event that did not apply could be made to count: [`Self::state_if_adopted`].
    pub fn may_adopt(&self, conflict: &Conflict) -> bool {
        self.state_if_adopted(conflict).is_some()
    }
}

#[cfg(test)]
mod tests;
