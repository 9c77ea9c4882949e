//! Slips read back: the bytes by a printer of our own, the code by a QR reader, the picture beside
//! what poppler makes of the PDF of the same paper.

use proptest::prelude::*;
use yichuang_domain::document::DocumentKind;

use super::{Raster, WIDTH, escpos};
use crate::tests::cases::{Wish, desk, guide};
use crate::tests::poppler::{on_disk, press};
use crate::{Block, DocumentError, Format, Paper};

/// What a printer does with bytes: the pictures it prints, one for each cut. Anything that is not
/// one of the commands of the reference ends the test.
fn print(mut bytes: &[u8]) -> Vec<Vec<Vec<bool>>> {
    let mut slips = Vec::new();
    let mut slip: Vec<Vec<bool>> = Vec::new();
    let mut fresh = false;
    while !bytes.is_empty() {
        match bytes {
            [0x1B, b'@', rest @ ..] => {
                assert!(slip.is_empty(), "initialised in the middle of a slip");
                fresh = true;
                bytes = rest;
            }
            [0x1D, b'v', b'0', 0, xl, xh, yl, yh, rest @ ..] => {
                assert!(fresh, "a picture before the printer was initialised");
                let across = usize::from(*xl) + 256 * usize::from(*xh);
                let down = usize::from(*yl) + 256 * usize::from(*yh);
                assert!(across * 8 <= 576, "wider than the head");
                assert!((1..=256).contains(&down), "a band no buffer holds");
                for row in rest[..across * down].chunks(across) {
                    let dots = row.iter().flat_map(|b| (0..8).map(move |i| b >> (7 - i) & 1 == 1));
                    slip.push(dots.collect());
                }
                bytes = &rest[across * down..];
            }
            [0x1D, b'V', 66, _, rest @ ..] => {
                slips.push(std::mem::take(&mut slip));
                fresh = false;
                bytes = rest;
            }
            other => panic!("no command: {:02X?}", &other[..other.len().min(8)]),
        }
    }
    assert!(slip.is_empty(), "the last slip is not cut");
    slips
}

fn grey(raster: &Raster) -> image::GrayImage {
    let height = u32::try_from(raster.height()).unwrap();
    image::GrayImage::from_fn(576, height, |x, y| {
        let black = raster.is_black(i32::try_from(x).unwrap(), i32::try_from(y).unwrap());
        image::Luma([if black { 0 } else { 255 }])
    })
}

fn receipt(name: &str, text: Option<&str>) -> Paper {
    let guide = guide();
    let matter = guide.matters.iter().find(|m| m.name.contains("转移登记")).unwrap();
    let mut desk = desk(&guide, matter, &Wish::default());
    desk.case.applicant.party.name = name.to_owned();
    let mut paper = desk.paper(DocumentKind::MaterialReceipt);
    paper.format = Format::Roll80;
    if let Some(text) = text {
        paper.qr_text = text.to_owned();
    }
    paper
}

#[test]
fn the_printer_prints_what_was_drawn_and_cuts_after_each_part() {
    let paper = receipt("欧阳春晓", None);
    let slips = press().thermal(&paper).unwrap();
    let printed = print(&escpos::encode(&slips));
    assert_eq!(printed.len(), paper.parts.len());
    for (slip, printed) in slips.iter().zip(&printed) {
        assert_eq!(slip.height(), printed.len());
        for (y, row) in (0i32..).zip(printed) {
            for (x, black) in (0i32..).zip(row) {
                assert_eq!(slip.is_black(x, y), *black, "dot {x}, {y}");
            }
        }
    }
    assert!(escpos::encode(&[]).is_empty());
}

