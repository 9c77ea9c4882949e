//! What can't be printed as itself is refused by name, and nothing is drawn.

use std::collections::BTreeSet;

use yichuang_domain::document::DocumentKind;

use super::cases::{Desk, Wish, desk, guide};
use super::poppler::{fonts, on_disk, press};
use crate::{DocumentError, NotDrawable, Press};

fn named(name: &str) -> Desk {
    let guide = guide();
    let matter = guide.matters.iter().find(|m| m.name.contains("转移登记")).unwrap();
    // Written into the case itself: the rules refuse some of these names before a paper is asked.
    let mut desk = desk(&guide, matter, &Wish::default());
    desk.case.applicant.party.name = name.to_owned();
    desk
}

#[test]
fn a_character_that_cannot_be_drawn_is_named_with_its_place() {
    use NotDrawable as W;
    for (name, character, why) in [
        ("王\u{2EBF0}", '\u{2EBF0}', W::RareCharacter),
        ("מחמד", 'מ', W::NoFont),
        ("\u{FEE3}", '\u{FEE3}', W::NoFont),
        ("مُحمد", '\u{64F}', W::Combining),
        ("محمد12", 'م', W::MixedDirections),
        ("محمد（علي）", 'م', W::MixedDirections),
        ("阿不都（ئابدۇ）先生", 'ئ', W::MixedDirections),
        (
            "ئابدۇرېھىممۇھەممەتئىمىنئابدۇرېھىممۇھەممەتئىمىنئابدۇرېھىممۇھەممەتئىمىن",
            'ئ',
            W::LongRightToLeft,
        ),
        ("李\u{E000}", '\u{E000}', W::PrivateUse),
        ("李\u{F0001}", '\u{F0001}', W::PrivateUse),
        ("王\u{7}敏", '\u{7}', W::Control),
        ("王\u{FFF9}敏", '\u{FFF9}', W::Invisible),
        ("م\u{200D}م", 'م', W::MixedDirections),
        ("e\u{301}", '\u{301}', W::Combining),
        ("葛\u{E0100}", '\u{E0100}', W::Variation),
        ("葛\u{FE00}", '\u{FE00}', W::Variation),
        ("\u{180B}王", '\u{180B}', W::Variation),
        ("\u{1112}\u{1161}", '\u{1112}', W::Combining),
        ("😀", '😀', W::NoFont),
    ] {
        let error = press().render(&named(name).paper(DocumentKind::Acceptance)).unwrap_err();
        let message = error.to_string();
        let DocumentError::NoGlyph { character: found, code_point, found_in, why: reason } = error
        else {
            panic!("{name:?}: {error:?}");
        };
        assert_eq!((found, reason), (character, why), "{name:?}");
        assert_eq!(code_point, format!("U+{:04X}", u32::from(character)));
        assert_eq!(found_in, "申请人姓名");
        assert!(message.contains(&code_point) && message.contains("申请人姓名"), "{message}");
        assert!(!message.chars().any(char::is_control), "{message:?}");
    }
}

#[test]
fn the_field_is_the_one_the_character_stands_in() {
    let mut desk = named("王敏");
    desk.case.materials[0].material.name = "申请书\u{E123}".to_owned();
    desk.matter.name = "登记".to_owned();
    let field = |desk: &Desk| match press().render(&desk.paper(DocumentKind::MaterialReceipt)) {
        Err(DocumentError::NoGlyph { found_in, .. }) => found_in,
        other => panic!("{other:?}"),
    };
    assert_eq!(field(&desk), "材料名称");
    desk.matter.name = "登记\u{E123}".to_owned();
    assert_eq!(field(&desk), "事项名称");
}

#[test]
fn marks_without_ink_are_left_out_and_all_that_has_ink_stands_there() {
    for name in ["\u{FEFF}王\u{200B}敏\u{200E}", "王\u{AD}敏\u{202C}", "\u{202E}王敏"] {
        let desk = named(name);
        let pdf = press().render(&desk.paper(DocumentKind::Acceptance)).unwrap();
        let text = on_disk(&pdf).text();
        assert!(text.contains("王敏"), "{name:?}: {text}");
    }
}

#[test]
fn whatever_a_number_may_be_made_of_has_a_glyph() {
    let all: BTreeSet<char> =
        ('\0'..=char::MAX).filter(|c| yichuang_domain::ink::is_of_numbers(*c)).collect();
    assert_eq!(press().undrawable(&all).unwrap(), BTreeSet::new());
}

#[test]
fn line_breaks_and_tabs_become_blanks() {
    let desk = named("王\r\n敏\t华");
    let text = on_disk(&press().render(&desk.paper(DocumentKind::Acceptance)).unwrap()).text();
    assert!(!text.contains('\t'));
    assert!(text.contains("王"), "{text}");
}

#[test]
fn a_code_that_is_too_long_is_refused() {
    let mut paper = named("王敏").paper(DocumentKind::Acceptance);
    paper.qr_text = "x".repeat(3000);
    assert_eq!(press().render(&paper).unwrap_err().code(), "qr-too-long");
}

#[test]
fn a_folder_without_usable_fonts_is_refused_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let error = Press::open(folder.path(), &[]).unwrap_err();
    assert_eq!(error.code(), "font-missing");
    assert!(error.to_string().contains("NotoSerifSC-Regular.ttf"), "{error}");
    for file in ["NotoSansSC-Regular.ttf", "NotoSerifSC-Regular.ttf"] {
        std::fs::copy(fonts().join(file), folder.path().join(file)).unwrap();
    }
    std::fs::write(folder.path().join("NotoSansMongolian-Regular.ttf"), b"no font").unwrap();
    assert_eq!(Press::open(folder.path(), &[]).unwrap_err().code(), "font-broken");
}
