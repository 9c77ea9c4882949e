//! The shell: the window, the loopback door and the command line. No rule and no SQL.

pub mod ipc;
