use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, Luma, Rgba, RgbaImage};
use lopdf::{Document, Object, Stream, dictionary};
use proptest::prelude::*;

use super::{Annex, form_alone};
use crate::error::AnnexFault;
use crate::press::Pdf;
use crate::tests::{on_disk, small_pdf};

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A PNG of that size, its left upper quarter black.
fn picture(wide: u32, high: u32) -> DynamicImage {
    let dark = |x, y| Luma([if x < wide / 2 && y < high / 2 { 0 } else { 255 }]);
    DynamicImage::ImageLuma8(GrayImage::from_fn(wide, high, dark))
}

/// A picture as it is printed alone.
fn alone(bytes: &[u8]) -> Pdf {
    Pdf { bytes: form_alone(bytes).unwrap(), pages: 1, sha256: String::new() }
}

/// The share of dark dots in each quarter of a page, row by row.
fn dark(pdf: &Pdf, page: u32) -> ([u32; 4], (u32, u32)) {
    let seen = on_disk(pdf).picture(page, 40);
    let (wide, high) = seen.dimensions();
    let mut quarters = [0; 4];
    for (x, y, dot) in seen.enumerate_pixels() {
        let quarter = usize::from(x >= wide / 2) + 2 * usize::from(y >= high / 2);
        quarters[quarter] += u32::from(dot.0[0] < 100);
    }
    (quarters.map(|n| n * 400 / (wide * high)), (wide, high))
}

#[test]
fn a_picture_is_set_whole_on_a_page_upright_or_across() {
    for (wide, high, format) in [
        (500, 700, ImageFormat::Png),
        (700, 500, ImageFormat::Jpeg),
        (2400, 1600, ImageFormat::Jpeg),
        (60, 4000, ImageFormat::Png),
        (1, 1, ImageFormat::Png),
    ] {
        let bytes = encoded(&picture(wide, high), format);
        assert_eq!(Annex::read(&bytes).unwrap().pages(), 1);
        let pdf = alone(&bytes);
        let (quarters, page) = dark(&pdf, 1);
        assert_eq!(page.0 > page.1, wide > high, "{wide}×{high}");
        if wide > 100 {
            assert!(quarters[0] > 25 && quarters[1..] == [0; 3], "{wide}×{high} {quarters:?}");
            assert!(pdf.bytes.len() < 400_000, "{}", pdf.bytes.len());
        }
    }
}

#[test]
fn what_can_be_seen_through_lies_on_white() {
    let clear = RgbaImage::from_pixel(300, 400, Rgba([0, 0, 0, 0]));
    let bytes = encoded(&DynamicImage::ImageRgba8(clear), ImageFormat::Png);
    let pdf = alone(&bytes);
    assert_eq!(dark(&pdf, 1).0, [0; 4]);
}

#[test]
fn a_pdf_alone_is_the_file_as_it_came() {
    for bytes in [small_pdf().bytes, b"%PDF-1.4 mended by whoever reads it".to_vec()] {
        assert!(form_alone(&bytes).unwrap() == bytes);
    }
    assert_eq!(form_alone(b"PK").unwrap_err(), AnnexFault::NotPrintable);
}

