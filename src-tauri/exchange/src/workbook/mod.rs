//! The guide as a workbook (`.xlsx`).
//!
//! One description of sheets and columns ([`sheets`]) serves all directions: the template, the
//! export, the import, and the copy with the bad cells marked. A workbook becomes the same JSON
//! value that a package is, and the same check judges it.

mod condition;
mod grid;
mod kind;
mod mark;
mod rows;
mod sheets;
mod write;

#[cfg(test)]
mod tests;

use std::io;

use yichuang_guide::CheckedPackage;

pub use self::mark::mark;
pub use self::write::{Exported, WriteError, export, template};
use crate::origin::Origins;
use crate::problem::{CellProblem, is_refused};

/// The files of forms that lie beside a workbook. A cell is too small for them.
pub trait FormFiles {
    /// The file of that name, a plain name without folders.
    ///
    /// # Errors
    /// Whatever the disk says.
    fn read(&self, name: &str) -> io::Result<Vec<u8>>;
}

/// A workbook or table that passed.
#[derive(Debug)]
pub struct Imported {
    /// The release it makes.
    pub checked: CheckedPackage,
    /// What should be looked at.
    pub warnings: Vec<CellProblem>,
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

/// A value made from cells, where it came from, and what could not be read.
pub(crate) struct Made {
    pub(crate) value: serde_json::Value,
    pub(crate) origins: Origins,
    pub(crate) problems: Vec<CellProblem>,
}

/// Has the guide's own check judge what was made from cells.
pub(crate) fn finish(made: Made) -> Result<Imported, Vec<CellProblem>> {
    let Made { value, origins, mut problems } = made;
    let text = value.to_string();
    match yichuang_guide::check(text.as_bytes()) {
        Ok(checked) => {
            let told = origins.tell(checked.warnings.clone(), &problems);
            problems.extend(told);
            sort(&mut problems, &origins);
            if is_refused(&problems) {
                return Err(problems);
            }
            Ok(Imported { checked, warnings: problems })
        }
        Err(found) => {
            let told = origins.tell(found, &problems);
            problems.extend(told);
            sort(&mut problems, &origins);
            Err(problems)
        }
    }
}

/// By sheet in the order of the workbook, then by row and column.
fn sort(problems: &mut [CellProblem], origins: &Origins) {
    problems.sort_by_key(|p| (origins.order(&p.spot.sheet), p.spot.row, p.spot.column));
}
