//! What is wrong with a package, where, and how to mend it.

use serde::{Deserialize, Serialize};

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The package is refused.
    Error,
    /// The package can be used.
    Warning,
}

/// One problem of a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable and for machines, for instance `unknown-department`.
    pub code: String,
    /// Where: a path such as `matters[3].materials[2].when`; empty for the file as a whole.
    pub place: String,
    /// What is wrong and how to mend it, for the guide's editor.
    pub message: String,
    /// How bad it is.
    pub severity: Severity,
    /// The line in the file, from 1, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

impl Problem {
    /// An error.
    pub fn error(code: &str, place: String, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            place,
            message: message.into(),
            severity: Severity::Error,
            line: None,
        }
    }

    /// A warning.
    pub fn warning(code: &str, place: String, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, message) }
    }

    /// The same problem at a known line.
    pub fn at_line(self, line: u32) -> Self {
        Self { line: Some(line), ..self }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(line) = self.line {
            write!(f, "第{line}行 ")?;
        }
        if !self.place.is_empty() {
            write!(f, "{}：", self.place)?;
        }
        write!(f, "{}（{}）", self.message, self.code)
    }
}
