//! The lead's view (统计): what the cases of a period come to, and the cases behind each number.

use std::collections::HashSet;

use jiff::civil::Date;
use yichuang_domain::Refusal;
use yichuang_domain::beijing;
use yichuang_domain::case::Case;
use yichuang_domain::case::event::EventBody;
use yichuang_domain::case::words::{detail, title};
use yichuang_domain::clerk::ClerkRole;
use yichuang_domain::figures::{Figure, FigureGroup, GroupRow, Groups, Period, Rate, Tally};
use yichuang_domain::named::Named as _;
use yichuang_exchange::figures::{FigureBook, FigureLine, ReasonLine};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::{CasePage, FigureReason, FigureRow, FiguresFilter, FiguresView, RateParts};

/// How many cases behind a number are listed, and how many reasons. A workbook has them all.
pub(crate) const LISTED: usize = 500;

/// A workbook of figures.
#[derive(Clone, Debug)]
pub struct FigureFile {
    /// A file name that says what it is.
    pub name: String,
    /// The workbook.
    pub bytes: Vec<u8>,
}

fn row(group: GroupRow) -> FigureRow {
    let GroupRow { key, name, tally } = group;
    FigureRow {
        key,
        name,
        counts: Figure::ALL.iter().map(|figure| (*figure, tally.get(*figure))).collect(),
        rates: Rate::ALL.iter().map(|rate| (*rate, tally.per_mille(*rate))).collect(),
    }
}

fn rows(groups: Groups, by: FigureGroup) -> Vec<FigureRow> {
    groups.rows(by.is_in_time()).into_iter().map(row).collect()
}

fn parts(rate: Rate) -> RateParts {
    let (part, whole) = rate.of();
    RateParts { rate, part, whole }
}

/// The days of a filter.
fn period(filter: &FiguresFilter) -> Result<Period, Refusal> {
    Period::parse(&filter.from, &filter.to)
}

/// Whether a lead looks at why it was done.
fn is_looked_at(body: &EventBody, told_before: bool) -> bool {
    match body {
        EventBody::SupplementAsked { .. } => told_before,
        EventBody::LimitExtended { .. } => true,
        EventBody::DocumentPrinted { nth, .. } => *nth > 1,
        _ => false,
    }
}

impl Desk {
    /// Shows `see` every case of the period that is of this profile's kind: practice is never
    /// counted among real work.
    fn cases_of(&self, filter: &FiguresFilter, mut see: impl FnMut(Case)) -> Result<(), DeskError> {
        let Period { from, to } = period(filter)?;
        let practice = self.mode()?.is_practice();
        self.store.each_case_filed(from, to, &mut |case| {
            if case.practice == practice {
                see(case);
            }
        })?;
        Ok(())
    }

    /// The figures of the cases filed in a period. Leads only.
    ///
    /// # Errors
    /// `not-lead`; `bad-date`.
    pub fn figures(&self, filter: &FiguresFilter) -> Result<FiguresView, DeskError> {
        self.figures_with(filter, LISTED)
    }

    /// The figures with so many reasons at most.
    pub(crate) fn figures_with(
        &self,
        filter: &FiguresFilter,
        most: usize,
    ) -> Result<FiguresView, DeskError> {
        self.acting_as(ClerkRole::Lead)?;
        let today = self.clock.today();
        let by = period(filter)?.course();
        let (mut course, mut groups) = (Groups::default(), Groups::default());
        let mut total = Tally::default();
        let mut matters = HashSet::new();
        let mut to_explain = Vec::new();
        self.cases_of(filter, |case| {
            total.add(&case, today);
            groups.add(filter.group.of(&case), &case, today);
            course.add(by.of(&case), &case, today);
            matters.insert(case.matter.code.clone());
            let looked_at = [Figure::SecondNotices, Figure::Extensions, Figure::Reprints];
            if looked_at.iter().any(|figure| figure.of(&case, today) > 0) {
                to_explain.push(case);
            }
        })?;
        let guide_matters = self.guide().map_or(0, |guide| guide.package.matters.len());
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut reasons = self.reasons(&to_explain)?;
        let reasons_total = count(reasons.len());
        reasons.truncate(most);
        Ok(FiguresView {
            total: row(GroupRow { key: String::new(), name: String::new(), tally: total }),
            groups: rows(groups, filter.group),
            course: rows(course, by),
            matters: count(matters.len()),
            guide_matters: count(guide_matters),
            reasons,
            reasons_total,
            rates: Rate::ALL.iter().map(|rate| parts(*rate)).collect(),
        })
    }

