//! 一窗: the program. Everything is in the library, where tests reach it.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    yichuang_app::cli::main()
}
