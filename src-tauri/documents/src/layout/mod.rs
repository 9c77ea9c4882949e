//! Where everything stands: lines, tables and pages. Pure: it measures with the glyphs that a
//! [`Shaper`] gives it, and draws nothing.

mod block;
mod flow;
pub(crate) mod geometry;
pub(crate) mod glyphs;
mod line;
mod listed;
mod marks;
pub(crate) mod page;
mod sheet;
mod signature;
mod slip;
mod table;
#[cfg(test)]
mod tests;
mod written;

use crate::error::DocumentError;
use crate::paper::{Format, Paper, Part};
use flow::{Filled, Frame};
use geometry::Geometry;
use glyphs::{Setter, Shaper};
use page::Page;

/// The pages of one part.
pub(crate) type Copy = Vec<Page>;

/// What stands around the content.
enum Around<'p> {
    Sheet(sheet::Sheet<'p>),
    Slip(slip::Slip<'p>),
}

impl<'p> Around<'p> {
    fn of(
        paper: &'p Paper,
        modules: u16,
        setter: &Setter<'_, impl Shaper>,
    ) -> Result<Self, DocumentError> {
        Ok(if setter.sheet.roll {
            Self::Slip(slip::Slip::of(paper, modules, setter)?)
        } else {
            Self::Sheet(sheet::Sheet::of(paper, modules, setter)?)
        })
    }

    fn frame(&self) -> Frame {
        match self {
            Self::Sheet(sheet) => sheet.frame(),
            Self::Slip(slip) => slip.frame(),
        }
    }

    fn dress(
        &self,
        body: &[Filled],
        part: &Part,
        setter: &Setter<'_, impl Shaper>,
    ) -> Result<Copy, DocumentError> {
        match self {
            Self::Sheet(sheet) => sheet.dress(body, part, setter),
            Self::Slip(slip) => slip.dress(body, part, setter),
        }
    }
}

/// Lays out every part of a paper on a sheet, with a code of `modules` a side. The content is laid out once;
/// the parts differ in their label.
///
/// # Errors
/// [`DocumentError::NoGlyph`], before anything is drawn.
pub(crate) fn lay_out(
    paper: &Paper,
    format: Format,
    modules: u16,
    shaper: &impl Shaper,
) -> Result<Vec<Copy>, DocumentError> {
    let sheet = Geometry::of(format);
    let roomy = Setter { shaper, sheet, density: sheet.roomy };
    let around = Around::of(paper, modules, &roomy)?;
    let fill = |setter: &Setter<'_, _>| {
        let (pieces, heads) = block::pieces(&paper.blocks, setter)?;
        Ok::<_, DocumentError>(flow::fill(pieces, &heads, around.frame()))
    };
    let mut body = fill(&roomy)?;
    if body.len() > 1 && sheet.close != sheet.roomy {
        let close = fill(&Setter { shaper, sheet, density: sheet.close })?;
        if close.len() < body.len() {
            body = close;
        }
    }
    paper.parts.iter().map(|part| around.dress(&body, part, &roomy)).collect()
}
