//! 一次性告知单: the whole guide of one matter for the situation told, given to whoever asks, or of
//! the matters of a bundle (一件事) as one. It
//! belongs to no case, is not archived, and says so.

mod asked;
mod contents;
mod forms;
mod joint;
mod places;
mod steps;

use yichuang_domain::matter::{MaterialReference, MatterReference, NotInForce};

use super::head::{release, warnings};
use super::law;
use crate::facts::SheetFacts;
use crate::paper::{Block, Format, Pair, Paper, Part, Text, Typeface};

pub use joint::joint_sheet;

/// Nothing of it stays at the window.
const PART: (&str, &str) = ("咨询用", "交咨询人");

/// One for every section there can be.
const NUMERALS: [&str; 11] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"];

/// Writes the sheet.
pub fn guide_sheet(facts: &SheetFacts<'_>) -> Paper {
    let matter = facts.matter;
    let mut blocks = contents::about(facts);
    let force = matter.in_force(facts.given_on);
    if let Err(why) = &force {
        blocks.extend(contents::not_in_force(why));
    }
    let sections = match (&force, &facts.enquiry.stopped) {
        // Nobody should gather materials for what is gone.
        (Err(NotInForce::Cancelled { .. }), _) => {
            vec![places::places("到哪里问", facts), basis(facts)]
        }
        (_, Some(stopped)) => {
            blocks.extend(contents::stopped(stopped));
            vec![places::places("到哪里问", facts), basis(facts)]
        }
        (_, None) => vec![
            list("受理条件", &matter.conditions),
            asked::asked_for(facts),
            contents::terms(facts),
            places::places("到哪里办", facts),
            steps::steps(facts),
            list("容易被退回的原因", &matter.common_returns),
            contents::often_asked(matter),
            basis(facts),
            forms::bound(facts),
        ],
    };
    blocks.extend(numbered(sections));
    let issuer = Text::value("机关名称", &facts.department.name);
    paper(facts, issuer, Text::value("事项名称", &matter.name), blocks)
}

/// The sections that say something, one after another.
fn numbered(sections: Vec<Section>) -> Vec<Block> {
    let sections = sections.into_iter().filter(|section| !section.content.is_empty());
    let mut blocks = Vec::new();
    for (section, numeral) in sections.zip(NUMERALS) {
        blocks.push(Block::Heading(Text::of(format!("{numeral}、{}", section.head))));
        blocks.extend(section.content);
    }
    blocks
}

/// The sheet itself around what it says.
fn paper(facts: &SheetFacts<'_>, issuer: Text, name: Text, blocks: Vec<Block>) -> Paper {
    Paper {
        format: Format::A4,
        typeface: Typeface::Sans,
        issuer,
        title: Text::of("一次性告知单"),
        number: name,
        running: Text::default(),
        warnings: warnings(facts.practice, facts.sample),
        practice: facts.practice,
        specimen: false,
        logo: facts.logo.cloned(),
        blocks,
        qr_text: facts.qr_text.to_owned(),
        qr_caption: "扫码核对指南版本".to_owned(),
        guide: release(facts.guide_release, facts.guide_issued_on),
        parts: vec![Part { name: PART.0.to_owned(), to: PART.1.to_owned() }],
    }
}

fn pair(label: &str, value: Text) -> Pair {
    Pair { label: label.to_owned(), value }
}

/// What no rule depends on, where the guide has it.
fn reference<'a>(facts: &SheetFacts<'a>) -> Option<&'a MatterReference> {
    facts.matter.reference.as_deref()
}

/// A text of the guide as one sentence, without the stop that this program sets itself: a cell of
/// a workbook may hold several lines, and a line break has no glyph.
fn sentence(text: &str) -> String {
    let mut whole = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !whole.is_empty() && !whole.ends_with(['，', '。', '；', '：', '、', ',', ';', ':'])
        {
            whole.push('；');
        }
        whole.push_str(line);
    }
    whole.trim_end_matches(['。', '；']).to_owned()
}

/// A text that the guide has of a material beyond its rules.
type Field = fn(&MaterialReference) -> &String;

/// A numbered section; one without content is left out.
struct Section {
    head: String,
    content: Vec<Block>,
}

impl Section {
    fn new(head: impl Into<String>, content: Vec<Block>) -> Self {
        Self { head: head.into(), content }
    }
}

/// Sentences of the guide, numbered where there are several.
fn list(head: &'static str, sentences: &[String]) -> Section {
    let several = sentences.len() > 1;
    let one = |(i, text): (usize, &String)| {
        let number = if several { format!("{}. ", i + 1) } else { String::new() };
        Block::Paragraph(Text::of(number).put(head, sentence(text)).say("。"))
    };
    Section::new(head, sentences.iter().enumerate().map(one).collect())
}

fn basis(facts: &SheetFacts<'_>) -> Section {
    let basis = law::basis(facts.matter, "");
    let content =
        if basis.is_empty() { Vec::new() } else { vec![Block::Paragraph(basis.say("。"))] };
    Section::new("设定依据", content)
}
