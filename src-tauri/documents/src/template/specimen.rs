//! A specimen (样张): a paper written from the examples of the vocabulary, to see what a template
//! looks like. It is of no case, has no number, and says on every page that it is no paper.

use std::collections::BTreeMap;

use yichuang_domain::document::DocumentKind;
use yichuang_domain::formal::NumberParts;

use super::vocabulary::{self, Name, Presence};
use super::{FillError, Item, TemplateSet, Values};
use crate::paper::{Format, Paper, Text};

/// What the specimen shows otherwise than usual, by name: the value of a choice, or `no` (无) for a
/// field or list that has nothing to say and `yes` (有) for one that has.
pub type Situation = BTreeMap<String, String>;

/// What its number says, and its code.
const NUMBER: &str = "样张（无编号）";
const CODE: &str = "YICHUANG SPECIMEN - NOT A DOCUMENT";
/// Said at the top of every page.
const WARNING: &str = "样张：仅供核对文书模板，内容均为虚构，不是文书，不得交付或者使用";
/// The materials that lists show.
const MATERIALS: [&str; 3] = ["食品经营许可申请书", "经营场所平面布局图", "食品安全管理制度"];
/// Names longer than this are broken like any text.
const SHORT: usize = 9;

/// Writes the specimen of a kind on a sheet.
///
/// # Errors
/// [`FillError`], for a set that was not checked.
pub fn specimen(
    set: &TemplateSet,
    kind: DocumentKind,
    format: Format,
    situation: &Situation,
) -> Result<Paper, FillError> {
    let number = number(set, kind);
    let mut values = values(kind, situation);
    values.field("文号", Text::kept("文号", &number));
    let filled = set.fill(kind, &values)?;
    Ok(Paper {
        format,
        typeface: filled.typeface,
        issuer: filled.header,
        title: filled.title,
        number: Text::of("文号：").hold("文号", number),
        running: Text::default(),
        warnings: vec![Text::of(WARNING)],
        practice: false,
        specimen: true,
        logo: set.logo.clone(),
        blocks: filled.blocks,
        qr_text: CODE.to_owned(),
        qr_caption: filled.code_caption,
        guide: Text::of("文书模板样张"),
        parts: filled.parts,
    })
}

/// The hall's pattern with nothing counted, or that there is no number.
fn number(set: &TemplateSet, kind: DocumentKind) -> String {
    let numbering = set.numbering.as_ref();
    let found =
        numbering.and_then(|n| Some((n, n.authorities.values().next()?, n.kinds.get(&kind)?)));
    found.map_or_else(
        || NUMBER.to_owned(),
        |(numbering, authority, word)| {
            let parts =
                NumberParts { authority, kind: word, year: 2026, device: "样张", sequence: 0 };
            numbering.pattern.write(&parts)
        },
    )
}

fn values(kind: DocumentKind, situation: &Situation) -> Values {
    let shown = |name: &str| match situation.get(name).map(String::as_str) {
        Some("无" | "no") => false,
        Some(_) => true,
        None => !unusual(kind).contains(&name),
    };
    let stands = |name: &Name| match name.presence {
        Presence::Always => true,
        Presence::Sometimes => shown(name.name),
        Presence::With(other) => shown(other),
    };
    let mut values = Values::default();
    for field in vocabulary::fields(kind).filter(stands) {
        values.field(field.name, text(field.name, field.example));
    }
    for choice in vocabulary::choices() {
        let asked = situation.get(choice.name).map(String::as_str);
        let known = asked.and_then(|asked| choice.values.iter().find(|value| **value == asked));
        values.choice(choice.name, known.copied().unwrap_or(choice.usual));
    }
    for list in vocabulary::lists().iter().filter(|list| shown(list.name)) {
        let of = |(i, material): (usize, &&str)| -> Item {
            let value = |name: &str, example: &'static str| match name {
                "序号" => Text::of((i + 1).to_string()),
                "材料名称" => Text::kept("材料名称", *material),
                _ => text("样张", example),
            };
            let fields = list.fields.iter().filter(|field| stands(field));
            fields.map(|field| (field.name, value(field.name, field.example))).collect()
        };
        values.list(list.name, MATERIALS.iter().enumerate().map(of).collect());
    }
    values
}

fn text(name: &'static str, example: &'static str) -> Text {
    if example.chars().count() <= SHORT {
        Text::kept(name, example)
    } else {
        Text::value(name, example)
    }
}

/// What most papers of a kind do not have.
fn unusual(kind: DocumentKind) -> &'static [&'static str] {
    match kind {
        DocumentKind::Acceptance => &["容缺材料", "补正日期"],
        _ => &["补正日期"],
    }
}
