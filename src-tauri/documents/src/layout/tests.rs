//! The layout alone, with a shaper whose every character is as wide as it is high.

use proptest::prelude::*;

use super::glyphs::{Cluster, FaceId, Glyph, Shaper};
use super::lay_out;
use super::line::{Measure, break_lines};
use super::page::{Item, MM, PAGE, Page};
use crate::error::DocumentError;
use crate::paper::{Block, Column, Format, Paper, Part, Row, Signature, Table, Text};

struct Square;

impl Shaper for Square {
    fn shape(&self, text: &Text, _bold: bool) -> Result<Vec<Cluster>, DocumentError> {
        let mut clusters = Vec::new();
        for (group, span) in text.0.iter().enumerate() {
            for c in span.text.chars() {
                let advance = if c.is_ascii() { 0.5 } else { 1.0 };
                let glyph = Glyph {
                    face: FaceId(0),
                    bold: false,
                    id: 1,
                    natural: advance,
                    advance,
                    shift: (0.0, 0.0),
                    text: c.to_string(),
                };
                let mut cluster = Cluster::single(c, glyph);
                cluster.group = span.keep.then_some(group);
                clusters.push(cluster);
            }
        }
        Ok(clusters)
    }
}

fn lines(text: &Text, ems: f32) -> Vec<String> {
    let measure = Measure { size: 10.0, width: ems * 10.0, indent: 0.0, justify: true };
    let broken = break_lines(Square.shape(text, false).unwrap(), measure);
    for line in &broken {
        assert!(line.width <= ems * 10.0 + 0.1, "a line is wider than its measure");
        assert!(line.extra <= 0.06 * 10.0, "text is stretched until it falls apart");
    }
    let read = |line: &super::line::Line| {
        line.clusters.iter().flat_map(|c| c.glyphs.iter().map(|g| g.text.as_str())).collect()
    };
    broken.iter().map(read).collect()
}

#[test]
fn no_line_begins_with_a_stop_or_ends_with_an_opening_bracket() {
    assert_eq!(lines(&Text::of("申请材料齐全，予以受理"), 6.0), ["申请材料齐", "全，予以受理"]);
    assert_eq!(lines(&Text::of("依据条例（试行）办理"), 5.0), ["依据条例", "（试行）办", "理"]);
    assert_eq!(lines(&Text::of("他说：“可以。”"), 4.0), ["他说：", "“可", "以。”"]);
}

#[test]
fn words_numbers_dates_and_names_stay_whole_where_a_line_holds_them() {
    assert_eq!(lines(&Text::of("办理编号ABC-123号"), 6.0), ["办理编号", "ABC-123号"]);
    let dated = Text::of("应办结日为").hold("日", "2026年10月20日").say("止");
    assert_eq!(lines(&dated, 9.0), ["应办结日为", "2026年10月20日止"]);
    let named = Text::of("申请人为").hold("名", "欧阳·买买提").say("等");
    assert_eq!(lines(&named, 7.0), ["申请人为", "欧阳·买买提等"]);
}

#[test]
fn what_no_line_holds_is_torn_without_being_lost() {
    let long = "x".repeat(60);
    assert_eq!(lines(&Text::of(long.as_str()), 10.0).concat(), long);
    let kept = Text::kept("名", "字".repeat(45));
    let broken = lines(&Text::of("前言").then(kept), 10.0);
    assert_eq!(broken[0].chars().count(), 10, "the first line is filled before tearing");
}

proptest! {
    #[test]
    fn lines_lose_nothing_and_keep_the_rules(
        text in "[一-龥，。、（）《》“”A-Za-z0-9 ]{0,200}",
        ems in 3.0f32..40.0,
    ) {
        let broken = lines(&Text::of(text.as_str()), ems);
        let bare = |s: &str| s.replace(' ', "");
        prop_assert_eq!(bare(&broken.concat()), bare(&text));
        // Rules hold wherever the text leaves a choice: no run of marks longer than a line.
        let marks = |c: char| "，。、（）《》“”".contains(c);
        let crowded = text.split(|c| !marks(c)).any(|run| run.chars().count() > 1);
        if !crowded && ems > 8.0 && !text.contains(|c: char| c.is_ascii()) {
            // Where the text itself begins or ends with a mark, there is nothing to choose.
            for line in broken.iter().skip(1) {
                prop_assert!(!line.starts_with(['，', '。', '、', '）', '》', '”']), "{:?}", broken);
            }
            for line in broken.iter().rev().skip(1) {
                prop_assert!(!line.ends_with(['（', '《', '“']), "{:?}", broken);
            }
        }
    }
}

