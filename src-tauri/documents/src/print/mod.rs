//! Print jobs: handing a PDF to the printing system of the machine, and asking what became of it.
//!
//! A printing system takes a job, and says later whether the printer took every sheet of it. This
//! module hands over, asks, cancels, and says in a clerk's words what it heard; what that means
//! for a job is decided by `domain::printing`. It keeps nothing.

#[cfg(unix)]
mod cups;
#[cfg(test)]
#[cfg(unix)]
mod cups_tests;
#[cfg(unix)]
mod ipp;
mod sheet;
#[cfg(windows)]
mod windows;
#[cfg(unix)]
mod words;

use std::time::Duration;

#[cfg(unix)]
pub use cups::Cups;
pub use sheet::{Measure, Sheet, measure};
#[cfg(windows)]
pub use windows::WindowsSpooler;

/// A printer that the machine knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printer {
    /// Its name, as [`Order::printer`] takes it.
    pub name: String,
    /// Whether a job for no printer in particular goes there.
    pub is_default: bool,
    /// What keeps it from printing, in words; empty if nothing is known to.
    pub trouble: String,
    /// The sizes it says it takes (PWG 5101.1), those that are loaded if it knows; empty if it
    /// says nothing.
    pub media: Vec<String>,
    /// Its trays (`media-source`).
    pub trays: Vec<String>,
    /// Whether it prints on both sides.
    pub both_sides: bool,
}

/// What is to be printed, and how.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// What is printed.
    pub content: Content<'a>,
    /// What the queue shows. It ends with the mark that finds the job again.
    pub title: &'a str,
    /// The printer, as [`route`] chose it.
    pub printer: &'a str,
    /// The size of its pages.
    pub sheet: Sheet,
    /// The tray; none is the printer's own choice.
    pub tray: Option<&'a str>,
    /// How many times the whole paper.
    pub copies: u32,
    /// On both sides.
    pub both_sides: bool,
}

/// What is handed to a printing system.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// A PDF.
    Pdf(&'a [u8]),
    /// The bytes of a receipt printer ([`crate::thermal::escpos`]), which go to it as they are.
    Slip(&'a [u8]),
}

impl<'a> Content<'a> {
    /// Its bytes.
    pub fn bytes(self) -> &'a [u8] {
        match self {
            Self::Pdf(bytes) | Self::Slip(bytes) => bytes,
        }
    }
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

/// What a printing system says of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// It is on its way or held up; what holds it up, in words.
    Waiting(String),
    /// The printer took every sheet.
    Done,
    /// It ended without being printed whole; why, in words.
    Broken(String),
    /// It knows of no such job any more, or never says.
    Forgotten,
}

/// Why a job could not be handed over. Nothing was printed, except where the error says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The printing system is not there or does not listen.
    #[error("打印服务没有运行（或没有安装），请启动打印服务或联系管理员；文书可先另存为PDF")]
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
    /// The printer takes other sheets than this paper's.
    #[error("打印机“{printer}”用的是{takes}，这份文书是{sheet}的，请换一台打印机")]
    WrongPrinter {
        /// Which.
        printer: String,
        /// What it takes.
        takes: String,
        /// What the paper needs.
        sheet: String,
    },
    /// The printer or the printing system refused the job.
    #[error("打印机“{printer}”没有接受任务（{detail}），请检查打印机后重试")]
    Refused {
        /// Which.
        printer: String,
        /// What the system said.
        detail: String,
    },
    /// This user may not print.
    #[error("打印服务不允许本用户打印，请联系管理员")]
    NotAllowed,
    /// The printing system took too long. It may have taken the job.
    #[error("打印服务{}秒内没有响应，请检查打印机是否已有这份文书，再决定是否重试", after.as_secs())]
    TimedOut {
        /// How long it was waited for.
        after: Duration,
    },
    /// The job can't be cancelled.
    #[error("打印任务没有取消（{detail}），请查看打印机")]
    NotCancelled {
        /// What the system said.
        detail: String,
    },
    /// What should be printed is no PDF.
    #[error("这份文书的PDF无法读取，请联系管理员")]
    BadPaper,
    /// The machine failed.
    #[error("无法打印（{0}），请重试；仍失败请联系管理员")]
    Machine(#[source] std::io::Error),
}

impl PrintError {
    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotRunning => "printing-not-running",
            Self::NoPrinter => "no-printer",
            Self::NoDefault => "no-default-printer",
            Self::UnknownPrinter { .. } => "unknown-printer",
            Self::WrongPrinter { .. } => "wrong-printer",
            Self::Refused { .. } => "print-refused",
            Self::NotAllowed => "print-not-allowed",
            Self::TimedOut { .. } => "print-timeout",
            Self::NotCancelled { .. } => "print-not-cancelled",
            Self::BadPaper => "bad-paper",
            Self::Machine(_) => "print-failed",
        }
    }

    /// Whether the job may have been taken all the same: the connection broke off after it began.
    pub fn leaves_doubt(&self) -> bool {
        matches!(self, Self::TimedOut { .. } | Self::Machine(_))
    }
}

/// The printing system of a machine.
pub trait Spooler: Send + Sync {
    /// The printers that are set up; none is no error.
    ///
    /// # Errors
    /// [`PrintError::NotRunning`], [`PrintError::TimedOut`], [`PrintError::Machine`].
    fn printers(&self) -> Result<Vec<Printer>, PrintError>;

