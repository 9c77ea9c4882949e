//! Lets Tauri prepare what a window needs.

fn main() {
    tauri_build::build();
}
