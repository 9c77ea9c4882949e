//! The Windows spooler, through `winprint`: the system's own PDF renderer draws the pages.
//! Type-checked only; it was not run where this was written.

use winprint::printer::{FilePrinter as _, PrintOutcome, PrinterDevice, WinPdfPrinter};
use winprint::ticket::{
    FeatureOptionPackWithPredefined as _, PredefinedDuplexType, PredefinedMediaName,
    PrintCapabilities, PrintTicket, PrintTicketBuilder,
};

use super::{JobRef, PrintError, Printer, Spooler, choose, clean_title};

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
    };
    Ok(devices.iter().map(printer).collect())
}

/// A4, one-sided, as far as the printer knows these; else as the printer has it.
fn ticket(device: &PrinterDevice) -> PrintTicket {
    let build = || {
        let capabilities = PrintCapabilities::fetch(device).ok()?;
        let mut builder = PrintTicketBuilder::new(device).ok()?;
        let a4 = |size: &_| as_a4(size);
        if let Some(size) = capabilities.page_media_sizes().find(a4) {
            builder.merge(size).ok()?;
        }
        let one_sided = capabilities
            .duplexes()
            .find(|d| d.as_predefined_name() == Some(PredefinedDuplexType::OneSided));
        if let Some(duplex) = one_sided {
            builder.merge(duplex).ok()?;
        }
        builder.build().ok()
    };
    build().unwrap_or_default()
}

fn as_a4(size: &winprint::ticket::PageMediaSize) -> bool {
    size.as_predefined_name() == Some(PredefinedMediaName::ISOA4)
}

impl Spooler for WindowsSpooler {
    fn printers(&self) -> Result<Vec<Printer>, PrintError> {
        list(&devices()?)
    }

    fn submit(&self, pdf: &[u8], title: &str, printer: Option<&str>) -> Result<JobRef, PrintError> {
        let devices = devices()?;
        let printer = choose(&list(&devices)?, printer)?;
        let device = devices
            .into_iter()
            .find(|device| device.name() == printer)
            .ok_or_else(|| PrintError::UnknownPrinter { name: printer.clone() })?;
        // The renderer reads from a file, and the queue shows the file's name. The folder is the
        // user's own and goes away with `folder`, also on an error.
        let folder = tempfile::tempdir().map_err(PrintError::Machine)?;
        let allowed = |c: char| if r#"\/:*?"<>|"#.contains(c) { '_' } else { c };
        let name: String = clean_title(title).chars().map(allowed).collect();
        let file = folder.path().join(format!("{}.pdf", name.trim()));
        std::fs::write(&file, pdf).map_err(PrintError::Machine)?;
        let ticket = ticket(&device);
        match WinPdfPrinter::new(device).print(&file, ticket) {
            Ok(PrintOutcome::Completed) => Ok(JobRef { printer, id: String::new() }),
            Ok(PrintOutcome::Canceled) => {
                Err(PrintError::Refused { printer, detail: "任务已被取消".to_owned() })
            }
            Err(error) => Err(PrintError::Refused { printer, detail: error.to_string() }),
        }
    }
}
