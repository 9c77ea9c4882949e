//! `yichuang enrol`, `yichuang sync` and `yichuang ferry`.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use clap::{Args, Subcommand};
use serde_json::json;

use super::guide::read;
use super::output::Done;
use crate::ipc::failure::Failure;
use crate::shell::Shell;
use crate::{ferry, upstream};

#[derive(Args)]
pub(crate) struct Enrol {
    /// 中心地址，如 https://hub.example:7400（本机可用 http://127.0.0.1:…）
    #[arg(long, value_name = "URL")]
    hub: String,
    /// 一次性入网码
    #[arg(long)]
    code: String,
    /// 自建证书机构的证书（PEM）
    #[arg(long, value_name = "FILE")]
    authority: Option<PathBuf>,
}

/// Joins a hub.
pub(crate) fn enrol(shell: &Shell, arguments: &Enrol) -> Result<Done, Failure> {
    let authority = arguments.authority.as_deref().map(read).transpose()?;
    let authority = authority.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    shell.join_hub(&arguments.hub, &arguments.code, authority.as_deref())?;
    let desk = shell.desk()?;
    let profile = desk.profile()?;
    let trial = profile.mode.is_practice();
    let word = if trial { "（演练）" } else { "" };
    let text = format!("已加入{}{word}，{}站{}窗口", profile.hall, profile.station, profile.window);
    Ok(Done::new(json!({ "ok": true, "profile": profile }), text))
}

/// Sends and fetches everything now. Refused items and a guide release that could not be taken
/// are a check that failed (exit 1): the rest went through.
pub(crate) fn sync(shell: &Shell) -> Result<Done, Failure> {
    let desk = shell.open_or_make()?;
    let stop = AtomicBool::new(false);
    let mut report = upstream::sync(&desk, &stop)?;
    while report.attachments.more {
        let next = upstream::sync(&desk, &stop)?;
        report.guide_taken = next.guide_taken.or(report.guide_taken);
        report.attachments = next.attachments;
    }
    let status = shell.upstream_status()?;
    let mut text = format!("已与{}同步", status.hub.as_deref().unwrap_or_default());
    if let Some(release) = report.guide_taken {
        text.push_str(&format!("\n  办事指南已更新为第{release}版"));
    }
    if let Some(code) = report.roster_trouble {
        text.push_str(&format!("\n  设备名册未能更新，核验文书仍按原名册（{code}）"));
    }
    if let Some(trouble) = &status.guide_failure {
        text.push_str(&format!("\n  {}（{}）", trouble.message, trouble.code));
    }
    for parked in &status.parked {
        text.push_str(&format!(
            "\n  {}被拒：{}（{} {}）",
            parked.number, parked.message, parked.code, parked.field
        ));
    }
    if status.scans_waiting > 0 {
        text.push_str(&format!("\n  还有{}份扫描件未传完", status.scans_waiting));
        if let Some(code) = report.attachments.trouble {
            text.push_str(&format!("，下次自动续传（{code}）"));
        }
    }
    let in_order = status.parked.is_empty() && status.guide_failure.is_none();
    Ok(Done { json: json!(status), text, in_order })
}

#[derive(Subcommand)]
pub(crate) enum Ferry {
    /// 把未上传的办件写成一份加密的摆渡文件
    Export {
        /// 写到哪里，如 U 盘上的 窗口03.ferry
        file: PathBuf,
    },
    /// 导入大厅中心给出的回执文件
    Import {
        /// 回执文件
        file: PathBuf,
    },
}

/// Carries what is unsent in a file, and brings the answer home.
pub(crate) fn ferry(shell: &Shell, command: Ferry) -> Result<Done, Failure> {
    let desk = shell.open_or_make()?;
    match command {
        Ferry::Export { file } => {
            let loaded = ferry::write_file(&desk, &file)?;
            let text = format!(
                "已写入{}条记录，只有大厅中心能打开。收到回执前，这些办件仍算未上传",
                loaded.events
            );
            Ok(Done::new(json!(loaded), text))
        }
        Ferry::Import { file } => {
            let opened = std::fs::File::open(&file).map_err(|error| {
                let message = format!("文件“{}”无法读取：{error}", file.display());
                Failure::refused("file", Some("file"), message)
            })?;
            let unloaded = ferry::take_answer(&desk, opened)?;
            let report = &unloaded.report;
            let mut text = format!(
                "回执已导入：大厅中心已收到至第{}条，取回{}条",
                report.acknowledged, report.pulled
            );
            if report.hub_was_behind {
                text = "大厅中心恢复过旧备份，缺少本机早先上传的记录：请重新导出一份摆渡文件"
                    .to_owned();
            }
            if unloaded.stale {
                text.push_str("\n  这份回执比本机已知的还早，没有新内容");
            }
            if report.rejected > 0 {
                text.push_str(&format!("\n  其中{}条被退回，详见“上传”", report.rejected));
            }
            let in_order =
                report.rejected == 0 && !report.hub_was_behind && report.guide_trouble.is_none();
            Ok(Done { json: json!(unloaded), text, in_order })
        }
    }
}
