//! The fonts of the papers. They come with the npm packages, weigh 30 MB, and are not committed.

use std::fs;

use crate::step::{Done, failed};
use crate::workspace::{at, written};

const FOLDER: &str = "resources/fonts";
const SOURCE: &str = "ui/node_modules/@expo-google-fonts";
const FONTS: [(&str, &str); 3] = [
    ("noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf", "NotoSansSC-Regular.ttf"),
    ("noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf", "NotoSansSC-Bold.ttf"),
    (
        "noto-sans-mongolian/400Regular/NotoSansMongolian_400Regular.ttf",
        "NotoSansMongolian-Regular.ttf",
    ),
];

/// Copies what is missing or older than its package.
pub fn install() -> Done {
    fs::create_dir_all(at(FOLDER))?;
    for (source, name) in FONTS {
        let from = at(SOURCE).join(source);
        let to = at(FOLDER).join(name);
        if written(&to).is_some() && written(&to) >= written(&from) {
            continue;
        }
        if let Err(error) = fs::copy(&from, &to) {
            return failed(format!("{} cannot be copied: {error}", from.display()));
        }
        println!("{name}");
    }
    Ok(())
}
