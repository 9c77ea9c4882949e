//! The five tables and their columns, as the national platform names them (国家政务服务平台 up_pro_*),
//! and a sixth of our own for what applicants say (好差评), for which no table is published.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use yichuang_domain::beijing;
use yichuang_domain::named;
use yichuang_domain::named::Named;

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// 受理
    Accept,
    /// 过程
    Process,
    /// 特别程序
    Special,
    /// 材料
    Material,
    /// 结果
    Result,
    /// 评价
    Evaluation,
}

named!(Table {
    Accept "accept" "受理",
    Process "process" "过程",
    Special "special" "特别程序",
    Material "material" "材料",
    Result "result" "结果",
    Evaluation "evaluation" "评价",
});

/// What every row ends with.
const COMMON: [&str; 4] = ["cd_operation", "cd_time", "cd_batch", "data_source"];

impl Table {
    /// The platform's name.
    pub fn sheet(self) -> &'static str {
        match self {
            Self::Accept => "up_pro_accept",
            Self::Process => "up_pro_process",
            Self::Special => "up_pro_special_procedure",
            Self::Material => "up_pro_material",
            Self::Result => "up_pro_result",
            Self::Evaluation => "up_pro_evaluation",
        }
    }

    /// The table of that name, ours or the platform's.
    pub fn with_name(name: &str) -> Option<Self> {
        Self::from_name(name)
            .or_else(|| Self::ALL.iter().copied().find(|table| table.sheet() == name))
    }

    fn own_columns(self) -> &'static [&'static str] {
        match self {
            Self::Accept => &[
                "row_guid",
                "project_no",
                "catalog_code",
                "task_code",
                "task_name",
                "task_version",
                "project_name",
                "applyer_name",
                "applyer_type",
                "applyer_page_type",
                "applyer_page_code",
                "contact_name",
                "contact_type",
                "contact_code",
                "contact_mobile",
                "apply_type",
                "apply_date",
                "accept_date",
                "accept_doc_no",
                "promise_date",
                "handle_user_name",
                "org_code",
                "org_name",
            ],
            Self::Process => &[
                "row_guid",
                "project_no",
                "process_name",
                "event_name",
                "event_start_time",
                "event_end_time",
                "handle_user_name",
                "handle_explain",
            ],
            Self::Special => &[
                "row_guid",
                "project_no",
                "special_type",
                "special_name",
                "special_time",
                "special_reason",
                "applyer_user_name",
                "result",
                "special_explain",
                "end_time",
                "handle_user_name",
            ],
            Self::Material => &[
                "row_guid",
                "project_no",
                "material_name",
                "get_type",
                "get_num",
                "material_attach_name",
            ],
            Self::Result => &[
                "row_guid",
                "project_no",
                "result_date",
                "result_type",
                "result_explain",
                "result_cetr_name",
                "result_cetr_no",
                "is_delivery_results",
                "satisfaction",
                "handle_user_name",
            ],
            Self::Evaluation => &[
                "row_guid",
                "project_no",
                "task_code",
                "task_name",
                "service_number",
                "service_time",
                "service_name",
                "satisfaction",
                "reason",
                "writing_evaluation",
                "evaluate_channel",
                "evaluate_time",
                "handle_user_name",
            ],
        }
    }

    /// Every column, in order.
    pub fn columns(self) -> impl Iterator<Item = &'static str> {
        self.own_columns().iter().copied().chain(COMMON)
    }
}

/// What a row does to the one before (cd_operation).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// A new row.
    Insert,
    /// The row with that `row_guid`, whole, in place of what it was.
    Update,
}

impl Operation {
    /// As the platform writes it.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Insert => "I",
            Self::Update => "U",
        }
    }
}

/// A time as GB/T 39046 writes it, in China: `20260302T093000`.
pub(super) fn time(at: Timestamp) -> String {
    written(beijing::time(at))
}

/// A day on which something happened at some time: that time, if it was on that day.
pub(super) fn day(on: Date, at: Timestamp) -> String {
    let at = beijing::time(at);
    if at.date() == on { written(at) } else { date(on) }
}

/// A day of which no time is known, or none that a later row of the same would know again.
pub(super) fn date(on: Date) -> String {
    written(on.at(0, 0, 0, 0))
}

fn written(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_china_and_days_keep_their_day() {
        let at: Timestamp = "2026-03-02T16:30:05.9Z".parse().unwrap();
        assert_eq!(time(at), "20260303T003005");
        assert_eq!(day("2026-03-03".parse().unwrap(), at), "20260303T003005");
        assert_eq!(day("2026-03-02".parse().unwrap(), at), "20260302T000000");
    }

    #[test]
    fn a_table_is_found_by_either_name_and_no_column_is_there_twice() {
        for &table in Table::ALL {
            assert_eq!(Table::with_name(table.name()), Some(table));
            assert_eq!(Table::with_name(table.sheet()), Some(table));
            let columns: Vec<_> = table.columns().collect();
            let mut once = columns.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), columns.len(), "{table:?}");
        }
        assert_eq!(Table::with_name("cases"), None);
    }
}
