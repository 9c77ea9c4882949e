//! Walking a template: every use of a field with the conditions it stands under, and every name that
//! does not exist.

use super::{FindingCode, Inspection, MOST_BLOCKS, Place, Site};
use crate::template::BlockTemplate;
use crate::template::vocabulary;
use crate::template::when::{Atom, When};
use crate::template::words::{What, Words};

impl<'t> Inspection<'t> {
    /// Walks the header, the title and the blocks.
    pub(super) fn survey(&mut self) {
        let (set, template) = (self.set, self.template);
        self.words(&set.header, None, &[], &Place::root().at("header", "页眉"));
        self.words(&template.title, None, &[], &self.here().at("title", "标题"));
        let blocks = self.here().key("blocks");
        self.walk(&template.blocks, &mut Vec::new(), &mut Vec::new(), &blocks);
        if self.walked > MOST_BLOCKS {
            let message = format!("展开片段后超过{MOST_BLOCKS}段，请减少重复引用的片段");
            self.find(&self.here(), FindingCode::TooIntricate, message);
        }
    }

    pub(super) fn walk(
        &mut self,
        blocks: &'t [BlockTemplate],
        conditions: &mut Vec<&'t When>,
        within: &mut Vec<&'t str>,
        prefix: &Place,
    ) {
        for (i, block) in blocks.iter().enumerate() {
            self.walked += 1;
            if self.walked > MOST_BLOCKS {
                return;
            }
            let place = prefix.block(i);
            conditions.push(block.when());
            self.conditions(block.when(), None, &place.key("when"));
            self.block(block, conditions, within, &place);
            conditions.pop();
        }
    }

    pub(super) fn block(
        &mut self,
        block: &'t BlockTemplate,
        conditions: &mut Vec<&'t When>,
        within: &mut Vec<&'t str>,
        place: &Place,
    ) {
        match block {
            BlockTemplate::Use { fragment, .. } => match self.set.fragments.get(fragment) {
                Some(blocks) if !within.contains(&fragment.as_str()) && within.len() < 4 => {
                    within.push(fragment);
                    let place = Place::root().key("fragments");
                    let place = place.at(fragment, &format!("片段“{fragment}”"));
                    self.walk(blocks, conditions, within, &place);
                    within.pop();
                }
                _ => self.unknown(place, "片段", fragment),
            },
            BlockTemplate::Address { text, .. }
            | BlockTemplate::Heading { text, .. }
            | BlockTemplate::Paragraph { text, .. } => {
                self.words(text, None, conditions, &place.key("text"));
            }
            BlockTemplate::Numbered { items, .. } => {
                for (i, item) in items.iter().enumerate() {
                    self.words(item, None, conditions, &place.key("items").key(i));
                }
            }
            BlockTemplate::Pairs { rows, .. } => {
                for (i, row) in rows.iter().enumerate() {
                    let place = place.key("rows").key(i);
                    self.conditions(&row.when, None, &place.key("when"));
                    conditions.push(&row.when);
                    for (j, pair) in row.pairs.iter().enumerate() {
                        let place = place.key("pairs").key(j).key("value");
                        self.words(&pair.value, None, conditions, &place);
                    }
                    conditions.pop();
                }
            }
            BlockTemplate::Table { of, columns, notes, .. } => {
                if !vocabulary::lists().iter().any(|list| list.name == of) {
                    return self.unknown(place, "列表", of);
                }
                let width: f32 = columns.iter().map(|c| c.width).sum();
                if columns.is_empty() || columns.iter().any(|c| c.width < 5.0) || width > 170.5 {
                    let message = "表格各列至少5毫米，合计不超过170毫米，请调整列宽".to_owned();
                    self.find(place, FindingCode::TooWide, message);
                }
                for (i, column) in columns.iter().enumerate() {
                    let place = place.key("columns").key(i).key("text");
                    self.words(&column.text, Some(of), conditions, &place);
                }
                for (i, note) in notes.iter().enumerate() {
                    self.words(note, Some(of), conditions, &place.key("notes").key(i));
                }
            }
            BlockTemplate::Ruled { .. } => {}
            BlockTemplate::Signature { desk, signers, issuer, date, .. } => {
                for (name, all) in [("desk", desk), ("signers", signers)] {
                    for (i, text) in all.iter().enumerate() {
                        self.words(text, None, conditions, &place.key(name).key(i));
                    }
                }
                self.words(issuer, None, conditions, &place.key("issuer"));
                self.words(date, None, conditions, &place.key("date"));
                self.signatures.push((block, conditions.clone()));
            }
        }
    }

    pub(super) fn words(
        &mut self,
        words: &'t Words,
        list: Option<&'t str>,
        conditions: &[&'t When],
        place: &Place,
    ) {
        for part in &words.parts {
            self.conditions(&part.when, list, place);
            for token in &part.tokens {
                if let What::Field(field) = &token.what {
                    if self.name(field, list).is_none() {
                        self.unknown(place, "字段", field);
                        continue;
                    }
                    let mut conditions = conditions.to_vec();
                    conditions.push(&part.when);
                    self.sites.push(Site { field, list, conditions, place: place.clone() });
                }
            }
        }
    }

    /// Names the names of a condition that do not exist.
    pub(super) fn conditions(&mut self, when: &When, list: Option<&str>, place: &Place) {
        for atom in when.atoms() {
            match atom {
                Atom::Present(name) if self.variable(name, list).is_none() => {
                    self.unknown(place, "条件", name);
                }
                Atom::Is(choice, value) => {
                    let known = vocabulary::choices().iter().find(|c| c.name == choice);
                    if !known.is_some_and(|c| c.values.contains(&value.as_str())) {
                        self.unknown(place, "条件", &format!("{choice}={value}"));
                    }
                }
                Atom::Present(_) => {}
            }
        }
    }

    pub(super) fn unknown(&mut self, place: &Place, what: &str, name: &str) {
        let message = format!("没有名为“{name}”的{what}，请对照字段表改正");
        self.find(place, FindingCode::UnknownName, message);
    }
}
