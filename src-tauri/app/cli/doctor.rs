//! `yichuang doctor`: is this machine ready for a day at the counter?

use serde_json::json;
use yichuang_desk::DeskError;
use yichuang_domain::away::AwayLevel;
use yichuang_storage::key::{self, KeyPlace};

use super::output::Done;
use crate::ipc::failure::Failure;
use crate::paths;
use crate::shell::Shell;

/// One thing looked at.
struct Finding {
    name: &'static str,
    ok: bool,
    message: String,
}

fn finding(name: &'static str, result: Result<String, Failure>) -> Finding {
    match result {
        Ok(message) => Finding { name, ok: true, message },
        Err(failure) => {
            let message = format!("{}（{}）", failure.message, failure.code);
            Finding { name, ok: false, message }
        }
    }
}

/// Looks at everything a window needs. Changes nothing but a folder that is not there yet.
pub(crate) fn run(shell: &Shell) -> Done {
    let findings = [
        finding("data", data(shell)),
        finding("key", protection(shell)),
        finding("database", database(shell)),
        finding("guide", guide(shell)),
        finding("fonts", fonts(shell)),
        finding("printers", printers(shell)),
        finding("hub", hub(shell)),
        finding("away", away(shell)),
        finding("clock", clock(shell)),
    ];
    let lines: Vec<_> = findings
        .iter()
        .map(|f| format!("{} {:<9} {}", if f.ok { "✓" } else { "✗" }, f.name, f.message))
        .collect();
    let checks: Vec<_> = findings
        .iter()
        .map(|f| json!({ "name": f.name, "ok": f.ok, "message": f.message }))
        .collect();
    let in_order = findings.iter().all(|f| f.ok);
    Done { json: json!({ "ok": in_order, "checks": checks }), text: lines.join("\n"), in_order }
}

fn data(shell: &Shell) -> Result<String, Failure> {
    let folder = shell.folder();
    let failed = |source| DeskError::File { path: folder.display().to_string(), source };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let probe = folder.join(format!(".probe-{}", std::process::id()));
    std::fs::write(&probe, b"").map_err(failed)?;
    std::fs::remove_file(&probe).map_err(failed)?;
    Ok(format!("数据目录可写：{}", folder.display()))
}

fn protection(shell: &Shell) -> Result<String, Failure> {
    shell.open_or_make()?;
    let place = key::place(shell.folder()).map_err(yichuang_storage::StorageError::from)?;
    Ok(match place {
        KeyPlace::Keyring => "密钥保存在系统钥匙串",
        KeyPlace::Passphrase => "密钥文件由启动口令保护",
        KeyPlace::Unprotected => "密钥文件没有启动口令，只靠文件权限保护，正式使用前请设置",
        KeyPlace::None => "还没有密钥",
    }
    .to_owned())
}

fn database(shell: &Shell) -> Result<String, Failure> {
    let desk = shell.open_or_make()?;
    desk.store().check_file()?;
    let report = desk.store().audit()?;
    match report.findings.first() {
        None => Ok(format!("数据库完好，{}件办件", report.cases)),
        Some(first) => Err(Failure::failed("audit", format!("{}：{}", first.place, first.message))),
    }
}

fn guide(shell: &Shell) -> Result<String, Failure> {
    let guide = shell.open_or_make()?.guide_view()?.ok_or(DeskError::NoGuide)?;
    let sample = if guide.sample { "（示例数据）" } else { "" };
    let which = format!("指南第{}版{sample}，{}个事项", guide.release, guide.matters);
    match guide.stale {
        None => Ok(format!("{which}，{}发布", guide.issued_on)),
        Some(stale) => Err(Failure::failed(&stale.code, format!("{which}。{}", stale.message))),
    }
}

fn fonts(shell: &Shell) -> Result<String, Failure> {
    shell.open_or_make()?.warm_up()?;
    Ok(format!("文书字体齐全：{}", paths::fonts_folder().display()))
}

/// A window without a printer can still save papers as PDF: worth saying, no fault.
fn printers(shell: &Shell) -> Result<String, Failure> {
    Ok(match shell.open_or_make()?.printers() {
        Ok(printers) if printers.is_empty() => "没有打印机，文书可另存为PDF".to_owned(),
        Ok(printers) => format!("{}台打印机", printers.len()),
        Err(error) => format!("{error}；文书可另存为PDF"),
    })
}

/// A window that is away for too long: what is to be done, and that work goes on.
fn away(shell: &Shell) -> Result<String, Failure> {
    let desk = shell.open_or_make()?;
    desk.see_clock()?;
    let away = desk.away()?;
    match away.level {
        AwayLevel::Confirm => Err(Failure::failed("away-too-long", away.words)),
        AwayLevel::Warn => Ok(away.words),
        AwayLevel::Fine => Ok(match (away.policy, away.days) {
            (None, _) => "本站没有离网限度".to_owned(),
            (Some(_), Some(days)) => format!("离上次与大厅中心交换{days}天，在限度之内"),
            (Some(_), None) => "还没有与大厅中心交换过".to_owned(),
        }),
    }
}

/// A clock that can't be right files cases under days and numbers that are not.
fn clock(shell: &Shell) -> Result<String, Failure> {
    let desk = shell.open_or_make()?;
    let away = desk.away()?;
    match away.clock.is_empty() {
        true => Ok(format!("电脑的日期是{}", desk.clock().today())),
        false => Err(Failure::failed("clock-doubtful", away.clock)),
    }
}

/// A window that joined no hub practises: worth saying, no fault.
fn hub(shell: &Shell) -> Result<String, Failure> {
    let store = shell.open_or_make()?.store().clone();
    let Some(enrolment) = store.enrolment()? else {
        return Ok("未加入大厅中心，只能演练".to_owned());
    };
    let waiting = store.unsent_events()? + store.unsent_help()?;
    Ok(format!("已加入{}（{}），未上传{waiting}条", enrolment.hall, enrolment.hub_url))
}
