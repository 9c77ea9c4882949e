//! What a matter itself promises and charges, in words: limits, special procedures, fee, delivery.

use yichuang_domain::handover;
use yichuang_domain::matter::{Limit, LimitUnit, Matter, SpecialProcedure};
use yichuang_domain::particulars::Particulars;

use crate::facts::PaperFacts;
use crate::paper::Text;
use crate::template::{Values, yes_no};

/// The fields of it.
pub(super) fn terms(facts: &PaperFacts<'_>, values: &mut Values) {
    let matter = facts.matter;
    values.field("承诺时限", limit_or_none(matter.promised_limit));
    values.field("法定时限", limit_or_none(matter.statutory_limit));
    values.field("特别程序", special_procedures(matter));
    values.field("收费", fee(matter));
    let plain = matter.special_procedures.is_empty() && matter.fee.is_none();
    values.choice("特别程序或收费", if plain { "无" } else { "有" });
    values.field("结果名称", Text::value("结果名称", handover::result_name(facts.case, matter)));
    values.field("领取方式", way(facts));
    values.field("办理条件", Text::value("办理条件", matter.conditions.join("；")));
    values.field("告知时限", Text::of(limit_words(matter.supplement.limit())));
    values.choice("当场告知", yes_no(matter.supplement.days == 0));
    values.choice("逾期视为受理", yes_no(matter.supplement.deemed_accepted));
}

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
    let tail = match (stops, matter.is_licence()) {
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
/// How the result reaches the applicant: as it did, or as the guide offers.
fn way(facts: &PaperFacts<'_>) -> Text {
    match facts.particulars {
        Particulars::Handover { facts, .. } => Text::of(facts.delivery.label()),
        _ => delivery(facts.matter),
    }
}

pub(super) fn delivery(matter: &Matter) -> Text {
    let ways: Vec<_> = matter.result.delivery.iter().map(|d| d.label()).collect();
    Text::of(ways.join("、"))
}
