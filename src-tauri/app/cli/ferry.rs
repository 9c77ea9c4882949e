//! `yichuang ferry`: what is unsent out in a file, and the hub's answer in.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::json;
use yichuang_protocol::ferry::SCAN_BYTES;
use yichuang_sync::ferry::{Loaded, Unloaded};

use super::output::Done;
use super::watch::watched;
use crate::ferry;
use crate::ipc::failure::Failure;
use crate::shell::Shell;

const MEGABYTE: u64 = 1_000_000;

#[derive(Subcommand)]
pub(crate) enum Ferry {
    /// 把未上传的办件和扫描件写成一份加密的摆渡文件
    Export {
        /// 写到哪里，如 U 盘上的 窗口03.ferry
        file: PathBuf,
        /// 最多带多少扫描件（MB，0 为不带）；不给则能带多少带多少
        #[arg(long, value_name = "MB")]
        scans: Option<u64>,
    },
    /// 导入大厅中心给出的回执文件
    Import {
        /// 回执文件
        file: PathBuf,
    },
}

/// Carries what is unsent in a file, and brings the answer home.
pub(crate) fn run(shell: &Shell, command: Ferry) -> Result<Done, Failure> {
    match command {
        Ferry::Export { file, scans } => export(shell, &file, scans),
        Ferry::Import { file } => import(shell, &file),
    }
}

fn export(shell: &Shell, file: &Path, scans: Option<u64>) -> Result<Done, Failure> {
    let desk = shell.open_or_make()?;
    let most = scans.map_or(SCAN_BYTES, |mb| mb.saturating_mul(MEGABYTE).min(SCAN_BYTES));
    let loaded = watched(|progress| ferry::write_file(&desk, file, most, progress))?;
    let Loaded { events, help, scans: aboard, .. } = loaded;
    let mut text = format!("已写入{events}条记录");
    if help > 0 {
        text.push_str(&format!("、{help}条帮您办记录"));
    }
    if aboard.scans > 0 {
        let megabytes = aboard.scan_bytes as f64 / MEGABYTE as f64;
        text.push_str(&format!("、{}份扫描件（{megabytes:.1} MB）", aboard.scans));
    }
    text.push_str("，只有大厅中心能打开。收到回执前，这些办件仍算未上传");
    if aboard.scans_left > 0 {
        text.push_str(&format!(
            "\n  还有{}份扫描件放不下：导入回执后再导出一份带过去",
            aboard.scans_left
        ));
    }
    if aboard.scans_unreadable > 0 {
        text.push_str(&format!(
            "\n  有{}份扫描件在本机已损坏或找不到，没有带上：请重新扫描",
            aboard.scans_unreadable
        ));
    }
    Ok(Done { json: json!(loaded), text, in_order: aboard.scans_unreadable == 0 })
}

fn import(shell: &Shell, file: &Path) -> Result<Done, Failure> {
    let desk = shell.open_or_make()?;
    let (opened, len) = ferry::open_answer(file)?;
    let unloaded =
        watched(|progress| ferry::take_answer(&desk, opened, len, shell.folder(), progress))?;
    let Unloaded { report, stale, scans_refused } = &unloaded;
    let mut text =
        format!("回执已导入：大厅中心已收到至第{}条，取回{}条", report.acknowledged, report.pulled);
    if report.attachments.arrived > 0 {
        text.push_str(&format!("，{}份扫描件已到", report.attachments.arrived));
    }
    if report.hub_was_behind {
        text = "大厅中心恢复过旧备份，缺少本机早先上传的记录：请重新导出一份摆渡文件".to_owned();
    }
    if *stale {
        text.push_str("\n  这份回执比本机已知的还早，没有新内容");
    }
    if report.rejected > 0 {
        text.push_str(&format!("\n  其中{}条被退回，详见“上传”", report.rejected));
    }
    if *scans_refused > 0 {
        text.push_str(&format!("\n  有{scans_refused}份扫描件大厅中心没有收下，详见办件页"));
    }
    let in_order = report.rejected == 0
        && *scans_refused == 0
        && !report.hub_was_behind
        && report.guide_trouble.is_none();
    Ok(Done { json: json!(unloaded), text, in_order })
}
