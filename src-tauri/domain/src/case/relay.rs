//! Relays (转录): an event of one log handed on inside an event of another.
//!
//! A log is written by one alone, so what a case owes to another log can only be told in one's own
//! by repeating it whole. A window gives back so what a hub lost that was put back to a backup; the
//! hub tells so in a new log what stood in an old one. What is handed on is the very text, with the
//! hub's signature, so that nobody can put words into another's mouth. It is read as if it had been
//! found in its own log, and a repetition changes nothing.

use super::event::{Event, EventBody, SignedEvent};

/// What is wrong with an event that was handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRelay {
    /// The text and its hash differ, or it is no event.
    #[error("what was handed on can't be read")]
    Unreadable,
    /// It is of another case than the event it stands in.
    #[error("what was handed on belongs to another case")]
    OtherCase,
    /// It was handed on before; then what it holds is to be handed on, not the handing on.
    #[error("what was handed on is itself a relay")]
    Nested,
}

/// The event that `relay` hands on.
///
/// # Errors
/// [`BadRelay`]. The signature is for others to check.
pub fn inner(relay: &Event, event: &SignedEvent) -> Result<Event, BadRelay> {
    let inner = event.sealed().open().map_err(|_| BadRelay::Unreadable)?;
    if inner.case != relay.case {
        return Err(BadRelay::OtherCase);
    }
    if matches!(inner.body, EventBody::Relayed { .. }) {
        return Err(BadRelay::Nested);
    }
    Ok(inner)
}

/// The event that counts: of a relay what it hands on, of any other the event itself. A relay that
/// hands on nothing sound stays what it is, and applies nowhere.
pub(super) fn unwrapped(event: Event) -> Event {
    match &event.body {
        EventBody::Relayed { event: signed } => inner(&event, signed).unwrap_or(event),
        _ => event,
    }
}

#[cfg(test)]
mod tests;
