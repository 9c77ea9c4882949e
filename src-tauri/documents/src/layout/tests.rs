//! The layout alone, with a shaper whose every character is as wide as it is high.

use proptest::prelude::*;
use yichuang_domain::signature::{HARDEST, HEIGHT, PenPoint, Strokes, WIDTH};

use super::geometry::{DOT, Geometry, MM};
use super::glyphs::{Cluster, FaceId, Glyph, Shaper};
use super::lay_out;
use super::line::{Measure, break_lines};
use super::page::{Item, Page};
use crate::error::DocumentError;
use crate::paper::{
    Block, Column, Format, Pair, Paper, Part, Row, Signature, SignedLine, Table, Text,
};

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
        assert!(line.extra <= 0.085 * 10.0 + 1e-3, "text is stretched until it falls apart");
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
    // Where marks meet, one blank is enough.
    assert_eq!(lines(&Text::of("他说：“可以。”"), 4.0), ["他说：", "“可以。”"]);
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
fn a_quantity_is_not_parted_from_its_unit() {
    assert_eq!(
        lines(&Text::of("应当自受理之日起第5个工作日内"), 10.0),
        ["应当自受理之日起", "第5个工作日内"]
    );
    assert_eq!(
        lines(&Text::of("核对时间为2026年9月17日止"), 8.0),
        ["核对时间为", "2026年9月17日止"]
    );
    assert_eq!(lines(&Text::of("共收取原件复印件13份"), 9.0), ["共收取原件复印件", "13份"]);
    assert_eq!(lines(&Text::of("咨询电话为0470-5550103转"), 9.0), ["咨询电话为", "0470-5550103转"]);
    assert_eq!(lines(&Text::of("邮箱hall@genhe.gov.cn"), 9.0), ["邮箱", "hall@genhe.gov.cn"]);
}

