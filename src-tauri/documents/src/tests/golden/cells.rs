//! Pages as coarse pictures: cells of four dots a side at 24 dpi, some 4.2 mm. What another version
//! of poppler draws a little differently is lost in them; what moved or is gone is not.

use image::{GrayImage, Luma, imageops};

/// At which pages are drawn.
pub(in crate::tests) const DPI: u32 = 24;

/// Dots of a side of a cell.
const SIDE: u32 = 4;

/// How far a cell's grey may be off, of 255. A line of text that is gone is off by 40 and more.
const TOLERANCE: u8 = 28;

/// The grey of each cell, in steps of eight: a picture of it is small.
pub(in crate::tests) fn coarse(page: &GrayImage) -> GrayImage {
    let (wide, high) = page.dimensions();
    GrayImage::from_fn(wide.div_ceil(SIDE), high.div_ceil(SIDE), |cx, cy| {
        let (x, y) = (cx * SIDE, cy * SIDE);
        let (w, h) = (SIDE.min(wide - x), SIDE.min(high - y));
        let dots = imageops::crop_imm(page, x, y, w, h);
        let sum: u32 = dots.to_image().pixels().map(|dot| u32::from(dot.0[0])).sum();
        let grey = u8::try_from(sum / (w * h)).unwrap();
        Luma([grey & 0xF8])
    })
}

/// Pages beside each other.
pub(in crate::tests) fn strip<'a>(pages: impl Iterator<Item = &'a GrayImage> + Clone) -> GrayImage {
    let wide = pages.clone().map(GrayImage::width).sum();
    let high = pages.clone().map(GrayImage::height).max().unwrap_or(1);
    let mut strip = GrayImage::from_pixel(wide, high, Luma([0xF8]));
    let mut x = 0;
    for page in pages {
        imageops::replace(&mut strip, page, i64::from(x), 0);
        x += page.width();
    }
    strip
}

/// A page of a strip; beyond its edges it is white.
pub(in crate::tests) fn part_of(
    strip: &GrayImage,
    from: u32,
    (wide, high): (u32, u32),
) -> GrayImage {
    let dot = |x, y| strip.get_pixel_checked(from + x, y).copied().unwrap_or(Luma([0xF8]));
    GrayImage::from_fn(wide, high, dot)
}

/// The cell that is furthest off: its place, in millimetres from the top left, and by how much.
pub(in crate::tests) fn off(was: &GrayImage, is: &GrayImage) -> (String, u8) {
    let cells = was.enumerate_pixels().zip(is.pixels());
    let far = cells.map(|((x, y, a), b)| (a.0[0].abs_diff(b.0[0]), x, y)).max();
    let (by, x, y) = far.unwrap_or_default();
    let millimetres = |cells: u32| cells * SIDE * 254 / DPI / 10;
    (format!("{},{}", millimetres(x), millimetres(y)), by)
}

/// Whether they show the same.
pub(in crate::tests) fn agree(was: &GrayImage, is: &GrayImage) -> bool {
    was.dimensions() == is.dimensions() && off(was, is).1 <= TOLERANCE
}

/// The comparison itself, on the first page of every paper: a block that is 3 mm lower, a line that
/// is gone, and the dust of another renderer.
#[test]
fn what_moved_or_is_gone_is_seen_and_dust_is_not() {
    use super::{DocumentKind, Format, Looked, Paper, Stress, on_disk, press};
    let papers = DocumentKind::ALL.iter().copied().map(Looked::Of);
    for kind in papers.chain([Looked::Sheet, Looked::JointSheet]) {
        let paper = Paper { format: Format::A4, ..Stress::Plain.paper(kind) };
        let page = on_disk(&press().render(&paper).unwrap()).picture(1, DPI);
        let (wide, high) = page.dimensions();
        let kept = coarse(&page);
        let dot = |x, y| page.get_pixel_checked(x, y).copied().unwrap_or(Luma([255]));
        // The middle of the page is text on every paper.
        let (top, end) = (high / 3, high / 2);
        let moved = GrayImage::from_fn(wide, high, |x, y| match y {
            y if y < top || y >= end + 3 => dot(x, y),
            y if y < top + 3 => Luma([255]),
            y => dot(x, y - 3),
        });
        assert!(!agree(&kept, &coarse(&moved)), "{kind:?}: moved by 3 mm");
        let row = |y: u32| (0..wide).map(|x| u32::from(255 - dot(x, y).0[0])).sum::<u32>();
        let line = (top..end).max_by_key(|y| row(*y) + row(y + 1) + row(y + 2)).unwrap();
        let gone = GrayImage::from_fn(wide, high, |x, y| match y {
            y if (line..line + 4).contains(&y) => Luma([255]),
            y => dot(x, y),
        });
        assert!(!agree(&kept, &coarse(&gone)), "{kind:?}: a line is gone");
        let dust = GrayImage::from_fn(wide, high, |x, y| {
            let grey = dot(x, y).0[0];
            Luma([if (x + y) % 2 == 0 { grey.saturating_add(16) } else { grey.saturating_sub(20) }])
        });
        assert!(agree(&kept, &coarse(&dust)), "{kind:?}: dust");
    }
}
