//! Papers (文书): what each says, how it lies on the page, its PDF, and the way to a printer.
//!
//! Three steps, each looking at nothing but what the step before made:
//! 1. [`compose()`] fills the template of a kind ([`template`]) with what the case says; for an
//!    enquiry [`guide_sheet()`] does without one. What they write, a [`Paper`], has words and tables,
//!    no measure and no font. Pure.
//! 2. `layout` breaks it into lines and pages. Pure; it asks a `Shaper` for the glyphs of a text,
//!    and a character that no font can draw ends the job there, before anything is drawn.
//! 3. [`Press`] turns the pages into a PDF with embedded font subsets.
//!
//! [`thermal`] draws them as slips for receipt printers instead. [`print`] hands a PDF to the system's printer. This crate decides nothing about a case and
//! knows no clock: dates come with [`PaperFacts`]. It draws a place for the seal and never a seal.

mod about;
mod annex;
mod cff;
mod chain;
mod charstring;
mod compose;
mod coverage;
mod digest;
mod error;
mod facts;
mod fontfile;
mod fonts;
mod joining;
mod layout;
mod logo;
mod meaning;
mod outline;
mod paper;
mod pdf;
mod press;
pub mod print;
mod qr;
mod sfnt;
pub mod template;
#[cfg(test)]
mod tests;
pub mod thermal;

pub use annex::{Annex, form_alone};
pub use compose::{compose, guide_sheet, joint_sheet};
pub use coverage::{BLOCKS, BlockCoverage, FontCoverage};
pub use error::{AnnexFault, DocumentError, NotDrawable};
pub use facts::{JointSheetFacts, LinkedCase, PaperFacts, ProgressFacts, SheetFacts, SheetForm};
pub use fonts::FontRole;
pub use logo::{Logo, LogoFault, MOST_BYTES as LOGO_MOST_BYTES};
pub use paper::{
    Block, Column, Format, Pair, Paper, Part, Row, Signature, SignedLine, Span, Table, Text,
    Typeface,
};
pub use press::{Pdf, Press};
