//! Where things are in the repository.

use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{env, fs};

/// The repository.
pub fn root() -> &'static Path {
    // Set by Cargo when this file is compiled: the folder `xtask/`.
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// A path in the repository.
pub fn at(path: &str) -> PathBuf {
    root().join(path)
}

/// Where Cargo builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| at("target"), |set| root().join(set))
}

/// A program that was built.
pub fn program(profile: &str, name: &str) -> PathBuf {
    target().join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// When a file was last written; none where there is no such file.
pub fn written(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|found| found.modified()).ok()
}

/// When the newest file under these paths was written. Folders named in `skipped` are left out.
pub fn newest(paths: &[PathBuf], skipped: &[&str]) -> Option<SystemTime> {
    paths.iter().filter_map(|path| newest_at(path, skipped)).max()
}

fn newest_at(path: &Path, skipped: &[&str]) -> Option<SystemTime> {
    if path.is_file() {
        return written(path);
    }
    let entries = fs::read_dir(path).ok()?;
    entries
        .filter_map(Result::ok)
        .filter(|entry| !skipped.iter().any(|name| entry.file_name() == *name))
        .filter_map(|entry| newest_at(&entry.path(), skipped))
        .max()
}
