//! What every test of the whole needs.

pub mod axe;
pub mod demonstration;
pub mod display;
pub mod process;
pub mod program;
pub mod webdriver;
pub mod window;
