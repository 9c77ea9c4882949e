//! `yichuang attach CASE MATERIAL FILE`: adds a scan of a material to a case.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use yichuang_desk::view::ScanOwner;
use yichuang_desk::{Desk, DeskError};
use yichuang_domain::numbering::CaseNumber;

use super::guide::read;
use super::output::Done;
use crate::ipc::failure::Failure;
use crate::shell::Shell;

#[derive(Args)]
pub(crate) struct Arguments {
    /// 办件编号
    case: String,
    /// 材料的编号或名称
    material: String,
    /// 扫描件
    file: PathBuf,
    /// 以谁的名义：人员的姓名（PIN从标准输入读一行）；演练档案可不给
    #[arg(long)]
    clerk: Option<String>,
}

/// Adds it, as somebody who can sign in.
pub(crate) fn run(shell: &Shell, arguments: &Arguments) -> Result<Done, Failure> {
    let desk = shell.open_made()?;
    sign_in(&desk, arguments.clerk.as_deref())?;
    let not_found = || DeskError::NotFound { what: "这件办件" };
    let number = CaseNumber::try_from(arguments.case.clone()).map_err(|_| not_found())?;
    let case = desk.store().case_numbered(&number)?.ok_or_else(not_found)?;
    let wanted = &arguments.material;
    let named = case.materials.iter().map(|m| &m.material);
    let found = named.clone().find(|m| m.id == *wanted).or_else(|| {
        let mut named = named.filter(|m| m.name == *wanted);
        named.next()
    });
    let material = found.map_or(wanted.clone(), |m| m.id.clone());
    let bytes = read(&arguments.file)?;
    let name = arguments.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let owner = ScanOwner::Case { id: case.id.to_string() };
    let scans = shell.acted(desk.add_scan(&owner, &material, &name, &bytes))?;
    let text = format!("已添加，这件办件共{}份扫描件", scans.len());
    Ok(Done::new(json!({ "ok": true, "scans": scans }), text))
}

fn sign_in(desk: &Desk, clerk: Option<&str>) -> Result<(), Failure> {
    let Some(clerk) = clerk else { return Ok(desk.sign_in_practice_clerk()?) };
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    read.map_err(|error| Failure::failed("input", format!("无法读取PIN：{error}")))?;
    Ok(desk.sign_in_named(clerk, line.trim())?)
}
