//! What surrounds the content of every page of a sheet: title and code on the first, a short head on the
//! others, the foot, the part's label, and the warnings of practice and example data.

use super::block::{Align, Place, across, one_line, width_of};
use super::flow::{Filled, Frame};
use super::geometry::{At, Geometry, MM};
use super::glyphs::{Setter, Shaper};
use super::page::{Ink, Item, Page};
use crate::error::DocumentError;
use crate::paper::{Paper, Part, Text};

/// The surroundings of a paper's pages.
pub(crate) struct Sheet<'p> {
    paper: &'p Paper,
    first: Vec<Item>,
    next: Vec<Item>,
    /// Where the head of the first page begins, and how wide the boxes at its sides are.
    head: (f32, f32),
    frame: Frame,
}

impl<'p> Sheet<'p> {
    /// Lays out what every part shares, around a code of so many modules a side.
    pub(crate) fn of(
        paper: &'p Paper,
        modules: u16,
        setter: &Setter<'_, impl Shaper>,
    ) -> Result<Self, DocumentError> {
        let sheet = setter.sheet;
        let (head, left, width) = (sheet.head, sheet.margin, sheet.width());
        let (height, words) = head.warning;
        let mut warnings = Vec::new();
        let mut y = head.top;
        for warning in &paper.warnings {
            let frame = Item::Frame { x: left, y, width, height, weight: 0.9, dashed: false };
            warnings.push(frame);
            let place = place(sheet, y, words, Ink::Black, Align::Centre);
            warnings.extend(one_line(warning, true, place, setter)?);
            y += height + 3.0;
        }
        let top = y;

        let mut first = warnings.clone();
        let code = sheet.code(modules);
        let code_x = left + width - code;
        let side_box = head.side_box.max(code + MM);
        first.push(Item::Code { x: code_x, y: top, side: code });
        let middle = place(sheet, top + code, head.caption, Ink::Black, Align::Centre);
        let caption = Place { x: code_x, width: code, ..middle };
        first.extend(one_line(&Text::of(paper.qr_caption.as_str()), false, caption, setter)?);
        let between = |at: At| Place {
            x: left + side_box + 2.0 * MM,
            width: width - 2.0 * side_box - 4.0 * MM,
            ..place(sheet, top, at, Ink::Black, Align::Centre)
        };
        first.extend(issuer(paper, between(head.issuer), setter)?);
        first.extend(one_line(&paper.title, true, between(head.title), setter)?);
        first.extend(one_line(&paper.number, false, between(head.number), setter)?);

        let mut next = warnings;
        let running = Text::default()
            .then(paper.title.clone())
            .say("（续）　")
            .then(paper.number.clone())
            .then(paper.running.clone());
        let at = At { y: 10.0, size: sheet.small };
        let place = place(sheet, top, at, Ink::Grey, Align::Left);
        next.extend(one_line(&running, false, place, setter)?);
        next.push(across(setter, top + 15.0));
        let frame = Frame {
            first_top: top + code + head.below,
            next_top: top + 23.0,
            bottom: sheet.foot() - 4.0,
        };
        Ok(Self { paper, first, next, head: (top, side_box), frame })
    }

    /// Where the content may stand.
    pub(crate) fn frame(&self) -> Frame {
        self.frame
    }

    /// The pages of one part around the content they share.
    pub(crate) fn dress(
        &self,
        body: &[Filled],
        part: &Part,
        setter: &Setter<'_, impl Shaper>,
    ) -> Result<Vec<Page>, DocumentError> {
        let mut pages = Vec::with_capacity(body.len());
        for (i, content) in body.iter().enumerate() {
            let mut items = if i == 0 { self.first.clone() } else { self.next.clone() };
            if i == 0 {
                items.extend(self.label(part, setter)?);
            }
            items.extend(content.items.iter().cloned());
            items.extend(self.foot(part, i + 1, body.len(), setter)?);
            pages.push(Page { size: setter.sheet.page, items });
        }
        Ok(pages)
    }

    fn label(
        &self,
        part: &Part,
        setter: &Setter<'_, impl Shaper>,
    ) -> Result<Vec<Item>, DocumentError> {
        let sheet = setter.sheet;
        let (y, side_box) = self.head;
        let (height, name, to) = sheet.head.label;
        let width = sheet.head.side_box.min(side_box) - 4.0 * MM;
        let (x, weight) = (sheet.margin, 0.9);
        let mut items = vec![Item::Frame { x, y, width, height, weight, dashed: false }];
        let line = |at: At| Place { width, ..place(sheet, y, at, Ink::Black, Align::Centre) };
        items.extend(one_line(&Text::of(part.name.as_str()), true, line(name), setter)?);
        items.extend(one_line(&Text::of(part.to.as_str()), false, line(to), setter)?);
        Ok(items)
    }

    fn foot(
        &self,
        part: &Part,
        number: usize,
        count: usize,
        setter: &Setter<'_, impl Shaper>,
    ) -> Result<Vec<Item>, DocumentError> {
        let sheet = setter.sheet;
        let mut items = vec![across(setter, sheet.foot())];
        let third = sheet.width() / 3.0;
        let line = |size: f32, ink: Ink, align: Align| {
            place(sheet, sheet.foot(), At { y: 12.0, size }, ink, align)
        };
        let guide = Place { width: third, ..line(sheet.small, Ink::Grey, Align::Left) };
        items.extend(one_line(&self.paper.guide, false, guide, setter)?);
        let page = Text::of(format!("第 {number} 页　共 {count} 页"));
        let middle = line(sheet.small + 1.0, Ink::Black, Align::Centre);
        items.extend(one_line(&page, false, middle, setter)?);
        let name = Place {
            x: sheet.margin + 2.0 * third,
            width: third,
            ..line(sheet.small, Ink::Grey, Align::Right)
        };
        let label = Text::of(format!("{}（{}）", part.name, part.to));
        items.extend(one_line(&label, false, name, setter)?);
        Ok(items)
    }
}

/// A line over the whole width, below `top`.
fn place(sheet: &Geometry, top: f32, at: At, ink: Ink, align: Align) -> Place {
    let At { y, size } = at;
    Place { x: sheet.margin, y: top + y, width: sheet.width(), size, ink, align }
}

/// How high the logo is for the size of the issuer's name beside it.
const LOGO: f32 = 1.9;

/// The issuer's name with the logo before it, both together in the middle.
fn issuer(
    paper: &Paper,
    place: Place,
    setter: &Setter<'_, impl Shaper>,
) -> Result<Vec<Item>, DocumentError> {
    let Some(logo) = &paper.logo else {
        return one_line(&paper.issuer, false, place, setter);
    };
    let high = place.size * LOGO;
    let wide = (high * logo.proportion()).min(place.width / 3.0);
    let height = wide / logo.proportion();
    let gap = place.size * 0.4;
    let room = place.width - wide - gap;
    let words = width_of(&paper.issuer, place.size, setter)?.min(room);
    let x = place.x + (room - words) / 2.0;
    // Han characters stand 0.38 em above their baseline in the middle.
    let y = place.y - place.size * 0.38 - height / 2.0;
    let beside = Place { x: x + wide + gap, width: words, align: Align::Left, ..place };
    let mut items = vec![Item::Logo { x, y, width: wide, height }];
    items.extend(one_line(&paper.issuer, false, beside, setter)?);
    Ok(items)
}
