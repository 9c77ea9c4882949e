//! Any name and any number of materials: a PDF that says all of it, or a refusal that names the
//! character. Never a panic, never a silent gap.

use proptest::prelude::*;
use yichuang_domain::document::DocumentKind;
use yichuang_domain::ink::without_marks;
use yichuang_domain::matter::{Material, Matter, Necessity};

use super::cases::{Desk, Wish, desk, guide};
use super::poppler::{on_disk, press};
use super::sheets::{sheet, told};
use crate::compose::values;
use crate::joining::is_arabic;
use crate::template::vocabulary;
use crate::{DocumentError, Format, Paper};

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
    named(desk(&guide(), &matter, &Wish { checks, ..Wish::default() }), name, None)
}

/// With an agent, and every way to treat a material.
fn mixed(name: &str, agent: &str, materials: &[String], complete: bool) -> Desk {
    let mut matter = with_materials(materials);
    for material in &mut matter.materials {
        material.necessity = Necessity::Deferrable;
        material.commitment_allowed = true;
    }
    let check = |i: usize| match i % 4 {
        0 if !complete => Some((i, "missing", "未交")),
        1 if !complete => Some((i, "defective", "未签字")),
        2 => Some((i, "deferred", "原件在外地")),
        3 => Some((i, "committed", "自愿承诺")),
        _ => None,
    };
    let checks = (0..materials.len()).filter_map(check).collect();
    let wish = Wish { agent: Some("王敏".to_owned()), checks, ..Wish::default() };
    named(desk(&guide(), &matter, &wish), name, Some(agent))
}

/// Written into the case itself: the rules refuse some names before a paper is asked.
fn named(mut desk: Desk, name: &str, agent: Option<&str>) -> Desk {
    desk.case.applicant.party.name = name.to_owned();
    if let (Some(party), Some(agent)) = (&mut desk.case.agent, agent) {
        party.name = agent.to_owned();
    }
    desk
}

const FORMATS: [Format; 3] = [Format::A4, Format::A5, Format::Roll80];

/// Everything that a paper of the kind must show of this case.
fn required(desk: &Desk, kind: DocumentKind) -> Vec<(&'static str, String)> {
    let values = desk.with_facts(kind, |facts| values(kind, facts));
    let mut all = Vec::new();
    for name in vocabulary::required(kind) {
        match name.split_once('.') {
            Some((list, field)) => {
                let items = values.lists.get(list).into_iter().flatten();
                let found = items.filter_map(|item| item.get(field));
                all.extend(found.map(|text| (name, text.plain())));
            }
            None => all.extend(values.fields.get(name).map(|text| (name, text.plain()))),
        }
    }
    all
}

/// The paper says all of it, or is refused with a character that one of `typed` has, by its field.
fn says_or_names(
    what: &str,
    paper: &Paper,
    said: &[(&'static str, String)],
    typed: &[(&str, &str)],
) {
    match press().render(paper) {
        Err(DocumentError::NoGlyph { character, found_in, .. }) => {
            let mut fields = typed.iter().filter(|(field, _)| *field == found_in);
            let named = fields.any(|(_, text)| text.contains(character));
            assert!(named, "{what}: {character:?} is not in {found_in} of {typed:?}");
        }
        Err(error) => panic!("{what}: {error}"),
        Ok(pdf) => {
            // What goes on over a page has its foot and the next one's head in between. As written,
            // cells are whole; in reading order, words are that run from right to left.
            let disk = on_disk(&pdf);
            let reads = [disk.as_written(), disk.text()];
            let own = |line: &&str| !(line.contains("（续）") || line.contains("页 共"));
            let texts = reads.each_ref().map(|read| {
                let lines = read.split('\n').filter(own);
                bare(&lines.collect::<String>())
            });
            for (name, value) in said {
                let value = bare(value);
                let shown = is_shown(&value, &texts);
                assert!(shown, "{what}: {name} {value:?} is not in\n{}", reads[0]);
            }
        }
    }
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

/// Without blanks and marks, those of direction that poppler adds among them.
fn bare(text: &str) -> String {
    let counts = |c: &char| !c.is_whitespace() && !matches!(c, '\u{202A}'..='\u{202E}');
    without_marks(text).chars().filter(counts).collect()
}

/// Whether one of the ways to read a paper has a text. Of letters that join only they themselves are
/// compared: poppler takes a bracket beside one that runs from right to left for a part of its word,
/// and turns it with it, and puts the signs that choose a form where it finds them.
fn is_shown(text: &str, reads: &[String]) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let joins = |c: char| is_arabic(c) || matches!(c, '\u{1820}'..='\u{18AA}');
    let joined = text.chars().any(joins);
    let has =
        |read: &String| read.contains(text) || joined && letters(read).contains(&letters(text));
    reads.iter().any(has)
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
            let disk = on_disk(&pdf);
            let reads = [disk.as_written(), disk.text()].map(|read| bare(&read));
            assert!(is_shown(&bare(name), &reads), "{name:?} is not in\n{}", reads[0]);
            for item in &desk.case.materials {
                let shown = is_shown(&bare(&item.material.name), &reads);
                assert!(shown, "{:?}", item.material.name);
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

proptest! {
    // Each of them makes every kind of paper, so that none is left out.
    #![proptest_config(ProptestConfig { cases: 3, ..ProptestConfig::default() })]

    #[test]
    fn every_kind_on_any_sheet_shows_what_it_must_or_is_refused(
        name in name(),
        agent in name(),
        materials in prop::collection::vec("[\u{4E00}-\u{9FA5}（）、A-Z0-9]{1,40}", 0..=200),
        complete in any::<bool>(),
        first in 0_usize..3,
    ) {
        let desk = mixed(&name, &agent, &materials, complete);
        let mut typed = vec![
            ("申请人姓名", desk.case.applicant.party.name.as_str()),
            ("代理人姓名", desk.case.agent.as_ref().unwrap().name.as_str()),
        ];
        typed.extend(materials.iter().map(|material| ("材料名称", material.as_str())));
        for (i, &kind) in DocumentKind::ALL.iter().enumerate() {
            let format = FORMATS[(first + i) % FORMATS.len()];
            let paper = Paper { format, ..desk.paper(kind) };
            let what = format!("{kind:?} {format:?}");
            says_or_names(&what, &paper, &required(&desk, kind), &typed);
        }
        let mut matter = with_materials(&materials);
        matter.name.clone_from(&desk.case.applicant.party.name);
        let format = FORMATS[first];
        let paper = Paper { format, ..sheet(&guide(), &matter, &told(&matter, &[])) };
        let mut said = vec![("事项名称", matter.name.clone()), ("实施编码", matter.code.clone())];
        said.extend(materials.iter().map(|material| ("材料名称", material.clone())));
        typed.push(("事项名称", &matter.name));
        says_or_names(&format!("sheet {format:?}"), &paper, &said, &typed);
    }
}
