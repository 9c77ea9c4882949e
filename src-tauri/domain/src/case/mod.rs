//! A case (办件): the events it is made of, the states it passes, and the fold that makes one
//! from the other.

pub mod event;
pub mod fold;
pub mod relay;
pub mod state;
pub mod words;

pub use event::{Actor, CaseId, Event, EventBody, OriginId, SealedEvent, SignedEvent};
pub use fold::{Case, Conflict};
pub use state::CaseState;
