//! What every paper has: whom and what it is about at the top, desk and signatures at the end.

use yichuang_domain::applicant::{ApplicantKind, Party};
use yichuang_domain::calendar::chinese_date;
use yichuang_domain::document::DocumentKind;
use yichuang_domain::identity;

use crate::facts::PaperFacts;
use crate::paper::{Block, Pair, Signature, Text};

/// The field a name stands in: a person has 姓名, a body 名称.
pub(super) fn name_field(facts: &PaperFacts<'_>) -> &'static str {
    match facts.case.applicant.kind {
        ApplicantKind::Person => "申请人姓名",
        _ => "申请人名称",
    }
}

/// The applicant's name, unbroken.
pub(super) fn applicant(facts: &PaperFacts<'_>) -> Text {
    Text::kept(name_field(facts), &facts.case.applicant.party.name)
}

/// How the paper speaks to the applicant.
pub(super) fn you(facts: &PaperFacts<'_>) -> &'static str {
    match facts.case.applicant.kind {
        ApplicantKind::Person => "你",
        _ => "你单位",
    }
}

/// How the applicant speaks of himself.
pub(super) fn me(facts: &PaperFacts<'_>) -> &'static str {
    match facts.case.applicant.kind {
        ApplicantKind::Person => "本人",
        _ => "本单位",
    }
}

/// The matter's name in quotation marks.
pub(super) fn matter(facts: &PaperFacts<'_>) -> Text {
    Text::of("“").put("事项名称", &facts.matter.name).say("”")
}

/// A day, unbroken.
pub(super) fn day(field: &'static str, date: jiff::civil::Date) -> Text {
    Text::kept(field, chinese_date(date))
}

/// `张三：`
pub(super) fn address(facts: &PaperFacts<'_>) -> Block {
    Block::Address(applicant(facts).say("："))
}

/// A paragraph of words.
pub(super) fn say(words: impl Into<String>) -> Block {
    Block::Paragraph(Text::of(words))
}

/// A heading.
pub(super) fn heading(words: &'static str) -> Block {
    Block::Heading(Text::of(words))
}

/// The table of labels at the top.
pub(super) fn facts_table(facts: &PaperFacts<'_>) -> Vec<Block> {
    let case = facts.case;
    let pair = |label: &str, value: Text| Pair { label: label.to_owned(), value };
    let kind = Text::of(format!("（{}）", case.applicant.kind.label()));
    let mut rows = vec![
        vec![
            pair("办件编号", Text::kept("办件编号", case.number.as_str()).strong()),
            pair("申请日期", day("申请日期", case.filed_on)),
        ],
        vec![pair("申请人", applicant(facts).strong().then(kind))],
        vec![pair("证件", identity_of(&case.applicant.party, "申请人证件号码"))],
    ];
    if let Some(agent) = &case.agent {
        let name = Text::kept("代理人姓名", &agent.name).say("（受申请人委托）");
        rows.push(vec![pair("代理人", name)]);
        rows.push(vec![pair("代理人证件", identity_of(agent, "代理人证件号码"))]);
    }
    rows.push(vec![pair("申请事项", Text::kept("事项名称", &facts.matter.name))]);
    rows.push(vec![pair("实施编码", Text::kept("实施编码", &facts.matter.code))]);
    vec![Block::Pairs(rows)]
}

/// Type and masked number of a party's document.
fn identity_of(party: &Party, field: &'static str) -> Text {
    Text::of(party.id_type.label()).say(" ").hold(field, identity::mask(&party.id_number))
}

/// Lines at the top of every page that say what the paper is not.
pub(super) fn warnings(practice: bool, sample: bool) -> Vec<Text> {
    let mut lines = Vec::new();
    if practice {
        lines.push(Text::of("演练文书：仅供培训演练使用，不具有法律效力，不得作为办事凭证"));
    }
    if sample {
        lines.push(Text::of("示例数据：所依据的办事指南为示例，内容以当地主管部门公布的为准"));
    }
    lines
}

/// Which release of the guide a paper follows.
pub(super) fn release(number: u32, issued_on: &str) -> Text {
    Text::of(format!("办事指南第{number}版（")).put("指南发布日期", issued_on).say("）")
}

/// Longer ids belong to accounts without a 工号; nobody reads them.
const LONGEST_CLERK_ID: usize = 12;

/// 经办人, with the 工号.
fn clerk(facts: &PaperFacts<'_>) -> Text {
    let clerk = facts.issued_by;
    let text = Text::of("经办人：").hold("经办人姓名", &clerk.name);
    if clerk.id.is_empty() || clerk.id.chars().count() > LONGEST_CLERK_ID {
        return text;
    }
    text.say("（工号：").hold("经办人工号", &clerk.id).say("）")
}

/// Desk, telephones, signatures, issuer, the place of the seal, date.
pub(super) fn signature(kind: DocumentKind, facts: &PaperFacts<'_>) -> Signature {
    let department = facts.department;
    let mut desk = vec![
        clerk(facts),
        Text::of("办理地点：").put("大厅名称", facts.hall).say(" ").hold("窗口号", facts.window),
    ];
    for (label, field, value) in [
        ("咨询电话：", "咨询电话", &department.phone),
        ("监督投诉电话：", "监督投诉电话", &department.complaint_phone),
    ] {
        if !value.is_empty() {
            desk.push(Text::of(label).hold(field, value.as_str()));
        }
    }
    desk.push(Text::of("政务服务便民热线：12345"));
    let signers = match (kind, facts.case.agent.is_some()) {
        (DocumentKind::Commitment | DocumentKind::DeferralCommitment, true) => {
            vec!["承诺人（签字或盖章）", "代理人（签字）"]
        }
        (DocumentKind::Commitment | DocumentKind::DeferralCommitment, false) => {
            vec!["承诺人（签字或盖章）"]
        }
        _ => vec!["申请人（代理人）签字"],
    };
    Signature {
        desk,
        signers: signers.into_iter().map(str::to_owned).collect(),
        issuer: Text::value("机关名称", &department.name),
        seal: "（印章）".to_owned(),
        date: Text::kept("落款日期", chinese_date(facts.issued_on)),
    }
}
