//! `yichuang fonts`: which Chinese characters this machine prints, and in which font.

use serde_json::{Value, json};
use yichuang_desk::DeskError;
use yichuang_documents::Press;

use super::output::Done;
use crate::ipc::failure::Failure;
use crate::paths;
use crate::shell::Shell;

/// Counts. A font of the hall that is of no use is named, and the check fails.
pub(crate) fn run(shell: &Shell) -> Result<Done, Failure> {
    let own = paths::own_fonts_folder(shell.folder());
    let press = Press::open(&paths::fonts_folder(), &[&own]).map_err(DeskError::from)?;
    let faults = press.faults();
    let (blocks, fonts) = press.coverage().map_err(DeskError::from)?;
    let mut lines = vec!["区块         码位              汉字    能打印".to_owned()];
    let mut table = Vec::new();
    for block in &blocks {
        let [from, to] = [block.range.0, block.range.1].map(|c| format!("U+{:04X}", u32::from(c)));
        lines.push(format!(
            "{}{from:>7}–{to:<7} {:>7} {:>7}",
            padded(block.name, 12),
            block.assigned,
            block.printed
        ));
        table.push(json!({
            "name": block.name, "from": from, "to": to,
            "assigned": block.assigned, "printed": block.printed,
        }));
    }
    lines.push(String::new());
    for font in &fonts {
        let path = font.path.display();
        let words = padded(font.role.words(), 12);
        lines.push(format!("{words}{:>7}  {path}", font.characters));
    }
    lines.push(format!("本机自备字体目录：{}", own.display()));
    lines.extend(faults.iter().map(|fault| format!("✗ {fault}")));
    let fonts: Vec<Value> = fonts
        .iter()
        .map(|font| {
            json!({
                "path": font.path.display().to_string(), "role": font.role.as_str(),
                "characters": font.characters,
            })
        })
        .collect();
    let problems: Vec<Value> = faults
        .iter()
        .map(|fault| json!({ "code": fault.code(), "message": fault.to_string() }))
        .collect();
    let json = json!({
        "blocks": table, "fonts": fonts, "own_folder": own.display().to_string(),
        "faults": problems,
    });
    Ok(Done { json, text: lines.join("\n"), in_order: faults.is_empty() })
}

/// Chinese characters are two columns wide.
fn padded(words: &str, columns: usize) -> String {
    let width: usize = words.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    format!("{words}{}", " ".repeat(columns.saturating_sub(width)))
}
