//! Checks that what the program carries is there, and lets Tauri prepare the rest.

use std::path::Path;

fn main() {
    for (path, how) in [
        ("ui/dist/index.html", "the screens are not built"),
        ("resources/fonts/NotoSerifSC-Regular.ttf", "the fonts for papers are not here"),
        ("resources/fonts/NotoSansArabic-Regular.ttf", "the fonts for papers are not here"),
    ] {
        println!("cargo:rerun-if-changed={path}");
        assert!(Path::new(path).exists(), "{how}: run `cargo xtask assets` first");
    }
    tauri_build::build();
}
