//! The matter guide as a package: what a release holds, whether it may be taken in, and finding a
//! matter in it.
//!
//! This crate owns the formats `yichuang-guide/1` and `/2` (`docs/guide-format.md`), the check that
//! every package passes before it is used, the health check that advises its editor (指南体检), and
//! the search index. It refuses the disk and the database: bytes come in, a checked package or the
//! list of its problems goes out.

pub mod check;
pub mod codes;
pub mod difference;
pub mod form;
pub mod package;
pub mod problem;
pub mod renew;
pub mod review;
pub mod search;

mod json;
mod pieces;

pub use check::check;
pub use difference::{Change, ChangeKind, difference};
pub use form::{Form, FormKind};
pub use package::{
    Bundle, CheckedPackage, FORMAT, FORMAT_1, GuidePackage, LifeEvent, Region, ReleaseStatus,
    is_sample, read,
};
pub use problem::{Problem, Severity};
pub use review::{Finding, Weight, review};
pub use search::{Hit, SearchIndex, Usage};

/// The example release that comes with the program (示例).
pub const EXAMPLE: &str = include_str!("../example/guide.json");
