//! The sheets: how large each is, and how large things are on it. Lengths in points.
//!
//! A4 and A5 are one design in two sizes: title between the part's label and the code, columns,
//! a foot with the page's number. The roll is a slip: everything in one column, one under the
//! other, as long as its content.

use super::glyphs::Density;
use crate::paper::Format;

/// Points in a millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;

/// A dot of the heads that print on rolls: eight in a millimetre (203 dpi).
pub(crate) const DOT: f32 = MM / 8.0;

/// A line of text at a fixed place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At {
    /// The baseline, from the top of what it belongs to.
    pub(crate) y: f32,
    pub(crate) size: f32,
}

/// What stands at the top of the first page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    /// The first thing on a page.
    pub(crate) top: f32,
    /// A line of warning: its height, and the text in it.
    pub(crate) warning: (f32, At),
    /// A side of the code, its quiet zone included, unless its modules would be too small.
    pub(crate) code: f32,
    /// A side of a module of the code, at least.
    pub(crate) module: f32,
    /// Under the code.
    pub(crate) caption: At,
    /// What the boxes at the sides of the title are wide.
    pub(crate) side_box: f32,
    pub(crate) issuer: At,
    pub(crate) title: At,
    pub(crate) number: At,
    /// The height of the part's label; its name; for whom.
    pub(crate) label: (f32, At, At),
    /// From the code to the content.
    pub(crate) below: f32,
}

/// Tables.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cells {
    /// Of the text.
    pub(crate) size: f32,
    /// Inside a cell, at its sides.
    pub(crate) side: f32,
    /// Label columns of the table at the top.
    pub(crate) label: f32,
    /// The first of two pairs in a row.
    pub(crate) first: f32,
    /// A row higher than this is torn: a page must be able to hold it beside the head.
    pub(crate) tallest: f32,
}

/// The end of a paper.
#[derive(Clone, Copy, Debug)]
pub(crate) struct End {
    /// The issuer's column at the right.
    pub(crate) issuer: f32,
    /// Text about the desk: its size, and from line to line.
    pub(crate) desk: (f32, f32),
    /// From line to line of the issuer.
    pub(crate) leading: f32,
    /// From one line for handwriting to the next.
    pub(crate) step: f32,
}

/// A sheet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Geometry {
    /// Width and height; of a roll, the longest a slip may be.
    pub(crate) page: (f32, f32),
    /// Whether it is a roll: one column, cut where the content ends.
    pub(crate) roll: bool,
    /// The side margins.
    pub(crate) margin: f32,
    /// The size of the text.
    pub(crate) body: f32,
    /// The size of small print.
    pub(crate) small: f32,
    /// From the bottom of the page to the rule over the foot.
    pub(crate) foot: f32,
    /// How closely lines stand where there is room.
    pub(crate) roomy: Density,
    /// And where that saves a sheet.
    pub(crate) close: Density,
    pub(crate) head: Head,
    pub(crate) cells: Cells,
    pub(crate) end: End,
}

impl Geometry {
    /// The geometry of a format.
    pub(crate) fn of(format: Format) -> &'static Self {
        match format {
            Format::A4 => &A4,
            Format::A5 => &A5,
            Format::Roll80 => &ROLL80,
        }
    }

    /// How wide the content is.
    pub(crate) fn width(&self) -> f32 {
        self.page.0 - 2.0 * self.margin
    }

    /// The rule over the foot.
    pub(crate) fn foot(&self) -> f32 {
        self.page.1 - self.foot
    }

    /// A side of a code of so many modules. On a roll it is a whole number of dots a module, as
    /// many as fit the side wanted: a module that ends inside a dot is a module a reader misses.
    pub(crate) fn code(&self, modules: u16) -> f32 {
        let modules = f32::from(modules);
        if self.roll {
            let dots = (self.head.code / DOT / modules).floor();
            return dots.max((self.head.module / DOT).round()) * DOT * modules;
        }
        // The title keeps its third of the width.
        self.head.code.max(self.head.module * modules).min(self.width() / 3.0 - MM)
    }
}

