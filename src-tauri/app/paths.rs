//! Where the program's folders are on this system.

use std::path::{Path, PathBuf};

fn home(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The data folder of this user: `YICHUANG_DATA`, or the system's place for application data.
pub(crate) fn data_folder() -> PathBuf {
    if let Some(folder) = home("YICHUANG_DATA") {
        return folder;
    }
    let system = if cfg!(target_os = "windows") {
        home("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        home("HOME").map(|h| h.join("Library/Application Support"))
    } else {
        home("XDG_DATA_HOME").or_else(|| home("HOME").map(|h| h.join(".local/share")))
    };
    system.unwrap_or_else(std::env::temp_dir).join("yichuang")
}

/// Where saved papers go: a folder of ours among the user's documents.
pub(crate) fn papers_folder() -> PathBuf {
    let user = if cfg!(target_os = "windows") { home("USERPROFILE") } else { home("HOME") };
    let documents = home("XDG_DOCUMENTS_DIR").or_else(|| {
        let user = user?;
        let named = ["文档", "Documents"].map(|name| user.join(name));
        Some(named.into_iter().find(|folder| folder.is_dir()).unwrap_or(user))
    });
    documents.unwrap_or_else(std::env::temp_dir).join("一窗文书")
}

/// The fonts for papers: beside the program (as built), or where the package installed them.
pub(crate) fn fonts_folder() -> PathBuf {
    let program = std::env::current_exe().and_then(std::fs::canonicalize).unwrap_or_default();
    let here = program.parent().map(PathBuf::from).unwrap_or_default();
    let places =
        [here.join("fonts"), here.join("../lib/yichuang/fonts"), here.join("../Resources/fonts")];
    let [first, ..] = &places;
    places.iter().find(|folder| folder.is_dir()).unwrap_or(first).clone()
}

/// Fonts that the hall adds for characters the bundled ones lack; need not be there.
pub(crate) fn own_fonts_folder(data: &Path) -> PathBuf {
    data.join("fonts")
}
