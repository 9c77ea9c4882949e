//! Tools that come from crates.io, kept in `target/tools`.

use crate::step::{Done, cargo, command, finish, succeeds};

/// A tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Runs the tests.
    Nextest,
    /// Drives the window.
    TauriDriver,
}

impl Tool {
    fn present(self) -> bool {
        match self {
            Self::Nextest => succeeds(cargo().args(["nextest", "--version"])),
            Self::TauriDriver => succeeds(command("tauri-driver").arg("--help")),
        }
    }

    /// Newer majors exist as previews; these are the versions the tests were written with.
    fn package(self) -> [&'static str; 3] {
        match self {
            Self::Nextest => ["cargo-nextest", "--version", "0.9.143"],
            Self::TauriDriver => ["tauri-driver", "--version", "2.1.0"],
        }
    }
}

/// Installs what is missing.
pub fn install(tools: &[Tool]) -> Done {
    for tool in tools {
        if tool.present() {
            continue;
        }
        let mut install = cargo();
        install.args(["install", "--locked", "--root", "target/tools"]).args(tool.package());
        finish(&mut install)?;
    }
    Ok(())
}
