//! CUPS, asked in its own language (IPP): no shell, no file left on the disk, and the state of a
//! job as the server has it. `lpstat` lists aborted jobs among the completed ones, and `lp` says
//! the same about a queue that does not exist and a server that is not there.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use ipp::model::{DelimiterTag, JobState, Operation, PrinterState, StatusCode};
use ipp::value::{IppName, IppValue};

use super::ipp::{Answer, Facts, Question, Server};
use super::words::told;
use super::{Content, JobRef, Order, PrintError, Printer, Report, Sheet, Spooler, bears};

/// Where `cupsd` listens on Linux and on macOS.
const SOCKETS: [&str; 3] =
    ["/run/cups/cups.sock", "/var/run/cups/cups.sock", "/private/var/run/cupsd"];

/// CUPS on this machine, or the server that the machine prints through.
#[derive(Clone, Debug)]
pub struct Cups {
    server: Option<OsString>,
    patience: Duration,
}

impl Default for Cups {
    /// The server the system is set up for, waited for up to 15 seconds.
    fn default() -> Self {
        Self { server: std::env::var_os("CUPS_SERVER"), patience: Duration::from_secs(15) }
    }
}

const PRINTER_FACTS: [&str; 9] = [
    "printer-name",
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
    "media-supported",
    "media-ready",
    "media-source-supported",
    "sides-supported",
];

const JOB_FACTS: [&str; 7] = [
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-printer-uri",
    "job-printer-state-message",
    "job-printer-state-reasons",
];

impl Cups {
    /// The server at a socket or an address, as `CUPS_SERVER` takes it.
    #[must_use]
    pub fn at(mut self, server: impl Into<OsString>) -> Self {
        self.server = Some(server.into());
        self
    }

    /// How long an answer may take.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    fn server(&self) -> Server {
        match &self.server {
            Some(name) => Server::named(name),
            None => configured().unwrap_or_else(|| {
                let here = SOCKETS.into_iter().find(|path| Path::new(path).exists());
                Server::named(here.unwrap_or("localhost").as_ref())
            }),
        }
    }

    fn ask(&self, question: Question) -> Result<Answer, PrintError> {
        question.ask(&self.server(), &[], self.patience)
    }

    /// What keeps a printer from printing; empty if nothing is known to.
    fn trouble_of(&self, printer: &str) -> Result<String, PrintError> {
        let path = format!("/printers/{}", in_an_address(printer));
        let question = Question::new(Operation::GetPrinterAttributes, &path, "printer-uri", &path)?;
        let answer = self.ask(question.want(&PRINTER_FACTS)?)?;
        let found = answer.all(DelimiterTag::PrinterAttributes).next();
        Ok(found.map(|facts| printer_of(&facts, None).trouble).unwrap_or_default())
    }

    /// The name of the server's default printer.
    fn default_printer(&self) -> Result<Option<String>, PrintError> {
        let question = Question::new(Operation::CupsGetDefault, "/", "printer-uri", "/")?;
        let answer = self.ask(question.want(&["printer-name"])?)?;
        let found = answer.all(DelimiterTag::PrinterAttributes).next();
        Ok(found.map(|facts| facts.text("printer-name")).filter(|name| !name.is_empty()))
    }
}

/// The server that `client.conf` names.
fn configured() -> Option<Server> {
    let conf = std::fs::read_to_string("/etc/cups/client.conf").ok()?;
    let named = conf.lines().find_map(|line| line.trim().strip_prefix("ServerName "))?;
    Some(Server::named(named.trim().as_ref()))
}

/// A printer's name as a part of an address.
fn in_an_address(name: &str) -> String {
    use std::fmt::Write as _;
    name.bytes().fold(String::with_capacity(name.len()), |mut address, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            // Writing to a String never fails.
            let _ = write!(address, "%{byte:02X}");
        }
        address
    })
}

