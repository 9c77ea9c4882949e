//! Cases put together, each group with its figures.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Figure, FigureGroup, Tally};
use crate::case::Case;
use crate::named::named;

/// By what the cases of a hall are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HallGroup {
    /// 站点
    Station,
    /// 窗口: the one that filed them
    Window,
    /// 收件人
    Clerk,
    /// 事项
    Matter,
    /// 部门
    Department,
    /// 日
    Day,
    /// 月
    Month,
}

named!(HallGroup {
    Station "station" "站点",
    Window "window" "窗口",
    Clerk "clerk" "收件人",
    Matter "matter" "事项",
    Department "department" "部门",
    Day "day" "日期",
    Month "month" "月份",
});

/// Where a case was filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FiledAt<'a> {
    /// The code of the station.
    pub station: &'a str,
    /// The code of the window.
    pub window: &'a str,
}

impl HallGroup {
    /// The group that a case belongs to, as [`FigureGroup::of`]. Windows of two stations may have
    /// one code, and clerks one name, whose accounts are each machine's own: each is called by its
    /// place.
    pub fn of(self, case: &Case, at: &FiledAt<'_>) -> (String, String) {
        let FiledAt { station, window } = at;
        match self {
            Self::Station => ((*station).to_owned(), (*station).to_owned()),
            Self::Window => (format!("{station}/{window}"), format!("{station} {window}号")),
            Self::Clerk => {
                let (key, name) = FigureGroup::Clerk.of(case);
                (format!("{station}/{window}/{key}"), format!("{name}（{station} {window}号）"))
            }
            Self::Matter => FigureGroup::Matter.of(case),
            Self::Department => FigureGroup::Department.of(case),
            Self::Day => FigureGroup::Day.of(case),
            Self::Month => FigureGroup::Month.of(case),
        }
    }

    /// Whether its groups follow one another in time.
    pub fn is_in_time(self) -> bool {
        matches!(self, Self::Day | Self::Month)
    }
}

impl FigureGroup {
    /// Whether its groups follow one another in time.
    pub fn is_in_time(self) -> bool {
        matches!(self, Self::Day | Self::Month)
    }
}

/// A group and its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRow {
    /// What tells it from others.
    pub key: String,
    /// How people call it.
    pub name: String,
    /// Its figures.
    pub tally: Tally,
}

/// Groups of cases, as the cases come.
#[derive(Clone, Debug, Default)]
pub struct Groups(BTreeMap<String, (String, Tally)>);

impl Groups {
    /// Counts one case more, in the group it belongs to.
    pub fn add(&mut self, (key, name): (String, String), case: &Case, today: Date) {
        let group = self.0.entry(key).or_default();
        group.0 = name;
        group.1.add(case, today);
    }

    /// The groups: in the order of time, or those with the most cases first.
    pub fn rows(self, in_time: bool) -> Vec<GroupRow> {
        let row = |(key, (name, tally))| GroupRow { key, name, tally };
        let mut rows: Vec<GroupRow> = self.0.into_iter().map(row).collect();
        if !in_time {
            rows.sort_by_key(|row| Reverse(row.tally.get(Figure::Filed)));
        }
        rows
    }
}
