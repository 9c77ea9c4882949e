//! `yichuang templates`: what the papers of this window say.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;
use yichuang_desk::templates::{Author, NewEdition, Restored, written};
use yichuang_desk::{Desk, DeskError};
use yichuang_documents::Format;
use yichuang_documents::template::{Finding, Situation};
use yichuang_domain::document::DocumentKind;

use super::guide::read;
use super::output::Done;
use crate::ipc::failure::Failure;
use crate::shell::Shell;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// 列出各种文书，标出改过的
    List,
    /// 导出正在使用的模板；不给文件则输出到屏幕
    Export {
        /// 写到哪个文件
        file: Option<PathBuf>,
    },
    /// 检查一套模板，逐条列出问题，不作任何改动；有问题以1结束
    Check {
        /// 模板文件（.json）
        file: PathBuf,
    },
    /// 按一套模板生成一份样张（PDF），不存档、不编号
    Preview(Preview),
    /// 检查并启用一套模板，成为新的一版；有一处问题就什么都不改
    Install {
        /// 模板文件（.json）
        file: PathBuf,
        /// 版本说明
        #[arg(long, default_value = "")]
        note: String,
    },
    /// 恢复出厂模板，成为新的一版：全部，或者一种文书、公用部分
    Restore {
        /// 文书代号（见 list），或 shared（页眉、徽标、文号、公用片段）；不给则全部恢复
        kind: Option<String>,
        /// 版本说明
        #[arg(long, default_value = "")]
        note: String,
    },
    /// 列出各版：何时、由谁启用
    Editions {
        /// 重新启用其中一版，成为新的一版
        #[arg(long, value_name = "N")]
        reuse: Option<u32>,
    },
}

#[derive(Args)]
pub(crate) struct Preview {
    /// 模板文件（.json）
    file: PathBuf,
    /// 文书代号（见 list）
    #[arg(long)]
    kind: String,
    /// 纸张
    #[arg(long, value_enum, default_value_t = Sheet::A4)]
    sheet: Sheet,
    /// 样张的情形，如 容缺材料=有,视为受理=是
    #[arg(long, value_name = "名称=值,…", default_value = "")]
    situation: String,
    /// 存放位置
    #[arg(short, long, value_name = "FILE.pdf")]
    out: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Sheet {
    A4,
    A5,
    Roll,
}

impl From<Sheet> for Format {
    fn from(sheet: Sheet) -> Self {
        match sheet {
            Sheet::A4 => Self::A4,
            Sheet::A5 => Self::A5,
            Sheet::Roll => Self::Roll80,
        }
    }
}

pub(crate) fn run(shell: &Shell, command: Command) -> Result<Done, Failure> {
    let desk = shell.open_or_make()?;
    match command {
        Command::List => list(&desk),
        Command::Export { file } => export(&desk, file.as_deref()),
        Command::Check { file } => Ok(checked(&desk.check_templates(&text(&file)?)?)),
        Command::Preview(arguments) => preview(&desk, &arguments),
        Command::Install { file, note } => {
            let edition = desk.install_templates(&text(&file)?, &by_command(&note))?;
            Ok(installed(edition))
        }
        Command::Restore { kind, note } => {
            let what = match kind.as_deref() {
                None => Restored::All,
                Some("shared") => Restored::Shared,
                Some(name) => Restored::Kind { kind: kind_of(name)? },
            };
            Ok(installed(desk.restore_templates(what, &by_command(&note))?))
        }
        Command::Editions { reuse: Some(edition) } => {
            let note = format!("恢复第{edition}版");
            Ok(installed(desk.reuse_templates(edition, &by_command(&note))?))
        }
        Command::Editions { reuse: None } => editions(&desk),
    }
}

fn by_command(note: &str) -> NewEdition<'_> {
    NewEdition { author: Author::CommandLine, note, base: None }
}

fn text(file: &Path) -> Result<String, Failure> {
    String::from_utf8(read(file)?).map_err(|_| {
        let message = "模板文件不是UTF-8文字，请用编辑器另存为UTF-8";
        Failure::refused("templates-not-text", Some("file"), message)
    })
}

fn kind_of(name: &str) -> Result<DocumentKind, Failure> {
    let kind = DocumentKind::ALL.iter().find(|kind| kind.as_str() == name);
    kind.copied().ok_or_else(|| {
        let message = format!("没有代号为“{name}”的文书，代号见 yichuang templates list");
        Failure::refused("unknown-kind", Some("kind"), message)
    })
}

