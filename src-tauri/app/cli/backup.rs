//! `yichuang backup` and `yichuang restore`.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use serde_json::json;
use yichuang_desk::{Clock as _, SystemClock};
use yichuang_domain::beijing;
use yichuang_storage::backup::{self, BackupError, RecoveryKey, RecoveryReader};
use yichuang_storage::{StorageError, key};

use super::output::Done;
use crate::ipc::failure::Failure;
use crate::shell::{Shell, passphrase};

/// The variable for the recovery key, where nobody is there to type it.
const RECOVERY_VARIABLE: &str = "YICHUANG_RECOVERY_KEY";

const MEGABYTE: f64 = 1_000_000.0;

#[derive(Args)]
pub(crate) struct Backup {
    /// 写到哪里，如移动硬盘上的 窗口03.backup；程序可以照常使用
    file: PathBuf,
    /// 为这把恢复公钥（age1…）加密，此后一直如此；不给则用先前的，第一次备份时新生成一把
    #[arg(long, value_name = "KEY", conflicts_with = "new_key")]
    recipient: Option<String>,
    /// 换一把新的恢复密钥：原来的密钥单遗失时使用
    #[arg(long)]
    new_key: bool,
}

#[derive(Args)]
pub(crate) struct Restore {
    /// 备份文件。恢复密钥从标准输入读一行，或用 YICHUANG_RECOVERY_KEY 给出
    file: PathBuf,
}

fn now() -> Timestamp {
    SystemClock.now()
}

/// Writes a backup. The first one makes the recovery key, and shows it this once.
pub(crate) fn write(shell: &Shell, given: &Backup) -> Result<Done, Failure> {
    let desk = shell.open_made()?;
    let store = desk.store();
    let named = given.recipient.as_deref().map(RecoveryKey::parse).transpose()?;
    let kept = if given.new_key { None } else { store.recovery_key()? };
    let (recovery, fresh) = match named.or(kept) {
        Some(recovery) => (recovery, None),
        None => {
            let fresh = RecoveryReader::new();
            (fresh.public(), Some(fresh))
        }
    };
    let own = key::open(shell.folder(), passphrase().as_deref()).map_err(StorageError::from)?;
    let done = backup::back_up(shell.folder(), &own, &recovery, &given.file, now(), &mut show)?;
    say("");
    // Only now: a key for which there is no backup is worth nothing.
    store.set_recovery_key(&recovery)?;
    let mut text = format!(
        "已备份{}件办件、{}份扫描件（{:.1} MB），写完后已逐字节核验",
        done.cases,
        done.scans,
        done.bytes as f64 / MEGABYTE
    );
    if let Some(fresh) = &fresh {
        text.push_str(&format!(
            "\n恢复密钥（只显示这一次）：\n  {}\n请打印或抄写后锁入保险柜。\
             没有它，任何人都打不开备份；不要和备份放在一起",
            *fresh.text()
        ));
    }
    for finding in &done.findings {
        text.push_str(&format!("\n  {}：{}（{}）", finding.place, finding.message, finding.code));
    }
    let in_order = done.findings.is_empty();
    let mut told = json!(done);
    told["recipient"] = json!(recovery.text());
    if let Some(fresh) = fresh {
        told["recovery_key"] = json!(*fresh.text());
    }
    Ok(Done { json: told, text, in_order })
}

/// Brings a backup into the data folder.
pub(crate) fn restore(folder: &Path, given: &Restore) -> Result<Done, Failure> {
    let recovery = RecoveryReader::parse(&recovery_key()?)?;
    let passphrase = passphrase();
    let restored =
        backup::restore(folder, &given.file, &recovery, passphrase.as_deref(), now(), &mut show)?;
    say("");
    let mut text = format!(
        "已恢复{}的备份：{}件办件、{}份扫描件",
        beijing::written(restored.made_at),
        restored.cases,
        restored.scans
    );
    if let Some(aside) = &restored.aside {
        text.push_str(&format!("\n原有数据没有删除，移到了{}", aside.display()));
    }
    text.push_str(
        "\n可以立即办件：新办件用新的编号段，不会与备份之后发出的编号重复。\
         连上大厅中心后，备份之后已上传的办件会自动取回",
    );
    for finding in &restored.findings {
        text.push_str(&format!("\n  {}：{}（{}）", finding.place, finding.message, finding.code));
    }
    let in_order = restored.findings.is_empty();
    Ok(Done { json: json!(restored), text, in_order })
}

/// Reads the recovery key: never from an argument, which others on the machine can see.
fn recovery_key() -> Result<String, Failure> {
    if let Ok(key) = std::env::var(RECOVERY_VARIABLE)
        && !key.is_empty()
    {
        return Ok(key);
    }
    if std::io::stdin().is_terminal() {
        say("恢复密钥：");
    }
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    read.map_err(|error| Failure::failed("input", format!("无法读取恢复密钥：{error}")))?;
    Ok(line)
}

fn show(done: u64, of: u64) {
    if let Some(percent) = (done * 100).checked_div(of) {
        say(&format!("已完成 {percent}%"));
    }
}

fn say(line: &str) {
    let mut out = std::io::stderr().lock();
    if out.is_terminal() {
        // Nobody waits for a line that can't be shown.
        let _ = write!(out, "\r\x1b[K{line}").and_then(|()| out.flush());
    }
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Storage(error) => error.into(),
            error => match error.field() {
                Some(field) => Self::refused(error.code(), Some(field), error.to_string()),
                None => Self::failed(error.code(), error.to_string()),
            },
        }
    }
}
