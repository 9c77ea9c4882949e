//! `yichuang reset-pin`: a PIN for one sign-in, where nobody is left who could set it in the window.

use clap::Args;
use serde_json::json;

use super::output::Done;
use crate::ipc::failure::Failure;
use crate::shell::Shell;

/// Whose.
#[derive(Args)]
pub(crate) struct Reset {
    /// 谁的PIN：人员的姓名（临时PIN从标准输入读一行，登录时由本人改）
    clerk: String,
}

/// Reads it from the standard input: never from an argument, which others on the machine can see.
pub(crate) fn reset(shell: &Shell, arguments: &Reset) -> Result<Done, Failure> {
    let desk = shell.open_made()?;
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    read.map_err(|error| Failure::failed("input", format!("无法读取PIN：{error}")))?;
    desk.reset_pin_on_computer(&arguments.clerk, line.trim())?;
    let text = format!("已设置“{}”的临时PIN，请本人登录并设置自己的PIN", arguments.clerk.trim());
    Ok(Done::new(json!({ "ok": true }), text))
}
