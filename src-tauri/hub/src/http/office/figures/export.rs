//! The figures as a workbook, the same as a window's.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use yichuang_domain::beijing;
use yichuang_domain::figures::{Figure, GroupRow, Period, Rate, Tally};
use yichuang_domain::named::Named as _;
use yichuang_exchange::figures::{FigureBook, FigureLine};

use super::asked::Asked;
use super::counting::count;
use crate::http::Shared;
use crate::http::office::page::{Trouble, in_address};
use crate::http::office::visitor::FiguresReader;
use crate::http::steps::blocking;
use crate::office::audit::{self, Deed};

const KIND: HeaderValue =
    HeaderValue::from_static("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

fn line(name: &str, tally: &Tally) -> FigureLine {
    FigureLine {
        name: name.to_owned(),
        counts: Figure::ALL.iter().map(|figure| tally.get(*figure)).collect(),
        rates: Rate::ALL.iter().map(|rate| tally.per_mille(*rate)).collect(),
    }
}

/// The workbook.
pub(super) async fn workbook(
    State(shared): State<Arc<Shared>>,
    FiguresReader(visitor): FiguresReader,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let now = shared.clock.now();
    let today = beijing::day(now);
    let wanted = asked
        .wanted(&visitor.account, today)
        .map_err(|refusal| Trouble::told(StatusCode::UNPROCESSABLE_ENTITY, &refusal.message))?;
    let counted = count(&shared, &wanted, (today, visitor.trial)).await?;
    let Period { from, to } = wanted.period;
    let place = super::scope(&visitor, Some(&wanted));
    let mark = if visitor.trial { "_演练" } else { "" };
    let day = |day: jiff::civil::Date| day.to_string().replace('-', "");
    let name =
        format!("统计_{place}_按{}_{}-{}{mark}.xlsx", wanted.group.word(), day(from), day(to));
    let (account, address, told) =
        (visitor.account.clone(), visitor.address.to_string(), name.clone());
    let bytes = blocking(&shared, move |shared| {
        shared.store.write(|tx| {
            audit::note(tx, &audit::of(&account, Deed::TookFigures, "", &*told, &address, now))
        })?;
        let book = FigureBook {
            place,
            period: (from, to),
            group: wanted.group.word(),
            on: today,
            by: &account.name,
            practice: visitor.trial,
        };
        let groups = counted.groups.iter().map(|GroupRow { name, tally, .. }| line(name, tally));
        let lines: Vec<_> = std::iter::once(line("合计", &counted.total)).chain(groups).collect();
        Ok(book.write(&lines, None))
    })
    .await?
    .map_err(|error| {
        tracing::error!(%error, "a workbook of figures could not be written");
        Trouble::told(StatusCode::INTERNAL_SERVER_ERROR, "表格没有写成，请缩短起止日期后再导出")
    })?;
    let how = format!("attachment; filename*=UTF-8''{}", in_address(&name));
    let how = HeaderValue::from_str(&how).unwrap_or(HeaderValue::from_static("attachment"));
    Ok(([(header::CONTENT_TYPE, KIND), (header::CONTENT_DISPOSITION, how)], bytes).into_response())
}