/// The PDF of the same slip, drawn by poppler at the same dots.
#[test]
fn a_slip_looks_like_its_pdf() {
    let mut paper = receipt("欧阳·䶮㛃𠅤𫖮", None);
    // The dashes of its box begin elsewhere in the two.
    for block in &mut paper.blocks {
        if let Block::Signature(end) = block {
            end.seal.clear();
        }
    }
    let slip = press().thermal(&paper).unwrap().remove(0);
    let pdf = on_disk(&press().render(&paper).unwrap()).picture_at(1, "203.2");
    let dark = |x: i32, y: i32, level: u8| {
        let (Ok(x), Ok(y)) = (u32::try_from(x + 32), u32::try_from(y)) else { return false };
        pdf.get_pixel_checked(x, y).is_some_and(|p| p.0[0] < level)
    };
    let near = |x: i32, y: i32, hit: &dyn Fn(i32, i32) -> bool| {
        (-1..=1).any(|dx| (-1..=1).any(|dy| hit(x + dx, y + dy)))
    };
    let (mut drawn, mut alone, mut meant, mut lost) = (0u32, 0u32, 0u32, 0u32);
    for y in 0..i32::try_from(slip.height()).unwrap() {
        for x in 0..WIDTH {
            if slip.is_black(x, y) {
                drawn += 1;
                alone += u32::from(!near(x, y, &|x, y| dark(x, y, 200)));
            }
            if dark(x, y, 90) {
                meant += 1;
                lost += u32::from(!near(x, y, &|x, y| slip.is_black(x, y)));
            }
        }
    }
    assert!(drawn > 20_000 && meant > 15_000, "{drawn} dots for {meant}");
    // Glyphs are moved by up to half a dot, and poppler's page begins inside one.
    assert!(alone * 100 < drawn, "{alone} of {drawn} dots have no ink in the PDF");
    assert!(lost * 100 < meant, "{lost} of {meant} dark pixels of the PDF have no dot");
}

#[test]
fn the_code_is_read_from_the_dots() {
    let long = "YC1:".to_owned() + &"A7K3-9f8e7d6c5b4a".repeat(14);
    for text in ["YC1", "YC1:150785-01-A7K3-20260917-0042-2-SJ01:9f8e7d6c5b4a3928", &long] {
        let paper = receipt("王敏", Some(text));
        let slip = press().thermal(&paper).unwrap().remove(0);
        let mut picture = rqrr::PreparedImage::prepare(grey(&slip));
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1, "{text}");
        assert_eq!(grids[0].decode().unwrap().1, text);
    }
}

#[test]
fn a_slip_refuses_what_a_pdf_refuses() {
    for name in ["李\u{E000}", "王\u{FFF9}敏", "😀"] {
        let paper = receipt(name, None);
        let slip = press().thermal(&paper).unwrap_err();
        let DocumentError::NoGlyph { found_in, .. } = &slip else { panic!("{slip:?}") };
        assert_eq!(found_in, "申请人姓名");
        assert_eq!(slip.to_string(), press().render(&paper).unwrap_err().to_string());
    }
}

#[test]
fn the_sheet_a_paper_names_does_not_matter_to_a_slip() {
    let roll = receipt("王敏", None);
    let sheet = Paper { format: Format::A4, ..roll.clone() };
    assert_eq!(press().thermal(&roll).unwrap(), press().thermal(&sheet).unwrap());
}

#[test]
fn a_preview_is_the_same_picture() {
    let slip = press().thermal(&receipt("王敏", None)).unwrap().remove(0);
    let file = slip.pbm();
    let head = format!("P4\n576 {}\n", slip.height());
    assert!(file.starts_with(head.as_bytes()));
    assert_eq!(file.len(), head.len() + slip.rows().map(<[u8]>::len).sum::<usize>());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_paper_is_a_slip_or_a_refusal(
        name in "\\PC{1,60}",
        kind in 0..DocumentKind::ALL.len(),
        qr in "[ -~]{0,400}",
    ) {
        let guide = guide();
        let matter = guide.matters.iter().find(|m| m.name.contains("转移登记")).unwrap();
        let checks = vec![(0, "missing", ""), (1, "defective", "未签字")];
        let mut desk = desk(&guide, matter, &Wish { checks, practice: true, ..Wish::default() });
        desk.case.applicant.party.name = name;
        let paper = Paper { qr_text: qr, ..desk.paper(DocumentKind::ALL[kind]) };
        match press().thermal(&paper) {
            Ok(slips) => prop_assert_eq!(print(&escpos::encode(&slips)).len(), slips.len()),
            Err(DocumentError::NoGlyph { .. }) => {}
            Err(error) => prop_assert!(false, "{error}"),
        }
    }
}