#[test]
fn marks_that_meet_share_one_blank_and_ends_of_lines_cut_theirs() {
    let measure = Measure { size: 10.0, width: 50.0, indent: 0.0, justify: true };
    let set = |text: &str| break_lines(Square.shape(&Text::of(text), false).unwrap(), measure);
    // Six characters on five: the bracket before a stop and the stop at the end are half as wide.
    let broken = set("（申请人）。请核对");
    assert_eq!(broken[0].clusters.len(), 6, "{broken:?}");
    assert!((broken[0].width - 50.0).abs() < 0.01, "{broken:?}");
    // An opening mark at the edge has its ink there.
    let broken = set("依照规定《办法》");
    assert_eq!(broken[1].clusters[0].first, '《');
    assert!((broken[1].clusters[0].glyphs[0].shift.0 + 0.5).abs() < 1e-6);
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
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever was written and however its line is called: it stands above its line, inside the
    /// page, over no words, and in the shape in which it was written.
    #[test]
    fn what_was_written_on_a_screen_stands_on_its_line(
        format in any_format(),
        label in 1usize..30,
        line in 0usize..3,
        from in (0..=WIDTH, 0..=HEIGHT),
        to in (0..=WIDTH, 0..=HEIGHT),
        p in 0..=HARDEST,
    ) {
        let point = |(x, y): (i32, i32), t| PenPoint { x, y, t, p };
        let Ok(strokes) = Strokes::written(&[vec![point(from, 0), point(to, 9)]]) else {
            return Ok(());
        };
        let Block::Signature(mut end) = signature() else { unreachable!() };
        end.signers = vec!["署".repeat(label); 3];
        let (on, note) = (Text::of("二〇二六年"), Text::of("屏幕手写签名"));
        end.signed = Some(SignedLine { line, strokes, on, note });
        let pages = pages(format, vec![Block::Signature(end)]);
        let (page, strokes) = pages
            .iter()
            .find_map(|page| page.items.iter().find_map(|item| match item {
                Item::Written { .. } => Some((page, item)),
                _ => None,
            }))
            .ok_or_else(|| TestCaseError::fail("it is not there"))?;
        let (left, right, top, bottom) = extent(strokes);
        let sheet = Geometry::of(format);
        prop_assert!(left >= sheet.margin - 0.6 && right <= sheet.page.0 - sheet.margin + 0.6);
        let rules = page.items.iter().filter_map(|item| match item {
            Item::Rule { from, to, .. } if from.1 == to.1 => Some((from.0, to.0, from.1)),
            _ => None,
        });
        let under = rules
            .filter(|rule| rule.0 <= left + 0.1 && rule.1 >= right - 0.1 && rule.2 >= bottom - 0.6);
        let gap = under.map(|rule| rule.2 - bottom).fold(f32::MAX, f32::min);
        prop_assert!(gap < 2.5, "its line is {gap} below");
        for item in page.items.iter().filter(|item| matches!(item, Item::Run { .. })) {
            let (l, r, t, b) = extent(item);
            let apart = r <= left || l >= right || b <= top + 0.6 || t >= bottom - 0.6;
            prop_assert!(apart, "it lies over words");
        }
        let Item::Written { strokes } = strokes else { unreachable!() };
        let (a, b) = (strokes[0][0], strokes[0][1]);
        let slope = |dx: f64, dy: f64| dy.atan2(dx);
        let was = slope(f64::from(to.0 - from.0), f64::from(to.1 - from.1));
        let is = slope(f64::from(b.x - a.x), f64::from(b.y - a.y));
        let turned = (was - is).abs();
        prop_assert!(turned < 1e-3 || (turned - std::f64::consts::TAU).abs() < 1e-3, "{turned}");
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        prop_assert!(dx.hypot(dy) > 2.0, "and is large enough to be seen");
    }
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

fn paper(format: Format, blocks: Vec<Block>) -> Paper {
    Paper {
        typeface: crate::paper::Typeface::Serif,
        format,
        issuer: Text::of("机关"),
        title: Text::of("标题"),
        number: Text::of("文号"),
        running: Text::of("编号"),
        warnings: Vec::new(),
        practice: false,
        specimen: false,
        logo: None,
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
        signed: None,
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

/// Modules a side of the code on these papers.
const MODULES: u16 = 45;

fn pages(format: Format, blocks: Vec<Block>) -> Vec<Page> {
    lay_out(&paper(format, blocks), format, MODULES, &Square).unwrap().remove(0)
}

fn any_format() -> impl Strategy<Value = Format> {
    prop_oneof![Just(Format::A4), Just(Format::A5), Just(Format::Roll80)]
}

/// Left, right, top and bottom of what an item inks.
fn extent(item: &Item) -> (f32, f32, f32, f32) {
    match item {
        Item::Run { x, y, size, glyphs, .. } => {
            let end = glyphs.last().map_or(0.0, |g| g.x + g.glyph.advance * size);
            (*x, x + end, y - size * 0.88, y + size * 0.12)
        }
        Item::Frame { x, y, width, height, .. }
        | Item::Fill { x, y, width, height, .. }
        | Item::Logo { x, y, width, height } => (*x, x + width, *y, y + height),
        Item::Rule { from, to, .. } => (from.0, to.0, from.1, to.1),
        Item::Code { x, y, side } => (*x, x + side, *y, y + side),
        Item::Written { strokes } => {
            let none = (f32::MAX, f32::MIN, f32::MAX, f32::MIN);
            strokes.iter().flatten().fold(none, |(left, right, top, bottom), dab| {
                let pen = dab.weight / 2.0;
                let (left, right) = (left.min(dab.x - pen), right.max(dab.x + pen));
                (left, right, top.min(dab.y - pen), bottom.max(dab.y + pen))
            })
        }
    }
}

/// The texts of a page with their baselines.
fn texts(page: &Page) -> Vec<(f32, String)> {
    let text = |item: &Item| match item {
        Item::Run { y, glyphs, .. } => {
            Some((*y, glyphs.iter().map(|g| g.glyph.text.as_str()).collect()))
        }
        _ => None,
    };
    page.items.iter().filter_map(text).collect()
}

fn has(page: &Page, wanted: &str) -> bool {
    texts(page).iter().any(|(_, text)| text == wanted)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn everything_stands_between_the_margins_once_and_in_order(
        format in any_format(),
        paragraphs in 0usize..50,
        length in 1usize..400,
        rows in 0usize..40,
        note in prop_oneof![Just(String::new()), "[一-龥]{1,40}", "[一-龥]{1,3000}"],
    ) {
        let text = "△".repeat(length);
        let mut blocks = vec![Block::Paragraph(Text::of(text.as_str())); paragraphs];
        blocks.push(table(rows, &note));
        blocks.push(signature());
        let pages = pages(format, blocks);
        let sheet = Geometry::of(format);
        let mut body = 0;
        let mut notes = 0;
        for (number, page) in pages.iter().enumerate() {
            prop_assert_eq!(page.size.0, sheet.page.0);
            prop_assert!(page.size.1 <= sheet.page.1);
            for item in &page.items {
                let (left, right, top, bottom) = extent(item);
                let inside = left >= sheet.margin - 0.5 && right <= page.size.0 - sheet.margin + 0.5;
                prop_assert!(inside, "{item:?}");
                let edge = if sheet.roll { 2.0 * MM } else { sheet.head.top - 3.0 * MM };
                prop_assert!(top >= edge && bottom <= page.size.1 - edge, "{item:?} {:?}", page.size);
            }
            for (_, text) in texts(page) {
                body += text.chars().filter(|c| *c == '△').count();
                if !note.is_empty() && text.chars().all(|c| note.contains(c)) && !text.is_empty() {
                    notes += text.chars().count();
                }
            }
            let listed = texts(page).iter().any(|(_, t)| t == "材料");
            let headed = texts(page).iter().any(|(_, t)| t.contains("名称表头"));
            prop_assert!(!listed || headed, "page {} lists without a head", number + 1);
            if has(page, "（印章）") && pages.len() > 1 {
                let others = page.items.iter().filter(|i| matches!(i, Item::Run { .. })).count();
                prop_assert!(others > 12 || rows + paragraphs == 0, "the seal stands alone");
            }
        }
        let written = rows * note.chars().count() + paragraphs * length;
        if format == Format::Roll80 && written < 10_000 {
            prop_assert_eq!(pages.len(), 1, "a slip is one piece");
        }
        prop_assert_eq!(body, paragraphs * length);
        prop_assert!(notes >= rows * note.chars().count());
        prop_assert_eq!(pages.iter().filter(|p| has(p, "（印章）")).count(), 1);
    }

    #[test]
    fn no_text_lies_over_another(
        format in any_format(),
        words in prop::collection::vec("[一-龥，。（）A-Za-z0-9 ]{1,60}", 1..12),
        widths in prop::collection::vec(5.0f32..90.0, 2..7),
        signers in prop::collection::vec("[一-龥（）]{1,40}", 0..3),
        modules in 21u16..=185,
    ) {
        let column = |(i, width): (usize, &f32)| Column {
            title: words[i % words.len()].chars().take(5).collect(),
            width: *width,
            centred: i % 2 == 0,
            lead: i == 1,
        };
        let columns: Vec<Column> = widths.iter().enumerate().map(column).collect();
        let cell = |i: usize| Text::kept("格", words[i % words.len()].as_str());
        let cells: Vec<Text> = (0..columns.len()).map(cell).collect();
        let row = Row { cells, notes: words.iter().map(|w| Text::of(w.as_str())).collect() };
        let pair = |w: &String| Pair { label: w.chars().take(7).collect(), value: Text::of(w.as_str()) };
        let mut blocks = vec![
            Block::Pairs(words.chunks(2).map(|two| two.iter().map(pair).collect()).collect()),
            Block::Heading(Text::of(words[0].as_str())),
            Block::Table(Table { columns, rows: vec![row; 4] }),
            Block::Ruled(2),
        ];
        let Block::Signature(mut end) = signature() else { unreachable!() };
        end.signers = signers;
        blocks.push(Block::Signature(end));
        let mut paper = paper(format, blocks);
        paper.warnings = vec![Text::of("演练文书：仅供培训演练使用，不具有法律效力，不得作为办事凭证")];
        for page in lay_out(&paper, format, modules, &Square).unwrap().remove(0) {
            let inked: Vec<_> = page
                .items
                .iter()
                .filter(|i| matches!(i, Item::Run { glyphs, .. } if !glyphs.is_empty()))
                .chain(page.items.iter().filter(|i| matches!(i, Item::Code { .. })))
                .collect();
            for (i, one) in inked.iter().enumerate() {
                let a = extent(one);
                prop_assert!(a.0 >= -0.1 && a.1 <= page.size.0 + 0.1, "{one:?} leaves the sheet");
                for other in &inked[..i] {
                    let b = extent(other);
                    let apart = a.0 + 0.3 > b.1 || b.0 + 0.3 > a.1 || a.2 + 0.3 > b.3 || b.2 + 0.3 > a.3;
                    prop_assert!(apart, "{one:?}\nlies over\n{other:?}");
                }
            }
        }
    }
}

#[test]
fn a_heading_is_never_the_last_line_of_a_page() {
    for (format, filler) in (20..60).flat_map(|n| [(Format::A4, n), (Format::A5, n)]) {
        let mut blocks = vec![Block::Paragraph(Text::of("正文")); filler];
        blocks.push(Block::Heading(Text::of("三、标题")));
        blocks.push(Block::Paragraph(Text::of("后文")));
        let pages = pages(format, blocks);
        let page = pages.iter().find(|p| has(p, "三、标题")).unwrap();
        assert!(has(page, "后文"), "{filler}");
    }
}

#[test]
fn a_module_on_a_roll_is_three_dots_or_more_and_never_part_of_one() {
    for modules in 21 + 8..=177 + 8 {
        let side = Geometry::of(Format::Roll80).code(modules);
        let dots = side / DOT / f32::from(modules);
        assert!((dots - dots.round()).abs() < 1e-3 && dots >= 2.99, "{modules}: {dots} dots");
        assert!(side <= 72.0 * MM, "{modules}: wider than the head");
    }
}

#[test]
fn a_box_to_tick_stays_with_its_word_and_a_blank_with_its_date() {
    assert_eq!(
        lines(&Text::of("□ 直接送达　□ 留置送达　□ 其他：＿＿"), 9.0),
        ["□ 直接送达", "□ 留置送达", "□ 其他：＿＿"]
    );
    assert_eq!(lines(&Text::of("送达时间自＿＿月＿＿日起"), 9.0), ["送达时间自", "＿＿月＿＿日起"]);
}

#[test]
fn what_is_written_in_by_hand_has_room_for_a_pen() {
    for format in [Format::A4, Format::A5, Format::Roll80] {
        let end = |value: &str, rows: usize| {
            let pair = Pair { label: "地点".to_owned(), value: Text::of(value) };
            let rows = Block::Pairs(vec![vec![pair]; rows]);
            let pages = pages(format, vec![rows, Block::Heading(Text::of("末")), signature()]);
            texts(&pages[0]).into_iter().find(|(_, text)| text == "末").unwrap().0
        };
        let row = |value: &str| end(value, 2) - end(value, 1);
        let pen = Geometry::of(format).end.step - 0.1;
        assert!(pen > 7.0 * MM && row("　") >= pen && row("＿＿月＿＿日") >= pen, "{format:?}");
        assert!(row("有") < pen, "{format:?}");
    }
}