fn paper(blocks: Vec<Block>) -> Paper {
    Paper {
        format: Format::A4,
        typeface: crate::paper::Typeface::Serif,
        issuer: Text::of("机关"),
        title: Text::of("标题"),
        number: Text::of("文号"),
        running: Text::of("编号"),
        warnings: Vec::new(),
        practice: false,
        blocks,
        qr_text: String::new(),
        qr_caption: "扫码".to_owned(),
        guide: Text::of("指南"),
        parts: vec![Part { name: "客户联".to_owned(), to: "交申请人".to_owned() }],
    }
}

fn signature() -> Block {
    Block::Signature(Signature {
        desk: vec![Text::of("经办人")],
        signers: vec!["签字".to_owned()],
        issuer: Text::of("落款机关"),
        seal: "（印章）".to_owned(),
        date: Text::of("二〇二六年"),
    })
}

fn table(rows: usize, note: &str) -> Block {
    let column =
        |title: &str, width, lead| Column { title: title.to_owned(), width, centred: false, lead };
    let row = |i: usize| Row {
        cells: vec![Text::of(i.to_string()), Text::of("材料")],
        notes: if note.is_empty() { Vec::new() } else { vec![Text::of(note)] },
    };
    Block::Table(Table {
        columns: vec![column("序号", 20.0, false), column("名称表头", 150.0, true)],
        rows: (0..rows).map(row).collect(),
    })
}

fn pages(blocks: Vec<Block>) -> Vec<Page> {
    lay_out(&paper(blocks), &Square).unwrap().remove(0)
}

/// The texts of a page with their baselines.
fn texts(page: &Page) -> Vec<(f32, String)> {
    let text = |item: &Item| match item {
        Item::Run { y, glyphs, .. } => {
            Some((*y, glyphs.iter().map(|g| g.glyph.text.as_str()).collect()))
        }
        _ => None,
    };
    page.iter().filter_map(text).collect()
}

fn has(page: &Page, wanted: &str) -> bool {
    texts(page).iter().any(|(_, text)| text == wanted)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn everything_stands_between_the_margins_once_and_in_order(
        paragraphs in 0usize..50,
        length in 1usize..400,
        rows in 0usize..40,
        note in prop_oneof![Just(String::new()), "[一-龥]{1,40}", "[一-龥]{1,3000}"],
    ) {
        let text = "△".repeat(length);
        let mut blocks = vec![Block::Paragraph(Text::of(text.as_str())); paragraphs];
        blocks.push(table(rows, &note));
        blocks.push(signature());
        let pages = pages(blocks);
        let mut body = 0;
        let mut notes = 0;
        for (number, page) in pages.iter().enumerate() {
            for item in page {
                let (left, right, top, bottom) = match item {
                    Item::Run { x, y, size, glyphs, .. } => {
                        let end = glyphs.last().map_or(0.0, |g| g.x + g.glyph.advance * size);
                        (*x, x + end, y - size, *y)
                    }
                    Item::Frame { x, y, width, height, .. }
                    | Item::Fill { x, y, width, height, .. } => (*x, x + width, *y, y + height),
                    Item::Rule { from, to, .. } => (from.0, to.0, from.1, to.1),
                    Item::Code { x, y, side } => (*x, x + side, *y, y + side),
                };
                prop_assert!(left >= 20.0 * MM - 0.5 && right <= PAGE.0 - 20.0 * MM + 0.5, "{item:?}");
                prop_assert!(top >= 10.0 * MM && bottom <= PAGE.1 - 8.0 * MM, "{item:?}");
            }
            for (_, text) in texts(page) {
                body += text.chars().filter(|c| *c == '△').count();
                if !note.is_empty() && text.chars().all(|c| note.contains(c)) && !text.is_empty() {
                    notes += text.chars().count();
                }
            }
            let listed = texts(page).iter().any(|(_, t)| t == "材料");
            prop_assert!(!listed || has(page, "名称表头"), "page {} lists without a head", number + 1);
            if has(page, "（印章）") && pages.len() > 1 {
                let others = page.iter().filter(|i| matches!(i, Item::Run { .. })).count();
                prop_assert!(others > 12 || rows + paragraphs == 0, "the seal stands alone");
            }
        }
        prop_assert_eq!(body, paragraphs * length);
        prop_assert!(notes >= rows * note.chars().count());
        prop_assert_eq!(pages.iter().filter(|p| has(p, "（印章）")).count(), 1);
    }
}

#[test]
fn a_heading_is_never_the_last_line_of_a_page() {
    for filler in 20..60 {
        let mut blocks = vec![Block::Paragraph(Text::of("正文")); filler];
        blocks.push(Block::Heading(Text::of("三、标题")));
        blocks.push(Block::Paragraph(Text::of("后文")));
        let pages = pages(blocks);
        let page = pages.iter().find(|p| has(p, "三、标题")).unwrap();
        assert!(has(page, "后文"), "{filler}");
    }
}
