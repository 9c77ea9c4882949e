//! 日清: the papers of a day, held against journal, log and archive, and the days before it that
//! still leave some open.

use jiff::ToSpan as _;
use jiff::civil::Date;
use yichuang_domain::beijing::start_of;
use yichuang_domain::intake::parse_date;
use yichuang_domain::printing::{JobAccount, PaperAccount, PrintState, reconcile};
use yichuang_storage::{IssuedPaper, PrintJobQuery};

use super::follow::is_entry_of;
use super::rules::title_of;
use super::{DayEndItem, DayEndView, MANY, OpenDay};
use crate::desk::Desk;
use crate::error::DeskError;

impl Desk {
    /// What a day leaves open; none is today.
    ///
    /// # Errors
    /// `bad-date`; [`DeskError::NotSignedIn`].
    pub fn day_end(&self, day: Option<&str>) -> Result<DayEndView, DeskError> {
        self.actor()?;
        self.account_of_day(day)
    }

    /// What a day leaves open. The command line asks with nobody signed in.
    ///
    /// # Errors
    /// `bad-date`; [`DeskError::Storage`].
    pub fn account_of_day(&self, day: Option<&str>) -> Result<DayEndView, DeskError> {
        let day = day.map(|day| parse_date(day, "day")).transpose()?;
        let day = day.unwrap_or_else(|| self.clock.today());
        let papers = self.papers_of_day(day)?;
        let accounts = papers
            .iter()
            .map(|paper| self.account_of(paper))
            .collect::<Result<Vec<_>, DeskError>>()?;
        let count = |is: fn(&PaperAccount) -> bool| {
            u32::try_from(accounts.iter().filter(|paper| is(paper)).count()).unwrap_or(u32::MAX)
        };
        let mut view = DayEndView {
            day: day.to_string(),
            papers: count(|_| true),
            printed: count(|paper| {
                paper.log_prints > 0
                    || paper.jobs.iter().any(|job| job.state == PrintState::Printed)
            }),
            given: count(|paper| paper.given),
            items: Vec::new(),
            earlier: Vec::new(),
        };
        let open_day = |(day, papers): (Date, u32)| OpenDay { day: day.to_string(), papers };
        view.earlier.extend(self.store.open_days(day)?.into_iter().map(open_day));
        for found in reconcile(&accounts) {
            let Some(paper) = papers.iter().find(|paper| paper.number == found.number) else {
                continue;
            };
            let job = match &found.job {
                Some(id) => self.store.print_job(id)?,
                None => None,
            };
            let row = self.store.case_row(&paper.case)?;
            view.items.push(DayEndItem {
                number: found.number,
                title: title_of(&paper.kind),
                case: paper.case.clone(),
                applicant: row.map(|row| row.applicant).unwrap_or_default(),
                side: found.side,
                trouble: found.trouble,
                remedies: found.remedies.to_vec(),
                printer: job.as_ref().map(|job| job.printer.clone()).unwrap_or_default(),
                said: job.map(|job| job.said).unwrap_or_default(),
                job: found.job,
            });
        }
        Ok(view)
    }

    fn papers_of_day(&self, day: Date) -> Result<Vec<IssuedPaper>, DeskError> {
        // Halls live by Beijing time, whose days all have 24 hours.
        let next = day.checked_add(1.day()).ok();
        let (Some(from), Some(until)) = (start_of(day), next.and_then(start_of)) else {
            // The last day that the calendar knows has no papers.
            return Ok(Vec::new());
        };
        Ok(self.store.papers_of_day(day, from, until)?)
    }

    fn account_of(&self, paper: &IssuedPaper) -> Result<PaperAccount, DeskError> {
        let query = PrintJobQuery {
            number: Some(paper.number.clone()),
            limit: MANY,
            ..PrintJobQuery::default()
        };
        let case = self.store.case(&paper.case)?;
        let events = match &case {
            Some(case) => self.store.case_events(case.id)?,
            None => Vec::new(),
        };
        let document = case.as_ref().and_then(|case| {
            case.documents.iter().find(|document| document.number.as_str() == paper.number)
        });
        let jobs = self.store.print_jobs(&query)?.into_iter().rev();
        Ok(PaperAccount {
            number: paper.number.clone(),
            jobs: jobs
                .map(|job| JobAccount {
                    logged: events.iter().any(|event| is_entry_of(&event.body, &job.id)),
                    id: job.id,
                    state: job.state,
                })
                .collect(),
            log_prints: document.map_or(0, |document| document.printed),
            replaced: document.is_some_and(|document| document.outdated),
            given: !self.store.given_papers(&paper.number)?.is_empty(),
        })
    }
}
