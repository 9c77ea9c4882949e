//! What became of print jobs: asked of the printing system, told by the clerk, and written down.

use jiff::SignedDuration;
use yichuang_documents::print::{JobRef, PrintError, Report};
use yichuang_domain::case::{Actor, Case, EventBody};
use yichuang_domain::document::DocumentNumber;
use yichuang_domain::printing::{PrintNews, PrintProof, PrintState};
use yichuang_storage::{PrintJobQuery, StoredPrintJob, Tx};

use super::{MANY, PrintJobFilter, PrintJobView, mark_of, unsettled};
use crate::desk::Desk;
use crate::error::DeskError;
use crate::transfer::refuse_practised;

/// How long handing over can take at most: another program on the same records may be doing it
/// right now. A job that was only written down for longer was left behind.
const LONGEST_HAND_OVER: SignedDuration = SignedDuration::from_mins(2);
/// How many jobs a list shows at most.
const LONGEST_LIST: u32 = 500;

/// Writes the entry of the log that belongs to a job which came out.
fn record(
    tx: &Tx<'_>,
    desk: &Desk,
    job: &StoredPrintJob,
    by: &Actor,
    proof: PrintProof,
) -> Result<(), DeskError> {
    let not_found = || DeskError::NotFound { what: "这份文书的办件" };
    let case = tx.case(&job.case)?.ok_or_else(not_found)?;
    refuse_practised(tx, &case)?;
    let (number, before) = printed_before(&case, &job.number).ok_or_else(not_found)?;
    let printed = EventBody::DocumentPrinted {
        number,
        printer: job.printer.clone(),
        nth: before.saturating_add(1),
        proof: Some(proof),
        reason: job.reason.clone(),
        job: Some(job.id.clone()),
    };
    tx.append(by, case.id, vec![printed], desk.clock.now())?;
    Ok(())
}

/// The paper of that number and how often it came out before. Its issue may not have applied, since
/// another window had the case in hand by then: that it came out is a fact all the same.
fn printed_before(case: &Case, number: &str) -> Option<(DocumentNumber, u32)> {
    let counted = case.documents.iter().find(|d| d.number.as_str() == number);
    let unapplied = case.conflicts.iter().find_map(|conflict| match &conflict.event {
        EventBody::DocumentIssued { number: issued, .. } if issued.as_str() == number => {
            Some((issued.clone(), 0))
        }
        _ => None,
    });
    counted.map(|d| (d.number.clone(), d.printed)).or(unapplied)
}

/// Whether the log has the entry of a job.
pub(super) fn is_entry_of(event: &EventBody, id: &str) -> bool {
    matches!(event, EventBody::DocumentPrinted { job: Some(job), .. } if job == id)
}

impl Desk {
    /// The jobs that match, the newest first.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`]; `bad-date`.
    pub fn print_jobs(&self, filter: &PrintJobFilter) -> Result<Vec<PrintJobView>, DeskError> {
        self.actor()?;
        self.print_job_rows(filter)
    }

    /// The jobs that match. The command line asks with nobody signed in.
    ///
    /// # Errors
    /// `bad-date`; [`DeskError::Storage`].
    pub fn print_job_rows(&self, filter: &PrintJobFilter) -> Result<Vec<PrintJobView>, DeskError> {
        let query = PrintJobQuery {
            day: filter.read_day()?,
            states: filter.states.clone(),
            number: None,
            limit: LONGEST_LIST,
        };
        let jobs = self.store.print_jobs(&query)?;
        jobs.into_iter().map(|job| self.print_job_view(job)).collect()
    }

    /// Asks the printing system about every job that has no result yet and writes down what it
    /// says; the jobs that are still open afterwards.
    ///
    /// # Errors
    /// [`DeskError::Print`] if the printing system can't be asked; [`DeskError::Storage`].
    pub fn follow_prints(&self) -> Result<Vec<PrintJobView>, DeskError> {
        let states = unsettled();
        let query = PrintJobQuery { states: states.clone(), limit: MANY, ..Default::default() };
        for job in self.store.print_jobs(&query)? {
            self.follow(&job)?;
        }
        self.print_job_rows(&PrintJobFilter { day: None, states })
    }

    fn follow(&self, job: &StoredPrintJob) -> Result<(), DeskError> {
        let mark = mark_of(&job.id);
        let taken = match job.state {
            PrintState::Sent => JobRef { printer: job.printer.clone(), id: job.job.clone() },
            PrintState::Queued if !self.was_left_behind(job) => return Ok(()),
            PrintState::Queued => match self.spooler.find(&mark) {
                Ok(Some(found)) => found,
                Ok(None) => return self.know(job, PrintNews::Lost, ""),
                // Nobody can say now. It is looked for again as an unknown one.
                Err(error) => {
                    self.know(job, PrintNews::Lost, "")?;
                    return Err(error.into());
                }
            },
            // What the system once had and forgot, it will not find again.
            PrintState::Unknown if job.job.is_empty() => match self.spooler.find(&mark)? {
                Some(found) => found,
                None => return Ok(()),
            },
            PrintState::Unknown | PrintState::Printed | PrintState::Failed => return Ok(()),
        };
        if job.state != PrintState::Sent {
            self.store.write(|tx| {
                self.learn(tx, &job.id, PrintNews::Taken, |job| {
                    job.printer.clone_from(&taken.printer);
                    job.job.clone_from(&taken.id);
                })
                .map(|_| ())
            })?;
        }
        match self.spooler.follow(&taken, &mark)? {
            Report::Waiting(words) if words == job.said => Ok(()),
            Report::Waiting(words) => self.hear(&job.id, words),
            Report::Done => self.came_out(&job.id, &job.clerk, PrintProof::System).map(|_| ()),
            Report::Broken(why) => self.know(job, PrintNews::CameToNothing, &why),
            Report::Forgotten => self.know(job, PrintNews::Lost, ""),
        }
    }

