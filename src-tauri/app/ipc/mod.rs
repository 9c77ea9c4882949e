//! One list of commands behind two doors.

pub mod bindings;
pub mod contract;
pub mod dispatch;
pub mod failure;
mod handlers;
pub(crate) mod transfer;
