//! What spreadsheets and people do to cells.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula};

use super::*;

const DEPARTMENT: &str = "11150785MB0A000188";

/// A workbook of one department and one matter, by hand.
fn by_hand() -> Workbook {
    let mut book = Workbook::new();
    page(
        &mut book,
        "版本",
        &[
            &["版本号*", "发布日期", "状态", "行政区划代码", "行政区划名称"],
            &["３", "2026年11月2日", "正式", "１５０７８５", "根河市"],
        ],
    );
    page(
        &mut book,
        " 部门 ",
        &[
            &[
                "名称",
                "统一社会信用代码",
                "咨询电话",
                "监督投诉电话",
                "地址",
                "复议机关",
                "诉讼法院",
            ],
            &["人社局", DEPARTMENT, "0470-1", "0470-2", "一楼", "根河市人民政府", "根河市人民法院"],
        ],
    );
    page(
        &mut book,
        "日历",
        &[&["年度", "状态", "来源", "放假日"], &["2026", "正式", "通知", "2026-1-1至2026-1-3"]],
    );
    book
}

const HEADS: [&str; 10] = [
    "实施编码",
    "事项名称",
    "实施主体代码",
    "事项类型",
    "办件类型",
    "服务对象",
    "结果名称",
    "收费项目",
    "收费金额（元）",
    "收费依据",
];

fn matter<'a>(code: &'a str, name: &'a str) -> [&'a str; 10] {
    [code, name, DEPARTMENT, "行政许可", "承诺件", "企业，个体工商户", "许可证", "", "", ""]
}

