//! Who applies for what, who handles it, and how far it is.

use yichuang_domain::applicant::{ApplicantKind, Party};
use yichuang_domain::document::DocumentKind;
use yichuang_domain::identity;

use super::head::day;
use crate::facts::PaperFacts;
use crate::paper::Text;
use crate::template::{Values, yes_no};

/// The field a name stands in: a person has 姓名, a body 名称.
fn name_field(facts: &PaperFacts<'_>) -> &'static str {
    match facts.case.applicant.kind {
        ApplicantKind::Person => "申请人姓名",
        _ => "申请人名称",
    }
}

/// Type and masked number of a party's document.
pub(super) fn identity_of(party: &Party, field: &'static str) -> Text {
    Text::of(party.id_type.label()).say(" ").hold(field, identity::mask(&party.id_number))
}

fn phone(party: &Party, field: &'static str) -> Text {
    Text::kept(field, party.phone.as_deref().unwrap_or_default())
}

/// The applicant, the agent, and the matter.
pub(super) fn parties(facts: &PaperFacts<'_>, values: &mut Values) {
    let case = facts.case;
    let applicant = &case.applicant;
    values.field("申请人", Text::kept(name_field(facts), &applicant.party.name));
    values.field("申请人类别", Text::of(applicant.kind.label()));
    values.field("申请人证件", identity_of(&applicant.party, "申请人证件号码"));
    values.field("申请人电话", phone(&applicant.party, "申请人电话"));
    if let Some(agent) = &case.agent {
        values.field("代理人", Text::kept("代理人姓名", &agent.name));
        values.field("代理人证件", identity_of(agent, "代理人证件号码"));
        values.field("代理人电话", phone(agent, "代理人电话"));
    }
    let (you, me) = match applicant.kind {
        ApplicantKind::Person => ("你", "本人"),
        _ => ("你单位", "本单位"),
    };
    values.field("你", Text::of(you));
    values.field("本人", Text::of(me));
    values.field("事项名称", Text::value("事项名称", &facts.matter.name));
    let codes: Vec<&str> = facts.linked.iter().map(|case| case.code).collect();
    match codes.is_empty() {
        true => values.field("实施编码", Text::kept("实施编码", &facts.matter.code)),
        false => values.field("实施编码", Text::value("实施编码", codes.join("、"))),
    }
    values.field("联办办件", linked(facts));
    values.choice("可委托", yes_no(facts.matter.agent_allowed));
}

/// Each case of a bundle with whose it is and its own number, by which it is asked for.
fn linked(facts: &PaperFacts<'_>) -> Text {
    let mut text = Text::default();
    for (i, case) in facts.linked.iter().enumerate() {
        let gap = if i == 0 { "" } else { "；" };
        text =
            text.say(gap).put("联办办件", case.matter).say("（").put("联办办件", case.department);
        text = text.say("，办件编号").hold("办件编号", case.number);
        if let Some(due) = case.due {
            text = text.say("，应办结日").then(day("应办结日", due));
        }
        text = text.say("）");
    }
    text
}

/// Longer ids belong to accounts without a 工号; nobody reads them.
const LONGEST_CLERK_ID: usize = 12;

/// 经办人, with the 工号.
fn clerk(facts: &PaperFacts<'_>) -> Text {
    let clerk = facts.issued_by;
    let text = Text::kept("经办人姓名", &clerk.name);
    if clerk.id.is_empty() || clerk.id.chars().count() > LONGEST_CLERK_ID {
        return text;
    }
    text.say("（工号：").hold("经办人工号", &clerk.id).say("）")
}

/// The authority, the desk, its telephones, and the day.
pub(super) fn desk(facts: &PaperFacts<'_>, values: &mut Values) {
    let department = facts.department;
    values.field("机关名称", Text::value("机关名称", &department.name));
    let number = facts.formal_number.unwrap_or(facts.document_number.as_str());
    values.field("文号", Text::kept("文号", number));
    values.field("经办人", clerk(facts));
    values.field("大厅名称", Text::value("大厅名称", facts.hall));
    values.field("窗口号", Text::kept("窗口号", facts.window));
    values.field("咨询电话", Text::kept("咨询电话", &department.phone));
    values.field("监督投诉电话", Text::kept("监督投诉电话", &department.complaint_phone));
    values.field("落款日期", day("落款日期", facts.issued_on));
}

/// How far the case is: its days, and what came of it.
pub(super) fn progress(kind: DocumentKind, facts: &PaperFacts<'_>, values: &mut Values) {
    let case = facts.case;
    values.field("办件编号", Text::kept("办件编号", case.number.as_str()));
    values.field("申请日期", day("申请日期", case.filed_on));
    if let Some(progress) = &facts.progress {
        values.field("查询码", Text::kept("查询码", progress.code));
        values.field("查询网址", Text::kept("查询网址", progress.page));
    }
    if let Some(due) = &case.notify_by {
        values.field("告知期限", day("告知期限", due.on));
        let counted = match due.limit.value {
            0 => "收到申请材料当日".to_owned(),
            _ => due.explain(),
        };
        values.field("告知期限算法", Text::of(counted));
    }
    // A notice of acceptance names the day in any case.
    let accepted = (kind == DocumentKind::Acceptance).then_some(facts.issued_on);
    if let Some(on) = case.accepted_on.or(accepted) {
        values.field("受理日期", day("受理日期", on));
    }
    if let Some(due) = &case.due {
        values.field("应办结日", day("应办结日", due.on));
        values.field("计算方法", Text::of(due.explain()));
    }
    values.choice("暂估", yes_no(case.due.as_ref().is_some_and(|due| due.estimated)));
    values.choice("视为受理", yes_no(case.deemed));
    values.choice("经补正", yes_no(!case.arrived.is_empty()));
    if let Some(number) = case.decision.as_ref().and_then(|d| d.result_number.as_deref()) {
        values.field("结果证号", Text::kept("结果证号", number));
    }
}
