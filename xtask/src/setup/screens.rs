//! The built screens, `ui/dist`, which the program carries inside.

use crate::step::{Done, finish, npm};
use crate::workspace::{at, newest, written};

/// Builds them where a source is newer.
pub fn build() -> Done {
    let sources = newest(&[at("ui")], &["node_modules", "dist", "coverage"]);
    let built = written(&at("ui/dist/index.html"));
    if built.is_some() && built >= sources {
        println!("up to date");
        return Ok(());
    }
    finish(npm().args(["run", "build"]))
}
