//! What was made from cells, and having the guide's own check judge it.

use yichuang_guide::CheckedPackage;

use crate::origin::Origins;
use crate::problem::{CellProblem, is_refused};

/// A workbook or table that passed.
#[derive(Debug)]
pub struct Imported {
    /// The release it makes.
    pub checked: CheckedPackage,
    /// What should be looked at.
    pub warnings: Vec<CellProblem>,
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
