//! The hub's program: see [`yichuang_hub::cli`].

fn main() -> std::process::ExitCode {
    yichuang_hub::cli::main().into()
}
