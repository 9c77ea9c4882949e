//! What the program says about a guide beyond whether it can be used: the health check, what
//! changed, and the next year of the calendar.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use yichuang_desk::guide::check;
use yichuang_desk::renewal::Renewal;
use yichuang_guide::{Change, ChangeKind, Finding, Weight};

use super::super::output::Done;
use super::files::{read, write_new};
use super::source::unwritable;
use crate::ipc::failure::Failure;
use crate::shell::Shell;

#[derive(Args)]
pub(crate) struct Review {
    /// 指南包（.json）
    file: Option<PathBuf>,
    /// 另写成工作簿（.xlsx），便于分给各部门修改
    #[arg(long, value_name = "FILE")]
    workbook: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Calendar {
    /// 年度日历（.json）：year、status、source、holidays、workdays
    file: PathBuf,
    /// 只把新版指南写到这个文件，不启用（供大厅中心发布）
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// A guide with something that must be mended is a check that failed.
pub(super) fn review(shell: &Shell, arguments: &Review) -> Result<Done, Failure> {
    let desk = shell.open_or_make()?;
    let findings = match &arguments.file {
        Some(file) => desk.review_package(&check(&read(file)?)?.package)?,
        None => desk.review_guide()?,
    };
    if let Some(path) = &arguments.workbook {
        let bytes = yichuang_exchange::workbook::findings(&findings).map_err(unwritable)?;
        write_new(path, &bytes)?;
    }
    let count = |weight| findings.iter().filter(|f| f.weight == weight).count();
    let counts = [Weight::Must, Weight::Should, Weight::Note]
        .map(|weight| format!("{}{}处", weight.label(), count(weight)));
    let mut text = format!("指南体检：{}", counts.join("，"));
    for finding in &findings {
        text.push_str(&line(finding));
    }
    let in_order = count(Weight::Must) == 0;
    Ok(Done { json: json!({ "ok": in_order, "findings": findings }), text, in_order })
}

fn line(finding: &Finding) -> String {
    let Finding { weight, subject, message, source, place, .. } = finding;
    format!("\n  {}  {subject}：{message}\n          {place}（{source}）", weight.label())
}

pub(super) fn changes(shell: &Shell) -> Result<Done, Failure> {
    let renewal = shell.open_or_make()?.renewal()?;
    Ok(match &renewal {
        None => Done::new(
            json!({ "changes": [] }),
            "本机只用过这一版指南，没有可以对比的旧版".to_owned(),
        ),
        Some(renewal) => Done::new(json!(renewal), told(renewal)),
    })
}

fn told(renewal: &Renewal) -> String {
    let Renewal { from, to, changes, touched, recounted } = renewal;
    let mut text = format!("第{from}版 → 第{to}版，共{}处变化", changes.len());
    for change in changes {
        text.push_str(&change_told(change));
        let cases = touched.get(&change.id).into_iter().flatten();
        for case in cases {
            text.push_str(&format!(
                "\n      在办件 {} {} 仍按收件时的版本办理",
                case.number, case.applicant
            ));
        }
    }
    for moved in recounted {
        let (number, was, on) = (&moved.case.number, &moved.was, &moved.on);
        text.push_str(&format!("\n  期限重算  {number}：{was} → {on}"));
    }
    text
}

fn change_told(change: &Change) -> String {
    let word = match change.kind {
        ChangeKind::Added => "新增",
        ChangeKind::Removed => "取消",
        ChangeKind::Changed => "调整",
    };
    let mut text = format!("\n  {word}  {}", change.name);
    for detail in &change.details {
        let side = |value: &Option<String>| value.clone().unwrap_or_else(|| "—".to_owned());
        text.push_str(&format!(
            "\n      {}：{} → {}",
            detail.what,
            side(&detail.before),
            side(&detail.after)
        ));
    }
    text
}

pub(super) fn calendar(shell: &Shell, arguments: &Calendar) -> Result<Done, Failure> {
    let desk = shell.open_or_make()?;
    let next = desk.with_calendar_year(&read(&arguments.file)?)?;
    let release = next.package.release;
    if let Some(path) = &arguments.out {
        write_new(path, next.text.as_bytes())?;
        let text = format!("第{release}版指南已写到{}，尚未启用", path.display());
        return Ok(Done::new(json!({ "ok": true, "release": release, "file": path }), text));
    }
    desk.import_guide(next.text.as_bytes())?;
    let recounted = desk.renewal()?.map(|renewal| renewal.recounted).unwrap_or_default();
    let mut text = format!("已启用第{release}版指南，{}件在办件的期限重算", recounted.len());
    for moved in &recounted {
        text.push_str(&format!("\n  {}：{} → {}", moved.case.number, moved.was, moved.on));
    }
    Ok(Done::new(json!({ "ok": true, "release": release, "recounted": recounted }), text))
}