    /// Why there were second lists, extensions and reprints, the newest first.
    fn reasons(&self, cases: &[Case]) -> Result<Vec<FigureReason>, DeskError> {
        let mut reasons = Vec::new();
        for case in cases {
            let mut told_before = false;
            for event in self.store.case_events(case.id)? {
                if is_looked_at(&event.body, told_before) {
                    reasons.push(FigureReason {
                        case: case.id.to_string(),
                        number: case.number.to_string(),
                        title: title(&event.body).to_owned(),
                        detail: detail(case, &event.body),
                        actor: event.actor.name,
                        at: event.at.to_string(),
                    });
                }
                told_before |= matches!(
                    event.body,
                    EventBody::NoticeGiven { .. } | EventBody::SupplementAsked { .. }
                );
            }
        }
        reasons.sort_by(|a, b| b.at.cmp(&a.at));
        Ok(reasons)
    }

    /// The cases behind a number, of a group or of all: the first of them, and how many there are.
    /// Leads only.
    ///
    /// # Errors
    /// As [`Self::figures`].
    pub fn figure_cases(
        &self,
        filter: &FiguresFilter,
        figure: Figure,
        key: Option<&str>,
    ) -> Result<CasePage, DeskError> {
        self.figure_cases_with(filter, figure, key, LISTED)
    }

    /// So many of them at most.
    pub(crate) fn figure_cases_with(
        &self,
        filter: &FiguresFilter,
        figure: Figure,
        key: Option<&str>,
        most: usize,
    ) -> Result<CasePage, DeskError> {
        self.acting_as(ClerkRole::Lead)?;
        let today = self.clock.today();
        let mut ids = Vec::new();
        let mut total = 0u32;
        self.cases_of(filter, |case| {
            let here = key.is_none_or(|key| filter.group.of(&case).0 == key);
            if here && figure.of(&case, today) > 0 {
                total = total.saturating_add(1);
                if ids.len() < most {
                    ids.push(case.id.to_string());
                }
            }
        })?;
        let states = self.upload_states()?;
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            rows.extend(self.store.case_row(&id)?.map(|row| states.row(row)));
        }
        Ok(CasePage { total, rows })
    }

    /// The figures as a workbook: the groups on one sheet, the reasons on another. Leads only.
    ///
    /// # Errors
    /// As [`Self::figures`]; [`DeskError::Workbook`].
    pub fn export_figures(&self, filter: &FiguresFilter) -> Result<FigureFile, DeskError> {
        let by = self.acting_as(ClerkRole::Lead)?;
        let view = self.figures_with(filter, usize::MAX)?;
        let Period { from, to } = period(filter)?;
        let practice = self.mode()?.is_practice();
        let profile = self.profile()?;
        let line = |row: &FigureRow| FigureLine {
            name: if row.name.is_empty() { "合计".to_owned() } else { row.name.clone() },
            counts: row.counts.values().copied().collect(),
            rates: row.rates.values().copied().collect(),
        };
        let reason = |reason: &FigureReason| ReasonLine {
            number: reason.number.clone(),
            what: reason.title.clone(),
            why: reason.detail.clone(),
            who: reason.actor.clone(),
            at: reason.at.parse().map_or_else(|_| reason.at.clone(), beijing::written),
        };
        let book = FigureBook {
            place: format!("{} {}", profile.hall, profile.window),
            period: (from, to),
            group: filter.group.word(),
            on: self.clock.today(),
            by: &by,
            practice,
        };
        let lines: Vec<_> = std::iter::once(&view.total).chain(&view.groups).map(line).collect();
        let reasons: Vec<_> = view.reasons.iter().map(reason).collect();
        let bytes = book.write(&lines, Some(&reasons))?;
        let mark = if practice { "_演练" } else { "" };
        let day = |day: Date| day.to_string().replace('-', "");
        let name = format!("统计_{}-{}{mark}.xlsx", day(from), day(to));
        Ok(FigureFile { name, bytes })
    }
}
