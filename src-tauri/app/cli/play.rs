//! `yichuang play SCENARIO.json`: a scripted case through the same actions as the screens, or with
//! `--window` in the real window. Prints the result as JSON either way.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use serde_json::{Value, json};
use yichuang_desk::view::CaseView;
use yichuang_desk::{DeskError, scenario};
use yichuang_domain::scenario::{ScenarioResult, differences};

use super::guide::read;
use super::output::{complain, failure_code, failure_json, say};
use crate::ipc::contract::DemonstrationEnd;
use crate::ipc::failure::Failure;
use crate::logging;
use crate::shell::Shell;
use crate::window::{self, Script};

#[derive(Args)]
pub(crate) struct Arguments {
    /// 情景文件
    scenario: PathBuf,
    /// 指南包（默认用本机的，没有则用随附的示例）
    #[arg(long, value_name = "FILE")]
    guide: Option<PathBuf>,
    /// 文书 PDF 的存放目录（默认为数据目录下的 papers）
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// 在真实窗口中演示
    #[arg(long)]
    window: bool,
}

/// How a scripted case ended.
pub(crate) enum Ending {
    /// It was played; the differences from what the scenario expects.
    Played { result: Value, as_expected: bool },
    /// It was refused, or the machine failed.
    Failed(Failure),
}

impl Ending {
    /// Prints it; the exit code.
    pub(crate) fn print(&self) -> u8 {
        match self {
            Self::Played { result, as_expected } => {
                say(&result.to_string());
                u8::from(!as_expected)
            }
            Self::Failed(failure) => {
                say(&failure_json(failure).to_string());
                complain(failure);
                failure_code(failure)
            }
        }
    }
}

impl From<Result<Ending, Failure>> for Ending {
    fn from(result: Result<Ending, Failure>) -> Self {
        result.unwrap_or_else(Self::Failed)
    }
}

pub(crate) fn run(shell: Arc<Shell>, arguments: &Arguments) -> ExitCode {
    let ending = match prepare(&shell, arguments) {
        Ok((script, out)) if arguments.window => {
            let _log = logging::start(shell.folder());
            let script = Script { scenario: script, out: &out };
            match window::open(shell, Some(script)) {
                Ok(code) => return ExitCode::from(code),
                Err(failure) => Ending::Failed(failure),
            }
        }
        Ok((script, out)) => play(&shell, &script, &out).into(),
        Err(failure) => Ending::Failed(failure),
    };
    ExitCode::from(ending.print())
}

/// Opens a practice profile with its guide and clerk; the script and where its papers go.
fn prepare(shell: &Shell, arguments: &Arguments) -> Result<(Value, PathBuf), Failure> {
    let bytes = read(&arguments.scenario)?;
    let script = serde_json::from_slice(&bytes)
        .map_err(|error| DeskError::BadScenario(error.to_string()))?;
    scenario::read(&bytes)?;
    let guide = arguments.guide.as_deref().map(read).transpose()?;
    let desk = shell.open(None)?;
    if !desk.mode()?.is_practice() {
        return Err(DeskError::RealRecords.into());
    }
    match guide {
        Some(guide) => desk.practise_with_guide(&guide)?,
        None => desk.ensure_guide()?,
    }
    if arguments.window {
        desk.sign_in_practice_clerk()?;
    }
    let out = arguments.out.clone().unwrap_or_else(|| shell.folder().join("papers"));
    let failed = |source| DeskError::Unwritable { path: out.display().to_string(), source };
    std::fs::create_dir_all(&out).map_err(failed)?;
    let out = std::path::absolute(&out).map_err(failed)?;
    Ok((script, out))
}

fn play(shell: &Shell, script: &Value, out: &Path) -> Result<Ending, Failure> {
    let scenario = scenario::read(script.to_string().as_bytes())?;
    let view = shell.desk()?.play(&scenario)?;
    ending(shell, &scenario, &view, out)
}

fn ending(
    shell: &Shell,
    scenario: &yichuang_domain::scenario::Scenario,
    view: &CaseView,
    out: &Path,
) -> Result<Ending, Failure> {
    let result: ScenarioResult = shell.desk()?.result(view, out)?;
    let mut json = serde_json::to_value(&result)
        .map_err(|error| Failure::failed("internal", error.to_string()))?;
    let found = scenario.expect.as_ref().map(|expected| differences(expected, &result));
    if let Some(found) = found.as_ref().filter(|found| !found.is_empty()) {
        json["differences"] = json!(found);
    }
    Ok(Ending::Played { result: json, as_expected: found.is_none_or(|found| found.is_empty()) })
}

/// How a scripted case went that the window played.
pub(crate) fn ending_of_window(
    shell: &Shell,
    script: &Value,
    out: &Path,
    end: &DemonstrationEnd,
) -> Ending {
    let outcome = || -> Result<Ending, Failure> {
        if let Some(failure) = &end.failure {
            return Ok(Ending::Failed(shown(failure)));
        }
        let id = end.case.as_deref().unwrap_or_default();
        let view = shell.desk()?.case(id)?;
        ending(shell, &scenario::read(script.to_string().as_bytes())?, &view, out)
    };
    outcome().into()
}

/// The refusal that the window showed, as it says it.
fn shown(failure: &str) -> Failure {
    let value: Value = serde_json::from_str(failure).unwrap_or_default();
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    match text("code") {
        Some(code) => Failure::refused(code, text("field"), text("message").unwrap_or(failure)),
        None => Failure::failed("demonstration", failure),
    }
}
