//! The files of a guide on the disk: what is read, what is written, and the folder of forms
//! beside a workbook.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::json;
use yichuang_desk::DeskError;
use yichuang_exchange::{FormFiles, workbook};

use super::super::output::Done;
use crate::ipc::failure::Failure;
use crate::shell::Shell;

/// Reads a file given on the command line.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    Ok(std::fs::read(path).map_err(|source| unreadable(path, source))?)
}

fn unreadable(path: &Path, source: io::Error) -> DeskError {
    DeskError::File { path: path.display().to_string(), source }
}

/// The files named, and of a folder the tables in it, by name.
pub(super) fn listed(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut all = Vec::new();
    for path in paths {
        if !path.is_dir() {
            all.push(path.clone());
            continue;
        }
        let inside = std::fs::read_dir(path).map_err(|source| unreadable(path, source))?;
        let mut tables = Vec::new();
        for entry in inside {
            let file = entry.map_err(|source| unreadable(path, source))?.path();
            if file.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv")) {
                tables.push(file);
            }
        }
        if tables.is_empty() {
            let message = "文件夹里没有.csv文件，请核对";
            return Err(Failure::refused("no-tables", Some("files"), message));
        }
        tables.sort();
        all.extend(tables);
    }
    Ok(all)
}

/// Writes a file.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    Ok(std::fs::write(path, bytes).map_err(|source| unwritable(path, source))?)
}

fn unwritable(path: &Path, source: io::Error) -> DeskError {
    DeskError::Unwritable { path: path.display().to_string(), source }
}

/// Writes a file that is not there yet: somebody's work may be in the one that is.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if path.exists() {
        let message = format!("{}已经存在，请换一个文件名或先移走", path.display());
        return Err(Failure::refused("file-exists", Some("file"), message));
    }
    write(path, bytes)
}

/// The folder of forms that belongs to a workbook: `指南.xlsx` and `指南-表格`.
fn forms_folder(book: &Path) -> PathBuf {
    let stem = book.file_stem().unwrap_or_default().to_string_lossy();
    book.with_file_name(format!("{stem}-表格"))
}

/// The forms beside a workbook.
pub(super) struct Beside(PathBuf);

impl Beside {
    pub(super) fn of(book: &Path) -> Self {
        Self(forms_folder(book))
    }
}

impl FormFiles for Beside {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        std::fs::read(self.0.join(name))
    }
}

/// Writes the release in use as a workbook, its forms into the folder beside it.
pub(super) fn export(shell: &Shell, file: &Path) -> Result<Done, Failure> {
    let guide = shell.open_or_make()?.guide()?;
    let exported = workbook::export(&guide.package).map_err(super::source::unwritable)?;
    write_new(file, &exported.bytes)?;
    if !exported.forms.is_empty() {
        let folder = forms_folder(file);
        std::fs::create_dir_all(&folder).map_err(|source| unwritable(&folder, source))?;
        for (name, bytes) in &exported.forms {
            write(&folder.join(name), bytes)?;
        }
    }
    let text = format!(
        "办事指南第{}版已导出到{}，{}个事项，{}份表格",
        guide.package.release,
        file.display(),
        guide.package.matters.len(),
        exported.forms.len()
    );
    let json = json!({
        "ok": true,
        "file": file,
        "release": guide.package.release,
        "matters": guide.package.matters.len(),
        "forms": exported.forms.len(),
    });
    Ok(Done::new(json, text))
}
