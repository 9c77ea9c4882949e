//! Where a guide is taken in from: a package, a workbook, or the tables of a platform, told apart
//! by what the files hold. All of them end as the bytes of a package.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};
use yichuang_desk::DeskError;
use yichuang_domain::named::Named as _;
use yichuang_exchange::tables::{self, Frame, TableFile};
use yichuang_exchange::{CellProblem, FileKind, Imported, WriteError, workbook};
use yichuang_guide::Severity;
use yichuang_guide::codes::Upstream;

use super::files::{self, Beside, read};
use crate::ipc::failure::Failure;
use crate::shell::Shell;

#[derive(Args)]
pub(crate) struct Source {
    /// 指南包（.json）、工作簿（.xlsx），或地区平台的表（.csv，可给几个文件或一个文件夹）
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// 有问题时，把标出了问题单元格的副本写到这个文件（.xlsx）
    #[arg(long, value_name = "FILE")]
    marked: Option<PathBuf>,
    /// 表用的是哪个系统的代码：national-platform、gbt-39046、legacy
    #[arg(long, value_name = "NAME", default_value = "national-platform", value_parser = upstream)]
    upstream: Upstream,
    /// 由表生成的版本号（默认为正在使用的版本号加1）
    #[arg(long)]
    release: Option<u32>,
    /// 由表生成的版本为正式版（默认为示例）
    #[arg(long)]
    official: bool,
}

fn upstream(name: &str) -> Result<Upstream, String> {
    Upstream::from_name(name).ok_or_else(|| format!("应为{}之一", Upstream::NAMES.join("、")))
}

/// The bytes of a package.
pub(super) struct Loaded {
    pub(super) bytes: Vec<u8>,
    /// What should be looked at, in terms of cells; none for a package, whose check says it.
    pub(super) warnings: Option<Vec<CellProblem>>,
}

/// Why nothing was loaded.
pub(super) enum Refused {
    /// The cells have faults, listed in the failure.
    Problems(Failure),
    /// Something else.
    Failed(Failure),
}

impl Refused {
    pub(super) fn into_failure(self) -> Failure {
        match self {
            Self::Problems(failure) | Self::Failed(failure) => failure,
        }
    }
}

impl<E: Into<Failure>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// A workbook that can't be written.
pub(super) fn unwritable(error: WriteError) -> Failure {
    Failure::refused("workbook-unwritable", None, error.to_string())
}

impl Source {
    /// Reads the files as a package.
    pub(super) fn load(&self, shell: &Shell) -> Result<Loaded, Refused> {
        let mut found = Vec::new();
        for path in files::listed(&self.files)? {
            let bytes = read(&path)?;
            found.push((path, bytes));
        }
        let kind =
            |(path, bytes): &(PathBuf, Vec<u8>)| FileKind::of(&path.to_string_lossy(), bytes);
        match found.as_slice() {
            [one] if kind(one) == FileKind::Json => {
                Ok(Loaded { bytes: one.1.clone(), warnings: None })
            }
            [one] if kind(one) == FileKind::Workbook => {
                let read = workbook::read(&one.1, &Beside::of(&one.0));
                self.taken(read, Some(&one.1))
            }
            all if !all.is_empty() && all.iter().all(|one| kind(one) == FileKind::Table) => {
                let frame = self.frame(shell)?;
                let files: Vec<TableFile> = found
                    .iter()
                    .map(|(path, bytes)| TableFile { name: file_name(path), bytes: bytes.clone() })
                    .collect();
                self.taken(tables::read(&files, self.upstream, &frame), None)
            }
            _ => {
                let message = "一次只能导入一个指南包、一个工作簿，或地区平台的一组表（.csv）";
                Err(Failure::refused("mixed-files", Some("files"), message).into())
            }
        }
    }

    /// What the tables don't say is taken from the release in use.
    fn frame(&self, shell: &Shell) -> Result<Frame, Failure> {
        let desk = shell.open_or_make()?;
        let guide = desk.guide()?;
        let json = |what: Result<Value, serde_json::Error>| {
            what.map_err(|error| Failure::failed("unreadable-guide", error.to_string()))
        };
        Ok(Frame {
            release: self.release.unwrap_or(guide.package.release.saturating_add(1)),
            issued_on: desk.clock().today().to_string(),
            official: self.official,
            region: json(serde_json::to_value(&guide.package.region))?,
            calendar: json(serde_json::to_value(&guide.package.calendar))?,
        })
    }

    /// Writes the marked copy where one is wanted, and turns problems into a failure.
    fn taken(
        &self,
        result: Result<Imported, Vec<CellProblem>>,
        workbook: Option<&[u8]>,
    ) -> Result<Loaded, Refused> {
        let problems = match &result {
            Ok(imported) => &imported.warnings,
            Err(problems) => problems,
        };
        if let Some(marked) = &self.marked
            && !problems.is_empty()
        {
            if self.files.contains(marked) {
                let message = "标记副本不能写到要导入的文件上，请换一个文件名";
                return Err(Failure::refused("same-file", Some("marked"), message).into());
            }
            let copy = workbook::mark(workbook.unwrap_or_default(), problems)
                .map_err(|error| unwritable(error.into()))?;
            files::write(marked, &copy)?;
        }
        match result {
            Ok(imported) => Ok(Loaded {
                bytes: imported.checked.text.into_bytes(),
                warnings: Some(imported.warnings),
            }),
            Err(problems) => Err(Refused::Problems(failure(&problems))),
        }
    }
}

/// The failure of a package with faults, its problems told of cells.
fn failure(problems: &[CellProblem]) -> Failure {
    let errors = problems.iter().filter(|p| p.severity == Severity::Error).count();
    let told: Vec<Value> = problems
        .iter()
        .map(|problem| {
            let mut value = json!(problem);
            let head = match problem.head.as_str() {
                "" => String::new(),
                head => format!("“{head}”"),
            };
            value["place"] = json!(format!("{}{head}", problem.spot.shown()));
            value
        })
        .collect();
    let mut failure = Failure::from(DeskError::BadGuide(Vec::new()));
    failure.message = format!("指南有{errors}处错误，未作任何改动");
    failure.details["problems"] = json!(told);
    failure
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
