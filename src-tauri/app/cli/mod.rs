//! The command line of the same program. With `--json` each command prints JSON; exit 0 done,
//! 1 a check failed, 2 refused input with `{code, field, message}`, 3 the machine failed.

mod attach;
mod backup;
mod cases;
mod doctor;
mod ferry;
mod fonts;
mod guide;
mod output;
mod passphrase;
mod pin;
pub(crate) mod play;
mod print;
mod sheet;
mod templates;
mod upstream;
mod verify;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};

use crate::shell::Shell;
use crate::{door, logging, paths, window};
use output::{Done, Output};

/// 一窗：政务服务大厅综合窗口
#[derive(Parser)]
#[command(name = "yichuang", version, about)]
struct Arguments {
    /// 数据目录（默认为本用户的应用数据目录）
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// 以 JSON 输出
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// 在浏览器中打开同样的界面（只限本机）
    Serve {
        /// 端口，0 为任意
        #[arg(long, default_value_t = 0)]
        port: u16,
    },
    /// 办事指南
    #[command(subcommand)]
    Guide(guide::Command),
    /// 按脚本办一件（演练）
    Play(play::Arguments),
    /// 用一次性入网码加入大厅中心
    Enrol(upstream::Enrol),
    /// 办件列表
    Cases {
        /// 只列未上传的
        #[arg(long)]
        unsent: bool,
    },
    /// 给办件的一份材料添加扫描件（JPEG、PNG或PDF）
    Attach(attach::Arguments),
    /// 打印任务与日清
    #[command(subcommand)]
    Print(print::Command),
    /// 文书模板：检查、预览、启用、恢复
    #[command(subcommand)]
    Templates(templates::Command),
    /// 立即上传并取回
    Sync,
    /// 没有网络时用文件上传：导出摆渡文件，导入回执
    #[command(subcommand)]
    Ferry(ferry::Ferry),
    /// 设置启动口令（从标准输入读一行；原口令用 YICHUANG_PASSPHRASE 给出）
    Passphrase,
    /// 忘记PIN时在本机设置一个临时PIN，只能登录一次，有记录
    ResetPin(pin::Reset),
    /// 核验文书真伪，不用联网：PDF 文件，或扫出的二维码文字
    Verify(verify::Arguments),
    /// 逐条核验日志、办件与存档文书
    Audit,
    /// 把全部数据备份成一个加密文件；程序可以照常使用
    Backup(backup::Backup),
    /// 从备份恢复：原有数据移开保留，从不删除
    Restore(backup::Restore),
    /// 本窗口的上传情况，以及离网是否已久
    Status,
    /// 检查本机是否一切就绪
    Doctor,
    /// 本机打印字库：各区汉字能打印多少，由哪个字体打印
    Fonts,
}

/// Runs the program as its arguments say.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // `--help` and `--version` come here too, and are no fault.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let folder = arguments.data.unwrap_or_else(paths::data_folder);
    let output = Output { json: arguments.json };
    let shell = Arc::new(Shell::new(&folder));
    let done = match arguments.command {
        None => {
            let _log = logging::start(&folder);
            window::open(shell, None).map(|_| Done::nothing())
        }
        Some(Command::Serve { port }) => {
            let _log = logging::start(&folder);
            let _upstream = shell.clone().keep_upstream();
            door::serve(shell, port, |url| output.serving(url)).map(|()| Done::nothing())
        }
        Some(Command::Guide(command)) => guide::run(&shell, command),
        Some(Command::Play(play)) => return play::run(shell, &play),
        Some(Command::Enrol(enrol)) => upstream::enrol(&shell, &enrol),
        Some(Command::Cases { unsent }) => cases::list(&shell, unsent),
        Some(Command::Attach(given)) => attach::run(&shell, &given),
        Some(Command::Print(command)) => print::run(&shell, command),
        Some(Command::Templates(command)) => templates::run(&shell, command),
        Some(Command::Sync) => upstream::sync(&shell),
        Some(Command::Ferry(command)) => ferry::run(&shell, command),
        Some(Command::Passphrase) => passphrase::change(&shell),
        Some(Command::ResetPin(given)) => pin::reset(&shell, &given),
        Some(Command::Verify(given)) => verify::run(&shell, &given),
        Some(Command::Audit) => cases::audit(&shell),
        Some(Command::Backup(given)) => backup::write(&shell, &given),
        Some(Command::Restore(given)) => backup::restore(&folder, &given),
        Some(Command::Status) => upstream::status(&shell),
        Some(Command::Doctor) => Ok(doctor::run(&shell)),
        Some(Command::Fonts) => fonts::run(&shell),
    };
    output.end(done)
}