fn printer_of(facts: &Facts<'_>, default: Option<&str>) -> Printer {
    let name = facts.text("printer-name");
    let reasons = facts.texts("printer-state-reasons");
    let mut reasons: Vec<&str> = reasons.iter().map(String::as_str).collect();
    let stopped = facts.number("printer-state") == Some(PrinterState::Stopped as i32);
    if stopped {
        reasons.insert(0, "printer-stopped");
    }
    // An idle printer's sentence is about the last job, not about the next.
    let sentence = if stopped { facts.text("printer-state-message") } else { String::new() };
    let mut trouble = told(reasons, &sentence);
    if facts.yes("printer-is-accepting-jobs") == Some(false) {
        trouble = told([], &format!("{trouble} 打印机拒绝接收新任务"));
    }
    let ready = facts.texts("media-ready");
    Printer {
        is_default: default == Some(name.as_str()),
        name,
        trouble,
        media: if ready.is_empty() { facts.texts("media-supported") } else { ready },
        trays: facts.texts("media-source-supported"),
        both_sides: facts.texts("sides-supported").iter().any(|s| s.starts_with("two-sided")),
    }
}

/// What a job's own facts say; `trouble` is asked for what keeps its printer from printing.
fn report_of(
    facts: &Facts<'_>,
    trouble: impl FnOnce() -> Result<String, PrintError>,
) -> Result<Report, PrintError> {
    let state = facts.number("job-state").unwrap_or_default();
    let is = |wanted: JobState| state == wanted as i32;
    let mut reasons = facts.texts("job-state-reasons");
    reasons.extend(facts.texts("job-printer-state-reasons"));
    let sentence = facts.text("job-printer-state-message");
    let said = told(reasons.iter().map(String::as_str), &sentence);
    if is(JobState::Completed) {
        return Ok(Report::Done);
    }
    if is(JobState::Canceled) {
        return Ok(Report::Broken("任务已取消".to_owned()));
    }
    if is(JobState::Aborted) {
        let why = if said.is_empty() { "打印机没有说明原因".to_owned() } else { said };
        return Ok(Report::Broken(why));
    }
    // A job that waits is told of only by its printer.
    let (stage, said) = if is(JobState::PendingHeld) {
        ("任务被挂起", said)
    } else if is(JobState::Processing) {
        ("正在打印", said)
    } else if is(JobState::ProcessingStopped) {
        ("打印停下了", trouble()?)
    } else {
        ("在打印机排队", trouble()?)
    };
    Ok(Report::Waiting(if said.is_empty() {
        stage.to_owned()
    } else {
        format!("{stage}：{said}")
    }))
}

/// The size and the tray, as one attribute where there is a tray: CUPS maps both to the printer's
/// own options.
fn media(sheet: Sheet, tray: Option<&str>) -> (&'static str, IppValue) {
    let keyword = |text: &str| IppValue::Keyword(IppName::new_truncated(text));
    let Some(tray) = tray else { return ("media", keyword(&sheet.keyword())) };
    let hundredths =
        |millimetres: u32| IppValue::Integer(i32::try_from(millimetres * 100).unwrap_or(i32::MAX));
    let collection = |members: Vec<(&str, IppValue)>| {
        let members = members.into_iter();
        IppValue::Collection(members.map(|(n, v)| (IppName::new_truncated(n), v)).collect())
    };
    let size = collection(vec![
        ("x-dimension", hundredths(sheet.width)),
        ("y-dimension", hundredths(sheet.height)),
    ]);
    ("media-col", collection(vec![("media-size", size), ("media-source", keyword(tray))]))
}

impl Spooler for Cups {
    fn printers(&self) -> Result<Vec<Printer>, PrintError> {
        let default = self.default_printer()?;
        let question = Question::new(Operation::CupsGetPrinters, "/", "printer-uri", "/")?;
        let answer = self.ask(question.want(&PRINTER_FACTS)?)?;
        let printers = answer.all(DelimiterTag::PrinterAttributes);
        Ok(printers.map(|facts| printer_of(&facts, default.as_deref())).collect())
    }

