//! The papers as a whole: real fonts, real PDFs, read back by poppler (`pdftotext`, `pdffonts`,
//! `pdftoppm` of the package poppler-utils) and by a QR reader.

mod cases;
mod gallery;
mod papers;
mod poppler;
mod random;
mod refusals;
mod sheets;

pub(crate) use poppler::fonts;
