//! Printing: a paper goes to a printer, or to the applicant in another way, and nothing of it is
//! lost on the way.
//!
//! A job is written into the print journal, durably, before the printing system hears of it. What
//! becomes known of it later is written there too, and when it came out, the log gets its entry in
//! the same transaction. So a program that is killed, or a disk that is full, leaves a line that
//! somebody is asked about, and never paper that nobody knows of.

mod day_end;
mod follow;
mod rules;
mod slip;
mod views;

pub use views::{
    DayEndItem, DayEndView, OpenDay, PrintJobFilter, PrintJobView, PrintRuleView, PrinterView,
};

use std::path::{Path, PathBuf};

use uuid::Uuid;
use yichuang_documents::print::{Content, Order, Printer, Sheet, measure, route, title};
use yichuang_domain::case::Actor;
use yichuang_domain::printing::{
    OtherWay, PrintNews, PrintState, ReprintReason, may_use_both_sides,
};
use yichuang_storage::{ArchivedDocument, GivenPaper, PrintJobQuery, StoredPrintJob, Tx};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::papers::{file_name, write_file};
use crate::transfer::refuse_practised;
use crate::view::CaseView;

/// More jobs of one paper than anybody makes.
const MANY: u32 = 1000;

/// What finds a job again in the printing system: the random end of its id.
fn mark_of(id: &str) -> String {
    let end = id.get(id.len().saturating_sub(8)..).unwrap_or(id);
    format!("#{end}")
}

/// The states in which a job still waits for news or an answer.
fn unsettled() -> Vec<PrintState> {
    PrintState::ALL.into_iter().filter(|state| !state.has_ended()).collect()
}

impl Desk {
    /// The printers of this machine.
    ///
    /// # Errors
    /// [`DeskError::Print`].
    pub fn printers(&self) -> Result<Vec<PrinterView>, DeskError> {
        Ok(self.spooler.printers()?.into_iter().map(PrinterView::from).collect())
    }

    /// Sends an archived paper to a printer, byte for byte as issued: to the one named, else to
    /// the one set for its kind, else to the default one. A paper that came out before is printed
    /// again (补打) only with a reason.
    ///
    /// # Errors
    /// [`DeskError::Print`], also if the printer takes other sheets; [`DeskError::PrintUnsettled`]
    /// while an earlier job of the paper has no result; [`DeskError::ReprintNeedsReason`],
    /// [`DeskError::BadReason`]; [`DeskError::PrintUnrecorded`] if the printer took it and the
    /// disk could not note that (the journal has it all the same).
    pub fn print_paper(
        &self,
        number: &str,
        printer: Option<&str>,
        reason: Option<ReprintReason>,
    ) -> Result<CaseView, DeskError> {
        let actor = self.actor()?;
        let paper = self.paper(number)?;
        let rule = self.print_rule(&paper.kind)?;
        if rule.slip {
            self.print_slip(&actor, &paper, &rule, printer, reason)?;
            return self.case(&paper.case);
        }
        let measured = measure(&paper.pdf)?;
        let wanted = printer.or(rule.printer.as_deref());
        let printer = self.route(wanted, measured.sheet)?;
        let job = self.queue(&actor, &paper, &printer.name, reason)?;
        let both_sides = rule.both_sides && may_use_both_sides(measured.pages, paper.parts);
        self.spool(
            &job.id,
            &Order {
                content: Content::Pdf(&paper.pdf),
                title: &title(&file_name(&paper.number, &paper.kind), &mark_of(&job.id)),
                printer: &printer.name,
                sheet: measured.sheet,
                tray: rule.tray.as_deref(),
                copies: rule.copies,
                both_sides,
            },
        )?;
        self.case(&paper.case)
    }

    fn route(&self, wanted: Option<&str>, sheet: Sheet) -> Result<Printer, DeskError> {
        Ok(route(&self.spooler.printers()?, wanted, sheet)?.clone())
    }

    /// Writes the job down.
    fn queue(
        &self,
        actor: &Actor,
        paper: &ArchivedDocument,
        printer: &str,
        reason: Option<ReprintReason>,
    ) -> Result<StoredPrintJob, DeskError> {
        let now = self.clock.now();
        let not_found = || DeskError::NotFound { what: "这份文书的办件" };
        self.store.write(|tx| {
            let case = tx.case(&paper.case)?.ok_or_else(not_found)?;
            refuse_practised(tx, &case)?;
            let document = case.documents.iter().find(|d| d.number.as_str() == paper.number);
            let document = document.ok_or_else(not_found)?;
            let query = PrintJobQuery {
                number: Some(paper.number.clone()),
                limit: MANY,
                ..PrintJobQuery::default()
            };
            let jobs = tx.print_jobs(&query)?;
            if jobs.iter().any(|job| !job.state.has_ended()) {
                return Err(DeskError::PrintUnsettled);
            }
            let came_out =
                document.printed > 0 || jobs.iter().any(|job| job.state == PrintState::Printed);
            let reason = match (came_out, reason) {
                (false, _) => None,
                (true, None) => return Err(DeskError::ReprintNeedsReason),
                (true, Some(reason)) => {
                    reason.check()?;
                    Some(reason)
                }
            };
            let job = StoredPrintJob {
                id: Uuid::now_v7().to_string(),
                number: paper.number.clone(),
                case: paper.case.clone(),
                kind: paper.kind.clone(),
                clerk: actor.clone(),
                session: self.session.clone(),
                day: self.clock.today(),
                queued_at: now,
                changed_at: now,
                state: PrintState::Queued,
                printer: printer.to_owned(),
                job: String::new(),
                said: String::new(),
                reason,
            };
            tx.queue_print_job(&job)?;
            Ok(job)
        })
    }

