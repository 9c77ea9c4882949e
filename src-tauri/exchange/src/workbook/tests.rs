//! Workbooks there and back, what spreadsheets do to them, and damage.

mod damage;
mod editors;
mod traps;

use std::collections::HashMap;
use std::io;
use std::sync::OnceLock;

use calamine::{Reader as _, Xlsx};
use proptest::prelude::*;
use rust_xlsxwriter::{Workbook, Worksheet};
use serde_json::{Value, json};
use yichuang_guide::{EXAMPLE, GuidePackage, ReleaseStatus, check};

use super::*;
use crate::cell::Cell;
use crate::problem::is_refused;

/// A release with every field of the format.
const FULL: &str = include_str!("../../../../tests/fixtures/guide_full.json");

/// Files in memory.
#[derive(Default)]
struct Files(HashMap<String, Vec<u8>>);

impl FormFiles for Files {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.0.get(name).cloned().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}

fn no_files() -> Files {
    Files::default()
}

fn package(text: &str) -> GuidePackage {
    check(text.as_bytes()).expect("a release").package
}

/// Out as a workbook and in again.
fn there_and_back(package: &GuidePackage) -> GuidePackage {
    let exported = export(package).expect("a workbook");
    let files = Files(exported.forms.into_iter().collect());
    let imported = read(&exported.bytes, &files).expect("the same release");
    assert_eq!(imported.warnings, []);
    imported.checked.package
}

#[test]
fn the_24_shared_matters_survive_the_way_through_a_workbook() {
    let before = package(EXAMPLE);
    assert_eq!(before.matters.len(), 24);
    let after = there_and_back(&before);
    assert_eq!(after.format, yichuang_guide::FORMAT);
    assert!(yichuang_guide::is_sample(&after), "an example stays one");
    // What a workbook makes is of format 2; nothing else may differ.
    let after = GuidePackage { format: before.format.clone(), ..after };
    assert_eq!(after, before);
    let json = |p: &GuidePackage| serde_json::to_string(p).expect("JSON");
    assert_eq!(json(&after), json(&before), "in the same order too");
}

#[test]
fn a_release_with_every_field_survives_the_way_through_a_workbook() {
    let before = package(FULL);
    assert_eq!(before.status, ReleaseStatus::Official);
    assert_eq!(there_and_back(&before), before);
}

/// Every column is filled somewhere in the full release: a column that nothing proves would be
/// one that may lose what stands in it.
#[test]
fn the_full_release_fills_every_column() {
    let mut before = serde_json::to_value(package(FULL)).expect("a value");
    before["status"] = json!("official");
    let bytes = export(&package(FULL)).expect("a workbook").bytes;
    let grids = grid::read(&bytes).expect("a workbook");
    for sheet in sheets::SHEETS {
        let grid = grids.iter().find(|g| g.name == sheet.name).expect(sheet.name);
        for (at, column) in sheet.columns.iter().enumerate() {
            let at = u32::try_from(at).expect("a column");
            let filled = grid.rows.values().skip(1).any(|cells| cells.contains_key(&at));
            assert!(filled, "{} {}", sheet.name, column.head);
        }
    }
}

#[test]
fn the_template_says_what_to_do_and_holds_no_matter() {
    let bytes = template().expect("a template");
    let problems = read(&bytes, &no_files()).expect_err("nothing in it");
    let said: Vec<(&str, &str)> =
        problems.iter().map(|p| (p.code.as_str(), p.spot.sheet.as_str())).collect();
    // The example rows are left out, so every sheet that must say something is empty.
    assert!(said.contains(&("empty-list", "事项")), "{said:?}");
    let release = problems.iter().find(|p| p.message.contains("“版本号”")).expect("said");
    assert_eq!(
        (release.spot.sheet.as_str(), release.spot.row, release.spot.column),
        ("版本", 2, 1)
    );
    assert!(problems.iter().all(|p| !p.spot.sheet.is_empty()), "{problems:?}");
    assert!(
        said.iter().all(|(code, _)| ["missing-field", "empty-list"].contains(code)),
        "{said:?}"
    );
}

/// The example rows of the template, without their mark, are a release.
#[test]
fn the_example_rows_of_the_template_make_a_release() {
    let grids = grid::read(&template().expect("a template")).expect("a workbook");
    let bytes = rewritten(&grids, |_, _, cell| match cell {
        Cell::Text(text) => Cell::Text(text.replace(rows::EXAMPLE, "")),
        other => other.clone(),
    });
    let mut files = no_files();
    files.0.insert("F1.pdf".to_owned(), b"%PDF-1.4".to_vec());
    let imported = read(&bytes, &files).expect("a release");
    let matter = &imported.checked.package.matters[0];
    assert_eq!(matter.name, "劳务派遣经营许可");
    assert_eq!(matter.aliases, ["劳务派遣证", "派遣许可"]);
    assert_eq!(matter.promised_limit.expect("a limit").value, 15);
    let when = matter.materials[0].when.as_ref().expect("a condition");
    assert_eq!(serde_json::to_value(when).expect("a value"), json!({"q1": "a"}));
    assert_eq!(imported.warnings, []);
}

