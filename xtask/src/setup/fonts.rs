//! The fonts of the papers. They come with npm and Debian packages, weigh 108 MB, and are not
//! committed. Why these: `docs/decisions/0020-rare-characters.md`.

use std::fs;
use std::path::{Path, PathBuf};

use super::debian;
use crate::step::{Done, failed};
use crate::workspace::{at, written};

const FOLDER: &str = "resources/fonts";
const SOURCE: &str = "ui/node_modules/@expo-google-fonts";

/// Package, file in it, name here.
const FROM_NPM: [(&str, &str, &str); 4] = [
    ("noto-serif-sc", "400Regular/NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular"),
    ("noto-sans-sc", "400Regular/NotoSansSC_400Regular.ttf", "NotoSansSC-Regular"),
    (
        "noto-sans-mongolian",
        "400Regular/NotoSansMongolian_400Regular.ttf",
        "NotoSansMongolian-Regular",
    ),
    ("noto-sans-arabic", "400Regular/NotoSansArabic_400Regular.ttf", "NotoSansArabic-Regular"),
];

/// Package, file in it, name here.
const FROM_DEBIAN: [(&str, &str, &str); 2] = [
    (
        "fonts-babelstone-han",
        "usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf",
        "BabelStoneHan",
    ),
    ("fonts-hanazono", "usr/share/fonts/truetype/hanazono/HanaMinB.ttf", "HanaMinB"),
];

/// Fonts that earlier versions of the program carried.
const GONE: [&str; 1] = ["NotoSansSC-Bold.ttf"];

/// Puts in place what is missing or older than its package, each with its licence beside it.
pub fn install() -> Done {
    fs::create_dir_all(at(FOLDER))?;
    for name in GONE {
        let _ = fs::remove_file(at(FOLDER).join(name));
    }
    for (package, file, name) in FROM_NPM {
        let package = at(SOURCE).join(package);
        let from = package.join(file);
        if written(&font(name)).is_none() || written(&font(name)) < written(&from) {
            copy(&from, &font(name))?;
            println!("{name}");
        }
        copy(&package.join("LICENSE_FONT"), &licence(name))?;
    }
    for (package, file, name) in FROM_DEBIAN {
        if written(&font(name)).is_some() && written(&licence(name)).is_some() {
            continue;
        }
        let folder = at("target").join("fonts").join(package);
        if !debian::unpack(package, &folder)? {
            println!(
                "{name} is missing: it comes with the Debian package {package}. Without it, \
                 papers refuse the rare characters that only it has."
            );
            continue;
        }
        copy(&folder.join(format!("usr/share/doc/{package}/copyright")), &licence(name))?;
        copy(&folder.join(file), &font(name))?;
        fs::remove_dir_all(&folder)?;
        println!("{name}");
    }
    Ok(())
}

fn font(name: &str) -> PathBuf {
    at(FOLDER).join(format!("{name}.ttf"))
}

fn licence(name: &str) -> PathBuf {
    at(FOLDER).join(format!("{name}-LICENCE.txt"))
}

fn copy(from: &Path, to: &Path) -> Done {
    match fs::copy(from, to) {
        Ok(_) => Ok(()),
        Err(error) => failed(format!("{} cannot be copied: {error}", from.display())),
    }
}
