//! The shell: the window, the loopback door and the command line.
//!
//! It owns what is the machine's: folders, arguments, threads, the web view. It refuses rules
//! (`domain`), actions (`desk`) and SQL (`storage`): a command here is an adapter of three lines.

mod applicant;
mod card_reader;
pub mod cli;
mod demonstration;
mod door;
mod ferry;
pub mod ipc;
mod logging;
mod paths;
mod shell;
mod training;
mod upstream;
mod window;

pub use shell::Shell;
