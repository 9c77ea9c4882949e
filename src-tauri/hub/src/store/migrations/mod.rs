//! The schema, step by step, for each engine. A step that was released is never edited; a new one
//! is added, to both.

pub(super) mod postgres;
pub(super) mod sqlite;
