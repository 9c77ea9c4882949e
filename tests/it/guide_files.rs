//! The guide in and out of workbooks and tables, by the command line.

use std::path::Path;

use serde_json::json;
use yichuang_tests::program::{self, answered as yichuang, printed};

/// The release in use, as the workbook it makes.
fn in_use(data: &Path, file: &Path) -> Vec<u8> {
    let _ = std::fs::remove_file(file);
    let name = file.to_string_lossy().into_owned();
    assert_eq!(yichuang(data, &["guide", "export", &name]).status.code(), Some(0));
    std::fs::read(file).expect("an export")
}

#[test]
fn a_release_goes_out_as_a_workbook_and_comes_in_on_another_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (here, there) = (folder.path().join("here"), folder.path().join("there"));
    let full = program::fixture("guide_full.json").to_string_lossy().into_owned();
    assert_eq!(yichuang(&here, &["guide", "import", &full]).status.code(), Some(0));
    let exported = printed(&yichuang(&here, &["guide", "export", &path("指南.xlsx")]));
    assert_eq!((&exported["matters"], &exported["forms"]), (&json!(3), &json!(2)));
    assert!(folder.path().join("指南-表格/F001.pdf").is_file());

    let imported = yichuang(&there, &["guide", "import", &path("指南.xlsx")]);
    assert_eq!(imported.status.code(), Some(0), "{}", String::from_utf8_lossy(&imported.stdout));
    let again = yichuang(&there, &["guide", "export", &path("again.xlsx")]);
    assert_eq!(again.status.code(), Some(0));
    let read = |name: &str| std::fs::read(folder.path().join(name)).expect(name);
    assert_eq!(read("again.xlsx"), read("指南.xlsx"), "both windows have the same release");

    // What is there is not written over.
    let twice = yichuang(&here, &["guide", "template", &path("again.xlsx")]);
    assert_eq!(twice.status.code(), Some(2));
    assert_eq!(printed(&twice)["code"], "file-exists");
}

#[test]
fn a_template_that_nobody_filled_in_is_refused_and_marked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let data = folder.path().join("data");
    assert_eq!(yichuang(&data, &["guide", "template", &path("t.xlsx")]).status.code(), Some(0));
    let arguments = ["guide", "import", &path("t.xlsx"), "--marked", &path("marked.xlsx")];
    let refused = yichuang(&data, &arguments);
    assert_eq!(refused.status.code(), Some(2));
    let refusal = printed(&refused);
    assert_eq!(refusal["code"], "bad-guide");
    let problems = refusal["problems"].as_array().expect("problems");
    assert!(problems.iter().any(|p| p["sheet"] == "事项"), "{problems:?}");
    assert!(folder.path().join("marked.xlsx").is_file());
    let checked = yichuang(&data, &["guide", "check", &path("t.xlsx")]);
    assert_eq!(checked.status.code(), Some(1));
}

#[test]
fn tables_of_a_platform_become_the_next_release() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let tables = folder.path().join("tables");
    std::fs::create_dir(&tables).expect("a folder");
    let heads =
        "task_code,task_name,task_type,project_type,server_type,dept_code,dept_name,result_name";
    let rows = "A1,林木采伐许可,01,2,2,11150785MB0A000188,根河市林业局,林木采伐许可证";
    std::fs::write(tables.join("a.csv"), format!("{heads}\r\n{rows}\r\n")).expect("a table");
    std::fs::write(tables.join("m.csv"), "task_code,material_name\nA1,申请表\n").expect("a table");
    let folder = tables.to_string_lossy().into_owned();
    let imported = printed(&yichuang(&data, &["guide", "import", &folder]));
    assert_eq!((&imported["release"], &imported["matters"]), (&json!(2), &json!(1)));
    let hits = printed(&yichuang(&data, &["guide", "search", "lmcf"]));
    assert_eq!(hits[0]["name"], "林木采伐许可");
    // The same codes mean something else elsewhere, and a name that is no system is refused.
    let legacy = yichuang(&data, &["guide", "check", &folder, "--upstream", "legacy"]);
    assert_eq!(legacy.status.code(), Some(1));
    let unknown = yichuang(&data, &["guide", "check", &folder, "--upstream", "moon"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn a_damaged_workbook_never_changes_what_is_in_use() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let full = program::fixture("guide_full.json").to_string_lossy().into_owned();
    let source = folder.path().join("source");
    assert_eq!(yichuang(&source, &["guide", "import", &full]).status.code(), Some(0));
    let book = in_use(&source, &folder.path().join("book.xlsx"));
    let before = in_use(&data, &folder.path().join("now.xlsx"));
    let damaged = folder.path().join("book2.xlsx");
    let name = damaged.to_string_lossy().into_owned();
    for at in 0..16 {
        let mut bytes = book.clone();
        let spot = bytes.len() * at / 16;
        bytes[spot] ^= 0x5A;
        std::fs::write(&damaged, &bytes).expect("a workbook");
        let code = yichuang(&data, &["guide", "import", &name]).status.code();
        // The forms of the source lie elsewhere, so that no damage, however small, can pass.
        assert_eq!(code, Some(2), "damage at {spot}");
        assert_eq!(in_use(&data, &folder.path().join("now.xlsx")), before, "damage at {spot}");
    }
}
