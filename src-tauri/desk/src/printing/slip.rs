//! Slips: a paper set anew for a receipt printer, from the words it was issued with.
//!
//! The printer is a raw queue of the printing system or the path of a port. A port tells nothing
//! back, so once it took the slip the clerk is asked whether it came out.

use yichuang_documents::Paper;
use yichuang_documents::print::{Content, Order, Sheet, title};
use yichuang_documents::thermal::{Device, escpos};
use yichuang_domain::case::Actor;
use yichuang_domain::printing::{PrintNews, ReprintReason};
use yichuang_storage::{ArchivedDocument, PrintRule};

use super::mark_of;
use crate::desk::Desk;
use crate::error::DeskError;
use crate::papers::file_name;

/// What a slip is to a printing system: a roll.
const ROLL: Sheet = Sheet { width: 80, height: 297 };

/// Whether a printer's name is the path of a port; queues have no such names.
fn is_port(name: &str) -> bool {
    let system = ["COM", "LPT"];
    name.contains(['/', '\\'])
        || system.iter().any(|port| {
            name.strip_prefix(port).is_some_and(|number| {
                !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
            })
        })
}

impl Desk {
    /// Sends an archived paper to a receipt printer as slips, one for each part.
    pub(super) fn print_slip(
        &self,
        actor: &Actor,
        paper: &ArchivedDocument,
        rule: &PrintRule,
        printer: Option<&str>,
        reason: Option<ReprintReason>,
    ) -> Result<(), DeskError> {
        let words = paper.words.as_deref().and_then(|words| serde_json::from_str(words).ok());
        let words: Paper = words.ok_or(DeskError::NoSlip)?;
        let Some(printer) = printer.or(rule.printer.as_deref()) else {
            return Err(DeskError::BadPrintRule {
                field: "printer",
                message: "还没有设置小票打印机，请在打印设置里填写队列或端口",
            });
        };
        let slips = escpos::encode(&self.press()?.thermal(&words)?);
        let bytes = slips.repeat(usize::try_from(rule.copies.max(1)).unwrap_or(1));
        if is_port(printer) {
            let job = self.queue(actor, paper, printer, reason)?;
            return self.send_to_port(&job.id, printer, &bytes);
        }
        let printer = self.route(Some(printer), ROLL)?;
        let job = self.queue(actor, paper, &printer.name, reason)?;
        self.spool(
            &job.id,
            &Order {
                content: Content::Slip(&bytes),
                title: &title(&file_name(&paper.number, &paper.kind), &mark_of(&job.id)),
                printer: &printer.name,
                sheet: ROLL,
                tray: None,
                copies: 1,
                both_sides: false,
            },
        )
    }

    /// The port took it all: nobody but the clerk can say what came out. It took a part: so too.
    fn send_to_port(&self, id: &str, port: &str, bytes: &[u8]) -> Result<(), DeskError> {
        let sent = Device::at(port).send(bytes);
        let (news, said) = match &sent {
            Ok(()) => (PrintNews::Lost, String::new()),
            Err(error) if error.leaves_doubt() => (PrintNews::Lost, error.to_string()),
            Err(error) => (PrintNews::CameToNothing, error.to_string()),
        };
        let noted = self.store.write(|tx| self.learn(tx, id, news, |job| job.said = said));
        match (sent, noted) {
            (Ok(()), Ok(_)) => Ok(()),
            (Ok(()), Err(source)) => Err(DeskError::PrintUnrecorded {
                printer: port.to_owned(),
                source: Box::new(source),
            }),
            (Err(error), _) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_port;

    #[test]
    fn a_port_is_told_from_a_queue() {
        for port in ["/dev/usb/lp0", "/dev/ttyUSB0", "COM3", "LPT1", r"\\localhost\小票"] {
            assert!(is_port(port), "{port}");
        }
        for queue in ["小票", "前台-HP", "COMET", "LPT", "EPSON-80"] {
            assert!(!is_port(queue), "{queue}");
        }
    }
}
