//! The same papers on every sheet, read back.

use yichuang_domain::document::DocumentKind;
use yichuang_domain::matter::Material;

use super::cases::{Desk, Wish, desk, guide};
use super::poppler::{on_disk, press};
use crate::{Block, Format, Paper};

const FORMATS: [(Format, f32); 3] =
    [(Format::A4, 595.3), (Format::A5, 419.5), (Format::Roll80, 226.8)];

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Fifty characters with 间隔号, and thirty materials of which every one is missing.
fn long() -> Desk {
    let guide = guide();
    let mut matter = guide.matters.iter().find(|m| m.name.contains("转移登记")).unwrap().clone();
    let pattern = matter.materials[0].clone();
    let material = |i: usize| Material {
        id: format!("m{i}"),
        name: format!("第{i:02}份不动产权属来源证明及其附图（原件）"),
        ..pattern.clone()
    };
    matter.materials = (0..30).map(material).collect();
    let name = "阿不都热西提·买买提艾力·吐尔逊江·库尔班江·艾尔肯·玉素甫江·阿卜杜拉·热合曼·艾合买提江·吐拉克";
    assert!(name.chars().count() >= 50);
    let checks = (0..30).map(|i| (i, "missing", "未提交")).collect();
    desk(&guide, &matter, &Wish { name: name.to_owned(), checks, ..Wish::default() })
}

#[test]
fn every_kind_says_the_same_on_every_sheet_and_its_code_is_read() {
    let guide = guide();
    let matter = guide.matters.iter().find(|m| m.name.contains("转移登记")).unwrap();
    let checks = vec![(0, "missing", ""), (1, "missing", "")];
    let desk = desk(&guide, matter, &Wish { checks, ..Wish::default() });
    for kind in DocumentKind::ALL {
        for (format, width) in FORMATS {
            let paper = Paper { format, ..desk.paper(*kind) };
            let disk = on_disk(&press().render(&paper).unwrap());
            assert!((disk.size(1).0 - width).abs() < 0.2, "{format:?}: {:?}", disk.size(1));
            let text = disk.text();
            for said in desk.must_say(*kind, &paper) {
                assert!(bare(&text).contains(&bare(&said)), "{kind:?} {format:?}: {said}\n{text}");
            }
            // The order in which it is read is the order of the blocks.
            let place = |said: &str| bare(&text).find(&bare(said)).unwrap();
            let Some(Block::Signature(end)) = paper.blocks.last() else { panic!("no end") };
            assert!(place(&desk.matter.name) < place(&end.signers[0]), "{kind:?} {format:?}");
            let mut picture = rqrr::PreparedImage::prepare(disk.picture(1, 203));
            let grids = picture.detect_grids();
            assert_eq!(grids[0].decode().unwrap().1, paper.qr_text, "{kind:?} {format:?}");
        }
    }
}

#[test]
fn long_names_and_thirty_items_hold_on_every_sheet() {
    let desk = long();
    for (format, _) in FORMATS {
        let paper = Paper { format, ..desk.paper(DocumentKind::OneTimeNotice) };
        let pdf = press().render(&paper).unwrap();
        let text = bare(&on_disk(&pdf).text());
        assert!(text.matches(&desk.case.applicant.party.name).count() >= 2, "{format:?}\n{text}");
        for item in &desk.case.materials {
            assert_eq!(text.matches(&bare(&item.material.name)).count(), 2, "{format:?}");
        }
        match format {
            Format::Roll80 => assert_eq!(pdf.pages, 2, "one slip a part"),
            _ => {
                assert!(text.matches("材料名称").count() + 2 >= usize::try_from(pdf.pages).unwrap())
            }
        }
    }
}
