//! A paper with the hall's logo: on every sheet, as words and as a picture.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use yichuang_domain::document::DocumentKind;

use super::golden::Looked;
use super::golden::cells::{DPI, agree, coarse, off, part_of, strip};
use super::golden::stress::Stress;
use super::poppler::{on_disk, press};
use crate::{Format, Logo, Paper};

const FORMATS: [Format; 3] = [Format::A4, Format::A5, Format::Roll80];

/// A ring, half as high as wide, on nothing.
fn logo() -> Logo {
    let picture = RgbaImage::from_fn(240, 120, |x, y| {
        let (x, y) = (f64::from(x) / 2.0 - 60.0, f64::from(y) - 60.0);
        let inked = (30.0..55.0).contains(&x.hypot(y));
        Rgba([160, 0, 0, if inked { 255 } else { 0 }])
    });
    let mut png = Cursor::new(Vec::new());
    DynamicImage::from(picture).write_to(&mut png, ImageFormat::Png).unwrap();
    Logo::read(png.into_inner()).unwrap()
}

fn plain(format: Format) -> Paper {
    let mut paper = Paper { format, ..Stress::Plain.paper(Looked::Of(DocumentKind::Acceptance)) };
    paper.parts.truncate(1);
    paper
}

fn with_logo(format: Format) -> Paper {
    Paper { logo: Some(logo()), ..plain(format) }
}

#[test]
fn a_paper_with_a_logo_is_as_it_was() {
    let kept: PathBuf =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/golden/kept/logo.png");
    let page = |format| {
        let pdf = press().render(&with_logo(format)).unwrap();
        coarse(&on_disk(&pdf).picture(1, DPI))
    };
    let pages = FORMATS.map(page);
    if std::env::var("YICHUANG_WRITE_GOLDENS").is_ok() {
        strip(pages.iter()).save(kept).unwrap();
        return;
    }
    let before = image::open(kept).unwrap().to_luma8();
    let mut x = 0;
    for (format, page) in FORMATS.iter().zip(&pages) {
        let was = part_of(&before, x, page.dimensions());
        x += page.width();
        assert!(agree(&was, page), "{format:?}: off at {:?}", off(&was, page));
    }
}

#[test]
fn a_logo_changes_no_word_and_nothing_below_the_head() {
    for format in FORMATS {
        let (without, with) = (plain(format), with_logo(format));
        let [bare, dressed] =
            [&without, &with].map(|paper| on_disk(&press().render(paper).unwrap()));
        assert_eq!(bare.as_written(), dressed.as_written());
        assert_eq!(without.digest(), with.digest());
        let [bare, dressed] = [bare, dressed].map(|disk| disk.picture(1, 72));
        assert_ne!(bare, dressed, "{format:?}: no logo");
        if format == Format::Roll80 {
            // A slip grows by the logo, 12 mm.
            let grown = dressed.height() - bare.height();
            assert!((34..=38).contains(&grown), "{grown}");
            continue;
        }
        let below = |page: &image::GrayImage| {
            page.rows().skip(150).flatten().map(|dot| dot.0[0]).collect::<Vec<_>>()
        };
        assert_eq!(below(&bare), below(&dressed), "{format:?}");
    }
}

#[test]
fn a_paper_with_a_logo_has_the_same_bytes_each_time_and_stays_small() {
    let paper = with_logo(Format::A4);
    let (one, two) = (press().render(&paper).unwrap(), press().render(&paper).unwrap());
    assert_eq!(one.bytes, two.bytes);
    let bare = press().render(&plain(Format::A4)).unwrap();
    let more = one.bytes.len() - bare.bytes.len();
    assert!(more < 20_000, "{more} bytes for the logo");
}

#[test]
fn a_slip_shows_the_logo_in_dots() {
    let paper = with_logo(Format::A4);
    let slips = press().thermal(&paper).unwrap();
    let bare = press().thermal(&Paper { logo: None, ..paper }).unwrap();
    // 12 mm and the gap, in whole dots.
    assert!((100..=103).contains(&(slips[0].height() - bare[0].height())));
    // The ring, in the middle of the slip near its top: its left wall is ink, its middle is not.
    let row = |y: i32| (0..576).filter(|x| slips[0].is_black(*x, y)).collect::<Vec<_>>();
    let (first, last) = (row(75)[0], *row(75).last().unwrap());
    assert!((first + last - 575).abs() <= 2, "{first} to {last}");
    assert!((150..=200).contains(&(last - first)), "{first} to {last}");
    assert!(!slips[0].is_black(288, 75));
}

#[test]
fn the_words_of_an_archived_paper_keep_their_logo_and_older_ones_have_none() {
    let paper = with_logo(Format::A4);
    let words = serde_json::to_string(&paper).unwrap();
    assert_eq!(serde_json::from_str::<Paper>(&words).unwrap(), paper);
    let bare = serde_json::to_string(&plain(Format::A4)).unwrap();
    assert!(!bare.contains("logo") && !bare.contains("specimen"));
    assert_eq!(serde_json::from_str::<Paper>(&bare).unwrap().logo, None);
}
