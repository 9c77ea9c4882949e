//! What must be there before anything can be built. Every step looks first and does nothing
//! where nothing is missing.

mod debian;
mod fonts;
mod packages;
pub mod rivals;
mod screens;
mod tools;

use crate::step::{Done, Steps};

pub use debian::Purpose;
pub use debian::install as debian_packages;
pub use tools::Tool;
pub use tools::install as tools;

/// What every build needs: libraries of the system, npm packages, fonts, and the built screens,
/// which the program carries inside.
pub fn for_building(steps: &mut Steps, purposes: &[Purpose]) -> Done {
    steps.step("system packages", || debian::install(purposes))?;
    steps.step("npm packages", packages::install)?;
    steps.step("fonts", fonts::install)?;
    steps.step("screens", screens::build)
}
