//! Reading a PDF back with poppler's tools.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Pdf, Press};

/// The press with the real fonts, opened once for all tests.
pub(crate) fn press() -> &'static Press {
    static PRESS: std::sync::OnceLock<Press> = std::sync::OnceLock::new();
    PRESS.get_or_init(|| Press::open(&fonts(), &[]).unwrap())
}

pub(crate) fn fonts() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../resources/fonts")).to_owned()
}

fn run(tool: &str, args: &[&str]) -> String {
    let output = Command::new(tool).args(args).output().unwrap();
    assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A PDF in a folder that goes away with it.
pub(crate) struct OnDisk {
    folder: tempfile::TempDir,
    file: String,
}

pub(crate) fn on_disk(pdf: &Pdf) -> OnDisk {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    std::fs::write(&file, &pdf.bytes).unwrap();
    OnDisk { file: file.to_str().unwrap().to_owned(), folder }
}

impl OnDisk {
    /// The text in reading order.
    pub(crate) fn text(&self) -> String {
        run("pdftotext", &["-enc", "UTF-8", &self.file, "-"])
    }

    /// The text in the order in which it was written: cell by cell.
    pub(super) fn as_written(&self) -> String {
        run("pdftotext", &["-raw", "-enc", "UTF-8", &self.file, "-"])
    }

    /// Width and height of a page, in points.
    pub(crate) fn size(&self, page: u32) -> (f32, f32) {
        let page = page.to_string();
        let said = run("pdfinfo", &["-f", &page, "-l", &page, &self.file]);
        let line = said.lines().find(|line| line.contains(" size:")).unwrap();
        let mut numbers = line.split_whitespace().filter_map(|word| word.parse().ok()).skip(1);
        (numbers.next().unwrap(), numbers.next().unwrap())
    }

    /// The rows of `pdffonts`.
    pub(crate) fn fonts(&self) -> Vec<String> {
        run("pdffonts", &[&self.file]).lines().skip(2).map(str::to_owned).collect()
    }

    /// A page as a grey picture.
    pub(crate) fn picture(&self, page: u32, dpi: u32) -> image::GrayImage {
        self.picture_at(page, &dpi.to_string())
    }

    /// The same, at a resolution that is no whole number.
    pub(crate) fn picture_at(&self, page: u32, dpi: &str) -> image::GrayImage {
        let stem = self.folder.path().join("page");
        let page = page.to_string();
        let stem = stem.to_str().unwrap();
        run(
            "pdftoppm",
            &[
                "-png",
                "-gray",
                "-singlefile",
                "-f",
                &page,
                "-l",
                &page,
                "-r",
                dpi,
                &self.file,
                stem,
            ],
        );
        image::open(format!("{stem}.png")).unwrap().to_luma8()
    }
}
