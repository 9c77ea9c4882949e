//! Papers that were signed on a screen: the signature is on the receiver's line, as lines and not as
//! a picture, and whatever was signed on paper looks as before (the goldens of every kind).

use std::path::{Path, PathBuf};

use lopdf::Document;
use lopdf::content::Content;
use yichuang_domain::document::DocumentKind;
use yichuang_domain::particulars::Particulars;
use yichuang_domain::signature::{HandSignature, PenPoint, SigningScreen, Strokes};

use super::cases::{Wish, desk, guide};
use super::golden::cells::{DPI, agree, coarse, off, part_of, strip};
use super::poppler::{on_disk, press};
use super::sheets::by_name;
use crate::template::shipped;
use crate::{Block, Format, Paper, PaperFacts, compose};

const FORMATS: [Format; 3] = [Format::A4, Format::A5, Format::Roll80];
const KINDS: [DocumentKind; 2] = [DocumentKind::DeliveryReceipt, DocumentKind::ResultSlip];

/// A name as it is written in a hurry: level strokes, an upright one, a long turn and a dot.
fn strokes() -> Strokes {
    let mut t = 0;
    let mut stroke = |points: &[(f64, f64)]| -> Vec<PenPoint> {
        t += 90;
        let ends = points.windows(2).flat_map(|pair| {
            (0..24).map(|i| {
                let share = f64::from(i) / 24.0;
                let between = |a: f64, b: f64| a + (b - a) * share;
                (between(pair[0].0, pair[1].0), between(pair[0].1, pair[1].1), share)
            })
        });
        let last = points[points.len() - 1];
        let point = |(x, y, share): (f64, f64, f64)| {
            t += 8;
            #[expect(clippy::cast_possible_truncation, reason = "inside the box")]
            let whole = |value: f64| value.round() as i32;
            let press = whole(70.0 + 140.0 * (share * std::f64::consts::PI).sin());
            PenPoint { x: whole(x), y: whole(y), t, p: press }
        };
        ends.chain([(last.0, last.1, 0.3)]).map(point).collect()
    };
    let turn: Vec<(f64, f64)> = (0..40)
        .map(|i| {
            let turned = f64::from(i) * 0.22;
            (1150.0 + (90.0 + 7.0 * f64::from(i)) * turned.cos(), 300.0 + 190.0 * turned.sin())
        })
        .collect();
    let sent = vec![
        stroke(&[(260.0, 130.0), (620.0, 110.0)]),
        stroke(&[(290.0, 290.0), (600.0, 275.0)]),
        stroke(&[(440.0, 120.0), (430.0, 480.0)]),
        stroke(&[(220.0, 500.0), (690.0, 470.0)]),
        stroke(&turn),
        vec![PenPoint { x: 1600, y: 540, t: 9_000, p: 200 }],
    ];
    Strokes::written(&sent).unwrap()
}

fn signature(papers: &[DocumentKind]) -> HandSignature {
    HandSignature {
        signer: "额尔敦巴图".to_owned(),
        papers: papers.to_vec(),
        at: "2026-09-17T02:23:04Z".parse().unwrap(),
        screen: SigningScreen::Applicant,
        strokes: strokes(),
    }
}

/// The paper of a handover, signed or not.
fn paper(kind: DocumentKind, format: Format, signed: Option<HandSignature>) -> Paper {
    let guide = guide();
    let matter = by_name(&guide, "转移登记");
    let wish = Wish { agent: Some("额尔敦巴图".to_owned()), ..Wish::default() };
    let desk = desk(&guide, matter, &wish);
    let mut paper = desk.with_facts(kind, |facts| {
        let mut particulars = facts.particulars.clone();
        if let Particulars::Handover { signature, .. } = &mut particulars {
            *signature = signed;
        }
        let facts = PaperFacts { particulars: &particulars, ..*facts };
        compose(kind, &facts, &shipped().unwrap()).unwrap()
    });
    paper.format = format;
    paper.parts.truncate(1);
    paper
}

#[test]
fn a_signed_paper_is_as_it_was() {
    let kept: PathBuf =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/golden/kept/signed.png");
    let cases = KINDS.into_iter().flat_map(|kind| FORMATS.map(|format| (kind, format)));
    let page = |(kind, format): (DocumentKind, Format)| {
        let pdf = press().render(&paper(kind, format, Some(signature(&KINDS)))).unwrap();
        let last = on_disk(&pdf);
        coarse(&last.picture(pdf.pages, DPI))
    };
    let pages: Vec<_> = cases.clone().map(page).collect();
    if std::env::var("YICHUANG_WRITE_GOLDENS").is_ok() {
        strip(pages.iter()).save(kept).unwrap();
        for (kind, format) in cases {
            let pdf = press().render(&paper(kind, format, Some(signature(&KINDS)))).unwrap();
            let folder = std::env::temp_dir().join("yichuang-goldens");
            std::fs::create_dir_all(&folder).unwrap();
            let file = folder.join(format!("signed-{}-{format:?}.png", kind.as_str()));
            on_disk(&pdf).picture(pdf.pages, 80).save(file).unwrap();
        }
        return;
    }
    let before = image::open(kept).unwrap().to_luma8();
    let mut x = 0;
    for ((kind, format), page) in cases.zip(&pages) {
        let was = part_of(&before, x, page.dimensions());
        x += page.width();
        assert!(agree(&was, page), "{kind:?} {format:?}: off at {:?}", off(&was, page));
    }
}

