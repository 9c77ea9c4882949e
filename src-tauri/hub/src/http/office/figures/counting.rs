//! The figures of a period, counted as the cases are read.

use std::ops::ControlFlow;
use std::sync::Arc;

use jiff::ToSpan as _;
use jiff::civil::Date;
use yichuang_domain::figures::{Figure, FigureGroup, FiledAt, GroupRow, Groups, Period, Tally};

use super::asked::Wanted;
use super::chart::Bar;
use super::reading::each;
use crate::http::Shared;
use crate::http::office::page::Trouble;
use crate::store::FiledCase;

/// What the cases of a period come to.
pub(super) struct Counted {
    pub(super) total: Tally,
    pub(super) groups: Vec<GroupRow>,
    pub(super) bars: Vec<Bar>,
    /// By what the bars follow one another.
    pub(super) by: FigureGroup,
}

/// Where a case was filed.
pub(super) fn place(filed: &FiledCase) -> FiledAt<'_> {
    FiledAt { station: &filed.station, window: &filed.window }
}

/// Counts them.
///
/// # Errors
/// [`Trouble`] where they can't be read.
pub(super) async fn count(
    shared: &Arc<Shared>,
    wanted: &Wanted,
    (today, practice): (Date, bool),
) -> Result<Counted, Trouble> {
    let by = wanted.period.course();
    let mut total = Tally::default();
    let (mut groups, mut course) = (Groups::default(), Groups::default());
    each(shared, &wanted.query(), None, practice, |filed| {
        let case = &filed.case;
        total.add(case, today);
        groups.add(wanted.group.of(case, &place(&filed)), case, today);
        course.add(by.of(case), case, today);
        ControlFlow::Continue(())
    })
    .await?;
    let bars = bars(&course.rows(true), by, wanted.period);
    Ok(Counted { total, groups: groups.rows(wanted.group.is_in_time()), bars, by })
}

/// A bar for every day or month, also for those on which nothing was filed.
fn bars(course: &[GroupRow], by: FigureGroup, period: Period) -> Vec<Bar> {
    let (step, first) = match by {
        FigureGroup::Month => (1.month(), period.from.first_of_month()),
        _ => (1.day(), period.from),
    };
    let mut bars = Vec::new();
    let mut next = Some(first);
    while let Some(day) = next.filter(|day| *day <= period.to) {
        let (key, label) = match by {
            FigureGroup::Month => {
                (day.strftime("%Y-%m").to_string(), day.strftime("%Y-%m").to_string())
            }
            _ => (day.to_string(), format!("{}/{}", day.month(), day.day())),
        };
        let found = course.iter().find(|row| row.key == key);
        let of = |figure| found.map_or(0, |row| row.tally.get(figure));
        bars.push(Bar { label, filed: of(Figure::Filed), decided: of(Figure::Decided) });
        next = day.checked_add(step).ok();
    }
    bars
}
