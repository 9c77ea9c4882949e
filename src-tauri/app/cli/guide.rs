//! `yichuang guide check|import|info|search|sheet`.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::json;
use yichuang_desk::DeskError;
use yichuang_desk::guide::check;
use yichuang_desk::view::{GuideOrigin, GuideView};
use yichuang_guide::CheckedPackage;

use super::output::Done;
use crate::ipc::failure::Failure;
use crate::shell::Shell;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// 检查指南包，逐条列出错误，不作任何改动
    Check {
        /// 指南包
        file: PathBuf,
    },
    /// 检查并启用指南包
    Import {
        /// 指南包
        file: PathBuf,
    },
    /// 正在使用的指南：版本、日期、来源、是否过时
    Info,
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

/// Reads a file given on the command line.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |source| DeskError::File { path: path.display().to_string(), source };
    Ok(std::fs::read(path).map_err(failed)?)
}

pub(crate) fn run(shell: &Shell, command: Command) -> Result<Done, Failure> {
    match command {
        Command::Check { file } => check_file(&file),
        Command::Import { file } => {
            let checked = shell.open(None)?.import_guide(&read(&file)?)?;
            Ok(summary(&checked, "已启用"))
        }
        Command::Info => info(&shell.open_or_make()?.guide_view()?.ok_or(DeskError::NoGuide)?),
        Command::Search { text, limit } => {
            let hits = shell.open_or_make()?.search(&text, limit)?;
            let lines: Vec<_> = hits
                .iter()
                .map(|hit| format!("{}  {}  {}", hit.code, hit.name, hit.department))
                .collect();
            Ok(Done::new(json!(hits), lines.join("\n")))
        }
        Command::Sheet(arguments) => super::sheet::run(shell, &arguments),
    }
}

/// What is known of the release in use. A stale one is a check that failed.
fn info(guide: &GuideView) -> Result<Done, Failure> {
    let origin = match guide.origin {
        GuideOrigin::Bundled => "随程序附带",
        GuideOrigin::File => "从文件导入",
        GuideOrigin::Hub => "由大厅中心下发",
    };
    let kind = if guide.sample { "示例数据，不是正式清单" } else { "正式" };
    let state = guide.stale.as_ref().map_or("有效", |stale| &stale.message);
    let text = format!(
        "{}办事指南第{}版\n  发布日期 {}（{}天前）\n  事项     {}个（{kind}）\n  来源     {origin}\n  \
         启用时间 {}\n  摘要     {}\n  状态     {state}",
        guide.region,
        guide.release,
        guide.issued_on,
        guide.age_days,
        guide.matters,
        guide.since,
        guide.digest,
    );
    Ok(Done { json: json!(guide), text, in_order: guide.stale.is_none() })
}

/// A package with faults is a check that failed (exit 1), not a command that was refused.
fn check_file(file: &Path) -> Result<Done, Failure> {
    match check(&read(file)?) {
        Ok(checked) => Ok(summary(&checked, "检查通过")),
        Err(error) => {
            let failure = Failure::from(error);
            super::output::complain(&failure);
            let problems = &failure.details["problems"];
            let json = json!({ "ok": false, "problems": problems });
            Ok(Done { json, text: String::new(), in_order: false })
        }
    }
}

fn summary(checked: &CheckedPackage, word: &str) -> Done {
    let package = &checked.package;
    let warnings: Vec<_> =
        checked.warnings.iter().map(|w| format!("\n  提醒 {}：{}", w.place, w.message)).collect();
    let text = format!(
        "{word}：{}办事指南第{}版（{}），{}个事项{}",
        package.region.name,
        package.release,
        package.issued_on,
        package.matters.len(),
        warnings.concat()
    );
    let json = json!({
        "ok": true,
        "release": package.release,
        "issued_on": package.issued_on,
        "matters": package.matters.len(),
        "digest": checked.digest,
        "problems": checked.warnings,
    });
    Done::new(json, text)
}
