//! A case (办件): the events it is made of, the states it passes, and the fold that makes one
//! from the other.

pub mod conflict;
pub mod event;
pub mod fold;
pub mod log;
pub mod relay;
pub mod state;
pub mod words;

pub use conflict::{Conflict, Settled};
pub use event::{
    Actor, CaseId, Event, EventBody, EventPlace, Holder, OriginId, Parties, SealedEvent,
    SignedEvent,
};
pub use fold::Case;
pub use state::CaseState;