    /// Whether nobody can be handing this job over any more.
    fn was_left_behind(&self, job: &StoredPrintJob) -> bool {
        let age = self.clock.now().duration_since(job.queued_at);
        age.abs() >= LONGEST_HAND_OVER
    }

    fn know(&self, job: &StoredPrintJob, news: PrintNews, said: &str) -> Result<(), DeskError> {
        let note = |job: &mut StoredPrintJob| said.clone_into(&mut job.said);
        self.store.write(|tx| self.learn(tx, &job.id, news, note).map(|_| ()))
    }

    /// Keeps what the printing system says of a job on its way.
    fn hear(&self, id: &str, words: String) -> Result<(), DeskError> {
        self.store.write(|tx| {
            match tx.print_job(id)? {
                Some(job) if job.state == PrintState::Sent => {
                    tx.keep_print_job(&StoredPrintJob { said: words, ..job })?;
                }
                _ => {}
            }
            Ok(())
        })
    }

    /// A job came out: journal and log learn it together, or neither does.
    fn came_out(
        &self,
        id: &str,
        by: &Actor,
        proof: PrintProof,
    ) -> Result<StoredPrintJob, DeskError> {
        self.store.write(|tx| {
            let before = tx.print_job(id)?.map(|job| job.state);
            let job = self.learn(tx, id, PrintNews::CameOut, |_| {})?;
            if job.state == PrintState::Printed && before != Some(PrintState::Printed) {
                record(tx, self, &job, by, proof)?;
            }
            Ok(job)
        })
    }

    /// The clerk's answer to 出纸了吗, for a job of which nobody else can say.
    ///
    /// For a job that came out and has no entry in the log, yes writes the entry (补记).
    ///
    /// # Errors
    /// `not-now` if nobody needs to be asked; [`DeskError::NotFound`], [`DeskError::NotSignedIn`].
    pub fn settle_print(&self, id: &str, out: bool) -> Result<PrintJobView, DeskError> {
        let actor = self.actor()?;
        let job = self.job(id)?;
        match (job.state, out) {
            (PrintState::Unknown, true) => {
                self.came_out(id, &actor, PrintProof::Clerk)?;
            }
            (PrintState::Unknown, false) => {
                self.know(&job, PrintNews::CameToNothing, "窗口人员确认没有出纸")?;
            }
            (PrintState::Printed, true) => self.record_late(&job, &actor)?,
            _ => return Err(DeskError::not_now("这次打印已经有了结果，或还在打印，不需要确认")),
        }
        self.print_job_view(self.job(id)?)
    }

    fn record_late(&self, job: &StoredPrintJob, actor: &Actor) -> Result<(), DeskError> {
        self.store.write(|tx| {
            let case =
                tx.case(&job.case)?.ok_or(DeskError::NotFound { what: "这份文书的办件" })?;
            let events = tx.case_events(case.id)?;
            if events.iter().any(|event| is_entry_of(&event.body, &job.id)) {
                return Err(DeskError::not_now("这次打印已经入账"));
            }
            record(tx, self, job, actor, PrintProof::Clerk)
        })
    }

    /// Cancels a job that the printing system has, and says what became of it: the printer may
    /// have been faster.
    ///
    /// # Errors
    /// [`DeskError::Print`] if it can't be cancelled; `not-now` for a job that is not there.
    pub fn cancel_print(&self, id: &str) -> Result<PrintJobView, DeskError> {
        self.actor()?;
        let job = self.job(id)?;
        match job.state {
            PrintState::Sent => {
                let at = JobRef { printer: job.printer.clone(), id: job.job.clone() };
                let cancelled = self.spooler.cancel(&at);
                self.follow(&job)?;
                // That it had ended already is no trouble: what became of it was written down.
                let after = self.job(id)?;
                if let (Err(error), false) = (cancelled, after.state.has_ended()) {
                    return Err(error.into());
                }
            }
            PrintState::Queued if self.was_left_behind(&job) => match self.follow(&job) {
                Ok(()) | Err(DeskError::Print(PrintError::NotRunning)) => {}
                Err(error) => return Err(error),
            },
            _ => return Err(DeskError::not_now("这个打印任务不在打印机的队列里，不能取消")),
        }
        self.print_job_view(self.job(id)?)
    }

    fn job(&self, id: &str) -> Result<StoredPrintJob, DeskError> {
        self.store.print_job(id)?.ok_or(DeskError::NotFound { what: "这个打印任务" })
    }
}