#[test]
fn the_template_offers_drop_downs_and_notes() {
    let bytes = template().expect("a template");
    let mut zip = zip::ZipArchive::new(io::Cursor::new(bytes)).expect("a zip");
    let mut text = |name: &str| {
        let mut all = String::new();
        io::Read::read_to_string(&mut zip.by_name(name).expect(name), &mut all).expect(name);
        all
    };
    let matters = text("xl/worksheets/sheet4.xml");
    assert!(matters.contains("行政许可,行政处罚"), "a drop-down of kinds");
    assert!(matters.contains("<dataValidation type=\"list\""));
    assert!(text("xl/comments3.xml").contains("按文本填写"), "a note at a head");
}

/// The same cells, written anew after `edit`.
fn rewritten(grids: &[grid::Grid], edit: impl Fn(&str, (u32, u32), &Cell) -> Cell) -> Vec<u8> {
    let mut book = Workbook::new();
    for grid in grids {
        let page = book.add_worksheet().set_name(&grid.name).expect("a name");
        for (&row, cells) in &grid.rows {
            for (&at, cell) in cells {
                let at = u16::try_from(at).expect("a column");
                match edit(&grid.name, (row, u32::from(at)), cell) {
                    Cell::Number(number) => page.write_number(row, at, number),
                    Cell::Flag(flag) => page.write_boolean(row, at, flag),
                    other => page.write_string(row, at, other.shown()),
                }
                .expect("a cell");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// The full release as a workbook, with the files beside it.
fn full_book() -> &'static (Vec<u8>, Files) {
    static BOOK: OnceLock<(Vec<u8>, Files)> = OnceLock::new();
    BOOK.get_or_init(|| {
        let exported = export(&package(FULL)).expect("a workbook");
        (exported.bytes, Files(exported.forms.into_iter().collect()))
    })
}

/// The cells of the full release.
fn full_grids() -> (Vec<grid::Grid>, &'static Files) {
    let (bytes, files) = full_book();
    (grid::read(bytes).expect("a workbook"), files)
}

fn texts() -> impl Strategy<Value = String> {
    // As a clerk may type them: any sign, no blanks around, no control characters.
    "[^\\p{C}\\p{Z}]([^\\p{C}\\p{Z}]| |\n[^\\p{C}\\p{Z}]){0,12}"
        .prop_map(|text| text.trim().to_owned())
}

fn ids() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("q1".to_owned()),
        Just("代办".to_owned()),
        "[^\\p{C}\\p{Z}\"「」]{1,4}( [或且a=；])?",
        "甲( [或且] )乙",
        "[a-z]{1,3}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_typed_into_texts_and_lists_survives(
        name in texts(), lines in prop::collection::vec(texts(), 0..4), reason in texts(),
    ) {
        let mut before = package(FULL);
        let matter = &mut before.matters[0];
        matter.name = name;
        matter.aliases = lines.clone();
        matter.conditions = lines.iter().map(|l| format!("{l}\\n")).collect();
        matter.materials[0].standard = reason.clone();
        matter.levels.clear();
        matter.result.delivery.clear();
        if let Some(reference) = &mut matter.reference {
            reference.faq[0].answer = reason;
            reference.topics.person = lines;
        }
        prop_assert_eq!(there_and_back(&before), before);
    }
}

proptest! {
    /// A condition that is written reads as the same, whatever its ids look like.
    #[test]
    fn conditions_are_read_as_they_were_written(
        clauses in prop::collection::vec(
            prop::collection::btree_map(ids(), prop::collection::vec(ids(), 1..3), 1..3), 1..3),
    ) {
        let wanted = |many: &Vec<String>| match many.as_slice() {
            [one] => json!(one),
            many => json!(many),
        };
        let clauses: Vec<Value> = clauses
            .iter()
            .map(|c| Value::Object(c.iter().map(|(q, w)| (q.clone(), wanted(w))).collect()))
            .collect();
        let when = if clauses.len() == 1 { clauses[0].clone() } else { json!(clauses) };
        let text = condition::write(&when).expect("a text");
        prop_assert_eq!(condition::parse(&text, &[]), Ok(when), "{}", text);
    }

    #[test]
    fn any_text_is_a_condition_or_refused(text in "\\PC{0,40}|[q1=或且；a \"“”/\n]{0,20}") {
        let _ = condition::parse(&text, &[]);
    }
}

#[test]
fn conditions_are_read_as_clerks_write_them() {
    let questions = [
        json!({"id": "q1", "text": "申请人", "choices": [
            {"id": "a", "text": "企业"}, {"id": "b", "text": "个人、家庭"}, {"id": "c", "text": "学校"}]}),
        json!({"id": "q2", "text": "用途", "choices": [{"id": "a", "text": "经营"}]}),
    ];
    let parse = |text: &str| condition::parse(text, &questions);
    for (text, when) in [
        ("申请人=企业", json!({"q1": "a"})),
        ("q1 ＝ 个人、家庭", json!({"q1": "b"})),
        ("申请人=企业、学校", json!({"q1": ["a", "c"]})),
        ("申请人=“个人、家庭”/学校", json!({"q1": ["b", "c"]})),
        ("申请人=企业；代办=是", json!({"q1": "a", "agent": "yes"})),
        ("申请人=企业 且 委托代办=否；", json!({"q1": "a", "agent": "no"})),
        ("申请人=企业 或 用途=经营；agent=是", json!([{"q1": "a"}, {"q2": "a", "agent": "yes"}])),
        ("申请人=企业\n或 用途=经营", json!([{"q1": "a"}, {"q2": "a"}])),
        // What is not known stays: the check says so, in the right cell.
        ("行业=农业", json!({"行业": "农业"})),
    ] {
        assert_eq!(parse(text), Ok(when), "{text}");
    }
    use condition::Unreadable as U;
    for (text, why) in [
        ("企业", U::NoEquals("企业".into())),
        ("申请人=", U::NothingThere("申请人=".into())),
        ("=企业", U::NothingThere("=企业".into())),
        ("申请人=企业或用途=经营", U::TwoEquals("申请人=企业或用途=经营".into())),
        ("申请人=“企业", U::OpenQuote("申请人=“企业".into())),
        ("q1=a；申请人=学校", U::Twice("q1".into())),
    ] {
        assert_eq!(parse(text), Err(why), "{text}");
    }
}

/// The problems as (code, sheet, row, column).
fn said(problems: &[CellProblem]) -> Vec<(&str, &str, u32, u32)> {
    problems
        .iter()
        .map(|p| (p.code.as_str(), p.spot.sheet.as_str(), p.spot.row, p.spot.column))
        .collect()
}

/// A sheet of a workbook that was written, as calamine's own reader sees it.
fn cell_of(bytes: &[u8], sheet: &str, row: u32, at: u32) -> String {
    let mut book: Xlsx<_> = Xlsx::new(io::Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range(sheet).expect(sheet);
    range.get_value((row, at)).map(ToString::to_string).unwrap_or_default()
}

#[test]
fn bad_cells_are_marked_in_a_copy_that_still_reads() {
    let (grids, files) = full_grids();
    let bad = rewritten(&grids, |sheet, spot, cell| match (sheet, spot) {
        ("事项", (1, 4)) => Cell::Text("许可".to_owned()),
        ("材料", (2, 3)) => Cell::Text("一份".to_owned()),
        _ => cell.clone(),
    });
    let problems = read(&bad, files).expect_err("two bad cells");
    assert_eq!(said(&problems), [("unknown-word", "事项", 2, 5), ("not-whole", "材料", 3, 4)]);
    let marked = mark(&bad, &problems).expect("a copy");
    assert_eq!(cell_of(&marked, "问题清单", 1, 0), "事项");
    assert_eq!(cell_of(&marked, "问题清单", 2, 2), "D");
    assert_eq!(cell_of(&marked, "事项", 1, 4), "许可");
    // The copy says the same when it is read, and is a release once it is mended.
    assert_eq!(said(&read(&marked, files).expect_err("the same")), said(&problems));
    let grids = grid::read(&marked).expect("a workbook");
    let mended = rewritten(&grids, |sheet, spot, cell| match (sheet, spot) {
        ("事项", (1, 4)) => Cell::Text("公共服务".to_owned()),
        ("材料", (2, 3)) => Cell::Number(1.0),
        _ => cell.clone(),
    });
    let mended = read(&mended, files).expect("a release").checked.package;
    assert_eq!(mended, package(FULL));
    // What can't be read at all still gets its list.
    let locked = mark(b"no workbook", &problems).expect("a list");
    assert_eq!(cell_of(&locked, "问题清单", 1, 0), "事项");
}

fn page<'b>(book: &'b mut Workbook, name: &str, rows: &[&[&str]]) -> &'b mut Worksheet {
    let page = book.add_worksheet().set_name(name).expect("a name");
    for (cells, row) in rows.iter().zip(0u32..) {
        for (text, at) in cells.iter().zip(0u16..) {
            if !text.is_empty() {
                page.write_string(row, at, *text).expect("a cell");
            }
        }
    }
    page
}
