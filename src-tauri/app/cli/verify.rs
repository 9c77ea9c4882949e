//! `yichuang verify FILE.pdf | QR-TEXT`: is this paper genuine? Nobody has to sign in: what is told
//! is what the paper itself says, and no name.

use std::path::Path;

use clap::Args;
use serde_json::json;
use yichuang_desk::verification::{Verdict, Verification};

use super::guide::read;
use super::output::Done;
use crate::ipc::failure::Failure;
use crate::shell::Shell;

#[derive(Args)]
pub(crate) struct Arguments {
    /// PDF 文件，或二维码扫出的文字
    #[arg(value_name = "FILE.pdf|QR-TEXT")]
    paper: String,
}

/// A file that was meant but is not there, rather than what a code says.
fn looks_like_a_file(paper: &str) -> bool {
    paper.to_ascii_lowercase().ends_with(".pdf")
}

/// Verifies it: exit 0 only if it is genuine.
pub(crate) fn run(shell: &Shell, given: &Arguments) -> Result<Done, Failure> {
    let path = Path::new(&given.paper);
    let told = if path.is_file() || looks_like_a_file(&given.paper) {
        let file = read(path)?;
        shell.open(None)?.verify_pdf(&file)?
    } else {
        shell.open(None)?.verify_code(&given.paper)?
    };
    let in_order = told.verdict == Verdict::Genuine;
    Ok(Done { text: text(&told), json: json!(told), in_order })
}

fn text(told: &Verification) -> String {
    let mut lines = vec![format!("{}。{}", told.headline, told.reason)];
    if let Some(signed) = &told.signed {
        let claimed = if signed.proven { "签名写明" } else { "自称（未经证实）" };
        let window = signed.window.as_deref().unwrap_or("不明");
        lines.push(format!(
            "  {claimed}：{}（第{}份），办件编号{}，{}签发，窗口：{window}",
            signed.title, signed.nth, signed.case_number, signed.issued_on
        ));
    }
    if let Some(archived) = &told.archived {
        let same = match archived.same {
            Some(true) => "与之一致",
            Some(false) => "与之不一致",
            None => "存档的是未签名的旧文书，请人工对照",
        };
        lines.push(format!("  本机存档有{}，{same}", archived.number));
    }
    lines.extend(told.advice.iter().map(|advice| format!("  {advice}")));
    if let Some(as_of) = &told.roster_as_of {
        lines.push(format!("  设备名册截至{as_of}"));
    }
    lines.join("\n")
}
