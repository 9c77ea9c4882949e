//! The guide in and out of the files that halls keep it in: workbooks and regional tables.
//!
//! This crate owns the way from cells to the JSON value of a package and back, and the way from a
//! problem in that value to the cell that has to be mended. It judges nothing itself: the check
//! of `yichuang-guide` does. It refuses the disk and the database: bytes come in, a checked
//! release or the list of problems goes out.

pub mod problem;
pub mod tables;
pub mod workbook;

mod cell;
mod made;
mod origin;
mod value;

pub use made::Imported;
pub use problem::{CellProblem, Spot};
pub use workbook::{Exported, FormFiles, WriteError};
