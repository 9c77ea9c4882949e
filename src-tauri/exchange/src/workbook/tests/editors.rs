//! A real spreadsheet program between writing and reading. `cargo xtask test` installs it and runs
//! this too; elsewhere it is asked for by `--run-ignored all`, and fails where LibreOffice is missing.

use std::path::Path;
use std::process::Command;

use super::*;

/// Has LibreOffice read a file and write it in another format.
fn convert(folder: &Path, from: &str, to: &str) -> Vec<u8> {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let done = Command::new("soffice")
        .args([profile.as_str(), "--headless", "--convert-to", to, "--outdir"])
        .arg(folder)
        .arg(folder.join(from))
        .output()
        .expect("LibreOffice (apt-get install --no-install-recommends libreoffice-calc)");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let stem = from.rsplit_once('.').expect("a suffix").0;
    std::fs::read(folder.join(format!("{stem}.{to}"))).expect("what it wrote")
}

#[test]
#[ignore = "needs LibreOffice; cargo xtask test installs it and runs this"]
fn a_workbook_that_libreoffice_saved_is_the_same_release() {
    for text in [EXAMPLE, FULL] {
        let folder = tempfile::tempdir().expect("a folder");
        let before = package(text);
        let exported = export(&before).expect("a workbook");
        std::fs::write(folder.path().join("guide.xlsx"), &exported.bytes).expect("written");
        convert(folder.path(), "guide.xlsx", "ods");
        std::fs::remove_file(folder.path().join("guide.xlsx")).expect("removed");
        let bytes = convert(folder.path(), "guide.ods", "xlsx");
        let files = Files(exported.forms.into_iter().collect());
        let imported = read(&bytes, &files).expect("the same release");
        assert_eq!(imported.warnings, []);
        let after = imported.checked.package;
        assert_eq!(GuidePackage { format: before.format.clone(), ..after }, before);
    }
}
