//! All papers on one picture, for `docs/papers.md`: `YICHUANG_CONTACT_SHEET=FILE`; and the table there.

use image::{GrayImage, Luma, imageops};
use yichuang_domain::document::DocumentKind;

use super::golden::Looked;
use super::golden::stress::Stress;
use super::poppler::{on_disk, press};
use crate::{Paper, Typeface};

/// At which pages are drawn before they are made smaller.
const DPI: u32 = 60;
/// A page, in dots.
const PAGE: (u32, u32) = (240, 339);
/// Around a page; and the height of its name over it.
const GAP: u32 = 12;
const NAME: u32 = 28;
const COLUMNS: u32 = 6;

/// The first page, and its title as large as it was drawn.
fn thumbnail(paper: &Paper) -> (GrayImage, GrayImage) {
    let page = on_disk(&press().render(paper).unwrap()).picture(1, DPI);
    // The title's line on an A4 page without warnings: 72 to 100 points from the top.
    let (top, high) = (72 * DPI / 72, NAME * DPI / 72);
    let left = (page.width() - PAGE.0) / 2;
    let title = imageops::crop_imm(&page, left, top, PAGE.0, high).to_image();
    let small = imageops::resize(&page, PAGE.0, PAGE.1, imageops::FilterType::CatmullRom);
    (title, small)
}

#[test]
fn all_papers_on_one_picture() {
    let Ok(file) = std::env::var("YICHUANG_CONTACT_SHEET") else { return };
    let kinds: Vec<_> = [Looked::Sheet]
        .into_iter()
        .chain(DocumentKind::ALL.iter().copied().map(Looked::Of))
        .collect();
    let (wide, high) = (PAGE.0 + GAP, PAGE.1 + NAME + GAP);
    let rows = u32::try_from(kinds.len()).unwrap().div_ceil(COLUMNS);
    let size = (COLUMNS * wide + GAP, rows * high + GAP);
    let mut sheet = GrayImage::from_pixel(size.0, size.1, Luma([224]));
    for (i, kind) in (0..).zip(kinds) {
        let mut paper = Stress::Plain.paper(kind);
        paper.warnings.clear();
        let (title, page) = thumbnail(&paper);
        let (x, y) = (GAP + i % COLUMNS * wide, GAP + i / COLUMNS * high);
        for (part, y) in [(&title, y), (&page, y + NAME)] {
            imageops::replace(&mut sheet, part, i64::from(x), i64::from(y));
        }
    }
    // Sixteen greys are enough for small pages, and a third of the file.
    sheet.pixels_mut().for_each(|dot| dot.0[0] = dot.0[0] / 17 * 17);
    sheet.save(file).unwrap();
}

/// The table beside the picture: every kind with its letters, its parts, and whether it is sealed.
#[test]
fn the_table_of_papers_is_right() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/papers.md");
    let table = std::fs::read_to_string(path).unwrap();
    for &kind in DocumentKind::ALL {
        let begins = format!("| {}", kind.title());
        let row = table.lines().find(|line| line.starts_with(&begins)).unwrap();
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        assert_eq!(cells[2], kind.letters(), "{kind:?}");
        let paper = Stress::Plain.paper(Looked::Of(kind));
        assert_eq!(cells[3].matches('联').count(), paper.parts.len(), "{kind:?}");
        assert!(paper.parts.iter().all(|part| cells[3].contains(&part.name)), "{kind:?}");
        let face = if paper.typeface == Typeface::Serif { "宋" } else { "黑" };
        assert_eq!(cells[4], face, "{kind:?}");
        assert_eq!(cells[7], if kind.is_sealed() { "yes" } else { "no" }, "{kind:?}");
        assert_eq!(cells[8].contains("with remedies"), kind.has_remedies(), "{kind:?}");
    }
}
