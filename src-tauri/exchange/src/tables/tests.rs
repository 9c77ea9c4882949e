use encoding_rs::GB18030;
use proptest::prelude::*;
use serde_json::json;
use yichuang_domain::matter::Handling;
use yichuang_guide::{Severity, is_sample};

use super::*;
use crate::problem::is_refused;

const BASIC: &str = "\u{FEFF}catalog_code,task_code,task_name,task_type,project_type,server_type,dept_code,dept_name,\
promise_day,promise_type,anticipate_day,anticipate_type,limit_scene_num,accept_condition,by_law,use_level,plan_effective_date,\
task_version,result_name,link_way,supervise_way,transact_addr,transact_time,handle_type,is_fee,cd_operation,row_guid,旧栏\r\n\
000131002000,11150785MB0A0001884000131002000,劳务派遣经营许可,01,2,2^5,11150785MB0A000188,根河市人社局,\
15,工作日,20,工作日,1,\"注册资本200万元\n有场所，有设施\",劳务派遣行政许可实施办法,4,20260101T000000,\
3,劳务派遣经营许可证,0470-1,0470-2,一楼,8:30-12:00,1^2,0,I,g1,x\r\n\
002001001000,A2,居民养老参保登记,20,1,1,11150785MB0A000188,根河市人社局,0,工作日,,,1,,,,,,,,,,,,1,U,g2,\r\n\
,A3,已取消的事项,20,1,1,11150785MB0A000188,根河市人社局,,,,,,,,,,,,,,,,,,D,g3,\r\n";

const MORE: &str = "task_code,is_online,online_handle_depth,user_topic_type,result_type\nA2,1,全程网办,社会保障^职业退休,出文办结\n";

const MATERIALS: &str = "task_code;material_name;is_need;material_type;material_format;page_num;order_num;accept_stand\n\
A2;户口簿;2;1;3;1;2;登记住址一致\nA2;登记表;1;2;1;1;1;本人签字\n";

fn frame() -> Frame {
    let example: Value = serde_json::from_str(yichuang_guide::EXAMPLE).expect("the example");
    Frame {
        release: 2,
        issued_on: "2026-11-24".to_owned(),
        official: false,
        region: json!({"code": "150785", "name": "根河市"}),
        calendar: example["calendar"].clone(),
    }
}

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> TableFile {
    TableFile { name: name.to_owned(), bytes: bytes.into() }
}

