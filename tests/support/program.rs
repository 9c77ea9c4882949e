//! Where things are: the repository, the programs that were built, the folder for what a run
//! leaves behind.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ stands in the repository")
}

/// A file of `tests/fixtures/`.
pub fn fixture(name: &str) -> PathBuf {
    repository().join("tests/fixtures").join(name)
}

/// The fonts of papers.
pub fn fonts() -> PathBuf {
    repository().join("resources/fonts")
}

/// The bundled example guide.
pub fn example_guide() -> PathBuf {
    repository().join("src-tauri/guide/example/guide.json")
}

/// Makes and names a folder of `out/`, which Git ignores.
pub fn out(folder: &str) -> PathBuf {
    let path = repository().join("out").join(folder);
    std::fs::create_dir_all(&path).expect("out/ can be written");
    path
}

/// A program of this workspace, built in the same profile as the running one. The test binary
/// stands in `target/<profile>/deps`, the others in `target/<profile>`.
pub fn program(name: &str) -> PathBuf {
    let own = std::env::current_exe().expect("a running program has a path");
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    own.ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
        .unwrap_or_else(|| {
            panic!("{file} is not built: run `cargo xtask test`, which builds before it tests")
        })
}

/// A program of this workspace, ready to be started. Tests leave the user's keyring alone.
pub fn command(name: &str) -> Command {
    let mut command = Command::new(program(name));
    command.env("YICHUANG_KEYRING", "off");
    command
}

/// Runs a command to its end, with a line on its standard input.
pub fn given(command: &mut Command, line: &str) -> Output {
    let pipes = [Stdio::piped(), Stdio::piped(), Stdio::piped()];
    let [input, output, errors] = pipes;
    let mut running =
        command.stdin(input).stdout(output).stderr(errors).spawn().expect("a built program starts");
    let mut input = running.stdin.take().expect("its input");
    // A program that ends without reading is no fault of who writes.
    let _ = writeln!(input, "{line}");
    drop(input);
    running.wait_with_output().expect("it ends")
}

/// Runs a program of this workspace to its end.
pub fn run<I, S>(name: &str, arguments: I) -> Output
where
    I: IntoIterator<Item = S>,
    S: AsRef<OsStr>,
{
    command(name).args(arguments).output().expect("a built program starts")
}

/// Runs `yichuang --json` on a data folder to its end.
pub fn answered(data: &Path, arguments: &[&str]) -> Output {
    let data = data.to_string_lossy();
    let all = ["--data", &*data, "--json"].into_iter().chain(arguments.iter().copied());
    run("yichuang", all)
}

/// What a program printed, as JSON.
pub fn printed(output: &Output) -> serde_json::Value {
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("no JSON ({e}): {text}"))
}

/// As [`run`], for a program that must succeed and print JSON.
pub fn json<I, S>(name: &str, arguments: I) -> serde_json::Value
where
    I: IntoIterator<Item = S>,
    S: AsRef<OsStr>,
{
    json_of(command(name).args(arguments))
}

/// What a program that must succeed prints, as JSON.
pub fn json_of(command: &mut Command) -> serde_json::Value {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().expect("a built program starts");
    let printed = String::from_utf8_lossy(&output.stdout);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} ended with {}: {printed}{said}", output.status);
    serde_json::from_str(&printed)
        .unwrap_or_else(|e| panic!("{name} printed no JSON ({e}): {printed}"))
}
