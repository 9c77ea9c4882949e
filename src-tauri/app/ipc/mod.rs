//! One list of commands behind two doors.

pub mod bindings;
pub mod contract;
