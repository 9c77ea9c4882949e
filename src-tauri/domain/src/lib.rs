//! The rules of a government-hall window, and nothing else.
//!
//! This crate owns what the law and the guide say: which materials apply, what follows from
//! what was checked, when a limit ends, which step may follow which. It refuses every kind of
//! input and output: no clock, no disk, no SQL, no async. Time comes in as an argument.

pub mod applicant;
pub mod attachment;
pub mod away;
pub mod beijing;
pub mod bundle;
pub mod calendar;
pub mod card;
pub mod case;
pub mod checklist;
pub mod clerk;
pub mod condition;
pub mod correction;
pub mod determination;
pub mod document;
pub mod enquiry;
pub mod evaluation;
pub mod figures;
pub mod follow_up;
pub mod formal;
pub mod handover;
pub mod identity;
pub mod ink;
pub mod intake;
pub mod issue;
pub mod ledger;
pub mod matter;
pub mod named;
pub mod numbering;
pub mod particulars;
pub mod printing;
pub mod progress;
pub mod refusal;
pub mod review;
pub mod scenario;
pub mod signature;
pub mod situations;
pub mod system;
pub mod training;
pub mod typed;
pub mod urgency;

pub use refusal::{Refusal, RefusalCode};

#[cfg(test)]
mod fixture;
