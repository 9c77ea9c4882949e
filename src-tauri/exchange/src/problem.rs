//! What is wrong with a workbook or a table: in which cell, and how to mend it.

use serde::Serialize;
use yichuang_guide::Severity;

/// A cell, as people name it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Spot {
    /// The sheet of a workbook or the name of a table's file; empty for the file as a whole.
    pub sheet: String,
    /// From 1; 0 for the sheet as a whole.
    pub row: u32,
    /// From 1; 0 for the row as a whole.
    pub column: u32,
}

/// One problem of a workbook or a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellProblem {
    /// Where.
    #[serde(flatten)]
    pub spot: Spot,
    /// The head of the column, where there is one.
    pub head: String,
    /// Stable and for machines, for instance `unknown-word`.
    pub code: String,
    /// What is wrong and how to mend it.
    pub message: String,
    /// How bad it is.
    pub severity: Severity,
}

impl CellProblem {
    /// An error.
    pub fn error(spot: Spot, head: &str, code: &str, message: impl Into<String>) -> Self {
        Self {
            spot,
            head: head.to_owned(),
            code: code.to_owned(),
            message: message.into(),
            severity: Severity::Error,
        }
    }

    /// A warning.
    pub fn warning(spot: Spot, head: &str, code: &str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(spot, head, code, message) }
    }
}

impl Spot {
    /// As people say it: `材料 第3行 D列`.
    pub fn shown(&self) -> String {
        let mut parts = vec![self.sheet.clone()];
        if self.row > 0 {
            parts.push(format!("第{}行", self.row));
        }
        if self.column > 0 {
            parts.push(format!("{}列", column_letters(self.column)));
        }
        parts.retain(|part| !part.is_empty());
        parts.join(" ")
    }
}

impl std::fmt::Display for CellProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.spot.shown())?;
        if !self.head.is_empty() {
            write!(f, "“{}”", self.head)?;
        }
        write!(f, "：{}（{}）", self.message, self.code)
    }
}

/// The letters of a column, from 1: A, B, … Z, AA.
pub fn column_letters(column: u32) -> String {
    let (mut letters, mut rest) = (Vec::new(), column);
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Whether any of the problems refuses the file.
pub fn is_refused(problems: &[CellProblem]) -> bool {
    problems.iter().any(|p| p.severity == Severity::Error)
}