    fn spool(&self, id: &str, order: &Order<'_>) -> Result<(), DeskError> {
        match self.spooler.submit(order) {
            Ok(taken) => self
                .store
                .write(|tx| {
                    self.learn(tx, id, PrintNews::Taken, |job| {
                        job.printer.clone_from(&taken.printer);
                        job.job.clone_from(&taken.id);
                    })
                    .map(|_| ())
                })
                .map_err(|source| DeskError::PrintUnrecorded {
                    printer: order.printer.to_owned(),
                    source: Box::new(source),
                }),
            Err(error) => {
                let doubt = error.leaves_doubt();
                let news = if doubt { PrintNews::Lost } else { PrintNews::CameToNothing };
                let noted = self.store.write(|tx| {
                    self.learn(tx, id, news, |job| job.said = error.to_string()).map(|_| ())
                });
                // The line stays as it was written, and somebody will be asked about it.
                if let Err(unnoted) = noted {
                    tracing::warn!(code = unnoted.code(), "a print job could not be noted");
                }
                Err(error.into())
            }
        }
    }

    /// Writes down what became known of a job. News that can't be of it any more change nothing.
    fn learn(
        &self,
        tx: &Tx<'_>,
        id: &str,
        news: PrintNews,
        note: impl FnOnce(&mut StoredPrintJob),
    ) -> Result<StoredPrintJob, DeskError> {
        let mut job =
            tx.print_job(id)?.ok_or(DeskError::NotFound { what: "这个打印任务" })?;
        let Some(next) = job.state.next(news) else { return Ok(job) };
        job.state = next;
        job.changed_at = self.clock.now();
        job.said.clear();
        note(&mut job);
        tx.keep_print_job(&job)?;
        Ok(job)
    }

    /// Saves a paper as PDF into `folder`, and notes that it left this way; returns where.
    ///
    /// # Errors
    /// [`DeskError::Unwritable`], [`DeskError::NotFound`].
    pub fn save_paper(&self, number: &str, folder: &Path) -> Result<PathBuf, DeskError> {
        let paper = self.paper(number)?;
        let path = write_file(folder, &file_name(&paper.number, &paper.kind), &paper.pdf)?;
        self.note_given(&paper, OtherWay::Pdf)?;
        Ok(path)
    }

    /// Notes that a paper reached the applicant otherwise than by a printer of this window.
    ///
    /// # Errors
    /// [`DeskError::NotFound`], [`DeskError::NotSignedIn`].
    pub fn give_paper(&self, number: &str, way: OtherWay) -> Result<CaseView, DeskError> {
        let paper = self.paper(number)?;
        self.note_given(&paper, way)?;
        self.case(&paper.case)
    }

    fn note_given(&self, paper: &ArchivedDocument, way: OtherWay) -> Result<(), DeskError> {
        let given = GivenPaper {
            number: paper.number.clone(),
            way,
            day: self.clock.today(),
            at: self.clock.now(),
            clerk: self.actor()?,
        };
        Ok(self.store.write(|tx| tx.note_given_paper(&given))?)
    }

    /// Sends a sheet that belongs to no case: nothing is journalled (see `enquiry`).
    pub(crate) fn print_sheet(
        &self,
        pdf: &[u8],
        name: &str,
        printer: Option<&str>,
    ) -> Result<String, DeskError> {
        let measured = measure(pdf)?;
        let rule = self.print_rule(rules::GUIDE_SHEET)?;
        let printer = self.route(printer.or(rule.printer.as_deref()), measured.sheet)?;
        let order = Order {
            content: Content::Pdf(pdf),
            title: &title(name, &mark_of(&Uuid::now_v7().to_string())),
            printer: &printer.name,
            sheet: measured.sheet,
            tray: rule.tray.as_deref(),
            copies: rule.copies,
            both_sides: rule.both_sides && may_use_both_sides(measured.pages, 1),
        };
        Ok(self.spooler.submit(&order)?.words())
    }
}

#[cfg(test)]
mod tests;
