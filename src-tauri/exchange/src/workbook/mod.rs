//! The guide as a workbook (`.xlsx`).
//!
//! One description of sheets and columns ([`sheets`]) serves all directions: the template, the
//! export, the import, and the copy with the bad cells marked. A workbook becomes the same JSON
//! value that a package is, and the same check judges it.

mod choices;
mod condition;
mod findings;
mod forms;
mod grid;
pub(crate) mod kind;
mod layout;
mod mark;
mod rows;
mod sheets;
mod unpacked;
mod write;

#[cfg(test)]
mod tests;

use std::io;

pub use self::findings::findings;
pub use self::mark::mark;
pub use self::write::{Exported, WriteError, export, template};
use crate::made::{Imported, finish};
use crate::problem::CellProblem;

/// The files of forms that lie beside a workbook. A cell is too small for them.
pub trait FormFiles {
    /// The file of that name, a plain name without folders.
    ///
    /// # Errors
    /// Whatever the disk says.
    fn read(&self, name: &str) -> io::Result<Vec<u8>>;
}

/// Reads a workbook as a release. All or nothing, but everything is reported.
///
/// # Errors
/// Every problem found, warnings included; at least one is an error.
pub fn read(bytes: &[u8], forms: &dyn FormFiles) -> Result<Imported, Vec<CellProblem>> {
    let grids = grid::read(bytes).map_err(|problem| vec![problem])?;
    let made = rows::package(&grids, forms);
    finish(made)
}
