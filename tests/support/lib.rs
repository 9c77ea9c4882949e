//! What every test of the whole needs.

pub mod axe;
pub mod demonstration;
pub mod display;
pub mod faults;
pub mod guides;
pub mod hub;
pub mod hub_program;
pub mod process;
pub mod program;
pub mod raw_window;
pub mod s3;
pub mod served;
pub mod sight;
pub mod stage;
pub mod sync_window;
pub mod webdriver;
pub mod window;