/// A file whose page has all it needs from nodes above it, twice the same page, and a link from
/// one page to the other.
fn inheriting() -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let (root, node) = (document.new_object_id(), document.new_object_id());
    let (first, second) = (document.new_object_id(), document.new_object_id());
    let content =
        document.add_object(Stream::new(dictionary! {}, b"0 0 50 50 re f BT ET".to_vec()));
    let link = dictionary! {
        "Type" => "Annot", "Subtype" => "Link", "P" => first,
        "Rect" => vec![0.into(), 0.into(), 10.into(), 10.into()],
        "Dest" => vec![second.into(), "Fit".into()],
    };
    let page = dictionary! { "Type" => "Page", "Parent" => node, "Contents" => content };
    let mut linked = page.clone();
    linked.set("Annots", vec![Object::Dictionary(link)]);
    linked.set("AA", dictionary! { "O" => dictionary! { "S" => "JavaScript" } });
    document.objects.insert(first, linked.into());
    document.objects.insert(second, page.into());
    let kids = vec![first.into(), second.into(), second.into()];
    document.objects.insert(
        node,
        dictionary! { "Type" => "Pages", "Parent" => root, "Kids" => kids, "Count" => 3 }.into(),
    );
    let size = vec![0.into(), 0.into(), 100.into(), 200.into()];
    document.objects.insert(
        root,
        dictionary! {
            "Type" => "Pages", "Kids" => vec![node.into()], "Count" => 3, "MediaBox" => size,
        }
        .into(),
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn pages_take_along_what_they_inherit_and_leave_behind_what_they_would_do() {
    let annex = Annex::read(&inheriting()).unwrap();
    assert_eq!(annex.pages(), 3);
    let front = small_pdf();
    let count = front.pages;
    let bound = front.with(vec![annex.clone(), annex]).unwrap();
    assert_eq!(bound.pages, count + 6);
    for page in count + 1..=bound.pages {
        let (quarters, (wide, high)) = dark(&bound, page);
        assert_eq!((wide, high), (56, 112), "the size comes from the root");
        assert!(quarters[2] > 30 && quarters[0] == 0, "page {page}: {quarters:?}");
    }
    let read = Document::load_mem(&bound.bytes).unwrap();
    assert_eq!(read.get_pages().len(), usize::try_from(bound.pages).unwrap());
    let pages: Vec<_> = read.page_iter().skip(usize::try_from(count).unwrap()).collect();
    let first = read.get_dictionary(pages[0]).unwrap();
    assert!(!first.has(b"AA"));
    let link = first.get(b"Annots").unwrap().as_array().unwrap()[0].as_dict().unwrap();
    let to = link.get(b"Dest").unwrap().as_array().unwrap()[0].as_reference().unwrap();
    assert_eq!(to, pages[1], "a link leads to the page that was bound, not to a copy");
    assert!(!bound.bytes.windows(10).any(|w| w == b"JavaScript"));
}

#[test]
fn a_file_that_cannot_be_bound_says_why() {
    let fault = |bytes: &[u8]| Annex::read(bytes).unwrap_err();
    assert_eq!(fault(b"PK\x03\x04 a Word file"), AnnexFault::NotPrintable);
    assert_eq!(fault(b""), AnnexFault::NotPrintable);
    assert_eq!(fault(b"%PDF-1.7\nnothing").code(), "form-damaged");
    assert_eq!(fault(b"\x89PNG\r\n\x1a\nnothing").code(), "form-damaged");
    let mut locked = Document::load_mem(&inheriting()).unwrap();
    locked.trailer.set("ID", vec![Object::string_literal("a"), Object::string_literal("b")]);
    let state = lopdf::EncryptionState::try_from(lopdf::EncryptionVersion::V2 {
        document: &locked,
        owner_password: "owner",
        user_password: "",
        key_length: 40,
        permissions: lopdf::Permissions::empty(),
    });
    locked.encrypt(&state.unwrap()).unwrap();
    let mut bytes = Vec::new();
    locked.save_to(&mut bytes).unwrap();
    assert_eq!(fault(&bytes), AnnexFault::Locked);
    for fault in [AnnexFault::NotPrintable, AnnexFault::Locked, AnnexFault::TooLong { most: 50 }] {
        assert!(fault.to_string().contains("请"), "{fault}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Damage anywhere: a fault or a paper, never a panic.
    #[test]
    fn damaged_files_end_in_words(
        kind in 0..3usize,
        hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        end in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = match kind {
            0 => inheriting(),
            1 => encoded(&picture(40, 60), ImageFormat::Png),
            _ => encoded(&picture(40, 60), ImageFormat::Jpeg),
        };
        for (place, byte) in hits {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Some(end) = end {
            bytes.truncate(end.index(bytes.len()));
        }
        if let Ok(annex) = Annex::read(&bytes) {
            let pages = annex.pages();
            let front = Pdf { bytes: inheriting(), pages: 3, sha256: String::new() };
            let bound = front.with(vec![annex]);
            prop_assert!(bound.is_ok_and(|bound| bound.pages == 3 + pages));
        }
    }
}
