//! The papers as a whole: real fonts, real PDFs, read back by poppler.

mod cases;
mod gallery;
mod poppler;
