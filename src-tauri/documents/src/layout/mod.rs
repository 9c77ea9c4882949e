//! Where everything stands: lines, tables and pages. Pure: it measures with the glyphs that a
//! [`Shaper`] gives it, and draws nothing.

mod block;
mod flow;
pub(crate) mod glyphs;
mod line;
pub(crate) mod page;
mod sheet;
mod signature;
mod table;
#[cfg(test)]
mod tests;

use crate::error::DocumentError;
use crate::paper::Paper;
use glyphs::{Density, Setter, Shaper};
use page::Page;

/// The pages of one part.
pub(crate) type Copy = Vec<Page>;

/// Lays out every part of a paper. The content is laid out once; the parts differ in their label.
///
/// # Errors
/// [`DocumentError::NoGlyph`], before anything is drawn.
pub(crate) fn lay_out(paper: &Paper, shaper: &impl Shaper) -> Result<Vec<Copy>, DocumentError> {
    let roomy = Setter { shaper, density: Density::ROOMY };
    let sheet = sheet::Sheet::of(paper, &roomy)?;
    let fill = |setter: &Setter<'_, _>| {
        let (pieces, heads) = block::pieces(&paper.blocks, setter)?;
        Ok::<_, DocumentError>(flow::fill(&pieces, &heads, sheet.frame()))
    };
    let mut body = fill(&roomy)?;
    if body.len() > 1 {
        let close = fill(&Setter { shaper, density: Density::CLOSE })?;
        if close.len() < body.len() {
            body = close;
        }
    }
    paper.parts.iter().map(|part| sheet.dress(&body, part, &roomy)).collect()
}
