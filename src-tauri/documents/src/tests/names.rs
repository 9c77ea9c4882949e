//! Every name prints: rare characters, joined scripts, forms of a character, fonts of the hall.

use std::path::Path;

use yichuang_domain::document::DocumentKind;

use super::cases::{Desk, Wish, desk, guide};
use super::poppler::{fonts, on_disk, press};
use crate::{DocumentError, FontRole, NotDrawable, Press};

fn named(name: &str) -> Desk {
    let guide = guide();
    let matter = guide.matters.iter().find(|m| m.name.contains("转移登记")).unwrap();
    let mut desk = desk(&guide, matter, &Wish::default());
    desk.case.applicant.party.name = name.to_owned();
    desk
}

fn text_of(press: &Press, name: &str) -> String {
    let pdf = press.render(&named(name).paper(DocumentKind::Acceptance)).unwrap();
    let text = on_disk(&pdf).text();
    text.chars().filter(|c| !matches!(c, '\u{202A}'..='\u{202E}')).collect()
}

#[test]
fn rare_characters_of_every_block_are_printed_as_themselves() {
    for name in [
        "王𤴓",
        "𠮷野",
        "䶮㛃",
        "𪜀𪝀",
        "𫝀𫞩",
        "𫠠𬍛",
        "𬻆𭀀",
        "𰀀𰻝",
        "𱍐𱎀",
        "\u{FA20}\u{2F800}",
    ] {
        let text = text_of(press(), name);
        assert!(text.contains(name), "{name} is not in\n{text}");
    }
}

#[test]
fn joined_names_from_right_to_left_are_read_back_in_their_order() {
    for name in ["محمد", "ئەخمەت تۇرسۇن", "مۇھەممەت·ئابدۇللا", "阿不都 ئابدۇ先生", "علاء"]
    {
        let text = text_of(press(), name);
        assert!(text.contains(name), "{name} is not in\n{text}");
    }
}

#[test]
fn a_form_of_a_character_is_drawn_where_a_font_has_it() {
    let pdf = |name: &str| press().render(&named(name).paper(DocumentKind::Acceptance));
    // In no font: the base alone would be another form of the name.
    let Err(DocumentError::NoGlyph { why, .. }) = pdf("王\u{E01EF}") else { panic!() };
    assert_eq!(why, NotDrawable::Variation);
    let name = "\u{537F}\u{FE02}";
    let text = on_disk(&pdf(name).unwrap()).text();
    assert!(text.contains(name), "{text}");
}

#[test]
fn every_character_up_to_extension_f_is_printed() {
    let (blocks, fonts) = press().coverage().unwrap();
    let share = |name: &str| {
        let block = blocks.iter().find(|block| block.name == name).unwrap();
        (block.printed, block.assigned)
    };
    for name in ["基本区", "扩展A", "扩展B", "扩展D", "扩展E", "扩展F"] {
        let (printed, assigned) = share(name);
        assert_eq!(printed, assigned, "{name}");
    }
    assert_eq!(share("扩展C").0, 4154, "those of Unicode 15");
    assert_eq!(share("扩展G").0, 3045);
    assert_eq!(share("扩展H").0, 2271);
    assert_eq!(share("扩展I").0, 0);
    let serif = fonts.iter().find(|font| font.role == FontRole::Serif).unwrap();
    assert!(serif.characters > 27_000);
    // Latin letters are not its business.
    assert!(fonts.iter().all(|font| font.role != FontRole::Arabic || font.characters == 0));
}

/// The fonts that papers can't do without, and one that the hall added.
fn hall(own: &[(&str, &[u8])]) -> (tempfile::TempDir, Result<Press, DocumentError>) {
    let folder = tempfile::tempdir().unwrap();
    let bundled = folder.path().join("bundled");
    let added = folder.path().join("added");
    std::fs::create_dir_all(&bundled).unwrap();
    std::fs::create_dir_all(&added).unwrap();
    for file in ["NotoSerifSC", "NotoSansSC", "NotoSansMongolian", "NotoSansArabic"] {
        let file = format!("{file}-Regular.ttf");
        std::fs::copy(fonts().join(&file), bundled.join(&file)).unwrap();
    }
    for (name, bytes) in own {
        std::fs::write(added.join(name), bytes).unwrap();
    }
    let press = Press::open(&bundled, &[&added, Path::new("/no such folder")]);
    (folder, press)
}

#[test]
fn a_hall_adds_a_font_and_a_broken_one_is_named_and_passed_over() {
    let rare = std::fs::read(fonts().join("HanaMinB.ttf")).unwrap();
    let (_folder, press) = hall(&[
        ("a-broken.ttf", b"\0\x01\0\0 and no font behind it"),
        ("b-outlines.otf", b"OTTO\0\x04"),
        ("c-torn.ttf", &rare[..rare.len() / 2]),
        ("d-rare.ttf", &rare),
        ("readme.txt", b"no font"),
    ]);
    let press = press.unwrap();
    assert!(text_of(&press, "王𤴓").contains("王𤴓"));
    let faults = press.faults();
    let said: Vec<_> = faults.iter().map(|fault| (fault.code(), fault.to_string())).collect();
    let of = |file: &str| said.iter().find(|(_, words)| words.contains(file)).map(|said| said.0);
    assert_eq!(of("a-broken.ttf"), Some("font-broken"));
    assert_eq!(of("b-outlines.otf"), Some("font-unsuited"));
    assert_eq!(of("d-rare.ttf"), None);
    assert_eq!(of("readme.txt"), None);
    // The bundled fonts of rare characters are not there, and that is told too.
    assert_eq!(of("BabelStoneHan.ttf"), Some("font-missing"));
}

#[test]
fn without_a_font_for_it_a_rare_character_is_refused() {
    let (_folder, press) = hall(&[]);
    let paper = named("王𤴓").paper(DocumentKind::Acceptance);
    let error = press.unwrap().render(&paper).unwrap_err();
    let DocumentError::NoGlyph { character, why, .. } = error else { panic!("{error}") };
    assert_eq!((character, why), ('𤴓', NotDrawable::RareCharacter));
}
