//! The tables of a regional platform (`catalog_code`, `task_code`, `task_name`, …) as CSV.
//!
//! Their columns are those of 国家政务服务平台 (`up_task_general_basic`, its extension and its table
//! of materials). Codes are read by the tables of one named system ([`Upstream`]). Such tables
//! know nothing of situations, notice rules or bundles: what is taken for that, and what else was
//! not there, is said.

mod build;
mod cells;
mod columns;
mod sheet;
mod text;

#[cfg(test)]
mod tests;

use serde_json::Value;
use yichuang_guide::codes::Upstream;

use crate::made::{Imported, finish};
use crate::problem::CellProblem;

/// What the tables don't say about a release.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Its number.
    pub release: u32,
    /// The day of issue, `YYYY-MM-DD`.
    pub issued_on: String,
    /// Whether the hall answers for it, or it is a sample.
    pub official: bool,
    /// The region, as in a package.
    pub region: Value,
    /// The work calendar, as in a package.
    pub calendar: Value,
}

/// A file of a table.
#[derive(Clone, Debug)]
pub struct TableFile {
    /// Its name, for messages.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Reads tables as a release. All or nothing, but everything is reported.
///
/// # Errors
/// Every problem found, warnings included; at least one is an error.
pub fn read(
    files: &[TableFile],
    upstream: Upstream,
    frame: &Frame,
) -> Result<Imported, Vec<CellProblem>> {
    finish(build::package(files, upstream, frame))
}
