//! What a matter itself promises and charges, in words: limits, special procedures, fee, delivery.

use yichuang_domain::matter::{Limit, LimitUnit, Matter, SpecialProcedure};

use super::law;
use crate::paper::Text;

/// A limit as it is said: 当日, 5个工作日.
pub(super) fn limit_words(limit: Limit) -> String {
    match (limit.value, limit.unit) {
        (0, _) => "当日".to_owned(),
        (n, LimitUnit::Workdays) => format!("{n}个工作日"),
        (n, LimitUnit::Days) => format!("{n}日（自然日）"),
    }
}

/// A limit of handling, which a matter need not have.
pub(super) fn limit_or_none(limit: Option<Limit>) -> Text {
    match limit {
        Some(Limit { value: 0, .. }) => Text::of("当日办结"),
        Some(limit) => Text::of(limit_words(limit)),
        None => Text::of("未规定"),
    }
}

/// Which procedures stand outside the limit (行政许可法 第45条), and which do not.
pub(super) fn special_procedures(matter: &Matter) -> Text {
    if matter.special_procedures.is_empty() {
        return Text::of("无");
    }
    let one = |p: &SpecialProcedure| {
        let days = if p.days > 0 { format!("约{}日", p.days) } else { String::new() };
        let counted = if p.stops_clock { "不计入办结时限" } else { "计入办结时限" };
        format!("{}{days}（{counted}）", p.kind.label())
    };
    let list: Vec<_> = matter.special_procedures.iter().map(one).collect();
    let stops = matter.special_procedures.iter().any(|p| p.stops_clock);
    let tail = match (stops, law::is_licence(matter)) {
        (true, true) => {
            "。依据《中华人民共和国行政许可法》第四十五条，所需时间不计算在期限内的，\
             本机关将把所需时间书面告知申请人"
        }
        (true, false) => "。不计入时限的，本机关将把所需时间书面告知申请人",
        (false, _) => "",
    };
    Text::of(format!("{}{tail}", list.join("、")))
}

/// What it costs.
pub(super) fn fee(matter: &Matter) -> Text {
    let Some(fee) = &matter.fee else { return Text::of("不收费") };
    let (yuan, fen) = (fee.amount_fen / 100, fee.amount_fen % 100);
    Text::default()
        .put("收费项目", &fee.item)
        .say(format!("{yuan}.{fen:02}元，依据"))
        .put("收费依据", &fee.basis)
}

/// How the result reaches the applicant.
pub(super) fn delivery(matter: &Matter) -> Text {
    let ways: Vec<_> = matter.result.delivery.iter().map(|d| d.label()).collect();
    Text::of(ways.join("、"))
}
