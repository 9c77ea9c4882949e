//! What a clerk can do, one file per action: load, ask the rules, write once.

pub mod view;
