//! `yichuang print`: the print journal, and the account of a day (日清).

use clap::Subcommand;
use serde_json::json;
use yichuang_desk::printing::{DayEndItem, DayEndView, PrintJobFilter, PrintJobView};
use yichuang_desk::{Desk, DeskError};
use yichuang_domain::beijing;
use yichuang_domain::printing::{PrintState, Remedy, Side, Trouble};

use super::output::Done;
use crate::ipc::failure::Failure;
use crate::shell::Shell;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// 列出打印任务
    Jobs {
        /// 只列这一天的（年-月-日）
        #[arg(long, value_name = "YYYY-MM-DD")]
        date: Option<String>,
        /// 只列还没有结果的
        #[arg(long)]
        open: bool,
    },
    /// 日清：有纸无账、有账无纸的文书，和此前还没有日清的日子；有未了结的，以1结束
    Reconcile {
        /// 哪一天（年-月-日），默认今天
        #[arg(long, value_name = "YYYY-MM-DD")]
        date: Option<String>,
    },
}

pub(crate) fn run(shell: &Shell, command: Command) -> Result<Done, Failure> {
    let desk = shell.open_made()?;
    ask_the_printing_system(&desk)?;
    match command {
        Command::Jobs { date, open } => {
            let open = |state: &PrintState| !open || !state.has_ended();
            let states = PrintState::ALL.into_iter().filter(open).collect();
            jobs(&desk.print_job_rows(&PrintJobFilter { day: date, states })?)
        }
        Command::Reconcile { date } => Ok(reconcile(&desk.account_of_day(date.as_deref())?)),
    }
}

/// Brings the journal up to date. A printing system that is not there is no reason to show nothing.
fn ask_the_printing_system(desk: &Desk) -> Result<(), Failure> {
    match desk.follow_prints() {
        Ok(_) => Ok(()),
        Err(DeskError::Print(error)) => {
            tracing::warn!(code = error.code(), "the printing system can't be asked");
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

fn jobs(jobs: &[PrintJobView]) -> Result<Done, Failure> {
    let line = |job: &PrintJobView| {
        let said = if job.said.is_empty() { String::new() } else { format!("（{}）", job.said) };
        let again = job.reason.as_ref().map_or(String::new(), |why| format!("  补打：{why}"));
        format!(
            "{}  {}{said}  {}  {}{again}",
            job.number,
            job.state.label(),
            job.printer,
            job.queued_at.parse().map_or_else(|_| job.queued_at.clone(), beijing::written)
        )
    };
    let text: Vec<_> = jobs.iter().map(line).collect();
    Ok(Done::new(json!(jobs), text.join("\n")))
}

fn reconcile(day: &DayEndView) -> Done {
    let mut text = format!(
        "{} 文书{}份：已打印{}份，另行交付{}份，",
        day.day, day.papers, day.printed, day.given
    );
    match day.items.len() {
        0 if day.is_clean() => text.push_str("已日清"),
        0 => text.push_str("当天没有未了结的"),
        n => text.push_str(&format!("未了结{n}项")),
    }
    for item in &day.items {
        text.push_str(&format!("\n  {}", line(item)));
    }
    if !day.earlier.is_empty() {
        let papers: u32 = day.earlier.iter().map(|open| open.papers).sum();
        text.push_str(&format!("\n此前{}天还有文书{papers}份没有了结：", day.earlier.len()));
        for open in &day.earlier {
            text.push_str(&format!("\n  {} {}份", open.day, open.papers));
        }
        text.push_str("\n用 --date 查看其中一天");
    }
    Done { json: json!(day), text, in_order: day.is_clean() }
}

fn line(item: &DayEndItem) -> String {
    let side = match item.side {
        Side::PaperWithoutRecord => "有纸无账",
        Side::RecordWithoutPaper => "有账无纸",
    };
    let trouble = match item.trouble {
        Trouble::Unlogged => "已出纸，没有入账",
        Trouble::Unknown => "不知是否出纸",
        Trouble::Waiting => "已送打印机，没有结果",
        Trouble::Failed => "没有打印成功",
        Trouble::NeverOut => "没有打印，也没有另行交付",
    };
    let remedies: Vec<_> = item.remedies.iter().map(|remedy| remedy_words(*remedy)).collect();
    let said = if item.said.is_empty() { String::new() } else { format!("（{}）", item.said) };
    let who = format!("{} {} {}", item.number, item.title, item.applicant);
    format!("{side}：{who}：{trouble}{said}。可{}", remedies.join("、"))
}

fn remedy_words(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::Record => "补记",
        Remedy::Answer => "确认是否出纸",
        Remedy::Cancel => "查看打印机或取消任务",
        Remedy::Print => "打印",
        Remedy::Save => "存为PDF",
        Remedy::Give => "登记另行交付",
    }
}
