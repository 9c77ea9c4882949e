//! The guide in and out of the files that halls keep it in: workbooks and regional tables; and the
//! ledgers out of the program, as workbooks.
//!
//! This crate owns the way from cells to the JSON value of a package and back, and the way from a
//! problem in that value to the cell that has to be mended. It judges nothing itself: the check
//! of `yichuang-guide` does. It refuses the disk and the database: bytes come in, a checked
//! release or the list of problems goes out.

pub mod figures;
pub mod ledger;
pub mod problem;
pub mod tables;
pub mod training;
pub mod workbook;

mod cell;
mod made;
mod origin;
mod value;

pub use made::Imported;
pub use problem::{CellProblem, Spot};
pub use workbook::{Exported, FormFiles, WriteError};

/// What a file is, by what it holds; by its name only where that says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A package.
    Json,
    /// A workbook.
    Workbook,
    /// A table of a regional platform.
    Table,
}

impl FileKind {
    /// The kind of a file of that name.
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
        let ends = |suffix: &str| name.to_lowercase().ends_with(suffix);
        match (bytes, first) {
            // A zip, and the container of the old .xls and of workbooks with a password.
            ([b'P', b'K', 3, 4, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..], _) => Self::Workbook,
            (_, Some(b'{' | b'[')) => Self::Json,
            _ if ends(".csv") || ends(".txt") => Self::Table,
            _ if ends(".xlsx") => Self::Workbook,
            _ => Self::Json,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_it_holds() {
        assert_eq!(FileKind::of("a.json", b"PK\x03\x04.."), FileKind::Workbook);
        assert_eq!(FileKind::of("a.xlsx", b"\xEF\xBB\xBF\n {}"), FileKind::Json);
        assert_eq!(FileKind::of("a.CSV", b"task_code"), FileKind::Table);
        assert_eq!(FileKind::of("a.xlsx", b""), FileKind::Workbook);
        assert_eq!(FileKind::of("a.json", b"\xFF\xFE{\0"), FileKind::Json);
    }
}
