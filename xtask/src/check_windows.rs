//! `cargo xtask check-windows`: the types of the Windows build, checked on Debian.
//!
//! Debian packages a second Rust compiler together with its library's sources, and the
//! C compiler of MinGW. With both, the standard library and the whole program can be
//! type-checked for `x86_64-pc-windows-gnu`. Nothing is linked and nothing runs. It takes long
//! and checks another compiler's idea of the program, so it is not part of `cargo xtask test`.

use std::path::Path;

use crate::setup::{self, Purpose};
use crate::step::{Done, Steps, cargo, failed, finish};

/// Debian's compiler.
const COMPILER: &str = "/usr/bin/rustc";

/// Checks.
pub fn run() -> Done {
    let mut steps = Steps::new();
    setup::for_building(&mut steps, &[Purpose::Build])?;
    steps.step("compilers", || setup::debian_packages(&[Purpose::Windows]))?;
    steps.step("types for Windows", || {
        if !Path::new(COMPILER).exists() {
            return failed("this check needs the packages rustc-web, rust-web-src and mingw-w64");
        }
        let mut check = cargo();
        check
            .args(["check", "--target", "x86_64-pc-windows-gnu", "-Z", "build-std=std,panic_abort"])
            .args(["--package", "yichuang", "--package", "yichuang-hub"])
            .args(["--target-dir", "target/check-windows"])
            .env("RUSTC", COMPILER)
            .env("RUSTC_BOOTSTRAP", "1");
        finish(&mut check)
    })?;
    println!("The types are right; nothing was linked or run.");
    Ok(())
}
