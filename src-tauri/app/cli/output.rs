//! What a command prints, and its exit code.

use std::process::ExitCode;

use serde_json::{Value, json};

use crate::ipc::failure::Failure;

/// How to print.
#[derive(Clone, Copy)]
pub(crate) struct Output {
    pub(crate) json: bool,
}

/// A command that came to its end.
pub(crate) struct Done {
    /// For `--json`; null prints nothing.
    pub(crate) json: Value,
    /// For people.
    pub(crate) text: String,
    /// Whether what it checked was in order.
    pub(crate) in_order: bool,
}

impl Done {
    /// Done, with something to print.
    pub(crate) fn new(json: Value, text: impl Into<String>) -> Self {
        Self { json, text: text.into(), in_order: true }
    }

    /// Done, with nothing to print.
    pub(crate) fn nothing() -> Self {
        Self::new(Value::Null, "")
    }
}

/// A failure as the command line prints it.
pub(crate) fn failure_json(failure: &Failure) -> Value {
    let mut value = json!({
        "code": failure.code,
        "field": failure.field(),
        "message": failure.message,
    });
    if let Some(problems) = failure.details.get("problems") {
        value["problems"] = problems.clone();
    }
    value
}

/// Prints a line. Who reads it may have gone (`| head -1`), which is no fault of the command.
pub(crate) fn say(line: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// 2 for refused input, 3 where the machine failed.
pub(crate) fn failure_code(failure: &Failure) -> u8 {
    if failure.refused { 2 } else { 3 }
}

/// Prints a failure for people, on the error stream.
pub(crate) fn complain(failure: &Failure) {
    eprintln!("{}（{} {}）", failure.message, failure.code, failure.field());
    let problems = failure.details.get("problems").and_then(Value::as_array);
    for problem in problems.into_iter().flatten() {
        let text = |name: &str| problem.get(name).and_then(Value::as_str).unwrap_or_default();
        eprintln!("  {}：{}（{}）", text("place"), text("message"), text("code"));
    }
}

impl Output {
    /// Prints the end of a command; its exit code.
    pub(crate) fn end(self, done: Result<Done, Failure>) -> ExitCode {
        match done {
            Ok(done) => {
                match self.json {
                    true if !done.json.is_null() => say(&done.json.to_string()),
                    false if !done.text.is_empty() => say(&done.text),
                    _ => {}
                }
                ExitCode::from(u8::from(!done.in_order))
            }
            Err(failure) => {
                // The refusal is part of the contract: scripts read it from the output, with
                // `--json` or without.
                say(&failure_json(&failure).to_string());
                if !self.json {
                    complain(&failure);
                }
                ExitCode::from(failure_code(&failure))
            }
        }
    }

    /// Says where the loopback door is open.
    pub(crate) fn serving(self, url: &str) {
        match self.json {
            true => say(&json!({ "url": url }).to_string()),
            false => say(&format!("请在本机浏览器打开：{url}")),
        }
    }
}
