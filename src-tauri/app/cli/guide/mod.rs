//! `yichuang guide check|import|info|review|changes|calendar|template|export|search|sheet`.

mod advice;
mod files;
mod source;
mod standing;

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;
use yichuang_desk::DeskError;
use yichuang_desk::guide::check;
use yichuang_guide::CheckedPackage;

use self::source::{Refused, Source};
use super::output::{self, Done};
use crate::ipc::failure::Failure;
use crate::shell::Shell;

pub(crate) use self::files::read;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// 检查指南，逐条列出错误，不作任何改动
    Check(Source),
    /// 检查并启用指南；有一处错误就什么都不改
    Import(Source),
    /// 正在使用的指南：版本、日期、来源、是否过时
    Info,
    /// 指南体检：列出容易绊住群众和窗口的地方（不给文件则检查正在使用的版本）
    Review(advice::Review),
    /// 与上一版相比有哪些变化，涉及哪些在办件，哪些期限重算了
    Changes,
    /// 换上放假通知公布的年度日历，成为下一版指南
    Calendar(advice::Calendar),
    /// 写一份空白的填写模板（.xlsx）
    Template {
        /// 写到哪个文件
        file: PathBuf,
    },
    /// 把正在使用的指南导出为工作簿（.xlsx），表格文件放在旁边
    Export {
        /// 写到哪个文件
        file: PathBuf,
    },
    /// 查找事项：汉字片段、拼音、首字母或实施编码
    Search {
        /// 查找内容
        text: String,
        /// 最多列出几项
        #[arg(long, default_value_t = 20)]
        limit: usize,
    },
    /// 生成一次性告知单（咨询用，不留办件记录）
    Sheet(super::sheet::Arguments),
}

pub(crate) fn run(shell: &Shell, command: Command) -> Result<Done, Failure> {
    match command {
        Command::Check(source) => match source.load(shell) {
            Ok(loaded) => checked(&loaded),
            Err(Refused::Problems(failure)) => Ok(failed_check(&failure)),
            Err(Refused::Failed(failure)) => Err(failure),
        },
        Command::Import(source) => {
            let loaded = source.load(shell).map_err(Refused::into_failure)?;
            let checked = shell.open(None)?.import_guide(&loaded.bytes)?;
            Ok(summary(&checked, &loaded, "已启用"))
        }
        Command::Info => {
            standing::info(&shell.open_or_make()?.guide_view()?.ok_or(DeskError::NoGuide)?)
        }
        Command::Review(arguments) => advice::review(shell, &arguments),
        Command::Changes => advice::changes(shell),
        Command::Calendar(arguments) => advice::calendar(shell, &arguments),
        Command::Template { file } => {
            let bytes = yichuang_exchange::workbook::template().map_err(source::unwritable)?;
            files::write_new(&file, &bytes)?;
            let text = format!("模板已写到{}", file.display());
            Ok(Done::new(json!({ "ok": true, "file": file }), text))
        }
        Command::Export { file } => files::export(shell, &file),
        Command::Search { text, limit } => {
            let hits = shell.open_or_make()?.search(&text, limit)?;
            let lines: Vec<_> = hits
                .iter()
                .map(|hit| {
                    let mark = hit.not_in_force.map(|why| format!("  【{}】", why.label()));
                    let mark = mark.unwrap_or_default();
                    format!("{}  {}  {}{mark}", hit.code, hit.name, hit.department)
                })
                .collect();
            Ok(Done::new(json!(hits), lines.join("\n")))
        }
        Command::Sheet(arguments) => super::sheet::run(shell, &arguments),
    }
}

/// A package with faults is a check that failed (exit 1), not a command that was refused.
fn checked(loaded: &source::Loaded) -> Result<Done, Failure> {
    match check(&loaded.bytes) {
        Ok(checked) => Ok(summary(&checked, loaded, "检查通过")),
        Err(error) => Ok(failed_check(&Failure::from(error))),
    }
}

fn failed_check(failure: &Failure) -> Done {
    output::complain(failure);
    let json = json!({ "ok": false, "problems": failure.details["problems"] });
    Done { json, text: String::new(), in_order: false }
}

fn summary(checked: &CheckedPackage, loaded: &source::Loaded, word: &str) -> Done {
    let package = &checked.package;
    // What was read from cells is told of the cells.
    let (problems, lines): (_, Vec<String>) = match &loaded.warnings {
        Some(warnings) => {
            let lines = warnings.iter().map(|w| format!("\n  提醒 {w}"));
            (json!(warnings), lines.collect())
        }
        None => {
            let lines =
                checked.warnings.iter().map(|w| format!("\n  提醒 {}：{}", w.place, w.message));
            (json!(checked.warnings), lines.collect())
        }
    };
    let text = format!(
        "{word}：{}办事指南第{}版（{}），{}个事项{}",
        package.region.name,
        package.release,
        package.issued_on,
        package.matters.len(),
        lines.concat()
    );
    let json = json!({
        "ok": true,
        "release": package.release,
        "issued_on": package.issued_on,
        "matters": package.matters.len(),
        "digest": checked.digest,
        "problems": problems,
    });
    Done::new(json, text)
}
