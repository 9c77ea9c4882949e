//! What an address asks of the figures.

use jiff::civil::Date;
use serde::Deserialize;
use yichuang_domain::Refusal;
use yichuang_domain::figures::{HallGroup, Period};
use yichuang_domain::named::Named as _;
use yichuang_domain::review::Role;

use crate::http::office::page::in_address;
use crate::store::{Account, FiledQuery};

/// The most years at once: two to compare, and what has passed of a third.
const MOST_YEARS: i32 = 3;

/// The address as it came.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) group: String,
    /// Behind which number: the name of a figure, and the key of a group; empty for all.
    pub(super) figure: String,
    pub(super) key: String,
    /// Behind which case the list goes on.
    pub(super) after: String,
}

/// What it means.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) period: Period,
    pub(super) group: HallGroup,
    /// Whose cases; none for every department's.
    pub(super) department: Option<String>,
}

impl Asked {
    /// The days as they stand in the form: this month where nothing was asked.
    pub(super) fn days(&self, today: Date) -> (String, String) {
        let month = Period::month_to(today);
        let or = |given: &str, day: Date| match given {
            "" => day.to_string(),
            given => given.chars().take(20).collect(),
        };
        (or(&self.from, month.from), or(&self.to, month.to))
    }

    /// By what cases are put together: where nothing was asked, the hall looks at its stations and
    /// a department at its matters.
    pub(super) fn group(&self, role: Role) -> HallGroup {
        let usual = if role == Role::HallLead { HallGroup::Station } else { HallGroup::Matter };
        HallGroup::from_name(&self.group).unwrap_or(usual)
    }

    /// Reads it for an account.
    ///
    /// # Errors
    /// `bad-date` at `from` or `to`.
    pub(super) fn wanted(&self, account: &Account, today: Date) -> Result<Wanted, Refusal> {
        let (from, to) = self.days(today);
        let period = Period::parse(from.trim(), to.trim())?.within_years(MOST_YEARS)?;
        let department = account.department.clone().filter(|_| account.role != Role::HallLead);
        Ok(Wanted { period, group: self.group(account.role), department })
    }
}

impl Wanted {
    /// The cases it is about.
    pub(super) fn query(&self) -> FiledQuery {
        let Period { from, to } = self.period;
        FiledQuery { department: self.department.clone(), from, to }
    }

    /// The address of the same days and groups, to be gone on with.
    pub(super) fn address(&self, path: &str) -> String {
        let Period { from, to } = self.period;
        format!("/office/figures{path}?from={from}&to={to}&group={}", self.group.name())
    }

    /// The address of the cases behind a number of a group, or of all.
    pub(super) fn behind(&self, figure: &str, key: Option<&str>) -> String {
        let key = key.map_or(String::new(), |key| format!("&key={}", in_address(key)));
        format!("{}&figure={figure}{key}", self.address("/cases"))
    }
}