const fn at(y: f32, size: f32) -> At {
    At { y, size }
}

/// 210 × 297 mm. The text is 五号, that of tables 小五 and a little.
static A4: Geometry = Geometry {
    page: (210.0 * MM, 297.0 * MM),
    roll: false,
    margin: 20.0 * MM,
    body: 10.5,
    small: 8.0,
    foot: 17.0 * MM,
    roomy: Density { leading: 16.8, paragraph: 2.0, row: 13.5, cell: 3.4, heading: 7.0 },
    close: Density { leading: 15.0, paragraph: 1.0, row: 12.5, cell: 2.2, heading: 4.5 },
    head: Head {
        top: 13.0 * MM,
        warning: (17.0, at(12.2, 10.0)),
        code: 27.0 * MM,
        module: 0.33 * MM,
        caption: at(6.5, 7.5),
        side_box: 28.0 * MM,
        issuer: at(24.0, 15.0),
        title: at(54.0, 22.0),
        number: at(76.0, 10.5),
        label: (34.0, at(15.0, 11.0), at(28.0, 8.0)),
        below: 12.0,
    },
    cells: Cells { size: 9.5, side: 4.0, label: 24.0 * MM, first: 95.0 * MM, tallest: 150.0 * MM },
    end: End { issuer: 68.0 * MM, desk: (9.5, 14.5), leading: 16.5, step: 24.0 },
};

/// 148 × 210 mm.
static A5: Geometry = Geometry {
    page: (148.0 * MM, 210.0 * MM),
    roll: false,
    margin: 14.0 * MM,
    body: 9.5,
    small: 7.5,
    foot: 13.0 * MM,
    roomy: Density { leading: 14.8, paragraph: 1.6, row: 12.2, cell: 2.8, heading: 6.0 },
    close: Density { leading: 13.4, paragraph: 0.8, row: 11.4, cell: 1.8, heading: 4.0 },
    head: Head {
        top: 9.0 * MM,
        warning: (15.0, at(10.8, 9.0)),
        code: 23.0 * MM,
        module: 0.33 * MM,
        caption: at(6.0, 7.0),
        side_box: 24.0 * MM,
        issuer: at(20.0, 12.0),
        title: at(44.0, 17.0),
        number: at(62.0, 9.0),
        label: (30.0, at(13.0, 10.0), at(24.8, 7.5)),
        below: 10.0,
    },
    cells: Cells { size: 9.0, side: 3.0, label: 19.0 * MM, first: 66.0 * MM, tallest: 100.0 * MM },
    end: End { issuer: 50.0 * MM, desk: (8.5, 12.8), leading: 14.5, step: 21.0 },
};

/// 80 mm wide, 72 mm of them in reach of the head: 576 dots. Nine points are 25 dots, as many as
/// the printers' own Chinese font has. No slip is longer than a page of a PDF may be (200 inches);
/// what is left goes on another.
static ROLL80: Geometry = Geometry {
    page: (80.0 * MM, 14_000.0),
    roll: true,
    margin: 4.0 * MM,
    body: 9.0,
    small: 8.0,
    foot: 60.0,
    roomy: ROLL_DENSITY,
    close: ROLL_DENSITY,
    head: Head {
        top: 3.0 * MM,
        warning: (4.0, at(0.0, 9.0)),
        code: 36.0 * MM,
        module: 3.0 * DOT,
        caption: at(9.0, 8.0),
        side_box: 0.0,
        issuer: at(0.0, 11.0),
        title: at(0.0, 15.0),
        number: at(0.0, 9.0),
        label: (14.0, at(10.0, 9.0), at(10.0, 9.0)),
        below: 6.0,
    },
    cells: Cells {
        size: 9.0,
        side: 0.0,
        label: 19.5 * MM,
        first: 72.0 * MM,
        tallest: f32::INFINITY,
    },
    end: End { issuer: 72.0 * MM, desk: (9.0, 12.5), leading: 13.5, step: 26.0 },
};

const ROLL_DENSITY: Density =
    Density { leading: 13.0, paragraph: 2.5, row: 12.2, cell: 2.0, heading: 7.0 };