fn situation(text: &str) -> Result<Situation, Failure> {
    let mut situation = Situation::new();
    for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let Some((name, value)) = pair.split_once('=') else {
            let message = format!("“{pair}”不是“名称=值”的形式，如 容缺材料=有");
            return Err(Failure::refused("bad-situation", Some("situation"), message));
        };
        situation.insert(name.trim().to_owned(), value.trim().to_owned());
    }
    Ok(situation)
}

fn list(desk: &Desk) -> Result<Done, Failure> {
    let view = desk.templates_view()?;
    let mut lines = vec![match view.edition {
        0 => "正在使用出厂模板".to_owned(),
        edition => format!("正在使用第{edition}版"),
    }];
    let mark = |changed: bool| if changed { "  已改" } else { "" };
    lines.push(format!("shared  公用部分{}", mark(view.shared_changed)));
    let line = |k: &yichuang_desk::templates::TemplateKindView| {
        format!("{}  {}{}", k.kind.as_str(), k.title, mark(k.changed))
    };
    lines.extend(view.kinds.iter().map(line));
    let json = json!({
        "edition": view.edition, "shared_changed": view.shared_changed, "kinds": view.kinds,
    });
    Ok(Done::new(json, lines.join("\n")))
}

fn export(desk: &Desk, file: Option<&Path>) -> Result<Done, Failure> {
    let view = desk.templates_view()?;
    let text = written(&view.set)?;
    let Some(file) = file else {
        return Ok(Done::new(json!(view.set), text));
    };
    write(file, text.as_bytes())?;
    let (path, edition) = (file.display().to_string(), view.edition);
    let text = format!("模板已写到{path}");
    Ok(Done::new(json!({ "file": path, "edition": edition }), text))
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |source| DeskError::Unwritable { path: file.display().to_string(), source };
    Ok(std::fs::write(file, bytes).map_err(failed)?)
}

fn checked(findings: &[Finding]) -> Done {
    let line = |f: &Finding| format!("  {}：{}（{}）", f.whereabouts(), f.message, f.path);
    let text = match findings.len() {
        0 => "没有发现问题".to_owned(),
        n => {
            let lines: Vec<_> = findings.iter().map(line).collect();
            format!("有{n}处问题：\n{}", lines.join("\n"))
        }
    };
    Done { json: json!({ "findings": findings }), text, in_order: findings.is_empty() }
}

fn preview(desk: &Desk, arguments: &Preview) -> Result<Done, Failure> {
    let kind = kind_of(&arguments.kind)?;
    let situation = situation(&arguments.situation)?;
    let set = text(&arguments.file)?;
    let pdf = desk.preview_template(&set, kind, arguments.sheet.into(), &situation)?;
    write(&arguments.out, &pdf.bytes)?;
    let (file, pages) = (arguments.out.display().to_string(), pdf.pages);
    let text = format!("已生成《{}》样张：{file}，{pages}页", kind.title());
    Ok(Done::new(json!({ "file": file, "pages": pages }), text))
}

fn installed(edition: u32) -> Done {
    let text = format!("已启用，为第{edition}版；此前出具的文书不变");
    Done::new(json!({ "edition": edition }), text)
}

fn editions(desk: &Desk) -> Result<Done, Failure> {
    let editions = desk.template_editions()?;
    let line = |e: &yichuang_desk::templates::TemplateEditionView| {
        let what = if e.own { "（出厂模板）" } else { "" };
        let used = if e.in_use { "  正在使用" } else { "" };
        format!("第{}版{what}  {}  {}  {}{used}", e.edition, e.at, e.by, e.note)
    };
    let text: Vec<_> = editions.iter().map(line).collect();
    let text =
        if text.is_empty() { "一直使用出厂模板".to_owned() } else { text.join("\n") };
    Ok(Done::new(json!({ "editions": editions }), text))
}

#[cfg(test)]
mod tests {
    use super::{kind_of, situation};

    #[test]
    fn a_situation_is_pairs() {
        let read = situation(" 容缺材料=有, 视为受理 = 是,").unwrap();
        assert_eq!(read.get("容缺材料").map(String::as_str), Some("有"));
        assert_eq!(read.get("视为受理").map(String::as_str), Some("是"));
        assert_eq!(situation("容缺材料").unwrap_err().code, "bad-situation");
    }

    #[test]
    fn a_kind_is_named_as_the_list_names_it() {
        assert!(kind_of("refusal").is_ok());
        assert_eq!(kind_of("拒绝").unwrap_err().field(), "kind");
    }
}