#[test]
fn it_says_how_and_when_it_was_signed_and_leaves_no_blank_for_it() {
    for kind in KINDS {
        let text = |signed| {
            let pdf = press().render(&paper(kind, Format::A4, signed)).unwrap();
            on_disk(&pdf).text().replace(char::is_whitespace, "")
        };
        let signed = text(Some(signature(&KINDS)));
        let how = "（额尔敦巴图屏幕手写签名，签署于2026年9月17日10时23分04秒）";
        assert!(signed.contains(how), "{signed}");
        assert!(signed.contains("日期：2026年9月17日"), "{signed}");
        let by_hand = text(None);
        assert!(!by_hand.contains("屏幕"), "{by_hand}");
        if kind == DocumentKind::DeliveryReceipt {
            assert!(signed.contains("2026年9月17日10时23分"));
            assert!(by_hand.contains("2026年9月17日＿＿时＿＿分"));
        }
    }
}

/// The corners of every line that is drawn with round ends, as the file has them.
fn drawn(pdf: &crate::Pdf) -> Vec<Vec<(f32, f32)>> {
    let document = Document::load_mem(&pdf.bytes).unwrap();
    let mut lines: Vec<Vec<(f32, f32)>> = Vec::new();
    for page in document.get_pages().into_values() {
        let content = Content::decode(&document.get_page_content(page)).unwrap();
        let mut round = vec![false];
        for operation in content.operations {
            let number = |i: usize| operation.operands[i].as_float().unwrap();
            let round_now = *round.last().unwrap();
            match operation.operator.as_str() {
                "q" => round.push(round_now),
                "Q" => drop(round.pop()),
                "J" => *round.last_mut().unwrap() = operation.operands[0].as_i64().unwrap() == 1,
                "m" if round_now => lines.push(vec![(number(0), number(1))]),
                "l" if round_now => lines.last_mut().unwrap().push((number(0), number(1))),
                _ => {}
            }
        }
    }
    lines
}

#[test]
fn the_signature_is_lines_that_are_where_the_pen_was() {
    for kind in KINDS {
        let signed = paper(kind, Format::A4, Some(signature(&KINDS)));
        let lines = drawn(&press().render(&signed).unwrap());
        assert!(drawn(&press().render(&paper(kind, Format::A4, None)).unwrap()).is_empty());
        // A stroke may be drawn in several lines of different weights: joined, they are the stroke.
        let mut joined: Vec<Vec<(f32, f32)>> = Vec::new();
        for line in lines {
            match joined.last_mut() {
                Some(last) if last.last() == line.first() => last.extend(line.into_iter().skip(1)),
                _ => joined.push(line),
            }
        }
        let strokes = strokes();
        assert_eq!(joined.len(), strokes.lines().len());
        let (left, top, right, _) = strokes.bounds();
        let corners = joined.iter().flatten();
        let min_x = corners.clone().map(|p| p.0).fold(f32::MAX, f32::min);
        let max_x = corners.clone().map(|p| p.0).fold(f32::MIN, f32::max);
        let max_y = corners.map(|p| p.1).fold(f32::MIN, f32::max);
        let scale = (max_x - min_x) / (right - left) as f32;
        assert!(scale > 0.04, "it is large enough to be read: {scale}");
        for (line, stroke) in joined.iter().zip(strokes.lines()) {
            let mut line = line.clone();
            line.dedup();
            assert_eq!(line.len(), stroke.len());
            for ((x, y), point) in line.iter().zip(stroke) {
                let expected = (
                    min_x + (point.x - left) as f32 * scale,
                    max_y - (point.y - top) as f32 * scale,
                );
                let away = (x - expected.0).hypot(y - expected.1);
                assert!(away < 0.05, "{away} points off at {point:?}");
            }
        }
    }
}

#[test]
fn it_stands_on_the_line_of_whoever_received_it_and_on_no_other_paper() {
    let line = |kind, signed: &[DocumentKind]| {
        let paper = paper(kind, Format::A4, Some(signature(signed)));
        let end = paper.blocks.into_iter().find_map(|block| match block {
            Block::Signature(end) => Some(end),
            _ => None,
        });
        let end = end.unwrap();
        end.signed.map(|signed| end.signers[signed.line].clone())
    };
    let slip = DocumentKind::ResultSlip;
    let receipt = DocumentKind::DeliveryReceipt;
    assert_eq!(line(receipt, &KINDS).as_deref(), Some("受送达人（代收人）签字"));
    assert_eq!(line(slip, &KINDS).as_deref(), Some("领取人签字"));
    assert_eq!(line(receipt, &[slip]), None, "it was signed for the slip alone");
}

#[test]
fn a_roll_shows_it_too() {
    let black = |signed| {
        let slips = press().thermal(&paper(KINDS[1], Format::Roll80, signed)).unwrap();
        let bits = |row: &[u8]| row.iter().map(|byte| byte.count_ones()).sum::<u32>();
        slips.iter().map(|slip| slip.rows().map(bits).sum::<u32>()).sum::<u32>()
    };
    let (signed, by_hand) = (black(Some(signature(&KINDS))), black(None));
    assert!(signed > by_hand + 1_500, "{signed} and {by_hand} dots");
}
