//! `yichuang passphrase`: protects the key file with a passphrase, or with another one.

use serde_json::json;
use yichuang_storage::StorageError;
use yichuang_storage::key;

use super::output::Done;
use crate::ipc::failure::Failure;
use crate::shell::{Shell, passphrase};

/// Reads the new passphrase from the standard input: never from an argument, which others on the
/// machine can see.
pub(crate) fn change(shell: &Shell) -> Result<Done, Failure> {
    shell.open_or_make()?;
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    read.map_err(|error| Failure::failed("input", format!("无法读取口令：{error}")))?;
    let new = line.trim_end_matches(['\r', '\n']);
    if new.is_empty() {
        return Err(Failure::refused("empty-passphrase", Some("passphrase"), "启动口令不能为空"));
    }
    key::change_passphrase(shell.folder(), passphrase().as_deref(), new)
        .map_err(StorageError::from)?;
    Ok(Done::new(json!({ "ok": true }), "已设置启动口令，下次打开程序时需要输入"))
}
