//! Any name and any number of materials: a PDF that says all of it, or a refusal that names the
//! character. Never a panic, never a silent gap.

use proptest::prelude::*;
use yichuang_domain::document::DocumentKind;
use yichuang_domain::matter::{Material, Matter};

use super::cases::{Desk, Wish, desk, guide};
use super::poppler::{on_disk, press};
use crate::DocumentError;

fn with_materials(names: &[String]) -> Matter {
    let guide = guide();
    let mut matter = guide.matters.into_iter().find(|m| m.name.contains("转移登记")).unwrap();
    let pattern = matter.materials[0].clone();
    let material = |(i, name): (usize, &String)| Material {
        id: format!("m{i}"),
        name: name.clone(),
        ..pattern.clone()
    };
    matter.materials = names.iter().enumerate().map(material).collect();
    matter
}

fn made(name: &str, materials: &[String]) -> Desk {
    let matter = with_materials(materials);
    let checks = (0..materials.len()).step_by(2).map(|i| (i, "missing", "未交")).collect();
    desk(&guide(), &matter, &Wish { name: name.to_owned(), checks, ..Wish::default() })
}

/// Names as people have them, and names of any characters at all.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[\u{4E00}-\u{9FFF}]{1,4}",
        "[\u{3400}-\u{4DB5}\u{4E00}-\u{9FA5}·]{2,50}",
        "[A-Za-z ·'-]{1,60}",
        "[\u{20000}-\u{2A6DF}]{1,3}",
        "[\u{4E00}-\u{4FFF}\u{2A700}-\u{2EBE0}\u{30000}-\u{323AF}]{1,4}",
        "[\u{0626}-\u{063A}\u{0641}-\u{064A}\u{06C0}-\u{06D0}]{2,9}( |·)[\u{0626}-\u{063A}]{2,9}",
        "[\u{4E00}-\u{4FFF}A-Z0-9 \u{0626}-\u{063A}（）·]{2,12}",
        "[\u{4E00}-\u{9FFF}\u{E0100}-\u{E0103}\u{FE00}]{1,4}",
        "[\u{1820}-\u{1842}\u{180B}\u{180E} ]{2,30}",
        "\\PC{1,12}",
        any::<String>(),
    ]
    .prop_filter("a case has a name", |s| {
        s.chars().any(|c| {
            !(c.is_whitespace()
                || c.is_control()
                || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}'))
        })
    })
}

/// Without blanks, and without the marks of direction that poppler adds.
fn bare(text: &str) -> String {
    let counts = |c: &char| !c.is_whitespace() && !matches!(c, '\u{202A}'..='\u{202E}');
    text.chars().filter(counts).collect()
}

fn holds_or_names(desk: &Desk, kind: DocumentKind, read_back: bool) {
    let name = &desk.case.applicant.party.name;
    match press().render(&desk.paper(kind)) {
        Err(DocumentError::NoGlyph { character, found_in, .. }) => {
            let field_has_it = match found_in.as_str() {
                "申请人姓名" => name.contains(character),
                "材料名称" => {
                    desk.case.materials.iter().any(|m| m.material.name.contains(character))
                }
                _ => false,
            };
            assert!(field_has_it, "{character:?} is not in {found_in} of {name:?}");
        }
        Err(error) => panic!("{name:?}: {error}"),
        Ok(pdf) if read_back => {
            let text = bare(&on_disk(&pdf).text());
            assert!(text.contains(&bare(name)), "{name:?} is not in\n{text}");
            for item in &desk.case.materials {
                assert!(text.contains(&bare(&item.material.name)), "{:?}", item.material.name);
            }
        }
        Ok(_) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn a_paper_holds_what_it_says_or_is_refused(
        name in name(),
        materials in prop::collection::vec("[\u{4E00}-\u{9FA5}（）、A-Z0-9]{1,70}", 0..=60),
    ) {
        let kind = if materials.is_empty() { DocumentKind::MaterialReceipt } else { DocumentKind::OneTimeNotice };
        holds_or_names(&made(&name, &materials), kind, kind == DocumentKind::MaterialReceipt);
        holds_or_names(&made(&name, &materials), DocumentKind::MaterialReceipt, true);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn no_name_of_any_kind_breaks_a_paper(
        name in name(),
        material in prop_oneof!["\\PC{1,200}", "[A-Za-z0-9]{60,400}", "[\u{4E00}-\u{9FA5}]{300,3000}"],
    ) {
        holds_or_names(&made(&name, &[material]), DocumentKind::OneTimeNotice, false);
    }
}
