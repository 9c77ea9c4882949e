//! The file itself: its size, its bytes, and what it says of itself.

use std::collections::BTreeSet;

use lopdf::{Document, Object};
use yichuang_domain::document::DocumentKind;

use super::cases::{Desk, Wish, desk, guide};
use super::poppler::{on_disk, press};
use crate::Typeface;

fn notice() -> Desk {
    let guide = guide();
    let matter = guide.matters.iter().find(|m| m.name.contains("食品经营")).unwrap();
    let checks = vec![(0, "missing", "未提交")];
    let kind = "enterprise";
    let name = "根河市兴安岭山货食品有限责任公司".to_owned();
    desk(&guide, matter, &Wish { kind, name, checks, ..Wish::default() })
}

#[test]
fn the_same_paper_has_the_same_bytes() {
    let paper = notice().paper(DocumentKind::OneTimeNotice);
    let first = press().render(&paper).unwrap();
    assert_eq!(first, press().render(&paper).unwrap());
    let mut other = paper;
    other.qr_text.push('x');
    assert_ne!(first.sha256, press().render(&other).unwrap().sha256);
}

#[test]
fn a_file_says_its_title_its_language_and_its_headings() {
    let paper = notice().paper(DocumentKind::OneTimeNotice);
    let pdf = press().render(&paper).unwrap();
    let document = Document::load_mem(&pdf.bytes).unwrap();
    let lang = document.catalog().unwrap().get(b"Lang").unwrap().as_str().unwrap();
    assert_eq!(lang, b"zh-CN");
    let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let info = document.get_dictionary(info).unwrap();
    let said = |key: &[u8]| decoded(info.get(key).unwrap());
    assert!(said(b"Title").starts_with(&paper.title.plain()));
    assert_eq!(said(b"Author"), paper.issuer.plain());
    assert!(info.get(b"CreationDate").is_err(), "a date would change the bytes");
    let titles: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dictionary| dictionary.has(b"Dest"))
        .map(|dictionary| decoded(dictionary.get(b"Title").unwrap()))
        .collect();
    let count = |title: &str| titles.iter().filter(|known| known.as_str() == title).count();
    assert_eq!(count("客户联（交申请人）"), 1);
    assert_eq!(count("一、需要补正的材料"), 2, "once in each part: {titles:?}");
}

fn decoded(text: &Object) -> String {
    let bytes = text.as_str().unwrap();
    let units: Vec<u16> =
        bytes.chunks_exact(2).skip(1).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}

#[test]
fn bold_is_no_font_of_its_own_and_a_slip_has_no_serif() {
    let fonts = |kind| on_disk(&press().render(&notice().paper(kind)).unwrap()).fonts().join("\n");
    let formal = fonts(DocumentKind::OneTimeNotice);
    assert!(formal.contains("+NotoSerifSC-Regular"), "{formal}");
    assert!(!formal.contains("Bold") && !formal.contains("Sans"), "{formal}");
    let slip = fonts(DocumentKind::MaterialReceipt);
    assert!(slip.contains("+NotoSansSC-Regular") && !slip.contains("Serif"), "{slip}");
}

/// The budget of a one-page notice, 40 KB, holds up to 230 different characters in serif.
#[test]
fn a_notice_of_one_page_stays_small() {
    let guide = guide();
    let mut seen = 0;
    for matter in guide.matters.iter().take(8) {
        let wish = Wish { checks: vec![(0, "missing", "未提交")], ..Wish::default() };
        let mut paper = desk(&guide, matter, &wish).paper(DocumentKind::OneTimeNotice);
        paper.parts.truncate(1);
        assert_eq!(paper.typeface, Typeface::Serif);
        let pdf = press().render(&paper).unwrap();
        if pdf.pages == 1 {
            seen += 1;
            let characters: BTreeSet<char> = on_disk(&pdf).text().chars().collect();
            let most = 4 * 1024 + 170 * characters.len();
            let size = pdf.bytes.len();
            assert!(size <= most, "{}: {size} for {}", matter.name, characters.len());
        }
    }
    assert!(seen >= 3, "{seen}");
}

#[test]
fn text_comes_out_in_the_order_in_which_it_is_read() {
    let paper = notice().paper(DocumentKind::OneTimeNotice);
    let text = on_disk(&press().render(&paper).unwrap()).text();
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let order = [
        "一次性告知（补正）书",
        "根河市兴安岭山货食品有限责任公司：",
        "现将需要补正的全部内容一次性告知如下",
        "一、需要补正的材料",
        "二、补正方式和期限",
        "请备齐上列全部材料后",
        "三、告知期限和后果",
    ];
    let mut from = 0;
    for words in order {
        let at = bare[from..].find(words).unwrap_or_else(|| panic!("{words} not behind\n{bare}"));
        from += at + words.len();
    }
}
