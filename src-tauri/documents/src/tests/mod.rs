//! The papers as a whole: real fonts, real PDFs, read back by poppler (`pdftotext`, `pdffonts`,
//! `pdftoppm` of the package poppler-utils) and by a QR reader.

pub(crate) mod cases;
mod contact;
mod files;
mod formats;
mod full;
mod gallery;
mod golden;
mod joint;
mod logo;
mod names;
mod papers;
pub(crate) mod poppler;
mod random;
mod refusals;
mod sheets;
mod signed;
mod specimens;
mod vocabulary;

pub(crate) use poppler::{fonts, on_disk};

/// Some paper of one page.
pub(crate) fn small_pdf() -> crate::Pdf {
    let guide = cases::guide();
    let matter = sheets::by_name(&guide, "结婚登记");
    poppler::press().render(&sheets::sheet(&guide, matter, &sheets::told(matter, &[]))).unwrap()
}