fn bytes(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn columns_in_another_order_blanks_full_width_and_empty_rows_are_taken() {
    let mut book = by_hand();
    let sheet = page(
        &mut book,
        "事项",
        &[
            &["全市事项一览"],
            &HEADS,
            &[],
            &matter(" A\u{FF11}\u{3000}", "甲\u{A0}"),
            &[" ", "\u{200B}"],
            &matter("A2", "乙\r\n二"),
        ],
    );
    sheet.set_row_hidden(5).expect("hidden");
    sheet.write_number(3, 8, 12.5).expect("a fee");
    sheet.write_string(3, 7, "工本费").expect("a fee");
    sheet.write_string(3, 9, "省价费〔2020〕1号").expect("a fee");
    let imported = read(&bytes(book), &no_files()).expect("a release");
    let package = imported.checked.package;
    assert_eq!((package.release, package.issued_on.to_string().as_str()), (3, "2026-11-02"));
    assert_eq!(package.region.code, "150785");
    assert_eq!(package.matters[0].code, "A1");
    assert_eq!(package.matters[0].name, "甲");
    assert_eq!(package.matters[0].fee.as_ref().expect("a fee").amount_fen, 1250);
    assert_eq!(package.matters[0].audience.len(), 2);
    assert_eq!(package.matters[1].name, "乙\n二", "a hidden row is a row");
    assert_eq!(package.calendar.years[&2026].holidays.len(), 3);
    // The title above the heads is no head.
    assert_eq!(said(&imported.warnings), []);
}

#[test]
fn a_code_that_became_a_number_is_refused_and_says_so() {
    let mut book = by_hand();
    let sheet = page(&mut book, "事项", &[&HEADS, &matter("A1", "甲")]);
    sheet.write_number(1, 0, 111_507_850_000_188_400.0).expect("a number");
    page(&mut book, "材料", &[&["实施编码", "材料名称"], &["A1", "申请书"]]);
    let problems = read(&bytes(book), &no_files()).expect_err("refused");
    // That the material's matter is not there follows from it, and is not said again.
    assert_eq!(said(&problems), [("numeric-code", "事项", 2, 1)]);
}

#[test]
fn dates_come_as_dates_serials_and_text() {
    for (at, write) in [
        (
            0,
            (|p: &mut Worksheet| {
                let date = ExcelDateTime::from_ymd(2026, 11, 2).expect("a date");
                let style = Format::new().set_num_format("yyyy/m/d");
                p.write_datetime_with_format(1, 1, &date, &style).expect("a date");
            }) as fn(&mut Worksheet),
        ),
        (1, |p| {
            p.write_number(1, 1, 46_328.0).expect("a serial");
        }),
        (2, |p| {
            p.write_number(1, 1, 20_261_102.0).expect("a number");
        }),
        (3, |p| {
            p.write_string(1, 1, "2026.11.02 00:00:00").expect("a text");
        }),
    ] {
        let mut book = by_hand();
        page(&mut book, "事项", &[&HEADS, &matter("A1", "甲")]);
        write(book.worksheet_from_name("版本").expect("the sheet"));
        let imported = read(&bytes(book), &no_files()).unwrap_or_else(|p| panic!("{at}: {p:?}"));
        assert_eq!(imported.checked.package.issued_on.to_string(), "2026-11-02", "{at}");
    }
    let mut book = by_hand();
    page(&mut book, "事项", &[&HEADS, &matter("A1", "甲")]);
    let sheet = book.worksheet_from_name("版本").expect("the sheet");
    sheet.write_string(1, 1, "2026-02-30").expect("a text");
    let problems = read(&bytes(book), &no_files()).expect_err("no such day");
    assert_eq!(said(&problems), [("bad-date", "版本", 2, 2)]);
}

#[test]
fn formulas_count_by_the_value_they_had() {
    let mut book = by_hand();
    let sheet = page(&mut book, "事项", &[&HEADS, &matter("A1", "甲"), &matter("A2", "乙")]);
    let formula = Formula::new("CONCATENATE(\"公共\",\"服务\")").set_result("行政确认");
    sheet.write_formula(1, 4, Formula::new("1+1").set_result("即办件")).expect("a formula");
    sheet.write_formula(2, 1, formula).expect("a formula");
    let package = read(&bytes(book), &no_files()).expect("a release").checked.package;
    assert_eq!(package.matters[0].handling, yichuang_domain::matter::Handling::Immediate);
    assert_eq!(package.matters[1].name, "行政确认");
}

#[test]
fn merged_cells_say_it_in_each_row() {
    let mut book = by_hand();
    page(&mut book, "事项", &[&HEADS, &matter("A1", "甲")]);
    let sheet = page(
        &mut book,
        "情形",
        &[
            &["实施编码", "问题", "选项"],
            &["", "", "是"],
            &["", "", "否"],
            &["A1", "第二问？", "有"],
        ],
    );
    let style = Format::new();
    sheet.merge_range(1, 0, 2, 0, "A1", &style).expect("merged");
    sheet.merge_range(1, 1, 2, 1, "第一问？", &style).expect("merged");
    page(
        &mut book,
        "材料",
        &[&["实施编码", "材料名称", "适用条件"], &["A1", "申请书", "第一问？=否"]],
    );
    let package = read(&bytes(book), &no_files()).expect("a release").checked.package;
    let matter = serde_json::to_value(&package.matters[0]).expect("a value");
    assert_eq!(matter["questions"][0]["id"], "q1");
    assert_eq!(matter["questions"][0]["choices"][1]["text"], "否");
    assert_eq!(matter["questions"][1]["choices"][0]["id"], "a");
    assert_eq!(matter["materials"][0]["when"], json!({"q1": "b"}));
    assert_eq!(matter["materials"][0]["id"], "m1");
}

#[test]
fn a_sheet_or_column_that_is_renamed_is_named() {
    let mut book = by_hand();
    page(&mut book, "事项表", &[&HEADS, &matter("A1", "甲")]);
    let problems = read(&bytes(book), &no_files()).expect_err("no matters");
    let missing = problems.iter().find(|p| p.code == "missing-sheet").expect("said");
    assert!(missing.message.contains("“事项表”"), "{}", missing.message);

    let mut book = by_hand();
    let mut heads = HEADS;
    heads[3] = "类型";
    page(&mut book, "事项", &[&heads, &matter("A1", "甲")]);
    page(&mut book, "随手记", &[&["买菜"]]);
    let problems = read(&bytes(book), &no_files()).expect_err("no kind");
    let said = said(&problems);
    for expected in [
        ("unknown-column", "事项", 1, 4),
        ("missing-column", "事项", 1, 0),
        ("unknown-sheet", "随手记", 0, 0),
    ] {
        assert!(said.contains(&expected), "{expected:?} {said:?}");
    }
}

#[test]
fn what_the_check_finds_is_told_of_the_cell() {
    let mut book = by_hand();
    page(
        &mut book,
        "事项",
        &[&HEADS, &matter("A1", "甲"), &["A2", "", "X", "行政给付", "承诺件", "企业", "证"]],
    );
    page(
        &mut book,
        "材料",
        &[
            &["材料名称", "实施编码", "适用条件", "材料编号"],
            &["申请书", "A1", "q7=a", "m1"],
            &["证明", "A9", "", ""],
            &["其他材料", "A1", "企业", "m1"],
        ],
    );
    let problems = read(&bytes(book), &no_files()).expect_err("bad cells");
    assert_eq!(
        said(&problems),
        [
            ("missing-field", "事项", 3, 0), // the notice rule, which has no column here
            ("missing-field", "事项", 3, 2),
            ("unknown-department", "事项", 3, 3),
            ("unknown-question", "材料", 2, 3),
            ("unknown-matter", "材料", 3, 2),
            ("catch-all-material", "材料", 4, 1),
            ("bad-condition", "材料", 4, 3),
            ("duplicate-id", "材料", 4, 4),
        ]
    );
    let messages: Vec<&str> = problems.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(messages[0], "缺少“补正规则”，请补上");
    assert!(messages[1].contains("“事项名称”"), "in the words of the sheet: {messages:?}");
    assert!(messages[2].contains("“部门”表里"), "{messages:?}");
}

#[test]
fn a_form_file_must_be_there_and_small() {
    let heads: &[&str] = &["编号", "名称", "文件类型", "文件"];
    for (name, code) in
        [("无.pdf", "no-such-file"), ("../a.pdf", "bad-file-name"), ("大.pdf", "bad-form")]
    {
        let mut book = by_hand();
        page(&mut book, "事项", &[&HEADS, &matter("A1", "甲")]);
        page(&mut book, "表格", &[heads, &["F1", "空表", "PDF", name]]);
        let mut files = no_files();
        files.0.insert("大.pdf".to_owned(), vec![1; 2 * 1024 * 1024 + 1]);
        let problems = read(&bytes(book), &files).expect_err(name);
        assert!(said(&problems).contains(&(code, "表格", 2, 4)), "{problems:?}");
    }
}
