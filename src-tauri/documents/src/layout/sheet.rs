//! What surrounds the content of every page: title and code on the first, a short head on the
//! others, the foot, the part's label, and the warnings of practice and example data.

use super::block::{Align, MARGIN, Place, WIDTH, one_line};
use super::flow::Frame;
use super::glyphs::{Setter, Shaper};
use super::page::{Ink, Item, MM, PAGE, Page};
use crate::error::DocumentError;
use crate::paper::{Paper, Part, Text};

/// The first thing on a page.
const TOP: f32 = 13.0 * MM;
/// The rule over the foot.
const FOOT: f32 = PAGE.1 - 17.0 * MM;
/// A side of the code, its quiet zone included.
const CODE: f32 = 27.0 * MM;
/// A line of warning.
const WARNING: f32 = 17.0;
/// The boxes at the sides of the title.
const SIDE_BOX: f32 = 28.0 * MM;

/// The surroundings of a paper's pages.
pub(crate) struct Sheet<'p> {
    paper: &'p Paper,
    first: Vec<Item>,
    next: Vec<Item>,
    frame: Frame,
}

impl<'p> Sheet<'p> {
    /// Lays out what every part shares.
    pub(crate) fn of(
        paper: &'p Paper,
        setter: &Setter<'_, impl Shaper>,
    ) -> Result<Self, DocumentError> {
        let mut warnings = Vec::new();
        let mut y = TOP;
        for warning in &paper.warnings {
            let frame = Item::Frame {
                x: MARGIN,
                y,
                width: WIDTH,
                height: WARNING,
                weight: 0.9,
                dashed: false,
            };
            warnings.push(frame);
            let place = Place { y: y + 12.2, ..centre(10.0, Ink::Black) };
            warnings.extend(one_line(warning, true, place, setter)?);
            y += WARNING + 3.0;
        }
        let top = y;

        let mut first = warnings.clone();
        let code_x = MARGIN + WIDTH - CODE;
        first.push(Item::Code { x: code_x, y: top, side: CODE });
        let caption = Place {
            x: code_x,
            y: top + CODE + 6.5,
            width: CODE,
            size: 7.5,
            ink: Ink::Black,
            align: Align::Centre,
        };
        first.extend(one_line(&Text::of(paper.qr_caption.as_str()), false, caption, setter)?);
        let between = |y: f32, size: f32| Place {
            x: MARGIN + SIDE_BOX + 2.0 * MM,
            y,
            width: WIDTH - 2.0 * SIDE_BOX - 4.0 * MM,
            size,
            ink: Ink::Black,
            align: Align::Centre,
        };
        first.extend(one_line(&paper.issuer, false, between(top + 24.0, 15.0), setter)?);
        first.extend(one_line(&paper.title, true, between(top + 54.0, 22.0), setter)?);
        first.extend(one_line(&paper.number, false, between(top + 76.0, 10.5), setter)?);

        let mut next = warnings;
        let running = Text::default()
            .then(paper.title.clone())
            .say("（续）　")
            .then(paper.number.clone())
            .then(paper.running.clone());
        let place = Place { y: top + 10.0, width: WIDTH - SIDE_BOX, ..left(8.0, Ink::Grey) };
        next.extend(one_line(&running, false, place, setter)?);
        next.push(Item::Rule {
            from: (MARGIN, top + 15.0),
            to: (MARGIN + WIDTH, top + 15.0),
            weight: 0.6,
        });
        let frame =
            Frame { first_top: top + CODE + 12.0, next_top: top + 23.0, bottom: FOOT - 4.0 };
        Ok(Self { paper, first, next, frame })
    }

    /// Where the content may stand.
    pub(crate) fn frame(&self) -> Frame {
        self.frame
    }

    /// The pages of one part around the content they share.
    pub(crate) fn dress(
        &self,
        body: &[Page],
        part: &Part,
        setter: &Setter<'_, impl Shaper>,
    ) -> Result<Vec<Page>, DocumentError> {
        let mut pages = Vec::with_capacity(body.len());
        for (i, content) in body.iter().enumerate() {
            let mut page = if i == 0 { self.first.clone() } else { self.next.clone() };
            if i == 0 {
                page.extend(self.label(part, setter)?);
            }
            page.extend(content.iter().cloned());
            page.extend(self.foot(part, i + 1, body.len(), setter)?);
            pages.push(page);
        }
        Ok(pages)
    }

    fn label(
        &self,
        part: &Part,
        setter: &Setter<'_, impl Shaper>,
    ) -> Result<Vec<Item>, DocumentError> {
        let top = self.frame.first_top - CODE - 12.0;
        let width = SIDE_BOX - 4.0 * MM;
        let mut items = vec![Item::Frame {
            x: MARGIN,
            y: top,
            width,
            height: 34.0,
            weight: 0.9,
            dashed: false,
        }];
        let line = |y: f32, size: f32| Place {
            x: MARGIN,
            y,
            width,
            size,
            ink: Ink::Black,
            align: Align::Centre,
        };
        items.extend(one_line(
            &Text::of(part.name.as_str()),
            true,
            line(top + 15.0, 11.0),
            setter,
        )?);
        items.extend(one_line(&Text::of(part.to.as_str()), false, line(top + 28.0, 8.0), setter)?);
        Ok(items)
    }

    fn foot(
        &self,
        part: &Part,
        number: usize,
        count: usize,
        setter: &Setter<'_, impl Shaper>,
    ) -> Result<Vec<Item>, DocumentError> {
        let y = FOOT + 12.0;
        let mut items =
            vec![Item::Rule { from: (MARGIN, FOOT), to: (MARGIN + WIDTH, FOOT), weight: 0.6 }];
        let third = WIDTH / 3.0;
        let guide = Place { y, width: third, ..left(8.0, Ink::Grey) };
        items.extend(one_line(&self.paper.guide, false, guide, setter)?);
        let page = Text::of(format!("第 {number} 页　共 {count} 页"));
        items.extend(one_line(&page, false, Place { y, ..centre(9.0, Ink::Black) }, setter)?);
        let name = Place {
            x: MARGIN + 2.0 * third,
            y,
            width: third,
            size: 8.0,
            ink: Ink::Grey,
            align: Align::Right,
        };
        let label = Text::of(format!("{}（{}）", part.name, part.to));
        items.extend(one_line(&label, false, name, setter)?);
        Ok(items)
    }
}

fn left(size: f32, ink: Ink) -> Place {
    Place { x: MARGIN, y: 0.0, width: WIDTH, size, ink, align: Align::Left }
}

fn centre(size: f32, ink: Ink) -> Place {
    Place { align: Align::Centre, ..left(size, ink) }
}
