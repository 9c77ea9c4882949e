//! The Windows spooler, through `winprint`: the system's own PDF renderer draws the pages.
//! Type-checked only; it was not run where this was written.

use winprint::printer::{FilePrinter as _, PrintOutcome, PrinterDevice, WinPdfPrinter};
use winprint::ticket::{
    FeatureOptionPackWithPredefined as _, PageMediaSize, PredefinedDuplexType, PredefinedMediaName,
    PrintCapabilities, PrintTicket, PrintTicketBuilder,
};

use super::{Content, JobRef, Order, PrintError, Printer, Report, Sheet, Spooler};

/// The spooler of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct WindowsSpooler;

fn machine(error: impl std::error::Error + Send + Sync + 'static) -> PrintError {
    PrintError::Machine(std::io::Error::other(error))
}

fn devices() -> Result<Vec<PrinterDevice>, PrintError> {
    PrinterDevice::all().map_err(machine)
}

fn list(devices: &[PrinterDevice]) -> Result<Vec<Printer>, PrintError> {
    let default = PrinterDevice::user_default().map_err(machine)?;
    let default = default.as_ref().map(PrinterDevice::name);
    let printer = |device: &PrinterDevice| Printer {
        name: device.name().to_owned(),
        is_default: Some(device.name()) == default,
        ..Printer::default()
    };
    Ok(devices.iter().map(printer).collect())
}

/// The sheet, the sides and the copies, as far as the printer knows these; else as the printer has
/// it.
fn ticket(device: &PrinterDevice, order: &Order<'_>) -> PrintTicket {
    let sides = match order.both_sides {
        true => PredefinedDuplexType::TwoSidedLongEdge,
        false => PredefinedDuplexType::OneSided,
    };
    let build = || {
        let capabilities = PrintCapabilities::fetch(device).ok()?;
        let mut builder = PrintTicketBuilder::new(device).ok()?;
        let size = media(order.sheet);
        let fits = |found: &PageMediaSize| size.is_some() && found.as_predefined_name() == size;
        if let Some(size) = capabilities.page_media_sizes().find(fits) {
            builder.merge(size).ok()?;
        }
        let duplex = capabilities.duplexes().find(|d| d.as_predefined_name() == Some(sides));
        if let Some(duplex) = duplex {
            builder.merge(duplex).ok()?;
        }
        builder.build().ok()
    };
    build().unwrap_or_default()
}

fn media(sheet: Sheet) -> Option<PredefinedMediaName> {
    match sheet {
        Sheet::A4 => Some(PredefinedMediaName::ISOA4),
        Sheet::A5 => Some(PredefinedMediaName::ISOA5),
        _ => None,
    }
}

impl Spooler for WindowsSpooler {
    fn printers(&self) -> Result<Vec<Printer>, PrintError> {
        list(&devices()?)
    }

    fn submit(&self, order: &Order<'_>) -> Result<JobRef, PrintError> {
        let printer = order.printer.to_owned();
        let Content::Pdf(pdf) = order.content else {
            let detail = "小票打印机请按端口设置，例如COM3或LPT1".to_owned();
            return Err(PrintError::Refused { printer, detail });
        };
        // The renderer reads from a file, and the queue shows the file's name. The folder is the
        // user's own and goes away with `folder`, also on an error.
        let folder = tempfile::tempdir().map_err(PrintError::Machine)?;
        let allowed = |c: char| if r#"\/:*?"<>|"#.contains(c) { '_' } else { c };
        let name: String = order.title.chars().map(allowed).collect();
        let file = folder.path().join(format!("{}.pdf", name.trim()));
        std::fs::write(&file, pdf).map_err(PrintError::Machine)?;
        // The ticket of a PDF knows no copies: each is a job of its own.
        for _ in 0..order.copies.max(1) {
            let device = devices()?
                .into_iter()
                .find(|device| device.name() == printer)
                .ok_or_else(|| PrintError::UnknownPrinter { name: printer.clone() })?;
            let ticket = ticket(&device, order);
            match WinPdfPrinter::new(device).print(&file, ticket) {
                Ok(PrintOutcome::Completed) => {}
                Ok(PrintOutcome::Canceled) => {
                    return Err(PrintError::Refused {
                        printer, detail: "任务已被取消".to_owned()
                    });
                }
                Err(error) => {
                    return Err(PrintError::Refused { printer, detail: error.to_string() });
                }
            }
        }
        Ok(JobRef { printer, id: String::new() })
    }

    /// The renderer gives no job's name back, so the system can't be asked: the clerk is.
    fn follow(&self, _: &JobRef, _: &str) -> Result<Report, PrintError> {
        Ok(Report::Forgotten)
    }

    fn find(&self, _: &str) -> Result<Option<JobRef>, PrintError> {
        Ok(None)
    }

    fn cancel(&self, _: &JobRef) -> Result<(), PrintError> {
        Err(PrintError::NotCancelled { detail: "请在系统的打印队列里取消".to_owned() })
    }
}