    fn submit(&self, order: &Order<'_>) -> Result<JobRef, PrintError> {
        let printer = order.printer.to_owned();
        let path = format!("/printers/{}", in_an_address(&printer));
        let sides = if order.both_sides { "two-sided-long-edge" } else { "one-sided" };
        let (name, media) = media(order.sheet, order.tray);
        let copies = i32::try_from(order.copies.max(1)).unwrap_or(1);
        // Filters would take a slip for text; a raw job goes to the printer untouched.
        let kind = match order.content {
            Content::Pdf(_) => "application/pdf",
            Content::Slip(_) => "application/vnd.cups-raw",
        };
        let question = Question::new(Operation::PrintJob, &path, "printer-uri", &path)?
            .say("job-name", IppValue::new_name_without_language(order.title))?
            .say("document-format", IppValue::new_mime_media_type(kind))?
            .order("copies", Ok(IppValue::Integer(copies)))?
            .order("sides", IppValue::new_keyword(sides))?
            .order(name, Ok(media))?;
        let answer = question.ask(&self.server(), order.content.bytes(), self.patience)?;
        let job = answer.all(DelimiterTag::JobAttributes).next();
        let id = job.and_then(|facts| facts.number("job-id"));
        match (answer.status, id) {
            (status, Some(id)) if status.is_success() => Ok(JobRef { printer, id: id.to_string() }),
            (StatusCode::ClientErrorNotFound, _) => {
                Err(PrintError::UnknownPrinter { name: printer })
            }
            (StatusCode::ServerErrorNotAcceptingJobs, _) => Err(PrintError::Refused {
                printer,
                detail: "打印机拒绝接收新任务".to_owned(),
            }),
            _ => Err(PrintError::Refused { printer, detail: answer.message() }),
        }
    }

    fn follow(&self, job: &JobRef, mark: &str) -> Result<Report, PrintError> {
        if job.id.parse::<u32>().is_err() {
            return Ok(Report::Forgotten);
        }
        let target = format!("/jobs/{}", job.id);
        let question = Question::new(Operation::GetJobAttributes, "/jobs/", "job-uri", &target)?;
        let answer = self.ask(question.want(&JOB_FACTS)?)?;
        let job = answer.all(DelimiterTag::JobAttributes).next();
        // Numbers start again when the server's history was cleared: the mark tells.
        let job = job.filter(|facts| bears(&facts.text("job-name"), mark));
        let Some(facts) = job else { return Ok(Report::Forgotten) };
        report_of(&facts, || self.trouble_of(&printer_named_in(&facts)))
    }

    fn find(&self, mark: &str) -> Result<Option<JobRef>, PrintError> {
        let question = Question::new(Operation::GetJobs, "/", "printer-uri", "/")?
            .say("which-jobs", IppValue::new_keyword("all"))?
            .want(&JOB_FACTS)?;
        let answer = self.ask(question)?;
        let found = answer
            .all(DelimiterTag::JobAttributes)
            .find(|facts| bears(&facts.text("job-name"), mark));
        Ok(found.and_then(|facts| {
            let id = facts.number("job-id")?.to_string();
            Some(JobRef { printer: printer_named_in(&facts), id })
        }))
    }

    fn cancel(&self, job: &JobRef) -> Result<(), PrintError> {
        let target = format!("/jobs/{}", job.id);
        let answer =
            self.ask(Question::new(Operation::CancelJob, "/jobs/", "job-uri", &target)?)?;
        match answer.status {
            status if status.is_success() => Ok(()),
            StatusCode::ClientErrorNotPossible => {
                Err(PrintError::NotCancelled { detail: "任务已经结束".to_owned() })
            }
            _ => Err(PrintError::NotCancelled { detail: answer.message() }),
        }
    }
}

/// The printer that a job is for.
fn printer_named_in(facts: &Facts<'_>) -> String {
    let address = facts.text("job-printer-uri");
    address.rsplit('/').next().map(out_of_an_address).unwrap_or_default()
}

/// A part of an address as a printer's name.
fn out_of_an_address(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        let escaped = (byte == b'%').then(|| {
            let digits: String = rest.clone().take(2).map(char::from).collect();
            (digits.len() == 2).then(|| u8::from_str_radix(&digits, 16).ok()).flatten()
        });
        match escaped.flatten() {
            Some(escaped) => {
                rest.nth(1);
                bytes.push(escaped);
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_an_address() {
        for name in ["前台_HP", "HP-LaserJet.2", "a b/c%d", "%"] {
            let address = in_an_address(name);
            assert!(address.is_ascii() && !address.contains('/'), "{address}");
            assert_eq!(out_of_an_address(&address), name);
        }
        assert_eq!(out_of_an_address("%zz%4"), "%zz%4");
    }
}
