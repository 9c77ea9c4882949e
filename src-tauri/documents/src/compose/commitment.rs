//! 告知承诺书 and 容缺受理承诺书: what the authority tells, and what the applicant promises.

use yichuang_domain::checklist::{Check, CheckedMaterial};

use super::head::{applicant, day, heading, matter, me, say};
use super::law::{self, Article};
use super::materials;
use crate::facts::PaperFacts;
use crate::paper::{Block, Row, Text};

fn rows(materials: &[&CheckedMaterial], status: &str) -> Vec<Row> {
    let row = |(i, m): (usize, &&CheckedMaterial)| {
        let mut notes: Vec<Text> = materials::reason("说明", &m.reason).into_iter().collect();
        notes.extend(materials::guidance(&m.material));
        materials::row(i + 1, &m.material, Text::of(status), notes)
    };
    materials.iter().enumerate().map(row).collect()
}

/// `（一）`, `（二）`, …
fn numbered(items: Vec<Text>) -> Vec<Block> {
    const NUMBERS: [&str; 8] = ["一", "二", "三", "四", "五", "六", "七", "八"];
    let item = |(number, text): (&str, Text)| {
        Block::Paragraph(Text::of(format!("（{number}）")).then(text))
    };
    NUMBERS.into_iter().zip(items).map(item).collect()
}

/// A material is replaced by the applicant's word.
pub(super) fn commitment(facts: &PaperFacts<'_>) -> Vec<Block> {
    let committed = materials::of(facts, &facts.case.with_check(Check::Committed));
    let me = me(facts);
    let mut told = vec![
        Text::of("申请办理")
            .then(matter(facts))
            .say("，")
            .then(law::under(facts, Article::Accepted))
            .say("，可以采用告知承诺方式办理。"),
    ];
    if !facts.matter.conditions.is_empty() {
        told.push(
            Text::of("应当具备的条件：")
                .put("办理条件", facts.matter.conditions.join("；"))
                .say("。"),
        );
    }
    told.push(Text::of(
        "申请人自愿作出书面承诺并符合告知的条件、标准和要求的，本机关不再索要下列材料，依据书面承诺办理。\
         承诺书由申请人签字或者盖章，不愿承诺或者无法承诺的，应当提交材料。",
    ));
    told.push(Text::of(
        "本机关将在办理过程中或者办结后，通过数据共享、书面核查、实地检查等方式核查承诺内容。",
    ));
    told.push(Text::of(
        "承诺不实的，本机关依法终止办理、责令限期整改、撤销已作出的决定或者给予行政处罚，\
         并记入信用记录；涉嫌犯罪的，依法移送司法机关。",
    ));
    let mut blocks = vec![heading("一、行政机关告知")];
    blocks.extend(numbered(told));
    blocks.push(heading("二、采用告知承诺方式替代的材料"));
    blocks.push(Block::Table(materials::table(rows(&committed, "告知承诺"), "办理方式")));
    blocks.push(heading("三、申请人承诺"));
    blocks.push(Block::Paragraph(
        Text::of("申请人（").then(applicant(facts)).say("）现作出如下承诺："),
    ));
    blocks.extend(numbered(vec![
        Text::of(format!("{me}已知晓行政机关告知的全部内容，包括条件、标准、核查方式和法律责任；")),
        Text::of(format!("{me}已符合告知的条件、标准和要求，上列材料所证明的内容属实；")),
        Text::of(format!("{me}愿意配合核查，并承担承诺不实的法律责任；")),
        Text::of(format!("上述承诺是{me}真实意思的表示。")),
    ]));
    blocks
}

/// A material comes later.
pub(super) fn deferral(facts: &PaperFacts<'_>) -> Vec<Block> {
    let case = facts.case;
    let deferred = materials::of(facts, &case.with_check(Check::Deferred));
    let me = me(facts);
    let until = match &case.due {
        Some(due) => {
            let date = day("补齐期限", due.on).strong();
            if due.estimated { date.say("（暂估）") } else { date }
        }
        None => Text::of("本机关作出决定之日"),
    };
    let counted = case.due.as_ref().map(|due| {
        Text::of("补齐期限至")
            .then(until.clone())
            .say(format!("止，不超过本事项的承诺办结时限（{}）；可以到", due.explain()))
    });
    let way = counted
        .unwrap_or_else(|| Text::of("补齐期限至").then(until.clone()).say("止；可以到"))
        .put("大厅名称", facts.hall)
        .hold("窗口号", facts.window)
        .say("当面补交，也可以邮寄补交，补交时请注明办件编号。");
    let mut blocks = vec![heading("一、行政机关告知")];
    blocks.extend(numbered(vec![
        Text::of("申请办理")
            .then(matter(facts))
            .say("，主要申请材料齐全且符合法定形式，下列材料可以容缺，经申请人自愿申请并作出书面承诺，")
            .then(law::under(facts, Article::Accepted))
            .say("先行受理。"),
        way,
        Text::of(
            "逾期未补齐或者补交的材料不符合要求的，本机关依法终止办理或者退件，由此产生的后果由申请人\
             承担；有失信行为尚未修复的，不适用容缺受理。",
        ),
    ]));
    blocks.push(heading("二、容缺后补的材料"));
    blocks.push(Block::Table(materials::table(rows(&deferred, "容缺后补"), "办理方式")));
    blocks.push(heading("三、申请人承诺"));
    blocks.push(Block::Paragraph(
        Text::of("申请人（").then(applicant(facts)).say("）自愿申请容缺受理，现作出如下承诺："),
    ));
    blocks.extend(numbered(vec![
        Text::of(format!("{me}已知晓容缺材料的名称、补齐方式、补齐期限和逾期后果；")),
        Text::of(format!("{me}于")).then(until).say("前补齐上列全部材料，并保证材料真实、合法、有效；"),
        Text::of(format!(
            "逾期未补齐的，{me}同意本机关终止办理或者退件，违背承诺的愿意记入信用记录并承担法律责任；"
        )),
        Text::of(format!("上述承诺是{me}真实意思的表示。")),
    ]));
    blocks
        .into_iter()
        .chain(deferred.is_empty().then(|| say("本次申请没有容缺后补的材料。")))
        .collect()
}
