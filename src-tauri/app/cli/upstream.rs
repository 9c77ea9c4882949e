//! `yichuang enrol`, `yichuang sync` and `yichuang status`.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use clap::Args;
use serde_json::json;
use yichuang_domain::away::AwayLevel;
use yichuang_domain::beijing;

use super::guide::read;
use super::output::Done;
use crate::ipc::failure::Failure;
use crate::shell::Shell;
use crate::upstream;

/// How the window stands with its hub. One that is away for too long is a check that failed
/// (exit 1); it goes on working all the same.
pub(crate) fn status(shell: &Shell) -> Result<Done, Failure> {
    let desk = shell.open_made()?;
    desk.see_clock().map_err(Failure::from)?;
    let status = shell.upstream_status()?;
    let Some(hub) = &status.hub else {
        return Ok(Done::new(json!(status), "未加入大厅中心，只能演练"));
    };
    let last = desk.store().sync_state()?.last_sync;
    let last = last.map_or_else(|| "还没有过".to_owned(), beijing::written);
    let mut text = format!(
        "已加入{hub}\n  未上传{}件（{}条记录），{}份扫描件未传完，{}条帮您办记录未上传\n  上次上传完成：{last}",
        status.unsent_cases, status.unsent_events, status.scans_waiting, status.unsent_help
    );
    for words in [&status.away.words, &status.away.clock] {
        if !words.is_empty() {
            text.push_str(&format!("\n  {words}"));
        }
    }
    let in_order = status.away.level != AwayLevel::Confirm;
    Ok(Done { json: json!(status), text, in_order })
}

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