    /// Hands a PDF over.
    ///
    /// # Errors
    /// Any [`PrintError`]. Where it [leaves doubt](PrintError::leaves_doubt) the job may have been
    /// taken.
    fn submit(&self, order: &Order<'_>) -> Result<JobRef, PrintError>;

    /// What became of a job whose title ends with `mark`.
    ///
    /// # Errors
    /// As [`Spooler::printers`].
    fn follow(&self, job: &JobRef, mark: &str) -> Result<Report, PrintError>;

    /// The job whose title ends with `mark`, if the system took one.
    ///
    /// # Errors
    /// As [`Spooler::printers`].
    fn find(&self, mark: &str) -> Result<Option<JobRef>, PrintError>;

    /// Cancels a job. What became of it, [`Spooler::follow`] says: the printer may have been faster.
    ///
    /// # Errors
    /// [`PrintError::NotCancelled`]; as [`Spooler::printers`].
    fn cancel(&self, job: &JobRef) -> Result<(), PrintError>;
}

/// The printing system of this machine: CUPS on Linux and macOS, the spooler on Windows.
pub fn system_spooler() -> Box<dyn Spooler> {
    #[cfg(unix)]
    let spooler = Cups::default();
    #[cfg(windows)]
    let spooler = WindowsSpooler;
    Box::new(spooler)
}

/// The printer a paper goes to: the one named, else the default one, else the only one.
///
/// # Errors
/// [`PrintError::NoPrinter`], [`PrintError::NoDefault`], [`PrintError::UnknownPrinter`];
/// [`PrintError::WrongPrinter`] if it takes other sheets than `sheet`.
pub fn route<'p>(
    printers: &'p [Printer],
    wanted: Option<&str>,
    sheet: Sheet,
) -> Result<&'p Printer, PrintError> {
    let found = match (wanted, printers) {
        (_, []) => return Err(PrintError::NoPrinter),
        (Some(name), _) => printers
            .iter()
            .find(|p| p.name == name)
            .ok_or_else(|| PrintError::UnknownPrinter { name: name.to_owned() })?,
        (None, [only]) => only,
        (None, several) => several.iter().find(|p| p.is_default).ok_or(PrintError::NoDefault)?,
    };
    if sheet::takes(&found.media, sheet) {
        return Ok(found);
    }
    Err(PrintError::WrongPrinter {
        printer: found.name.clone(),
        takes: sheet::names(&found.media),
        sheet: sheet.name(),
    })
}

/// The longest title: queues show little more, and IPP allows 255 bytes.
const LONGEST_TITLE: usize = 80;

/// A job title: `words` without what could disturb a queue's listing, and the mark at its end.
pub fn title(words: &str, mark: &str) -> String {
    let room = LONGEST_TITLE.saturating_sub(mark.chars().count() + 1);
    let words: String = words.chars().filter(|c| !c.is_control()).take(room).collect();
    format!("{words} {mark}")
}

/// Whether a title ends with a mark, as [`title`] puts it there.
fn bears(title: &str, mark: &str) -> bool {
    !mark.is_empty() && title.rsplit(' ').next() == Some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printer(name: &str, is_default: bool) -> Printer {
        Printer { name: name.to_owned(), is_default, ..Printer::default() }
    }

    fn chosen(printers: &[Printer], wanted: Option<&str>) -> Result<String, PrintError> {
        route(printers, wanted, Sheet::A4).map(|printer| printer.name.clone())
    }

    #[test]
    fn a_job_goes_to_the_printer_named_else_to_the_default_else_to_the_only_one() {
        let two = [printer("前台", false), printer("后台", true)];
        assert_eq!(chosen(&two, Some("前台")).unwrap(), "前台");
        assert_eq!(chosen(&two, None).unwrap(), "后台");
        assert_eq!(chosen(&[printer("前台", false)], None).unwrap(), "前台");
    }

    #[test]
    fn a_job_without_a_place_to_go_is_refused_by_name() {
        let two = [printer("a", false), printer("b", false)];
        assert_eq!(chosen(&two, None).unwrap_err().code(), "no-default-printer");
        assert_eq!(chosen(&two, Some("c")).unwrap_err().code(), "unknown-printer");
        assert_eq!(chosen(&[], Some("c")).unwrap_err().code(), "no-printer");
        assert_eq!(chosen(&[], None).unwrap_err().code(), "no-printer");
    }

    #[test]
    fn the_wrong_printer_is_refused_and_both_are_named() {
        let media = vec!["roll_max_80x3276mm".to_owned()];
        let slips = [Printer { media, ..printer("小票机", true) }];
        let refused = chosen(&slips, None).unwrap_err();
        assert_eq!(refused.code(), "wrong-printer");
        let words = refused.to_string();
        assert!(["小票机", "80毫米卷纸", "A4"].iter().all(|name| words.contains(name)), "{words}");
        assert!(route(&slips, None, Sheet { width: 80, height: 120 }).is_ok());
    }

    #[test]
    fn a_title_has_no_control_characters_and_keeps_its_mark() {
        assert_eq!(title("受理\n通知\u{7f}书", "#1a"), "受理通知书 #1a");
        let long = title(&"长".repeat(200), "#1a");
        assert_eq!(long.chars().count(), LONGEST_TITLE);
        assert!(bears(&long, "#1a") && !bears(&long, "#1b") && !bears(&long, "1a"));
        assert!(!bears("受理通知书 ", ""), "no mark is no mark");
    }

    #[test]
    fn handed_over_is_not_called_printed() {
        let job = JobRef { printer: "前台".to_owned(), id: "7".to_owned() };
        assert!(job.words().starts_with("已送打印机"), "{}", job.words());
        assert!(!job.words().contains("已打印"));
    }
}
