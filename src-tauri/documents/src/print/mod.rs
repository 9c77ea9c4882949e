//! Print jobs: handing a PDF to the printing system of the machine.
//!
//! What this module can say is that a job was *handed over* (已送打印机). Whether paper came out
//! only the clerk sees, so nothing here claims it. Papers have two parts for two people: jobs are
//! always single-sided, whatever the printer's default is.

#[cfg(unix)]
mod cups;
#[cfg(test)]
#[cfg(unix)]
mod cups_tests;
#[cfg(windows)]
mod windows;

use std::time::Duration;

#[cfg(unix)]
pub use cups::Cups;
#[cfg(windows)]
pub use windows::WindowsSpooler;

/// A printer that the machine knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printer {
    /// Its name, as [`Spooler::submit`] takes it.
    pub name: String,
    /// Whether a job without a printer's name goes there.
    pub is_default: bool,
}

/// A job that was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRef {
    /// The printer.
    pub printer: String,
    /// The system's name for the job; empty where it gives none.
    pub id: String,
}

impl JobRef {
    /// What to tell the clerk: handed over, not printed.
    pub fn words(&self) -> String {
        if self.id.is_empty() {
            format!("已送打印机“{}”，请查看打印机是否出纸", self.printer)
        } else {
            format!("已送打印机“{}”（任务{}），请查看打印机是否出纸", self.printer, self.id)
        }
    }
}

/// Why a job could not be handed over. Nothing was printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The machine has no printing system.
    #[error("本机没有安装打印服务，请联系管理员安装；文书可先另存为PDF")]
    NotInstalled,
    /// The printing system does not answer.
    #[error("打印服务没有运行，请重新启动打印服务或联系管理员；文书可先另存为PDF")]
    NotRunning,
    /// No printer was set up.
    #[error("本机没有打印机，请联系管理员添加；文书可先另存为PDF")]
    NoPrinter,
    /// There are several printers and none is the default.
    #[error("没有默认打印机，请选择一台打印机")]
    NoDefault,
    /// No printer of that name.
    #[error("没有名为“{name}”的打印机，请重新选择")]
    UnknownPrinter {
        /// The name asked for.
        name: String,
    },
    /// The printer or the printing system refused the job.
    #[error("打印机“{printer}”没有接受任务（{detail}），请检查打印机后重试")]
    Refused {
        /// Which.
        printer: String,
        /// What the system said.
        detail: String,
    },
    /// The printing system took too long.
    #[error("打印服务{}秒内没有响应，请检查打印机是否已有这份文书，再决定是否重试", after.as_secs())]
    TimedOut {
        /// How long it was waited for.
        after: Duration,
    },
    /// The machine failed.
    #[error("无法启动打印（{0}），请重试；仍失败请联系管理员")]
    Machine(#[source] std::io::Error),
}

impl PrintError {
    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotInstalled => "printing-not-installed",
            Self::NotRunning => "printing-not-running",
            Self::NoPrinter => "no-printer",
            Self::NoDefault => "no-default-printer",
            Self::UnknownPrinter { .. } => "unknown-printer",
            Self::Refused { .. } => "print-refused",
            Self::TimedOut { .. } => "print-timeout",
            Self::Machine(_) => "print-failed",
        }
    }
}

/// The printing system of a machine.
pub trait Spooler: Send + Sync {
    /// The printers that are set up; none is no error.
    ///
    /// # Errors
    /// [`PrintError::NotInstalled`], [`PrintError::NotRunning`], [`PrintError::TimedOut`],
    /// [`PrintError::Machine`].
    fn printers(&self) -> Result<Vec<Printer>, PrintError>;

    /// Hands a PDF over, to the printer named or else to the default one (or the only one).
    ///
    /// # Errors
    /// Any [`PrintError`]. After [`PrintError::TimedOut`] the job may have been taken.
    fn submit(&self, pdf: &[u8], title: &str, printer: Option<&str>) -> Result<JobRef, PrintError>;
}

/// The printing system of this machine: CUPS on Linux and macOS, the spooler on Windows.
pub fn system_spooler() -> Box<dyn Spooler> {
    #[cfg(unix)]
    let spooler = Cups::default();
    #[cfg(windows)]
    let spooler = WindowsSpooler;
    Box::new(spooler)
}

/// The printer a job goes to.
fn choose(printers: &[Printer], wanted: Option<&str>) -> Result<String, PrintError> {
    let found = match (wanted, printers) {
        (_, []) => return Err(PrintError::NoPrinter),
        (Some(name), _) => printers
            .iter()
            .find(|p| p.name == name)
            .ok_or_else(|| PrintError::UnknownPrinter { name: name.to_owned() })?,
        (None, [only]) => only,
        (None, several) => several.iter().find(|p| p.is_default).ok_or(PrintError::NoDefault)?,
    };
    Ok(found.name.clone())
}

/// A job title without what could disturb a queue listing, at most 80 characters.
fn clean_title(title: &str) -> String {
    title.chars().filter(|c| !c.is_control()).take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printer(name: &str, is_default: bool) -> Printer {
        Printer { name: name.to_owned(), is_default }
    }

    #[test]
    fn a_job_goes_to_the_printer_named_else_to_the_default_else_to_the_only_one() {
        let two = [printer("前台", false), printer("后台", true)];
        assert_eq!(choose(&two, Some("前台")).unwrap(), "前台");
        assert_eq!(choose(&two, None).unwrap(), "后台");
        assert_eq!(choose(&[printer("前台", false)], None).unwrap(), "前台");
    }

    #[test]
    fn a_job_without_a_place_to_go_is_refused_by_name() {
        let two = [printer("a", false), printer("b", false)];
        assert_eq!(choose(&two, None).unwrap_err().code(), "no-default-printer");
        assert_eq!(choose(&two, Some("c")).unwrap_err().code(), "unknown-printer");
        assert_eq!(choose(&[], Some("c")).unwrap_err().code(), "no-printer");
        assert_eq!(choose(&[], None).unwrap_err().code(), "no-printer");
    }

    #[test]
    fn a_title_has_no_control_characters() {
        assert_eq!(clean_title("受理\n通知\u{7f}书"), "受理通知书");
        assert_eq!(clean_title(&"长".repeat(200)).chars().count(), 80);
    }

    #[test]
    fn handed_over_is_not_called_printed() {
        let job = JobRef { printer: "前台".to_owned(), id: "前台-7".to_owned() };
        assert!(job.words().starts_with("已送打印机"), "{}", job.words());
        assert!(!job.words().contains("已打印"));
    }
}