fn gb18030(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

fn platform(files: &[TableFile]) -> Result<Imported, Vec<CellProblem>> {
    read(files, Upstream::NationalPlatform, &frame())
}

fn said(problems: &[CellProblem]) -> Vec<(&str, &str, u32, u32)> {
    problems
        .iter()
        .map(|p| (p.code.as_str(), p.spot.sheet.as_str(), p.spot.row, p.spot.column))
        .collect()
}

#[test]
fn the_tables_of_a_platform_make_a_release() {
    // In any order, in either encoding, with a mark, with either line end, with any separator.
    let files =
        [file("材料.csv", gb18030(MATERIALS)), file("扩展.csv", MORE), file("事项.csv", BASIC)];
    let imported = platform(&files).expect("a release");
    let package = imported.checked.package;
    assert!(is_sample(&package));
    assert_eq!(package.matters.len(), 2, "a row that was deleted is none");
    let licence = serde_json::to_value(&package.matters[0]).expect("a value");
    assert_eq!(licence["kind"], "licence");
    assert_eq!(licence["supplement"]["rule"], "licence-art-32");
    assert_eq!(licence["audience"], json!(["enterprise"]), "a firm of either sort");
    assert_eq!(licence["conditions"], json!(["注册资本200万元", "有场所，有设施"]));
    assert_eq!(licence["promised_limit"], json!({"value": 15, "unit": "workdays"}));
    let reference = &licence["reference"];
    assert_eq!(reference["catalogue"]["effective_from"], "2026-01-01");
    assert_eq!(reference["catalogue"]["version"], "3");
    assert_eq!(reference["authority"]["use_level"], "county");
    assert_eq!(reference["service"]["handle_forms"], json!(["window", "computer"]));
    assert_eq!(reference["service"]["places"][0]["hours"], "8:30-12:00");
    let service = serde_json::to_value(&package.matters[1]).expect("a value");
    assert_eq!(service["supplement"]["rule"], "local");
    assert_eq!(service["statutory_limit"], Value::Null);
    assert_eq!(service["result"]["name"], "办理结果");
    assert_eq!(service["reference"]["online"]["depth"], "whole-process");
    assert_eq!(service["reference"]["topics"]["person"], json!(["社会保障", "职业退休"]));
    let materials = package.matters[1].materials.iter().map(|m| (m.id.as_str(), m.name.as_str()));
    assert_eq!(materials.collect::<Vec<_>>(), [("m1", "登记表"), ("m2", "户口簿")]);
    assert_eq!(package.departments.len(), 1);
    assert_eq!(package.departments[0].phone, "0470-1");
    // What was not there, and what was taken for it.
    let codes: Vec<&str> = imported.warnings.iter().map(|p| p.code.as_str()).collect();
    for expected in [
        "no-situations",
        "assumed-supplement",
        "assumed-result",
        "missing-column",
        "unknown-column",
        "fee-without-amount",
        "missing-field",
    ] {
        assert!(codes.contains(&expected), "{expected} {codes:?}");
    }
    assert!(imported.warnings.iter().all(|p| p.severity == Severity::Warning));
}

#[test]
fn each_system_reads_its_own_codes() {
    let text = "task_code,task_name,task_type,project_type,server_type,dept_code,dept_name,result_name\n\
                A1,甲,行政许可,1,自然人,11150785MB0A000188,人社局,证\n";
    for (upstream, handling) in [
        (Upstream::NationalPlatform, Handling::Immediate),
        (Upstream::Gbt39046, Handling::Immediate),
        (Upstream::Legacy, Handling::Committed),
    ] {
        let read = read(&[file("a.csv", text)], upstream, &frame()).expect("a release");
        assert_eq!(read.checked.package.matters[0].handling, handling);
    }
    // 5 is a firm for the platform, an agency in the standard, and nothing known in the old system.
    let text = text.replace("自然人", "5");
    let read = |upstream| read(&[file("a.csv", text.clone())], upstream, &frame());
    assert!(read(Upstream::NationalPlatform).is_ok());
    let problems = read(Upstream::Gbt39046).expect_err("nobody could apply");
    assert!(said(&problems).contains(&("unknown-audience", "a.csv", 2, 5)), "{problems:?}");
    let problems = read(Upstream::Legacy).expect_err("no table");
    assert!(said(&problems).contains(&("unknown-code", "a.csv", 2, 5)), "{problems:?}");
}

#[test]
fn a_code_that_is_not_known_is_never_guessed() {
    let text = "task_code,task_name,task_type,project_type,server_type,dept_code,dept_name,result_name,promise_day,promise_type,use_level\n\
                A1,甲,01,9,1,11150785MB0A000188,人社局,证,5,3,8\n";
    let problems = platform(&[file("a.csv", text)]).expect_err("refused");
    let all = said(&problems);
    assert!(all.contains(&("unknown-code", "a.csv", 2, 4)), "办件类型 9: {all:?}");
    assert!(all.contains(&("unknown-code", "a.csv", 2, 10)), "a unit: {all:?}");
    let level = problems.iter().find(|p| p.head == "use_level").expect("said");
    assert_eq!(level.severity, Severity::Warning, "a window can do without");
}

#[test]
fn what_the_check_finds_is_told_of_the_cell() {
    let basic = "task_name,task_code,task_type,project_type,server_type,dept_code,dept_name,result_name\n\n\
                 甲,A1,01,2,1,11150785MB0A000188,人社局,证\n,A2,01,2,1,11150785MB0A000188,人社局,证\n";
    let materials = "task_code,material_name\nA1,\nA9,身份证\n";
    let problems =
        platform(&[file("a.csv", basic), file("m.csv", materials)]).expect_err("refused");
    let errors: Vec<CellProblem> =
        problems.into_iter().filter(|p| p.severity == Severity::Error).collect();
    assert_eq!(
        said(&errors),
        [
            ("missing-field", "a.csv", 4, 1),
            ("missing-field", "m.csv", 2, 2),
            ("unknown-matter", "m.csv", 3, 1),
        ]
    );
}

#[test]
fn rows_that_share_a_code_are_told_apart_by_the_item() {
    let basic = "task_code,task_handle_item,task_name,task_type,project_type,server_type,dept_code,dept_name,result_name\n\
                 A1,A101,首次,01,2,1,11150785MB0A000188,人社局,证\nA1,A102,变更,01,2,1,11150785MB0A000188,人社局,证\n";
    let materials = "task_code,task_handle_item,material_name\nA1,A102,原证\nA1,,申请书\n";
    let package = platform(&[file("a.csv", basic), file("m.csv", materials)])
        .expect("a release")
        .checked
        .package;
    let codes: Vec<&str> = package.matters.iter().map(|m| m.code.as_str()).collect();
    assert_eq!(codes, ["A101", "A102"]);
    assert_eq!(package.matters[0].materials.len(), 1, "what names no item is for all");
    assert_eq!(package.matters[1].materials.len(), 2);
}

#[test]
fn files_that_are_no_tables_are_refused() {
    let cases: [(&[u8], &str); 5] = [
        (b"", "empty-file"),
        (b"a,b\n1,2\n", "unknown-table"),
        (b"task_code,task_name\nA1,\"x\ny\",z\n", "ragged-row"),
        (b"\xFF\xFF\xFF\x00\x80", "bad-encoding"),
        (b"task_code,task_name\n,x\n", "missing-field"),
    ];
    for (bytes, code) in cases {
        let problems = platform(&[file("a.csv", bytes)]).expect_err(code);
        assert!(problems.iter().any(|p| p.code == code), "{code} {problems:?}");
    }
    // UTF-16, as spreadsheets call "Unicode text".
    let utf16: Vec<u8> = std::iter::once(0xFEFF)
        .chain(BASIC.trim_start_matches('\u{FEFF}').replace(',', "\t").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(!is_refused(&platform(&[file("a.csv", utf16)]).map_or_else(|p| p, |i| i.warnings)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn damaged_tables_never_panic_and_are_never_unreadable(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
        sign in prop::option::of("[\\PC\n\t,\"]{1,6}"),
    ) {
        let mut basic = BASIC.as_bytes().to_vec();
        for (at, byte) in edits {
            let at = at.index(basic.len());
            basic[at] = byte;
        }
        if let Some(cut) = cut {
            let cut = cut.index(basic.len());
            match sign {
                Some(sign) => drop(basic.splice(cut..cut, sign.into_bytes())),
                None => basic.truncate(cut),
            }
        }
        let files = [file("a.csv", basic), file("b.csv", MORE), file("c.csv", MATERIALS)];
        if let Err(problems) = platform(&files) {
            prop_assert!(is_refused(&problems));
            prop_assert!(problems.iter().all(|p| p.code != "unreadable"), "{problems:?}");
        }
    }
}
