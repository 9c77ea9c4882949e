//! What surrounds the content of a slip from a roll: everything centred and one under the other,
//! broken where a line is too long instead of made smaller; and where it is cut.

use super::block::{SetText, across, baseline, set};
use super::flow::{Filled, Frame};
use super::geometry::{At, DOT, MM};
use super::glyphs::{Setter, Shaper};
use super::line::Measure;
use super::page::{Ink, Item, Page};
use crate::error::DocumentError;
use crate::paper::{Paper, Part, Text};

/// From the content to the foot, and from the foot to the cut.
const GAP: f32 = 8.0;

/// How high the logo is: 12 mm.
const LOGO: f32 = 12.0 * MM;

/// The surroundings of a paper's slips.
pub(crate) struct Slip<'p> {
    paper: &'p Paper,
    first: Vec<Item>,
    /// Where the part's label begins.
    label: f32,
    frame: Frame,
}

impl<'p> Slip<'p> {
    /// Lays out what every part shares, around a code of so many modules a side.
    pub(crate) fn of(
        paper: &'p Paper,
        modules: u16,
        setter: &Setter<'_, impl Shaper>,
    ) -> Result<Self, DocumentError> {
        let (sheet, head) = (setter.sheet, setter.sheet.head);
        let mut first = Vec::new();
        let mut y = head.top;
        for warning in &paper.warnings {
            y = boxed(warning, y, setter, &mut first)? + 3.0;
        }
        if let Some(logo) = &paper.logo {
            let height = LOGO.min(sheet.width() / logo.proportion());
            let width = height * logo.proportion();
            let x = sheet.margin + (sheet.width() - width) / 2.0;
            first.push(Item::Logo { x, y: y + 2.0, width, height });
            y += height + 2.0;
        }
        y = centred(&paper.issuer, false, y + 2.0, head.issuer, setter, &mut first)?;
        y = centred(&paper.title, true, y + 2.0, head.title, setter, &mut first)?;
        y = centred(&paper.number, false, y + 1.0, head.number, setter, &mut first)?;
        let label = y + 1.0;
        y = label + head.label.0 + 4.0;
        let side = sheet.code(modules);
        // Whole dots from the margin, as the modules are.
        let shift = ((sheet.width() - side) / 2.0 / DOT).floor() * DOT;
        first.push(Item::Code { x: sheet.margin + shift.max(0.0), y, side });
        y += side;
        let caption = Text::of(paper.qr_caption.as_str());
        y = centred(&caption, false, y, head.caption, setter, &mut first)?;
        let frame = Frame { first_top: y + head.below, next_top: head.top, bottom: sheet.foot() };
        Ok(Self { paper, first, label, frame })
    }

    /// Where the content may stand.
    pub(crate) fn frame(&self) -> Frame {
        self.frame
    }

    /// The slips of one part around the content they share.
    pub(crate) fn dress(
        &self,
        body: &[Filled],
        part: &Part,
        setter: &Setter<'_, impl Shaper>,
    ) -> Result<Vec<Page>, DocumentError> {
        let sheet = setter.sheet;
        let label = Text::of(format!("{}（{}）", part.name, part.to));
        let mut pages = Vec::with_capacity(body.len());
        for (i, content) in body.iter().enumerate() {
            let mut items = Vec::new();
            if i == 0 {
                items.clone_from(&self.first);
                centred(&label, true, self.label, sheet.head.label.1, setter, &mut items)?;
            }
            items.extend(content.items.iter().cloned());
            let mut y = content.end + GAP;
            items.push(across(setter, y));
            let small = At { y: 0.0, size: sheet.small };
            y = centred(&self.paper.guide, false, y + 2.0, small, setter, &mut items)?;
            y = centred(&label, false, y, small, setter, &mut items)? + GAP;
            items.push(Item::Rule {
                from: (sheet.margin, y),
                to: (sheet.margin + sheet.width(), y),
                weight: 0.6,
                dashed: true,
            });
            pages.push(Page { size: (sheet.page.0, y + GAP), items });
        }
        Ok(pages)
    }
}

fn broken(
    text: &Text,
    bold: bool,
    size: f32,
    width: f32,
    setter: &Setter<'_, impl Shaper>,
) -> Result<SetText, DocumentError> {
    let measure = Measure { size, width, indent: 0.0, justify: false };
    Ok(set(setter.shape(text, bold)?, measure))
}

/// Lines in the middle of the slip from `y` on; returns where they end.
fn centred(
    text: &Text,
    bold: bool,
    y: f32,
    at: At,
    setter: &Setter<'_, impl Shaper>,
    items: &mut Vec<Item>,
) -> Result<f32, DocumentError> {
    let (left, width) = (setter.sheet.margin, setter.sheet.width());
    let text = broken(text, bold, at.size, width, setter)?;
    let leading = at.size * 1.36;
    let mut y = y;
    for line in &text.lines {
        let x = left + (width - line.width).max(0.0) / 2.0;
        items.push(Item::run(line, x, y + baseline(leading, text.size), text.size, Ink::Black));
        y += leading;
    }
    Ok(y)
}

/// A warning in a box from `y` on; returns where it ends.
fn boxed(
    warning: &Text,
    y: f32,
    setter: &Setter<'_, impl Shaper>,
    items: &mut Vec<Item>,
) -> Result<f32, DocumentError> {
    let (sheet, (pad, at)) = (setter.sheet, setter.sheet.head.warning);
    let text = broken(warning, true, at.size, sheet.width() - 2.0 * pad, setter)?;
    let mut end = y + pad / 2.0;
    for line in &text.lines {
        let base = end + baseline(setter.density.row, text.size);
        items.push(Item::run(line, sheet.margin + pad, base, text.size, Ink::Black));
        end += setter.density.row;
    }
    let height = end + pad / 2.0 - y;
    let (x, width) = (sheet.margin, sheet.width());
    items.push(Item::Frame { x, y, width, height, weight: 0.9, dashed: false });
    Ok(y + height)
}
