//! `yichuang guide sheet CODE`: the sheet of an enquiry as a PDF, about a matter or a bundle.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use yichuang_desk::DeskError;
use yichuang_desk::bundle::AboutBundle;
use yichuang_domain::condition::Answers;

use super::output::Done;
use crate::ipc::failure::Failure;
use crate::shell::Shell;

#[derive(Args)]
pub(crate) struct Arguments {
    /// 实施编码，或者一件事的编号（如 B1）
    code: String,
    /// 所选情形，如 q1=a,agent=yes；一件事的问题前面带实施编码，如 编码:q1=a；不给则列出全部材料及其适用情形
    #[arg(long, value_name = "Q=C,…", default_value = "")]
    answers: String,
    /// 一件事里要办的事项（实施编码），主办事项总在其中；不给则全部
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    matters: Option<Vec<String>>,
    /// 不附示例样表
    #[arg(long)]
    without_samples: bool,
    /// 存放位置
    #[arg(long, value_name = "FILE.pdf")]
    out: PathBuf,
}

/// Makes it and writes it.
pub(crate) fn run(shell: &Shell, arguments: &Arguments) -> Result<Done, Failure> {
    let answers = read_answers(&arguments.answers)?;
    let samples = !arguments.without_samples;
    let desk = shell.open_or_make()?;
    let (code, taken) = (&arguments.code, arguments.matters.clone());
    let sheet = if desk.is_bundle(code)? {
        let about = AboutBundle { id: code.clone(), taken, answers };
        desk.bundle_sheet(&about, samples)?
    } else if taken.is_some() {
        let message = "只有一件事能用 --matters 选事项";
        return Err(Failure::refused("bad-matters", Some("matters"), message));
    } else {
        desk.guide_sheet(code, &answers, samples)?
    };
    let file = arguments.out.display().to_string();
    let failed = |source| DeskError::Unwritable { path: file.clone(), source };
    std::fs::write(&arguments.out, &sheet.pdf.bytes).map_err(failed)?;
    let (pages, sha256) = (sheet.pdf.pages, sheet.pdf.sha256);
    let text = format!("已生成一次性告知单：{file}，{pages}页");
    Ok(Done::new(json!({ "file": file, "pages": pages, "sha256": sha256 }), text))
}

/// `q1=a,q2=b`. What the matter does not have is refused later, by the rules.
fn read_answers(text: &str) -> Result<Answers, Failure> {
    let mut answers = Answers::new();
    for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let parts = pair.split_once('=').map(|(q, c)| (q.trim(), c.trim()));
        let Some((question, choice)) = parts.filter(|(q, c)| !q.is_empty() && !c.is_empty()) else {
            let message = format!("“{pair}”不是“问题=选项”的形式，如 q1=a");
            return Err(Failure::refused("bad-answers", Some("answers"), message));
        };
        if answers.insert(question.to_owned(), choice.to_owned()).is_some() {
            let message = format!("问题“{question}”给了两个选项，请只留一个");
            return Err(Failure::refused("bad-answers", Some("answers"), message));
        }
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::read_answers;

    #[test]
    fn answers_are_pairs_each_given_once() {
        let read = read_answers(" q1=a, agent = yes,").unwrap();
        let pairs: Vec<_> = read.iter().map(|(q, c)| (q.as_str(), c.as_str())).collect();
        assert_eq!(pairs, [("q1", "a"), ("agent", "yes")]);
        assert!(read_answers("").unwrap().is_empty());
        for bad in ["q1", "q1=", "=a", "q1=a,q1=b"] {
            let failure = read_answers(bad).unwrap_err();
            assert_eq!(
                (failure.code.as_str(), failure.field()),
                ("bad-answers", "answers"),
                "{bad}"
            );
            assert!(failure.refused);
        }
    }
}
